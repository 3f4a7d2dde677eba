import Cryptography
import Kernel
import Storage
import Values

/// 登记回盘。What became of every row of a batch, after the whole file was held against it.
struct RecordReturn: Action {
    let run: ID<PaymentRun>

    static let title = "登记回盘文件"
    static let guidance = "上传发放渠道送回的文件。系统先逐笔核对，批次不对、重复、缺行、多行或金额不符的整份不收，一笔也不登记。"
    static let roles: Set<Role> = [.finance]
    static let subject = Subject<RecordReturn>.opened(.paymentRun, \.run)
    static let shape = Shape<RecordReturn> { Field(.paymentRun, \.run) }

    init(from reading: Reading<RecordReturn>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.find(run)
        guard let summary = desk.matter as? ReturnSummary else { throw Refusal.invalid("请在批次页面上传回盘文件，或用命令 minzheng month return") }
        let taken = try desk.connection.first("""
            SELECT count(*), CAST(coalesce(sum(CASE WHEN credited = 1 THEN 1 ELSE 0 END), 0) AS BIGINT),
                   CAST(coalesce(sum(CASE WHEN credited = 1 THEN amount_fen ELSE 0 END), 0) AS BIGINT) FROM payment_result WHERE batch_id = \(summary.batch)
            """) { (rows: try $0.read(0) as Int, credited: try $0.read(1) as Int, sum: try $0.read(2) as Money) }
        guard let taken, taken.rows == summary.credited + summary.failed, taken.credited == summary.credited, taken.sum == summary.creditedSum else {
            throw Refusal.conflict("回盘还没有逐笔登记完，请重新上传同一份文件，系统会接着登记")
        }
        try desk.connection.run("""
            UPDATE payment_batch SET return_hash = \(summary.hash), returned_at = \(desk.now), credited = \(summary.credited), credited_fen = \(summary.creditedSum),
                   failed = \(summary.failed), failed_fen = \(summary.failedSum) WHERE id = \(summary.batch)
            """)
        failPoint("payments.returned")
        let next = summary.failed > 0 ? "更正账户后补发失败的 \(summary.failed) 笔，或者转入下月" : "对账办结"
        return Outcome(run.id, "回盘已登记：成功 \(summary.credited) 笔 \(summary.creditedSum.shown)，失败 \(summary.failed) 笔 \(summary.failedSum.shown)。下一步：\(next)", link: run.link)
    }
}

/// 登记一段回盘。By the house alone: credited rows leave what is owed to their payees.
struct TakeReturnSlice: Action {
    let run: ID<PaymentRun>

    static let title = "登记一段回盘"
    static let guidance = "回盘文件核对无误之后由系统分段办理。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<TakeReturnSlice>.opened(.paymentRun, \.run)
    static let shape = Shape<TakeReturnSlice> { Field(.paymentRun, \.run) }

    init(from reading: Reading<TakeReturnSlice>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.requireHouse()
        let run = try desk.find(run)
        guard let slice = desk.matter as? ReturnSlice, let first = slice.rows.first, let last = slice.rows.last else { throw Refusal.forbidden("回盘只由系统逐笔登记") }
        let batch = try desk.batch(slice.batch), lines = try desk.lines(of: batch, seqs: first.seq ... last.seq)
        guard batch.run == run.id, lines.map(\.seq) == slice.rows.map(\.seq), zip(lines, slice.rows).allSatisfy({ $0.amount == $1.amount }) else {
            throw Refusal.conflict("回盘与发出的不符，没有登记")
        }
        let columns = ["line_id", "batch_id", "seq", "credited", "code", "on_day", "amount_fen"]
        try desk.connection.insert(into: "payment_result", columns, rows: zip(lines, slice.rows).map { line, row in
            [.text(line.line), batch.id.stored, .integer(Int64(row.seq)), .integer(row.failure == nil ? 1 : 0), row.failure.map { .text($0.rawValue) } ?? .null,
             slice.on.stored, .integer(line.amount.fen)]
        })
        let ids = run.ids, treasury = run.region.treasury
        try desk.book(try zip(lines, slice.rows).filter { $1.failure == nil }.map { line, _ in
            try .moving(line.amount, from: .payee(line.payee, line.programme), to: .paid(treasury, line.programme),
                        ids.id(line.number, part: PaymentRun.Part.paid), .paid, of: line.line, on: desk.today)
        })
        try desk.connection.run("UPDATE payment_run SET settled = settled + \(lines.count) WHERE id = \(run.id)")
        failPoint("payments.credited")
        return Outcome(run.id, "回盘登记到第 \(last.seq) 笔", link: run.link)
    }
}

struct ReturnSlice: Sendable {
    let batch: ID<PaymentBatch>, on: CivilDate, rows: [ReturnRow]
}

struct ReturnSummary: Sendable {
    let batch: ID<PaymentBatch>, hash: String, credited: Int, creditedSum: Money, failed: Int, failedSum: Money
}

extension PaymentWork {
    static let rowsOfReturn = 10_000

    /// Takes in a return file: checked whole first, then applied slice by slice; the same file again goes on where it stopped.
    /// - Throws: `.outOfOrder` when nothing is awaited; `.conflict` for another batch or a file that was taken; `.invalid` for one that doesn't agree.
    @discardableResult
    public func takeReturn(_ bytes: [UInt8], of id: ID<PaymentRun>, as actor: Actor) async throws -> Receipt {
        let action = try counter.house.action("payments.\(RecordReturn.name)")
        guard action.roles.contains(actor.role) else { throw Refusal.forbidden("回盘文件由\(action.roles.labels)登记，您的岗位是\(actor.role.label)") }
        let digest = try hash(bytes, .international).hex
        let (run, batch, rows, file) = try await counter.read(as: actor) { reader in try reader.checkedReturn(bytes, digest, of: id) }
        for start in stride(from: 0, to: rows.count, by: Self.rowsOfReturn) {
            let part = Array(rows[start ..< min(start + Self.rowsOfReturn, rows.count)])
            try await submit(TakeReturnSlice.name, run, "return.\(batch.number).\(digest).from.\(part[0].seq)", bringing: ReturnSlice(batch: batch.id, on: file.on, rows: part))
        }
        let summary = ReturnSummary(batch: batch.id, hash: digest, credited: file.credited, creditedSum: file.creditedSum, failed: file.failed, failedSum: file.failedSum)
        let act: ID<JournalEntry> = run.id.derived(by: "return.\(batch.number).\(digest)")
        return try await counter.submit(Submission("payments.\(RecordReturn.name)", id: act, values: ["run": .stored(run.id.stored)]), as: actor, bringing: summary)
    }
}

extension Reader {
    /// The whole file held against the batch that is awaited.
    fileprivate func checkedReturn(_ bytes: [UInt8], _ digest: String, of id: ID<PaymentRun>) throws -> (PaymentRun, PaymentBatch, [ReturnRow], ReturnFile) {
        let (run, file) = try run(id)
        guard actor.covers(run.region) else { throw Refusal.forbidden("这个批次属于区域 \(run.region.shown)，不在您的管辖范围内") }
        let known = try connection.first("""
            SELECT c.number, b.number FROM payment_batch AS b JOIN case_file AS c ON c.id = b.run_id WHERE b.return_hash = \(digest)
            """) { "\(try $0.read(0) as String)-\(try $0.read(1) as Int)" }
        if let known { throw Refusal.conflict("这份回盘文件已经登记在批次 \(known)，没有重复登记") }
        guard file.state == RunState.filed.name, let batch = try awaitedBatch(of: id) else { throw Refusal.outOfOrder("这个批次没有等待回盘的文件，请先报盘，或核对批次") }
        let returned = try batch.channel.format.returned(bytes)
        var check = try ReturnCheck(returned, of: try head(of: batch, run).number)
        try each(of: batch, after: 0, limit: Int(Int32.max)) { try check.take(seq: $0.seq, account: $0.account, amount: $0.amount) }
        return (run, batch, try rest(of: try check.finish(), batch), returned)
    }

    /// What isn't registered yet: where a return was interrupted, the file goes on behind it. One that says otherwise of a row is refused.
    private func rest(of rows: [ReturnRow], _ batch: PaymentBatch) throws -> [ReturnRow] {
        var known: [Int: String] = [:]
        try connection.each("SELECT seq, coalesce(code, '') FROM payment_result WHERE batch_id = \(batch.id)") { known[try $0.read(0)] = $0.text(1) }
        guard !known.isEmpty else { return rows }
        if let other = rows.first(where: { row in known[row.seq].map { $0 != row.failure?.rawValue ?? "" } ?? false }) {
            throw Refusal.conflict("第 \(other.seq) 笔已按另一份回盘文件登记，结果与这一份不同。没有登记任何一笔。请先重新上传中断的那一份，登记完再与渠道核对")
        }
        return rows.filter { known[$0.seq] == nil }
    }
}
