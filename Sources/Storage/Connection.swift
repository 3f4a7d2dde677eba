import Values

/// 连接。A lease on the engine: synchronous, and used only inside the closure it was lent to.
public protocol Connection: AnyObject {
    var dialect: Dialect { get }

    /// The moment that a copy has caught up with; nil where everything acknowledged is seen.
    var asOf: Instant? { get }

    /// Whether each question costs a journey, so that what is likely wanted is better asked beforehand.
    var isDistant: Bool { get }

    /// Runs one statement for its effect.
    /// - Returns: how many rows it inserted, changed or deleted.
    @discardableResult func run(_ statement: Statement) throws -> Int

    /// Runs a statement for an effect that nobody counts. What is said against it may be heard later: with the next answer, at the end
    /// of the savepoint around it, or before the work is durable; until then it has the same effect as `run`.
    func post(_ statement: Statement) throws

    /// Asks for a few rows that are wanted soon: what is asked together costs one journey to a server.
    func ask(_ statement: Statement) throws -> Asked

    /// Hands over the rows one by one, without holding the answer in memory. For statements that read: what they wrote would not be noticed by `Asked`.
    func each(_ statement: Statement, _ body: (Row) throws -> Void) throws

    /// Hands over the rows in stretches of so many, their texts lying together: for a pass over millions that looks at each once.
    /// A stretch is good for the call it is handed to.
    func each(_ statement: Statement, stretch rows: Int, _ body: (PackedRows) throws -> Void) throws

    /// Undoes what `body` wrote if it throws, and lets the transaction go on.
    func savepoint<Outcome>(_ body: () throws -> Outcome) throws -> Outcome

    /// Inserts many rows through one prepared statement.
    /// - Throws: `StorageError.other` if a name is not an identifier or a row has not one value a column.
    /// - Returns: how many rows were inserted.
    @discardableResult
    func insert(into table: String, _ columns: [String], rows: some Sequence<[StoredValue]>) throws -> Int

    /// The same with rows that were made ready beforehand.
    @discardableResult
    func insert(into table: String, _ rows: PackedRows) throws -> Int

    /// Replaces the search words of one owner; no words means it is no longer found.
    func index(_ owner: String, words: [String], in table: String) throws
}

extension Connection {
    public var asOf: Instant? { nil }
    public var isDistant: Bool { false }

    public func post(_ statement: Statement) throws { try run(statement) }

    public func each(_ statement: Statement, stretch rows: Int, _ body: (PackedRows) throws -> Void) throws {
        var stretch = PackedRows([])
        try each(statement) { row in
            if stretch.columns.isEmpty { stretch = PackedRows(row.columns, reserving: rows) }
            for value in row.values { stretch.add(value) }
            guard stretch.count >= rows else { return }
            try body(stretch)
            stretch.clear()
        }
        if !stretch.isEmpty { try body(stretch) }
    }

    public func ask(_ statement: Statement) throws -> Asked {
        let rows = try all(statement) { $0 }
        return Asked(isCurrent: { false }) { rows }
    }

    /// Every row of an answer, mapped.
    public func all<Element>(_ statement: Statement, _ map: (Row) throws -> Element) throws -> [Element] {
        var elements: [Element] = []
        try each(statement) { elements.append(try map($0)) }
        return elements
    }

    /// The first row of an answer, mapped; nil if there is none. Reads no further than that row.
    public func first<Element>(_ statement: Statement, _ map: (Row) throws -> Element) throws -> Element? {
        var found: Element?
        do {
            try each(statement) { row in
                found = try map(row)
                throw EnoughRows()
            }
        } catch is EnoughRows {}
        return found
    }

    /// The first column of the first row; nil if there is no row or it holds NULL.
    public func value<Value: FieldValue>(_ statement: Statement) throws -> Value? {
        let found: Value?? = try first(statement) { row in
            let value: Value? = try row.read(0)
            return value
        }
        return found ?? nil
    }

    @discardableResult
    public func insert(into table: String, _ rows: PackedRows) throws -> Int {
        guard !rows.isEmpty else { return 0 }
        try rows.requireWhole(for: table)
        return try insert(into: table, rows.columns, rows: (0 ..< rows.count).lazy.map { rows[$0] })
    }

    public func index(_ owner: String, words: [String], in table: String) throws {
        try SearchTable(named: table).replace(owner, words, on: self)
    }

    /// Enters many owners that the table doesn't know yet, each with its words joined by spaces.
    /// - Throws: `StorageError.unique` if it knows one of them.
    public func index(new owners: [(owner: String, words: String)], in table: String) throws {
        try SearchTable(named: table).add(owners, on: self)
    }
}

/// 已问。A question on its way; heard in the lease it was asked in.
public struct Asked {
    private let hear: () throws -> [Row]
    private let isCurrent: () -> Bool

    /// - Parameter isCurrent: whether nothing was written through the same connection since.
    public init(isCurrent: @escaping () -> Bool, hear: @escaping () throws -> [Row]) { (self.isCurrent, self.hear) = (isCurrent, hear) }

    /// Whether asking again would give the same answer.
    public var stands: Bool { isCurrent() }

    /// Every row of the answer.
    public func rows() throws -> [Row] { try hear() }

    /// The first column of the first row; nil if there is no row or it holds NULL.
    public func value<Value: FieldValue>() throws -> Value? { try rows().first?.read(0) }
}

/// Ends a loop over rows early.
private struct EnoughRows: Error {}
