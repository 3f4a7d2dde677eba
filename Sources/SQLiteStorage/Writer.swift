import GRDB
import Storage
import Synchronization

/// 写者。The one thread that writes: it takes what waits, gives each write a savepoint and all of them one commit.
///
/// A commit costs a flush of the disk however little was written, so writers who come together share one. The loop runs on
/// the driver's own queue, outside every task: a caller who is cancelled neither stops it nor undoes what it wrote.
/// Callers are answered after COMMIT, never before.
final class Writer: Sendable {
    private let pool: DatabasePool
    private let groupLimit: Int
    private let groupTime: Duration
    /// How many may wait.
    let limit: Int
    private let queue: Mutex<WriteQueue>

    init(_ pool: DatabasePool, _ configuration: SQLiteConfiguration) {
        self.pool = pool
        groupLimit = configuration.groupLimit
        groupTime = configuration.groupTime
        limit = configuration.queueLimit
        queue = Mutex(WriteQueue(limit: configuration.queueLimit))
    }

    /// How many writes wait, not counting those being written.
    var waiting: Int { queue.withLock { $0.count } }

    func perform<Outcome: Sendable>(
        _ kind: WriteJob.Kind, _ body: @escaping @Sendable (any Connection) throws -> Outcome
    ) async throws -> Outcome {
        try await withCheckedThrowingContinuation { caller in
            let job = WriteJob(kind, body, for: caller)
            do {
                try submit(job)
            } catch {
                job.fail(error)
            }
        }
    }

    /// Refuses what comes from now on; what waits is still written.
    func close() {
        queue.withLock { $0.close() }
    }

    /// The loop is started under the lock, so that it stands in the driver's queue before any later closing.
    private func submit(_ job: WriteJob) throws {
        try queue.withLock { queue in
            guard try queue.add(job) else { return }
            pool.asyncWriteWithoutTransaction { self.drain(into: $0) }
        }
    }

    private func drain(into database: GRDB.Database) {
        while let job = queue.withLock({ $0.next() }) {
            let connection = SQLiteConnection(database)
            switch job.kind {
            case .grouped: commitGroup(startingWith: job, on: connection)
            case .alone: commitAlone(job, on: connection)
            case .bare: answer(job) { try job.perform(connection) }
            }
        }
    }
}

extension Writer {
    /// A write that fails takes only its own savepoint with it. An error that costs the transaction costs it for all.
    private func commitGroup(startingWith first: WriteJob, on connection: SQLiteConnection) {
        guard begin(for: first, on: connection) else { return }
        var answers: [WriteJob.Answer] = []
        var current: WriteJob? = first
        do {
            let deadline = ContinuousClock.now + groupTime
            while let job = current {
                answers.append(try member(job, on: connection))
                let isOpen = answers.count < groupLimit && ContinuousClock.now < deadline
                current = isOpen ? queue.withLock { $0.nextOfGroup() } : nil
            }
            try connection.commit()
            for answer in answers { answer(nil) }
        } catch {
            let loss = connection.rollback(after: error)
            current?.fail(loss)
            for answer in answers { answer(loss) }
        }
    }

    /// - Returns: how to answer after the commit. A write that failed by itself waits for it too: what it met,
    ///   a row of the same number, may be an earlier member's, which nobody can read before.
    /// - Throws: what cost the whole transaction.
    private func member(_ job: WriteJob, on connection: SQLiteConnection) throws(StorageError) -> WriteJob.Answer {
        do {
            let answer = try connection.savepoint { try job.perform(connection) }
            try connection.checkTransaction()
            return answer
        } catch {
            try connection.checkTransaction()
            return { loss in job.fail(loss ?? error) }
        }
    }

    private func commitAlone(_ job: WriteJob, on connection: SQLiteConnection) {
        guard begin(for: job, on: connection) else { return }
        answer(job) {
            do {
                let answer = try job.perform(connection)
                try connection.checkTransaction()
                try connection.commit()
                return answer
            } catch {
                throw connection.rollback(after: error)
            }
        }
    }

    private func answer(_ job: WriteJob, _ work: () throws -> WriteJob.Answer) {
        do {
            try work()(nil)
        } catch {
            job.fail(error)
        }
    }

    /// If no transaction can be begun, everyone who waits is told now instead of each after a time-out of its own.
    private func begin(for job: WriteJob, on connection: SQLiteConnection) -> Bool {
        do {
            try connection.begin()
            return true
        } catch {
            job.fail(error)
            for waiting in queue.withLock({ $0.takeAll() }) { waiting.fail(error) }
            return false
        }
    }
}
