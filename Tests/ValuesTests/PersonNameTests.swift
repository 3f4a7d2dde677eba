import Testing
import Values

@Suite("姓名")
struct PersonNameTests {
    @Test(arguments: [
        "", " ", "张\u{0}三", "张\n三", "张\u{200B}三", "张\u{202E}三", "·", "·示例", "示例·", "示例.", String(repeating: "示", count: 51),
    ])
    func badNamesAreRefused(_ text: String) {
        #expect(refusal(of: text, as: PersonName.self)?.kind == .invalid)
    }

    @Test(arguments: [
        ("示例甲", "示例甲"), ("示", "示"), (" 示　例 ", "示例"), ("示 例 乙", "示例乙"), (String(repeating: "示", count: 50), String(repeating: "示", count: 50)),
        ("示例•甲乙", "示例·甲乙"), ("示例・甲乙", "示例·甲乙"), ("示例‧甲乙", "示例·甲乙"), ("示例．甲乙", "示例·甲乙"), ("示例.甲乙", "示例·甲乙"),
        ("示例 · 甲乙", "示例·甲乙"), ("Sample  J. Person", "Sample J. Person"), ("de Sample-Person", "de Sample-Person"),
        ("Rene\u{301} Sample", "Ren\u{E9} Sample"), ("𠮷䶮㙍", "𠮷䶮㙍"), ("示\u{E000}例", "示\u{E000}例"),
    ])
    func namesAreRead(_ text: String, _ expected: String) throws {
        let name = try PersonName(typed: text)
        #expect(Array(name.text.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test func facesRoundTrip() throws { try expectFaces(PersonName(typed: "示例·甲乙"), PersonName(typed: "Sample J. Person")) }
}
