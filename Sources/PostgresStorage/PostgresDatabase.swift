import Foundation
import Storage
import Synchronization
import Values

/// PostgreSQL 数据库。The cluster: several nodes share it, acts run as if they came one after another, lists may be read from a copy.
///
/// Acts are SERIALIZABLE and tried again when they cross; readings see one snapshot; long work sees one snapshot and has no time limit.
/// Every session has a thread of its own. Money and decisions are read and written on the primary only.
public final class PostgresDatabase: Database {
    private let writers: Pool
    private let readers: Pool
    private let copy: Pool?
    private let errandDesk: Pool
    private let errands = Mutex<Set<SoleErrand>>([])
    private let configuration: PostgresConfiguration
    private let address: ServerAddress
    /// Made for tests; goes with the database.
    private let temporarySchema: String?
    private let isClosed = Mutex(false)

    /// - Parameter url: `postgres://user:password@host,host/database?sslmode=verify-full&sslrootcert=…`
    /// - Throws: `StorageError.connection` when the address is faulty. Nothing is connected yet.
    public convenience init(_ url: String, configuration: PostgresConfiguration = PostgresConfiguration()) throws {
        try self.init(url, configuration, temporarySchema: nil)
    }

    private init(_ url: String, _ configuration: PostgresConfiguration, temporarySchema: String?) throws {
        let address = try ServerAddress(url, configuration)
        self.address = address
        self.configuration = configuration
        self.temporarySchema = temporarySchema
        writers = Pool(to: address, size: configuration.writers, limit: configuration.queueLimit)
        readers = Pool(to: address, size: configuration.readers, limit: configuration.queueLimit)
        copy = try configuration.replica.map { Pool(to: try ServerAddress($0, configuration, isCopy: true), size: configuration.readers, limit: configuration.queueLimit) }
        errandDesk = Pool(to: address, size: 1, limit: .max)
    }

    deinit {
        guard let temporarySchema, !isClosed.withLock({ $0 }) else { return }
        // Whoever let the database go without closing it has nobody left to tell; the test server goes as a whole.
        Self.inBackground(writers) { try Self.drop(temporarySchema, $0) }
    }

    // MARK: Leases

    public func read<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome {
        try await perform(.read, on: readers, body)
    }

    public func glance<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome {
        guard let copy else { return try await read(body) }
        do {
            return try await perform(.glance(lagAtMost: configuration.lagAtMost.inSeconds), on: copy, patience: .zero, body)
        } catch is TooFarBehind {
            return try await read(body)
        } catch StorageError.connection {
            return try await read(body)
        }
    }

    public func survey<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome {
        try await perform(.survey, on: readers, body)
    }

    @discardableResult
    public func write<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome {
        try await perform(.act, on: writers, body)
    }

    public func confirm<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome {
        try await perform(.confirm, on: writers, body)
    }

    @discardableResult
    public func bulk<Outcome: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Outcome) async throws -> Outcome {
        try await perform(.bulk, on: writers, body)
    }

    private func perform<Outcome: Sendable>(
        _ lease: Lease, on pool: Pool, patience: Duration? = nil, _ body: @escaping @Sendable (any Connection) throws -> Outcome
    ) async throws -> Outcome {
        let token = LeaseToken(), patience = patience ?? configuration.patience
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (caller: CheckedContinuation<Outcome, any Error>) in
                pool.submit(Pool.Job(perform: { session in
                    caller.resume(with: Result { try Attempt(lease: lease, patience: patience, token: token, body: body).run(on: session) })
                }, fail: { caller.resume(throwing: $0) }))
            }
        } onCancel: {
            switch lease {
            case .read, .survey, .glance: token.cancel()
            case .act, .bulk, .confirm: break
            }
        }
    }

    // MARK: Errands

    public func alone<Outcome: Sendable>(at errand: SoleErrand, _ work: @escaping @Sendable () async throws -> Outcome) async throws -> Outcome? {
        guard errands.withLock({ $0.insert(errand).inserted }) else { return nil }
        defer { errands.withLock { _ = $0.remove(errand) } }
        let lock = ErrandLock(lockKey(errand), errand.name)
        guard try await perform(.bulk, on: errandDesk, lock.take) else { return nil }
        do {
            let outcome = try await watching(lock, work)
            guard try await perform(.bulk, on: errandDesk, lock.release) else { throw lock.wasLost }
            return outcome
        } catch {
            // A lock that can't be given back went with its session.
            _ = try? await perform(.bulk, on: errandDesk, patience: .zero, lock.release)
            throw error
        }
    }

    /// Does the work while the lock stands; asked as a write, which nobody calls off half-way: a reading called off would take its session with it, and the lock.
    /// When the lock is gone the work is cancelled, since another node may be at it.
    private func watching<Outcome: Sendable>(_ lock: ErrandLock, _ work: @escaping @Sendable () async throws -> Outcome) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask { try await work() }
            group.addTask { [self] in
                while true {
                    try await Task.sleep(for: configuration.lockLookedAt)
                    guard try await perform(.bulk, on: errandDesk, lock.stands) else { throw lock.wasLost }
                }
            }
            defer { group.cancelAll() }
            while let outcome = try await group.next() {
                if let outcome { return outcome }
            }
            throw lock.wasLost
        }
    }

    /// Locks are numbers shared by all who use the server's database: FNV-1a of the schema and the errand.
    private func lockKey(_ errand: SoleErrand) -> Int {
        let name = "minzheng/\(configuration.schema ?? "")/\(errand.name)"
        let hash = name.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        return Int(Int64(bitPattern: hash))
    }

    // MARK: State

    public func close() async throws {
        guard isClosed.withLock({ isClosed in
            defer { isClosed = true }
            return !isClosed
        }) else { return }
        for pool in [writers, readers, errandDesk] + [copy].compactMap(\.self) { await pool.end() }
        guard let temporarySchema else { return }
        // Only when nothing waits any more: what was accepted still finds its tables.
        let sweeper = Pool(to: address, size: 1, limit: 1)
        Self.inBackground(sweeper) { try Self.drop(temporarySchema, $0) }
        await sweeper.end()
    }

    public func health() async throws -> [(name: String, value: String)] {
        let waiting = writers.waiting + readers.waiting, sessions = writers.sessions + readers.sessions
        let facts = try await read { connection -> [(name: String, value: String)] in
            let row = try connection.first("""
                SELECT current_setting('server_version'), current_setting('synchronous_commit'), current_setting('synchronous_standby_names'),
                       (SELECT count(*) FROM pg_stat_replication), pg_database_size(current_database()), current_setting('data_checksums')
                """, \.self)
            guard let row else { return [] }
            let standbys: String = try row.read(2)
            return [
                ("数据库引擎", "PostgreSQL \(try row.read(0) as String)"), ("提交方式", try row.read(1)), ("同步备库", standbys.isEmpty ? "没有" : standbys),
                ("页面校验", try row.read(5) == "on" ? "开" : "没有开，请用 pg_checksums --enable 开启"), ("相连备库", "\(try row.read(3) as Int)"), ("数据字节数", "\(try row.read(4) as Int)"),
            ]
        }
        return [("主机", address.shown)] + facts + [("会话数", "\(sessions)"), ("等待办理", "\(waiting)")]
    }

    public func gauges() -> [Gauge] {
        let pools: [(name: String, what: String, pool: Pool?)] = [("write_pool", "办件", writers), ("read_pool", "查询", readers), ("copy_pool", "只读副本", copy)]
        return pools.flatMap { name, what, pool -> [Gauge] in
            guard let pool else { return [] }
            return [Gauge("\(name)_sessions", "\(what)会话数", pool.sessions), Gauge("\(name)_size", "\(what)会话上限", pool.size),
                    Gauge("\(name)_waiting", "等待\(what)会话的请求", pool.waiting), Gauge("\(name)_waiting_limit", "等待\(what)会话的上限", pool.limit)]
        }
    }

    /// The server keeps its keys by constraint, and its pages under checksums where they are on (`health`); looked for is what slips through both.
    public func integrityCheck() async throws -> [String] {
        try await read { connection in
            var faults: [String] = []
            faults += try connection.all("SELECT c.relname FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid WHERE NOT i.indisvalid ORDER BY c.relname") {
                "索引 \(try $0.read(0) as String) 无效，请用 REINDEX 重建"
            }
            faults += try connection.all("SELECT conname FROM pg_constraint WHERE NOT convalidated ORDER BY conname") { "约束 \(try $0.read(0) as String) 尚未核对" }
            faults += try connection.strayRows()
            return faults
        }
    }
}

extension PostgresDatabase {
    /// A database in a schema of its own, which goes when it is closed or let go.
    public static func temporary(at url: String, _ configuration: PostgresConfiguration = PostgresConfiguration()) async throws -> PostgresDatabase {
        var configuration = configuration
        let schema = "t" + String(UInt64.random(in: .min ... .max), radix: 36)
        configuration.schema = schema
        let database = try PostgresDatabase(url, configuration, temporarySchema: schema)
        try await database.makeSchema()
        return database
    }

    /// Makes the schema of the configuration if it isn't there.
    public func makeSchema() async throws {
        guard let schema = configuration.schema else { return }
        try await bulk { _ = try $0.run("CREATE SCHEMA IF NOT EXISTS \(try Statement(identifier: schema))") }
    }

    /// Removes a schema with all it holds.
    public func dropSchema(_ schema: String) async throws { try await bulk { try Self.drop(schema, $0) } }

    private static func drop(_ schema: String, _ connection: any Connection) throws {
        try connection.run("DROP SCHEMA IF EXISTS \(try Statement(identifier: schema)) CASCADE")
    }

    private static func inBackground(_ pool: Pool, _ body: @escaping @Sendable (any Connection) throws -> Void) {
        pool.submit(Pool.Job(perform: { session in
            _ = Result { try Attempt(lease: .bulk, patience: .zero, token: LeaseToken(), body: body).run(on: session) }
        }, fail: { _ in }))
        pool.close()
    }

    /// 服务器的设置。What the house asserts of a server before it trusts it.
    /// - Throws: `StorageError.connection` in plain words: too old, another encoding or order of text, commits that may be lost.
    public func requireSound() async throws {
        let facts = try await perform(.read, on: readers, patience: .zero) { connection in
            try connection.first("""
                SELECT CAST(current_setting('server_version_num') AS BIGINT), current_setting('server_encoding'), d.datcollate, current_setting('synchronous_commit')
                FROM pg_database AS d WHERE d.datname = current_database()
                """, \.self)
        }
        guard let facts else { throw StorageError.connection("读不到服务器的设置") }
        let version: Int = try facts.read(0), encoding: String = try facts.read(1), collation: String = try facts.read(2), commit: String = try facts.read(3)
        guard version >= 150_000 else { throw StorageError.connection("PostgreSQL 须为 15 或更新，现为 \(version / 10_000)") }
        guard encoding == "UTF8" else { throw StorageError.connection("数据库编码须为 UTF8，现为 \(encoding)") }
        guard ["C", "C.UTF-8", "C.utf8", "POSIX"].contains(collation) else {
            throw StorageError.connection("数据库的排序规则须为 C（现为 \(collation)）：请用 CREATE DATABASE … TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' 重建")
        }
        guard commit != "off" else { throw StorageError.connection("synchronous_commit 不能为 off：断电会丢失已确认的记录") }
    }
}
