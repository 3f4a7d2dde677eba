import Kernel
import Storage
import Values

/// 结转余额。Folds what acts noted on shared accounts into their totals, just behind the commits; no act waits for it.
public struct LedgerFolding: Sendable {
    let database: any Database

    public init(_ database: any Database) { self.database = database }

    /// - Returns: how many notes were folded.
    @discardableResult
    public func foldWaiting(limit: Int = 2_000) async throws -> Int {
        try await database.write { connection in
            let notes = try connection.all("SELECT entry_id, account, unit, amount, postings FROM ledger_delta ORDER BY entry_id, account, unit LIMIT \(limit)") { row in
                (entry: row.text(0), account: row.text(1), unit: row.text(2), amount: try row.read(3) as Int, count: try row.read(4) as Int)
            }
            for note in notes {
                try connection.run("""
                    INSERT INTO ledger_total (account, unit, amount, postings) VALUES (\(note.account), \(note.unit), \(note.amount), \(note.count))
                    ON CONFLICT (account, unit) DO UPDATE SET amount = ledger_total.amount + excluded.amount, postings = ledger_total.postings + excluded.postings
                    """)
                try connection.run("DELETE FROM ledger_delta WHERE entry_id = \(note.entry) AND account = \(note.account) AND unit = \(note.unit)")
            }
            return notes.count
        }
    }
}
