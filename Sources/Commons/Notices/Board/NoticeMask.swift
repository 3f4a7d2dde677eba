import Values

/// 公示脱敏。What may be said of a person in public: the surname; of somebody under eighteen not even that.
///
/// 《最低生活保障审核确认办法》第二十四条：公布有关信息，应当保护个人隐私，不得公开无关信息。ID numbers, telephones, accounts, illness and
/// addresses closer than the community are never handed to a notice at all.
public enum NoticeMask {
    /// 张某某，欧阳某某，买某某: however long the name is.
    public static func name(_ name: PersonName) -> String { surname(of: name.text) + "某某" }

    /// Nobody under eighteen is named.
    public static func name(_ name: PersonName, born: CivilDate, on day: CivilDate) -> String {
        born.age(on: day) < 18 ? "未成年人" : self.name(name)
    }

    /// 「4 人（未成年人 1 人）」
    public static func size(_ people: Int, minors: Int) -> String { "\(people) 人\(minors == 0 ? "" : "（未成年人 \(minors) 人）")" }

    /// A compound surname is only told from a name of three characters or more.
    private static func surname(of text: String) -> String {
        let two = String(text.prefix(2))
        return text.count >= 3 && compound.contains(two) ? two : String(text.prefix(1))
    }

    private static let compound: Set<String> = [
        "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶",
        "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良",
        "漆雕", "乐正", "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "梁丘", "左丘", "东门", "西门", "第五",
    ]
}
