import Commons
import Kernel
import Values

/// 工作计划。A year's plan of an office, as confirmed from its document; tracked through the year.
struct WorkPlan: Placed, Versioned {
    let id: ID<WorkPlan>
    let region: RegionCode
    let year: Int
    var title: String
    var document: ID<PlanDocument>
    var edition: Int
    var state: PlanState
    let madeBy: ID<Actor>
    let madeByName: String
    let madeAt: Instant
    var confirmedByName: String?
    var confirmedAt: Instant?
    var version: Int

    static let table = "work_plan"
    static let title = "工作计划"
    static let shape = Shape<WorkPlan> {
        Field(.id, \.id)
        Field(.region, \.region)
        Field(.planYear, \.year)
        Field(.planTitle, \.title)
        Field(.documentOfRow, \.document)
        Field(.editionNumber, \.edition)
        Field(.planState, \.state)
        Field(.madeBy, \.madeBy)
        Field(.madeByName, \.madeByName)
        Field(.madeAt, \.madeAt)
        Field(.confirmedByName, \.confirmedByName)
        Field(.confirmedAt, \.confirmedAt)
        Field(.version, \.version)
    }
}

/// 文稿版本。One document of a plan: the first, or a changed one that waits until its difference was looked at.
struct PlanEdition: Placed, Versioned {
    let id: ID<PlanEdition>
    let plan: ID<WorkPlan>
    let region: RegionCode
    let document: ID<PlanDocument>
    var state: EditionState
    let proposedByName: String
    let proposedAt: Instant
    var decidedByName: String?
    var decidedAt: Instant?
    var kept: Int
    var changed: Int
    var added: Int
    var removed: Int
    var version: Int

    static let table = "plan_edition"
    static let title = "文稿版本"
    static let shape = Shape<PlanEdition> {
        Field(.id, \.id)
        Field(.planOfRow, \.plan)
        Field(.region, \.region)
        Field(.documentOfRow, \.document)
        Field(.editionState, \.state)
        Field(.proposedByName, \.proposedByName)
        Field(.proposedAt, \.proposedAt)
        Field(.decidedByName, \.decidedByName)
        Field(.decidedAt, \.decidedAt)
        Field(.keptCount, \.kept)
        Field(.changedCount, \.changed)
        Field(.addedCount, \.added)
        Field(.removedCount, \.removed)
        Field(.version, \.version)
    }
}

extension WorkPlan {
    init(from reading: Reading<WorkPlan>) throws(Refusal) {
        id = try reading(.id)
        region = try reading(.region)
        year = try reading(.planYear)
        title = try reading(.planTitle)
        document = try reading(.documentOfRow)
        edition = try reading(.editionNumber)
        state = try reading(.planState)
        madeBy = try reading(.madeBy)
        madeByName = try reading(.madeByName)
        madeAt = try reading(.madeAt)
        confirmedByName = try reading(.confirmedByName)
        confirmedAt = try reading(.confirmedAt)
        version = try reading(.version)
    }
}

extension PlanEdition {
    init(from reading: Reading<PlanEdition>) throws(Refusal) {
        id = try reading(.id)
        plan = try reading(.planOfRow)
        region = try reading(.region)
        document = try reading(.documentOfRow)
        state = try reading(.editionState)
        proposedByName = try reading(.proposedByName)
        proposedAt = try reading(.proposedAt)
        decidedByName = try reading(.decidedByName)
        decidedAt = try reading(.decidedAt)
        kept = try reading(.keptCount)
        changed = try reading(.changedCount)
        added = try reading(.addedCount)
        removed = try reading(.removedCount)
        version = try reading(.version)
    }
}
