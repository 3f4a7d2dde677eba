import Commons
import Kernel
import Values

/// 绑定。What a target is held against: a live or manual indicator by its code, or milestones. Ended, it stays as history.
struct TargetBinding: Record {
    let id: ID<TargetBinding>
    let target: ID<PlanTarget>
    let kind: BindingKind
    let indicator: String?
    let counting: Counting
    let boundByName: String
    let boundAt: Instant
    var endedAt: Instant?

    static let table = "target_binding"
    static let title = "绑定"
    static let shape = Shape<TargetBinding> {
        Field(.id, \.id)
        Field(.targetOfRow, \.target)
        Field(.bindingKind, \.kind)
        Field(.indicatorCode, \.indicator)
        Field(.counting, \.counting)
        Field(.boundByName, \.boundByName)
        Field(.boundAt, \.boundAt)
        Field(.endedAt, \.endedAt)
    }
}

/// 节点。Something to be done by a day on the way to a target.
struct Milestone: Placed, Versioned {
    let id: ID<Milestone>
    let target: ID<PlanTarget>
    let region: RegionCode
    var title: String
    var dueOn: CivilDate
    var doneOn: CivilDate?
    var note: LongText?
    var version: Int

    static let table = "milestone"
    static let title = "节点"
    static let shape = Shape<Milestone> {
        Field(.id, \.id)
        Field(.targetOfRow, \.target)
        Field(.region, \.region)
        Field(.milestoneTitle, \.title)
        Field(.dueOn, \.dueOn)
        Field(.doneOn, \.doneOn)
        Field(.milestoneNote, \.note)
        Field(.version, \.version)
    }
}

extension TargetBinding {
    init(from reading: Reading<TargetBinding>) throws(Refusal) {
        id = try reading(.id)
        target = try reading(.targetOfRow)
        kind = try reading(.bindingKind)
        indicator = try reading(.indicatorCode)
        counting = try reading(.counting)
        boundByName = try reading(.boundByName)
        boundAt = try reading(.boundAt)
        endedAt = try reading(.endedAt)
    }
}

extension Milestone {
    init(from reading: Reading<Milestone>) throws(Refusal) {
        id = try reading(.id)
        target = try reading(.targetOfRow)
        region = try reading(.region)
        title = try reading(.milestoneTitle)
        dueOn = try reading(.dueOn)
        doneOn = try reading(.doneOn)
        note = try reading(.milestoneNote)
        version = try reading(.version)
    }
}
