import Testing
import Values

@Suite("银行账户")
struct BankAccountTests {
    @Test(arguments: [
        (BankAccount.Kind.bankCard, "6217000000000000005"), (.bankCard, "62170000000"), (.bankCard, "62170000000000000040"),
        (.bankCard, "621700000000000000X"), (.bankCard, "中国银行"), (.passbook, "1234567"), (.passbook, String(repeating: "1", count: 33)),
        (.passbook, ""), (.passbook, "1234５6７a"),
    ])
    func badNumbersAreRefused(_ kind: BankAccount.Kind, _ number: String) {
        #expect(throws: Refusal.self) { try BankAccount(kind: kind, number: number) }
    }

    @Test(arguments: [
        (BankAccount.Kind.bankCard, "6217000000000000004", "6217000000000000004"),
        (.bankCard, "6217 0000 0000 0000 004", "6217000000000000004"), (.bankCard, "６２１７0000-00000000004", "6217000000000000004"),
        (.bankCard, "000000000000", "000000000000"), (.passbook, "12345678", "12345678"), (.passbook, "6217000000000000005", "6217000000000000005"),
        (.passbook, String(repeating: "1", count: 32), String(repeating: "1", count: 32)),
    ])
    func numbersAreRead(_ kind: BankAccount.Kind, _ text: String, _ number: String) throws {
        let account = try BankAccount(kind: kind, number: text)
        #expect(account.number == number)
        #expect(account.kind == kind)
    }

    @Test func aNumberAloneIsACard() throws {
        #expect(try BankAccount(typed: "6217000000000000004").kind == .bankCard)
        #expect(try BankAccount(typed: " 存折 12345678").kind == .passbook)
        #expect(read("12345678", as: BankAccount.self) == nil)
    }

    @Test func facesRoundTrip() throws {
        try expectFaces(BankAccount(kind: .bankCard, number: "6217000000000000004"), BankAccount(kind: .passbook, number: "12345678"))
    }
}
