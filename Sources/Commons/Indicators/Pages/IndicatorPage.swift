import Kernel
import Pages
import Storage
import Values

/// 指标：what it means, what it was over two years, where and of what it is made, and the rows behind it.
let indicatorPage = Page("show/{code}", "指标", isOverview: true) { visit in
    let reader = visit.reader, asked = IndicatorAsked(visit)
    let indicator = try reader.indicatorBook().indicator(visit.parameters["code"] ?? "")
    let view = try IndicatorView(indicator, asked, visit)
    let breadcrumbs = [("指标看板", asked.address("/indicators/board"))]
    return Page.Body(indicator.name, breadcrumbs: breadcrumbs, acts: try reader.acts(on: indicator, in: asked.place)) {
        """
        \(view.filters)\(view.facts)
        \(view.trend)
        \(view.months)\(view.categories)\(view.places)\(view.entries)\(view.rows)\(view.pager)
        \(some: view.statement, { "<details class=\"columns-choice\"><summary>计数语句</summary><pre class=\"statement\">\($0)</pre></details>" })
        """
    }
}

struct IndicatorView: Sendable {
    let filters: FiltersView
    let facts: FactsView
    let trend: TrendView
    let months: TableView
    let categories: TableView?
    let places: TableView?
    let entries: TableView?
    let rows: Markup
    let pager: PagerView?
    /// How it is counted, in the words of the database.
    let statement: String?

    init(_ indicator: Indicator, _ asked: IndicatorAsked, _ visit: Visit) throws {
        let reader = visit.reader, category = visit.text("category").flatMap { asked in indicator.categories?.choices.contains { $0.code == asked } == true ? asked : nil }
        let figures = try reader.figures(of: [indicator], in: asked.place, through: max(asked.period.through, asked.history.through))
        let value = try figures.value(of: indicator, over: asked.period, category: category)
        let categoryBox = indicator.categories.map {
            [FieldView(["category"], $0.title, .choice([Choice(code: "", label: "合计")] + $0.choices), value: category ?? "", required: false)]
        } ?? []
        let place = try reader.placeName(asked.place)
        filters = FiltersView(action: indicator.link, sentence: "\(place)，\(asked.period.shown)\(category.flatMap { indicator.categories?.label($0) }.map { "，\($0)" } ?? "")",
                              fields: asked.fields(try reader.placeChoices(around: asked.place)) + categoryBox, clearHref: visit.query.isEmpty ? nil : indicator.link,
                              twins: Self.twins(indicator, asked.place))
        let year = asked.period.through.year, target = try category == nil ? reader.indicatorTargets(in: asked.place, year: year)[indicator.code] : nil
        facts = Self.facts(indicator, value, try figures.changes(of: indicator, value, asked, category: category), target, year,
                           try reader.closing(of: indicator.code, in: asked.place))
        trend = try figures.trend(of: indicator, asked.history, category: category, target: target?.amount, size: .large)
        months = try Self.months(indicator, figures, asked, category)
        categories = try Self.categories(indicator, figures, asked)
        places = try Self.places(indicator, asked, category, reader)
        entries = indicator.isManual ? try Self.entries(indicator, asked, reader) : nil
        let behind = try reader.rowsBehind(indicator, over: asked.period, in: asked.place, category: category, after: visit.text("after"))
        (rows, pager) = Self.behind(behind, indicator, asked, category, isFirst: visit.text("after") == nil)
        statement = indicator.tally.map { $0.subjects(of: indicator.nature, over: asked.period, in: Reader.within($0.register.region, asked.place), category: category) }
            .map { Self.written($0.rendered(for: reader.connection.dialect)) }
    }

    /// The same as a table for machines: the totals by month, or what was reported.
    private static func twins(_ indicator: Indicator, _ place: RegionCode) -> [LinkView] {
        guard indicator.tally != nil || indicator.isManual else { return [] }
        return [LinkView("CSV", href: "/indicators/\(indicator.isManual ? "entries" : "monthly").csv?indicator=\(indicator.code)&region=\(place.code)")]
    }

    /// A statement with its values in their places, to be read and not run.
    private static func written(_ rendered: (sql: String, binds: [StoredValue])) -> String {
        var left = rendered.binds[...], text = ""
        var rest = rendered.sql[...]
        while let mark = rest.firstIndex(where: { $0 == "?" || $0 == "$" }), let value = left.popFirst() {
            text += rest[..<mark]
            rest = rest[rest.index(after: mark)...].drop { $0.isNumber }
            switch value {
            case .null: text += "NULL"
            case .integer(let number): text += String(number)
            case .text(let words): text += "'\(words)'"
            }
        }
        return text + rest
    }

    private static func facts(_ indicator: Indicator, _ value: IndicatorValue, _ changes: [String], _ target: IndicatorAim?, _ year: Int,
                              _ closing: SeriesClosing?) -> FactsView {
        var facts = [FactsView.Fact(value.period.shown, value.shown)] + changes.map { FactsView.Fact("增减", $0) }
        if let closing { facts.append(.init("停报", "报到\(closing.lastMonth.shown)为止：\(closing.reason)（\(closing.closedBy)，\(closing.closedAt.date.shown)）")) }
        if let asOf = value.asOf { facts.append(.init("截至", "\(asOf.shown)末")) }
        if indicator.nature == .flow, value.amount != nil, !value.missing.isEmpty {
            facts.append(.init("缺数", value.missing.prefix(6).map(\.shown).joined(separator: "、") + (value.missing.count > 6 ? "等 \(value.missing.count) 个月" : "")))
        }
        if let target {
            facts.append(.init("\(year)年目标", .link(target.shown, href: target.href)))
            facts.append(.init("目标进度", [target.standing, target.words].compactMap(\.self).joined(separator: "：")))
        }
        return FactsView(facts + [
            .init("口径", indicator.definition), .init("来源", indicator.basis), .init("性质", "\(indicator.nature.label)，\(indicator.sourceLabel)"), .init("单位", indicator.unit.name),
            .init("领域", indicator.area), .init("别名", indicator.words.isEmpty ? .absent : .text(indicator.words.joined(separator: "、"))), .init("代码", indicator.code),
            .init(indicator.isManual ? "填报时刻" : "计至", value.moment.shown),
        ])
    }

    private static func months(_ indicator: Indicator, _ figures: IndicatorFigures, _ asked: IndicatorAsked, _ category: String?) throws -> TableView {
        let rows = try asked.history.months.reversed().map { month -> TableRowView in
            let value = try figures.value(of: indicator, over: .month(month), category: category)
            let before = IndicatorChange(value, from: try figures.value(of: indicator, over: .month(month.previous), category: category))
            let lastYear = IndicatorChange(value, from: try figures.value(of: indicator, over: .month(month.adding(-12)), category: category))
            return TableRowView([.text(month.shown), value.amount.map { .text(indicator.unit.number($0)) } ?? .absent, before.map { .text($0.text) } ?? .absent,
                                 lastYear.map { .text($0.text) } ?? .absent])
        }
        let columns = [ColumnView("月份", .date), ColumnView(indicator.unit.name, .number), ColumnView("比上月", .number), ColumnView("比上年同月", .number)]
        return TableView(id: "months", caption: "各月", columns: columns, rows: rows, empty: EmptyView("没有数据", "登记或填报之后出现。"), narrow: .scrolls)
    }

    private static func categories(_ indicator: Indicator, _ figures: IndicatorFigures, _ asked: IndicatorAsked) throws -> TableView? {
        guard let categories = indicator.categories else { return nil }
        let rows = try categories.choices.map { choice -> TableRowView in
            let value = try figures.value(of: indicator, over: asked.period, category: choice.code)
            return TableRowView([.text(choice.label), value.amount.map { .text(indicator.unit.number($0)) } ?? .absent],
                                href: asked.address(indicator.link, ("category", choice.code)))
        }
        return TableView(id: "categories", caption: "按\(categories.title)", columns: [ColumnView(categories.title), ColumnView(indicator.unit.name, .number)], rows: rows,
                         empty: EmptyView("没有分类", ""), narrow: .scrolls)
    }

    private static func places(_ indicator: Indicator, _ asked: IndicatorAsked, _ category: String?, _ reader: Reader) throws -> TableView? {
        let below = try reader.placesBelow(asked.place).filter { reader.actor.covers($0.code) }.prefix(300)
        guard !below.isEmpty else { return nil }
        let values = try reader.values(of: indicator, over: asked.period, in: below.map(\.code), within: asked.place, category: category)
        let rows = below.map { place -> TableRowView in
            TableRowView([.text(place.name), values[place.code]?.amount.map { .text(indicator.unit.number($0)) } ?? .absent],
                         href: asked.address(indicator.link, region: place.code))
        }
        return TableView(id: "places", caption: "按区域", columns: [ColumnView("区域"), ColumnView(indicator.unit.name, .number)], rows: rows,
                         empty: EmptyView("没有下级区域", ""), narrow: .scrolls)
    }

    private static func entries(_ indicator: Indicator, _ asked: IndicatorAsked, _ reader: Reader) throws -> TableView {
        let place = reader.actor.covers(asked.place) ? asked.place : reader.actor.region
        let found = try reader.all(ManualEntry.self, where: """
            indicator = \(indicator.code) AND \(Reader.within("region", place)) ORDER BY through_month DESC, id DESC LIMIT 60
            """)
        let names = try reader.regionNames(of: Set(found.map(\.region.code)))
        let takenBack = try reader.all(ManualRetraction.self, where: "indicator = \(indicator.code) AND \(Reader.within("region", place))")
        let retracted = Dictionary(takenBack.map { ($0.entry, $0) }) { first, _ in first }
        let mayRetract = RetractAmount.roles.contains(reader.actor.role)
        return TableView(id: "entries", caption: "填报的数和依据，更正前和撤回的也在", columns: [
            ColumnView("所属期", .date), ColumnView("区域"), ColumnView(indicator.unit.name, .number), ColumnView("状态"), ColumnView("依据"),
            ColumnView("更正、撤回的原因"), ColumnView("填报"), ColumnView("办理"),
        ], rows: found.map { entry in
            TableRowView([
                .text(entry.period.shown), .text(names[entry.region.code] ?? entry.region.code), .text(indicator.unit.number(Int64(entry.amount))),
                .tag(entry.retractedAt == nil ? TagView("现行", .ok) : retracted[entry.id] == nil ? TagView("已更正", .plain) : TagView("已撤回", .warn)),
                entry.attachment.map { .link(entry.evidence.text, href: "/attachments/\($0.id.text)") } ?? .text(entry.evidence.text),
                .text([entry.reason, retracted[entry.id].map { "\($0.retractedBy)撤回：\($0.reason.text)" }].compactMap(\.self).joined(separator: "；")),
                .text("\(entry.enteredBy) \(entry.knownAt.shown)"),
                mayRetract && entry.retractedAt == nil && reader.actor.covers(entry.region)
                    ? .link("撤回", href: "/indicators/do/\(RetractAmount.name)?entry=\(entry.id.text)") : .absent,
            ])
        }, empty: EmptyView("还没有填报", "填报的数连同依据列在这里，更正过的旧数也在。"))
    }

    private static func behind(_ found: IndicatorRows, _ indicator: Indicator, _ asked: IndicatorAsked, _ category: String?, isFirst: Bool) -> (Markup, PagerView?) {
        guard let listing = found.listing else { return (indicator.isManual ? .empty : "<p class=\"note\">\(found.note ?? "")</p>", nil) }
        let fields = listing.columns.fields.enumerated().filter { ![.identifier].contains($0.element.nature) }
        let columns = fields.map { ColumnView($0.element.label) }
        let table = TableView(id: "rows", caption: "数后面的行：\(listing.title)", columns: columns,
                              rows: found.rows.map { row in TableRowView(fields.map { .text(row.cells[$0.offset]) }, href: row.link) },
                              empty: EmptyView("没有您能看到的行", "这个期间没有计入的登记，或者它们不在您的辖区。"))
        let next = found.next.map { asked.address(indicator.link, ("after", $0)) + (category.map { "&category=\($0)" } ?? "") }
        let position = "\(found.rows.count) 行，按内部编号"
        return ("\(table)\(some: found.note, { "<p class=\"note\">\($0)</p>" })",
                next == nil && isFirst ? nil : PagerView(previousHref: isFirst ? nil : asked.address(indicator.link), nextHref: next, position: position))
    }
}

