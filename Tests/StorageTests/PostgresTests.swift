import PostgresStorage
import Storage
import Testing
import TestSupport
import Values

@Suite("PostgreSQL")
struct PostgresTests {
    @Test("本机怎么连都行；别的机器须核对证书", arguments: [
        ("postgres://u@127.0.0.1/mz", true), ("postgres://u@127.0.0.2:5433/mz", true), ("postgres://u@localhost/mz", true), ("postgres://u@[::1]/mz", true),
        ("postgres:///mz?host=/run/postgresql", true), ("postgres://u@127.0.0.1:1,127.0.0.1:2/mz?sslmode=disable", true),
        ("postgres://u@db1/mz", true), ("postgres://u@db1,db2/mz?sslmode=verify-full&sslrootcert=/etc/ca.pem", true),
        ("postgres://u@db1/mz?sslmode=require", false), ("postgres://u@db1/mz?sslmode=verify-ca", false), ("postgres://u@127.0.0.1,db2/mz?sslmode=prefer", false),
        ("postgres://u@10.1.2.3/mz?sslmode=disable", false), ("mysql://u@127.0.0.1/mz", false),
    ])
    func addresses(_ url: String, _ isTaken: Bool) async throws {
        if isTaken {
            try await PostgresDatabase(url).close()
        } else {
            #expect(throws: StorageError.self) { try PostgresDatabase(url) }
        }
    }

    /// The holder's session is cut; looked at every few milliseconds, or not before the work has ended.
    @Test("独占锁随连接丢失：办理的人知道", .enabled(if: TestDatabase.cluster != nil), arguments: [true, false])
    func lostLocks(_ isWatched: Bool) async throws {
        guard let cluster = TestDatabase.cluster else { return }
        let name = "cut-\(UInt64.random(in: 0 ... .max))", errand = SoleErrand(name)
        var configuration = PostgresConfiguration()
        configuration.lockLookedAt = isWatched ? .milliseconds(20) : .seconds(3_600)
        let database = try await PostgresDatabase.temporary(at: "\(cluster)?application_name=\(name)", configuration)
        let told = await #expect(throws: StorageError.self) {
            try await database.alone(at: errand) {
                try await database.write { connection in
                    _ = try connection.value("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = \(name) AND pid <> pg_backend_pid()") as Int?
                }
                // Nobody would wait so long: the work is called off.
                if isWatched { try await Task.sleep(for: .seconds(3_600)) }
            }
        }
        #expect(told?.description.contains("独占锁已失效") == true)
        let again = try await database.alone(at: errand) { true }
        #expect(again == true)
        try await database.close()
    }

    @Test("确认后再读：所见照常，错误原样返回", arguments: Engine.all)
    func confirmedReadings(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.write { try $0.addHome("a") }
            let homes = try await database.confirm { try $0.homes() }
            #expect(homes == ["a"])
            await #expect(throws: Stop()) { try await database.confirm { _ in throw Stop() } }
        }
    }
}
