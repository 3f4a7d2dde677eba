import Cryptography
import Kernel
import Storage
import Values

/// 备好的分录。Entries of one act with their postings, each with its code, and what they change on shared accounts: ready to be written.
struct PackedEntries: Sendable {
    fileprivate let act: String
    fileprivate let entries: PackedRows, postings: PackedRows, deltas: PackedRows
}

/// 记账。Entries and their postings as rows, and what they change on shared accounts; totals are folded behind the commit.
public struct LedgerBook {
    private let seal: RowSeal
    private let act: String

    static let purpose = "ledger-posting"
    static let entryColumns = ["id", "act", "booked_on", "kind", "subject", "reverses"]
    static let postingColumns = ["entry_id", "position", "account", "unit", "amount", "digest"]

    init(_ keyring: Keyring, act: ID<JournalEntry>) throws {
        seal = try RowSeal(keyring, for: Self.purpose)
        self.act = act.text
    }

    func packed(_ entries: [LedgerEntry]) -> PackedEntries {
        var heads = PackedRows(Self.entryColumns, reserving: entries.count), postings = PackedRows(Self.postingColumns, reserving: entries.count * 2)
        let act = heads.keep(act)
        var row = RowSeal.Writer(), days: (date: CivilDate, text: String)?
        // Most entries move from one shared account: it is named and looked up once.
        var deltas: [Delta] = [], places: [LedgerAccount: Int] = [:], shared: (account: LedgerAccount, key: String, cell: PackedRows.Cell, place: Int)?
        for entry in entries {
            if days?.date != entry.bookedOn { days = (entry.bookedOn, entry.bookedOn.typed) }
            let id = entry.id.text, day = days?.text ?? "", own = postings.keep(id)
            heads.add(id)
            heads.add(act)
            for text in [day, entry.kind.rawValue, entry.subject, entry.reverses?.text] { heads.add(text) }
            for (position, posting) in entry.postings.enumerated() {
                let key: String, cell: PackedRows.Cell, account = posting.account, unit = account.unit.code
                if let shared, shared.account == account {
                    (key, cell) = (shared.key, shared.cell)
                    deltas[shared.place].add(posting.amount)
                } else {
                    key = account.key
                    cell = postings.keep(key)
                    if account.isShared {
                        let place = places[account] ?? deltas.count
                        if place == deltas.count { deltas.append(Delta(account: key, unit: unit)) }
                        deltas[place].add(posting.amount)
                        places[account] = place
                        shared = (account, key, cell, place)
                    }
                }
                row.clear()
                Self.add(&row, id, Int64(position), key, unit, posting.amount, day, entry.kind.rawValue, entry.subject)
                postings.add(own)
                postings.add(Int64(position))
                postings.add(cell)
                postings.add(unit)
                postings.add(posting.amount)
                postings.add(seal.code(of: row))
            }
        }
        return PackedEntries(act: self.act, entries: heads, postings: postings, deltas: noted(deltas, by: entries.first?.id))
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

    /// One row for each shared account that these entries touch, inserted only: nobody waits for another's total.
    private func noted(_ deltas: [Delta], by first: ID<LedgerEntry>?) -> PackedRows {
        var rows = PackedRows(["entry_id", "account", "unit", "amount", "postings"])
        guard let first else { return rows }
        for delta in deltas.sorted(by: { ($0.account, $0.unit) < ($1.account, $1.unit) }) {
            for text in [first.text, delta.account, delta.unit] { rows.add(text) }
            rows.add(delta.amount)
            rows.add(delta.count)
        }
        return rows
    }
}

extension Desk {
    /// Books entries; each sums to zero by itself.
    public func book(_ entries: [LedgerEntry]) throws {
        guard !entries.isEmpty else { return }
        try book(try LedgerBook(house.keyring, act: act).packed(entries))
    }

    /// Books what was made ready for this very act.
    func book(_ packed: PackedEntries) throws {
        guard packed.act == act.text else { throw Refusal.conflict("备好的分录属于另一次办理，没有记账") }
        try connection.insert(into: "ledger_entry", packed.entries)
        try connection.insert(into: "ledger_posting", packed.postings)
        try connection.insert(into: "ledger_delta", packed.deltas)
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
