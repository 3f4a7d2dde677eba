import Kernel
import Storage
import Values

/// 补发失败的。Only the rows that failed, in a batch of their own that names the one before; never the whole again.
struct ReissueFailed: Action {
    let run: ID<PaymentRun>

    static let title = "补发失败的"
    static let guidance = "只重发上一批失败、收款人现有账户且户名相符的各笔，成为关联的新一批；成功的不会再发。账户有误的请先更正。"
    static let roles: Set<Role> = [.finance]
    static let subject = Subject<ReissueFailed>.opened(.paymentRun, \.run)
    static let shape = Shape<ReissueFailed> { Field(.paymentRun, \.run) }

    init(from reading: Reading<ReissueFailed>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.find(run)
        guard let last = try desk.batches(of: run.id).last else { throw Refusal.outOfOrder("还没有报过盘") }
        let ready = try desk.outstanding(of: run.id).compactMap { line in
            let payee = run.isToOrganisations ? line.payee : try desk.receiver(of: line.payee)
            return try desk.usableAccount(of: payee, run).map { (line: line, account: $0) }
        }
        guard !ready.isEmpty else { throw Refusal.conflict("失败的各笔都还没有可用的收款账户。请先更正账户，或者转入下月补发") }
        let batch: ID<PaymentBatch> = desk.makeID(), sum = ready.reduce(Money.zero) { $0 + $1.line.amount }
        try desk.openBatch(batch, of: run, number: last.number + 1, reissues: last.id, rows: ready.count, sum: sum)
        try desk.connection.insert(into: "payment_batch_row", ["batch_id", "seq", "line_id", "account_id", "amount_fen"], rows: ready.enumerated().map { place, row in
            [batch.stored, .integer(Int64(place + 1)), .text(row.line.line), .text(row.account), .integer(row.line.amount.fen)]
        })
        failPoint("payments.reissued")
        return Outcome(run.id, "补发批次已建，\(ready.count) 笔 \(sum.shown)，关联第 \(last.number) 批。下一步：生成发放文件", link: run.link)
    }
}

/// 转入下月。What could not be credited is taken out of this month: the entry is reversed, and the next roster pays it as arrears.
struct DeferFailed: Action {
    let run: ID<PaymentRun>
    let reason: String

    static let title = "失败的另行补发"
    static let guidance = "还没有可用账户的，退回占用的资金，应付冲正。按月发放的，下月名册自动列为补发，一分不少；一次性发放和付给机构的，可以在下一批再发。"
    static let roles: Set<Role> = [.finance]
    static let subject = Subject<DeferFailed>.opened(.paymentRun, \.run)
    static let shape = Shape<DeferFailed> {
        Field(.paymentRun, \.run)
        Field(.deferReason, \.reason)
    }

    init(from reading: Reading<DeferFailed>) throws(Refusal) {
        run = try reading(.paymentRun)
        reason = try reading(.deferReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.find(run), failed = try desk.outstanding(of: run.id)
        guard !failed.isEmpty else { throw Refusal.outOfOrder("没有未发成的，可以直接对账办结") }
        var entries: [LedgerEntry] = []
        for line in failed {
            entries.append(try desk.takingBack(line, of: run))
            try desk.unclaim(line, run)
        }
        try desk.book(entries)
        let sum = failed.reduce(Money.zero) { $0 + $1.amount }
        let place = run.kind == .month ? "转入下月补发" : "退回，留待下一批"
        return Outcome(run.id, "\(failed.count) 笔 \(sum.shown) \(place)：\(reason)。下一步：对账办结", link: run.link)
    }
}

extension Reader {
    /// 未发成的：lines that were sent, failed at last and were neither credited since nor put off.
    func outstanding(of run: ID<PaymentRun>) throws -> [BatchLine] {
        try connection.all("""
            SELECT l.number, l.id, l.programme, l.payee_id, l.amount_fen, l.region FROM payment_batch AS b JOIN payment_result AS f ON f.batch_id = b.id AND f.credited = 0
            JOIN payment_line AS l ON l.id = f.line_id
            WHERE b.run_id = \(run) AND NOT EXISTS (SELECT 1 FROM payment_result AS c WHERE c.line_id = l.id AND c.credited = 1)
              AND NOT EXISTS (SELECT 1 FROM payment_adjustment AS j WHERE j.line_id = l.id AND j.amount_fen < 0)
            GROUP BY l.number, l.id, l.programme, l.payee_id, l.amount_fen, l.region ORDER BY l.number
            """) { row in
            BatchLine(seq: try row.read(0), line: row.text(1), number: try row.read(0), programme: row.text(2), payee: row.text(3), amount: try row.read(4),
                      region: try row.read(5))
        }
    }
}

extension Desk {
    /// What was owed goes back to the pool; where the whole entry goes back, it names what it reverses.
    fileprivate func takingBack(_ line: BatchLine, of run: PaymentRun) throws -> LedgerEntry {
        let due: ID<LedgerEntry> = run.ids.id(line.number, part: PaymentRun.Part.due)
        guard let entry = try ledgerEntry(due) else { throw Refusal.absent("第 \(line.number) 行没有应付分录，请系统管理员核对账目") }
        if entry.postings.contains(where: { $0.amount == line.amount.fen }) { return try entry.reversed(makeID(), on: today) }
        return try .moving(line.amount, from: .payee(line.payee, line.programme), to: .pool(run.id.text, line.programme), makeID(), .release, of: line.line, on: today)
    }

    /// The claims of a month stay, lessened by what was not credited, so that the next month pays the rest.
    fileprivate func unclaim(_ line: BatchLine, _ run: PaymentRun) throws {
        let found = try connection.first("SELECT subject, month FROM payment_line WHERE id = \(line.line)") { (try $0.read(0) as String, try $0.read(1) as Month) }
        guard let (subject, month) = found else { throw Refusal.absent("找不到名册第 \(line.number) 行") }
        try adjust(line.line, programme: line.programme, month: month, subject: subject, by: -line.amount, recovery: nil)
        // Outside the months nothing is paid after by itself: the next batch claims anew.
        if run.kind == .oneOff { try connection.run("UPDATE payment_claim SET effective = NULL WHERE line_id = \(line.line)") }
    }

    /// Writes an adjustment on each claim of a subject's month, in equal parts.
    func adjust(_ line: String, programme: String, month: Month, subject: String, by amount: Money, recovery: ID<Recovery>?) throws {
        let claims: [String] = try connection.all("""
            SELECT c.id FROM payment_claim AS c JOIN payment_line AS l ON l.id = c.line_id
            WHERE l.programme = \(programme) AND l.month = \(month) AND l.subject = \(subject) AND c.effective = 1 ORDER BY c.id
            """) { try $0.read(0) }
        let parts = shares(of: -amount, among: claims.count)
        let rows: [[StoredValue]] = zip(claims, parts).filter { $1 > .zero }.map { claim, part in
            let id: ID<PaymentClaim> = makeID()
            return [id.stored, .text(claim), .text(line), .text(programme), month.stored, .text(subject), .integer(-part.fen), recovery?.stored ?? .null, .integer(1)]
        }
        guard !rows.isEmpty else { throw Refusal.absent("找不到要调整的请领，请系统管理员核对数据") }
        try connection.insert(into: "payment_adjustment", ["id", "claim_id", "line_id", "programme", "month", "subject", "amount_fen", "recovery_id", "effective"], rows: rows)
    }
}

extension Term where Value == String {
    static var deferReason: Term<String> { Term("reason", "转入下月的原因") }
}
