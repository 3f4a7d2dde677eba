import Storage
import Testing
import Values

@Suite("契约：迁移")
struct MigrationContract {
    static func step(_ number: Int, owner: String = "line", _ text: StaticString) -> Migration {
        Migration(owner: owner, number: number, why: "试验", steps: [.ddl(text)])
    }

    static let first = step(1, "CREATE TABLE one (id TEXT PRIMARY KEY)")
    static let second = step(2, "CREATE TABLE two (id TEXT PRIMARY KEY REFERENCES one (id)); INSERT INTO one (id) VALUES ('x')")
    static let broken = step(2, "CREATE TABLE two (id TEXT PRIMARY KEY); INSERT INTO missing (id) VALUES ('x')")
    static let third = step(3, "CREATE TABLE three (id TEXT PRIMARY KEY)")

    static func recorded(in database: any Database) async throws -> [String] {
        try await database.read { connection in
            try connection.all("SELECT owner, number, applied_at FROM schema_migration ORDER BY owner, number") { row in
                let _: Instant = try row.read(2)
                return "\(try row.read(0) as String) \(try row.read(1) as Int)"
            }
        }
    }

    @Test("每步一次，按给定的次序", arguments: Engine.all)
    func runsEachOnce(_ engine: Engine) async throws {
        let database = try await engine.make()
        let other = Self.step(7, owner: "another", "CREATE TABLE four (id TEXT REFERENCES one (id))")
        try await database.migrate([])
        try await database.migrate([Self.first])
        try await database.migrate([Self.first, other, Self.second])
        try await database.migrate([Self.first, other, Self.second])
        #expect(try await Self.recorded(in: database) == ["another 7", "line 1", "line 2"])
        try await database.close()
    }

    @Test("中途失败，前面的留下，后面的不留痕迹", arguments: Engine.all)
    func failureLeavesWholeMigrations(_ engine: Engine) async throws {
        let database = try await engine.make()
        await #expect(throws: StorageError.self) { try await database.migrate([Self.first, Self.broken, Self.third]) }
        #expect(try await Self.recorded(in: database) == ["line 1"])
        // 换上正确的一步后从断处继续；若断处留下了表，这里会因重名失败。
        try await database.migrate([Self.first, Self.second, Self.third])
        #expect(try await Self.recorded(in: database) == ["line 1", "line 2", "line 3"])
        try await database.close()
    }

    @Test("数据库比程序新", arguments: Engine.all, [[first], [first, second], []])
    func newerDatabaseIsRefused(_ engine: Engine, _ older: [Migration]) async throws {
        let database = try await engine.make()
        try await database.migrate([Self.first, Self.second, Self.third])
        let refusal = await #expect(throws: Refusal.self) { try await database.migrate(older) }
        #expect(refusal?.kind == .conflict)
        #expect(refusal?.message.contains("line 3") == true)
        try await database.close()
    }

    @Test("编号次序不对", arguments: Engine.all, [
        [first, first],
        [second, first],
        [first, second, third],    // 已有 1、3，不许再补 2
    ])
    func disorderIsAMistake(_ engine: Engine, _ list: [Migration]) async throws {
        let database = try await engine.make()
        try await database.migrate([Self.first, Self.third])
        await #expect(throws: (any Error).self) { try await database.migrate(list) }
        #expect(try await Self.recorded(in: database) == ["line 1", "line 3"])
        try await database.close()
    }
}
