@testable import Bench
import Bureau
import Kernel
import Storage
import Testing
import TestSupport

/// 发放压测的对照：一样的表，一样的索引，一样的约束；只差名字。
@Suite("发放压测的对照") struct MonthPeerTests {
    @Test func tablesAreOurs() async throws {
        let database = try await TestDatabase.make()
        let migrations = House.migrations(of: bureau)
        try await database.migrate(migrations + [MonthPeer.schema(like: migrations)])
        try await database.read { connection in
            for (original, peer) in MonthPeer.names {
                let own = try Self.definitions(of: original, connection), copied = try Self.definitions(of: peer, connection)
                #expect(own.count >= 4)
                #expect(copied == Set(own.map(Self.renamed)), "\(peer)")
            }
        }
        try await database.close()
    }

    /// What makes a table: its columns, constraints and indexes, as the engine tells them.
    private static func definitions(of table: String, _ connection: any Connection) throws -> Set<String> {
        let stored = try connection.tables().first { $0.name == table }
        let columns = try #require(stored).columns.map { "\($0.name) \($0.type)" }
        let rest: [String] = switch connection.dialect {
        case .sqlite: try connection.all("SELECT sql FROM sqlite_master WHERE tbl_name = \(table) AND sql IS NOT NULL") { try $0.read(0) }
        case .postgres: try connection.all("""
            SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = CAST(\(table) AS regclass)
            UNION SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = \(table)
            """) { try $0.read(0) }
        }
        return Set(columns + rest)
    }

    private static func renamed(_ definition: String) -> String {
        MonthPeer.names.reduce(definition) { $0.replacing($1.key, with: $1.value) }
    }
}
