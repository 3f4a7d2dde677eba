import Kernel
import Pages
import Storage
import Values

/// 最近一次备份。Noted in the database by the backup itself.
public enum LastBackup {
    private static let mark = "backup:last"

    public static func note(_ at: Instant, on database: any Database) async throws {
        try await database.write { connection in
            try connection.run("INSERT INTO mark (name, value) VALUES (\(mark), \(at)) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        }
    }

    /// Nil when there never was one.
    public static func at(_ connection: any Connection) throws -> Instant? {
        try connection.value("SELECT value FROM mark WHERE name = \(mark)")
    }

    /// A backup older than a day is an old one.
    public static func isOld(_ at: Instant?, now: Instant) -> Bool { at.map { $0 < now.adding(seconds: -86_400) } ?? true }
}

extension Reader {
    /// Told to who looks after the machine; a demonstration needs no backup.
    func backupWarning() throws -> NoticeBoxView? {
        guard actor.role == .systemAdministrator, try connection.value("SELECT count(*) FROM mark WHERE name = 'demo'") ?? 0 == 0 else { return nil }
        let last = try LastBackup.at(connection)
        guard LastBackup.isOld(last, now: now) else { return nil }
        return NoticeBoxView(.warn, last == nil ? "还没有做过备份" : "最近一次备份在\(last?.shown ?? "")，已超过一天",
                             "请在服务器上运行 minzheng backup --to 备份目录，并设为每天自动运行。")
    }
}
