import Commons
import Kernel
import Storage
import Values

/// 导入计划。A document that was read becomes a plan that waits for a person's look.
struct ImportPlan: Action {
    let document: ID<PlanDocument>
    let plan: ID<WorkPlan>
    let year: Int
    let planTitle: String

    static let title = "导入计划"
    static let guidance = "文稿已经读出，请核对年度和名称。导入后先是“待确认”，逐项核对更正后再确认执行。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<ImportPlan>.located("document") { act, reader in Located(region: try reader.find(act.document).region) }
    static let shape = Shape<ImportPlan> {
        Field(.document, \.document)
        Field(.newPlan, \.plan)
        Field(.planYear, \.year)
        Field(.planTitle, \.planTitle)
    }

    init(from reading: Reading<ImportPlan>) throws(Refusal) {
        document = try reading(.document)
        plan = try reading(.newPlan)
        year = try reading(.planYear)
        planTitle = try reading(.planTitle)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<PlanDocument>.init(rawValue:)) else { return RawFields() }
        let document = try reader.find(id)
        try reader.requirePlanRegion(document.region)
        var known = RawFields(["document": .stored(id.stored)])
        if let year = document.year { known["year"] = .stored(year.stored) }
        if !document.title.isEmpty { known["title"] = .stored(document.title.stored) }
        return known
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard (2000 ... 2099).contains(year) else { throw Refusal.invalid("年度应为 2000 至 2099，请核对").at(["year"]) }
        let region = try desk.find(document).region
        let twin = try desk.first(WorkPlan.self, where: "region = \(region) AND year = \(year) AND title = \(planTitle) AND state <> \(PlanState.withdrawn)")
        if let twin { throw Refusal.conflict("\(year) 年的《\(twin.title)》已经导入过。文稿有改动的，请在那份计划里“换新文稿”，绑定和填写的内容都会保留") }
        let plan = WorkPlan(id: plan, region: region, year: year, title: planTitle, document: document, edition: 1, state: .draft, madeBy: desk.actor.user,
                            madeByName: desk.actor.name, madeAt: desk.now, confirmedByName: nil, confirmedAt: nil, version: 1)
        try desk.insert(plan)
        let passages = try desk.passages(of: document)
        for passage in passages { try desk.enter(passage, in: plan) }
        try desk.insert(PlanEdition(id: desk.makeID(), plan: plan.id, region: region, document: document, state: .applied, proposedByName: desk.actor.name, proposedAt: desk.now,
                                    decidedByName: desk.actor.name, decidedAt: desk.now, kept: 0, changed: 0, added: passages.count, removed: 0, version: 1))
        let aims = passages.reduce(0) { $0 + $1.aims.count }
        return Outcome(plan.id, "已导入，读出 \(passages.count) 项任务、\(aims) 个目标。下一步：逐项核对，改正读错的，再确认执行", link: plan.link)
    }
}

extension Desk {
    /// A passage of the document becomes a measure with its targets.
    @discardableResult
    func enter(_ passage: DocumentPassages.Passage, in plan: WorkPlan) throws -> PlanMeasure {
        let measure = PlanMeasure(id: makeID(), plan: plan.id, region: plan.region, position: passage.position, heading: passage.heading, text: passage.text, area: passage.area,
                                  leadingUnit: passage.leadingUnit, responsibleUnit: passage.responsibleUnit, person: passage.person, deadline: passage.deadline,
                                  line: passage.line, isTyped: false, isCorrected: false, removedAt: nil, removedWhy: nil, version: 1)
        try insert(measure)
        for (position, aim) in passage.aims.enumerated() { try enter(aim, at: position, of: measure) }
        return measure
    }

    func enter(_ aim: DocumentPassages.Aim, at position: Int, of measure: PlanMeasure) throws {
        try insert(PlanTarget(id: makeID(), measure: measure.id, plan: measure.plan, region: measure.region, position: position,
                              aim: TargetAim(aim), isTyped: false, isCorrected: false, removedAt: nil, removedWhy: nil, version: 1))
    }
}

extension Reader {
    func requirePlanRegion(_ region: RegionCode) throws(Refusal) {
        guard actor.covers(region) || region.contains(actor.region) else { throw .forbidden("这份文稿不属于您所在的区域") }
    }

    /// - Throws: when the plan was withdrawn: nothing in it changes any more.
    func openPlan(_ id: ID<WorkPlan>) throws -> WorkPlan {
        let plan = try find(id)
        guard plan.state != .withdrawn else { throw Refusal.outOfOrder("《\(plan.title)》已作废，不能再改") }
        return plan
    }
}

extension WorkPlan {
    var link: String { "/planning/plans/\(id.text)" }
}
