import Kernel
import Storage
import Values

/// 日志的一条，供人翻看。Identifiers are ids; there is no personal data in it.
struct JournalLine: Sendable, Hashable {
    let id: ID<JournalEntry>
    let at: Instant
    let actor: ID<Actor>
    let actorName: String
    let role: Role
    let region: RegionCode
    let action: String
    let subject: String
    let message: String
    let link: String?
    /// The sealed block it lies in.
    let block: Int?

    fileprivate static let columns: Statement = "id, at, actor, actor_name, actor_role, region, action, subject, message, link, block"

    fileprivate init(_ row: Row) throws {
        id = try row.read(0)
        at = try row.read(1)
        actor = try row.read(2)
        actorName = try row.read(3)
        role = try row.read(4)
        region = try row.read(5)
        action = try row.read(6)
        subject = try row.read(7)
        message = try row.read(8)
        link = try row.read(9)
        block = try row.read(10)
    }

    /// Where an older page begins, or a newer one ends.
    var cursor: String { "\(at.typed)_\(id.text)" }
}

/// What is asked of the journal; what is nil isn't asked.
struct JournalQuery: Sendable {
    /// A user's name, username or id.
    var who: String?
    /// `assistance.confirm-allowance`.
    var action: String?
    /// The id of what was acted on, or a case number.
    var subject: String?
    var region: RegionCode?
    var day: CivilDate?
    var since: Instant?
    /// Entries older than this cursor.
    var older: String?
    /// Entries newer than this cursor, nearest first.
    var newer: String?
}

/// 最近一次封存。
struct SealedHead: Sendable, Hashable {
    let block: Int
    let hash: String
    let at: Instant
}

extension Reader {
    func journalLine(_ id: ID<JournalEntry>) throws -> JournalLine? {
        try connection.first("SELECT \(JournalLine.columns) FROM journal WHERE id = \(id)", JournalLine.init)
    }

    /// Entries within the reader's region, newest first.
    func journal(_ query: JournalQuery, limit: Int) throws -> [JournalLine] {
        let order: Statement = query.newer == nil ? "at DESC, id DESC" : "at, id"
        let found = try connection.all("""
            SELECT \(JournalLine.columns) FROM journal WHERE \(try conditions(query).joined(" AND ")) ORDER BY \(order) LIMIT \(limit)
            """, JournalLine.init)
        return query.newer == nil ? found : found.reversed()
    }

    func sealedHead() throws -> SealedHead? {
        try connection.first("SELECT number, hash, sealed_at FROM journal_block ORDER BY number DESC LIMIT 1") {
            SealedHead(block: try $0.read(0), hash: try $0.read(1), at: try $0.read(2))
        }
    }

    /// How many entries wait to be sealed, and since when.
    func unsealedTail() throws -> (count: Int, since: Instant?) {
        try connection.first("SELECT count(*), min(at) FROM journal WHERE block IS NULL") { (try $0.read(0), try $0.read(1)) } ?? (0, nil)
    }

    private func conditions(_ query: JournalQuery) throws -> [Statement] {
        var conditions = [within("region")]
        if let who = query.who { conditions.append("actor IN (SELECT id FROM user_account WHERE username = \(who) OR name = \(who) OR id = \(who))") }
        if let action = query.action { conditions.append("action = \(action)") }
        if let subject = query.subject { conditions.append("subject = \(try subjectID(subject))") }
        if let region = query.region { conditions.append(Reader.within("region", region)) }
        if let since = query.since { conditions.append("at >= \(since)") }
        if let day = query.day { conditions.append("at >= \(Instant(startOf: day)) AND at < \(Instant(startOf: day.adding(days: 1)))") }
        if let older = query.older { conditions.append(try beyond(older, "<")) }
        if let newer = query.newer { conditions.append(try beyond(newer, ">")) }
        return conditions
    }

    private func subjectID(_ text: String) throws -> String {
        try connection.value("SELECT id FROM case_file WHERE number = \(text)") ?? text
    }

    private func beyond(_ cursor: String, _ sign: Statement) throws -> Statement {
        let parts = cursor.split(separator: "_").map(String.init)
        guard parts.count == 2, let at = try? Instant(stored: .text(parts[0])), let id = ID<JournalEntry>(rawValue: parts[1]) else {
            throw Refusal.invalid("翻页位置已失效，请从第一页重新打开")
        }
        return "at \(sign)= \(at) AND (at \(sign) \(at) OR id \(sign) \(id))"
    }
}

extension House {
    /// The title of an act by its name in the journal; the name itself for one that is no longer there.
    func actionTitle(_ permission: String) -> String { (try? action(permission))?.title ?? permission }
}
