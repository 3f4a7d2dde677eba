/// 文种与期间。What a stretch of text reports or plans, and for which part of which year.
public struct Occasion: Hashable, Sendable {
    /// Four characters; a masked year is kept as written: 202x.
    public var year: String?
    public var firstMonth = 1
    public var lastMonth = 12
    public var isPlan = false

    public var from: Day? { year.map { Day(year: $0, month: firstMonth, day: 1) } }
    public var until: Day? { year.map { Day(year: $0, month: lastMonth).end } }

    /// What titles call a plan or a summary.
    private static let planTitles = [
        "计划", "要点", "打算", "安排", "思路", "谋划", "下一步", "下阶段", "目标任务", "展望", "主要目标", "规划", "方案", "任务分解", "任务清单", "工作任务", "责任分解", "责任清单",
    ]
    private static let summaryTitles = ["总结", "情况", "回顾", "汇报", "报告", "述职", "成效"]
    /// Headings use the same words for other things (妥善安排、地名规划), so that only whole phrases count in them.
    private static let planHeadings = [
        "工作计划", "年计划", "工作打算", "年打算", "工作思路", "工作安排", "工作要点", "下一步", "下阶段", "下一阶段", "明年", "来年", "展望", "主要目标", "发展目标", "工作目标", "总体目标", "重点任务",
    ]
    private static let summaryHeadings = ["工作总结", "工作情况", "完成情况", "开展情况", "工作回顾", "工作成效", "主要成效", "年回顾", "存在问题", "存在的问题", "工作亮点"]

    /// Whether a line names a plan or a summary at all.
    static func isNamed(in marks: Marks) -> Bool { marks.has(anyOf: planTitles + summaryTitles, in: marks.indices) }

    /// The occasion a title or heading speaks of; what it leaves out stays as before.
    ///
    /// A title of both (2024年工作总结和2025年工作计划) opens with its summary.
    func renamed(by marks: Marks, isTitle: Bool) -> Occasion {
        let plan = (isTitle ? Self.planTitles : Self.planHeadings).compactMap { marks.first(of: $0, in: marks.indices) }.min()
        let summary = (isTitle ? Self.summaryTitles : Self.summaryHeadings).compactMap { marks.first(of: $0, in: marks.indices) }.min()
        guard plan != nil || summary != nil else { return self }
        var next = self
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
