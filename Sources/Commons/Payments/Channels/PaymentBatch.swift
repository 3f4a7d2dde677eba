import Kernel
import Storage
import Values

/// 发放批。One file to the paying channel: the first holds every line to be paid, a later one only those that failed.
public struct PaymentBatch: Sendable, Hashable {
    public let id: ID<PaymentBatch>
    public let run: ID<PaymentRun>
    public let number: Int
    /// 补发的是哪一批。
    public let reissues: ID<PaymentBatch>?
    public let channel: ChannelKind
    public let rows: Int
    public let sum: Money
    public let fileHash: String?
    public let filedAt: Instant?
    public let filer: String?
    public let returnHash: String?
    public let returnedAt: Instant?
    public let credited: Int, creditedSum: Money, failed: Int, failedSum: Money

    static let columns: Statement = """
        id, run_id, number, reissues, channel, rows, sum_fen, file_hash, filed_at, filed_by_name, return_hash, returned_at, credited, credited_fen, failed, failed_fen
        """

    init(_ row: Row) throws {
        id = try row.read(0)
        run = try row.read(1)
        number = try row.read(2)
        reissues = try row.read(3)
        channel = try row.read(4)
        rows = try row.read(5)
        sum = try row.read(6)
        fileHash = try row.read(7)
        filedAt = try row.read(8)
        filer = try row.read(9)
        returnHash = try row.read(10)
        returnedAt = try row.read(11)
        credited = try row.read(12)
        creditedSum = try row.read(13)
        failed = try row.read(14)
        failedSum = try row.read(15)
    }
}

/// One row of a batch as the ledger knows it.
struct BatchLine {
    let seq: Int, line: String, number: Int, programme: String, payee: String, amount: Money, region: RegionCode
}

/// One row of a batch as it rests: its account number is opened where it is written out or compared.
struct SealedRow: Sendable {
    let seq: Int, account: Sealed<BankAccount>, bank: String, holder: String, amount: Money, programme: String, month: String, isArrears: Bool, line: String

    func opened(by open: (Sealed<BankAccount>) throws -> BankAccount) throws -> PaymentRow {
        PaymentRow(seq: seq, account: try open(account).number, bank: bank, holder: holder, amount: amount, programme: programme, month: try Month(typed: month),
                   isArrears: isArrears, line: line)
    }
}

extension Reader {
    public func batches(of run: ID<PaymentRun>) throws -> [PaymentBatch] {
        try connection.all("SELECT \(PaymentBatch.columns) FROM payment_batch WHERE run_id = \(run) ORDER BY number", PaymentBatch.init)
    }

    public func batch(_ id: ID<PaymentBatch>) throws -> PaymentBatch {
        guard let batch = try connection.first("SELECT \(PaymentBatch.columns) FROM payment_batch WHERE id = \(id)", PaymentBatch.init) else { throw Refusal.absent("找不到这一批发放") }
        return batch
    }

    /// The batch whose file isn't written yet.
    func openBatch(of run: ID<PaymentRun>) throws -> PaymentBatch? { try batches(of: run).last { $0.fileHash == nil } }

    /// The batch that went out and hasn't come back.
    func awaitedBatch(of run: ID<PaymentRun>) throws -> PaymentBatch? { try batches(of: run).last { $0.fileHash != nil && $0.returnHash == nil } }

    func head(of batch: PaymentBatch, _ run: PaymentRun) throws -> BatchHead {
        BatchHead(number: "\(try caseFile(run.id).number)-\(batch.number)", title: run.title, month: run.month, rows: batch.rows, sum: batch.sum)
    }

    /// Rows of a batch after one, in order, their accounts still sealed.
    func sealedRows(of batch: PaymentBatch, after seq: Int, limit: Int) throws -> [SealedRow] {
        let accounts = try find(batch.run).accounts.table
        return try connection.all("""
            SELECT \(seqOf(batch)), a.number, a.bank, a.holder, l.amount_fen, l.programme, l.month, l.reason, l.id
            FROM \(rowsOf(batch)) JOIN \(accounts) AS a ON a.id = \(accountOf(batch)) WHERE \(within(batch)) AND \(seqOf(batch)) > \(seq)
            ORDER BY \(seqOf(batch)) LIMIT \(limit)
            """) { row in
            SealedRow(seq: try row.read(0), account: try row.read(1), bank: row.text(2), holder: row.text(3), amount: try row.read(4), programme: row.text(5),
                      month: row.text(6), isArrears: row.text(7) == LineReason.arrears.rawValue, line: row.text(8))
        }
    }

    /// Rows from one place to another with their accounts open. Places that lie far apart are looked up one by one.
    func sent(in batch: PaymentBatch, _ places: [Int]) throws -> [PaymentRow] {
        let open: @Sendable (Sealed<BankAccount>) throws -> BankAccount = house.keyring.opener()
        guard let first = places.min(), let last = places.max(), last > 0 else { return [] }
        let isDense = last - max(first, 1) < places.count * 4
        let found = isDense ? try sealedRows(of: batch, after: max(first, 1) - 1, limit: last - max(first, 1) + 1)
            : try Set(places).sorted().flatMap { try sealedRows(of: batch, after: max($0, 1) - 1, limit: 1) }
        return try found.filter { $0.seq <= last }.map { try $0.opened(by: open) }
    }

    /// The places of everything that was sent, in order.
    func eachPlace(of batch: PaymentBatch, _ body: (Int) throws -> Void) throws {
        try connection.each("SELECT \(seqOf(batch)) FROM \(rowsOf(batch)) WHERE \(within(batch)) ORDER BY \(seqOf(batch))") { try body(try $0.read(0)) }
    }

    func lastPlace(of batch: PaymentBatch) throws -> Int {
        try connection.value("SELECT max(\(seqOf(batch))) FROM \(rowsOf(batch)) WHERE \(within(batch))") ?? 0
    }

    /// Rows as the ledger knows them.
    func lines(of batch: PaymentBatch, seqs: ClosedRange<Int>) throws -> [BatchLine] {
        try connection.all("""
            SELECT \(seqOf(batch)), l.id, l.number, l.programme, l.payee_id, l.amount_fen, l.region FROM \(rowsOf(batch))
            WHERE \(within(batch)) AND \(seqOf(batch)) BETWEEN \(seqs.lowerBound) AND \(seqs.upperBound) ORDER BY \(seqOf(batch))
            """) { row in
            BatchLine(seq: try row.read(0), line: row.text(1), number: try row.read(2), programme: row.text(3), payee: row.text(4), amount: try row.read(5),
                      region: try row.read(6))
        }
    }

    func measure(of batch: PaymentBatch) throws -> (rows: Int, sum: Money) {
        let accounts = try find(batch.run).accounts.table
        return try connection.first("""
            SELECT count(*), CAST(coalesce(sum(l.amount_fen), 0) AS BIGINT) FROM \(rowsOf(batch)) JOIN \(accounts) AS a ON a.id = \(accountOf(batch)) WHERE \(within(batch))
            """) { (try $0.read(0), try $0.read(1)) } ?? (0, .zero)
    }

    // The first batch is the roster itself; a reissue names its rows.

    private func rowsOf(_ batch: PaymentBatch) -> Statement {
        batch.reissues == nil ? "payment_line AS l" : "payment_batch_row AS b JOIN payment_line AS l ON l.id = b.line_id"
    }
    private func seqOf(_ batch: PaymentBatch) -> Statement { batch.reissues == nil ? "l.number" : "b.seq" }
    private func accountOf(_ batch: PaymentBatch) -> Statement { batch.reissues == nil ? "l.account_id" : "b.account_id" }
    private func within(_ batch: PaymentBatch) -> Statement {
        batch.reissues == nil ? "l.run_id = \(batch.run) AND l.amount_fen > 0" : "b.batch_id = \(batch.id)"
    }
}

extension Desk {
    func openBatch(_ id: ID<PaymentBatch>, of run: PaymentRun, number: Int, reissues: ID<PaymentBatch>?, rows: Int, sum: Money) throws {
        try connection.run("""
            INSERT INTO payment_batch (id, run_id, number, reissues, channel, rows, sum_fen, credited, credited_fen, failed, failed_fen)
            VALUES (\(id), \(run.id), \(number), \(reissues), \(run.channel), \(rows), \(sum), 0, 0, 0, 0)
            """)
    }
}

extension Term where Value == ChannelKind {
    static var channelKind: Term<ChannelKind> { Term("channel", "发放渠道") }
}
