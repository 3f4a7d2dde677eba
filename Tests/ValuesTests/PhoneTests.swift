import Testing
import Values

@Suite("电话")
struct PhoneTests {
    @Test(arguments: [
        "", "12800000000", "1380000000", "138000000000", "无", "81234567", "01-81234567", "020-812345", "020-812345678", "0200-81234567",
        "138-0000-000a", "020-81234567-1-2", "020-81234567-1234567", "+1 2025550100", "020-01234567",
    ])
    func badNumbersAreRefused(_ text: String) {
        #expect(refusal(of: text, as: Phone.self)?.kind == .invalid)
    }

    @Test(arguments: [
        ("13800000000", "13800000000", true), ("138 0000 0000", "13800000000", true), ("138-0000-0000", "13800000000", true),
        ("＋86 １３８００００００００", "13800000000", true), ("008619900000000", "19900000000", true),
        ("02081234567", "020-81234567", false), ("020-81234567", "020-81234567", false), ("(0755)81234567-801", "0755-81234567-801", false),
        ("03111234567", "0311-1234567", false), ("010 81234567", "010-81234567", false), ("+86 020 81234567", "020-81234567", false),
    ])
    func numbersAreRead(_ text: String, _ number: String, _ isMobile: Bool) throws {
        let phone = try Phone(typed: text)
        #expect(phone.number == number)
        #expect(phone.isMobile == isMobile)
    }

    @Test func facesRoundTrip() throws { try expectFaces(Phone(typed: "13800000000"), Phone(typed: "0755-81234567-801")) }
}
