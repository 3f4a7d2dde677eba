internal import Foundation

/// The readings of single characters, unpacked once from the table.
struct PinyinReadings: Sendable {
    static let shared = PinyinReadings(table: pinyinTable)

    private static let first: UInt32 = 0x4E00
    private static let last: UInt32 = 0x9FFF

    private let syllables: [String]
    /// For every character from U+4E00: where its syllable stands, counted from 1; 0 is none.
    private let places: [UInt16]

    private init(table: String) {
        var syllables: [String] = []
        var places = [UInt16](repeating: 0, count: Int(PinyinReadings.last - PinyinReadings.first) + 1)
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard let syllable = parts.first, let characters = parts.last else { continue }
            syllables.append(String(syllable))
            for scalar in characters.unicodeScalars where PinyinReadings.covers(scalar) {
                places[Int(scalar.value - PinyinReadings.first)] = UInt16(syllables.count)
            }
        }
        self.syllables = syllables
        self.places = places
    }

    /// The syllable of a Han character; nil for what is not Han.
    func syllable(of scalar: Unicode.Scalar) -> String? {
        if PinyinReadings.covers(scalar) {
            let place = Int(places[Int(scalar.value - PinyinReadings.first)])
            if place > 0 { return syllables[place - 1] }
        }
        if scalar == "〇" { return "ling" }
        return Han.contains(scalar) ? PinyinReadings.rare(scalar) : nil
    }

    private static func covers(_ scalar: Unicode.Scalar) -> Bool { (first...last).contains(scalar.value) }

    /// A character outside the table: slow, but there are few. nil when nobody knows its reading.
    private static func rare(_ scalar: Unicode.Scalar) -> String? {
        let latin = String(scalar).applyingTransform(.mandarinToLatin, reverse: false)
        let plain = latin?.replacing("ü", with: "v").applyingTransform(.stripDiacritics, reverse: false)
        guard let plain, !plain.isEmpty, plain.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else { return nil }
        return plain
    }
}

/// 姓氏读音。Surnames that are not read as the character is elsewhere.
enum SurnameReadings {
    private static let double: [String: [String]] = [
        "尉迟": ["yu", "chi"], "万俟": ["mo", "qi"], "单于": ["chan", "yu"], "长孙": ["zhang", "sun"],
        "令狐": ["ling", "hu"], "澹台": ["tan", "tai"], "宰父": ["zai", "fu"], "亓官": ["qi", "guan"],
    ]

    private static let single: [Unicode.Scalar: String] = [
        "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge", "缪": "miao", "乐": "yue",
        "员": "yun", "秘": "bi", "覃": "qin", "洗": "xian", "繁": "po", "折": "she", "种": "chong", "祭": "zhai", "句": "gou",
        "牟": "mu", "佴": "nai", "卜": "bu", "召": "shao", "翟": "zhai", "黑": "he", "乜": "nie",
    ]

    /// The readings of the surname a Han name begins with, if they are unusual.
    static func readings(of name: String) -> [String] {
        if let readings = double[String(name.prefix(2))], name.count > 2 { return readings }
        guard let first = name.unicodeScalars.first, let reading = single[first], name.count > 1 else { return [] }
        return [reading]
    }
}
