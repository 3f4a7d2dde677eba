import Kernel
import Storage
import Values

/// 服务起止。A mark stands while a server runs; where it stands already, the last one was cut off, and with it at most the last second's
/// access records. `doctor` tells of it.
extension Counter {
    static let servingMark = "serving"
    public static let cutMark = "serving-cut"

    public func beginServing() async throws {
        let now = clock.now()
        try await database.write { connection in
            if let since: String = try connection.value("SELECT value FROM mark WHERE name = \(Self.servingMark)") {
                try connection.run("""
                    INSERT INTO mark (name, value) VALUES (\(Self.cutMark), \("\(since) \(now.typed)")) ON CONFLICT (name) DO UPDATE SET value = excluded.value
                    """)
            }
            try connection.run("""
                INSERT INTO mark (name, value) VALUES (\(Self.servingMark), \(now.typed)) ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """)
        }
    }

    /// Writes what waits, and takes the mark away.
    public func endServing() async throws {
        try await access.flush()
        try await database.write { try $0.run("DELETE FROM mark WHERE name = \(Self.servingMark)") }
    }
}
