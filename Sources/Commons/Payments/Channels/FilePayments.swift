import Cryptography
import Foundation
import Kernel
import Storage
import Synchronization
import Values

/// 报盘。The payment file of the batch that waits is written, piece by piece, and kept sealed with its hash.
struct FilePayments: Action {
    let run: ID<PaymentRun>

    static let title = "生成发放文件"
    static let guidance = "系统按发放渠道的格式生成文件并密存，完成后可以下载，送交发放渠道。文件内容不再改变。"
    static let roles: Set<Role> = [.finance]
    static let subject = Subject<FilePayments>.opened(.paymentRun, \.run)
    static let shape = Shape<FilePayments> { Field(.paymentRun, \.run) }

    init(from reading: Reading<FilePayments>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.find(run)
        guard let batch = try desk.openBatch(of: run.id) else { throw Refusal.outOfOrder("没有待报盘的发放行，可以直接办结") }
        try desk.connection.run("UPDATE payment_batch SET filed_by_name = \(desk.actor.name) WHERE id = \(batch.id)")
        try desk.enqueue(paymentJob.name, title: "\(run.title)：生成发放文件", input: run.id.text)
        failPoint("payments.filing")
        return Outcome(run.id, "正在生成发放文件，共 \(batch.rows) 笔 \(batch.sum.shown)。完成后请下载并送交\(batch.channel.label)", link: run.link)
    }
}

/// 发放文件的一段。By the house alone.
struct FileSlice: Action {
    let run: ID<PaymentRun>

    static let title = "写一段发放文件"
    static let guidance = "报盘之后由系统分段办理。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<FileSlice>.opened(.paymentRun, \.run)
    static let shape = Shape<FileSlice> { Field(.paymentRun, \.run) }

    init(from reading: Reading<FileSlice>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.requireHouse()
        guard let piece = desk.matter as? FilePiece else { throw Refusal.forbidden("发放文件只由系统生成") }
        try desk.connection.run("""
            INSERT INTO payment_file (id, batch_id, piece, last_seq, sealed)
            VALUES (\(desk.makeID() as ID<PaymentBatch>), \(piece.batch), \(piece.number), \(piece.lastSeq), \(piece.sealed))
            """)
        failPoint("payments.filed")
        return Outcome(run, "发放文件写到第 \(piece.lastSeq) 笔", link: nil)
    }
}

/// 报盘完成。By the house alone.
struct EndFile: Action {
    let run: ID<PaymentRun>

    static let title = "发放文件写完"
    static let guidance = "发放文件写到最后一笔后由系统办理。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<EndFile>.opened(.paymentRun, \.run)
    static let shape = Shape<EndFile> { Field(.paymentRun, \.run) }

    init(from reading: Reading<EndFile>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.requireHouse()
        let run = try desk.find(run)
        guard let whole = desk.matter as? WholeFile, let batch = try desk.openBatch(of: run.id), batch.id == whole.batch else {
            throw Refusal.forbidden("发放文件只由系统生成")
        }
        guard whole.rows == batch.rows, whole.sum == batch.sum else { throw Refusal.conflict("发放文件与批次的笔数、金额不符，没有报盘。请系统管理员核对数据") }
        try desk.connection.run("UPDATE payment_batch SET file_hash = \(whole.hash), filed_at = \(desk.now) WHERE id = \(batch.id)")
        failPoint("payments.file-ended")
        return Outcome(run.id, "发放文件已生成，\(batch.rows) 笔 \(batch.sum.shown)，摘要 \(whole.hash.prefix(16))。下一步：下载并送交\(batch.channel.label)", link: run.link)
    }
}

/// What pieces of payment files are sealed for.
let paymentFilePurpose = "payment-file"

/// A sealed piece of a payment file, and how far it goes.
struct FilePiece: Sendable {
    let batch: ID<PaymentBatch>, number: Int, lastSeq: Int, sealed: String
}

struct WholeFile: Sendable {
    let batch: ID<PaymentBatch>, rows: Int, sum: Money, hash: String
}

extension PaymentWork {
    static let rowsOfPiece = 10_000

    /// Writes the next piece, or ends the file.
    func file(_ run: PaymentRun) async throws -> Bool {
        let found = try await counter.read(as: .house) { reader -> (PaymentBatch, BatchHead, Int, Int)? in
            guard let batch = try reader.openBatch(of: run.id) else { return nil }
            let last = try reader.connection.first("SELECT piece, last_seq FROM payment_file WHERE batch_id = \(batch.id) ORDER BY piece DESC LIMIT 1") {
                (try $0.read(0) as Int, try $0.read(1) as Int)
            }
            return (batch, try reader.head(of: batch, run), last?.0 ?? 0, last?.1 ?? 0)
        }
        guard let (batch, head, piece, after) = found else { return false }
        guard let first = try await ready(batch, head, piece: piece + 1, after: after) else {
            try await submit(EndFile.name, run, "file.\(batch.number)", bringing: try await whole(batch, pieces: piece))
            return true
        }
        try await relay(first, of: run.id, in: RunState.filing) { ready in
            try await submit(FileSlice.name, run, "file.\(batch.number).\(ready.after)", bringing: ready.piece)
            try RunningFile.add(ready.content, ready.measure, piece: ready.piece.number, of: batch.id)
        } next: { ready in
            ready.isFull ? try await self.ready(batch, head, piece: ready.piece.number + 1, after: ready.piece.lastSeq) : nil
        }
        return true
    }

    /// A piece made ready: what it says, and the same sealed.
    private struct ReadyPiece: Sendable {
        let piece: FilePiece, after: Int, content: [UInt8], measure: RunningFile.Measure, isFull: Bool
    }

    /// Reads so many rows and writes them out, each half by itself: opening the accounts is most of the work.
    /// - Returns: nil behind the last row.
    private func ready(_ batch: PaymentBatch, _ head: BatchHead, piece number: Int, after seq: Int) async throws -> ReadyPiece? {
        let limit = min(rows, Self.rowsOfPiece), keyring = counter.house.keyring, format = batch.channel.format
        let sent = try await counter.read(as: .house) { try $0.sealedRows(of: batch, after: seq, limit: limit) }
        guard let last = sent.last else { return nil }
        async let front = Self.content(sent[..<(sent.count / 2)], format, keyring)
        async let rear = Self.content(sent[(sent.count / 2)...], format, keyring)
        var content = number == 1 ? try format.head(head) : []
        content += try await front
        content += try await rear
        let measure = RunningFile.Measure(rows: sent.count, sum: sent.reduce(.zero) { $0 + $1.amount })
        let sealed = try keyring.seal(Data(content).base64EncodedString(), for: paymentFilePurpose)
        let piece = FilePiece(batch: batch.id, number: number, lastSeq: last.seq, sealed: sealed)
        return ReadyPiece(piece: piece, after: seq, content: content, measure: measure, isFull: sent.count == limit)
    }

    private static func content(_ rows: ArraySlice<SealedRow>, _ format: any PaymentFormat, _ keyring: Keyring) async throws -> [UInt8] {
        let open: @Sendable (Sealed<BankAccount>) throws -> BankAccount = keyring.opener()
        var content: [UInt8] = []
        content.reserveCapacity(rows.count * 224)
        for row in rows { content += try format.row(try row.opened(by: open)) }
        return content
    }

    /// What this process wrote from the first piece to the last is known; otherwise, after a restart or with several nodes, the pieces are read again.
    private func whole(_ batch: PaymentBatch, pieces: Int) async throws -> WholeFile {
        if let (hash, written) = try RunningFile.finish(batch.id, pieces: pieces) { return WholeFile(batch: batch.id, rows: written.rows, sum: written.sum, hash: hash) }
        let hash = try await counter.read(as: .house) { try $0.digest(ofPieces: batch.id) }
        let (rows, sum) = try await counter.read(as: .house) { reader in try reader.measure(of: batch) }
        return WholeFile(batch: batch.id, rows: rows, sum: sum, hash: hash)
    }
}

/// 正在写的发放文件。Its digest and sums so far, kept by the process that writes it, so that a file of a million rows isn't opened again to be measured.
final class RunningFile: Sendable {
    struct Measure: Sendable {
        var rows = 0, sum = Money.zero
    }

    private struct State: ~Copyable {
        var hash: RunningHash?
        var pieces = 0, measure = Measure()
    }

    private let state: Mutex<State>
    private static let open = Mutex<[ID<PaymentBatch>: RunningFile]>([:])

    private init() throws { state = Mutex(State(hash: try RunningHash(.international))) }

    /// A piece that was committed. One out of turn ends the reckoning.
    static func add(_ content: [UInt8], _ written: Measure, piece: Int, of batch: ID<PaymentBatch>) throws {
        if piece == 1 {
            let file = try RunningFile()
            open.withLock { $0[batch] = file }
        }
        guard let file = open.withLock({ $0[batch] }) else { return }
        let isNext = try file.state.withLock { state in
            guard state.pieces == piece - 1 else { return false }
            try state.hash?.update(content)
            state.pieces = piece
            state.measure.rows += written.rows
            state.measure.sum = state.measure.sum + written.sum
            return true
        }
        if !isNext { open.withLock { $0[batch] = nil } }
    }

    /// - Returns: nil when not every piece was written here.
    static func finish(_ batch: ID<PaymentBatch>, pieces: Int) throws -> (hash: String, measure: Measure)? {
        guard let file = open.withLock({ $0.removeValue(forKey: batch) }) else { return nil }
        return try file.state.withLock { state in
            guard state.pieces == pieces, let hash = state.hash.take() else { return nil }
            return (try hash.finish().hex, state.measure)
        }
    }
}

extension Reader {
    /// One piece of a payment file, from 1; nil behind the last. The file is handed out piece by piece, never whole in memory.
    public func piece(_ number: Int, of batch: ID<PaymentBatch>) throws -> [UInt8]? {
        let sealed: String? = try connection.value("SELECT sealed FROM payment_file WHERE batch_id = \(batch) AND piece = \(number)")
        return try sealed.map(openedPiece)
    }

    private func openedPiece(_ sealed: String) throws -> [UInt8] {
        guard let content = Data(base64Encoded: try house.keyring.open(sealed, for: paymentFilePurpose)) else { throw Refusal.absent("发放文件已损坏，请从备份中恢复") }
        return Array(content)
    }

    /// Over all pieces in order.
    func digest(ofPieces batch: ID<PaymentBatch>) throws -> String {
        let total = try RunningHash(.international)
        try eachPiece(of: batch) { try total.update($0) }
        return try total.finish().hex
    }

    /// 发放文件的内容，piece by piece as it was written.
    public func eachPiece(of batch: ID<PaymentBatch>, _ body: ([UInt8]) throws -> Void) throws {
        try connection.each("SELECT sealed FROM payment_file WHERE batch_id = \(batch) ORDER BY piece") { row in
            try body(try openedPiece(row.text(0)))
        }
    }
}
