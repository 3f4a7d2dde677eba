import Commons
import Kernel
import Pages
import Storage
import Values

/// 目标。The sentence as written, what the target is held against, quarter by quarter, its milestones, evidence and reasons.
let targetPage = Page("targets/{id}", "目标") { visit in
    let reader = visit.reader, target = try reader.find(try visit.id() as ID<PlanTarget>)
    let plan = try reader.plan(target.plan), progress = try reader.progress(of: plan)
    guard let measure = progress.tree.measures.first(where: { $0.measure.id == target.measure }), let planned = measure.targets.first(where: { $0.target.id == target.id }) else {
        throw Refusal.absent("这个目标已删去，可在计划页下方恢复")
    }
    let history = try reader.all(TargetBinding.self, where: "target_id = \(target.id) ORDER BY bound_at DESC, id DESC")
    let book = try reader.indicatorBook()
    let view = TargetView(planned, measure.measure, progress, path: progress.tree.path(of: measure.measure), history: history.map { ($0, $0.indicator.flatMap(book.find)) },
                          links: PlanLinks(reader, plan),
                          pastPoints: try reader.pastPoints(of: target.id))
    return Page.Body("\(target.words)：\(target.shown)", breadcrumbs: planTrail + [(plan.title, measure.measure.link)], acts: view.acts) { targetPageMarkup(view) }
}

struct TargetView: Sendable {
    let planned: PlannedTarget
    let measure: PlanMeasure
    let status: TargetStatus
    let path: [String]
    let history: [(binding: TargetBinding, indicator: Indicator?)]
    let links: PlanLinks
    let pastPoints: [PastPoints]
    let today: CivilDate

    init(_ planned: PlannedTarget, _ measure: PlanMeasure, _ progress: PlanProgress, path: [String], history: [(binding: TargetBinding, indicator: Indicator?)],
         links: PlanLinks, pastPoints: [PastPoints]) {
        (self.planned, self.measure, self.path, self.history, self.links, self.pastPoints) = (planned, measure, path, history, links, pastPoints)
        status = progress.status(of: planned)
        today = progress.today
    }

    var id: String { planned.target.id.text }

    var acts: [PageAct] {
        let kind = planned.binding?.kind
        var links = [self.links.to(RecordTargetProgress.self, "target", id)]
        if status.light.isBehind || status.light == .slow { links.insert(self.links.to(ExplainDelay.self, "target", id), at: 0) }
        if planned.target.value != nil { links.append(self.links.to(BindTarget.self, "target", id, as: kind == .indicator ? "换指标" : nil)) }
        if kind != .indicator { links.append(self.links.to(AddMilestone.self, "target", id)) }
        if kind == .indicator { links += [self.links.to(SetPoints.self, "target", id), self.links.to(BindToMilestones.self, "target", id)] }
        if kind != nil { links.append(self.links.to(UnbindTarget.self, "target", id)) }
        links += [self.links.to(CorrectTarget.self, "target", id), self.links.to(RemoveTarget.self, "target", id)]
        return links.compactMap(\.self).enumerated().map { PageAct($1.title, $1.href, primary: $0 == 0) }
    }
}

func targetPageMarkup(_ view: TargetView) -> Markup {
    """
    <p class="as-written">\(view.measure.text)</p><p class="duty">\(view.path.joined(separator: " › "))</p>
    <p>\(TagView(view.status.light.label, view.status.light.tone)) \(view.status.words)</p>\(BarView(view.status, of: view.planned).markup)
    \(FactsView(facts(view)).markup)
    \(quarters(view))\(milestones(view))
    \(PanelView("进展", evidence(view)).markup)\(reasons(view))\(pastPoints(view))\(bindings(view))
    """
}

private func facts(_ view: TargetView) -> [FactsView.Fact] {
    let target = view.planned.target
    var facts: [FactsView.Fact] = [.init("指标", target.words), .init("目标", target.shown), .init("时限", view.planned.deadline.shown),
                                   .init("责任单位", view.planned.responsible ?? "未写明"), .init("责任人", view.measure.person ?? "未写明")]
    if let binding = view.planned.binding, let indicator = view.history.first(where: { $0.binding.id == binding.id })?.indicator {
        facts.append(.init("绑定", .link("\(indicator.name)（\(binding.counting.label)）", href: indicator.link)))
        facts.append(.init("口径", indicator.definition))
        facts.append(.init("来源", "\(indicator.sourceLabel)：\(indicator.basis)"))
    } else if view.planned.binding?.kind == .milestones {
        facts.append(.init("绑定", "按节点推进"))
    }
    if let asOf = view.status.asOf, view.planned.binding?.kind == .indicator { facts.append(.init("数据截至", asOf.shown)) }
    if target.isCorrected { facts.append(.init("更正", "目标经人工更正，换新文稿时保留")) }
    return facts
}

/// 季度目标。What was set; even where nothing was.
private func quarters(_ view: TargetView) -> Markup {
    guard view.planned.binding?.kind == .indicator, view.planned.target.value != nil else { return "" }
    guard !view.planned.points.isEmpty else { return "<p class=\"note\">没有设定季度目标，按时间均匀推进。</p>" }
    let rows = view.planned.points.sorted { $0.key < $1.key }.map { quarter, value in
        TableRowView([.text("第\(["一", "二", "三", "四"][quarter - 1])季度末"), .text("\(value.grouped) \(view.planned.target.unit)")])
    }
    return TableView(id: "points", caption: "季度目标（累计）", columns: [ColumnView("时间"), ColumnView("应达到", .number)], rows: rows, empty: EmptyView("没有设定", "")).markup
}

private func milestones(_ view: TargetView) -> Markup {
    guard view.planned.binding?.kind == .milestones else { return "" }
    let rows = view.planned.milestones.map { milestone in
        let id = milestone.id.text
        let link = milestone.doneOn == nil ? view.links.to(ReachMilestone.self, "milestone", id) : view.links.to(ChangeMilestone.self, "milestone", id)
        let state: CellView = milestone.doneOn.map { .tag(TagView("\($0.shownShort)办成", .ok)) }
            ?? .tag(milestone.dueOn < view.today ? TagView("逾期", .late) : TagView("未办成"))
        return TableRowView([.text(milestone.title), .text(milestone.dueOn.shown), state, milestone.note.map { .text($0.text) } ?? .absent,
                             link.map { .link($0.title, href: $0.href) } ?? .absent])
    }
    let columns = [ColumnView("节点"), ColumnView("应完成", .date), ColumnView("状态"), ColumnView("完成情况"), ColumnView("办理")]
    return TableView(id: "milestones", caption: "节点", columns: columns, rows: rows, empty: EmptyView("还没有节点", "添加节点后，按节点判断进度。")).markup
}

private func evidence(_ view: TargetView) -> Markup {
    guard !view.planned.evidence.isEmpty else { return EmptyView("还没有登记进展", "做了什么、做到哪一步，连同照片和文件会列在这里。").markup }
    return "<ul class=\"evidence-list\">\(each: view.planned.evidence, { evidenceItem($0, view) })</ul>"
}

private func evidenceItem(_ evidence: Evidence, _ view: TargetView) -> Markup {
    """
    <li><p>\(evidence.happenedOn.shown) \(evidence.words.text)\(proofLink(evidence)) <span class="note">\(evidence.toldByName)，\(evidence.toldAt.shown)</span> \
    \(view.links.to(WithdrawProgress.self, "evidence", evidence.id.text, as: "撤回"))</p></li>
    """
}

private func reasons(_ view: TargetView) -> Markup {
    guard !view.planned.reasons.isEmpty else { return "" }
    let rows = view.planned.reasons.map { reason in
        TableRowView([.text(reason.toldAt.date.shown), .text(reason.cause.label), .text(reason.words.text), .text(reason.remedy.text), .text(reason.expectedOn.shown),
                      .text(reason.toldByName)])
    }
    let columns = [ColumnView("日期", .date), ColumnView("原因"), ColumnView("具体情况"), ColumnView("下一步"), ColumnView("预计完成", .date), ColumnView("填写人")]
    return TableView(id: "reasons", caption: "未按期说明", columns: columns, rows: rows, empty: EmptyView("没有", "")).markup
}

/// Where it is bound to milestones now, quarters can't be set.
private func pastPoints(_ view: TargetView) -> Markup {
    let mayRestore = view.planned.binding?.kind == .indicator && view.links.allows(RestorePoints.self)
    return PastPointsView(past: view.pastPoints, unit: view.planned.target.unit, mayRestore: mayRestore).markup
}

private func bindings(_ view: TargetView) -> Markup {
    let past = view.history.filter { $0.binding.endedAt != nil }
    guard !past.isEmpty else { return "" }
    let lines = past.map { entry in
        let what = entry.indicator.map { "\($0.name)（\(entry.binding.counting.label)）" } ?? "按节点推进"
        return "\(what)，\(entry.binding.boundByName)于\(entry.binding.boundAt.date.shown)绑定，\(entry.binding.endedAt?.date.shown ?? "")解除"
    }
    return "<details><summary>以前的绑定（\(lines.count)）</summary><ul>\(each: lines, { "<li>\($0)</li>" })</ul></details>"
}
