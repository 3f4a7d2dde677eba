import Commons
import Kernel
import Storage
import Values

/// 登记进展。What was done for a measure, with a document where there is one.
struct RecordProgress: Action {
    let measure: ID<PlanMeasure>
    let happenedOn: CivilDate
    let words: LongText
    let attachment: AttachmentReference?

    static let title = "登记任务进展"
    static let guidance = "做了什么、做到哪一步；有照片或文件的附上。"
    static let roles: Set<Role> = .planReporters
    static let subject = Subject<RecordProgress>.record(.measure, \.measure)
    static let shape = Shape<RecordProgress> {
        Field(.measure, \.measure)
        Field(.happenedOn, \.happenedOn)
        Field(.progressWords, \.words)
        Field(.proof, \.attachment)
    }

    init(from reading: Reading<RecordProgress>) throws(Refusal) {
        measure = try reading(.measure)
        happenedOn = try reading(.happenedOn)
        words = try reading(.progressWords)
        attachment = try reading(.proof)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<PlanMeasure>.init(rawValue:)) else { return RawFields() }
        return ["measure": .stored(id.stored), "happened_on": .stored(reader.today.stored)]
    }

    func perform(at desk: Desk) throws -> Outcome {
        let measure = try desk.openMeasure(measure)
        try desk.note(words, on: happenedOn, attachment, of: measure, nil)
        return Outcome(measure.id, "已登记进展", link: measure.link)
    }
}

/// 登记目标进展。
struct RecordTargetProgress: Action {
    let target: ID<PlanTarget>
    let happenedOn: CivilDate
    let words: LongText
    let attachment: AttachmentReference?

    static let title = "登记进展"
    static let guidance = "做了什么、做到哪一步；有照片或文件的附上。"
    static let roles: Set<Role> = .planReporters
    static let subject = Subject<RecordTargetProgress>.record(.target, \.target)
    static let shape = Shape<RecordTargetProgress> {
        Field(.target, \.target)
        Field(.happenedOn, \.happenedOn)
        Field(.progressWords, \.words)
        Field(.proof, \.attachment)
    }

    init(from reading: Reading<RecordTargetProgress>) throws(Refusal) {
        target = try reading(.target)
        happenedOn = try reading(.happenedOn)
        words = try reading(.progressWords)
        attachment = try reading(.proof)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<PlanTarget>.init(rawValue:)) else { return RawFields() }
        return ["target": .stored(id.stored), "happened_on": .stored(reader.today.stored)]
    }

    func perform(at desk: Desk) throws -> Outcome {
        let target = try desk.openTarget(target)
        try desk.note(words, on: happenedOn, attachment, of: try desk.find(target.measure), target)
        return Outcome(target.id, "已登记进展", link: target.link)
    }
}

/// 撤回进展。Written by mistake: no longer shown, still in the journal.
struct WithdrawProgress: Action {
    let evidence: ID<Evidence>

    static let title = "撤回进展"
    static let guidance = "写错了的进展可以撤回，再重新登记。"
    static let roles: Set<Role> = .planReporters
    static let subject = Subject<WithdrawProgress>.record(.evidence, \.evidence)
    static let shape = Shape<WithdrawProgress> {
        Field(.evidence, \.evidence)
    }

    init(from reading: Reading<WithdrawProgress>) throws(Refusal) {
        evidence = try reading(.evidence)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var record = try desk.find(evidence)
        guard record.withdrawnAt == nil else { throw Refusal.outOfOrder("这条进展已经撤回") }
        (record.withdrawnAt, record.version) = (desk.now, record.version + 1)
        try desk.update(record)
        return Outcome(record.id, "已撤回", link: record.target.map { "/planning/targets/\($0.text)" } ?? "/planning/plans/\(record.plan.text)#m-\(record.measure.text)")
    }
}

/// 说明未按期原因。Why a target is behind, what will be done, by when.
struct ExplainDelay: Action {
    let target: ID<PlanTarget>
    let cause: DelayCause
    let words: LongText
    let remedy: LongText
    let expectedOn: CivilDate

    static let title = "说明原因"
    static let guidance = "偏慢、滞后、逾期的目标，写明原因和下一步；局领导在督办页上看得到。"
    static let roles: Set<Role> = .planReporters
    static let subject = Subject<ExplainDelay>.record(.target, \.target)
    static let shape = Shape<ExplainDelay> {
        Field(.target, \.target)
        Field(.delayCause, \.cause)
        Field(.delayWords, \.words)
        Field(.remedy, \.remedy)
        Field(.expectedOn, \.expectedOn)
    }

    init(from reading: Reading<ExplainDelay>) throws(Refusal) {
        target = try reading(.target)
        cause = try reading(.delayCause)
        words = try reading(.delayWords)
        remedy = try reading(.remedy)
        expectedOn = try reading(.expectedOn)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let target = try desk.openTarget(target)
        guard expectedOn >= desk.today else { throw Refusal.invalid("预计完成日期不能早于今天").at(["expected_on"]) }
        try desk.insert(DelayReason(id: desk.makeID(), target: target.id, plan: target.plan, region: target.region, cause: cause, words: words, remedy: remedy,
                                    expectedOn: expectedOn, toldByName: desk.actor.name, toldAt: desk.now))
        return Outcome(target.id, "已说明原因，预计\(expectedOn.shown)完成", link: target.link)
    }
}

extension Desk {
    fileprivate func note(_ words: LongText, on day: CivilDate, _ attachment: AttachmentReference?, of measure: PlanMeasure, _ target: PlanTarget?) throws {
        guard day <= today else { throw Refusal.invalid("日期不能晚于今天").at(["happened_on"]) }
        try insert(Evidence(id: makeID(), measure: measure.id, target: target?.id, plan: measure.plan, region: measure.region, happenedOn: day, words: words,
                            attachment: attachment, toldByName: actor.name, toldAt: now, withdrawnAt: nil, version: 1))
    }
}
