import Kernel
import Pages
import Storage
import Values

/// 行政区划。The dated tree of regions within the reader's duty, opened level by level; what changed; old codes with what took their place.
let regionsPage = Page("regions", "行政区划", roles: .everyone, inMenu: true) { visit in
    let reader = visit.reader, asked = RegionsAsked(visit)
    let top = asked.region.value ?? reader.actor.region
    try reader.requireScope(top, of: "这个区域")
    let view = try reader.view(top, asked)
    return Page.Body("行政区划", breadcrumbs: try reader.trail(to: top), acts: try reader.acts(on: asked.region.value)) {
        "\(view.gone)\(view.filters)\(view.tree)\(view.cut)\(view.changes)\(view.ended)"
    }
}

/// Rows shown at most; below that, one opens a region.
private let regionsShown = 500

/// What the address asks for.
private struct RegionsAsked {
    let day: Asked<CivilDate>
    let region: Asked<RegionCode>
    /// Codes whose next level is shown; `all` for every one.
    let open: Set<String>
    /// An old code that somebody looked for.
    let was: RegionCode?

    init(_ visit: Visit) {
        day = visit.asked("day")
        region = visit.asked("region")
        open = Set((visit.text("open") ?? "").split(separator: ",").prefix(100).map(String.init))
        was = visit.asked("was", as: RegionCode.self).value
    }

    func shows(below code: RegionCode) -> Bool { open.contains("all") || open.contains(code.code) }

    /// The same page with one more region opened, or one closed.
    func toggled(_ code: RegionCode) -> String { href(open.symmetricDifference([code.code]).subtracting(["all"])) }

    func href(_ open: Set<String>) -> String {
        address("/people/regions", ["region": region.value?.code, "day": day.text, "open": open.sorted().joined(separator: ",")])
    }
}

struct RegionsView: Sendable {
    let gone: NoticeBoxView?
    let filters: FiltersView
    let tree: TableView
    let cut: NoticeBoxView?
    let changes: TableView
    let ended: TableView
}

extension Reader {
    fileprivate func trail(to region: RegionCode) throws -> [(title: String, href: String)] {
        try region.ancestors.dropFirst().filter { actor.covers($0) && !$0.scopePrefix.isEmpty }.reversed().map {
            (title: try placeName($0), href: address("/people/regions", ["region": $0.code]))
        }
    }

    /// Beginning something new; and, on one region, what may be done to it.
    fileprivate func acts(on region: RegionCode?) throws -> [PageAct] {
        let own = regionActions.compactMap { type in house.line(people.name)?.action(type.name) }.filter { $0.roles.contains(actor.role) }
        let beginnings = own.filter { $0.subjectTerm == nil }.map { PageAct($0, on: nil) }
        guard let region, try self.region(region, on: today) != nil else { return beginnings }
        return own.filter { $0.subjectTerm == Term<RegionCode>.regionCode.name }.map { PageAct($0, on: region.code) } + beginnings
    }

    fileprivate func view(_ top: RegionCode, _ asked: RegionsAsked) throws -> RegionsView {
        let date = asked.day.value ?? today
        let holding = try all(Region.self, where: """
            \(Reader.within("code", top)) AND from_on <= \(date) AND (until_on IS NULL OR until_on > \(date)) ORDER BY code
            """)
        let shown = visible(holding, below: top, asked)
        let cut = shown.count > regionsShown ? NoticeBoxView(.info, "只列出前 \(regionsShown) 个", "请点开一个区域，查看它下面的。") : nil
        let filters = FiltersView(action: "/people/regions", sentence: "\(date.shown)，\(try placeName(top, on: date))", fields: [
            FieldView(["day"], "日期", .date, value: asked.day.text, hint: "那一天的区划", problem: asked.day.problem, required: false),
            FieldView(["region"], "区域", .text(inputMode: "numeric"), value: asked.region.text, hint: "区划代码", problem: asked.region.problem, required: false),
        ], clearHref: asked.day.text.isEmpty && asked.region.text.isEmpty ? nil : "/people/regions")
        return RegionsView(gone: try gone(asked.was ?? (holding.contains { $0.code == top } ? nil : top)), filters: filters,
                           tree: tree(Array(shown.prefix(regionsShown)), of: holding, asked), cut: cut, changes: try changes(around: top),
                           ended: try ended(below: top, on: date))
    }

    // MARK: The tree

    /// The region itself and its next level; below that what was opened.
    private func visible(_ holding: [Region], below top: RegionCode, _ asked: RegionsAsked) -> [Region] {
        let least = holding.map { $0.code.ancestors.count }.min() ?? 0
        let codes = Set(holding.map(\.code))
        return holding.filter { region in
            let above = region.code.ancestors.dropFirst().filter(codes.contains)
            return region.code.ancestors.count == least || above.allSatisfy { asked.shows(below: $0) || $0.ancestors.count == least }
        }
    }

    private func tree(_ regions: [Region], of holding: [Region], _ asked: RegionsAsked) -> TableView {
        let depth = regions.map { $0.code.ancestors.count }.min() ?? 0
        let children = Dictionary(grouping: holding.compactMap(\.code.parent), by: \.self).mapValues(\.count)
        return TableView(id: "regions", caption: "区划", columns: [ColumnView("代码", .code), ColumnView("名称"), ColumnView("级别"), ColumnView("下级"), ColumnView("自", .date)],
                         rows: regions.map { region in
                             let level = region.code.ancestors.count - depth, count = children[region.code] ?? 0
                             let below: CellView = count == 0 ? .absent : level == 0 ? .text("\(count) 个")
                                 : .link("\(asked.shows(below: region.code) ? "收起" : "展开") \(count) 个", href: asked.toggled(region.code))
                             return TableRowView([.text(region.code.code), .text(String(repeating: "　", count: level) + region.name), .text(region.code.level.label),
                                                  below, .text(region.from.shown)], href: address("/people/regions", ["region": region.code.code]))
                         }, empty: EmptyView("这一天没有区划登记", "已撤销的，见下面的接续。新系统先由系统管理员登记本区县，再由政策员或地名专管登记乡镇和社区；也可以导入。"), narrow: .scrolls)
    }

    // MARK: What changed

    /// The latest changes of what lies below, and of what holds this region.
    private func changes(around top: RegionCode) throws -> TableView {
        let above = top.ancestors.map { "\($0)" as Statement }.joined(", ")
        let changes = try all(RegionChange.self, where: "(\(Reader.within("code", top)) OR code IN (\(above))) ORDER BY on_date DESC, id DESC LIMIT 30")
            .filter { change in ([change.scope] + change.parts.flatMap { [$0.code, $0.successor] }.compactMap { $0 }).contains { top.contains($0) } }
        let mayCancel = Set<Role>.regionKeepers.contains(actor.role)
        return TableView(id: "changes", caption: "区划变更",
                         columns: [ColumnView("日期", .date)] + ["种类", "变更", "批准文件", "状态", "办理"].map { ColumnView($0) },
                         rows: try changes.map { change in
                             let cancel = CellView.link("取消", href: address("/people/do/\(CancelRegionChange.name)", ["change": change.id.text]))
                             return TableRowView([.text(change.on.shown), .text(change.kind.label), .text(try told(change)), .text(change.document),
                                                  .text(change.state.label), mayCancel && change.state == .planned && actor.covers(change.scope) ? cancel : .absent])
                         }, empty: EmptyView("没有区划变更", "设立、更名、撤并、拆分登记之后会列在这里，还没有到日子的也在。"))
    }

    /// 「甲社区（…001）并入东社区（…002）」
    private func told(_ change: RegionChange) throws -> String {
        try change.parts.prefix(6).map { part in
            switch (part.code, part.successor) {
            case (nil, let new?) where change.kind == .split: "\(try placeName(change.scope, on: change.on))分出\(part.name ?? "")（\(new.code)）"
            case (nil, let new?): "设立\(part.name ?? "")（\(new.code)）"
            case (let old?, nil): "撤销\(try placeName(old, on: change.on.adding(days: -1)))（\(old.code)）"
            case (let old?, let new?) where old == new: "\(try placeName(old, on: change.on.adding(days: -1)))更名为\(part.name ?? "")"
            case (let old?, let new?): "\(try placeName(old, on: change.on.adding(days: -1)))（\(old.code)）→ \(try part.name ?? placeName(new, on: change.on))（\(new.code)）"
            case (nil, nil): ""
            }
        }.joined(separator: "；") + (change.parts.count > 6 ? " 等 \(change.parts.count) 处" : "")
    }

    // MARK: The past

    /// An old code that was asked for by name.
    private func gone(_ code: RegionCode?) throws -> NoticeBoxView? {
        guard let code, let last = try first(Region.self, where: "code = \(code) ORDER BY from_on DESC"), let until = last.until, until <= today else { return nil }
        let now = try successors(of: code)
        let after = try now.isEmpty ? "没有登记接续的区划" : "由\(now.map { "\(try placeName($0))（\($0.code)）" }.joined(separator: "、"))接续"
        return NoticeBoxView(.info, "\(last.name)（\(code.code)）已于\(until.shown)撤销", "\(after)。",
                             links: now.filter(actor.covers).map { LinkView("打开 \($0.code)", href: "/people/regions?region=\($0.code)") })
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
        if let standing = try self.region(region.code, on: day) { return "更名为\(standing.name)" }
        let names = try codes.map { "\(try placeName($0))（\($0.code)）" }
        return names.isEmpty ? "没有登记接续的区划" : "由\(names.joined(separator: "、"))接续"
    }
}
