import Bench
import Bureau
import Commons
import Kernel
import Reading
import Testing
import Values

/// 重写材料的比对：相等、相近、尚不能算，各有各的道理。
struct RegeneratedSummaryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String, fact: [String], scale: String, isNoted: Bool?, outcome: RegeneratedSummary.Outcome, reason: String

        init(_ text: String, _ fact: [String], scale: String = "1", noted isNoted: Bool? = nil, _ outcome: RegeneratedSummary.Outcome, _ reason: String = "") {
            (self.text, self.fact, self.scale, self.isNoted, self.outcome, self.reason) = (text, fact, scale, isNoted, outcome, reason)
        }

        var testDescription: String { "\(text)｜\(scale)" }
    }

    private static let header = ["id", "seed", "business_line", "indicator", "value", "unit", "comparison", "period_start", "period_end"]
    private static let new = ["F1", "001", "社会救助", "低保新增户数", "1010", "户", "=", "2024-01-01", "2024-12-31"]
    private static let standard = ["F2", "001", "社会救助", "城市最低生活保障标准", "735", "元/人/月", "=", "2024-07-01", "2024-12-31"]
    private static let paid = ["F3", "001", "社会救助", "“一卡通”发放各类救助资金", "116562600", "元", "=", "2024-01-01", "2024-12-31"]
    private static let meals = ["F4", "001", "养老服务", "幸福食堂累计服务补贴老年人", "429400", "人次", "=", "", "2024-12-31"]
    private static let pilot = ["F5", "001", "社会救助", "“物质+服务”试点上门服务量", "8099", "户次", "=", "2023-07-01", "2024-06-30"]

    @Test("逐个事实的结论", arguments: [
        Case("全年低保新增户数1010户。", new, .equal),
        Case("全年低保新增户数909户。", new, .near, "不到一成"),
        Case("全年低保新增户数908户。", new, .different),
        // 规模 0.02：20.2 户，四舍五入为 20 户。
        Case("全年低保新增户数20户。", new, scale: "0.02", .equal, "按规模"),
        Case("全年低保新增户数21户。", new, scale: "0.02", .near),
        Case("全年低保新增户数23户。", new, scale: "0.02", .different),
        Case("全年低保新增户数20户。", new, .different),
        // 标准不随规模变。
        Case("城市最低生活保障标准735元/人/月。", standard, scale: "0.02", .equal),
        Case("全年“一卡通”发放各类救助资金70000000元。", paid, .different),
        Case("全年“一卡通”发放各类救助资金70000000元。", paid, noted: true, .missing, "其余待"),
        Case("全年“一卡通”发放各类救助资金110000000元。", paid, noted: true, .near, "其余待"),
        Case("全年“一卡通”发放各类救助资金70000000元。", paid, noted: false, .different),
        Case("“物质+服务”试点上门服务量7992户次。", pilot, .near, "2023-07-01"),
        Case("幸福食堂累计服务补贴老年人214700人次。", meals, .near, "累计"),
        Case("没有提到。", meals, .missing, "没有数据"),
    ])
    func outcomes(_ c: Case) throws {
        let book = IndicatorBook(House(lines: bureau, keyring: try .ephemeral()))
        let notes = c.isNoted.map { ["payments.paid": RegeneratedSummary.Note("其余待别的业务上线", isPartial: $0)] } ?? [:]
        let ground = RegeneratedSummary.Ground(book, year: 2024, scale: c.scale, notes: notes) { _, from, _ in from.hasPrefix("2023-07") ? Figure(8_099) : nil }
            sinceBegun: { _, _, _ in Figure(429_400) }
        let row = try #require(try RegeneratedSummary(c.text, facts: [Self.header, c.fact], document: "001", on: ground).rows.first)
        #expect(row.outcome == c.outcome, "\(row.reason)")
        #expect(c.reason.isEmpty || row.reason.contains(c.reason), "\(row.reason)")
    }

    @Test("别的文稿的事实不比")
    func otherDocuments() throws {
        let book = IndicatorBook(House(lines: bureau, keyring: try .ephemeral()))
        let ground = RegeneratedSummary.Ground(book, year: 2024) { _, _, _ in nil } sinceBegun: { _, _, _ in nil }
        #expect(try RegeneratedSummary("低保新增户数1010户。", facts: [Self.header, Self.new], document: "002", on: ground).rows.isEmpty)
    }
}
