import Foundation
import Storage
import Values

/// 事务的种类。How a lease begins, and how it is tried again.
enum Lease: Sendable {
    /// One snapshot, nothing written.
    case read
    /// The same, for as long as it takes.
    case survey
    /// The same from a copy, whose delay is asked first.
    case glance(lagAtMost: Double)
    /// The same, ended by a commit that waits for the standbys as an act's does: what was seen lies before it in the log.
    case confirm
    /// As if acts came one after another.
    case act
    /// Long work on one snapshot.
    case bulk

    var opening: [String] {
        switch self {
        case .read, .glance: ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"]
        case .survey: ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "SET LOCAL statement_timeout = 0"]
        case .confirm: ["BEGIN ISOLATION LEVEL REPEATABLE READ"]
        case .act: ["BEGIN ISOLATION LEVEL SERIALIZABLE"]
        case .bulk: ["BEGIN ISOLATION LEVEL REPEATABLE READ", "SET LOCAL statement_timeout = 0"]
        }
    }
}

/// The copy is too far behind to be shown.
struct TooFarBehind: Error {}

/// 一次办理。Runs the work of a lease in a transaction, and again where it crossed another or the server was lost before the end.
struct Attempt<Outcome> {
    let lease: Lease
    let patience: Duration
    let token: LeaseToken
    let body: (any Connection) throws -> Outcome

    /// What goes before the commit. A transaction that wrote nothing would wait for nobody: this one leaves a word in the log.
    private var closing: [String] {
        if case .confirm = lease { ["SELECT pg_logical_emit_message(true, 'minzheng', '')"] } else { [] }
    }

    /// Crossing acts are tried so often even when the machine is slow.
    private static var triesAtLeast: Int { 40 }

    func run(on session: Session) throws -> Outcome {
        let until = ContinuousClock.now + patience
        var tries = 0
        while true {
            do {
                return try once(on: session)
            } catch let again as Again {
                tries += 1
                guard ContinuousClock.now < until || (again.cause == .serialization && tries < Self.triesAtLeast) else { throw again.cause }
                Thread.sleep(forTimeInterval: Self.pause(after: tries, again.cause))
            }
        }
    }

    /// Worth another try: nothing of it was written.
    private struct Again: Error { let cause: StorageError }

    /// Seconds; never the same for two who crossed each other.
    private static func pause(after tries: Int, _ cause: StorageError) -> Double {
        let longest: Double = cause == .serialization ? 0.002 * Double(min(tries, 16)) : 0.25
        return Double.random(in: longest / 4 ... longest)
    }

    private func once(on session: Session) throws -> Outcome {
        let link: Link
        do { link = try session.link() } catch { throw Again(cause: error) }
        token.begin(on: link)
        defer { token.end() }
        let connection: PostgresConnection, outcome: Outcome
        do {
            for command in lease.opening { try link.queue(command) }
            connection = PostgresConnection(link, token, asOf: try moment(link))
        } catch { throw judged(error, nil, session) }
        do { outcome = try body(connection) } catch { throw judged(error, connection, session) }
        if let fatal = connection.fatal { throw judged(fatal, connection, session) }
        try commit(link, session)
        return outcome
    }

    private func commit(_ link: Link, _ session: Session) throws {
        do {
            for command in closing + ["COMMIT"] { try link.queue(command) }
            try link.flush()
        } catch StorageError.connection(let detail) {
            // The end was not heard: whether it stands is unknown, so it is not tried again here.
            session.discard()
            throw StorageError.connection(detail)
        } catch { throw judged(error, nil, session) }
    }

    /// Ends the transaction and says whether it is worth another try.
    private func judged(_ error: any Error, _ connection: PostgresConnection?, _ session: Session) -> any Error {
        if token.isCancelled {
            session.discard()
            return CancellationError()
        }
        session.rollBack()
        switch connection?.fatal ?? error as? StorageError {
        case .serialization: return Again(cause: .serialization)
        case .connection(let detail): return Again(cause: .connection(detail))
        case .moving(let text): return Refusal.busy(text)
        case let fatal?: return fatal.isFatalToTransaction ? fatal : error
        case nil: return error
        }
    }

    /// How far the copy has come; nil on the primary.
    private func moment(_ link: Link) throws -> Instant? {
        guard case .glance(let lagAtMost) = lease else { return nil }
        let answer = try link.start("""
            SELECT CAST(pg_is_in_recovery() AS INTEGER), CAST(extract(epoch FROM pg_last_xact_replay_timestamp()) * 1000 AS BIGINT),
                   CAST(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000 AS BIGINT)
            """, try Parameters([]))
        let row = try answer.next()
        try answer.finish()
        guard let row, row[0] == .integer(1) else { return nil }
        guard case .integer(let at) = row[1], case .integer(let behind) = row[2], Double(behind) / 1000 <= lagAtMost else { throw TooFarBehind() }
        return Instant(secondsSince1970: Double(at) / 1000)
    }
}
