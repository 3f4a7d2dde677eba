import Storage
import Synchronization
import Values

/// A database with a copy that is behind: what is read from the copy ends at a moment, and the copy may fail.
final class LaggingDatabase: Storage.Database {
    let inner: any Database
    /// How far the copy came; nil when it fails.
    let asOf = Mutex<Instant?>(nil)
    /// How often the copy was read to the end.
    let glances = Mutex(0)

    init(_ inner: any Database) { self.inner = inner }

    func glance<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        guard let asOf = asOf.withLock({ $0 }) else { throw StorageError.connection("备用库不在") }
        let outcome = try await inner.read { try body(LaggingConnection($0, asOf)) }
        glances.withLock { $0 += 1 }
        return outcome
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.read(body) }
    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.write(body) }
    func bulk<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.bulk(body) }
    func alone<T: Sendable>(at errand: SoleErrand, _ work: @escaping @Sendable () async throws -> T) async throws -> T? { try await inner.alone(at: errand, work) }
    func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }
    func health() async throws -> [(name: String, value: String)] { try await inner.health() }
    func integrityCheck() async throws -> [String] { try await inner.integrityCheck() }
    func close() async throws { try await inner.close() }
}

private final class LaggingConnection: Connection {
    private let inner: any Connection
    let asOf: Instant?

    init(_ inner: any Connection, _ asOf: Instant) {
        self.inner = inner
        self.asOf = asOf
    }

    var dialect: Dialect { inner.dialect }
    func run(_ statement: Statement) throws -> Int { try inner.run(statement) }
    func each(_ statement: Statement, _ body: (Row) throws -> Void) throws { try inner.each(statement, body) }
    func savepoint<Outcome>(_ body: () throws -> Outcome) throws -> Outcome { try inner.savepoint(body) }
    func insert(into table: String, _ columns: [String], rows: some Sequence<[StoredValue]>) throws -> Int { try inner.insert(into: table, columns, rows: rows) }
}
