import Cryptography
import Kernel
import Storage
import Values

/// 记账。Writes entries and their postings, and notes what they change on shared accounts; totals are folded behind the commit.
public struct LedgerBook {
    private let seal: RowSeal
    private let act: String

    static let purpose = "ledger-posting"
    static let entryColumns = ["id", "act", "booked_on", "kind", "subject", "reverses"]
    static let postingColumns = ["entry_id", "position", "account", "unit", "amount", "digest"]

    fileprivate init(_ desk: Desk) throws {
        seal = try RowSeal(desk.house.keyring, for: Self.purpose)
        act = desk.act.text
    }

    /// Entries of one act, through prepared statements.
    fileprivate func write(_ entries: [LedgerEntry], at desk: Desk) throws {
        let connection = desk.connection
        try connection.insert(into: "ledger_entry", Self.entryColumns, rows: entries.lazy.map { entry in
            [entry.id.stored, .text(act), entry.bookedOn.stored, .text(entry.kind.rawValue), .text(entry.subject), entry.reverses?.stored ?? .null]
        })
        var row = RowSeal.Writer(), deltas: [String: Delta] = [:], rows: [[StoredValue]] = []
        rows.reserveCapacity(entries.count * 2)
        var day = "", dayOf: CivilDate?
        for entry in entries {
            if dayOf != entry.bookedOn { (day, dayOf) = (entry.bookedOn.typed, entry.bookedOn) }
            let id = entry.id.text
            for (position, posting) in entry.postings.enumerated() {
                let key = posting.account.key
                row.clear()
                Self.add(&row, id, Int64(position), key, posting.account.unit.code, posting.amount, day, entry.kind.rawValue, entry.subject)
                rows.append([.text(id), .integer(Int64(position)), .text(key), .text(posting.account.unit.code), .integer(posting.amount), .integer(seal.code(of: row))])
                guard posting.account.isShared else { continue }
                deltas["\(posting.account.unit.code) \(key)", default: Delta(account: key, unit: posting.account.unit.code)].add(posting.amount)
            }
        }
        try connection.insert(into: "ledger_posting", Self.postingColumns, rows: rows)
        try note(deltas, of: entries.first?.id, connection)
    }

    /// What a posting's code covers.
    static func add(_ row: inout RowSeal.Writer, _ entry: String, _ position: Int64, _ account: String, _ unit: String, _ amount: Int64,
                    _ day: String, _ kind: String, _ subject: String) {
        row.add(entry)
        row.add(position)
        row.add(account)
        row.add(unit)
        row.add(amount)
        row.add(day)
        row.add(kind)
        row.add(subject)
    }

    /// What an act changes on one shared account.
    private struct Delta {
        let account: String, unit: String
        var amount: Int64 = 0, count: Int64 = 0

        mutating func add(_ some: Int64) {
            amount += some
            count += 1
        }
    }

    /// One row for each shared account that this act touched, inserted only: nobody waits for another's total.
    private func note(_ deltas: [String: Delta], of first: ID<LedgerEntry>?, _ connection: any Connection) throws {
        guard let first else { return }
        let sorted = deltas.values.sorted { ($0.account, $0.unit) < ($1.account, $1.unit) }
        try connection.insert(into: "ledger_delta", ["entry_id", "account", "unit", "amount", "postings"], rows: sorted.map { delta in
            [first.stored, .text(delta.account), .text(delta.unit), .integer(delta.amount), .integer(delta.count)]
        })
    }
}

extension Desk {
    /// Books entries; each sums to zero by itself.
    public func book(_ entries: [LedgerEntry]) throws {
        guard !entries.isEmpty else { return }
        try LedgerBook(self).write(entries, at: self)
    }
}

extension Reader {
    /// 余额。What lies on a shared account: the folded total and what was booked since.
    public func balance(_ account: LedgerAccount) throws -> Int64 {
        let key = account.key, unit = account.unit.code
        let total: Int = try connection.value("""
            SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM (
              SELECT amount FROM ledger_total WHERE account = \(key) AND unit = \(unit)
              UNION ALL SELECT amount FROM ledger_delta WHERE account = \(key) AND unit = \(unit)) AS known
            """) ?? 0
        return Int64(total)
    }

    /// Every shared account of a kind whose key begins so, with its balance.
    public func balances(_ kind: LedgerAccount.Kind, _ prefix: [String] = []) throws -> [(account: LedgerAccount, amount: Int64)] {
        let start = ([kind.rawValue] + prefix).joined(separator: "/") + "/", end = String(start.dropLast()) + "0"
        return try connection.all("""
            SELECT account, unit, CAST(sum(amount) AS BIGINT) FROM (
              SELECT account, unit, amount FROM ledger_total WHERE account >= \(start) AND account < \(end)
              UNION ALL SELECT account, unit, amount FROM ledger_delta WHERE account >= \(start) AND account < \(end)) AS known
            GROUP BY account, unit ORDER BY account
            """) { row in
            (try LedgerAccount(key: try row.read(0), unit: try row.read(1)), Int64(try row.read(2) as Int))
        }
    }

    /// The entry of an id, to be reversed.
    public func ledgerEntry(_ id: ID<LedgerEntry>) throws -> LedgerEntry? {
        let head = try connection.first("SELECT kind, subject, booked_on, reverses FROM ledger_entry WHERE id = \(id)") {
            (try $0.read(0) as LedgerKind, try $0.read(1) as String, try $0.read(2) as CivilDate, try $0.read(3) as ID<LedgerEntry>?)
        }
        guard let head else { return nil }
        let postings = try connection.all("SELECT account, unit, amount FROM ledger_posting WHERE entry_id = \(id) ORDER BY position") { row in
            LedgerEntry.Posting(try LedgerAccount(key: try row.read(0), unit: try row.read(1)), Int64(try row.read(2) as Int))
        }
        return try LedgerEntry(id, head.0, of: head.1, on: head.2, postings, reverses: head.3)
    }
}
