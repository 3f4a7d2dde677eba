import Commons
import Kernel
import Pages
import Storage
import Values

/// 新旧文稿的差别。Both wordings side by side, before anything changes.
let editionPage = Page("editions/{id}", "新旧文稿的差别") { visit in
    let reader = visit.reader, edition = try reader.find(try visit.id() as ID<PlanEdition>), plan = try reader.plan(edition.plan), links = PlanLinks(reader, plan)
    let acts = edition.state == .proposed
        ? [links.to(ApplyEdition.self, "edition", edition.id.text), links.to(DropEdition.self, "edition", edition.id.text)].compactMap(\.self).enumerated()
            .map { PageAct($1.title, $1.href, primary: $0 == 0) } : []
    let difference = edition.state == .proposed ? try reader.difference(of: plan, to: edition.document) : nil
    return Page.Body("\(plan.title)：新旧文稿的差别", breadcrumbs: planTrail + [(plan.title, plan.link)], acts: acts) { editionMarkup(edition, difference) }
}

func editionMarkup(_ edition: PlanEdition, _ difference: PlanDifference?) -> Markup {
    let head = RecordHeadView(facts: [edition.counts, "\(edition.proposedByName)于\(edition.proposedAt.date.shown)导入"],
                              tags: [TagView(edition.state.label, edition.state == .proposed ? .warn : .plain)])
    guard let difference else { return "\(head)\(EmptyView("这一版文稿\(edition.state.label)", "差别只在采用前可以看；现在的内容在计划页上。").markup)" }
    return """
        \(head)\(NoticeBoxView(.info, "采用前请看一遍", "绑定、更正、季度目标、节点和进展都跟着任务走；人工更正过的目标不会被新文稿改掉。").markup)
        \(changedTable(difference.changed))
        \(addedTable(difference.added))
        \(PanelView("新文稿里没有的任务（\(difference.removed.count)）", removedTable(difference.removed)))
        \(PanelView("人工添加、照旧保留的任务（\(difference.typed.count)）", removedTable(difference.typed)))
        <details><summary>未变的任务（\(difference.kept.count)）</summary><ul>\(each: difference.kept, { "<li>\($0.measure.text)</li>" })</ul></details>
        """
}

private func changedTable(_ pairs: [PlanDifference.Pair]) -> Markup {
    let rows = pairs.map { pair in
        TableRowView([.text(pair.measure.text), .text(pair.isReworded ? pair.passage.text : "（文字未变）"), .text(pair.targets.map(\.shown).joined(separator: "；"))])
    }
    return TableView(id: "changed", caption: "改动的任务（\(pairs.count)）", columns: [ColumnView("原文"), ColumnView("新文"), ColumnView("目标")], rows: rows,
                     empty: EmptyView("没有改动的任务", "")).markup
}

private func addedTable(_ passages: [DocumentPassages.Passage]) -> Markup {
    let rows = passages.map { passage in
        TableRowView([.text(passage.text), .text(passage.aims.map { "\($0.words)：\($0.shown)" }.joined(separator: "；"))])
    }
    return TableView(id: "added", caption: "新增的任务（\(passages.count)）", columns: [ColumnView("新文"), ColumnView("目标")], rows: rows, empty: EmptyView("没有新增的任务", "")).markup
}

private func removedTable(_ measures: [PlanMeasure]) -> Markup {
    guard !measures.isEmpty else { return "<p class=\"note\">没有</p>" }
    return "<ul>\(each: measures, { "<li>\($0.text)</li>" })</ul>"
}

extension PlanDifference.TargetChange {
    /// 「新增助餐点：不低于14个 → 不低于16个，绑定保留」
    var shown: String {
        switch self {
        case .kept(let target): "\(target.words)：\(target.shown)（未变）"
        case .changed(let target, let aim): "\(target.words)：\(target.shown) → \(aim.words == target.words ? "" : aim.words + "：")\(aim.shown)"
        case .correctionKept(let target, let aim): "\(target.words)：\(target.shown)（您的更正，保留；新文稿\(aim.map { "写的是 \($0.shown)" } ?? "里没有")）"
        case .added(let aim): "新增 \(aim.words)：\(aim.shown)"
        case .removed(let target): "新文稿里没有 \(target.words)：\(target.shown)"
        }
    }
}

/// 绑定建议。What each target's words speak of, to be looked at before it is confirmed.
let suggestionsPage = Page("suggestions/{id}", "绑定建议", roles: .planners) { visit in
    let reader = visit.reader, tree = try reader.planTree(try visit.id()), suggestions = try reader.suggestions(for: tree).sorted { $0.likeness > $1.likeness }
    let links = PlanLinks(reader, tree.plan), sure = suggestions.count(where: \.isSure)
    let adopt = sure == 0 ? nil : links.to(BindSuggested.self, "plan", tree.plan.id.text, as: "核对并采用把握大的 \(sure) 条")
    let acts = adopt.map { [PageAct($0.title, $0.href, primary: true)] } ?? []
    let rows = suggestions.map { suggestion in
        TableRowView([
            .text("\(suggestion.target.target.words)：\(suggestion.target.target.shown)"), .link(suggestion.indicator.name, href: suggestion.indicator.link),
            .text(suggestion.counting.label), .text("\(suggestion.likeness / 10)%"), .tag(suggestion.isSure ? TagView("把握大", .ok) : TagView("请细看", .warn)),
            links.to(BindTarget.self, "target", suggestion.target.target.id.text).map { .link("绑定", href: $0.href) } ?? .absent,
        ], href: suggestion.target.target.link)
    }
    let columns = [ColumnView("目标"), ColumnView("建议的指标"), ColumnView("计数方式"), ColumnView("相近", .number), ColumnView("把握"), ColumnView("办理")]
    let table = TableView(id: "suggestions", caption: "按目标的文字找到的指标", columns: columns, rows: rows,
                          empty: EmptyView("没有可以建议的绑定", "有数值的目标都绑定了，或者指标目录里没有相近的指标：可以添加手工指标，或按节点推进。"))
    return Page.Body("绑定建议：\(tree.plan.title)", breadcrumbs: planTrail + [(tree.plan.title, tree.plan.link)], acts: acts) { table.markup }
}
