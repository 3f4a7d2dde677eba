import GRDB
import Storage

/// 已核实的设置。What the writing connection was found to hold after it was told.
struct Settings: Sendable {
    /// SQLite's `PRAGMA synchronous`.
    enum Durability: Int, Sendable {
        case off, normal, full, extra

        var shown: String { "\(self)".uppercased() }
    }

    let journalMode: String
    let durability: Durability

    /// - Throws: `StorageError.connection` unless commits survive a power cut and foreign keys hold.
    init(journalMode: String?, synchronous: Int?, foreignKeys: Int?, checksReferences: Bool = true) throws(StorageError) {
        guard let journalMode, journalMode == "wal" else { throw .connection("日志模式须为 WAL，实为 \(journalMode ?? "未知")") }
        guard let durability = synchronous.flatMap(Durability.init), durability == .full else {
            throw .connection("同步级别须为 FULL（2），实为 \(synchronous.map(String.init) ?? "未知")，断电可能丢失已确认的记录")
        }
        guard foreignKeys == 1 || !checksReferences else { throw .connection("外键检查未能开启") }
        self.journalMode = journalMode
        self.durability = durability
    }

    static func enforced(on database: GRDB.Database, checksReferences: Bool) throws -> Settings {
        try database.execute(sql: "PRAGMA synchronous = FULL")
        // The writer keeps the pages of a large import at hand (48 MB) and moves the log into the file in larger strokes (32 MB).
        try database.execute(sql: "PRAGMA cache_size = -49152")
        try database.execute(sql: "PRAGMA wal_autocheckpoint = 8000")
        return try Settings(
            journalMode: String.fetchOne(database, sql: "PRAGMA journal_mode"),
            synchronous: Int.fetchOne(database, sql: "PRAGMA synchronous"),
            foreignKeys: Int.fetchOne(database, sql: "PRAGMA foreign_keys"), checksReferences: checksReferences)
    }
}
