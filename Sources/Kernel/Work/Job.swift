import Storage
import Values

/// 后台任务。Long work in slices; each slice only submits acts, so permission and journal are around it as ever.
public struct JobKind: Sendable {
    public let name: String
    public let title: String
    /// Submits the next slice and says how far it came. Called again until it says `finished`.
    let slice: @Sendable (Job, Counter) async throws -> JobProgress

    public init(_ name: String, _ title: String, slice: @escaping @Sendable (Job, Counter) async throws -> JobProgress) {
        self.name = name
        self.title = title
        self.slice = slice
    }
}

public struct Job: Sendable, Hashable {
    public let id: ID<Job>
    public let kind: String
    public let title: String
    public let input: String
    public let state: JobState
    public let total: Int?
    public let done: Int
    public let failed: Int
    /// Where the next slice begins.
    public let cursor: String?
    public let message: String?
    public let createdAt: Instant
    public let finishedAt: Instant?
}

public struct JobProgress: Sendable, Hashable {
    public var total: Int?
    public var done: Int
    public var failed: Int
    public var cursor: String?
    public var message: String?
    public var isFinished: Bool

    public init(total: Int? = nil, done: Int, failed: Int = 0, cursor: String? = nil, message: String? = nil, isFinished: Bool) {
        self.total = total
        self.done = done
        self.failed = failed
        self.cursor = cursor
        self.message = message
        self.isFinished = isFinished
    }
}

public enum JobState: String, CodeList {
    case waiting, running, finished, failed

    public var label: String {
        switch self { case .waiting: "等待"; case .running: "进行中"; case .finished: "完成"; case .failed: "失败" }
    }
}

/// Runs waiting jobs one slice at a time, so that a stop in between loses nothing. Several runners, on one node or many, share them:
/// a job is held while a slice of it runs, and goes to the end of the queue behind it.
public struct JobRunner: Sendable {
    let counter: Counter

    public init(_ counter: Counter) { self.counter = counter }

    /// Runs one slice of the job that has waited longest, among those whose day has come and that nobody holds.
    ///
    /// What a slice submits has ids fixed by the job and its cursor: a slice that is done twice, because its first runner died
    /// before it could say so, does nothing twice.
    /// - Returns: whether there was anything to do.
    /// - Throws: our own fault in the slice, after the job was put off for a while.
    @discardableResult
    public func runSlice() async throws -> Bool {
        guard let (job, lease) = try await take() else { return false }
        guard let kind = counter.house.lines.flatMap(\.jobs).first(where: { $0.name == job.kind }) else {
            try await finish(job, lease, .failed, "没有「\(job.kind)」这种后台任务")
            return true
        }
        do {
            let progress = try await Lease.holding(renew: { try await renew(job, lease) }) { [counter] in try await kind.slice(job, counter) }
            try await save(progress, of: job, lease)
        } catch let refusal as Refusal where refusal.kind != .busy {
            try await finish(job, lease, .failed, refusal.message)
        } catch is LostLease {
            return true
        } catch {
            try await putOff(job, lease)
            throw error
        }
        return true
    }

    // MARK: Taking

    /// An idle house is only read.
    private func take() async throws -> (Job, Lease)? {
        let now = counter.clock.now(), lease = Lease(at: now)
        let waiting: Statement = """
            FROM job WHERE finished_at IS NULL AND state IN ('waiting', 'running') AND (not_before IS NULL OR not_before <= \(now.date)) AND \(Lease.free(at: now))
            """
        guard try await counter.database.read({ try $0.value("SELECT count(*) \(waiting)") ?? 0 }) > 0 else { return nil }
        let job = try await counter.database.write { connection -> Job? in
            let next = try connection.first("""
                SELECT \(Job.columns) \(waiting) ORDER BY coalesce(served_at, created_at), id LIMIT 1\(Statement.passingOverTaken)
                """, Job.init)
            guard let job = next else { return nil }
            try connection.run("UPDATE job SET state = \(JobState.running), holder = \(lease.holder), held_until = \(lease.until) WHERE id = \(job.id)")
            return job
        }
        return job.map { ($0, lease) }
    }

    private func renew(_ job: Job, _ lease: Lease) async throws -> Bool {
        let until = counter.clock.now().adding(seconds: Lease.length)
        return try await counter.database.write { try $0.run("UPDATE job SET held_until = \(until) WHERE id = \(job.id) AND holder = \(lease.holder)") } == 1
    }

    // MARK: Letting go. Whoever lost the hold has nothing to say about the job any more.

    private func save(_ progress: JobProgress, of job: Job, _ lease: Lease) async throws {
        let now = counter.clock.now()
        try await counter.database.write { connection in
            try connection.run("""
                UPDATE job SET state = \(progress.isFinished ? JobState.finished : .running), total = \(progress.total), done = \(progress.done),
                       failed = \(progress.failed), cursor = \(progress.cursor), message = \(progress.message), finished_at = \(progress.isFinished ? now : nil as Instant?),
                       holder = NULL, held_until = NULL, faults = NULL, served_at = \(now)
                WHERE id = \(job.id) AND holder = \(lease.holder)
                """)
        }
    }

    private func finish(_ job: Job, _ lease: Lease, _ state: JobState, _ message: String) async throws {
        let now = counter.clock.now()
        try await counter.database.write { connection in
            try connection.run("""
                UPDATE job SET state = \(state), message = \(message), finished_at = \(now), holder = NULL, held_until = NULL
                WHERE id = \(job.id) AND holder = \(lease.holder)
                """)
        }
    }

    /// A slice that met a fault of ours is tried again in a second, then two, up to five minutes; the others go on meanwhile.
    private func putOff(_ job: Job, _ lease: Lease) async throws {
        let now = counter.clock.now()
        try await counter.database.write { connection in
            let faults = (try connection.value("SELECT faults FROM job WHERE id = \(job.id)") ?? 0) + 1
            try connection.run("""
                UPDATE job SET faults = \(faults), holder = NULL, held_until = \(now.adding(seconds: Lease.pause(after: faults, first: 1, atMost: 300))), served_at = \(now)
                WHERE id = \(job.id) AND holder = \(lease.holder)
                """)
        }
    }
}

extension Job {
    static let columns: Statement = "id, kind, title, input, state, total, done, failed, cursor, message, created_at, finished_at"

    init(_ row: Row) throws {
        self.init(id: try row.read(0), kind: try row.read(1), title: try row.read(2), input: try row.read(3), state: try row.read(4), total: try row.read(5),
                  done: try row.read(6), failed: try row.read(7), cursor: try row.read(8), message: try row.read(9), createdAt: try row.read(10), finishedAt: try row.read(11))
    }
}

extension Reader {
    /// The latest jobs, newest first.
    public func jobs(limit: Int = 20) throws -> [Job] {
        try connection.all("SELECT \(Job.columns) FROM job ORDER BY id DESC LIMIT \(limit)", Job.init)
    }
}
