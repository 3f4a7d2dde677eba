import Commons
import Kernel
import Values

/// 工作任务。One thing the plan sets out to do, in the document's words; who answers for it and by when.
struct PlanMeasure: Placed, Removable {
    let id: ID<PlanMeasure>
    let plan: ID<WorkPlan>
    let region: RegionCode
    var position: Int
    var heading: Int?
    var text: String
    var area: String
    var leadingUnit: String?
    var responsibleUnit: String?
    var person: String?
    var deadline: CivilDate?
    var line: Int?
    let isTyped: Bool
    var isCorrected: Bool
    var removedAt: Instant?
    var removedWhy: String?
    var version: Int

    static let table = "plan_measure"
    static let title = "工作任务"
    static let shape = Shape<PlanMeasure> {
        Field(.id, \.id)
        Field(.planOfRow, \.plan)
        Field(.region, \.region)
        Field(.place, \.position)
        Field(.headingPlace, \.heading)
        Field(.measureText, \.text)
        Field(.businessArea, \.area)
        Field(.leadingUnit, \.leadingUnit)
        Field(.responsibleUnit, \.responsibleUnit)
        Field(.answerable, \.person)
        Field(.targetDeadline, \.deadline)
        Field(.documentLine, \.line)
        Field(.isTyped, \.isTyped)
        Field(.isCorrected, \.isCorrected)
        Field(.removedAt, \.removedAt)
        Field(.removedWhy, \.removedWhy)
        Field(.version, \.version)
    }
}

/// 目标。What a measure aims at: a number with its unit, or, without one, milestones.
struct PlanTarget: Placed, Removable, AimsAtTarget {
    let id: ID<PlanTarget>
    let measure: ID<PlanMeasure>
    let plan: ID<WorkPlan>
    let region: RegionCode
    var position: Int
    var aim: TargetAim
    let isTyped: Bool
    var isCorrected: Bool
    var removedAt: Instant?
    var removedWhy: String?
    var version: Int

    var words: String { aim.words }
    var bound: Bound { aim.bound }
    var value: TargetNumber? { aim.value }
    var upper: TargetNumber? { aim.upper }
    var previous: TargetNumber? { aim.previous }
    var unit: String { aim.unit }
    var deadline: CivilDate? { aim.deadline }

    static let table = "plan_target"
    static let title = "目标"
    static let shape = Shape<PlanTarget> {
        Field(.id, \.id)
        Field(.measureOfRow, \.measure)
        Field(.planOfRow, \.plan)
        Field(.region, \.region)
        Field(.place, \.position)
        targetFields
        Field(.isTyped, \.isTyped)
        Field(.isCorrected, \.isCorrected)
        Field(.removedAt, \.removedAt)
        Field(.removedWhy, \.removedWhy)
        Field(.version, \.version)
    }
}

extension PlanMeasure {
    init(from reading: Reading<PlanMeasure>) throws(Refusal) {
        id = try reading(.id)
        plan = try reading(.planOfRow)
        region = try reading(.region)
        position = try reading(.place)
        heading = try reading(.headingPlace)
        text = try reading(.measureText)
        area = try reading(.businessArea)
        leadingUnit = try reading(.leadingUnit)
        responsibleUnit = try reading(.responsibleUnit)
        person = try reading(.answerable)
        deadline = try reading(.targetDeadline)
        line = try reading(.documentLine)
        isTyped = try reading(.isTyped)
        isCorrected = try reading(.isCorrected)
        removedAt = try reading(.removedAt)
        removedWhy = try reading(.removedWhy)
        version = try reading(.version)
    }
}

extension PlanTarget {
    init(from reading: Reading<PlanTarget>) throws(Refusal) {
        id = try reading(.id)
        measure = try reading(.measureOfRow)
        plan = try reading(.planOfRow)
        region = try reading(.region)
        position = try reading(.place)
        aim = try TargetAim(from: reading)
        isTyped = try reading(.isTyped)
        isCorrected = try reading(.isCorrected)
        removedAt = try reading(.removedAt)
        removedWhy = try reading(.removedWhy)
        version = try reading(.version)
    }
}

/// 删去与恢复。What is taken out of a plan stays in its row with the reason, and can be put back.
protocol Removable: Versioned {
    var removedAt: Instant? { get set }
    var removedWhy: String? { get set }
    var version: Int { get set }
}

extension Removable {
    mutating func remove(_ why: String, at now: Instant) { (removedAt, removedWhy, version) = (now, why, version + 1) }

    mutating func restore() { (removedAt, removedWhy, version) = (nil, nil, version + 1) }
}
