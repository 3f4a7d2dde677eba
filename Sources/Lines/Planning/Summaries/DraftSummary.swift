import Commons
import Kernel
import Storage
import Values

/// 起草总结。Composes a summary from what the registers know of the period, and keeps every number with where it came from.
struct DraftSummary: Action {
    let summary: ID<WorkSummary>
    let region: RegionCode
    let year: Int
    let kind: SummaryKind
    let plan: ID<WorkPlan>?

    static let title = "起草总结"
    static let guidance = "系统按指标的当期数写出初稿，增长、下降、持平由数字决定；没有数据的如实写明。初稿可以逐段修改，数字连同记号〔1〕保留。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<DraftSummary>.new(in: \.region)
    static let shape = Shape<DraftSummary> {
        Field(.newSummary, \.summary)
        Field(.region, \.region)
        Field(.summaryYear, \.year)
        Field(.summaryKind, \.kind)
        Field(.planToFollow, \.plan)
    }

    init(from reading: Reading<DraftSummary>) throws(Refusal) {
        summary = try reading(.newSummary)
        region = try reading(.region)
        year = try reading(.summaryYear)
        kind = try reading(.summaryKind)
        plan = try reading(.planToFollow)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard (2000 ... 2099).contains(year) else { throw Refusal.invalid("年度应为 2000 至 2099，请核对").at(["year"]) }
        let period = kind == .halfYear ? try IndicatorPeriod.halfYear(year, first: true) : try IndicatorPeriod.year(year)
        guard period.from <= desk.today.monthOf else { throw Refusal.invalid("\(year) 年还没有开始，没有可总结的数").at(["year"]) }
        let tree = try plan.map { try desk.planTree($0) }
        if let tree, tree.plan.year != year { throw Refusal.invalid("所选计划是 \(tree.plan.year) 年的，与年度不符").at(["year"]) }
        if let tree, tree.plan.state != .tracked || !tree.plan.region.contains(region) { throw Refusal.invalid("所选计划没有在执行，或者不管本区域，请另选").at(["plan"]) }
        let unit = "\(try desk.regionName(region))民政局"
        let draft = SummaryComposer.compose(try desk.material(for: kind, over: period, in: region, unit: unit, following: tree))
        let record = WorkSummary(id: summary, region: region, kind: kind, title: title(of: period, unit), unit: unit, from: period.from, through: period.through, plan: plan,
                                 code: summary.derived(by: "summary-code").traceCode, draftedByName: desk.actor.name, draftedAt: desk.now)
        try desk.insert(record)
        try desk.enter(draft, of: record)
        let file = try desk.openCase(summaryProcess, for: record.id, title: record.title, in: region)
        return Outcome(record.id, "初稿已写成，编号 \(file.number)，共 \(draft.lines.count) 段、\(draft.figures.count) 个数。下一步：核对文字，送审核", link: record.link)
    }

    private func title(of period: IndicatorPeriod, _ unit: String) -> String {
        kind == .nextPlan ? "\(unit)\(year + 1)年工作计划（草稿）" : "\(unit)\(period.shown)工作总结"
    }
}

extension ID where Owner == JournalEntry {
    /// Eight characters, short enough to be copied by hand.
    var traceCode: String { String(text.suffix(8)) }
}

extension Desk {
    fileprivate func enter(_ draft: SummaryDraft, of summary: WorkSummary) throws {
        for (position, line) in draft.lines.enumerated() {
            try insert(SummaryLine(id: makeID(), summary: summary.id, region: summary.region, position: (position + 1) * 10, level: line.level, text: line.text, isEdited: false))
        }
        let book = try indicatorBook()
        for figure in draft.figures {
            let id: ID<SummaryFigure> = makeID(), fact = figure.fact, stated = figure.stated
            let code = (summary.id.derived(by: "figure-\(figure.number)") as ID<JournalEntry>).traceCode
            try insert(SummaryFigure(id: id, code: code, summary: summary.id, number: figure.number, role: stated.role, indicator: fact.code, name: fact.name,
                                     definition: try fact.definition ?? book.indicator(fact.code).definition,
                                     basis: try fact.basis ?? book.indicator(fact.code).basis, region: summary.region, from: summary.from, through: summary.through,
                                     amount: Int(stated.amount), unit: stated.unit.name, scale: stated.unit.scale, shown: stated.shown, counting: fact.counting,
                                     target: stated.role == .completion ? fact.target.map { Int($0.target) } : nil, isManual: fact.isManual, moment: fact.moment ?? now))
        }
    }
}
