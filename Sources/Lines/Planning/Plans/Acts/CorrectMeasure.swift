import Commons
import Kernel
import Storage
import Values

/// 更正任务。Who answers for a measure, and by when; its words stay the document's.
struct CorrectMeasure: Action {
    let measure: ID<PlanMeasure>
    let leadingUnit: String?
    let responsibleUnit: String?
    let person: String?
    let deadline: CivilDate?
    let area: String

    static let title = "更正任务"
    static let guidance = "任务原文以文稿为准，不能改；责任单位、责任人、时限和条线可以改。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<CorrectMeasure>.record(.measure, \.measure)
    static let shape = Shape<CorrectMeasure> {
        Field(.measure, \.measure)
        Field(.leadingUnit, \.leadingUnit)
        Field(.responsibleUnit, \.responsibleUnit)
        Field(.answerable, \.person)
        Field(.targetDeadline, \.deadline)
        Field(.businessArea, \.area)
    }

    init(from reading: Reading<CorrectMeasure>) throws(Refusal) {
        measure = try reading(.measure)
        leadingUnit = try reading(.leadingUnit)
        responsibleUnit = try reading(.responsibleUnit)
        person = try reading(.answerable)
        deadline = try reading(.targetDeadline)
        area = try reading(.businessArea)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<PlanMeasure>.init(rawValue:)) else { return RawFields() }
        let record = try reader.find(id)
        var known = record.raw
        known["measure"] = .stored(id.stored)
        return known
    }

    func perform(at desk: Desk) throws -> Outcome {
        var record = try desk.openMeasure(measure)
        (record.leadingUnit, record.responsibleUnit, record.person, record.deadline, record.area) = (leadingUnit, responsibleUnit, person, deadline, area)
        (record.isCorrected, record.version) = (true, record.version + 1)
        try desk.update(record)
        return Outcome(record.id, "已更正", link: record.link)
    }
}

/// 添加任务。One that the reading missed, or that came later.
struct AddMeasure: Action {
    let plan: ID<WorkPlan>
    let text: LongText
    let under: String?
    let area: String?
    let leadingUnit: String?
    let responsibleUnit: String?
    let person: String?
    let deadline: CivilDate?

    static let title = "添加任务"
    static let guidance = "文稿里没有读出、或者后来增加的任务。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<AddMeasure>.record(.plan, \.plan)
    static let shape = Shape<AddMeasure> {
        Field(.plan, \.plan)
        Field(.newMeasureText, \.text)
        Field(.underHeading, \.under)
        Field(.newArea, \.area)
        Field(.leadingUnit, \.leadingUnit)
        Field(.responsibleUnit, \.responsibleUnit)
        Field(.answerable, \.person)
        Field(.targetDeadline, \.deadline)
    }

    init(from reading: Reading<AddMeasure>) throws(Refusal) {
        plan = try reading(.plan)
        text = try reading(.newMeasureText)
        under = try reading(.underHeading)
        area = try reading(.newArea)
        leadingUnit = try reading(.leadingUnit)
        responsibleUnit = try reading(.responsibleUnit)
        person = try reading(.answerable)
        deadline = try reading(.targetDeadline)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let plan = try desk.openPlan(plan), headings = try desk.headings(of: plan.document)
        let heading = under.flatMap { words in headings.first { $0.title.contains(words) } }
        if let under, heading == nil { throw Refusal.invalid("计划里没有「\(under)」这个标题，请照文稿写，或留空").at(["under"]) }
        let last = try desk.connection.value("SELECT coalesce(max(position), 0) FROM plan_measure WHERE plan_id = \(plan.id)") ?? 0
        let record = PlanMeasure(id: desk.makeID(), plan: plan.id, region: plan.region, position: last + 1, heading: heading?.position, text: text.text, area: area ?? "机关综合",
                                 leadingUnit: leadingUnit, responsibleUnit: responsibleUnit, person: person, deadline: deadline, line: nil, isTyped: true, isCorrected: false,
                                 removedAt: nil, removedWhy: nil, version: 1)
        try desk.insert(record)
        return Outcome(record.id, "已添加任务。需要数值的，接着添加目标", link: record.link)
    }
}

/// 删去任务。Not tracked any more; what was bound and written stays and comes back when it is restored.
struct RemoveMeasure: Action {
    let measure: ID<PlanMeasure>
    let why: String

    static let title = "删去任务"
    static let guidance = "删去后不再跟踪，绑定和进展都留着，可以恢复。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<RemoveMeasure>.record(.measure, \.measure)
    static let shape = Shape<RemoveMeasure> {
        Field(.measure, \.measure)
        Field(.why, \.why)
    }

    init(from reading: Reading<RemoveMeasure>) throws(Refusal) {
        measure = try reading(.measure)
        why = try reading(.why)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var record = try desk.openMeasure(measure)
        record.remove(why, at: desk.now)
        try desk.update(record)
        return Outcome(record.id, "已删去，可在计划页下方恢复", link: "/planning/plans/\(record.plan.text)#removed")
    }
}

/// 恢复任务。
struct RestoreMeasure: Action {
    let measure: ID<PlanMeasure>

    static let title = "恢复任务"
    static let guidance = "恢复后照原来的绑定继续跟踪。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<RestoreMeasure>.record(.measure, \.measure)
    static let shape = Shape<RestoreMeasure> {
        Field(.measure, \.measure)
    }

    init(from reading: Reading<RestoreMeasure>) throws(Refusal) {
        measure = try reading(.measure)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var record = try desk.find(measure)
        _ = try desk.openPlan(record.plan)
        guard record.removedAt != nil else { throw Refusal.outOfOrder("这项任务没有删去") }
        record.restore()
        try desk.update(record)
        return Outcome(record.id, "已恢复", link: record.link)
    }
}

extension Reader {
    func openMeasure(_ id: ID<PlanMeasure>) throws -> PlanMeasure {
        let measure = try find(id)
        _ = try openPlan(measure.plan)
        guard measure.removedAt == nil else { throw Refusal.outOfOrder("这项任务已删去，请先恢复") }
        return measure
    }

    func openTarget(_ id: ID<PlanTarget>) throws -> PlanTarget {
        let target = try find(id)
        _ = try openMeasure(target.measure)
        guard target.removedAt == nil else { throw Refusal.outOfOrder("这个目标已删去，请先恢复") }
        return target
    }
}

extension PlanMeasure {
    var link: String { "/planning/plans/\(plan.text)#m-\(id.text)" }
}

extension PlanTarget {
    var link: String { "/planning/targets/\(id.text)" }
}

extension Term where Value == String {
    static var why: Term<String> { Term("why", "理由") }
    static var underHeading: Term<String> { Term("under", "所在标题", hint: "照文稿写标题里的几个字；不填则放在最后") }
    static var newArea: Term<String> { Term("area", "业务条线", hint: "如 养老服务；不填为 机关综合") }
}

extension Term where Value == LongText {
    static var newMeasureText: Term<LongText> { Term("text", "任务") }
}
