import Values

/// 语句。SQL whose literals were written by us and whose values are bound, never pasted.
///
/// A literal is a `StaticString`, so text that arrived at run time cannot become SQL. `\(value)` binds,
/// `\(statement)` nests. Write no `?` and no `$1` by hand: they are made when the statement is rendered.
public struct Statement: Sendable, ExpressibleByStringInterpolation {
    enum Piece: Sendable {
        case sql(String)
        case bind(StoredValue)
        case row([StoredValue])
        case search(SearchQuery)
        case each(sqlite: String, postgres: String)
        indirect case either(sqlite: [Piece], postgres: [Piece])
    }

    var pieces: [Piece]

    init(pieces: [Piece]) {
        self.pieces = pieces
    }

    /// SQL made inside this module from checked parts.
    init(trusted sql: String) {
        pieces = [.sql(sql)]
    }

    public init(stringLiteral value: StaticString) {
        pieces = [.sql(value.description)]
    }

    public init(stringInterpolation: Interpolation) {
        pieces = stringInterpolation.pieces
    }

    /// A table or column name known only at run time.
    ///
    /// - Throws: `StorageError.other` unless the name is `[a-z][a-z0-9_]*`.
    public init(identifier name: String) throws(StorageError) {
        try Identifier.check(name)
        pieces = [.sql(name)]
    }

    /// No text at all: an optional filter that was not asked for.
    public static let empty = Statement(pieces: [])

    /// Values bound one after another with commas between them: a row to enter.
    public init(row values: [StoredValue]) { pieces = [.row(values)] }

    /// A statement that each engine has in words of its own.
    static func either(sqlite: Statement, postgres: Statement) -> Statement { Statement(pieces: [.either(sqlite: sqlite.pieces, postgres: postgres.pieces)]) }

    /// Behind a SELECT that takes work from a queue: rows that another node is just taking are passed over.
    public static let passingOverTaken = Statement(pieces: [.each(sqlite: "", postgres: " FOR UPDATE SKIP LOCKED")])

    public var isEmpty: Bool { pieces.isEmpty }

    public static func + (left: Statement, right: Statement) -> Statement {
        Statement(pieces: left.pieces + right.pieces)
    }

    /// What an engine is given: the text with `?` or `$1, $2 …`, and the values in the order of their places.
    public func rendered(for dialect: Dialect) -> (sql: String, binds: [StoredValue]) {
        var rendering = Rendering(dialect, length: Self.length(of: pieces))
        Self.render(pieces, into: &rendering)
        return (rendering.sql, rendering.binds)
    }

    /// About so many bytes of text.
    private static func length(of pieces: [Piece]) -> Int {
        pieces.reduce(16) { length, piece in
            switch piece {
            case .sql(let text): length + text.utf8.count
            case .row(let values): length + 5 * values.count
            case .bind, .search, .each, .either: length + 4
            }
        }
    }

    private static func render(_ pieces: [Piece], into rendering: inout Rendering) {
        for piece in pieces {
            switch piece {
            case .sql(let text): rendering.sql += text
            case .bind(let value): rendering.bind(value)
            case .row(let values): rendering.bind(values)
            case .search(let query): query.render(into: &rendering)
            case .each(let sqlite, let postgres): rendering.sql += rendering.dialect == .sqlite ? sqlite : postgres
            case .either(let sqlite, let postgres): render(rendering.dialect == .sqlite ? sqlite : postgres, into: &rendering)
            }
        }
    }
}

extension Statement {
    public struct Interpolation: StringInterpolationProtocol, Sendable {
        var pieces: [Piece] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(2 * interpolationCount + 1)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            guard literal.utf8CodeUnitCount > 0 else { return }
            pieces.append(.sql(literal.description))
        }

        /// Binds a value by its stored face.
        public mutating func appendInterpolation<Value: FieldValue>(_ value: Value) {
            pieces.append(.bind(value.stored))
        }

        /// Binds a value, or NULL where there is none.
        public mutating func appendInterpolation<Value: FieldValue>(_ value: Value?) {
            pieces.append(.bind(value?.stored ?? .null))
        }

        /// Binds a value that already has its stored face.
        public mutating func appendInterpolation(_ value: StoredValue) {
            pieces.append(.bind(value))
        }

        /// Sets one statement inside another; its values keep their places.
        public mutating func appendInterpolation(_ statement: Statement) {
            pieces.append(contentsOf: statement.pieces)
        }
    }
}

extension Sequence where Element == Statement {
    /// The statements one after another, e.g. the columns of a list or the conditions of a filter.
    public func joined(_ separator: Statement) -> Statement {
        var pieces: [Statement.Piece] = []
        for (index, statement) in enumerated() {
            if index > 0 { pieces += separator.pieces }
            pieces += statement.pieces
        }
        return Statement(pieces: pieces)
    }
}
