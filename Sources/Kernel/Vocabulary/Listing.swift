import Pages
import Storage
import Values

/// 台账。A register people search, sort, page through and export. SQL by hand; columns, filters and keys declared.
public struct Listing: Sendable {
    public let name: String
    public let title: String
    /// What an empty list would hold: 「受理的申请会出现在这里」.
    public let emptyText: String
    public let columns: Outline
    public let sort: [SortKey]
    public let filters: [Filter]
    public let roles: Set<Role>
    /// Columns whose sum over the whole filter is shown: 户、人、金额.
    public let totals: [Total]
    /// The term whose acts its rows are subjects of: several rows may be chosen for one act.
    public let subjectTerm: String?
    /// 文书. The papers of a row, to print one or many of them; nil where rows have none.
    public let papers: (@Sendable (RawFields, Reader) throws -> [Sheet])?
    let statement: @Sendable (ListingQuery) throws -> Statement
    let cells: @Sendable (RawFields, Reader) throws -> [String]
    let whole: @Sendable (RawFields, Reader) throws -> [String]
    let link: @Sendable (RawFields) -> String?
    /// Reads a row and writes it again: fields and initialiser agree where nothing is lost or moved.
    let reread: @Sendable (RawFields) throws -> RawFields

    /// - Parameters:
    ///   - sorted: non-null columns, a unique one last.
    ///   - link: the page of a row, from its raw values.
    ///   - subject: acts on it are offered for rows; the id stands in the column of its name, else in `id`.
    ///   - statement: selects the shape's columns by their names; filters, keys and limits are put around it.
    public init<Row: Shaped, Owner>(_ name: String, _ title: String, of: Row.Type, sorted: [SortKey], filters: [Filter] = [], totals: [Total] = [],
                             roles: Set<Role> = .readers, emptyText: String = "还没有记录", link: @escaping @Sendable (RawFields) -> String? = { _ in nil },
                             subject: Term<ID<Owner>>? = Term<ID<JournalEntry>>?.none, papers: (@Sendable (RawFields, Reader) throws -> [Sheet])? = nil,
                             statement: @escaping @Sendable (ListingQuery) throws -> Statement) {
        self.name = name
        self.title = title
        self.emptyText = emptyText
        columns = Row.shape.outline
        sort = sorted
        self.filters = filters
        self.totals = totals
        self.roles = roles
        self.statement = statement
        self.link = link
        self.papers = papers
        subjectTerm = subject?.name
        reread = { try Row(from: Reading($0)).raw }
        let shows = Row.shape.fields.map { ($0.name, $0.show) }, wholes = Row.shape.fields.map { ($0.name, $0.whole) }
        cells = { raw, reader in try shows.map { name, show in try show(raw[name], reader) } }
        whole = { raw, reader in try wholes.map { name, show in try show(raw[name], reader) } }
    }

    /// The column that holds the id of a row's subject.
    public var idColumn: String { subjectTerm.flatMap { columns[$0]?.name } ?? "id" }

    /// The cells of a row as people read them, with what rests sealed opened and not masked.
    ///
    /// Only for what was approved to carry identifiers whole; whoever calls it takes an access note first.
    public func wholeCells(_ row: ListingRow, _ reader: Reader) throws -> [String] { try whole(row.raw, reader) }
}

extension Listing {
    /// What people call the filters that were used, in the listing's order.
    public func labels(of used: [String: String]) -> [String] { filters.filter { !(used[$0.name] ?? "").isEmpty }.map(\.label) }
}

/// A declared sort key: a column that is never null.
public struct SortKey: Sendable, Hashable {
    public let column: String
    public let isDescending: Bool

    public static func ascending<Value>(_ term: Term<Value>) -> SortKey { SortKey(column: term.name, isDescending: false) }
    public static func descending<Value>(_ term: Term<Value>) -> SortKey { SortKey(column: term.name, isDescending: true) }
}

/// A sum or count over the whole filter.
public struct Total: Sendable, Hashable {
    public let label: String
    public let column: String?
    public let isMoney: Bool

    /// 「户」: how many rows.
    public static func count(_ label: String) -> Total { Total(label: label, column: nil, isMoney: false) }
    public static func sum(_ term: Term<Int>, _ label: String) -> Total { Total(label: label, column: term.name, isMoney: false) }
    public static func sum(_ term: Term<Money>, _ label: String) -> Total { Total(label: label, column: term.name, isMoney: true) }
}

/// 筛选。One condition a reader may set; it reads back as a sentence: 「状态为 在保」.
public struct Filter: Sendable {
    public let name: String
    public let label: String
    public let kind: FieldKind
    /// 「为」「不早于」「含有」
    public let relation: String
    let condition: @Sendable (String, Reader) throws -> Statement
    /// What was typed, as it stands in the sentence.
    public let shown: @Sendable (String) -> String
    /// For a search: the column whose ids the search table holds, and what it finds, in the order in which it finds.
    var owner: String?
    var hits: @Sendable (String) -> Statement? = { _ in nil }

    /// Equality on a column.
    public static func equals<Value: FieldValue>(_ term: Term<Value>) -> Filter {
        Filter(name: term.name, label: term.label, kind: Value.kind, relation: "为",
               condition: { text, _ in Statement(name: term.name) + " = " + Statement(try Value(typed: text).stored) },
               shown: { (try? Value(typed: $0).shown) ?? $0 })
    }

    /// 不早于、不低于.
    public static func atLeast<Value: FieldValue>(_ term: Term<Value>, _ label: String, relation: String = "不早于") -> Filter {
        Filter(name: "\(term.name)_min", label: label, kind: Value.kind, relation: relation,
               condition: { text, _ in Statement(name: term.name) + " >= " + Statement(try Value(typed: text).stored) },
               shown: { (try? Value(typed: $0).shown) ?? $0 })
    }

    /// 某一天: an instant within a day in Beijing.
    public static func day(_ term: Term<Instant>, _ label: String) -> Filter {
        Filter(name: "\(term.name)_day", label: label, kind: .date, relation: "为", condition: { text, _ in
            let day = try CivilDate(typed: text)
            return "(\(Statement(name: term.name)) >= \(Instant(startOf: day)) AND \(Statement(name: term.name)) < \(Instant(startOf: day.adding(days: 1))))"
        }, shown: { (try? CivilDate(typed: $0).shown) ?? $0 })
    }

    /// 区域: a region and everything below it.
    public static func within(_ term: Term<RegionCode>) -> Filter {
        Filter(name: term.name, label: term.label, kind: .text, relation: "为",
               condition: { text, _ in Reader.within(term.name, try RegionCode(typed: text)) }, shown: { $0 })
    }

    /// Part of a name, found through a search table whose owner is `owner`.
    public static func search(_ label: String, owner: String, in table: StaticString) -> Filter { search("q", label, owner: owner, in: table) }

    /// The same under a name of its own, where a listing searches in two places.
    public static func search(_ name: String, _ label: String, owner: String, in table: StaticString) -> Filter {
        found(name, label, owner: owner, hits: { Storage.found(in: table, $0) }) { text, _ in matching(Statement(name: owner), in: table, text) }
    }

    /// A text that the line itself makes a condition of, on the columns that its statement selects.
    /// - Parameter hits: for texts that a search table answers, what it finds by `owner`.
    public static func found(_ name: String, _ label: String, owner: String? = nil, hits: @escaping @Sendable (String) -> Statement? = { _ in nil },
                             _ condition: @escaping @Sendable (String, Reader) throws -> Statement) -> Filter {
        Filter(name: name, label: label, kind: .text, relation: "含有", condition: condition, shown: { $0 }, owner: owner, hits: hits)
    }
}

/// What a listing's statement may need to know.
public struct ListingQuery: Sendable {
    public let actor: Actor
    public let today: CivilDate

    /// Rows whose region lies within the actor's region.
    public func within(_ column: String) -> Statement { Reader.within(column, actor.region) }
}

/// What a reader asked of a listing.
public struct ListingRequest: Sendable, Hashable {
    /// Filter name → what was typed.
    public var filters: [String: String]
    public var cursor: String?
    public var isBackward: Bool
    public var limit: Int
    /// A column to sort by instead of the declared order, `-` before it for descending.
    public var sort: String?

    public init(filters: [String: String] = [:], cursor: String? = nil, isBackward: Bool = false, limit: Int = 50, sort: String? = nil) {
        self.filters = filters
        self.cursor = cursor
        self.isBackward = isBackward
        self.limit = limit
        self.sort = sort
    }
}

/// One page of a listing.
public struct ListingPage: Sendable {
    public let rows: [ListingRow]
    public let next: String?
    public let previous: String?
}

public struct ListingRow: Sendable {
    /// The machine's face.
    public let raw: RawFields
    /// The people's face, in column order; identifiers masked.
    public let cells: [String]
    public let link: String?
}
