import Storage
import Values

/// A database around another one, for tests that look or meddle at one place: whatever it doesn't do itself, the inner one does.
public protocol WrappedDatabase: Storage.Database {
    var inner: any Database { get }
}

extension WrappedDatabase {
    public func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.read(body) }
    public func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.write(body) }
    public func bulk<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.bulk(body) }
    public func alone<T: Sendable>(at errand: SoleErrand, _ work: @escaping @Sendable () async throws -> T) async throws -> T? { try await inner.alone(at: errand, work) }
    public func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }
    public func health() async throws -> [(name: String, value: String)] { try await inner.health() }
    public func integrityCheck() async throws -> [String] { try await inner.integrityCheck() }
    public func close() async throws { try await inner.close() }
}

/// The same for a connection. What is posted or asked goes through `run` and `each`, so that whoever looks there sees it.
public protocol WrappedConnection: Connection {
    var inner: any Connection { get }
}

extension WrappedConnection {
    public var dialect: Dialect { inner.dialect }
    public var asOf: Instant? { inner.asOf }
    public func run(_ statement: Statement) throws -> Int { try inner.run(statement) }
    public func each(_ statement: Statement, _ body: (Row) throws -> Void) throws { try inner.each(statement, body) }
    public func each(_ statement: Statement, stretch rows: Int, _ body: (PackedRows) throws -> Void) throws { try inner.each(statement, stretch: rows, body) }
    public func savepoint<Outcome>(_ body: () throws -> Outcome) throws -> Outcome { try inner.savepoint(body) }
    public func insert(into table: String, _ columns: [String], rows: some Sequence<[StoredValue]>) throws -> Int { try inner.insert(into: table, columns, rows: rows) }
    public func index(_ owner: String, words: [String], in table: String) throws { try inner.index(owner, words: words, in: table) }
}
