/// 地名罗马字母拼写。《中国地名汉语拼音字母拼写规则（汉语地名部分）》, without tones.
///
/// The specific part (专名) and the generic part (通名) are each written together and capitalised: 建设路 is Jianshe Lu.
extension Pinyin {
    /// Parts a name at its generic by itself. A name without a known generic is written as one word.
    public static func placeName(_ name: String) -> String {
        let generic = PlaceGenerics.generic(of: name)
        guard !generic.isEmpty else { return word(name) }
        return placeName(specific: String(name.dropLast(generic.count)), generic: generic)
    }

    /// The same, where the register holds the two parts. An ordinal before the generic is a numeral:
    /// 中山一路 is Zhongshan 1 Lu.
    public static func placeName(specific: String, generic: String) -> String {
        let ordinal = String(specific.ending { HanNumber.digits[$0] != nil })
        guard !ordinal.isEmpty, ordinal.count < specific.count, let number = HanNumber.value(of: ordinal) else {
            return "\(word(specific)) \(word(generic))"
        }
        return "\(word(String(specific.dropLast(ordinal.count)))) \(number) \(word(generic))"
    }

    /// 自然村、集镇：不分专名和通名，连写。王村 is Wangcun.
    public static func settlementName(_ name: String) -> String { word(name) }

    /// Syllables joined, the first letter large; an apostrophe before one that opens with a vowel: Xi'an.
    private static func word(_ text: String) -> String {
        var word = ""
        for syllable in Pinyin.syllables(of: text) {
            if !word.isEmpty, let first = syllable.first, "aoe".contains(first) { word += "'" }
            word += syllable.replacing("v", with: "ü")
        }
        return word.prefix(1).uppercased() + word.dropFirst()
    }
}

extension StringProtocol {
    /// The last characters that all belong.
    fileprivate func ending(_ belongs: (Character) -> Bool) -> SubSequence {
        guard let last = lastIndex(where: { !belongs($0) }) else { return self[...] }
        return self[index(after: last)...]
    }
}

/// 通名。The words that say what kind of place it is.
enum PlaceGenerics {
    private static let all: Set<String> = [
        "省", "市", "区", "县", "旗", "盟", "州", "镇", "乡", "村", "里", "街道", "社区", "自治区", "自治州", "自治县", "行政村",
        "路", "街", "巷", "弄", "道", "胡同", "大街", "大道", "大路", "公路", "高速公路", "条", "支路", "支弄", "环路", "快速路",
        "桥", "大桥", "立交桥", "隧道", "公园", "广场", "花园", "小区", "新村", "新区", "苑", "大厦", "车站", "机场", "码头", "港",
        "山", "岭", "峰", "河", "江", "湖", "海", "溪", "泉", "岛", "湾", "沟", "水库", "渠", "林场", "农场", "牧场", "陵园", "公墓",
    ]

    /// A single character before a street's generic belongs to it: 建设|东路, 景山|后街.
    private static let modifiers: Set<Character> = Set("东西南北中前后左右内外直横支")
    private static let streets: Set<String> = ["路", "街", "巷", "弄", "道", "大街", "大道", "胡同"]

    /// The longest generic that the name ends with and that leaves something before it; empty when there is none.
    static func generic(of name: String) -> String {
        for length in (1...4).reversed() where length < name.count {
            let generic = String(name.suffix(length))
            guard all.contains(generic) else { continue }
            let before = name.dropLast(length)
            guard streets.contains(generic), before.count > 2, let last = before.last, modifiers.contains(last) else {
                return generic
            }
            return String(last) + generic
        }
        return ""
    }
}

/// 序数。Han numerals as they stand in the names of streets, up to 99.
enum HanNumber {
    static let digits: [Character: Int] = [
        "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    ]

    /// nil for what does not count, such as 一一.
    static func value(of text: String) -> Int? {
        let parts = text.split(separator: "十", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ $0.count <= 1 }) else { return nil }
        let values = parts.map { $0.first.flatMap { digits[$0] } }
        switch parts.count {
        case 1: return values[0]
        case 2: return (values[0] ?? 1) * 10 + (values[1] ?? 0)
        default: return nil
        }
    }
}
