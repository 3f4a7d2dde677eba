import Kernel
import Storage
import Values

/// 节点登记。A node says that it is there: when it starts, every ten seconds, and when it goes.
public struct NodeRegister: Sendable {
    public let name: String
    public let instance: ID<Node>
    let counter: Counter
    let address: String
    let drains: Bool
    let clock: any WallClock

    /// Days after which a node that never came back is forgotten.
    static let remembered = 30.0
    /// Under this mark the database tells that a node was cut off, and with it at most the last second's access records; `doctor` reads it.
    public static let cutMark = "serving-cut"

    /// - Parameters:
    ///   - address: where it listens.
    ///   - clock: the machine's, also where the house lives on an invented day.
    public init(_ counter: Counter, name: String, address: String, drains: Bool, clock: any WallClock = SystemClock()) {
        self.counter = counter
        self.name = name
        self.address = address
        self.drains = drains
        self.clock = clock
        instance = .make(at: clock.now())
    }

    /// Enters the node. One of the same name that never said it stopped was cut off, and that is noted.
    /// - Parameter shelf: the identity of the attachments' folder.
    public func announce(shelf: String) async throws {
        let print = try counter.house.keyring.fingerprint(), steps = counter.house.migrations.count, told = counter.clock.now()
        try await counter.database.write { connection in
            let now = try connection.databaseTime()
            if let since: Instant = try connection.value("SELECT seen_at FROM node WHERE name = \(name) AND stopped_at IS NULL") {
                try connection.run("""
                    INSERT INTO mark (name, value) VALUES (\(Self.cutMark), \("\(since.typed) \(told.typed)")) ON CONFLICT (name) DO UPDATE SET value = excluded.value
                    """)
            }
            try connection.run("DELETE FROM node WHERE name = \(name) OR seen_at < \(now.adding(seconds: -Self.remembered * 86_400))")
            try connection.run("""
                INSERT INTO node (\(Node.columns)) VALUES (\(name), \(instance), \(address), \(Program.version), \(steps), \(print), \(shelf), \(drains),
                        \(drift(from: now)), \(now), \(now), \(nil as Instant?))
                """)
        }
    }

    /// - Returns: whether the name is still this node's; another process may have taken it.
    public func beat() async throws -> Bool {
        let print = try counter.house.keyring.fingerprint()
        return try await counter.database.write { connection in
            let now = try connection.databaseTime()
            return try connection.run("""
                UPDATE node SET seen_at = \(now), drift_ms = \(drift(from: now)), key_print = \(print) WHERE name = \(name) AND instance = \(instance)
                """) == 1
        }
    }

    /// Writes what waits, and says that it goes.
    public func leave() async throws {
        try await counter.access.flush()
        try await counter.database.write { connection in
            let now = try connection.databaseTime()
            try connection.run("UPDATE node SET seen_at = \(now), stopped_at = \(now) WHERE name = \(name) AND instance = \(instance)")
        }
    }

    private func drift(from now: Instant) -> Int { Int(((clock.now().secondsSince1970 - now.secondsSince1970) * 1000).rounded()) }
}
