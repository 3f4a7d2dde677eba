import Kernel
import Storage
import Values

/// 记应付。One slice of a signed roster: for every line what is due to its payee leaves the pool and is owed to the person: by the house alone.
struct PostSlice: Action {
    let run: ID<PaymentRun>
    let step: String

    static let title = "记一段应付"
    static let guidance = "三方签批之后由系统分段办理。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<PostSlice>.opened(.paymentRun, \.run)
    static let shape = Shape<PostSlice> {
        Field(.paymentRun, \.run)
        Field(.runStep, \.step)
    }

    init(from reading: Reading<PostSlice>) throws(Refusal) {
        run = try reading(.paymentRun)
        step = try reading(.runStep)
    }

    static let rows = 12_000

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.find(run)
        try desk.requireHouse()
        guard step == run.postStep(run.posted) else { throw Refusal.outOfOrder("已记到第 \(run.posted) 行，请刷新") }
        if run.posted == 0 {
            let news = try RosterNews(run, desk).items()
            guard news.isEmpty else { return try desk.turnBack(run, news) }
        }
        let brought = (desk.matter as? ReadyDues).flatMap { $0.step == step && $0.day == desk.today ? $0 : nil }
        guard let dues = try brought ?? desk.dues(of: run, after: run.posted, atMost: Self.rows, act: desk.act) else { throw Refusal.outOfOrder("应付已经记完") }
        try desk.book(dues.entries)
        var others: [LedgerEntry] = []
        for line in dues.others {
            if line.offset > .zero { others.append(contentsOf: try desk.settleOffset(line, of: run)) }
            if line.due < .zero { others.append(try desk.openRecovery(line, of: run)) }
        }
        try desk.book(others)
        try desk.connection.run("UPDATE payment_run SET posted = \(dues.last) WHERE id = \(run.id)")
        failPoint("payments.posted")
        return Outcome(run.id, "已记账到第 \(dues.last) 行", link: run.link)
    }
}

extension PaymentRun {
    /// The name of a slice of postings: fixed by how far it came.
    func postStep(_ posted: Int) -> String { "post.\(posted)" }
}

/// 备好的一段应付。What is due on each line of a slice, ready to be booked, and the lines that move more than that.
struct ReadyDues: Sendable {
    let step: String, last: Int, day: CivilDate, entries: PackedEntries, others: [SignedLine]
}

extension Reader {
    /// The lines of a signed roster don't change any more: they may be read beside the act that books them.
    /// - Returns: nil behind the last line.
    func dues(of run: PaymentRun, after posted: Int, atMost rows: Int, act: ID<JournalEntry>) throws -> ReadyDues? {
        var entries: [LedgerEntry] = [], others: [SignedLine] = [], pools: [String: LedgerAccount] = [:], last = posted
        entries.reserveCapacity(rows)
        let ids = run.ids, today = today
        try connection.each("""
            SELECT id, number, programme, payee_id, due_fen, offset_fen, amount_fen, reason, region, subject, month FROM payment_line
            WHERE run_id = \(run.id) AND number > \(posted) ORDER BY number LIMIT \(rows)
            """) { row in
            let line = try SignedLine(row)
            last = line.number
            if line.amount + line.offset > .zero {
                let pool = pools[line.programme] ?? .pool(run.id.text, line.programme)
                pools[line.programme] = pool
                entries.append(try line.due(from: pool, ids, on: today))
            }
            if line.offset > .zero || line.due < .zero { others.append(line) }
        }
        guard last > posted else { return nil }
        return ReadyDues(step: run.postStep(posted), last: last, day: today, entries: try LedgerBook(house.keyring, act: act).packed(entries), others: others)
    }
}

/// A line of a signed roster.
struct SignedLine: Sendable {
    let id: String, number: Int, programme: String, payee: String, due: Money, offset: Money, amount: Money, reason: String, region: RegionCode, subject: String, month: Month

    init(_ row: Row) throws {
        id = row.text(0)
        number = try row.read(1)
        programme = row.text(2)
        payee = row.text(3)
        due = try row.read(4)
        offset = try row.read(5)
        amount = try row.read(6)
        reason = row.text(7)
        region = try row.read(8)
        subject = row.text(9)
        month = try row.read(10)
    }

    fileprivate func due(from pool: LedgerAccount, _ ids: ImportBatch, on day: CivilDate) throws -> LedgerEntry {
        try .moving(amount + offset, from: pool, to: .payee(payee, programme), ids.id(number, part: PaymentRun.Part.due), .due, of: id, on: day)
    }
}

/// 记账完毕。By the house alone: the first batch for the paying channel is laid out.
struct EndPosting: Action {
    let run: ID<PaymentRun>

    static let title = "记账完毕"
    static let guidance = "应付记到最后一行后由系统办理。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<EndPosting>.opened(.paymentRun, \.run)
    static let shape = Shape<EndPosting> { Field(.paymentRun, \.run) }

    init(from reading: Reading<EndPosting>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.find(run)
        try desk.requireHouse()
        guard run.posted >= run.lines else { throw Refusal.outOfOrder("应付还没有记完") }
        // Where its lines lie there must be all of its own, and none of another's.
        let (rows, sum, strange) = try desk.connection.first("""
            SELECT CAST(coalesce(sum(CASE WHEN amount_fen > 0 THEN 1 ELSE 0 END), 0) AS BIGINT), CAST(coalesce(sum(amount_fen), 0) AS BIGINT),
                   CAST(coalesce(sum(CASE WHEN run_id = \(run.id) THEN 0 ELSE 1 END), 0) AS BIGINT)
            FROM payment_line WHERE \(run.holdsLine("id"))
            """) { (try $0.read(0) as Int, try $0.read(1) as Money, try $0.read(2) as Int) } ?? (0, .zero, 0)
        let tallied = try desk.connection.value("SELECT CAST(coalesce(sum(amount_fen), 0) AS BIGINT) FROM payment_tally WHERE run_id = \(run.id)") ?? Money.zero
        guard strange == 0, try desk.lineCount(of: run) == run.lines, tallied == sum else {
            throw Refusal.conflict("名册逐行合计与分类合计不符，已停在记账之后，请系统管理员用 minzheng verify ledger 核对")
        }
        if rows > 0 { try desk.openBatch(desk.makeID(), of: run, number: 1, reissues: nil, rows: rows, sum: sum) }
        failPoint("payments.laid-out")
        let next = rows > 0 ? "生成发放文件" : "没有要发放的行，可以直接办结"
        return Outcome(run.id, "已逐人记账，共 \(rows) 笔 \(sum.shown)。下一步：\(next)", link: run.link)
    }
}
