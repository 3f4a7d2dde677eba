import Commons
import Foundation
import Kernel
import Storage
import Values

/// What several nodes must agree on, and what the settings give away.
extension Office {
    /// Settings are valid by now; here is what is valid and unwise.
    func settingsCheck() throws -> Check {
        let secret = configuration.settings.filter { $0.shown != $0.value && !$0.value.isEmpty }
        for setting in secret {
            switch setting.source {
            case .option(let option): return Check("配置", .warning, "\(setting.name.label)写在选项 \(option) 里，本机任何人都能看到。请改写在配置文件或环境变量里")
            case .file(let path):
                guard try (DataFolder(configuration.data).mode(of: path) ?? 0) & 0o077 != 0 else { continue }
                return Check("配置", .warning, "文件 \(path) 里有\(setting.name.label)，却对其他用户开放，请执行 chmod 600 \(path)")
            case .environment, .fallback: continue
            }
        }
        if configuration.replica != nil, configuration.database == nil { return Check("配置", .warning, "设置了 replica 而没有设置 database，不起作用") }
        if configuration.allowsAsynchronousReplication { return Check("配置", .warning, "已允许异步复制：主机损坏时可能丢失刚刚办结的事项") }
        let given = configuration.settings.count { $0.source != .fallback }
        return Check("配置", .sound, "共 \(configuration.settings.count) 项，另行设置 \(given) 项；来源见 minzheng config show")
    }

    /// Nodes that serve now must hold the same keys, the same attachments, the same program.
    func nodeCheck() async throws -> Check {
        let (nodes, now) = try await database.read { (try Node.all($0), try $0.databaseTime()) }
        let live = nodes.filter { $0.isLive(at: now) }, discords = Node.discords(nodes, at: now)
        let own = try house.keyring.fingerprint(), strangers = live.filter { $0.keyPrint != own }.map(\.name)
        if discords.isEmpty, !strangers.isEmpty {
            return Check("服务节点", .warning, "本机的密钥与正在服务的 \(strangers.joined(separator: "、")) 不同，请核对数据目录里的密钥文件")
        }
        guard discords.isEmpty else { return Check("服务节点", .warning, discords.joined(separator: "；")) }
        let lost = nodes.filter { $0.isLost(at: now) }.map { "\($0.name)（最近报到 \($0.seenAt.shown)）" }
        guard lost.isEmpty else { return Check("服务节点", .warning, "\(lost.joined(separator: "、")) 没有正常停止就失联了，请查看它的日志；已另行启动或停用的，一天后不再提示") }
        return Check("服务节点", .sound, live.isEmpty ? "现在没有节点在服务" : "\(live.count) 个在服务：\(live.map(\.name).joined(separator: "、"))")
    }

    /// A code of the second step, a deadline and the order of ids go by this machine's clock.
    func clockCheck() async throws -> Check {
        let before = Date().timeIntervalSince1970, told = try await database.read { try $0.databaseTime() }, after = Date().timeIntervalSince1970
        let ahead = (before + after) / 2 - told.secondsSince1970, text = "与数据库相差 \(Int(abs(ahead).rounded())) 秒"
        guard abs(ahead) * 1000 > Double(Node.driftAtMost) else { return Check("时钟", .sound, text) }
        return Check("时钟", abs(ahead) > 60 ? .fault : .warning, text + "，请校准本机时钟（NTP）")
    }
}
