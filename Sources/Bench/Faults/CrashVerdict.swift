import Commons
import Cryptography
import Kernel
import Storage
import Values

/// 断电之后看什么。What a community's month came to, whatever ids and hours it had, and what is wrong after a kill.
public enum CrashVerdict {
    /// The same for every run of the same people: lines, claims, results, ledger and journal of the month.
    public static func fingerprint(of community: CrashCommunity, _ database: any Database) async throws -> String {
        let region = try community.region
        return try await database.read { connection in
            let run: Statement = "(SELECT id FROM payment_run WHERE region = \(region))", ours: Statement = "(SELECT id FROM payment_line WHERE run_id IN \(run))"
            let sums: [Statement] = [
                """
                SELECT l.number, p.name, l.month, l.reason, coalesce(l.code, ''), l.due_fen, l.previous_fen, l.offset_fen, l.amount_fen
                FROM payment_line AS l JOIN person AS p ON p.id = l.subject WHERE l.run_id IN \(run) ORDER BY l.number
                """,
                """
                SELECT e.kind, p.unit, count(*), CAST(sum(abs(p.amount)) AS BIGINT) FROM ledger_posting AS p JOIN ledger_entry AS e ON e.id = p.entry_id
                WHERE e.subject IN \(ours) OR e.subject IN \(run) GROUP BY e.kind, p.unit ORDER BY 1, 2
                """,
                """
                SELECT programme, month, effective, count(*), CAST(sum(amount_fen) AS BIGINT) FROM payment_claim WHERE run_id IN \(run)
                GROUP BY programme, month, effective ORDER BY 1, 2
                """,
                """
                SELECT b.number, f.seq, f.credited, coalesce(f.code, ''), f.amount_fen FROM payment_result AS f JOIN payment_batch AS b ON b.id = f.batch_id
                WHERE b.run_id IN \(run) ORDER BY 1, 2
                """,
                "SELECT c.state, r.lines, r.posted, r.settled FROM payment_run AS r JOIN case_file AS c ON c.id = r.id WHERE r.region = \(region)",
                "SELECT j.action, count(*) FROM journal AS j WHERE j.subject IN \(run) GROUP BY j.action ORDER BY 1",
                "SELECT step, name FROM payment_signature WHERE run_id IN \(run) ORDER BY step",
            ]
            var text = ""
            for sum in sums { try connection.each(sum) { row in text += row.values.map { "\($0)" }.joined(separator: "|") + "\n" } }
            return try hash(Array(text.utf8), .international).hex
        }
    }

    /// Acknowledged registrations that are gone, or stand twice.
    public static func faults(of community: CrashCommunity, _ counter: Counter, notes: String) async throws -> [String] {
        let (intents, acknowledged) = try CrashNotes(path: notes).read(), region = try community.region
        return try await counter.database.read { connection in
            var faults: [String] = []
            for intent in intents {
                let people = try connection.value("SELECT count(*) FROM person WHERE id = \(intent.person)") ?? 0
                let entries = try connection.value("SELECT count(*) FROM journal WHERE id = \(intent.act)") ?? 0
                if acknowledged.contains(intent.act), people != 1 || entries != 1 { faults.append("已确认的登记 \(intent.person.text) 有 \(people) 份档案、\(entries) 条日志") }
                if people != entries { faults.append("登记 \(intent.person.text) 的档案与日志不一致") }
            }
            let known = try connection.value("SELECT count(*) FROM journal WHERE action = 'people.register-person' AND region = \(region)") ?? 0
            if known != intents.count { faults.append("送交登记 \(intents.count) 件，办了 \(known) 件") }
            return faults
        }
    }

    /// Everything that stands in the house: ledger, months, journal.
    public static func faults(_ counter: Counter) async throws -> [String] {
        let ledger = try await LedgerCheck.verify(counter.database, counter.house.keyring), payments = try await PaymentCheck.verify(counter)
        let journal = try await Sealer.verify(counter.database)
        return ledger.faults + payments.faults + journal.faults + (try await counter.database.integrityCheck())
    }

    /// Every named place at which a month may be killed, within the act that passes it.
    public static let failPoints = [
        "opened", "frozen", "enrolled", "drawn", "checked", "signed-business", "signed-finance", "signed", "posted", "laid-out", "filing", "filed", "file-ended",
        "return-begun", "credited", "returned", "reissued", "closed",
    ].map { "payments.\($0)" } + ["people.registered"]
}
