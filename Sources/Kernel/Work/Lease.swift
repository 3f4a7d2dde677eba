import Storage
import Values

/// 租约。Who takes a piece of work holds it for a while and says now and then that it is still at it. The hold of one that died runs out,
/// and another takes the work over.
///
/// Instants are those of the nodes' own clocks, which may differ by seconds; a lease is much longer than that.
struct Lease: Sendable, Hashable {
    /// One taking; the same node takes again under another.
    let holder: String
    let until: Instant

    /// Seconds.
    static let length = 60.0
    /// Seconds beyond which no hold reaches: one that does was written by a clock that stood elsewhere, and binds nobody.
    private static let reach = 7_200.0

    init(at now: Instant, length: Double = Self.length) {
        holder = ID<Lease>.make(at: now).text
        until = now.adding(seconds: length)
    }

    /// Rows that nobody holds.
    static func free(at now: Instant) -> Statement {
        "(held_until IS NULL OR held_until <= \(now) OR held_until > \(now.adding(seconds: reach)))"
    }

    /// Seconds to wait after so many failures in a row: doubled each time, up to a limit.
    static func pause(after failures: Int, first: Double, atMost limit: Double) -> Double {
        min(limit, first * Double(1 << min(max(failures, 1) - 1, 20)))
    }

    /// Does the work and renews the hold beside it.
    /// - Parameter renew: says whether the hold is still one's own. Where it isn't, the work is cancelled: somebody else is at it.
    static func holding<Outcome: Sendable>(renew: @escaping @Sendable () async throws -> Bool, _ work: @escaping @Sendable () async throws -> Outcome) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while try await isHeld(renew) {}
                throw LostLease()
            }
            defer { group.cancelAll() }
            while let outcome = try await group.next() {
                if let outcome { return outcome }
            }
            throw LostLease()
        }
    }

    /// A renewal that fails is tried again in time; if none succeeds, the hold runs out and the work is done once more, which does nothing twice.
    private static func isHeld(_ renew: () async throws -> Bool) async throws -> Bool {
        try await Task.sleep(for: .seconds(length / 3))
        do { return try await renew() } catch is StorageError { return true }
    }
}

/// Somebody else holds what was held too long without a sign.
struct LostLease: Error {}

/// What nodes need to share the work behind the acts.
let workMigrations = [
    Migration(owner: "work", number: 1, why: "几个节点分办后台任务和待发消息：一件只由一个节点办，那个节点停了，别的节点接着办", steps: [
        .ddl("""
            ALTER TABLE job ADD COLUMN holder TEXT;
            ALTER TABLE job ADD COLUMN held_until TEXT CHECK (length(held_until) = 24);
            ALTER TABLE job ADD COLUMN served_at TEXT CHECK (length(served_at) = 24);
            ALTER TABLE job ADD COLUMN faults BIGINT;
            ALTER TABLE outbox ADD COLUMN holder TEXT;
            ALTER TABLE outbox ADD COLUMN held_until TEXT CHECK (length(held_until) = 24);
            """),
    ]),
]
