import Commons
import Kernel
import Pages
import Values

/// 起草总结：from which plan, for which part of the year, and next year's plan from what was left.
let summaryStartPage = Page("summaries/start", "起草总结", roles: .planners, inMenu: true) { visit in
    let reader = visit.reader, year = reader.today.year
    let plans = try (0 ..< 10).flatMap { try reader.plans(of: year - $0) }.filter { reader.actor.covers($0.region) }
    let region = reader.actor.region
    return Page.Body("起草总结", breadcrumbs: [("计划与总结", "/planning"), ("工作总结", "/planning/summaries")]) { startMarkup(plans, region, year) }
}

private func startMarkup(_ plans: [WorkPlan], _ region: RegionCode, _ year: Int) -> Markup {
    func href(_ kind: SummaryKind, _ year: Int, _ region: RegionCode, _ plan: WorkPlan?) -> String {
        "/planning/do/\(DraftSummary.name)?region=\(region.code)&year=\(year)&kind=\(kind.rawValue)" + (plan.map { "&plan=\($0.id.text)" } ?? "")
    }
    let rows = plans.map { plan in
        TableRowView([.text(plan.title), .text("\(plan.year)"), .link("半年总结", href: href(.halfYear, plan.year, plan.region, plan)),
                      .link("全年总结", href: href(.annual, plan.year, plan.region, plan)),
                      .link("\(plan.year + 1) 年计划草稿", href: href(.nextPlan, plan.year, plan.region, plan))])
    }
    let table = TableView(id: "plans", caption: "执行中的计划", columns: [.init("计划"), .init("年度", .number), .init("半年"), .init("全年"), .init("下一年")], rows: rows,
                          empty: EmptyView("还没有执行中的计划", "导入并确认计划后，可以按计划的章节起草；没有计划也可以按指标目录的次序起草。"))
    let entries = EntriesView([
        .init("\(year) 年上半年总结", "按指标目录的次序", href: href(.halfYear, year, region, nil)), .init("\(year) 年全年总结", "按指标目录的次序", href: href(.annual, year, region, nil)),
        .init("\(year - 1) 年全年总结", "按指标目录的次序", href: href(.annual, year - 1, region, nil)),
    ])
    return "\(PanelView("按计划的章节", table.markup))\(PanelView("不按计划", entries.markup))"
}
