import Foundation
import GRDB
import Storage
import Values

/// SQLite 数据库。The embedded engine: one file, many readers on snapshots, one writer that commits in groups.
///
/// WAL with `synchronous = FULL`: what `write` returned from survives a power cut. The driver's own set-up chooses NORMAL,
/// which may lose acknowledged payments, so FULL is set after opening and the start fails unless it holds.
public final class SQLiteDatabase: Storage.Database {
    let pool: DatabasePool
    let writer: Writer
    private let settings: Settings
    private let errands: Errands
    /// Removed after the pool has let go of the file. Declared last, so that it is also released last.
    private let folder: TemporaryFolder?

    /// Opens the file, making it if there is none.
    /// - Throws: `StorageError.connection` if it cannot be opened or cannot promise durability.
    public convenience init(path: String, configuration: SQLiteConfiguration = SQLiteConfiguration()) throws {
        try self.init(path: path, configuration: configuration, folder: nil)
    }

    /// A database in a temporary folder of its own, which goes when the database is closed or let go.
    public static func temporary(_ configuration: SQLiteConfiguration = SQLiteConfiguration()) throws -> SQLiteDatabase {
        let folder = try TemporaryFolder()
        return try SQLiteDatabase(path: folder.path(of: "minzheng.db"), configuration: configuration, folder: folder)
    }

    private init(path: String, configuration: SQLiteConfiguration, folder: TemporaryFolder?) throws {
        _ = EngineSetup.isDone
        let pool = try translatingErrors { try DatabasePool(path: path, configuration: configuration.driver) }
        settings = try pool.writeWithoutTransaction { database in
            try translatingErrors { try Settings.enforced(on: database, checksReferences: configuration.checksReferences) }
        }
        writer = Writer(pool, configuration)
        errands = Errands(beside: path)
        self.pool = pool
        self.folder = folder
    }

    public func read<Outcome: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Outcome
    ) async throws -> Outcome {
        do {
            return try await pool.read { try body(SQLiteConnection($0)) }
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    @discardableResult
    public func write<Outcome: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Outcome
    ) async throws -> Outcome {
        try await writer.perform(.grouped, body)
    }

    @discardableResult
    public func bulk<Outcome: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Outcome
    ) async throws -> Outcome {
        try await writer.perform(.alone, body)
    }

    public func alone<Outcome: Sendable>(
        at errand: SoleErrand, _ work: @escaping @Sendable () async throws -> Outcome
    ) async throws -> Outcome? {
        guard let hold = try errands.take(errand) else { return nil }
        defer { hold.release() }
        return try await work()
    }

    public func close() async throws {
        writer.close()
        try await pool.closeWhenIdle()
        try folder?.remove()
    }
}

extension SQLiteDatabase {
    public func health() async throws -> [(name: String, value: String)] {
        let waiting = writer.waiting
        let (version, pages, pageSize) = try await read { connection in
            let version: String? = try connection.value("SELECT sqlite_version()")
            let pages: Int? = try connection.value("PRAGMA page_count")
            let pageSize: Int? = try connection.value("PRAGMA page_size")
            return (version, pages ?? 0, pageSize ?? 0)
        }
        return [
            ("数据库引擎", "SQLite \(version ?? "")"),
            ("日志模式", settings.journalMode),
            ("同步级别", settings.durability.shown),
            ("数据页数", "\(pages)"),
            ("数据文件字节数", "\(pages * pageSize)"),
            ("等待写入", "\(waiting)"),
        ]
    }

    public func gauges() -> [Gauge] {
        [Gauge("write_queue_waiting", "等待写入的办件数", writer.waiting), Gauge("write_queue_limit", "等待写入的上限", writer.limit)]
    }

    /// Every fault found in the file, in the engine's words: broken pages and indexes, then rows that refer to none.
    /// Empty is sound. Reads the whole file.
    public func integrityCheck() async throws -> [String] {
        try await read { connection in
            let faults: [String] = try connection.all("PRAGMA integrity_check") { try $0.read(0) }
            let orphans = try connection.all("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check") { row in
                "外键失效：\(try row.read(0) as String) 第 \(try row.read(1) ?? 0) 行引用的 \(try row.read(2) as String) 不存在"
            }
            return faults.filter { $0 != "ok" } + orphans
        }
    }

    /// Moves what the log holds into the file and empties the log. Waits its turn among the writes.
    public func checkpoint() async throws {
        try await writer.perform(.bare) { connection in
            _ = try connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }
}

extension SQLiteConfiguration {
    fileprivate var driver: Configuration {
        var driver = Configuration()
        driver.foreignKeysEnabled = checksReferences
        driver.maximumReaderCount = readers
        driver.busyMode = .timeout(busyTimeout)
        return driver
    }
}

extension DatabasePool {
    /// Closing waits for those who still read or write, so it happens on a thread of its own.
    fileprivate func closeWhenIdle() async throws {
        try await withCheckedThrowingContinuation { (caller: CheckedContinuation<Void, any Error>) in
            DispatchQueue.global().async {
                caller.resume(with: Swift.Result { try translatingErrors { try self.close() } })
            }
        }
    }
}
