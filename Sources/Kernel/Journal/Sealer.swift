import Cryptography
import Storage
import Values

/// 封存。Chains committed entries into blocks just behind the acts, so that a later change of any of them shows.
///
/// A block's hash covers its number, the hash before it, how many entries it holds and their Merkle root.
/// Entries are chosen by "not yet sealed", never by the highest id: a slow transaction is sealed when it arrives.
public struct Sealer: Sendable {
    let database: any Database
    let clock: any WallClock

    public init(database: any Database, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Seals what is waiting, at most `limit` entries in one block.
    /// - Returns: how many entries were sealed.
    @discardableResult
    public func sealWaiting(limit: Int = 4096) async throws -> Int {
        let now = clock.now()
        return try await database.alone(at: .sealer) { try await database.bulk { try Self.seal($0, limit, at: now) } } ?? 0
    }

    private static func seal(_ connection: any Connection, _ limit: Int, at now: Instant) throws -> Int {
        let entries = try connection.all("SELECT \(Self.columns) FROM journal WHERE block IS NULL ORDER BY id LIMIT \(limit)", Self.leaf)
        guard !entries.isEmpty else { return 0 }
        let last = try connection.first("SELECT number, hash FROM journal_block ORDER BY number DESC LIMIT 1") { (try $0.read(0) as Int, try $0.read(1) as String) }
        let number = (last?.0 ?? 0) + 1, before = last?.1 ?? Self.genesis
        let root = try Self.merkleRoot(entries.map(\.hash))
        let hash = try Self.blockHash(number: number, before: before, count: entries.count, root: root, at: now)
        try connection.run("""
            INSERT INTO journal_block (number, before_hash, entries, root, sealed_at, hash) VALUES (\(number), \(before), \(entries.count), \(root), \(now), \(hash))
            """)
        // One snapshot: what is marked are the entries just read, and none that came between.
        let marked = try connection.run("UPDATE journal SET block = \(number) WHERE block IS NULL AND id <= \(entries.last?.id)")
        guard marked == entries.count else { throw StorageError.other("封存时日志变动：应封 \(entries.count) 条，实封 \(marked) 条") }
        return entries.count
    }

    /// Everything an entry says; its place in a block excepted.
    static let columns: Statement = "id, at, actor, actor_name, actor_role, region, action, subject, digest, rulings, cause, moved_to, message, link, attachments"
    static let genesis = String(repeating: "0", count: 64)

    static func leaf(_ row: Row) throws -> (id: String, hash: String) {
        // An entry without attachments reads as it did before there were any in the journal.
        let parts = (0 ..< (row[14] == .null ? 14 : 15)).map { index -> String in
            switch row[index] {
            case .text(let text): "\(text.utf8.count):\(text)"
            case .integer(let number): "i\(number)"
            case .null: "-"
            }
        }
        return (try row.read(0), try hashed("leaf|" + parts.joined(separator: "|")))
    }

    static func merkleRoot(_ leaves: [String]) throws -> String {
        var level = leaves
        while level.count > 1 {
            level = try stride(from: 0, to: level.count, by: 2).map { index in
                index + 1 < level.count ? try hashed("node|\(level[index])|\(level[index + 1])") : level[index]
            }
        }
        return level.first ?? genesis
    }

    static func blockHash(number: Int, before: String, count: Int, root: String, at: Instant) throws -> String {
        try hashed("block|\(number)|\(before)|\(count)|\(root)|\(at.typed)")
    }
}

/// What `verify journal` finds.
public struct JournalVerdict: Sendable, Hashable {
    public let blocks: Int
    public let sealedEntries: Int
    public let unsealedEntries: Int
    /// The hash of the last block: print it, and nobody can change what is before it unseen.
    public let head: String
    public let faults: [String]
    public var isSound: Bool { faults.isEmpty }
}

extension Sealer {
    /// Recomputes every hash from the rows and names the block that doesn't agree.
    public static func verify(_ database: any Database) async throws -> JournalVerdict {
        try await database.read { connection in
            var faults: [String] = [], before = genesis, sealed = 0, expected = 1
            let blocks = try connection.all("SELECT number, before_hash, entries, root, sealed_at, hash FROM journal_block ORDER BY number") { row in
                (number: try row.read(0) as Int, before: try row.read(1) as String, count: try row.read(2) as Int,
                 root: try row.read(3) as String, at: try row.read(4) as Instant, hash: try row.read(5) as String)
            }
            for block in blocks {
                let entries = try connection.all("SELECT \(columns) FROM journal WHERE block = \(block.number) ORDER BY id", leaf)
                sealed += entries.count
                if block.number != expected { faults.append("第 \(expected) 块缺失") }
                if block.before != before { faults.append("第 \(block.number) 块与前一块不相接") }
                if entries.count != block.count { faults.append("第 \(block.number) 块应有 \(block.count) 条，现有 \(entries.count) 条") }
                if try merkleRoot(entries.map(\.hash)) != block.root { faults.append("第 \(block.number) 块的内容被改动过（\(entries.first?.id ?? "空") 至 \(entries.last?.id ?? "空")）") }
                if try blockHash(number: block.number, before: block.before, count: block.count, root: block.root, at: block.at) != block.hash {
                    faults.append("第 \(block.number) 块的封条与内容不符")
                }
                before = block.hash
                expected = block.number + 1
            }
            let stray = try connection.value("SELECT count(*) FROM journal WHERE block IS NOT NULL AND block NOT IN (SELECT number FROM journal_block)") ?? 0
            if stray > 0 { faults.append("有 \(stray) 条日志标着不存在的封存块，来历不明") }
            let unsealed = try connection.value("SELECT count(*) FROM journal WHERE block IS NULL") ?? 0
            return JournalVerdict(blocks: blocks.count, sealedEntries: sealed, unsealedEntries: unsealed, head: before, faults: faults)
        }
    }
}
