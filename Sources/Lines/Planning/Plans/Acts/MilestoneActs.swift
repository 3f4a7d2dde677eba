import Commons
import Kernel
import Storage
import Values

/// 添加节点。What must be done by a day on the way; a target without an indicator is then tracked by its milestones.
struct AddMilestone: Action {
    let target: ID<PlanTarget>
    let milestoneTitle: String
    let dueOn: CivilDate

    static let title = "添加节点"
    static let guidance = "没有数值、或者没有指标可绑的目标，按节点推进。"
    static let roles: Set<Role> = .planReporters
    static let subject = Subject<AddMilestone>.record(.target, \.target)
    static let shape = Shape<AddMilestone> {
        Field(.target, \.target)
        Field(.milestoneTitle, \.milestoneTitle)
        Field(.dueOn, \.dueOn)
    }

    init(from reading: Reading<AddMilestone>) throws(Refusal) {
        target = try reading(.target)
        milestoneTitle = try reading(.milestoneTitle)
        dueOn = try reading(.dueOn)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let target = try desk.openTarget(target)
        if let binding = try desk.binding(of: target.id) {
            guard binding.kind == .milestones else { throw Refusal.outOfOrder("这个目标已绑定指标；要改按节点推进，请先解除绑定") }
        } else {
            try desk.insert(TargetBinding(id: desk.makeID(), target: target.id, kind: .milestones, indicator: nil, counting: .total, boundByName: desk.actor.name,
                                          boundAt: desk.now, endedAt: nil))
        }
        let record = Milestone(id: desk.makeID(), target: target.id, region: target.region, title: milestoneTitle, dueOn: dueOn, doneOn: nil, note: nil, version: 1)
        try desk.insert(record)
        return Outcome(target.id, "已添加节点：\(record.title)，\(record.dueOn.shown)前", link: target.link)
    }
}

/// 办成节点。
struct ReachMilestone: Action {
    let milestone: ID<Milestone>
    let doneOn: CivilDate
    let note: LongText?

    static let title = "办成节点"
    static let guidance = "写明哪一天办成、有什么为证。"
    static let roles: Set<Role> = .planReporters
    static let subject = Subject<ReachMilestone>.record(.milestone, \.milestone)
    static let shape = Shape<ReachMilestone> {
        Field(.milestone, \.milestone)
        Field(.doneOn, \.doneOn)
        Field(.milestoneNote, \.note)
    }

    init(from reading: Reading<ReachMilestone>) throws(Refusal) {
        milestone = try reading(.milestone)
        doneOn = try reading(.doneOn)
        note = try reading(.milestoneNote)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<Milestone>.init(rawValue:)) else { return RawFields() }
        return ["milestone": .stored(id.stored), "done_on": .stored(reader.today.stored)]
    }

    func perform(at desk: Desk) throws -> Outcome {
        var record = try desk.find(milestone)
        let target = try desk.openTarget(record.target)
        guard doneOn <= desk.today else { throw Refusal.invalid("完成日期不能晚于今天").at(["done_on"]) }
        (record.doneOn, record.note, record.version) = (doneOn, note, record.version + 1)
        try desk.update(record)
        return Outcome(target.id, "已记：\(record.title)，\(doneOn.shown)办成", link: target.link)
    }
}

/// 调整节点。
struct ChangeMilestone: Action {
    let milestone: ID<Milestone>
    let milestoneTitle: String
    let dueOn: CivilDate
    let isDone: Bool

    static let title = "调整节点"
    static let guidance = "改名称或日期；误记为办成的，在这里恢复为未办成。"
    static let roles: Set<Role> = .planReporters
    static let subject = Subject<ChangeMilestone>.record(.milestone, \.milestone)
    static let shape = Shape<ChangeMilestone> {
        Field(.milestone, \.milestone)
        Field(.milestoneTitle, \.milestoneTitle)
        Field(.dueOn, \.dueOn)
        Field(.isDone, \.isDone)
    }

    init(from reading: Reading<ChangeMilestone>) throws(Refusal) {
        milestone = try reading(.milestone)
        milestoneTitle = try reading(.milestoneTitle)
        dueOn = try reading(.dueOn)
        isDone = try reading(.isDone)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<Milestone>.init(rawValue:)) else { return RawFields() }
        let record = try reader.find(id)
        return ["milestone": .stored(id.stored), "title": .stored(record.title.stored), "due_on": .stored(record.dueOn.stored), "is_done": .stored((record.doneOn != nil).stored)]
    }

    func perform(at desk: Desk) throws -> Outcome {
        var record = try desk.find(milestone)
        let target = try desk.openTarget(record.target)
        if isDone, record.doneOn == nil { throw Refusal.invalid("办成的节点请用“办成节点”登记日期").at(["is_done"]) }
        (record.title, record.dueOn, record.version) = (milestoneTitle, dueOn, record.version + 1)
        if !isDone { (record.doneOn, record.note) = (nil, nil) }
        try desk.update(record)
        return Outcome(target.id, "已调整节点：\(record.title)", link: target.link)
    }
}

extension Reader {
    func binding(of target: ID<PlanTarget>) throws -> TargetBinding? {
        try first(TargetBinding.self, where: "target_id = \(target) AND ended_at IS NULL")
    }
}

extension Term where Value == Bool {
    static var isDone: Term<Bool> { Term("is_done", "已经办成") }
}
