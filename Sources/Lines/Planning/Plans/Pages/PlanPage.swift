import Commons
import Kernel
import Pages
import Values

/// 计划。The document's own tree at the left; in the middle each sentence as written, its targets with bar, light and last evidence.
let planPage = Page("plans/{id}", "工作计划") { visit in
    let reader = visit.reader, plan = try reader.plan(try visit.id())
    let progress = try reader.progress(of: plan), removed = try reader.removedRows(of: plan)
    let waiting = try reader.first(PlanEdition.self, where: "plan_id = \(plan.id) AND state = \(EditionState.proposed)")
    let suggestions = plan.state == .withdrawn || !reader.may(BindSuggested.self, in: plan) ? 0 : try reader.suggestions(for: progress.tree).count
    let view = PlanView(progress, removed: removed, waiting: waiting, suggestions: suggestions, links: PlanLinks(reader, plan))
    return Page.Body("\(plan.title)", breadcrumbs: planTrail, acts: view.links.acts(suggestions: suggestions)) { planMarkup(view) }
}

let planTrail = [("计划与总结", "/planning"), ("工作计划", "/planning/plans")]

struct PlanView: Sendable {
    let progress: PlanProgress
    let removed: (measures: [PlanMeasure], targets: [PlanTarget])
    let waiting: PlanEdition?
    let suggestions: Int
    let links: PlanLinks

    init(_ progress: PlanProgress, removed: (measures: [PlanMeasure], targets: [PlanTarget]), waiting: PlanEdition?, suggestions: Int, links: PlanLinks) {
        (self.progress, self.removed, self.waiting, self.suggestions, self.links) = (progress, removed, waiting, suggestions, links)
    }

    var tree: PlanTree { progress.tree }
    var plan: WorkPlan { progress.tree.plan }
}

/// What this reader may do with a plan: links to the forms of acts, none for those who may only read.
struct PlanLinks: Sendable {
    let plan: WorkPlan
    private let open: Set<String>

    init(_ reader: Reader, _ plan: WorkPlan) {
        self.plan = plan
        let mayAct = reader.actor.covers(plan.region) && plan.state != .withdrawn
        open = mayAct ? Set(planActions.filter { $0.roles.contains(reader.actor.role) }.map { $0.name }) : []
    }

    func allows<A: Action>(_ act: A.Type) -> Bool { open.contains(A.name) }

    /// The form of an act on a subject; nil for those who may not.
    func to<A: Action>(_ act: A.Type, _ term: String, _ subject: String, as title: String? = nil) -> LinkView? {
        open.contains(A.name) ? LinkView(title ?? A.title, href: "/planning/do/\(A.name)?\(term)=\(subject)") : nil
    }

    func acts(suggestions: Int) -> [PageAct] {
        let id = plan.id.text
        var acts: [PageAct] = []
        if plan.state == .draft, allows(ConfirmPlan.self) { acts.append(PageAct(ConfirmPlan.title, "/planning/do/confirm-plan?plan=\(id)", primary: true)) }
        if suggestions > 0, allows(BindSuggested.self) { acts.append(PageAct("绑定建议（\(suggestions)）", "/planning/suggestions/\(id)", primary: plan.state == .tracked)) }
        if allows(AddMeasure.self) { acts.append(PageAct(AddMeasure.title, "/planning/do/add-measure?plan=\(id)")) }
        if allows(ProposeEdition.self) { acts.append(PageAct(ProposeEdition.title, "/planning/hand-in/plans?plan=\(id)")) }
        acts.append(PageAct("打印", "/planning/plans/\(id)/sheet"))
        if allows(WithdrawPlan.self) { acts.append(PageAct(WithdrawPlan.title, "/planning/do/withdraw-plan?plan=\(id)")) }
        return acts
    }
}

extension Reader {
    func may<A: Action>(_ act: A.Type, in plan: WorkPlan) -> Bool { A.roles.contains(actor.role) && actor.covers(plan.region) }

    fileprivate func removedRows(of plan: WorkPlan) throws -> (measures: [PlanMeasure], targets: [PlanTarget]) {
        (try all(PlanMeasure.self, where: "plan_id = \(plan.id) AND removed_at IS NOT NULL ORDER BY position, id"),
         try all(PlanTarget.self, where: "plan_id = \(plan.id) AND removed_at IS NOT NULL ORDER BY measure_id, position, id"))
    }
}

// MARK: Drawing

func planMarkup(_ view: PlanView) -> Markup {
    """
    \(RecordHeadView(facts: facts(view), tags: [TagView(view.plan.state.label, view.plan.state == .tracked ? .ok : .warn)]))
    \(some: notice(view), { $0.markup })\(some: view.waiting, waitingNotice)
    \(LightsView(view.progress).markup)
    <div class="plan"><nav class="plan-tree" aria-label="计划目录"><h2>目录</h2>\(contents(view, under: nil))</nav>
    <div class="plan-body">\(each: view.tree.measures(under: nil), { measureMarkup($0, view) })\
    \(each: view.tree.children(of: nil), { section($0, view, depth: 0) })\(removedPanel(view))</div></div>
    """
}

private func facts(_ view: PlanView) -> [String] {
    let confirmed = view.plan.confirmedAt.map { "\(view.plan.confirmedByName ?? "")于\($0.date.shown)确认" } ?? "\(view.plan.madeByName)于\(view.plan.madeAt.date.shown)导入"
    return ["\(view.plan.year) 年度", "第 \(view.plan.edition) 版文稿", "\(view.tree.measures.count) 项任务", "\(view.tree.targets.count) 个目标", confirmed]
}

private func notice(_ view: PlanView) -> NoticeBoxView? {
    switch view.plan.state {
    case .draft: NoticeBoxView(.info, "这是读出来的内容，还没有确认", "每项任务上方是文稿原句。读错的目标点进去更正，不是目标的数删去，漏读的添加；都对了再确认执行。")
    case .withdrawn: NoticeBoxView(.stop, "这份计划已作废", "内容和留痕都在，不再跟踪。")
    case .tracked: nil
    }
}

private func waitingNotice(_ edition: PlanEdition) -> Markup {
    NoticeBoxView(.warn, "有一版新文稿等着采用", edition.counts, links: [LinkView("看差别", href: edition.link)]).markup
}

/// 目录。Each heading with how its targets stand, worst first.
private func contents(_ view: PlanView, under heading: Int?) -> Markup {
    let children = view.tree.children(of: heading)
    guard !children.isEmpty else { return "" }
    return """
        <ol>\(each: children, { entry($0, view) })</ol>
        """
}

private func entry(_ heading: DocumentPassages.Heading, _ view: PlanView) -> Markup {
    """
    <li><a href="\(href: "#h-\(heading.position)")">\(heading.title)</a>\(some: worst(view, under: heading.position), { " \(TagView($0.label, $0.tone))" })\
    \(contents(view, under: heading.position))</li>
    """
}

private func worst(_ view: PlanView, under heading: Int) -> Light? {
    let below = view.tree.measures.filter { view.tree.isWithin($0.measure.heading, heading) }.flatMap(\.targets).map { view.progress.status(of: $0).light }
    return [Light.overdue, .late, .slow].first { below.contains($0) }
}

private func section(_ heading: DocumentPassages.Heading, _ view: PlanView, depth: Int) -> Markup {
    let title: Markup = switch depth {
    case 0: "<h2>\(heading.title)</h2>"
    case 1: "<h3>\(heading.title)</h3>"
    default: "<h4>\(heading.title)</h4>"
    }
    return """
        <section id="h-\(heading.position)">\(title)
        \(each: view.tree.measures(under: heading.position), { measureMarkup($0, view) })\
        \(each: view.tree.children(of: heading.position), { section($0, view, depth: depth + 1) })</section>
        """
}

/// 一项任务：the sentence as written, who answers, its targets.
private func measureMarkup(_ planned: PlannedMeasure, _ view: PlanView) -> Markup {
    let measure = planned.measure, id = measure.id.text, links = view.links
    let acts = [links.to(RecordProgress.self, "measure", id, as: "登记进展"), links.to(CorrectMeasure.self, "measure", id), links.to(AddTarget.self, "measure", id),
                links.to(RemoveMeasure.self, "measure", id, as: "删去")].compactMap(\.self)
    let own = planned.evidence.filter { $0.target == nil }
    return """
        <article class="measure" id="m-\(id)"><p class="as-written">\(measure.text)\(if: measure.isTyped, " <span class=\"note\">（人工添加）</span>")</p>
        <p class="duty">\(measure.dutyLine)\(if: measure.isCorrected, "（已更正）")</p>
        \(if: !planned.targets.isEmpty, "<ul class=\"targets\">\(each: planned.targets, { targetMarkup($0, view) })</ul>")
        \(some: own.first, { "<p class=\"evidence\">\($0.happenedOn.shownShort) \($0.words.text)（\($0.toldByName)）\(proofLink($0))</p>" })
        \(if: !acts.isEmpty, "<p class=\"links\">\(each: acts)</p>")</article>
        """
}

private func targetMarkup(_ planned: PlannedTarget, _ view: PlanView) -> Markup {
    let status = view.progress.status(of: planned)
    return """
        <li><p><a href="\(href: planned.target.link)">\(planned.target.words)：\(planned.target.shown)</a> \(TagView(status.light.label, status.light.tone))\
        \(if: planned.target.isCorrected, " <span class=\"note\">已更正</span>")\(if: planned.target.isTyped, " <span class=\"note\">人工添加</span>")</p>
        \(BarView(status, of: planned).markup)<p class="note">\(status.words)\(if: status.isManual, "（手工填报）")</p>
        \(some: planned.evidence.first, { "<p class=\"evidence\">\($0.happenedOn.shownShort) \($0.words.text)（\($0.toldByName)）\(proofLink($0))</p>" })\
        \(some: status.light.isBehind ? planned.reasons.first : nil, {
            "<p class=\"evidence\">\($0.cause.label)：\(MaterialBuilder.sentence($0.words.text))预计\($0.expectedOn.shownShort)完成。</p>"
        })</li>
        """
}

func proofLink(_ evidence: Evidence) -> Markup {
    guard let attachment = evidence.attachment else { return "" }
    return " <a href=\"\(href: "/attachments/\(attachment.id.text)")\">佐证</a>"
}

/// What was removed, by people or by a new document, and the way back.
private func removedPanel(_ view: PlanView) -> Markup {
    let measures = view.removed.measures.map { measure in
        (measure.text, measure.removedWhy ?? "", view.links.to(RestoreMeasure.self, "measure", measure.id.text))
    }
    let live = Set(view.tree.measures.map(\.measure.id))
    let targets = view.removed.targets.filter { live.contains($0.measure) }.map { target in
        ("\(target.words)：\(target.shown)", target.removedWhy ?? "", view.links.to(RestoreTarget.self, "target", target.id.text))
    }
    let rows = measures + targets
    guard !rows.isEmpty else { return "" }
    return """
        <details class="removed" id="removed"><summary>删去的任务和目标（\(rows.count)）</summary>
        <ul>\(each: rows, { "<li>\($0.0) <span class=\"note\">\($0.1)</span> \($0.2)</li>" })</ul></details>
        """
}

extension PlanMeasure {
    var dutyLine: String {
        [leadingUnit.map { "牵头：\($0)" }, responsibleUnit.map { "责任：\($0)" }, person.map { "责任人：\($0)" }, deadline.map { "时限：\($0.shown)" }, area]
            .compactMap(\.self).joined(separator: " · ")
    }
}

extension CivilDate {
    /// 7月5日.
    var shownShort: String { "\(month)月\(day)日" }
}
