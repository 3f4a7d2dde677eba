import Commons
import Kernel
import Reading
import Values

/// 计划进展。How every target of a plan stands today, its indicators read together.
struct PlanProgress: Sendable {
    let tree: PlanTree
    let statuses: [ID<PlanTarget>: TargetStatus]
    /// The names of the indicators that are bound, by code.
    let indicators: [String: Indicator]
    let today: CivilDate

    func status(of target: PlannedTarget) -> TargetStatus { statuses[target.target.id] ?? .unbound }

    func count(_ light: Light) -> Int { tree.targets.count { status(of: $0).light == light } }
}

extension TargetStatus {
    static let unbound = TargetStatus(light: .unbound, value: nil, expected: nil, share: nil, words: "还没有绑定指标或节点")
}

extension Reader {
    func progress(of plan: WorkPlan) throws -> PlanProgress { try progress(of: try tree(of: plan)) }

    /// - Parameter day: how it stood on an earlier day, as far as is known now; nil for today.
    func progress(of tree: PlanTree, on day: CivilDate? = nil) throws -> PlanProgress {
        let today = min(day ?? today, today)
        let book = try indicatorBook(), codes = Set(tree.targets.compactMap { $0.binding?.indicator })
        let bound = codes.compactMap(book.find), last = try Month(year: tree.plan.year, month: 12)
        let figures = bound.isEmpty ? nil : try figures(of: bound, in: tree.plan.region, through: min(today.monthOf, last))
        let known = Dictionary(bound.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let gauge = Gauge(year: tree.plan.year, today: today, figures: figures, indicators: known)
        var statuses: [ID<PlanTarget>: TargetStatus] = [:]
        for target in tree.targets { statuses[target.target.id] = try gauge.status(of: target) }
        return PlanProgress(tree: tree, statuses: statuses, indicators: known, today: today)
    }
}

/// Reads what targets are held against.
private struct Gauge {
    let year: Int
    let today: CivilDate
    let figures: IndicatorFigures?
    let indicators: [String: Indicator]

    func status(of planned: PlannedTarget) throws -> TargetStatus {
        guard let binding = planned.binding else { return .unbound }
        if binding.kind == .milestones { return milestones(planned) }
        let begin = CivilDate(written: year, 1, 1)
        guard today >= begin else { return TargetStatus(light: .waiting, value: nil, expected: nil, share: nil, words: "\(year)年1月1日开始") }
        guard let code = binding.indicator, let indicator = indicators[code] else { return unknown("指标 \(binding.indicator ?? "") 已不在目录里，请重新绑定") }
        guard let goal = planned.target.value?.figure else { return unknown("目标没有数值，请更正目标或改按节点推进") }
        guard let standing = try known(indicator, counting: binding.counting, until: planned.deadline) else { return unknown("「\(indicator.name)」\(year)年还没有数据") }
        let points = planned.points.sorted { $0.key < $1.key }.map { Course.Point(day: CivilDate(endOfQuarter: $0.key, in: year), value: $0.value.figure) }
        let course = Course(bound: planned.target.bound, goal: goal, start: planned.target.previous?.figure ?? standing.start, unit: planned.target.unit,
                            counting: binding.counting, begin: begin, deadline: planned.deadline, points: points)
        var status = course.status(of: standing.value, on: today, judgedOn: standing.reaches(today) ? standing.asOf : today)
        status.isManual = indicator.isManual
        status.asOf = standing.asOf
        return status
    }

    private func unknown(_ words: String) -> TargetStatus { TargetStatus(light: .unknown, value: nil, expected: nil, share: nil, words: words) }

    // MARK: Figures

    private struct Standing {
        let value: Figure
        /// Where the year began.
        let start: Figure?
        let asOf: CivilDate

        /// Figures of the last month and a half are judged by the day they reach to; older ones by today.
        func reaches(_ today: CivilDate) -> Bool { asOf >= today.adding(days: -45) }
    }

    /// An indicator that can't be reckoned leaves its target grey; the others are shown.
    private func known(_ indicator: Indicator, counting: Counting, until deadline: CivilDate) throws -> Standing? {
        do { return try standing(of: indicator, counting: counting, until: deadline) } catch is Refusal { return nil }
    }

    private func standing(of indicator: Indicator, counting: Counting, until deadline: CivilDate) throws -> Standing? {
        guard let figures else { return nil }
        let first = CivilDate(written: year, 1, 1).monthOf, last = max(first, min(today.monthOf, deadline.monthOf))
        let value = try figures.value(of: indicator, over: IndicatorPeriod(first, through: last))
        guard let amount = value.amount, let asOf = asOf(value, last) else { return nil }
        let now = Figure(amount, exponent: -indicator.unit.scale)
        if counting == .total { return Standing(value: now, start: .zero, asOf: asOf) }
        let before = try figures.value(of: indicator, over: .month(first.previous)).amount.map { Figure($0, exponent: -indicator.unit.scale) }
        guard counting == .increase else { return Standing(value: now, start: before, asOf: asOf) }
        guard let before, let rise = now.minus(before) else { return nil }
        return Standing(value: rise, start: .zero, asOf: asOf)
    }

    /// The last day that is known of.
    private func asOf(_ value: IndicatorValue, _ last: Month) -> CivilDate? {
        let known = value.asOf ?? value.period.months.last { !value.missing.contains($0) }
        return known.map { min($0.last, today) } ?? (value.amount == nil ? nil : today)
    }

    // MARK: Milestones

    private func milestones(_ planned: PlannedTarget) -> TargetStatus {
        let all = planned.milestones, open = all.filter { $0.doneOn.map { $0 > today } ?? true }, done = all.count - open.count
        guard !all.isEmpty else { return unknown("还没有设节点") }
        let light: Light = if open.isEmpty { .done } else if today > planned.deadline { .overdue } else if open.contains(where: { $0.dueOn < today }) { .late }
            else if open.contains(where: { $0.dueOn <= today.adding(days: 15) }) { .slow } else { .onTrack }
        let due = all.count { $0.dueOn <= today }
        let next = open.first.map { "，\($0.dueOn < today ? "逾期" : "下一个")：\($0.title)（\($0.dueOn.shown)）" } ?? ""
        return TargetStatus(light: light, value: Figure(Int64(done)), expected: Figure(Int64(due)), share: done * 10_000 / all.count,
                            words: "节点办成 \(done) / \(all.count)\(next)", asOf: today)
    }
}

extension CivilDate {
    /// The last day of a quarter from 1 to 4.
    init(endOfQuarter quarter: Int, in year: Int) { self.init(written: year, quarter * 3, [31, 30, 30, 31][quarter - 1]) }
}
