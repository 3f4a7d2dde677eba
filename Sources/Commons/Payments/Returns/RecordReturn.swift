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

/// 回盘的一笔，核对过的。
struct ReturnResult: Sendable, Hashable {
    let seq: Int, amount: Money
    /// nil: credited.
    let failure: ReturnCode?
}

struct ReturnSlice: Sendable {
    let batch: ID<PaymentBatch>, on: CivilDate, rows: [ReturnResult]
}

struct ReturnSummary: Sendable {
    let batch: ID<PaymentBatch>, hash: String, credited: Int, creditedSum: Money, failed: Int, failedSum: Money
}

/// 开始登记回盘。By the house alone: which file a batch is answered by is written down before anything of it is, so that no other goes on where it was interrupted.
struct BeginReturn: Action {
    let run: ID<PaymentRun>

    static let title = "开始登记回盘"
    static let guidance = "回盘文件核对无误之后由系统记下是哪一份。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<BeginReturn>.opened(.paymentRun, \.run)
    static let shape = Shape<BeginReturn> { Field(.paymentRun, \.run) }

    init(from reading: Reading<BeginReturn>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.requireHouse()
        guard let summary = desk.matter as? ReturnSummary, let batch = try desk.awaitedBatch(of: run), batch.id == summary.batch else {
            throw Refusal.forbidden("回盘只由系统逐笔登记")
        }
        try desk.requireSame(summary.hash, as: batch)
        try desk.connection.run("UPDATE payment_batch SET return_begun = \(summary.hash) WHERE id = \(batch.id)")
        failPoint("payments.return-begun")
        return Outcome(run, "开始登记回盘，文件摘要 \(summary.hash.prefix(16))", link: nil)
    }
}

/// A return file that agrees with its batch.
private struct CheckedReturn: Sendable {
    let run: PaymentRun, batch: PaymentBatch, on: CivilDate, check: ReturnCheck, summary: ReturnSummary
}

extension PaymentWork {
    static let rowsOfReturn = 10_000

    /// Takes in a return file that lies in memory.
    @discardableResult
    public func takeReturn(_ bytes: [UInt8], of id: ID<PaymentRun>, as actor: Actor) async throws -> Receipt {
        try await takeReturn(ReturnSource(bytes: bytes), of: id, as: actor)
    }

    /// Takes in a return file: checked whole first, then applied slice by slice; the same file again goes on where it stopped.
    /// - Throws: `.outOfOrder` when nothing is awaited; `.conflict` for another batch or a file that was taken; `.invalid` for one that doesn't agree.
    @discardableResult
    public func takeReturn(_ source: ReturnSource, of id: ID<PaymentRun>, as actor: Actor) async throws -> Receipt {
        let action = try counter.house.action("payments.\(RecordReturn.name)")
        guard action.roles.contains(actor.role) else { throw Refusal.forbidden("回盘文件由\(action.roles.labels)登记，您的岗位是\(actor.role.label)") }
        let digest = try source.digest()
        let checked = try await counter.read(as: actor) { reader in try reader.checkedReturn(source, digest, of: id) }
        let name = "return.\(checked.batch.number).\(digest)"
        try await submit(BeginReturn.name, checked.run, name, bringing: checked.summary)
        var part = checked.check.rest(from: 0, atMost: rowsOfReturn)
        while let first = part.first, let last = part.last {
            try await submit(TakeReturnSlice.name, checked.run, "\(name).from.\(first.seq)", bringing: ReturnSlice(batch: checked.batch.id, on: checked.on, rows: part))
            part = checked.check.rest(from: last.seq + 1, atMost: rowsOfReturn)
        }
        let act: ID<JournalEntry> = checked.run.id.derived(by: name)
        return try await counter.submit(Submission("payments.\(RecordReturn.name)", id: act, values: ["run": .stored(id.stored)]), as: actor, bringing: checked.summary)
    }

    private var rowsOfReturn: Int { min(rows, Self.rowsOfReturn) }
}

extension Reader {
    /// The whole file held against the batch that is awaited, a stretch at a time.
    fileprivate func checkedReturn(_ source: ReturnSource, _ digest: String, of id: ID<PaymentRun>) throws -> CheckedReturn {
        let (run, file) = try run(id)
        guard actor.covers(run.region) else { throw Refusal.forbidden("这个批次属于区域 \(run.region.shown)，不在您的管辖范围内") }
        let known = try connection.first("""
            SELECT c.number, b.number FROM payment_batch AS b JOIN case_file AS c ON c.id = b.run_id WHERE b.return_hash = \(digest)
            """) { "\(try $0.read(0) as String)-\(try $0.read(1) as Int)" }
        if let known { throw Refusal.conflict("这份回盘文件已经登记在批次 \(known)，没有重复登记") }
        guard file.state == RunState.filed.name, let batch = try awaitedBatch(of: id) else { throw Refusal.outOfOrder("这个批次没有等待回盘的文件，请先报盘，或核对批次") }
        let number = try head(of: batch, run).number
        var (head, check) = try compared(source, with: batch, number)
        try eachPlace(of: batch) { check.require($0) }
        try check.finish(head, of: number)
        try requireSame(digest, as: batch)
        try connection.each("SELECT seq, code FROM payment_result WHERE batch_id = \(batch.id) ORDER BY seq") { row in
            try check.passOver(try row.read(0), try row.read(1))
        }
        let summary = ReturnSummary(batch: batch.id, hash: digest, credited: head.credited, creditedSum: head.creditedSum, failed: head.failed, failedSum: head.failedSum)
        return CheckedReturn(run: run, batch: batch, on: head.on, check: check, summary: summary)
    }

    /// Every row against the row that was sent in its place. A file of another batch is only read to its end.
    private func compared(_ source: ReturnSource, with batch: PaymentBatch, _ number: String) throws -> (ReturnHead, ReturnCheck) {
        var reading = batch.channel.format.returns(), lines = ByteLines(), check = ReturnCheck(places: try lastPlace(of: batch)), waiting: [ReturnRow] = [], rows = 0
        func compare() throws {
            if reading.head?.number == number { check.take(waiting, sent: try sent(in: batch, waiting.map(\.seq))) }
            waiting.removeAll(keepingCapacity: true)
        }
        func take(_ line: ArraySlice<UInt8>) throws {
            guard let row = try reading.take(line) else { return }
            rows += 1
            waiting.append(row)
            if waiting.count == 5_000 { try compare() }
        }
        try source.each { try lines.take($0, take) }
        try lines.finish(take)
        try compare()
        return (try reading.ended(rows: rows), check)
    }

    /// - Throws: `.conflict` when another file began to answer the batch.
    fileprivate func requireSame(_ digest: String, as batch: PaymentBatch) throws {
        let begun: String? = try connection.value("SELECT return_begun FROM payment_batch WHERE id = \(batch.id)")
        guard let begun, begun != digest else { return }
        throw Refusal.conflict("这一批已经开始按另一份回盘文件（摘要 \(begun.prefix(16))）登记，登记到一半中断了。没有登记任何一笔。请重新上传那一份，系统会接着登记；登记完再与渠道核对这一份")
    }
}
