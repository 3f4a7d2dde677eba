import Foundation
import Storage
import Synchronization
import Values

/// 会出毛病的数据库。Any engine, with a fault at a stated place: a statement that fails, a commit whose answer is lost, a process that ends.
///
/// It covers what reaches the engine through us: the n-th statement of our own, before and after a commit. What happens inside the engine, in the middle
/// of a page or of a flush, is covered by `bench/failing_disk.c`, and on a cluster by killing the server (`bench/cluster/kills`).
public final class FaultyDatabase: Database {
    public enum Fault: Sendable, Hashable {
        /// The n-th statement from now on fails; what its transaction wrote is undone.
        case statement(Int, StorageError)
        /// The n-th write from now on is durable, and its caller is told that the connection was lost.
        case lostAnswer(Int)
        /// The process ends, as by SIGKILL, when the n-th write has written everything and committed nothing.
        case killWritten(Int)
        /// The same when it is durable and nobody was told.
        case killDurable(Int)
    }

    private struct State { var fault: Fault?, statements = 0, writes = 0, fired = 0 }

    private let inner: any Database
    private let state = Mutex(State())

    public init(_ inner: any Database) { self.inner = inner }

    /// Lays a fault; counting begins anew.
    public func arm(_ fault: Fault?) { state.withLock { ($0.fault, $0.statements, $0.writes) = (fault, 0, 0) } }

    /// How many faults have come so far, and how many writes since the last one was laid.
    public var fired: Int { state.withLock { $0.fired } }
    public var writes: Int { state.withLock { $0.writes } }
    public var isArmed: Bool { state.withLock { $0.fault != nil } }

    public func read<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome { try await inner.read(body) }
    public func glance<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome { try await inner.glance(body) }
    public func survey<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome { try await inner.survey(body) }

    @discardableResult
    public func write<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome {
        let number = state.withLock { state in
            state.writes += 1
            return state.writes
        }
        let outcome = try await inner.write { connection in
            let outcome = try body(FaultyConnection(connection, self))
            self.end(at: .killWritten(number))
            return outcome
        }
        end(at: .killDurable(number))
        if fires(.lostAnswer(number)) { throw StorageError.connection("答复丢失") }
        return outcome
    }

    @discardableResult
    public func bulk<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome { try await inner.bulk(body) }

    public func alone<Outcome: Sendable>(at errand: SoleErrand, _ work: @escaping @Sendable () async throws -> Outcome) async throws -> Outcome? {
        try await inner.alone(at: errand, work)
    }
    public func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }
    public func health() async throws -> [(name: String, value: String)] { try await inner.health() }
    public func integrityCheck() async throws -> [String] { try await inner.integrityCheck() }
    public func gauges() -> [Gauge] { inner.gauges() }
    public func close() async throws { try await inner.close() }

    // MARK: Faults

    /// Called before each statement.
    fileprivate func pass() throws {
        let due: StorageError? = state.withLock { state in
            state.statements += 1
            guard case .statement(let number, let error) = state.fault, number == state.statements else { return nil }
            (state.fault, state.fired) = (nil, state.fired + 1)
            return error
        }
        if let due { throw due }
    }

    private func fires(_ fault: Fault) -> Bool {
        state.withLock { state in
            guard state.fault == fault else { return false }
            (state.fault, state.fired) = (nil, state.fired + 1)
            return true
        }
    }

    private func end(at fault: Fault) {
        if fires(fault) { kill(getpid(), SIGKILL) }
    }
}

/// A lease whose statements are counted.
private final class FaultyConnection: Connection {
    private let inner: any Connection
    private let owner: FaultyDatabase

    init(_ inner: any Connection, _ owner: FaultyDatabase) { (self.inner, self.owner) = (inner, owner) }

    var dialect: Dialect { inner.dialect }
    var asOf: Instant? { inner.asOf }

    @discardableResult
    func run(_ statement: Statement) throws -> Int {
        try owner.pass()
        return try inner.run(statement)
    }

    func each(_ statement: Statement, _ body: (Row) throws -> Void) throws {
        try owner.pass()
        try inner.each(statement, body)
    }

    func each(_ statement: Statement, stretch rows: Int, _ body: (PackedRows) throws -> Void) throws {
        try owner.pass()
        try inner.each(statement, stretch: rows, body)
    }

    func savepoint<Outcome>(_ body: () throws -> Outcome) throws -> Outcome { try inner.savepoint(body) }

    @discardableResult
    func insert(into table: String, _ columns: [String], rows: some Sequence<[StoredValue]>) throws -> Int {
        try owner.pass()
        return try inner.insert(into: table, columns, rows: rows)
    }

    func index(_ owner: String, words: [String], in table: String) throws {
        try self.owner.pass()
        try inner.index(owner, words: words, in: table)
    }
}
