import Testing
import Values
@testable import Planning

@Suite("目标数值")
struct TargetNumberTests {
    @Test("写法与存法", arguments: [("14", "14"), ("2.1万", "21000"), ("1,234.5", "1234.5"), ("７０％", "70"), ("1亿", "100000000"), ("-3", "-3"), ("0.50", "0.5")])
    func reads(_ typed: String, _ stored: String) throws {
        let number = try TargetNumber(typed: typed)
        #expect(number.stored == .text(stored))
        #expect(try TargetNumber(typed: number.typed) == number)
        #expect(try TargetNumber(stored: number.stored) == number)
    }

    @Test("不是数字的不收", arguments: ["", "若干", "14个", "1.2.3", "万", "1 - 2"])
    func refuses(_ typed: String) {
        #expect(throws: Refusal.self) { try TargetNumber(typed: typed) }
    }

    @Test("读数带千分位", arguments: [("1", "1"), ("999", "999"), ("1000", "1,000"), ("1234567.5", "1,234,567.5"), ("-1000", "-1,000")])
    func groups(_ typed: String, _ shown: String) throws {
        #expect(try TargetNumber(typed: typed).grouped == shown)
    }
}
