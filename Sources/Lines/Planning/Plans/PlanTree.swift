import Commons
import Kernel
import Storage
import Values

/// 计划全貌。The plan in its document's own order: headings, the measures under each, their targets and all that people bound to them.
struct PlanTree: Sendable {
    let plan: WorkPlan
    let headings: [DocumentPassages.Heading]
    /// In the order of the document; those a person added follow at the end of their heading. Removed ones are left out.
    let measures: [PlannedMeasure]

    /// The titles above a measure, outermost first.
    func path(of measure: PlanMeasure) -> [String] { titles(above: measure.heading) }

    func titles(above heading: Int?) -> [String] {
        var titles: [String] = [], next = heading
        while let place = next, headings.indices.contains(place) {
            titles.insert(headings[place].title, at: 0)
            next = headings[place].parent
        }
        return titles
    }

    /// The measures directly under a heading; nil for those under none.
    func measures(under heading: Int?) -> [PlannedMeasure] { measures.filter { $0.measure.heading == heading } }

    func children(of heading: Int?) -> [DocumentPassages.Heading] { headings.filter { $0.parent == heading } }

    /// Whether a heading is that one or lies anywhere below it.
    func isWithin(_ heading: Int?, _ above: Int) -> Bool {
        var next = heading
        while let place = next {
            if place == above { return true }
            next = headings.indices.contains(place) ? headings[place].parent : nil
        }
        return false
    }

    var targets: [PlannedTarget] { measures.flatMap(\.targets) }
}

/// 任务及其目标。
struct PlannedMeasure: Sendable {
    let measure: PlanMeasure
    let targets: [PlannedTarget]
    /// Of the measure and of its targets, the newest first.
    let evidence: [Evidence]
}

/// 目标及人工绑定的一切。
struct PlannedTarget: Sendable {
    let target: PlanTarget
    /// The measure's own where the target has none.
    let deadline: CivilDate
    let responsible: String?
    let binding: TargetBinding?
    /// Quarter → value, as a person set them; empty for even ones.
    let points: [Int: TargetNumber]
    let milestones: [Milestone]
    /// The newest first.
    let evidence: [Evidence]
    /// The newest first.
    let reasons: [DelayReason]
}

extension Reader {
    /// A plan that the reader may see: of his own region, below it, or above it.
    func plan(_ id: ID<WorkPlan>) throws -> WorkPlan {
        let plan = try find(id)
        guard actor.covers(plan.region) || plan.region.contains(actor.region) else { throw Refusal.forbidden("这份计划不属于您所在的区域") }
        return plan
    }

    /// The plans of a year that are tracked, of the reader's region, below it and above it.
    func plans(of year: Int) throws -> [WorkPlan] {
        try all(WorkPlan.self, where: "year = \(year) AND state = \(PlanState.tracked) AND \(visiblePlans("region")) ORDER BY region, made_at, id")
    }

    func visiblePlans(_ column: String) -> Statement {
        "(\(within(column)) OR \(Statement(name: column)) IN (\(actor.region.ancestors.map { "\($0)" as Statement }.joined(", "))))"
    }

    func planTree(_ id: ID<WorkPlan>) throws -> PlanTree { try tree(of: try plan(id)) }

    func tree(of plan: WorkPlan) throws -> PlanTree {
        let measures = try all(PlanMeasure.self, where: "plan_id = \(plan.id) AND removed_at IS NULL ORDER BY position, id")
        let targets = Dictionary(grouping: try plannedTargets(of: plan, measures), by: \.target.measure)
        let evidence = Dictionary(grouping: try evidence(of: plan), by: \.measure)
        return PlanTree(plan: plan, headings: try headings(of: plan.document), measures: measures.map { measure in
            PlannedMeasure(measure: measure, targets: targets[measure.id] ?? [], evidence: evidence[measure.id] ?? [])
        })
    }

    private func plannedTargets(of plan: WorkPlan, _ measures: [PlanMeasure]) throws -> [PlannedTarget] {
        let targets = try all(PlanTarget.self, where: "plan_id = \(plan.id) AND removed_at IS NULL ORDER BY measure_id, position, id")
        let inPlan: Statement = "target_id IN (SELECT id FROM plan_target WHERE plan_id = \(plan.id))"
        let bindings = Dictionary(try all(TargetBinding.self, where: "ended_at IS NULL AND \(inPlan)").map { ($0.target, $0) }, uniquingKeysWith: { first, _ in first })
        let milestones = Dictionary(grouping: try all(Milestone.self, where: "\(inPlan) ORDER BY due_on, id"), by: \.target)
        let evidence = Dictionary(grouping: try evidence(of: plan), by: \.target)
        let reasons = Dictionary(grouping: try all(DelayReason.self, where: "plan_id = \(plan.id) ORDER BY told_at DESC, id DESC"), by: \.target)
        let points = try points(inPlan), byMeasure = Dictionary(measures.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let lastDay = CivilDate(written: plan.year, 12, 31)
        return targets.compactMap { target in
            guard let measure = byMeasure[target.measure] else { return nil }
            return PlannedTarget(target: target, deadline: target.deadline ?? measure.deadline ?? lastDay, responsible: measure.responsible, binding: bindings[target.id],
                                 points: points[target.id] ?? [:], milestones: milestones[target.id] ?? [], evidence: evidence[target.id] ?? [],
                                 reasons: reasons[target.id] ?? [])
        }
    }

    private func points(_ condition: Statement) throws -> [ID<PlanTarget>: [Int: TargetNumber]] {
        var points: [ID<PlanTarget>: [Int: TargetNumber]] = [:]
        try connection.each("SELECT target_id, quarter, value FROM target_point WHERE \(condition)") { row in
            points[try row.read(0), default: [:]][try row.read(1)] = try row.read(2)
        }
        return points
    }

    private func evidence(of plan: WorkPlan) throws -> [Evidence] {
        try all(Evidence.self, where: "plan_id = \(plan.id) AND withdrawn_at IS NULL ORDER BY happened_on DESC, id DESC")
    }
}

extension PlanMeasure {
    /// 牵头单位 before 责任单位.
    var responsible: String? { leadingUnit ?? responsibleUnit }
}

extension PlanTarget {
    /// 不低于14个, 由728提高到735元/人/月, 1—2家: as people read it; without a number, what is to be done.
    var shown: String {
        value == nil ? "按节点推进" : DocumentPassages.Aim(words: words, bound: bound, value: value, upper: upper, previous: previous, unit: unit).shown
    }
}

extension TargetNumber {
    /// 1,234.5
    var grouped: String {
        let parts = typed.split(separator: ".", omittingEmptySubsequences: false), whole = parts.first.map(String.init) ?? ""
        let isNegative = whole.hasPrefix("-"), digits = Array(isNegative ? whole.dropFirst() : whole[...])
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return (isNegative ? "-" : "") + text + (parts.count > 1 ? "." + parts[1] : "")
    }
}
