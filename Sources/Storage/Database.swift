import Values

/// 数据库。Where the bureau's rows are kept, whichever engine keeps them.
///
/// Work is synchronous inside the closure and asynchronous around it, so that a transaction cannot interleave with another
/// nor leak out of its lease. An error thrown by a closure undoes its writes and reaches the caller unchanged.
public protocol Database: Sendable {
    /// Reads in one snapshot and never waits for a writer. Sees everything that was acknowledged.
    func read<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome

    /// Reads for lists and dashboards, perhaps from a copy that is a little behind: `Connection.asOf` says how far. Never for decisions or money.
    func glance<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome

    /// Reads everything, for as long as it takes, in one snapshot: dumps, copies, checks.
    func survey<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome

    /// Writes, and returns when what was written is durable. Once begun it is finished even if the caller is cancelled.
    /// - Throws: `Refusal` of kind busy if too many writes are waiting.
    @discardableResult
    func write<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome

    /// Reads, and returns when all that was seen is as durable as what was acknowledged: it may be acknowledged now.
    /// Elsewhere a reading may see what its writer was not told of yet, and may never be.
    func confirm<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome

    /// Long work in a transaction of its own; it waits its turn among the writes. It sees one snapshot, and fails as a whole
    /// if what it changes was changed by another meanwhile.
    @discardableResult
    func bulk<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome

    /// Does something that only one at a time may do, in the whole house: whichever node or process of it asks.
    /// The lock goes by itself when its holder dies, or loses its server: then the work is cancelled, since another may begin it.
    /// - Returns: nil, without having begun, when somebody else is at it.
    /// - Throws: what the work throws; `StorageError.connection` when the lock was lost on the way, even if the work came to its end.
    func alone<Outcome: Sendable>(at errand: SoleErrand, _ work: @escaping @Sendable () async throws -> Outcome) async throws -> Outcome?

    /// Brings the schema up to date, each migration in its own transaction.
    func migrate(_ migrations: [Migration]) async throws

    /// What a health page shows of the engine, ready to be shown.
    func health() async throws -> [(name: String, value: String)]

    /// Every fault found in what is stored, in plain words; empty is sound. Reads everything.
    func integrityCheck() async throws -> [String]
    /// What a monitoring system reads of the engine; asks the engine nothing, so that it answers while the engine doesn't.
    func gauges() -> [Gauge]

    /// Lets the work that waits finish, then closes. Later calls fail with `StorageError.connection`.
    func close() async throws
}

extension Database {
    /// An engine without copies reads what there is.
    public func glance<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome {
        try await read(body)
    }

    /// An engine that shows nothing before it is durable reads.
    public func confirm<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome {
        try await read(body)
    }

    /// An engine that sets no limit to readings reads.
    public func survey<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome {
        try await read(body)
    }

    /// Closes it however the work ends.
    public func closing<Outcome>(_ work: () async throws -> Outcome) async throws -> Outcome {
        do {
            let outcome = try await work()
            try await close()
            return outcome
        } catch {
            try await close()
            throw error
        }
    }
}
