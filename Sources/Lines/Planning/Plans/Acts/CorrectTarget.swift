import Commons
import Kernel
import Storage
import Values

/// 更正目标。What a person put right stays when the document changes.
struct CorrectTarget: Action, AimsAtTarget {
    let target: ID<PlanTarget>
    let aim: TargetAim

    static let title = "更正目标"
    static let guidance = "以文稿原句为准核对；更正过的目标，换新文稿时保留您的更正。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<CorrectTarget>.record(.target, \.target)
    static let shape = Shape<CorrectTarget> {
        Field(.target, \.target)
        targetFields
    }

    init(from reading: Reading<CorrectTarget>) throws(Refusal) {
        target = try reading(.target)
        aim = try TargetAim(from: reading)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<PlanTarget>.init(rawValue:)) else { return RawFields() }
        var known = try reader.find(id).raw
        known["target"] = .stored(id.stored)
        return known
    }

    func perform(at desk: Desk) throws -> Outcome {
        var record = try desk.openTarget(target)
        try aim.check()
        record.aim = aim
        (record.isCorrected, record.version) = (true, record.version + 1)
        try desk.update(record)
        return Outcome(record.id, "已更正为：\(record.shown)", link: record.link)
    }
}

/// 添加目标。Of a measure whose number was missed, or that is tracked by milestones.
struct AddTarget: Action, AimsAtTarget {
    let measure: ID<PlanMeasure>
    let aim: TargetAim

    static let title = "添加目标"
    static let guidance = "有数值的填目标值和单位；没有数值的填要办成的事，单位填“项”，再给它添加节点。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<AddTarget>.record(.measure, \.measure)
    static let shape = Shape<AddTarget> {
        Field(.measure, \.measure)
        targetFields
    }

    init(from reading: Reading<AddTarget>) throws(Refusal) {
        measure = try reading(.measure)
        aim = try TargetAim(from: reading)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let measure = try desk.openMeasure(measure)
        try aim.check()
        let last = try desk.connection.value("SELECT coalesce(max(position), 0) FROM plan_target WHERE measure_id = \(measure.id)") ?? 0
        let record = PlanTarget(id: desk.makeID(), measure: measure.id, plan: measure.plan, region: measure.region, position: last + 1,
                                aim: aim, isTyped: true, isCorrected: false, removedAt: nil, removedWhy: nil, version: 1)
        try desk.insert(record)
        return Outcome(record.id, "已添加目标：\(record.shown)。下一步：绑定到指标，或添加节点", link: record.link)
    }
}

/// 删去目标。
struct RemoveTarget: Action {
    let target: ID<PlanTarget>
    let why: String

    static let title = "删去目标"
    static let guidance = "不是目标的数（如年份、文号、口径）可以删去；绑定和进展都留着，可以恢复。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<RemoveTarget>.record(.target, \.target)
    static let shape = Shape<RemoveTarget> {
        Field(.target, \.target)
        Field(.why, \.why)
    }

    init(from reading: Reading<RemoveTarget>) throws(Refusal) {
        target = try reading(.target)
        why = try reading(.why)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var record = try desk.openTarget(target)
        record.remove(why, at: desk.now)
        try desk.update(record)
        return Outcome(record.id, "已删去，可在计划页下方恢复", link: "/planning/plans/\(record.plan.text)#removed")
    }
}

/// 恢复目标。
struct RestoreTarget: Action {
    let target: ID<PlanTarget>

    static let title = "恢复目标"
    static let guidance = "恢复后照原来的绑定继续跟踪。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<RestoreTarget>.record(.target, \.target)
    static let shape = Shape<RestoreTarget> {
        Field(.target, \.target)
    }

    init(from reading: Reading<RestoreTarget>) throws(Refusal) {
        target = try reading(.target)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var record = try desk.find(target)
        _ = try desk.openMeasure(record.measure)
        guard record.removedAt != nil else { throw Refusal.outOfOrder("这个目标没有删去") }
        record.restore()
        try desk.update(record)
        return Outcome(record.id, "已恢复", link: record.link)
    }
}
