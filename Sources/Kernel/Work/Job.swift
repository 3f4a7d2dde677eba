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

/// Runs waiting jobs one slice at a time, so that a stop in between loses nothing.
public struct JobRunner: Sendable {
    let counter: Counter

    public init(_ counter: Counter) { self.counter = counter }

    /// Runs one slice of the oldest unfinished job whose day has come.
    /// - Returns: whether there was anything to do.
    @discardableResult
    public func runSlice() async throws -> Bool {
        let today = counter.clock.now().date
        let next = try await counter.database.read { connection in
            try connection.first("""
                SELECT \(Job.columns) FROM job WHERE state IN ('waiting', 'running') AND (not_before IS NULL OR not_before <= \(today)) ORDER BY id LIMIT 1
                """, Job.init)
        }
        guard let job = next else { return false }
        guard let kind = counter.house.lines.flatMap(\.jobs).first(where: { $0.name == job.kind }) else {
            try await finish(job, .failed, "没有「\(job.kind)」这种后台任务")
            return true
        }
        do {
            try await save(try await kind.slice(job, counter), of: job)
        } catch let refusal as Refusal where refusal.kind != .busy {
            try await finish(job, .failed, refusal.message)
        }
        return true
    }

    private func save(_ progress: JobProgress, of job: Job) async throws {
        let now = counter.clock.now()
        try await counter.database.write { connection in
            try connection.run("""
                UPDATE job SET state = \(progress.isFinished ? JobState.finished : .running), total = \(progress.total), done = \(progress.done),
                       failed = \(progress.failed), cursor = \(progress.cursor), message = \(progress.message), finished_at = \(progress.isFinished ? now : nil as Instant?)
                WHERE id = \(job.id)
                """)
        }
    }

    private func finish(_ job: Job, _ state: JobState, _ message: String) async throws {
        let now = counter.clock.now()
        try await counter.database.write { connection in
            try connection.run("UPDATE job SET state = \(state), message = \(message), finished_at = \(now) WHERE id = \(job.id)")
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
