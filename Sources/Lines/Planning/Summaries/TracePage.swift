import Commons
import Kernel
import Pages
import Values

/// 追溯：one number of a summary, down to the rows behind it, as far as the reader may see them.
let tracePage = Page("trace/{code}", "数字来历") { visit in
    let reader = visit.reader, code = (visit.parameters["code"] ?? "").uppercased()
    guard let figure = try reader.first(SummaryFigure.self, where: "code = \(code)") else { throw Refusal.absent("没有追溯码 \(code)，请核对总结后面的“数据依据”") }
    let summary = try reader.summary(figure.summary), standing = try reader.standing(of: summary)
    let count = PlanCount(code: figure.indicator), facts = try SummaryFacts(figure.period, in: figure.region, reader, following: count?.plan, on: summary.draftedAt.date)
    let view = TraceView(figure: figure, summary: summary, regionName: try reader.regionName(figure.region), state: standing.figures.first { $0.figure.id == figure.id },
                         now: try facts.again(figure).amount, rows: try reader.rows(behind: figure, after: visit.query["after"]), count: count, progress: facts.progress)
    return Page.Body("\(figure.name)：\(figure.shown)", breadcrumbs: [("工作总结", "/planning/summaries"), (summary.title, summary.link)]) { view.markup }
}

extension Reader {
    /// - Returns: nil for an indicator that has gone from the catalogue.
    fileprivate func rows(behind figure: SummaryFigure, after cursor: String?) throws -> IndicatorRows? {
        guard let indicator = try indicatorBook().find(figure.indicator) else { return nil }
        let period = figure.role == .previous ? SummaryFacts.compared(indicator.nature, figure.period) : figure.period
        return try rowsBehind(indicator, over: period, in: figure.region, after: cursor)
    }
}

struct TraceView: Sendable {
    let figure: SummaryFigure
    let summary: WorkSummary
    let regionName: String
    let state: SummaryStanding.BoundFigure?
    let now: Int64?
    let rows: IndicatorRows?
    /// Of a number that comes from the plan.
    let count: PlanCount?
    let progress: PlanProgress?

    var markup: Markup {
        """
        \(RecordHeadView(facts: ["追溯码 \(figure.code)", "总结中的〔\(figure.number)〕", figure.role.label], tags: [stateTag]))
        \(if: now != Int64(figure.amount), changed.markup)
        \(PanelView("这个数", FactsView(facts).markup))
        \(PanelView("数后面的明细", behind))
        """
    }

    private var changed: NoticeBoxView {
        NoticeBoxView(.warn, "现在重算为\(nowShown)", "起草之后登记有补录、更正，或者数据已经撤回。", links: [LinkView("看全部重算结果", href: "\(summary.link)/verify")])
    }

    private var nowShown: String { now.map { WrittenAmount.text($0, figure.written) } ?? "暂无数据" }

    private var stateTag: TagView {
        switch state?.state {
        case .typedOver: TagView("文中已改动", .late)
        case .dropped: TagView("文中已删去")
        default: TagView(summary.frozenAt == nil ? "草稿" : "已冻结", summary.frozenAt == nil ? .warn : .ok)
        }
    }

    private var facts: [FactsView.Fact] {
        var facts: [FactsView.Fact] = [
            count.map { .init("计划", .link(progress?.tree.plan.title ?? figure.name, href: "/planning/plans/\($0.plan.text)")) }
                ?? .init("指标", .link("\(figure.name)（\(figure.indicator)）", href: "/indicators/show/\(figure.indicator)")), .init("口径", figure.definition),
            .init("来源", figure.basis + (figure.isManual ? "（手工填报）" : "")), .init("计数方式", figure.counting.label), .init("地区", regionName), .init("期间", figure.period.shown),
            .init("起草时的数", figure.shown), .init("取数时刻", figure.moment.shown), .init("现在的数", nowShown),
        ]
        if let target = figure.target { facts.append(.init("对照的目标", "\(target)（最小单位）")) }
        return facts
    }

    /// 数后面的目标。
    private func counted(_ count: PlanCount, _ progress: PlanProgress) -> Markup {
        let rows = count.targets(in: progress).map { target in
            let status = progress.status(of: target)
            return TableRowView([.text("\(target.target.words)：\(target.target.shown)"), .tag(TagView(status.light.label, status.light.tone)), .text(status.words),
                                 .text(target.responsible ?? "未写明")], href: target.target.link)
        }
        return TableView(id: "behind", caption: "到\(progress.today.shown)的目标", columns: [.init("目标"), .init("状态"), .init("进度"), .init("责任单位")], rows: rows,
                         empty: EmptyView("没有这样的目标", "任务的个数见计划全文。")).markup
    }

    private var behind: Markup {
        if let count, let progress { return counted(count, progress) }
        guard let rows else { return EmptyView("没有明细", "这个指标已不在目录里，起草时的数和口径保留在上面。").markup }
        guard let listing = rows.listing else { return EmptyView("没有明细", rows.note ?? "").markup }
        // Ids of the house say nothing to people.
        let fields = listing.columns.fields, places = fields.indices.filter { fields[$0].nature != .identifier }
        let drawn = rows.rows.map { row in TableRowView(places.map { .text(row.cells[$0]) }, href: row.link) }
        let table = TableView(id: "behind", caption: listing.title, columns: places.map { ColumnView(fields[$0].label) }, rows: drawn,
                              empty: EmptyView("本辖区没有明细", "这个数来自其他区域的登记，或者本期没有发生。"), narrow: .scrolls)
        let next = rows.next.map { LinkView("下一页", href: "\(figure.link)?after=\($0)") }
        return "\(some: rows.note, { "<p class=\"hint\">\($0)</p>" })\(table)\(some: next, { "<p class=\"links\">\($0)</p>" })"
    }
}
