import Testing
import Values

@Suite("文本、整数、是否、代码")
struct PlainTests {
    @Test(arguments: ["a\u{0}b", "一\n二", "a\tb", String(repeating: "字", count: 201)])
    func badLinesAreRefused(_ text: String) {
        #expect(refusal(of: text, as: String.self)?.kind == .invalid)
    }

    @Test(arguments: [
        ("  示例 ", "示例"), ("\u{3000}示例\u{FEFF}", "示例"), ("一 二", "一 二"), ("𠮷䶮㙍", "𠮷䶮㙍"),
        (String(repeating: "字", count: 200), String(repeating: "字", count: 200)),
    ])
    func linesAreTrimmed(_ text: String, _ expected: String) {
        #expect(read(text) == expected)
    }

    @Test func longTextKeepsItsLines() {
        #expect(read("一\r\n二\r三\n四 ", as: LongText.self)?.text == "一\n二\n三\n四")
        #expect(read(String(repeating: "字", count: 4000), as: LongText.self) != nil)
        #expect(read(String(repeating: "字", count: 4001), as: LongText.self) == nil)
        #expect(read("a\u{1B}b", as: LongText.self) == nil)
    }

    @Test(arguments: ["x", "1.5", "1,23", "12,3456", "--1", "-", ".", "9223372036854775808", "1e3", "１２a"])
    func badNumbersAreRefused(_ text: String) {
        #expect(refusal(of: text, as: Int.self)?.kind == .invalid)
    }

    @Test(arguments: [
        ("12", 12), ("１２", 12), (" -7 ", -7), ("1,234,567", 1_234_567), ("3.0", 3), ("0", 0),
        ("9223372036854775807", Int.max),
    ])
    func numbersAreRead(_ text: String, _ expected: Int) {
        #expect(read(text) == expected)
    }

    @Test(arguments: [
        ("1", true), ("0", false), ("是", true), ("否", false), ("true", true), ("false", false), ("on", true), ("１", true),
    ])
    func yesAndNo(_ text: String, _ expected: Bool) {
        #expect(read(text) == expected)
    }

    @Test func yesIsOneForMachines() {
        #expect(true.stored == .integer(1))
        #expect(true.shown == "是")
        #expect(read("对", as: Bool.self) == nil)
        #expect(throws: Refusal.self) { try Bool(stored: .integer(2)) }
    }

    @Test(arguments: [("1", Sex.male), ("男", .male), ("２", .female), (" 未知的性别 ", .unknown), ("9", .unspecified)])
    func codesAndLabelsAreRead(_ text: String, _ expected: Sex) {
        #expect(read(text) == expected)
    }

    @Test func codesAreAClosedList() {
        #expect(refusal(of: "3", as: Sex.self)?.message == "不在可选范围内，请从“男、女、未知的性别、未说明的性别”中选择")
        #expect(Sex.kind == .choice(Sex.allCases.map { Choice(code: $0.rawValue, label: $0.label) }))
        #expect(Sex.female.shown == "女")
        #expect(throws: Refusal.self) { try Sex(stored: .text("女")) }
    }

    @Test func facesRoundTrip() throws {
        try expectFaces("示例", "1 < 2 & 3")
        try expectFaces(LongText(typed: "一\n二"))
        try expectFaces(Sex.male, .unspecified)
        try expectFaces(true, false)
        #expect(try Int(stored: .integer(-5)) == -5)
        #expect(try Int(typed: Int.min.typed.replacing("8", with: "7")) < 0)
    }

    @Test func textFromOutsideIsHeldToTheLimits() throws {
        let long = String(repeating: "字", count: 201)
        #expect(try String(stored: .text(long)) == long)
        #expect(throws: Refusal.self) { try String(received: .text(long)) }
        #expect(throws: Refusal.self) { try String(received: .text("")) }
    }
}
