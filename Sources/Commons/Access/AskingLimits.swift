import Cryptography
import Kernel
import Storage
import Synchronization
import Values

/// 限次。How often one asker, or one thing that is asked for, may come within a while, at all nodes together.
///
/// An asking costs one short write, however many limits it falls under. An asker who was refused costs none: a node remembers until when.
/// The table names nobody: addresses and numbers stand there as keyed digests, for a day.
public struct AskingLimits: Sendable {
    /// So many times within so many seconds, a day at most.
    public struct Allowance: Sendable, Hashable {
        public let times: Int
        public let seconds: Double

        public init(times: Int, seconds: Double) {
            self.times = times
            self.seconds = seconds
        }
    }

    let counter: Counter
    private let shut = Shut()

    public init(_ counter: Counter) { self.counter = counter }

    /// Counts an asking under one key after the other, up to the one that refuses it.
    /// - Returns: nil when it is allowed, else when it may be tried again.
    public func take(_ asks: [(key: String, allowance: Allowance)], at now: Instant) async throws -> Instant? {
        let keyring = counter.house.keyring
        let asks = try asks.map { (key: try keyring.blindIndex($0.key, for: "asking"), allowance: $0.allowance) }
        if let first = asks.first, let until = shut.until(first.key, at: now) { return until }
        let refused = try await counter.database.write { connection -> (key: String, until: Instant)? in
            for ask in asks {
                let found = try connection.first("SELECT count(*), min(at) FROM asked WHERE key = \(ask.key) AND at > \(now.adding(seconds: -ask.allowance.seconds))") {
                    (count: try $0.read(0) as Int, earliest: try $0.read(1) as Instant?)
                }
                if let found, found.count >= ask.allowance.times { return (ask.key, (found.earliest ?? now).adding(seconds: ask.allowance.seconds)) }
                try connection.run("INSERT INTO asked (key, at, id) VALUES (\(ask.key), \(now), \(ID<Asking>.make(at: now)))")
            }
            return nil
        }
        if let refused { shut.note(refused.key, until: refused.until, at: now) }
        return refused?.until
    }

    private enum Asking {}

    /// What was refused here, and until when: the same that the table says, so that it may be forgotten.
    private final class Shut: Sendable {
        private let instants = Mutex<[String: Instant]>([:])
        private static let keysAtMost = 20_000

        func until(_ key: String, at now: Instant) -> Instant? {
            instants.withLock { $0[key] }.flatMap { $0 > now ? $0 : nil }
        }

        func note(_ key: String, until: Instant, at now: Instant) {
            instants.withLock { instants in
                if instants.count >= Self.keysAtMost { instants = instants.filter { $0.value > now } }
                if instants.count < Self.keysAtMost { instants[key] = until }
            }
        }
    }

    static func sweep(before: Instant, _ connection: any Connection) throws { try connection.run("DELETE FROM asked WHERE at < \(before)") }
}

let askingMigrations = [
    Migration(owner: "asking", number: 1, why: "访客限次由几个节点合计，换一个节点也不能多问", steps: [
        .ddl("""
            CREATE TABLE asked (
                key TEXT NOT NULL CHECK (length(key) = 32),
                at TEXT NOT NULL CHECK (length(at) = 24),
                id TEXT NOT NULL,
                PRIMARY KEY (key, at, id)
            ) WITHOUT ROWID
            """),
    ]),
]
