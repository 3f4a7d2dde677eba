import Storage
import Values

/// 查阅记录。Who looked at what: one record for each list read, file opened, search, export and reveal.
///
/// Notes wait in memory for at most a second and are written together, so that reading stays fast: with a node that is killed go at most
/// those of its last second. When too many wait, whoever reads next waits for the writing. A note that must stand before anything is shown is written with `write`.
public actor AccessLog {
    private let database: any Database
    private var waiting: [Noted] = []
    private var isDue = false
    /// Since when writing has failed, and why.
    private var trouble: (since: Instant, cause: String)?

    static let waitingAtMost = 2_000
    /// Under this mark the database tells of notes that waited for it; `doctor` reads it.
    public static let delayMark = "access-delay"

    init(database: any Database) { self.database = database }

    /// Takes a note; it is in the database within a second.
    public func note(_ note: AccessNote, by actor: Actor, at now: Instant) async throws {
        waiting.append(Noted(id: .make(at: now), note: note, actor: actor, at: now))
        if waiting.count >= Self.waitingAtMost { return try await flush() }
        guard !isDue else { return }
        isDue = true
        Task { [weak self] in
            try await Task.sleep(for: .milliseconds(700))
            try await self?.flush()
        }
    }

    /// Writes a note before it returns.
    public func write(_ note: AccessNote, by actor: Actor, at now: Instant) async throws {
        waiting.append(Noted(id: .make(at: now), note: note, actor: actor, at: now))
        try await flush()
    }

    /// Writes what waits. What could not be written waits on, and whoever flushes next hears of it.
    public func flush() async throws {
        isDue = false
        let notes = waiting, delay = trouble.map { "\($0.since.typed) \(notes.count) \($0.cause)" }
        guard let first = notes.first else { return }
        waiting = []
        do {
            try await database.write { connection in
                for note in notes { try note.insert(connection) }
                guard let delay else { return }
                try connection.run("INSERT INTO mark (name, value) VALUES (\(Self.delayMark), \(delay)) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
            }
            trouble = nil
        } catch {
            waiting = notes + waiting
            trouble = (trouble?.since ?? first.at, String(describing: error))
            throw error
        }
    }

    private struct Noted: Sendable {
        let id: ID<AccessNote>, note: AccessNote, actor: Actor, at: Instant

        func insert(_ connection: any Connection) throws { try note.insert(id, by: actor, at: at, connection) }
    }
}

extension AccessNote {
    /// Once: what was written, though the answer was lost on the way, isn't written again.
    fileprivate func insert(_ id: ID<AccessNote>, by actor: Actor, at: Instant, _ connection: any Connection) throws {
        try connection.run("""
            INSERT INTO access_record (id, at, actor, actor_name, actor_role, region, kind, what, subject, detail, rows)
            VALUES (\(id), \(at), \(actor.user), \(actor.name), \(actor.role), \(actor.region), \(kind), \(what), \(subject), \(detail), \(rows))
            ON CONFLICT (id) DO NOTHING
            """)
    }
}

extension Desk {
    /// Writes a note with the act: both stand, or neither.
    public func note(_ note: AccessNote) throws { try note.insert(makeID(), by: actor, at: now, connection) }
}

/// One reading, as it is recorded. It holds no personal data: what was typed into a search or filter is told by kind, not by word.
public struct AccessNote: Sendable, Hashable {
    public let kind: AccessKind
    /// The permission or page: `people.persons`, `people/persons/{id}`.
    public let what: String
    /// The id of the file that was opened; nil for lists.
    public let subject: String?
    /// Filters by name, or the reason that was given.
    public let detail: String?
    /// How many rows were handed over, for lists and exports.
    public let rows: Int?

    public init(_ kind: AccessKind, _ what: String, subject: String? = nil, detail: String? = nil, rows: Int? = nil) {
        self.kind = kind
        self.what = what
        self.subject = subject
        self.detail = detail
        self.rows = rows
    }
}

/// 查阅方式。
public enum AccessKind: String, CodeList {
    case list, open, search, export, reveal, attachment

    public var label: String {
        switch self {
        case .list: "看台账"
        case .open: "看档案"
        case .search: "搜索"
        case .export: "导出"
        case .reveal: "查看原文"
        case .attachment: "看附件"
        }
    }
}
