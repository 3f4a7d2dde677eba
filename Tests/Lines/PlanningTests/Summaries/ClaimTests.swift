import Commons
import Testing
import Values
@testable import Planning

struct ClaimCase: Sendable {
    /// The line, and what is wrong with it; empty for nothing.
    let line: String, fault: String
    init(_ line: String, _ fault: String = "") { (self.line, self.fault) = (line, fault) }
}

@Suite("数字旁边的话：方向、比较、完成")
struct ClaimTests {
    private static func figure(_ number: Int, _ role: FigureRole, _ amount: Int, _ unit: IndicatorUnit, _ indicator: String = "t.x", counting: Counting = .total) -> SummaryFigure {
        let id: ID<SummaryFigure> = ID(at: Instant(secondsSince1970: 1), random: Array(repeating: UInt8(number), count: 10))
        let month = CivilDate(written: 2024, 1, 1).monthOf
        return SummaryFigure(id: id, code: "A\(number)", summary: ID(rawValue: id.text) ?? ID(at: Instant(secondsSince1970: 1), random: Array(repeating: 0, count: 10)), number: number, role: role,
                             indicator: indicator, name: "试验事项", definition: "", basis: "", region: .country, from: month, through: month.adding(11), amount: amount, unit: unit.name,
                             scale: unit.scale, shown: WrittenAmount.text(Int64(amount), unit), counting: counting, target: nil, isManual: false, moment: Instant(secondsSince1970: 1))
    }

    private func fault(_ line: String, _ figures: [SummaryFigure], _ nature: Indicator.Nature? = nil) -> String {
        SummaryText.beside(in: line).compactMap { number, beside in
            figures.first { $0.number == number }.flatMap { ClaimCheck.fault($0, beside, among: figures, nature: nature) }
        }.joined(separator: "；")
    }

    private static let tenth = IndicatorUnit("%", scale: 1)

    @Test("减少的数不能说增长，增长的不能说下降；换个说法也看得出", arguments: [
        ClaimCase("试验事项12户〔1〕，比上年同期下降8.3%〔2〕。"), ClaimCase("试验事项12户〔1〕，比上年同期增长8.3%〔2〕。", "方向写反"),
        ClaimCase("试验事项12户〔1〕，同比上升8.3%〔2〕。", "方向写反"), ClaimCase("试验事项12户〔1〕，同比增8.3%〔2〕。", "方向写反"), ClaimCase("试验事项12户〔1〕，同比降8.3%〔2〕。"),
        ClaimCase("试验事项12户〔1〕，增幅达8.3%〔2〕。", "方向写反"), ClaimCase("试验事项12户〔1〕，降幅为8.3%〔2〕。"), ClaimCase("试验事项12户〔1〕，负增长8.3%〔2〕。"),
        ClaimCase("试验事项12户〔1〕，同比减少了8.3%〔2〕。"), ClaimCase("试验事项12户〔1〕，有8.3%〔2〕的增长。", "方向写反"), ClaimCase("试验事项12户〔1〕，有8.3%〔2〕的降幅。"),
        ClaimCase("别的事增加，试验事项12户〔1〕，变动8.3%〔2〕。"), ClaimCase("试验事项12户〔1〕，没有下降，8.3%〔2〕。"), ClaimCase("试验事项12户〔1〕，没有下降8.3%〔2〕。", "方向写反"),
        ClaimCase("试验事项12户〔1〕，与上年同期持平。", "没有持平"), ClaimCase("试验事项12户〔1〕，同比大幅增长。", "方向写反"), ClaimCase("试验事项12户〔1〕，同比有所下降。"),
        ClaimCase("试验事项12户〔1〕，养老床位同比增长。"),
    ])
    func falling(_ c: ClaimCase) {
        let found = fault(c.line, [Self.figure(1, .value, 12, .households), Self.figure(2, .growth, -83, Self.tenth)])
        #expect(c.fault.isEmpty ? found.isEmpty : found.contains(c.fault), "\(c.line) → \(found)")
    }

    @Test("增长的反过来也一样；没有可比的数，不能说增长", arguments: [(83, "比上年同期下降8.3%〔2〕", "方向写反"), (83, "比上年同期增长8.3%〔2〕", "")])
    func rising(_ amount: Int, _ words: String, _ expected: String) {
        let found = fault("试验事项12户〔1〕，\(words)。", [Self.figure(1, .value, 12, .households), Self.figure(2, .growth, amount, Self.tenth)])
        #expect(expected.isEmpty ? found.isEmpty : found.contains(expected), "\(found)")
        #expect(fault("试验事项12户〔1〕，与上年同期持平。", [Self.figure(1, .value, 12, .households)]).isEmpty)
        #expect(fault("试验事项12户〔1〕，同比大幅增长。", [Self.figure(1, .value, 12, .households)]).contains("没有数字说明"))
    }

    @Test("和什么比：期末数比上年末，本期数比上年同期，从不环比", arguments: [
        ("比上年同期下降8.3%〔1〕", Indicator.Nature.flow, ""), ("比上年末下降8.3%〔1〕", .flow, "上年同期"), ("比上年末下降8.3%〔1〕", .stock, ""), ("同比下降8.3%〔1〕", .stock, "上年末"),
        ("环比下降8.3%〔1〕", .flow, "不是环比"), ("比上月下降8.3%〔1〕", .flow, "不是和上月比"), ("下降8.3%〔1〕", .stock, ""),
    ])
    func base(_ words: String, _ nature: Indicator.Nature, _ expected: String) {
        let found = fault("试验事项\(words)。", [Self.figure(1, .growth, -83, Self.tenth)], nature)
        #expect(expected.isEmpty ? found.isEmpty : found.contains(expected), "\(found)")
    }

    @Test("标准由多少到多少", arguments: [("提高到", ""), ("降低到", "是提高"), ("下调为", "是提高"), ("调整为", "")])
    func standards(_ verb: String, _ expected: String) {
        let found = fault("自2024年7月起，试验标准由728元/人/月〔1〕\(verb)735元/人/月〔2〕。", [
            Self.figure(1, .before, 72_800, .monthlyYuan, counting: .level), Self.figure(2, .value, 73_500, .monthlyYuan, counting: .level),
        ])
        #expect(expected.isEmpty ? found.isEmpty : found.contains(expected), "\(found)")
    }

    @Test("完没完成、超没超，由数字说", arguments: [
        (13, 929, "为年度目标14户〔2〕的92.9%〔3〕，尚未完成。", ""), (13, 929, "为年度目标14户〔2〕的92.9%〔3〕，已完成。", "尚未完成"), (13, 929, "超额完成年度目标14户〔2〕的92.9%〔3〕。", "没有超出"),
        (15, 1_071, "完成年度目标14户〔2〕的107.1%〔3〕。", ""), (15, 1_071, "为年度目标14户〔2〕的107.1%〔3〕，尚未完成。", "已经完成"), (15, 1_071, "超额完成年度目标14户〔2〕的107.1%〔3〕。", ""),
        (14, 1_000, "超额完成年度目标14户〔2〕的100%〔3〕。", "没有超出"), (15, 1_071, "控制在年度目标14户〔2〕以内。", "超出了"), (14, 1_000, "控制在年度目标14户〔2〕以内。", ""), (14, 1_000, "超出年度目标14户〔2〕。", "没有超出"),
    ])
    func targets(_ value: Int, _ rate: Int, _ words: String, _ expected: String) {
        let figures = [Self.figure(1, .value, value, .households), Self.figure(2, .target, 14, .households), Self.figure(3, .completion, rate, Self.tenth)]
        let found = fault("试验事项\(value)户〔1〕，\(words)", figures)
        #expect(expected.isEmpty ? found.isEmpty : found.contains(expected), "\(found)")
    }
}
