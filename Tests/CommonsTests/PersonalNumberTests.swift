@testable import Commons
import Testing
import Values

/// 遮去个人号码：长数字、手机号、分开写的都遮，数和编号不动，位置不变。
@Suite struct PersonalNumberTests {
    static let resident = number(born: 1980, sequence: 1)
    /// 000181 19800101 0015.
    static let parted = "\(resident.prefix(6)) \(resident.dropFirst(6).prefix(8)) \(resident.suffix(4))"

    @Test("遮哪些", arguments: [
        ("试甲（\(resident)）", "试甲（000***********\(resident.suffix(4))）", 1), (parted, "000*** ******** \(resident.suffix(4))", 1), ("11010119900101001X。", "110***********001X。", 1),
        ("账号6222000011112222333，", "账号622************2333，", 1), ("6222 0000 1111 2222 333", "622* **** **** ***2 333", 1), ("电话13800001234，", "电话138****1234，", 1),
        ("１３８００００１２３４", "１３８****１２３４", 1), ("身份证000181800101001", "身份证000********1001", 1), ("000181198001010015和000181198001010023", "000***********0015和000***********0023", 2),
    ])
    func masked(_ text: String, _ expected: String, _ count: Int) {
        let found = PersonalNumbers.masked(text)
        #expect(found.text == expected && found.count == count, "\(found.text)")
        #expect(found.text.unicodeScalars.count == text.unicodeScalars.count)
        #expect(PersonalNumbers.masked(found.text).text == found.text, "遮两次等于遮一次")
    }

    @Test("不遮哪些", arguments: [
        "发放11656.26万元", "全区694000人", "投入12345678901元", "13800001234元", "示民发〔2024〕57号", "查验码 7F3K12345678901234567", "20240701123000", "1234 5678 9012 户", "共1010户1653人", "",
        "2021 2022 2023 年", "3—5期、60—100元/人/月", "110101 19900101 0019", "1,234,567,890,123,456元",
    ])
    func kept(_ text: String) { #expect(PersonalNumbers.masked(text).text == text) }
}
