import Commons
import Kernel
import Storage
import Values

/// 换新文稿。A changed document is laid beside the plan; nothing changes before a person has looked at the difference.
struct ProposeEdition: Action {
    let plan: ID<WorkPlan>
    let document: ID<PlanDocument>

    static let title = "换新文稿"
    static let guidance = "先比较新旧文稿的差别，确认后才采用。绑定、更正、季度目标、节点和进展都保留。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<ProposeEdition>.record(.plan, \.plan)
    static let shape = Shape<ProposeEdition> {
        Field(.plan, \.plan)
        Field(.document, \.document)
    }

    init(from reading: Reading<ProposeEdition>) throws(Refusal) {
        plan = try reading(.plan)
        document = try reading(.document)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let plan = try desk.openPlan(plan)
        guard try desk.find(document).region == plan.region else { throw Refusal.invalid("新文稿和计划不属于同一区域").at(["document"]) }
        for var waiting in try desk.all(PlanEdition.self, where: "plan_id = \(plan.id) AND state = \(EditionState.proposed)") {
            (waiting.state, waiting.decidedByName, waiting.decidedAt, waiting.version) = (.dropped, desk.actor.name, desk.now, waiting.version + 1)
            try desk.update(waiting)
        }
        let difference = try desk.difference(of: plan, to: document)
        let edition = PlanEdition(id: desk.makeID(), plan: plan.id, region: plan.region, document: document, state: .proposed, proposedByName: desk.actor.name,
                                  proposedAt: desk.now, decidedByName: nil, decidedAt: nil, kept: difference.kept.count,
                                  changed: difference.changed.count, added: difference.added.count, removed: difference.removed.count, version: 1)
        try desk.insert(edition)
        return Outcome(edition.id, "新文稿已读出：\(edition.counts)。下一步：看过差别再决定是否采用", link: edition.link)
    }
}

/// 采用新文稿。
struct ApplyEdition: Action {
    let edition: ID<PlanEdition>

    static let title = "采用新文稿"
    static let guidance = "采用后任务和目标以新文稿为准；您更正过的保留更正，绑定、节点和进展都保留，删去的可以恢复。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<ApplyEdition>.record(.edition, \.edition)
    static let shape = Shape<ApplyEdition> { Field(.edition, \.edition) }

    init(from reading: Reading<ApplyEdition>) throws(Refusal) { edition = try reading(.edition) }

    func perform(at desk: Desk) throws -> Outcome {
        var edition = try desk.proposedEdition(edition), plan = try desk.openPlan(edition.plan)
        let difference = try desk.difference(of: plan, to: edition.document)
        try desk.apply(difference, to: plan, edition.document)
        (plan.document, plan.edition, plan.version) = (edition.document, plan.edition + 1, plan.version + 1)
        try desk.update(plan)
        (edition.state, edition.decidedByName, edition.decidedAt, edition.version) = (.applied, desk.actor.name, desk.now, edition.version + 1)
        (edition.kept, edition.changed, edition.added, edition.removed) = (difference.kept.count, difference.changed.count, difference.added.count, difference.removed.count)
        try desk.update(edition)
        return Outcome(plan.id, "已采用新文稿：\(edition.counts)", link: plan.link)
    }
}

/// 不采用新文稿。
struct DropEdition: Action {
    let edition: ID<PlanEdition>

    static let title = "不采用"
    static let guidance = "计划保持原样。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<DropEdition>.record(.edition, \.edition)
    static let shape = Shape<DropEdition> { Field(.edition, \.edition) }

    init(from reading: Reading<DropEdition>) throws(Refusal) { edition = try reading(.edition) }

    func perform(at desk: Desk) throws -> Outcome {
        var edition = try desk.proposedEdition(edition)
        (edition.state, edition.decidedByName, edition.decidedAt, edition.version) = (.dropped, desk.actor.name, desk.now, edition.version + 1)
        try desk.update(edition)
        return Outcome(edition.plan, "没有采用新文稿，计划保持原样", link: "/planning/plans/\(edition.plan.text)")
    }
}

extension PlanEdition {
    var link: String { "/planning/editions/\(id.text)" }
    var counts: String { "未变 \(kept) 项，改动 \(changed) 项，新增 \(added) 项，删去 \(removed) 项" }
}

extension Reader {
    func difference(of plan: WorkPlan, to document: ID<PlanDocument>) throws -> PlanDifference {
        PlanDifference(try all(PlanMeasure.self, where: "plan_id = \(plan.id) ORDER BY position, id"),
                       try all(PlanTarget.self, where: "plan_id = \(plan.id) ORDER BY position, id"), to: try passages(of: document))
    }

    fileprivate func proposedEdition(_ id: ID<PlanEdition>) throws -> PlanEdition {
        let edition = try find(id)
        guard edition.state == .proposed else { throw Refusal.outOfOrder("这一版文稿\(edition.state.label)，不用再处理") }
        return edition
    }
}

extension Desk {
    fileprivate func apply(_ difference: PlanDifference, to plan: WorkPlan, _ document: ID<PlanDocument>) throws {
        for pair in difference.pairs {
            try apply(pair)
            for change in pair.targets { try apply(change, of: pair.measure) }
        }
        for passage in difference.added { try enter(passage, in: plan) }
        for measure in difference.removed { try remove(measure) }
        try move(difference.typed, from: plan.document, to: document, after: difference.pairs.count + difference.added.count)
    }

    private func apply(_ pair: PlanDifference.Pair) throws {
        var measure = pair.measure
        let passage = pair.passage
        (measure.position, measure.heading, measure.text, measure.line) = (passage.position, passage.heading, passage.text, passage.line)
        if !measure.isCorrected {
            (measure.area, measure.leadingUnit, measure.responsibleUnit) = (passage.area, passage.leadingUnit, passage.responsibleUnit)
            (measure.person, measure.deadline) = (passage.person, passage.deadline)
        }
        if measure.removedWhy == PlanDifference.goneFromDocument { (measure.removedAt, measure.removedWhy) = (nil, nil) }
        measure.version += 1
        try update(measure)
    }

    private func apply(_ change: PlanDifference.TargetChange, of measure: PlanMeasure) throws {
        switch change {
        case .kept, .correctionKept: return
        case .changed(var target, let aim):
            target.aim = TargetAim(aim, until: target.deadline)
            target.restore()
            try update(target)
        case .added(let aim):
            let last = try connection.value("SELECT coalesce(max(position), -1) FROM plan_target WHERE measure_id = \(measure.id)") ?? -1
            try enter(aim, at: last + 1, of: measure)
        case .removed(var target):
            target.remove(PlanDifference.goneFromDocument, at: now)
            try update(target)
        }
    }

    private func remove(_ measure: PlanMeasure) throws {
        var measure = measure
        measure.remove(PlanDifference.goneFromDocument, at: now)
        try update(measure)
    }

    /// What people added stays under the heading of the same title, at its end.
    private func move(_ typed: [PlanMeasure], from old: ID<PlanDocument>, to new: ID<PlanDocument>, after count: Int) throws {
        let before = try headings(of: old), after = try headings(of: new)
        for (index, measure) in typed.enumerated() {
            var measure = measure
            let title = measure.heading.flatMap { before.indices.contains($0) ? before[$0].title : nil }
            measure.heading = title.flatMap { title in after.first { $0.title == title }?.position }
            (measure.position, measure.version) = (count + index, measure.version + 1)
            try update(measure)
        }
    }
}
