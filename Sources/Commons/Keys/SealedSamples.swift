import Cryptography
import Foundation
import Kernel
import Storage
import Values

extension [SealedPlace] {
    /// How many values rest under which key, in one database.
    public func keyCounts(_ connection: any Connection) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for place in self {
            for (start, count) in try place.counts(connection) { counts[Keyring.key(of: start + ".") ?? Resealing.unsealed, default: 0] += count }
        }
        return counts
    }
}

extension SealedPlace {
    /// Opens the first values of the column.
    /// - Returns: what can't be opened, told by place and never by value.
    public func sampleFaults(_ keyring: Keyring, _ connection: any Connection, limit: Int = 50) throws -> [String] {
        let failed = try stale(after: nil, unlike: "~", limit: limit, connection).count { row in
            do { _ = try reseal(row.text, keyring); return false } catch { return true }
        }
        return failed > 0 ? ["\(name) 抽查的密文中有 \(failed) 条打不开"] : []
    }
}

extension AttachmentShelf {
    /// Opens a sealed file and compares its content with its name; nil when all is well.
    public func fault(in name: String) throws -> String? {
        guard !name.contains(".") else { return nil }
        do {
            guard let content = try read(.whole, of: name) else { return "附件 \(name) 不在了" }
            return try hash(content, .international).hex == name ? nil : "附件 \(name) 的内容与摘要不符"
        } catch {
            return "附件 \(name) 打不开"
        }
    }
}
