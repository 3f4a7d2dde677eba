import Commons
import Kernel
import Values

/// 进展记录。What was done for a measure or one of its targets, with a document where there is one.
struct Evidence: Placed, Versioned {
    let id: ID<Evidence>
    let measure: ID<PlanMeasure>
    let target: ID<PlanTarget>?
    let plan: ID<WorkPlan>
    let region: RegionCode
    let happenedOn: CivilDate
    let words: LongText
    let attachment: AttachmentReference?
    let toldByName: String
    let toldAt: Instant
    var withdrawnAt: Instant?
    var version: Int

    static let table = "plan_evidence"
    static let title = "进展记录"
    static let shape = Shape<Evidence> {
        Field(.id, \.id)
        Field(.measureOfRow, \.measure)
        Field(.targetOfRow, \.target)
        Field(.planOfRow, \.plan)
        Field(.region, \.region)
        Field(.happenedOn, \.happenedOn)
        Field(.progressWords, \.words)
        Field(.proof, \.attachment)
        Field(.toldByName, \.toldByName)
        Field(.toldAt, \.toldAt)
        Field(.withdrawnAt, \.withdrawnAt)
        Field(.version, \.version)
    }
}

/// 未按期说明。Why a target is behind, what will be done, and by when.
struct DelayReason: Placed {
    let id: ID<DelayReason>
    let target: ID<PlanTarget>
    let plan: ID<WorkPlan>
    let region: RegionCode
    let cause: DelayCause
    let words: LongText
    let remedy: LongText
    let expectedOn: CivilDate
    let toldByName: String
    let toldAt: Instant

    static let table = "delay_reason"
    static let title = "未按期说明"
    static let shape = Shape<DelayReason> {
        Field(.id, \.id)
        Field(.targetOfRow, \.target)
        Field(.planOfRow, \.plan)
        Field(.region, \.region)
        Field(.delayCause, \.cause)
        Field(.delayWords, \.words)
        Field(.remedy, \.remedy)
        Field(.expectedOn, \.expectedOn)
        Field(.toldByName, \.toldByName)
        Field(.toldAt, \.toldAt)
    }
}

extension Evidence {
    init(from reading: Reading<Evidence>) throws(Refusal) {
        id = try reading(.id)
        measure = try reading(.measureOfRow)
        target = try reading(.targetOfRow)
        plan = try reading(.planOfRow)
        region = try reading(.region)
        happenedOn = try reading(.happenedOn)
        words = try reading(.progressWords)
        attachment = try reading(.proof)
        toldByName = try reading(.toldByName)
        toldAt = try reading(.toldAt)
        withdrawnAt = try reading(.withdrawnAt)
        version = try reading(.version)
    }
}

extension DelayReason {
    init(from reading: Reading<DelayReason>) throws(Refusal) {
        id = try reading(.id)
        target = try reading(.targetOfRow)
        plan = try reading(.planOfRow)
        region = try reading(.region)
        cause = try reading(.delayCause)
        words = try reading(.delayWords)
        remedy = try reading(.remedy)
        expectedOn = try reading(.expectedOn)
        toldByName = try reading(.toldByName)
        toldAt = try reading(.toldAt)
    }
}
