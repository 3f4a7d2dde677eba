import Kernel
import Storage
import Values

/// 互相印证。What one register says of money, the others say too: lines, claims, postings, results, files, recoveries and budgets of a run, row against row.
///
/// A row that was edited, added or taken out by hand disagrees with at least one other that bears a code; the fault names it.
struct CrossChecks {
    private let reader: Reader
    private(set) var faults: [String] = []

    init(_ reader: Reader) { self.reader = reader }

    /// Of one thing at most so many are named.
    private static let most = 20

    private mutating func name(_ statement: Statement, _ told: (Row) throws -> String) throws {
        faults += try reader.connection.all("\(statement) LIMIT \(Self.most)", told)
    }

    // MARK: One run

    mutating func check(_ run: PaymentRun, _ file: CaseFile) throws {
        try frozenFacts(run, file.number)
        guard file.state != RunState.abandoned.name else { return }
        try claims(run, file.number)
        try postings(run, file.number)
        try results(run, file.number)
        try signatures(run, file.number)
        try funds(run, file.number)
        for batch in try reader.batches(of: run.id) { try self.batch(batch, file.number) }
        if run.isToOrganisations { try organisations(run, file.number) }
        try closing(run, file.number)
    }

    private mutating func frozenFacts(_ run: PaymentRun, _ number: String) throws {
        guard let hash = run.inputHash, try reader.inputHash(of: run.id) != hash else { return }
        faults.append("批次 \(number) 冻结的数据被改动过")
    }

    /// Each line is claimed by whom it covers, for what it pays; what was put off outside the months is claimed no more.
    private mutating func claims(_ run: PaymentRun, _ number: String) throws {
        try name("""
            SELECT l.number, l.id, l.amount_fen + l.offset_fen, s.granted FROM payment_line AS l JOIN (
              SELECT k.id AS id, (SELECT CAST(coalesce(sum(c.amount_fen), 0) AS BIGINT) FROM payment_claim AS c WHERE c.line_id = k.id AND c.effective = 1)
                + (SELECT CAST(coalesce(sum(j.amount_fen), 0) AS BIGINT) FROM payment_adjustment AS j WHERE j.line_id = k.id AND j.effective = 1 AND j.amount_fen > 0) AS granted
              FROM payment_line AS k WHERE k.run_id = \(run.id)) AS s ON s.id = l.id
            WHERE l.run_id = \(run.id) AND s.granted <> l.amount_fen + l.offset_fen
              AND NOT (s.granted = 0 AND EXISTS (SELECT 1 FROM payment_adjustment AS d WHERE d.line_id = l.id AND d.amount_fen < 0 AND d.recovery_id IS NULL))
            ORDER BY l.number
            """) { row in
            "批次 \(number) 名册第 \(try row.read(0) as Int) 行（\(row.text(1))）发 \((try row.read(2) as Money).shown)，请领合计 \((try row.read(3) as Money).shown)"
        }
        try name("""
            SELECT c.id, l.number FROM payment_line AS l JOIN payment_claim AS c ON c.line_id = l.id
            WHERE l.run_id = \(run.id) AND (c.run_id <> l.run_id OR c.programme <> l.programme OR c.month <> l.month OR NOT EXISTS (
              SELECT 1 FROM payment_input AS i WHERE i.run_id = l.run_id AND i.programme = l.programme AND i.month = l.month
                AND i.subject = l.subject AND i.person_id = c.person_id))
            ORDER BY l.number
            """) { "批次 \(number) 名册第 \(try $0.read(1) as Int) 行的请领 \($0.text(0)) 被改动过：项目、月份或者人与名册不符" }
        try name("""
            SELECT l.number, l.id FROM payment_line AS l WHERE l.run_id = \(run.id) AND l.number <= \(run.posted) AND l.due_fen < 0 AND l.due_fen <> (
              SELECT CAST(coalesce(sum(j.amount_fen), 0) AS BIGINT) FROM payment_adjustment AS j WHERE j.line_id = l.id AND j.recovery_id IS NOT NULL)
            ORDER BY l.number
            """) { "批次 \(number) 名册第 \(try $0.read(0) as Int) 行（\($0.text(1))）多发的金额与调整的请领不符" }
    }

    /// What a line pays was booked to its payee, once; what it found overpaid was booked to the recovery.
    private mutating func postings(_ run: PaymentRun, _ number: String) throws {
        try name("""
            SELECT l.number, l.id FROM payment_line AS l WHERE l.run_id = \(run.id) AND l.number <= \(run.posted) AND l.amount_fen + l.offset_fen > 0 AND NOT EXISTS (
              SELECT 1 FROM ledger_entry AS e JOIN ledger_posting AS p ON p.entry_id = e.id
              WHERE e.subject = l.id AND e.kind = 'due' AND p.account = 'payee/' || l.programme || '/' || l.payee_id AND p.amount = l.amount_fen + l.offset_fen)
            ORDER BY l.number
            """) { "批次 \(number) 名册第 \(try $0.read(0) as Int) 行（\($0.text(1))）没有相符的应付记账" }
        try name("""
            SELECT l.number, l.id FROM payment_line AS l WHERE l.run_id = \(run.id) AND l.number <= \(run.posted) AND l.due_fen < 0 AND NOT EXISTS (
              SELECT 1 FROM ledger_entry AS e JOIN ledger_posting AS p ON p.entry_id = e.id
              WHERE e.subject = l.id AND e.kind = 'overpaid' AND p.account >= 'receivable/' AND p.account < 'receivable0' AND p.amount = -l.due_fen)
            ORDER BY l.number
            """) { "批次 \(number) 名册第 \(try $0.read(0) as Int) 行（\($0.text(1))）多发的没有相符的记账" }
    }

    /// What was credited was booked as paid, and the other way round.
    private mutating func results(_ run: PaymentRun, _ number: String) throws {
        try name("""
            SELECT l.number, f.seq FROM payment_batch AS b JOIN payment_result AS f ON f.batch_id = b.id JOIN payment_line AS l ON l.id = f.line_id
            WHERE b.run_id = \(run.id) AND (l.run_id <> b.run_id OR f.amount_fen <> l.amount_fen OR (f.credited = 1 AND NOT EXISTS (
              SELECT 1 FROM ledger_entry AS e JOIN ledger_posting AS p ON p.entry_id = e.id
              WHERE e.subject = l.id AND e.kind = 'paid' AND p.account = 'payee/' || l.programme || '/' || l.payee_id AND p.amount = -f.amount_fen)))
            ORDER BY f.seq
            """) { "批次 \(number) 名册第 \(try $0.read(0) as Int) 行的回盘（第 \(try $0.read(1) as Int) 笔）与名册、记账不符" }
        try name("""
            SELECT l.number, e.id FROM payment_line AS l JOIN ledger_entry AS e ON e.subject = l.id AND e.kind = 'paid'
            WHERE l.run_id = \(run.id) AND 1 <> (SELECT count(*) FROM payment_result AS f WHERE f.line_id = l.id AND f.credited = 1) ORDER BY l.number
            """) { "批次 \(number) 名册第 \(try $0.read(0) as Int) 行记了已付（分录 \($0.text(1))），回盘里没有恰好一笔成功" }
    }

    /// Each signature is that of an act in the sealed journal, and three are by three people.
    private mutating func signatures(_ run: PaymentRun, _ number: String) throws {
        try name("""
            SELECT s.step, s.name FROM payment_signature AS s WHERE s.run_id = \(run.id) AND NOT EXISTS (
              SELECT 1 FROM journal AS j WHERE j.subject = s.run_id AND j.action = 'payments.sign-as-' || s.step AND j.actor = s.actor
                AND j.actor_name = s.name AND j.at = s.signed_at)
            ORDER BY s.step
            """) { "批次 \(number) 的\((try $0.read(0) as SigningStep).label)签批（\($0.text(1))）在日志里没有" }
        let signed = try reader.connection.value("SELECT count(DISTINCT actor) FROM payment_signature WHERE run_id = \(run.id)") ?? 0
        if run.posted > 0, signed != 3 { faults.append("批次 \(number) 已经记账，签批的有 \(signed) 人，应为三人") }
    }

    private mutating func funds(_ run: PaymentRun, _ number: String) throws {
        let accounts = "fund/\(run.region.treasury.code)/"
        try name("""
            SELECT s.programme, s.source, s.amount_fen FROM payment_fund_split AS s WHERE s.run_id = \(run.id) AND s.amount_fen > 0 AND NOT EXISTS (
              SELECT 1 FROM ledger_entry AS e JOIN ledger_posting AS p ON p.entry_id = e.id
              WHERE e.subject = s.run_id AND e.kind = 'reserve' AND p.account = \(accounts) || s.programme || '/' || s.source AND p.amount = -s.amount_fen)
            ORDER BY s.programme, s.source
            """) { "批次 \(number) 的资金分担（\($0.text(0)) \((try $0.read(1) as FundSource).label) \((try $0.read(2) as Money).shown)）与占用的记账不符" }
    }

    // MARK: Files and returns

    private mutating func batch(_ batch: PaymentBatch, _ number: String) throws {
        let measured = try reader.measure(of: batch), which = "批次 \(number) 第 \(batch.number) 批"
        if measured.rows != batch.rows || measured.sum != batch.sum { faults.append("\(which)应有 \(batch.rows) 笔 \(batch.sum.shown)，逐行合计 \(measured.rows) 笔 \(measured.sum.shown)") }
        if let hash = batch.fileHash, try reader.digestOfFile(batch.id) != hash { faults.append("\(which)的发放文件被改动过，与报盘时的摘要不符") }
        guard batch.returnHash != nil else { return }
        let found = try reader.connection.first("""
            SELECT count(*), CAST(coalesce(sum(credited), 0) AS BIGINT), CAST(coalesce(sum(CASE WHEN credited = 1 THEN amount_fen ELSE 0 END), 0) AS BIGINT)
            FROM payment_result WHERE batch_id = \(batch.id)
            """) { (rows: try $0.read(0) as Int, credited: try $0.read(1) as Int, sum: try $0.read(2) as Money) }
        if let found, found.rows != batch.rows || found.credited != batch.credited || found.sum != batch.creditedSum || batch.credited + batch.failed != batch.rows {
            faults.append("\(which)的回盘逐笔与合计不符：逐笔 \(found.rows) 笔，成功 \(found.credited) 笔 \(found.sum.shown)")
        }
        guard batch.reissues != nil else { return }
        try name("""
            SELECT l.number FROM payment_batch_row AS b JOIN payment_line AS l ON l.id = b.line_id
            WHERE b.batch_id = \(batch.id) AND (b.amount_fen <> l.amount_fen OR l.run_id <> \(batch.run)) ORDER BY b.seq
            """) { "\(which)里名册第 \(try $0.read(0) as Int) 行的补发与名册不符" }
    }

    private mutating func organisations(_ run: PaymentRun, _ number: String) throws {
        try name("""
            SELECT l.number, c.id FROM payment_line AS l JOIN organisation_claim AS c ON c.id = l.subject
            WHERE l.run_id = \(run.id) AND (c.amount_fen <> l.due_fen OR c.organisation_id <> l.payee_id OR c.programme <> l.programme) ORDER BY l.number
            """) { "批次 \(number) 名册第 \(try $0.read(0) as Int) 行的机构请领 \($0.text(1)) 被改动过" }
    }

    /// The digest that was told when the month was closed stands in the sealed journal.
    private mutating func closing(_ run: PaymentRun, _ number: String) throws {
        guard let hash = run.proofHash else { return }
        let told: [String] = try reader.connection.all("""
            SELECT message FROM journal WHERE subject = \(run.id) AND action IN (\("payments.\(CloseMonth.name)"), \("payments.\(CloseEmptyMonth.name)"))
            """) { $0.text(0) }
        if !told.contains(where: { $0.contains(hash.prefix(16)) }) { faults.append("批次 \(number) 的对账证明与办结时日志所记的不同") }
    }

    // MARK: What belongs to no single run

    mutating func whole() throws {
        try name("SELECT c.id, c.line_id FROM payment_claim AS c WHERE NOT EXISTS (SELECT 1 FROM payment_line AS l WHERE l.id = c.line_id) ORDER BY c.id") {
            "请领 \($0.text(0)) 的名册行 \($0.text(1)) 不见了"
        }
        try name("""
            SELECT e.id, e.subject FROM ledger_entry AS e WHERE e.kind IN ('due', 'paid') AND NOT EXISTS (
              SELECT 1 FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id WHERE l.id = e.subject AND l.number <= r.posted)
              AND EXISTS (SELECT 1 FROM ledger_posting AS p WHERE p.entry_id = e.id AND p.account >= 'payee/' AND p.account < 'payee0')
            ORDER BY e.id
            """) { "分录 \($0.text(0)) 记的名册行 \($0.text(1)) 不见了" }
        try budgets()
        try recoveries()
    }

    private mutating func budgets() throws {
        try name("""
            SELECT b.id, b.programme, b.amount_fen FROM payment_budget AS b WHERE NOT EXISTS (
              SELECT 1 FROM ledger_entry AS e JOIN ledger_posting AS p ON p.entry_id = e.id
              WHERE e.id = b.id AND e.kind = 'budget' AND e.booked_on = b.recorded_on
                AND p.account = 'fund/' || b.region || '/' || b.programme || '/' || b.source AND p.amount = b.amount_fen)
            ORDER BY b.id
            """) { "资金来源 \($0.text(0))（\($0.text(1)) \((try $0.read(2) as Money).shown)）与记账不符" }
        try name("""
            SELECT e.id FROM ledger_entry AS e WHERE e.kind = 'budget' AND NOT EXISTS (SELECT 1 FROM payment_budget AS b WHERE b.id = e.id) ORDER BY e.id
            """) { "资金来源 \($0.text(0)) 记了账而登记不见了" }
    }

    /// A recovery is what it took from claims; what came back of it was booked, step by step.
    private mutating func recoveries() throws {
        try name("""
            SELECT c.number, r.amount_fen FROM payment_recovery AS r JOIN case_file AS c ON c.id = r.id LEFT JOIN payment_line AS l ON l.id = r.line_id
            WHERE l.id IS NULL
               OR r.amount_fen <> (SELECT CAST(coalesce(-sum(j.amount_fen), 0) AS BIGINT) FROM payment_adjustment AS j WHERE j.recovery_id = r.id AND j.effective = 1)
               OR r.from_month <> (SELECT min(j.month) FROM payment_adjustment AS j WHERE j.recovery_id = r.id AND j.effective = 1)
               OR r.through_month <> (SELECT max(j.month) FROM payment_adjustment AS j WHERE j.recovery_id = r.id AND j.effective = 1)
               OR r.payee_id <> l.payee_id OR r.programme <> l.programme OR r.subject <> l.subject ORDER BY c.number
            """) { "追回 \($0.text(0)) 的金额（\((try $0.read(1) as Money).shown)）、月份或者当事人与名册不符" }
        for kind in [RecoveryStepKind.refund, .writtenOff] {
            try name("""
                SELECT c.number FROM payment_recovery AS r JOIN case_file AS c ON c.id = r.id
                WHERE (SELECT CAST(coalesce(sum(s.amount_fen), 0) AS BIGINT) FROM payment_recovery_step AS s WHERE s.recovery_id = r.id AND s.kind = \(kind))
                   <> (SELECT CAST(coalesce(-sum(p.amount), 0) AS BIGINT) FROM ledger_entry AS e JOIN ledger_posting AS p ON p.entry_id = e.id
                       WHERE e.subject = r.id AND e.kind = \(kind) AND p.account = 'receivable/' || r.id)
                ORDER BY c.number
                """) { "追回 \($0.text(0)) 的\(kind.label)与记账不符" }
        }
        try name("""
            SELECT c.number, s.id FROM payment_recovery_step AS s JOIN payment_recovery AS r ON r.id = s.recovery_id JOIN case_file AS c ON c.id = r.id
            WHERE s.kind = 'offset' AND NOT EXISTS (
              SELECT 1 FROM ledger_entry AS e JOIN ledger_posting AS p ON p.entry_id = e.id
              WHERE e.subject = s.line_id AND e.kind = 'offset' AND p.account = 'receivable/' || r.id AND p.amount = -s.amount_fen)
            ORDER BY c.number
            """) { "追回 \($0.text(0)) 的抵扣 \($0.text(1)) 与记账不符" }
        try name("""
            SELECT l.number, f.number FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id JOIN case_file AS f ON f.id = r.id
            WHERE l.offset_fen > 0 AND l.number <= r.posted AND f.state <> 'abandoned' AND l.offset_fen <> (
              SELECT CAST(coalesce(sum(s.amount_fen), 0) AS BIGINT) FROM payment_recovery_step AS s WHERE s.line_id = l.id AND s.kind = 'offset')
            ORDER BY f.number, l.number
            """) { "批次 \($0.text(1)) 名册第 \(try $0.read(0) as Int) 行的抵扣在追回里没有" }
    }
}

extension Reader {
    /// The digest of a payment file as it rests; nil where a piece can't be opened.
    fileprivate func digestOfFile(_ batch: ID<PaymentBatch>) throws -> String? {
        do { return try digest(ofPieces: batch) } catch let error as StorageError { throw error } catch { return nil }
    }
}
