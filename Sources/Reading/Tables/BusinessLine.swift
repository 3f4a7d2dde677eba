/// 业务条线。The line a figure belongs to, by the words of its indicator, its sentence, then its headings.
public enum BusinessLine {
    private static let words: [(line: String, words: [String])] = [
        ("流浪乞讨救助", ["流浪", "乞讨"]), ("收养登记", ["收养登记"]), ("婚姻登记", ["婚姻", "结婚", "离婚", "颁证", "婚俗", "婚前"]),
        ("殡葬管理", ["殡葬", "火化", "公墓", "骨灰", "祭扫", "火葬", "墓", "治丧"]),
        ("双拥优抚安置", ["双拥", "优抚", "拥军", "退役", "军休", "烈士", "抚恤", "参战", "军籍", "部队"]),
        ("防灾减灾救灾", ["救灾", "减灾", "防灾", "灾害"]), ("区划地名", ["地名", "区划", "界线", "界桩"]),
        ("慈善与福利彩票", ["慈善", "福利彩票", "福彩", "善款", "捐款", "捐赠", "募捐"]),
        ("儿童福利与未成年人保护", ["儿童", "未成年", "孤儿", "学生", "助学"]), ("残疾人福利", ["残疾"]),
        ("养老服务", ["养老", "老年", "老人", "长者", "高龄", "适老", "幸福食堂", "助餐", "床位", "敬老"]),
        ("社会组织", ["社会组织", "社会团体", "民办非企业", "社会服务机构"]), ("社会工作与志愿服务", ["社工", "社会工作", "志愿", "义工", "家庭综合服务中心"]),
        ("党建", ["党支部", "党员", "党组织", "党建", "主题党日", "积极分子"]), ("信访稳定", ["信访", "维稳", "上访"]),
        ("安全生产与疫情防控", ["安全生产", "消防", "疫情", "隐患"]),
        ("社会救助", ["救助", "低保", "特困", "困难群众", "最低生活保障", "低收入", "三无", "救济", "庇护"]),
        ("基层治理", ["社区", "居委会", "村(居)", "网格", "民生微实事", "议事"]), ("法治与监管", ["执法", "普法", "法治"]),
    ]

    public static func of(_ quantity: Quantity) -> String {
        line(of: quantity.indicator) ?? line(of: Manuscript(quantity.sentence).paragraphs.first?.marks.text ?? "") ?? quantity.path.reversed().lazy.compactMap(line).first ?? "机关综合"
    }

    /// The line of a task, by its words, then its headings from the nearest.
    public static func of(_ measure: Measure) -> String {
        line(of: measure.text) ?? measure.path.reversed().lazy.compactMap(line).first ?? "机关综合"
    }

    private static func line(of text: String) -> String? { words.first { entry in entry.words.contains { text.contains($0) } }?.line }
}
