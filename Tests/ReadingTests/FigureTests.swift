import Testing
@testable import Reading

@Suite("数值")
struct FigureTests {
    @Test("写法", arguments: [("0", "0"), ("0.50", "0.5"), ("100", "100"), ("17.5", "17.5"), ("-1.05", "-1.05"), ("007", "7"), ("123456789012345", "123456789012345")])
    func text(_ typed: String, _ shown: String) { #expect(Figure(typed)?.description == shown) }

    @Test("不是数", arguments: ["", ".", "1.2.3", "12a", "1234567890123456", "1-2"])
    func refused(_ typed: String) { #expect(Figure(typed) == nil) }

    @Test("大小和加减乘")
    func arithmetic() throws {
        let small = try #require(Figure("17.5")), large = Figure(12, exponent: 4)
        #expect(small < large && !(large < small))
        #expect(small.plus(large)?.description == "120017.5")
        #expect(small.minus(small) == .zero)
        #expect(small.times(Figure(2))?.description == "35")
        #expect(Figure(.max).times(Figure(7)) == nil)
        #expect(Figure(100) == Figure(1, exponent: 2))
    }

    @Test("汉字数字", arguments: [
        ("十", "10"), ("十二", "12"), ("两百三十", "230"), ("一百零五", "105"), ("三千", "3000"), ("二万五千", "25000"), ("一亿二千万", "120000000"), ("二零二四", "2024"),
    ])
    func chinese(_ typed: String, _ shown: String) { #expect(ChineseDigits.value(Marks(typed)[...])?.description == shown) }

    @Test("不成数的汉字", arguments: ["百千", "三五", "一二"])
    func notChinese(_ typed: String) { #expect(ChineseDigits.value(Marks(typed)[...]) == nil) }
}
