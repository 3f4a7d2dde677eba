import Storage
import Values

/// 独占锁。An advisory lock of one session: it goes with the session, and then somebody else may have it.
struct ErrandLock: Sendable {
    private let key: Int
    private let name: String

    init(_ key: Int, _ name: String) {
        (self.key, self.name) = (key, name)
    }

    var wasLost: StorageError { .connection("办理 \(name) 时与数据库的连接断过，独占锁已失效，另一台节点可能已接手") }

    /// - Returns: whether it is ours now.
    func take(_ connection: any Connection) throws -> Bool {
        try connection.value("SELECT CAST(pg_try_advisory_lock(\(key)) AS INTEGER)") == 1
    }

    /// - Returns: whether it was still ours.
    func release(_ connection: any Connection) throws -> Bool {
        try connection.value("SELECT CAST(pg_advisory_unlock(\(key)) AS INTEGER)") == 1
    }

    /// Whether this session still has it.
    func stands(_ connection: any Connection) throws -> Bool {
        let held = try connection.value("""
            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted AND objsubid = 1
            AND ((CAST(classid AS BIGINT) << 32) | CAST(objid AS BIGINT)) = \(key)
            """) ?? 0
        return held > 0
    }
}
