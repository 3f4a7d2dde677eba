/// 文种与期间。What a stretch of text reports or plans, and for which part of which year.
public struct Occasion: Hashable, Sendable {
    /// Four characters; a masked year is kept as written: 202x.
    public var year: String?
    public var firstMonth = 1
    public var lastMonth = 12
    public var isPlan = false

    public var from: Day? { year.map { Day(year: $0, month: firstMonth, day: 1) } }
    public var until: Day? { year.map { Day(year: $0, month: lastMonth).end } }

    private static let planWords = ["计划", "要点", "打算", "安排", "思路", "谋划", "下一步", "下阶段", "目标任务", "展望", "主要目标", "发展目标", "工作目标", "总体目标", "规划"]
    private static let summaryWords = ["总结", "情况", "回顾", "汇报", "报告", "述职", "成效", "开展情况", "完成情况"]

    /// Whether a heading names a plan or a summary at all.
    static func isNamed(in marks: Marks) -> Bool { marks.has(anyOf: planWords + summaryWords, in: marks.indices) }

    /// The occasion a title or heading speaks of; what it leaves out stays as before.
    ///
    /// A title of both (2024年工作总结和2025年工作计划) opens with its summary.
    func renamed(by marks: Marks) -> Occasion {
        guard Self.isNamed(in: marks) else { return self }
        var next = self
        let summary = Self.summaryWords.compactMap { marks.first(of: $0, in: marks.indices) }.min()
        let plan = Self.planWords.compactMap { marks.first(of: $0, in: marks.indices) }.min()
        next.isPlan = plan.map { Self.opens($0, before: summary, in: marks) } ?? false
        if let named = Day.years(in: marks).first {
            next.year = named
        } else if next.isPlan, !isPlan, marks.has(anyOf: ["下一步", "明年", "来年"], in: marks.indices) {
            next.year = year.flatMap(Day.next)
        }
        (next.firstMonth, next.lastMonth) = Self.months(in: marks)
        return next
    }

    /// The word of a plan comes first, or follows the other as its noun: 总结计划, but not 总结和计划.
    private static func opens(_ plan: Int, before summary: Int?, in marks: Marks) -> Bool {
        guard let summary, summary < plan else { return true }
        return !marks[summary ..< plan].contains { "和与及暨、".unicodeScalars.contains($0) }
    }

    private static func months(in marks: Marks) -> (Int, Int) {
        if marks.has("下半年", in: marks.indices) { return (7, 12) }
        if marks.has("半年", in: marks.indices) { return (1, 6) }
        if marks.has("前三季度", in: marks.indices) { return (1, 9) }
        for (i, numeral) in ["一", "二", "三", "四"].enumerated() where marks.has(numeral + "季度", in: marks.indices) { return (i * 3 + 1, i * 3 + 3) }
        return (1, 12)
    }
}
