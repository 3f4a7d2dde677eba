/// 台账表格。A caption, columns, rows and a row of totals. On a phone each row becomes a card, or the table scrolls inside its region.
public struct TableView: Hashable, Sendable {
    /// Unique in the page.
    public let id: String
    public let caption: String
    public let columns: [ColumnView]
    public let rows: [TableRowView]
    /// One cell a column.
    public let totals: [CellView]?
    /// What is said when there are no rows: what would appear here, and what to do.
    public let empty: EmptyView
    public let narrow: Narrow

    /// How the table meets a phone.
    public enum Narrow: Hashable, Sendable { case cards, scrolls }

    public init(
        id: String = "table", caption: String, columns: [ColumnView], rows: [TableRowView], totals: [CellView]? = nil,
        empty: EmptyView, narrow: Narrow = .cards
    ) {
        self.id = id
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.totals = totals
        self.empty = empty
        self.narrow = narrow
    }
}

/// 列。
public struct ColumnView: Hashable, Sendable {
    public let title: String
    public let kind: Kind
    public let sort: SortView?

    public enum Kind: String, Hashable, Sendable {
        case text
        /// Right aligned, tabular figures.
        case number, money
        /// Never broken over two lines.
        case date, code
    }

    public init(_ title: String, _ kind: Kind = .text, sort: SortView? = nil) {
        self.title = title
        self.kind = kind
        self.sort = sort
    }
}

/// 排序。Where the column's heading leads, and how the rows are sorted by it now.
public struct SortView: Hashable, Sendable {
    public let href: String
    public let direction: Direction?

    public enum Direction: String, Hashable, Sendable { case ascending, descending }

    public init(href: String, direction: Direction? = nil) {
        self.href = href
        self.direction = direction
    }
}

/// 一行。With an `href` its first cell is the link that opens it.
public struct TableRowView: Hashable, Sendable {
    public let cells: [CellView]
    public let href: String?
    /// A box to choose the row by, in the form that is around the table.
    public let choice: ChoiceBoxView?

    public init(_ cells: [CellView], href: String? = nil, choice: ChoiceBoxView? = nil) {
        self.cells = cells
        self.href = href
        self.choice = choice
    }
}

/// 选择框。Its name is unlike that of any other row, so that each arrives by itself.
public struct ChoiceBoxView: Part, Hashable {
    public let name: String
    public let value: String
    /// What is chosen: 「DB2024-000123 试甲」.
    public let label: String
    public let isOn: Bool
    /// The label stands beside the box, not only in the ears of a screen reader.
    public let isLabelled: Bool

    public init(_ name: String, value: String = "1", label: String, isOn: Bool = false, isLabelled: Bool = false) {
        self.name = name
        self.value = value
        self.label = label
        self.isOn = isOn
        self.isLabelled = isLabelled
    }

    public var markup: Markup {
        let box: Markup = "<input type=\"checkbox\" id=\"c-\(name)\" name=\"\(name)\" value=\"\(value)\"\(flag: "checked", isOn)>"
        return isLabelled ? "<label class=\"box\" for=\"c-\(name)\">\(box) \(label)</label>" : "\(box)<label class=\"unseen\" for=\"c-\(name)\">选择 \(label)</label>"
    }
}

/// 单元格。Text ready to show; its alignment comes from the column.
public enum CellView: Hashable, Sendable {
    case text(String)
    case link(String, href: String)
    /// An amount without its unit, e.g. 1,234.50.
    case money(String)
    case tag(TagView)
    /// Nothing is known: a dash, read as 无.
    case absent
}
