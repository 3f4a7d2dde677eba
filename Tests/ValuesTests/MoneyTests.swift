import Testing
import Values

@Suite("金额")
struct MoneyTests {
    @Test(arguments: [
        "", "元", "一百", "1.234", "1,23", "1,2345", "12,34,567", "1.", ".5", "1e5", "NaN", "0x10", "1 2", "--1", "+-1",
        "100000000000.01", "99999999999999999999999", "-100000000000.01", "1.2.3", ",123", "1,,234",
    ])
    func badAmountsAreRefused(_ text: String) {
        #expect(refusal(of: text, as: Money.self)?.kind == .invalid)
    }

    @Test(arguments: [
        ("735.00", 73_500), ("735", 73_500), ("1,234.5", 123_450), ("735元", 73_500), ("￥ 735.1 元", 73_510), ("¥0.01", 1),
        ("-735.00", -73_500), ("－７３５．００", -73_500), ("１，２３４", 123_400), ("0", 0), ("-0", 0), ("1.500", 150),
        ("100000000000.00", 10_000_000_000_000), ("-100,000,000,000", -10_000_000_000_000),
    ] as [(String, Int64)])
    func amountsAreRead(_ text: String, _ fen: Int64) {
        #expect(read(text, as: Money.self)?.fen == fen)
    }

    @Test(arguments: [
        (123_450, "1234.50", "1,234.50 元"), (0, "0.00", "0.00 元"), (1, "0.01", "0.01 元"), (-5, "-0.05", "-0.05 元"),
        (99_999, "999.99", "999.99 元"), (100_000, "1000.00", "1,000.00 元"), (100_000_001, "1000000.01", "1,000,000.01 元"),
    ] as [(Int64, String, String)])
    func amountsAreWritten(_ fen: Int64, _ typed: String, _ shown: String) {
        #expect(Money(fen: fen).typed == typed)
        #expect(Money(fen: fen).shown == shown)
    }

    @Test func theLeastNumberIsWrittenToo() {
        #expect(Money(fen: .min).typed == "-92233720368547758.08")
    }

    @Test func negativeAmountsAreRefusedWhereNoneMayBe() throws {
        #expect(refusal(of: "-0.01", as: Amount.self)?.message == "金额不能为负数，请核对")
        #expect(read("0", as: Amount.self) == .zero)
        #expect(throws: Refusal.self) { try Amount(stored: .integer(-1)) }
    }

    @Test func reckoning() {
        #expect(Money.yuan(735) * 3 - .yuan(5) == .yuan(2200))
        #expect(-Money.yuan(1) < .zero)
        #expect([Money.yuan(1), .yuan(2)].reduce(.zero, +) == .yuan(3))
        #expect(Money.yuan(100).share(among: 3) == Money(fen: 3333))
        #expect(Money.yuan(100).share(among: 0) == .yuan(100))
    }

    @Test func facesRoundTrip() throws {
        try expectFaces(Money.zero, .yuan(-12), Money(fen: 123_456_789))
        try expectFaces(Amount(.yuan(5)))
    }
}

@Suite("取整")
struct RoundingTests {
    struct Case: Sendable {
        let fen: Int64, mode: Rounding.Mode, unit: Int64, expected: Int64
        init(_ fen: Int64, _ mode: Rounding.Mode, _ unit: Int64, _ expected: Int64) {
            (self.fen, self.mode, self.unit, self.expected) = (fen, mode, unit, expected)
        }
    }

    @Test(arguments: [
        //   分    方式        单位  结果
        Case(12345, .up, 100, 12400), Case(12300, .up, 100, 12300), Case(12301, .up, 100, 12400), Case(1, .up, 1000, 1000),
        Case(12349, .halfUp, 100, 12300), Case(12350, .halfUp, 100, 12400), Case(12500, .halfUp, 1000, 13000),
        Case(12399, .down, 100, 12300), Case(12400, .down, 100, 12400),
        Case(12345, .none, 100, 12345), Case(12345, .halfUp, 1, 12345), Case(12345, .up, 0, 12345), Case(12345, .up, -100, 12345),
        Case(-12350, .halfUp, 100, -12400), Case(-12301, .up, 100, -12400), Case(-12399, .down, 100, -12300), Case(0, .up, 100, 0),
    ])
    func amountsComeToTheUnit(_ c: Case) {
        let rounding = Rounding(mode: c.mode, unit: Money(fen: c.unit))
        #expect(Money(fen: c.fen).rounded(rounding) == Money(fen: c.expected))
    }

    @Test func ratesAreRoundedOnce() {
        let yuan = Rounding(mode: .halfUp, unit: .yuan(1))
        // 49.5% of 1.00 is 0.495: by way of the 分 it would become 0.50 and then a whole 元.
        #expect(Money.yuan(1).multiplied(by: BasisPoints(4950), rounding: yuan) == .zero)
        #expect(Money.yuan(1).multiplied(by: BasisPoints(5000), rounding: yuan) == .yuan(1))
        #expect(Money.yuan(735).multiplied(by: .percent(30), rounding: .fen) == Money(fen: 22_050))
        #expect(Money(fen: 5).multiplied(by: .percent(10), rounding: .fen) == Money(fen: 1))
        #expect(Money(fen: 5).multiplied(by: .percent(10), rounding: Rounding(mode: .none, unit: .yuan(1))) == Money(fen: 1))
        #expect(Money(fen: 4).multiplied(by: .percent(10), rounding: .fen) == .zero)
    }

    @Test func theLargestAmountsStayExact() {
        let largest = Money(fen: 10_000_000_000_000)
        #expect(largest.multiplied(by: .percent(1000), rounding: .fen) == Money(fen: 100_000_000_000_000))
        #expect(Money(fen: .max).multiplied(by: .percent(100), rounding: .fen) == Money(fen: .max))
        #expect(Money(fen: .max).divided(by: 1, rounding: .fen) == Money(fen: .max))
    }

    @Test func division() {
        let up = Rounding(mode: .up, unit: .yuan(1))
        #expect(Money.yuan(100).divided(by: 3, rounding: .fen) == Money(fen: 3333))
        #expect(Money.yuan(200).divided(by: 3, rounding: .fen) == Money(fen: 6667))
        #expect(Money.yuan(100).divided(by: 3, rounding: up) == .yuan(34))
        #expect(Money.yuan(99).divided(by: 3, rounding: up) == .yuan(33))
    }
}

@Suite("比例")
struct BasisPointsTests {
    @Test(arguments: ["%", "三成", "30", "10.5", "-30%", "-0.1", "1000.01%", "12.345%", "0.12345", "1/3"])
    func badRatiosAreRefused(_ text: String) {
        #expect(refusal(of: text, as: BasisPoints.self)?.kind == .invalid)
    }

    @Test(arguments: [
        ("30%", 3000), ("0.3", 3000), ("３０％", 3000), ("30 %", 3000), ("12.5%", 1250), ("0.01%", 1), ("0", 0), ("1", 10_000),
        ("100%", 10_000), ("1000%", 100_000), ("10", 100_000), ("0.0001", 1),
    ])
    func ratiosAreRead(_ text: String, _ value: Int) {
        #expect(read(text, as: BasisPoints.self)?.value == value)
    }

    @Test(arguments: [(3000, "30%"), (1250, "12.5%"), (1, "0.01%"), (10, "0.1%"), (1205, "12.05%"), (0, "0%"), (-150, "-1.5%")])
    func ratiosAreWritten(_ value: Int, _ text: String) {
        #expect(BasisPoints(value).shown == text)
    }

    @Test func facesRoundTrip() throws { try expectFaces(BasisPoints(0), BasisPoints(1), .percent(30), BasisPoints(100_000)) }
}
