import Kernel
import Pages
import Values

/// What a listing looks like: filters, sentence, rows, sums and the way to the next page.
struct ListingDrawing: Part {
    let address: ListingAddress
    /// nil when a filter could not be understood.
    let page: ListingPage?
    /// The names of the regions in the rows, by code.
    let places: [String: String]
    let problems: [Refusal.Problem]
    let notice: String?
    let regions: [Choice]
    /// The sums, when they were asked for with the page.
    let totals: Markup?
    /// What may be done with chosen rows; nil where nothing may.
    let selection: ListingSelection?
    /// The views this reader keeps.
    let views: Markup

    private var listing: Listing { address.listing }

    var markup: Markup {
        """
        \(some: notice, { NoticeBoxView(.warn, $0).markup })\(filters)
        \(if: hasRows, columnsChoice)\(views)
        \(if: selection == nil || !hasRows, table.markup)\(if: hasRows, selection?.markup(around: table.markup, address, page) ?? .empty)
        \(if: hasRows && !listing.totals.isEmpty, sums)
        \(some: page.flatMap { hasRows ? $0 : nil }, { pager($0).markup })
        """
    }

    private var hasRows: Bool { !(page?.rows.isEmpty ?? true) }

    // MARK: Filters

    private var filters: FiltersView {
        let fields = listing.filters.map { filter in
            FieldView([filter.name], label(filter), control(filter), value: address.filters[filter.name] ?? "",
                      problem: problems.first { $0.path == [filter.name] }?.message, required: false)
        }
        let hidden = address.carried(without: Set(listing.filters.map(\.name))).map { HiddenView($0.name, $0.value) }
        return FiltersView(action: address.path, sentence: sentence, fields: fields, hidden: hidden,
                           clearHref: address.filters.isEmpty ? nil : address.unfiltered,
                           twins: [LinkView("下载 CSV", href: address.twin("csv")), LinkView("下载 Excel", href: address.twin("xlsx"))])
    }

    /// 「申请日期（不早于）」
    private func label(_ filter: Filter) -> String {
        ["为", "含有"].contains(filter.relation) ? filter.label : "\(filter.label)（\(filter.relation)）"
    }

    private func control(_ filter: Filter) -> FieldView.Control {
        if filter.name == Term<RegionCode>.region.name, !regions.isEmpty { return .choice(regions) }
        if case .reference = filter.kind { return .text() }
        return FieldView.Control(filter.kind)
    }

    /// 「状态为 在保，区域为 城关街道」
    private var sentence: String {
        let filters = listing.sentence(address.request) { text in regions.first { $0.code == text }?.label }
        guard page != nil else { return "有一个筛选条件看不懂，请改正后再筛选" }
        return (filters.isEmpty ? "辖区内全部\(listing.title)" : filters) + "，本页 \(page?.rows.count ?? 0) 行"
    }

    // MARK: Rows

    /// Ids are for machines; people open a row by its link.
    private var shownColumns: [(offset: Int, element: FieldOutline)] {
        let chosen = try? address.columns
        return listing.columns.fields.enumerated().filter { place, field in
            field.origin == .asked && !isID(field) && chosen?.places.contains(place) ?? true
        }
    }

    /// 选列: a form of boxes, folded away.
    private var columnsChoice: Markup {
        let shown = Set(shownColumns.map(\.element.name)), carried = address.carried(without: ["columns"]).map { HiddenView($0.name, $0.value) }
        let boxes = listing.columns.fields.filter { $0.origin == .asked && !isID($0) }.map { field in
            ChoiceColumnView(name: field.name, label: field.label, isOn: shown.contains(field.name))
        }
        return ColumnsView(action: address.path, hidden: carried, columns: boxes).markup
    }

    private func isID(_ field: FieldOutline) -> Bool {
        if case .value(.reference, _) = field.content { field.nature != .region } else { false }
    }

    private var table: TableView {
        let rows = (page?.rows ?? []).map { row in
            TableRowView(shownColumns.map { cell(row.cells[$0.offset], $0.element) }, href: row.link, choice: selection?.box(row, of: listing))
        }
        let title = address.filters.isEmpty ? "还没有记录" : "没有符合条件的记录"
        return TableView(caption: listing.title, columns: shownColumns.map { column($0.element) }, rows: rows,
                         empty: EmptyView(title, address.filters.isEmpty ? listing.emptyText : "可以放宽或清除筛选条件再看"))
    }

    private func cell(_ text: String, _ field: FieldOutline) -> CellView {
        if text.isEmpty { return .absent }
        if case .value(.money, _) = field.content { return .money(text) }
        if field.nature == .region { return .text(places[text] ?? text) }
        return .text(text)
    }

    private func column(_ field: FieldOutline) -> ColumnView {
        ColumnView(field.label, kind(field), sort: sort(field))
    }

    private func kind(_ field: FieldOutline) -> ColumnView.Kind {
        guard case .value(let kind, _) = field.content else { return .text }
        switch kind {
        case .money: return .money
        case .integer, .ratio: return .number
        case .date, .month: return .date
        case .reference: return field.nature == .region ? .text : .code
        default: return .text
        }
    }

    /// A heading leads to the order by its column; pressed again, to the reverse.
    private func sort(_ field: FieldOutline) -> SortView? {
        guard let key = listing.sort.first(where: { $0.column == field.name }) else { return nil }
        let declared = listing.sort.first.map { $0.isDescending ? "-\($0.column)" : $0.column }
        let current = address.sort ?? declared
        let isAscending = current == key.column, isDescending = current == "-\(key.column)"
        return SortView(href: address.sorted(by: isAscending ? "-\(key.column)" : key.column),
                        direction: isAscending ? .ascending : isDescending ? .descending : nil)
    }

    // MARK: Below the rows

    private var sums: Markup {
        if let totals { return "<p class=\"sentence\">\(totals)</p>" }
        return """
            <p class="sentence" data-totals="\(href: address.totalsPart)"><a href="\(href: address.withTotals)">计算合计</a></p>
            """
    }

    private func pager(_ page: ListingPage) -> PagerView {
        PagerView(previousHref: page.previous.map { address.page("before", $0) }, nextHref: page.next.map { address.page("after", $0) },
                  position: "本页 \(page.rows.count) 行")
    }
}
