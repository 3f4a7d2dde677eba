import Testing
import Values
@testable import Assistance

@Suite("适用规定")
struct LawTests {
    @Test("受理日期决定规则版本", arguments: [
        ("2012-12-11", Edition?.none), ("2012-12-12", .rules2012), ("2021-06-30", .rules2012), ("2021-07-01", .rules2021),
    ])
    func edition(date: String, edition: Edition?) throws {
        #expect(try Edition.inForce(on: day(date)) == edition)
    }

    @Test("国家规定的复核间隔", arguments: [
        (Edition.rules2021, Residence.urban, 6), (.rules2012, .urban, 1), (.rules2012, .rural, 3),
    ])
    func reviews(edition: Edition, residence: Residence, months: Int) throws {
        let national = AllowanceLaw.national(edition, residence: residence, method: .init(.gap), standard: nil)
        let march = try Month(typed: "2015-03")
        #expect(try reviewDue(.c, last: march, under: national) == march.adding(months))
    }

    @Test("倍数的写法", arguments: [(20_000, "2 倍"), (15_000, "1.5 倍"), (12_050, "1.205 倍"), (5_000, "0.5 倍")])
    func times(value: Int, shown: String) {
        #expect(BasisPoints(value).times == shown)
    }

    @Test("年标准折月和月标准折年")
    func standard() {
        #expect(Standard.monthly(.yuan(735)).perYear == .yuan(8820))
        #expect(Standard.yearly(.yuan(6431), .fen).perMonth == Money(fen: 53_592))
        #expect(Standard.yearly(.yuan(6431), .fen).perYear == .yuan(6431))
        #expect(Standard.yearly(.yuan(6431), .fen).shown == "每人每年 6,431.00 元，折合每月 535.92 元")
    }
}
