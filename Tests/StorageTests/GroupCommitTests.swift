@testable import SQLiteStorage
import Storage
import Testing
import Values

@Suite("成组提交")
struct GroupCommitTests {
    /// Groups stay open as long as anyone waits, so that tests decide who shares one.
    static var patient: SQLiteConfiguration {
        var configuration = SQLiteConfiguration()
        configuration.groupTime = .seconds(60)
        return configuration
    }

    /// Runs the writes as one group, and tells how each of them ended.
    static func together(
        _ writes: [@Sendable (any Connection) throws -> Void], in database: SQLiteDatabase
    ) async throws -> [Result<Void, any Error>] {
        let gate = Gate()
        async let holding: Void = database.bulk { _ in gate.hold() }
        await gate.arrival()
        var callers: [Task<Void, any Error>] = []
        for write in writes {
            callers.append(Task { try await database.write(write) })
            try await waiting(callers.count, in: database)
        }
        gate.open()
        try await holding
        var results: [Result<Void, any Error>] = []
        for caller in callers { results.append(await caller.result) }
        return results
    }

    static func waiting(_ count: Int, in database: SQLiteDatabase) async throws {
        while try await !database.health().contains(where: { $0.name == "等待写入" && $0.value == "\(count)" }) {
            await Task.yield()
        }
    }

    static func errors(_ results: [Result<Void, any Error>]) -> [String] {
        results.map { result in
            switch result {
            case .success: "成"
            case .failure(let error): "\(error)"
            }
        }
    }

    @Test func oneFailureLeavesTheOthers() async throws {
        let database = try SQLiteDatabase.temporary(Self.patient)
        try await database.migrate([schema])
        let results = try await Self.together([
            { try $0.addHome("a") },
            { connection in
                try connection.addHome("b")
                throw Refusal(.invalid, "不收")
            },
            { try $0.addHome("a") },
            { #expect(try $0.homes() == ["a"]); try $0.addHome("c") },
        ], in: database)
        #expect(Self.errors(results) == ["成", "不收", StorageError.unique("home.id").description, "成"])
        try await database.expectHomes(["a", "c"])
        try await database.close()
    }

    @Test("磁盘写满，全组都不算数", arguments: [false, true])
    func fullDiskFailsTheGroup(swallowed: Bool) async throws {
        let database = try SQLiteDatabase.temporary(Self.patient)
        try await database.migrate([schema])
        try await database.write { connection in
            let pages: Int? = try connection.value("PRAGMA page_count")
            try connection.each("PRAGMA max_page_count = 40") { _ in #expect((pages ?? 99) < 30) }
        }
        let results = try await Self.together([
            { try $0.addHome("a") },
            { connection in
                do {
                    try connection.addHome(String(repeating: "满", count: 200_000))
                } catch where swallowed {}
            },
            { try $0.addHome("c") },
        ], in: database)
        // 写满之前的和写满的一起失败；其后的另起一组。
        #expect(Self.errors(results) == [StorageError.full.description, StorageError.full.description, "成"])
        try await database.expectHomes(["c"])
        #expect(try await database.integrityCheck() == [])
        try await database.close()
    }

    @Test func endingTheTransactionIsCaught() async throws {
        let database = try SQLiteDatabase.temporary(Self.patient)
        try await database.migrate([schema])
        let results = try await Self.together([
            { try $0.addHome("a") },
            { try $0.run("ROLLBACK") },
        ], in: database)
        #expect(!Self.errors(results).contains("成"))
        try await database.write { try $0.addHome("b") }
        try await database.expectHomes(["b"])
        try await database.close()
    }

    @Test func failedCommitFailsTheGroup() async throws {
        let database = try SQLiteDatabase.temporary(Self.patient)
        try await database.migrate([schema])
        let results = try await Self.together([
            { try $0.addHome("a") },
            { connection in
                try connection.run("PRAGMA defer_foreign_keys = ON")
                try connection.addResident("r1", home: "gone")
            },
        ], in: database)
        #expect(Self.errors(results) == Array(repeating: StorageError.foreignKey.description, count: 2))
        try await database.write { try $0.addHome("b") }
        try await database.expectHomes(["b"])
        try await database.close()
    }

    @Test func fullQueueRefuses() async throws {
        var configuration = Self.patient
        configuration.queueLimit = 2
        let database = try SQLiteDatabase.temporary(configuration)
        try await database.migrate([schema])
        let gate = Gate()
        async let holding: Void = database.write { _ in gate.hold() }
        await gate.arrival()
        let first = Task { try await database.write { try $0.addHome("a") } }
        let second = Task { try await database.bulk { try $0.addHome("b") } }
        try await Self.waiting(2, in: database)
        let refusal = await #expect(throws: Refusal.self) { try await database.write { try $0.addHome("c") } }
        #expect(refusal?.kind == .busy)
        gate.open()
        try await holding
        try await first.value
        try await second.value
        try await database.expectHomes(["a", "b"])
        try await database.close()
    }

    @Test("每组有上限", arguments: [1, 2, 256])
    func groupsAreBounded(_ limit: Int) async throws {
        var configuration = Self.patient
        configuration.groupLimit = limit
        let database = try SQLiteDatabase.temporary(configuration)
        try await database.migrate([schema])
        let results = try await Self.together((0..<5).map { index in { try $0.addHome("h\(index)") } }, in: database)
        #expect(Self.errors(results) == Array(repeating: "成", count: 5))
        #expect(try await database.homes().count == 5)
        try await database.close()
    }

    @Test func twoProcessesShareAFile() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path(of: "a.db")
        let databases = [try SQLiteDatabase(path: path), try SQLiteDatabase(path: path)]
        for database in databases { try await database.migrate([schema]) }
        try await databases[0].write { try $0.addHome("a", beds: 0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for database in databases {
                group.addTask { for _ in 0..<50 { try await database.write { try $0.addOneBed(to: "a") } } }
            }
            try await group.waitForAll()
        }
        let beds: Int? = try await databases[1].read { try $0.value("SELECT beds FROM home") }
        #expect(beds == 100)
        for database in databases { try await database.close() }
    }

    @Test func anotherProcessHoldsTheFile() async throws {
        let folder = try TemporaryFolder()
        var hasty = Self.patient
        hasty.busyTimeout = 0.01
        let (holder, other) = (try SQLiteDatabase(path: folder.path(of: "a.db")), try SQLiteDatabase(path: folder.path(of: "a.db"), configuration: hasty))
        try await holder.migrate([schema])
        let gate = Gate()
        async let holding: Void = holder.write { _ in gate.hold() }
        await gate.arrival()
        await #expect(throws: StorageError.busy) { try await other.write { try $0.addHome("a") } }
        gate.open()
        try await holding
        try await other.write { try $0.addHome("a") }
        try await holder.expectHomes(["a"])
        try await holder.close()
        try await other.close()
    }
}
