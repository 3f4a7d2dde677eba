import Testing
import Values

@Suite("脱敏")
struct MaskedTests {
    @Test(arguments: [
        ("示例甲", "示**"), ("示", "示"), ("欧阳示例", "欧***"), ("示例·甲乙丙", "示*·***"), ("𠮷示", "𠮷*"), ("Sample Person", "S***** ******"),
    ])
    func names(_ text: String, _ masked: String) throws {
        #expect(Masked.name(try PersonName(typed: text)) == masked)
    }

    @Test func numbers() throws {
        let id = try ResidentID(typed: "11010519491231002X")
        #expect(Masked.residentID(id) == "110***********002X")
        #expect(Masked.residentIDForNotice(id) == "**************002X")
        #expect(Masked.phone(try Phone(typed: "13812345678")) == "138****5678")
        #expect(Masked.phone(try Phone(typed: "020-81234567-801")) == "020-****4567")
        #expect(Masked.account(try BankAccount(kind: .bankCard, number: "6217000000000000004")) == "****0004")
    }
}
