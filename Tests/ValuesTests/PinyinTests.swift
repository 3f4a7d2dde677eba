import Testing
import Values

@Suite("拼音")
struct PinyinTests {
    @Test(arguments: [
        ("张建国", "zjg"), ("", ""), ("A栋3号", "ad3h"), ("示例·甲", "slj"), ("吕", "l"), ("䶮㙍", "yd"), ("☃", ""), ("重庆", "cq"),
    ])
    func initials(_ text: String, _ expected: String) {
        #expect(Pinyin.initials(of: text) == expected)
    }

    @Test("姓氏读音", arguments: [
        ("单示例", "shan shi li"), ("曾示", "zeng shi"), ("仇示", "qiu shi"), ("解示", "xie shi"), ("查示", "zha shi"), ("区示", "ou shi"),
        ("任示", "ren shi"), ("朴示", "piao shi"), ("盖示", "ge shi"), ("尉迟示", "yu chi shi"), ("万俟示例", "mo qi shi li"),
        ("万示例", "wan shi li"), ("龘示", "da shi"), ("示单", "shi dan"), ("吕示", "lv shi"),
    ])
    func surnames(_ text: String, _ expected: String) throws {
        let name = try PersonName(typed: text)
        #expect(Pinyin.syllables(of: name).joined(separator: " ") == expected)
        #expect(Pinyin.initials(of: name) == expected.split(separator: " ").map { String($0.prefix(1)) }.joined())
    }

    @Test(arguments: [
        ("示例abc12甲", ["shi", "li", "abc12", "jia"]), ("12 A", ["12", "a"]), ("，。", []),
    ])
    func syllables(_ text: String, _ expected: [String]) {
        #expect(Pinyin.syllables(of: text) == expected)
    }

    @Test("地名", arguments: [
        ("建设路", "Jianshe Lu"), ("建设东路", "Jianshe Donglu"), ("解放大道", "Jiefang Dadao"), ("景山后街", "Jingshan Houjie"),
        ("中山一路", "Zhongshan 1 Lu"), ("五一路", "Wuyi Lu"), ("示例十二路", "Shili 12 Lu"), ("示例二十巷", "Shili 20 Xiang"), ("西安路", "Xi'an Lu"), ("河东路", "Hedong Lu"),
        ("绿洲小区", "Lüzhou Xiaoqu"), ("重庆路", "Chongqing Lu"), ("厦门巷", "Xiamen Xiang"), ("平安胡同", "Ping'an Hutong"),
        ("路", "Lu"), ("示例", "Shili"), ("太行山", "Taihang Shan"),
    ])
    func placeNames(_ name: String, _ expected: String) {
        #expect(Pinyin.placeName(name) == expected)
    }

    @Test func settlementsAreOneWord() {
        #expect(Pinyin.settlementName("王村") == "Wangcun")
        #expect(Pinyin.placeName(specific: "示例", generic: "社区") == "Shili Shequ")
    }
}
