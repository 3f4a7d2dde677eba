import Storage
import Values

/// 待写队列。Writes in the order they came, never more than the limit.
struct WriteQueue {
    private var jobs: [WriteJob] = []
    private let limit: Int
    private(set) var isDraining = false
    private(set) var isClosed = false

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { jobs.count }

    /// - Returns: whether somebody must begin to drain the queue.
    mutating func add(_ job: WriteJob) throws -> Bool {
        guard !isClosed else { throw StorageError.connection("数据库已关闭") }
        guard jobs.count < limit else { throw Refusal(.busy, "现在办理的人太多，请稍等片刻再提交；已填写的内容不会丢失") }
        jobs.append(job)
        defer { isDraining = true }
        return !isDraining
    }

    /// The next job of any kind; nil ends the draining.
    mutating func next() -> WriteJob? {
        guard let job = jobs.first else {
            isDraining = false
            return nil
        }
        jobs.removeFirst()
        return job
    }

    /// The next job if it may join a group.
    mutating func nextOfGroup() -> WriteJob? {
        jobs.first?.kind == .grouped ? jobs.removeFirst() : nil
    }

    /// Everything that waits, to be told that nothing can be written.
    mutating func takeAll() -> [WriteJob] {
        defer { jobs = [] }
        return jobs
    }

    mutating func close() {
        isClosed = true
    }
}

/// 一次写入。What a caller wants written, and how the caller is told.
struct WriteJob: Sendable {
    enum Kind: Sendable {
        /// Shares a transaction with its neighbours.
        case grouped
        /// Has a transaction of its own.
        case alone
        /// Runs outside any transaction.
        case bare
    }

    /// Tells the caller: nil that the work is durable, or why it is not.
    typealias Answer = @Sendable ((any Error)?) -> Void

    let kind: Kind
    /// Does the work and returns how to answer once its transaction has ended.
    let perform: @Sendable (SQLiteConnection) throws -> Answer
    let fail: @Sendable (any Error) -> Void

    init<Outcome: Sendable>(
        _ kind: Kind, _ body: @escaping @Sendable (any Connection) throws -> Outcome,
        for caller: CheckedContinuation<Outcome, any Error>
    ) {
        self.kind = kind
        perform = { connection in
            let outcome = try body(connection)
            return { error in
                if let error { caller.resume(throwing: error) } else { caller.resume(returning: outcome) }
            }
        }
        fail = { caller.resume(throwing: $0) }
    }
}
