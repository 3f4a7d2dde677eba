import Cryptography
import Kernel
import Storage
import Values

/// 账的核对结果。
public struct LedgerVerdict: Sendable, Hashable {
    public var entries = 0
    public var postings = 0
    /// The sum over all accounts, by unit: zero where nothing was lost.
    public var sums: [String: Int64] = [:]
    /// What doesn't agree, each naming the row; at most a hundred.
    public var faults: [String] = []
    public var isSound: Bool { faults.isEmpty }

    mutating func note(_ fault: String) {
        if faults.count < 100 { faults.append(fault) }
    }
}

/// 核对账目。Recomputes every code, every entry and every maintained total from the postings themselves.
public enum LedgerCheck {
    /// One pass over the postings in the order of their entries.
    public static func verify(_ database: any Database, _ keyring: Keyring) async throws -> LedgerVerdict {
        let seal = try RowSeal(keyring, for: LedgerBook.purpose)
        return try await database.read { connection in
            var pass = LedgerPass(seal: seal)
            try connection.each("""
                SELECT p.entry_id, p.position, p.account, p.unit, p.amount, p.digest, e.booked_on, e.kind, e.subject
                FROM ledger_posting AS p LEFT JOIN ledger_entry AS e ON e.id = p.entry_id ORDER BY p.entry_id, p.position
                """) { pass.take($0.values) }
            var verdict = pass.finish()
            try pass.compareTotals(connection, &verdict)
            try strayEntries(connection, &verdict)
            return verdict
        }
    }

    /// Entries whose postings are gone.
    private static func strayEntries(_ connection: any Connection, _ verdict: inout LedgerVerdict) throws {
        verdict.entries = try connection.value("SELECT count(*) FROM ledger_entry") ?? 0
        let stray: [String] = try connection.all("""
            SELECT e.id FROM ledger_entry AS e WHERE NOT EXISTS (SELECT 1 FROM ledger_posting AS p WHERE p.entry_id = e.id) ORDER BY e.id LIMIT 20
            """) { try $0.read(0) }
        for id in stray { verdict.note("分录 \(id) 没有任何记账行，可能被删除") }
    }
}

/// What one pass over the postings keeps: the open entry, and the shared accounts' sums.
struct LedgerPass {
    private let seal: RowSeal
    private var row = RowSeal.Writer()
    private var entry = ""
    private var sums: [String: Int64] = [:]
    private var next: Int64 = 0
    private var shared: [String: (amount: Int64, count: Int64)] = [:]
    private var verdict = LedgerVerdict()

    init(seal: RowSeal) { self.seal = seal }

    mutating func take(_ values: [StoredValue]) {
        guard case .text(let id) = values[0], case .integer(let position) = values[1], case .text(let account) = values[2], case .text(let unit) = values[3],
              case .integer(let amount) = values[4], case .integer(let digest) = values[5] else { return verdict.note("有一行记账不完整") }
        guard case .text(let day) = values[6], case .text(let kind) = values[7], case .text(let subject) = values[8] else {
            return verdict.note("记账行 \(id) 第 \(position + 1) 笔没有分录，来历不明")
        }
        if id != entry { begin(id) }
        if position != next { verdict.note("分录 \(id) 缺第 \(next + 1) 笔") }
        next = position + 1
        row.clear()
        LedgerBook.add(&row, id, position, account, unit, amount, day, kind, subject)
        if seal.code(of: row) != digest { verdict.note("分录 \(id) 第 \(position + 1) 笔（账户 \(account)，\(amount) \(unit)）被改动过") }
        sums[unit, default: 0] &+= amount
        verdict.sums[unit, default: 0] &+= amount
        verdict.postings += 1
        guard account.utf8.first != UInt8(ascii: "p") || !account.hasPrefix("payee/"), !account.hasPrefix("receivable/") else { return }
        let known = shared[account + " " + unit] ?? (0, 0)
        shared[account + " " + unit] = (known.amount &+ amount, known.count + 1)
    }

    private mutating func begin(_ id: String) {
        closeEntry()
        entry = id
        next = 0
        sums.removeAll(keepingCapacity: true)
    }

    private mutating func closeEntry() {
        for (unit, sum) in sums where sum != 0 { verdict.note("分录 \(entry) 借贷不平，差 \(sum) \(unit)") }
    }

    mutating func finish() -> LedgerVerdict {
        closeEntry()
        return verdict
    }

    /// Maintained totals against the sums of the postings.
    func compareTotals(_ connection: any Connection, _ verdict: inout LedgerVerdict) throws {
        var known: [String: (amount: Int64, count: Int64)] = [:]
        try connection.each("""
            SELECT account, unit, CAST(sum(amount) AS BIGINT), CAST(sum(postings) AS BIGINT) FROM (
              SELECT account, unit, amount, postings FROM ledger_total UNION ALL SELECT account, unit, amount, postings FROM ledger_delta) AS kept GROUP BY account, unit
            """) { row in
            known["\(try row.read(0) as String) \(try row.read(1) as String)"] = (Int64(try row.read(2) as Int), Int64(try row.read(3) as Int))
        }
        for (account, sum) in shared.sorted(by: { $0.key < $1.key }) where known[account]?.amount != sum.amount || known[account]?.count != sum.count {
            verdict.note("账户 \(account) 的余额与记账不符：余额表 \(known[account]?.amount ?? 0)，逐笔合计 \(sum.amount)")
        }
        for account in known.keys.sorted() where shared[account] == nil { verdict.note("账户 \(account) 有余额而没有记账") }
    }
}
