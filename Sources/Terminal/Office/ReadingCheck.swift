import Commons
import Kernel
import Storage
import Values

extension Office {
    /// Whether what was read was written down: a note that waited for the database, or a server that was cut off, is told for thirty days.
    func readingCheck() async throws -> Check {
        let (count, delay, cut) = try await database.read { connection -> (Int, String?, String?) in
            (try connection.value("SELECT count(*) FROM access_record") ?? 0, try connection.value("SELECT value FROM mark WHERE name = \(AccessLog.delayMark)"),
             try connection.value("SELECT value FROM mark WHERE name = \(NodeRegister.cutMark)"))
        }
        let since = counter.clock.now().adding(seconds: -30 * 86_400)
        func day(_ text: String?) -> Instant? { text.flatMap { $0.split(separator: " ").last { $0.hasSuffix("Z") } }.flatMap { try? Instant(stored: .text(String($0))) } }
        if let cutAt = day(cut), cutAt > since {
            return Check("查阅留痕", .warning, "\(cutAt.shown)启动时发现上次服务没有正常停止，停止前一秒内的查阅记录可能没有写下。共 \(count) 条")
        }
        if let delay, let delayedAt = day(delay.split(separator: " ").first.map(String.init)), delayedAt > since {
            return Check("查阅留痕", .warning, "\(delayedAt.shown)起数据库一度写不进，有查阅记录推迟写入，没有丢失。原因见服务日志。共 \(count) 条")
        }
        return Check("查阅留痕", .sound, "共 \(count) 条，都已写下")
    }
}
