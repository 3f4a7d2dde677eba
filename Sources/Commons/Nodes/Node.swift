import Cryptography
import Kernel
import Storage
import Values

/// 节点。One serving process, as it stands in the common database. Its times are the database's own, so that they compare.
public struct Node: Hashable, Sendable {
    public let name: String
    /// Another start, another instance.
    public let instance: ID<Node>
    /// Host and port it listens on.
    public let address: String
    public let version: String
    /// How many migrations its program knows.
    public let steps: Int
    /// Alike on two nodes when they hold the same keys.
    public let keyPrint: String
    /// Alike on two nodes when their attachments lie in the same folder.
    public let shelf: String
    /// It waits before it stops, so that a proxy can lead people elsewhere.
    public let drains: Bool
    /// Milliseconds by which its clock is ahead of the database's.
    public let drift: Int
    public let startedAt: Instant
    public let seenAt: Instant
    public let stoppedAt: Instant?

    /// Seconds after which a silent node counts as gone: three missed heartbeats.
    static let silence = 30.0
    /// Milliseconds of drift above which codes and deadlines go wrong on this node.
    public static let driftAtMost = 5_000

    public func isLive(at now: Instant) -> Bool { stoppedAt == nil && seenAt > now.adding(seconds: -Self.silence) }

    /// Fell silent within the last day without having said that it stops.
    public func isLost(at now: Instant) -> Bool { stoppedAt == nil && !isLive(at: now) && seenAt > now.adding(seconds: -86_400) }

    /// 「在服务」「已停止」「失联」
    public func state(at now: Instant) -> String { isLive(at: now) ? "在服务" : stoppedAt == nil ? "失联" : "已停止" }
}

extension Node {
    static let columns: Statement = "name, instance, address, version, steps, key_print, shelf, drains, drift_ms, started_at, seen_at, stopped_at"

    init(_ row: Row) throws {
        (name, instance, address, version) = (try row.read(0), try row.read(1), try row.read(2), try row.read(3))
        (steps, keyPrint, shelf, drains) = (try row.read(4), try row.read(5), try row.read(6), try row.read(7))
        (drift, startedAt, seenAt, stoppedAt) = (try row.read(8), try row.read(9), try row.read(10), try row.read(11))
    }

    /// Every node of the last days, by name.
    public static func all(_ connection: any Connection) throws -> [Node] {
        try connection.all("SELECT \(columns) FROM node ORDER BY name", Node.init)
    }

    /// What is amiss among those that serve now, in sentences for whoever looks after them.
    public static func discords(_ nodes: [Node], at now: Instant) -> [String] {
        let live = nodes.filter { $0.isLive(at: now) }
        var told: [String] = []
        func compare(_ what: String, _ advice: String, by value: (Node) -> String) {
            let groups = Dictionary(grouping: live, by: value)
            guard groups.count > 1 else { return }
            let names = groups.values.map { $0.map(\.name).sorted().joined(separator: "、") }.sorted().joined(separator: "；")
            told.append("\(what)不一致（\(names)）。\(advice)")
        }
        compare("密钥", "请把现用的密钥文件复制到每个节点，否则一个节点写的另一个打不开") { $0.keyPrint }
        compare("附件目录", "请让每个节点使用同一个共享的数据目录，否则一个节点存的另一个找不到") { $0.shelf }
        compare("程序版本", "升级期间属正常；升级完成后仍不一致的，请升级落下的节点") { "\($0.version) \($0.steps)" }
        if live.count > 1 {
            let hasty = live.filter { !$0.drains }.map(\.name)
            if !hasty.isEmpty { told.append("\(hasty.joined(separator: "、")) 没有设置 drain-seconds，停止时进行中的请求可能失败。请设为 5 以上") }
        }
        for node in live where abs(node.drift) > driftAtMost { told.append("\(node.name) 的时钟与数据库相差 \(node.shownDrift)，请校准时钟（NTP）") }
        return told
    }

    /// 「快 1.5 秒」
    public var shownDrift: String {
        let tenths = (abs(drift) + 50) / 100
        return tenths < 10 ? "1 秒以内" : "\(drift > 0 ? "快" : "慢") \(tenths / 10).\(tenths % 10) 秒"
    }
}

extension Keyring {
    /// 密钥指纹。Alike for two key files exactly when they find and open the same; it gives nothing of them away.
    public func fingerprint() throws -> String {
        let names = keys.map { $0.isCurrent ? "\($0.id)*" : $0.id }.sorted().joined(separator: " ")
        return String(try digest(Array(names.utf8), for: "node").prefix(16))
    }
}
