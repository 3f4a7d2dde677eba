import Commons
import Kernel
import Pages
import Values

/// 督办。For leaders: what is late, why, and who answers for it; by area and by unit.
let boardPage = Page("board", "计划督办", inMenu: true, isOverview: true) { visit in
    let overview = try visit.reader.overview(of: visit.query["year"].flatMap { Int($0) })
    let light = visit.query["light"].flatMap(Light.init(rawValue:))
    return Page.Body("\(overview.year) 年计划督办", breadcrumbs: [("计划与总结", "/planning")]) { boardMarkup(overview, light) }
}

func boardMarkup(_ overview: PlanOverview, _ light: Light?) -> Markup {
    guard !overview.entries.isEmpty else {
        return "\(yearLinks(overview, "/planning/board"))\(EmptyView("这一年没有在跟踪的计划", "计划导入并确认后，各目标的进度、滞后的原因和责任单位会出现在这里。").markup)"
    }
    let chosen = light.map { light in overview.entries.filter { $0.status.light == light } }
    return """
        \(yearLinks(overview, "/planning/board"))\(stats(overview).markup)
        \(if: light != nil, "<p class=\"links\">\(LinkView("看滞后和逾期", href: "/planning/board?year=\(overview.year)"))</p>")
        \(entryTable(chosen ?? overview.behind, id: "behind", caption: light.map { "\($0.label)的目标" } ?? "滞后和逾期的目标",
                     empty: EmptyView(light == nil ? "没有滞后的目标" : "没有这样的目标", light == nil ? "各项目标都在按期推进。" : "")))
        \(groupTable(overview.groups { $0.measure.area }, id: "areas", caption: "按业务条线", first: "业务条线") { _ in nil })
        \(groupTable(overview.groups(by: \.unit), id: "units", caption: "按责任单位", first: "责任单位") { unitLink($0, overview.year) })
        <p class="links">\(LinkView("下载全部目标的进度（CSV）", href: "/planning/plan-status.csv?year=\(overview.year)"))</p>
        """
}

func unitLink(_ unit: String, _ year: Int) -> String { "/planning/units?year=\(year)&unit=\(percentEncoded(unit))" }

/// UTF-8 bytes beyond letters and digits as %XX.
func percentEncoded(_ text: String) -> String {
    text.utf8.map { byte in
        let isPlain = (0x30 ... 0x39).contains(byte) || (0x41 ... 0x5A).contains(byte) || (0x61 ... 0x7A).contains(byte)
        let hex = String(byte, radix: 16, uppercase: true)
        return isPlain ? String(UnicodeScalar(byte)) : "%" + (hex.utf8.count == 1 ? "0" : "") + hex
    }.joined()
}

func yearLinks(_ overview: PlanOverview, _ address: String) -> Markup {
    let others = overview.years.filter { $0 != overview.year }
    guard !others.isEmpty else { return "" }
    return "<p class=\"links\">\(each: others.map { LinkView("\($0) 年", href: "\(address)?year=\($0)") })</p>"
}

private func stats(_ overview: PlanOverview) -> StatLinksView {
    let shown: [Light] = [.overdue, .late, .slow, .onTrack, .done, .unknown, .unbound]
    return StatLinksView(shown.map { light in
        let count = overview.entries.count { $0.status.light == light }
        return .init(light.label, String(count), unit: "个", href: "/planning/board?year=\(overview.year)&light=\(light.rawValue)", tone: count == 0 ? .plain : light.tone)
    })
}

/// 什么、怎么样、为什么、谁.
func entryTable(_ entries: [PlanOverview.Entry], id: String, caption: String, empty: EmptyView) -> Markup {
    let rows = entries.map { entry in
        let reason = entry.target.reasons.first
        return TableRowView([
            .text("\(entry.target.target.words)：\(entry.target.target.shown)"), .tag(TagView(entry.status.light.label, entry.status.light.tone)), .text(entry.status.words),
            .text(entry.unit + (entry.measure.person.map { "，\($0)" } ?? "")),
            reason.map { .text("\($0.cause.label)：\($0.words.text)") } ?? (entry.status.light.isBehind ? .text("未说明") : .absent),
            reason.map { .text("\(MaterialBuilder.sentence($0.remedy.text))预计\($0.expectedOn.shown)完成。") } ?? .absent, .text(entry.target.deadline.shown),
        ], href: entry.target.target.link)
    }
    let columns = [ColumnView("目标"), ColumnView("状态"), ColumnView("进度"), ColumnView("责任"), ColumnView("原因"), ColumnView("下一步"), ColumnView("时限", .date)]
    return TableView(id: id, caption: caption, columns: columns, rows: rows, empty: empty).markup
}

private func groupTable(_ groups: [(name: String, entries: [PlanOverview.Entry])], id: String, caption: String, first: String, link: (String) -> String?) -> Markup {
    let lights: [Light] = [.overdue, .late, .slow, .onTrack, .done, .unknown, .unbound]
    let rows = groups.map { group in
        TableRowView([.text(group.name), .text(String(group.entries.count))] + lights.map { light in
            let count = group.entries.count { $0.status.light == light }
            return count == 0 ? .absent : .text(String(count))
        }, href: link(group.name))
    }
    let columns = [ColumnView(first), ColumnView("目标", .number)] + lights.map { ColumnView($0.label, .number) }
    return TableView(id: id, caption: caption, columns: columns, rows: rows, empty: EmptyView("没有目标", ""), narrow: .scrolls).markup
}

/// 责任单位。Each unit's own page: what it answers for and how that stands.
let unitsPage = Page("units", "责任单位", inMenu: true, isOverview: true) { visit in
    let overview = try visit.reader.overview(of: visit.query["year"].flatMap { Int($0) }), groups = overview.groups(by: \.unit)
    guard let unit = visit.query["unit"], let group = groups.first(where: { $0.name == unit }) else {
        return Page.Body("责任单位", breadcrumbs: [("计划与总结", "/planning")]) {
            "\(yearLinks(overview, "/planning/units"))\(groupTable(groups, id: "units", caption: "\(overview.year) 年各责任单位的目标", first: "责任单位") { unitLink($0, overview.year) })"
        }
    }
    return Page.Body("\(unit)：\(overview.year) 年目标", breadcrumbs: [("计划与总结", "/planning"), ("责任单位", "/planning/units?year=\(overview.year)")]) {
        "\(LightsView(group.entries.map(\.status.light)))\(entryTable(group.entries, id: "targets", caption: "\(unit)的目标", empty: EmptyView("没有目标", "")))"
    }
}
