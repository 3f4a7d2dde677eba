import Kernel
import Pages
import Values

/// 行政区划。The dated tree of regions within the reader's duty, and the old codes with what took their place.
let regionsPage = Page("regions", "行政区划", roles: .everyone, inMenu: true) { visit in
    let reader = visit.reader, day = visit.asked("day", as: CivilDate.self), region = visit.asked("region", as: RegionCode.self)
    let top = region.value ?? reader.actor.region
    try reader.requireScope(top, of: "这个区域")
    let view = try reader.view(top, day, region)
    return Page.Body("行政区划", breadcrumbs: try reader.trail(to: top)) { "\(view.filters)\(view.tree)\(view.cut)\(view.ended)" }
}

/// Rows shown at most; below that, one opens a region.
private let regionsShown = 500

struct RegionsView: Sendable {
    let filters: FiltersView
    let tree: TableView
    let cut: NoticeBoxView?
    let ended: TableView
}

extension Reader {
    fileprivate func trail(to region: RegionCode) throws -> [(title: String, href: String)] {
        try region.ancestors.dropFirst().filter { actor.covers($0) && !$0.scopePrefix.isEmpty }.reversed().map {
            (title: try placeName($0), href: address("/people/regions", ["region": $0.code]))
        }
    }

    fileprivate func view(_ top: RegionCode, _ day: Asked<CivilDate>, _ region: Asked<RegionCode>) throws -> RegionsView {
        let date = day.value ?? today
        let holding = try all(Region.self, where: """
            \(Reader.within("code", top)) AND from_on <= \(date) AND (until_on IS NULL OR until_on > \(date)) ORDER BY code LIMIT \(regionsShown + 1)
            """)
        let cut = holding.count > regionsShown ? NoticeBoxView(.info, "只列出前 \(regionsShown) 个", "请点开一个区域，查看它下面的。") : nil
        let filters = FiltersView(action: "/people/regions", sentence: "\(date.shown)，\(try placeName(top, on: date))", fields: [
            FieldView(["day"], "日期", .date, value: day.text, hint: "那一天的区划", problem: day.problem, required: false),
            FieldView(["region"], "区域", .text(inputMode: "numeric"), value: region.text, hint: "区划代码", problem: region.problem, required: false),
        ], clearHref: day.text.isEmpty && region.text.isEmpty ? nil : "/people/regions")
        return RegionsView(filters: filters, tree: tree(Array(holding.prefix(regionsShown))), cut: cut, ended: try ended(below: top, on: date))
    }

    private func tree(_ regions: [Region]) -> TableView {
        let depth = regions.map { $0.code.ancestors.count }.min() ?? 0
        return TableView(id: "regions", caption: "现行区划", columns: [ColumnView("代码", .code), ColumnView("名称"), ColumnView("级别"), ColumnView("自", .date)],
                         rows: regions.map { region in
                             let indent = String(repeating: "　", count: region.code.ancestors.count - depth)
                             return TableRowView([.text(region.code.code), .text(indent + region.name), .text(region.code.level.label), .text(region.from.shown)],
                                                 href: address("/people/regions", ["region": region.code.code]))
                         }, empty: EmptyView("这一天还没有区划登记", "导入行政区划后会列在这里。"), narrow: .scrolls)
    }

    /// Names and codes that had ended by a day: what the place is called now, or which codes took its place.
    private func ended(below top: RegionCode, on day: CivilDate) throws -> TableView {
        let ended = try all(Region.self, where: "\(Reader.within("code", top)) AND until_on <= \(day) ORDER BY until_on DESC, code LIMIT \(regionsShown)")
        let successors = try regionSuccessors(below: top)
        return TableView(id: "ended", caption: "已撤销或更名的旧区划", columns: [ColumnView("旧名称"), ColumnView("旧代码", .code), ColumnView("起止"), ColumnView("接续")],
                         rows: try ended.map { region in
                             TableRowView([.text(region.name), .text(region.code.code), .text(lasting(region.from, region.until)),
                                           .text(try successor(of: region, successors[region.code] ?? [], on: day))])
                         }, empty: EmptyView("没有撤销或更名的区划", "撤并、拆分、更名之后，旧代码和接续的新代码会列在这里，按旧代码仍能查到。"))
    }

    private func successor(of region: Region, _ codes: [RegionCode], on day: CivilDate) throws -> String {
        let names = try codes.map { "\(try placeName($0))（\($0.code)）" }
        if !names.isEmpty { return "由\(names.joined(separator: "、"))接续" }
        let name = try placeName(region.code, on: day)
        return name == region.code.shown ? "没有登记接续的区划" : "更名为\(name)"
    }
}
