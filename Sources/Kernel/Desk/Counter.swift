import Storage
import Values

/// 柜台。The one door for every act, whichever face it came through: authority, process, transaction, journal.
public struct Counter: Sendable {
    public let database: any Database
    public let house: House
    public let clock: any WallClock
    /// Who looked at what.
    public let access: AccessLog

    public init(database: any Database, house: House, clock: any WallClock) {
        self.database = database
        self.house = house
        self.clock = clock
        access = AccessLog(database: database)
    }

    /// The same house on another day.
    public init(_ counter: Counter, clock: any WallClock) {
        database = counter.database
        house = counter.house
        access = counter.access
        self.clock = clock
    }

    /// Seconds by which a caller's clock may be ahead of ours: an id of the future would stand before acts not yet done.
    static let aheadAtMost = 300.0

    /// Takes a note of a reading.
    public func note(_ note: AccessNote, by actor: Actor) async throws { try await access.note(note, by: actor, at: clock.now()) }

    /// Does an act, once. When it returns, the act is durable.
    /// - Parameter matter: what only the house itself can bring to an act: the rows of an import. Faces bring none.
    /// - Throws: `Refusal` for everything the office says no to.
    public func submit(_ submission: Submission, as actor: Actor, bringing matter: (any Sendable)? = nil) async throws -> Receipt {
        let action = try house.action(submission.permission), now = clock.now()
        try Authority.require(actor, action)
        guard submission.id.madeAt <= now.adding(seconds: Self.aheadAtMost) else {
            throw Refusal.invalid("提交编号的时间晚于现在，请核对电脑时间后重新打开表单再提交")
        }
        let digest = try house.keyring.digest(of: submission)
        let prepared = try action.prepare(submission.values.completed(for: action.outline, act: submission.id))
        do {
            return try await database.write { connection in
                let desk = Desk(connection, actor: actor, now: now, house: house, act: submission.id, permission: action.permission, matter: matter)
                return try Self.perform(prepared, of: action, submission, digest, at: desk)
            }
        } catch {
            // An act that was done before can't be done again: its id stands in the journal, and its first answer is given, once it is
            // sure to stand: what a primary brought back from its own disk may be on no other yet.
            if let done = try await database.read({ try Self.earlier(submission, digest, actor, $0) }) {
                return try await database.confirm { try Self.earlier(submission, digest, actor, $0) } ?? done
            }
            throw Self.told(error, submission, action)
        }
    }

    /// Reads within one snapshot.
    public func read<T: Sendable>(as actor: Actor, _ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        let now = clock.now()
        return try await database.read { try body(Reader($0, actor: actor, now: now, house: house)) }
    }

    /// Reads for lists and dashboards, perhaps from a copy that is a little behind: `reader.connection.asOf` says how far it came.
    /// Never for decisions or money.
    /// - Parameter since: what was done until then must be seen; where the copy hasn't come so far, or fails, the primary is read.
    public func glance<T: Sendable>(as actor: Actor, since: Instant?, _ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        let now = clock.now()
        do {
            return try await database.glance { connection in
                if let since, let asOf = connection.asOf, asOf < since.adding(seconds: Self.clocksApart) { throw CopyBehind() }
                return try body(Reader(connection, actor: actor, now: now, house: house))
            }
        } catch is CopyBehind {
            return try await read(as: actor, body)
        } catch is StorageError {
            return try await read(as: actor, body)
        }
    }

    /// Seconds by which a node's clock may be behind the database's.
    private static let clocksApart = 2.0
    private struct CopyBehind: Error {}

    /// Answers a question without storing anything.
    public func ask(_ inquiry: AnyInquiry, _ values: RawFields, as actor: Actor) async throws -> RawFields {
        guard inquiry.roles.contains(actor.role) else { throw Refusal.forbidden("您的岗位不能使用「\(inquiry.title)」") }
        return try await read(as: actor) { try inquiry.answer(values, $0) }
    }

    /// Every fault in the values, before anything is submitted.
    public func problems(_ permission: String, _ values: RawFields) throws -> [Refusal.Problem] {
        let action = try house.action(permission)
        return action.problems(values.completed(for: action.outline, act: .make(at: clock.now())))
    }

    /// What the caller can mend is told as a refusal; everything else is our fault and stays what it is.
    private static func told(_ error: any Error, _ submission: Submission, _ action: AnyAction) -> any Error {
        switch error {
        case StorageError.unique(let column) where column.hasSuffix(".id"): Refusal.taken
        case StorageError.foreignKey where !submission.values.attachments(in: action.outline).isEmpty:
            Refusal.lostAttachment
        default: error
        }
    }

    // MARK: One act

    private static func perform(_ prepared: AnyAction.Prepared, of action: AnyAction, _ submission: Submission, _ digest: String, at desk: Desk) throws -> Receipt {
        let histories = try histories(submission, action, at: desk), located = try prepared.locate(desk)
        try Authority.require(desk.actor, covers: located.region)
        try requireVersion(submission, located)
        try requireNone(histories)
        let attachments = submission.values.attachments(in: action.outline)
        try desk.requireCitable(attachments, on: located.id)
        let step = try located.file.map { try requireMove(action, on: $0, at: desk) }
        let outcome = try prepared.perform(desk)
        if let step { try desk.apply(step.move, to: step.file, in: step.edition) }
        try desk.record(submission, digest, region: located.region, outcome, movedTo: step?.move.to?.name, enclosing: try desk.hashes(of: attachments))
        try desk.keep(attachments, of: submission.id)
        for fact in desk.facts {
            for line in desk.house.lines { try line.reactions.forEach { try $0.respond(fact, desk) } }
        }
        return Receipt(act: submission.id, outcome: outcome, isRepeat: false)
    }

    private static func requireVersion(_ submission: Submission, _ located: Located) throws(Refusal) {
        guard let seen = submission.version, let current = located.version, seen != current else { return }
        throw .overtaken
    }

    /// What a caller names as new may not be a thing that has a history: it would be written into that. Asked with what locates the subject.
    private static func histories(_ submission: Submission, _ action: AnyAction, at desk: Desk) throws -> [(field: String, known: Asked)] {
        try action.outline.fields.filter { $0.origin == .made }.compactMap { field in
            guard let id = submission.values.text(field.name).flatMap(ID<JournalEntry>.init(rawValue:)) else { return nil }
            return (field.name, try desk.connection.ask("""
                SELECT (SELECT count(*) FROM journal WHERE subject = \(id)) + (SELECT count(*) FROM case_file WHERE id = \(id))
                """))
        }
    }

    private static func requireNone(_ histories: [(field: String, known: Asked)]) throws {
        for (field, known) in histories {
            let entries: Int? = try known.value()
            guard entries == 0 else { throw Refusal.taken.at([field]) }
        }
    }

    private typealias Step = (move: Move, file: CaseFile, edition: Edition)

    private static func requireMove(_ action: AnyAction, on file: CaseFile, at desk: Desk) throws -> Step {
        let process = try desk.house.process(file.process)
        let edition = try process.edition(on: file.editionOn)
        guard let move = edition.move(action.name, from: file.state) else {
            throw Refusal.outOfOrder("\(file.number) 现在是「\(edition.state(file.state)?.title ?? file.state)」，不能\(action.title)。请刷新后按页面上的下一步办理")
        }
        guard move.roles.contains(desk.actor.role) else {
            throw Refusal.forbidden("「\(action.title)」由\(move.roles.map(\.label).sorted().joined(separator: "、"))办理，您的岗位是\(desk.actor.role.label)")
        }
        try requireAnother(move, action, file, desk)
        return (move, file, edition)
    }

    /// 经办与审批分离：who did the earlier step may not do this one.
    private static func requireAnother(_ move: Move, _ action: AnyAction, _ file: CaseFile, _ desk: Desk) throws {
        guard try desk.hasDoneEarlier(move, on: file, action.line) else { return }
        throw Refusal.forbidden("前面的步骤是您本人办理的，「\(action.title)」须由另一人办理")
    }

    /// A repeated act gives its first answer; the same id with other values is refused.
    private static func earlier(_ submission: Submission, _ digest: String, _ actor: Actor, _ connection: any Connection) throws -> Receipt? {
        let found = try connection.first("SELECT actor, action, digest, subject, message, link FROM journal WHERE id = \(submission.id)") { row in
            (actor: try row.read(0) as ID<Actor>, action: try row.read(1) as String, digest: try row.read(2) as String,
             outcome: Outcome(subject: try row.read(3), try row.read(4), link: try row.read(5)))
        }
        guard let found else { return nil }
        guard found.actor == actor.user, found.action == submission.permission, found.digest == digest else {
            throw Refusal.conflict("这个提交编号已经用过，内容却不一样。请重新打开表单再提交")
        }
        return Receipt(act: submission.id, outcome: found.outcome, isRepeat: true)
    }
}

extension Refusal {
    /// The caller made an id that something else bears.
    static let taken = Refusal.conflict("自拟的编号已被使用，请另拟一个，或者留空由系统编号")

    static let lostAttachment = Refusal.absent("所附的文件找不到了，可能放得太久已被清理，请重新上传")

    /// The subject was changed after this person looked at it.
    public static let overtaken = Refusal.conflict("您打开页面之后，别人已经办理过这件。您填的内容还在下面，请核对最新情况后再提交")
}

extension Desk {
    func record(_ submission: Submission, _ digest: String, region: RegionCode, _ outcome: Outcome, movedTo: String?, enclosing hashes: [String]) throws {
        try connection.post("""
            INSERT INTO journal (id, at, actor, actor_name, actor_role, region, action, subject, digest, rulings, cause, moved_to, message, link, attachments)
            VALUES (\(submission.id), \(now), \(actor.user), \(actor.name), \(actor.role), \(region), \(permission), \(outcome.subject), \(digest),
                    \(rulingsConsulted.map(\.text).joined(separator: " ")), \(submission.cause), \(movedTo), \(outcome.message), \(outcome.link),
                    \(hashes.isEmpty ? nil : hashes.joined(separator: " ")))
            """)
    }
}

extension Desk {
    /// A document is cited by who uploaded it, or where it was cited before on the same matter: an id alone opens nothing.
    func requireCitable(_ attachments: Set<String>, on subject: String?) throws {
        for attachment in attachments.sorted() {
            let uploader: ID<Actor>? = try connection.value("SELECT uploaded_by FROM attachment WHERE id = \(attachment)")
            guard let uploader, uploader != actor.user else { continue }
            let cited = try connection.value("""
                SELECT count(*) FROM carried_attachment AS c JOIN journal AS j ON j.id = c.act WHERE c.attachment = \(attachment) AND j.subject = \(subject)
                """) ?? 0
            guard cited > 0 else { throw Refusal.forbidden("所附的文件是别人上传的，也不在这件的材料里，不能引用。请自己上传一份") }
        }
    }

    /// What the attachments contain, as the journal keeps it: a document exchanged later no longer fits its entry.
    func hashes(of attachments: Set<String>) throws -> [String] {
        try attachments.sorted().map { id in
            guard let hash: String = try connection.value("SELECT hash FROM attachment WHERE id = \(id)") else { throw Refusal.lostAttachment }
            return hash
        }
    }

    /// An attachment that came with an act stays as long as the act does.
    func keep(_ attachments: Set<String>, of act: ID<JournalEntry>) throws {
        for attachment in attachments.sorted() {
            try connection.post("INSERT INTO carried_attachment (attachment, act) VALUES (\(attachment), \(act)) ON CONFLICT (attachment, act) DO NOTHING")
        }
    }
}

extension RawFields {
    /// The ids in fields that are asked for as attachments, at any depth.
    func attachments(in outline: Outline) -> Set<String> {
        var found: Set<String> = []
        for field in outline.fields {
            switch field.content {
            case .value(.attachment, _): if let id = text(field.name), !id.isEmpty { found.insert(id) }
            case .value: break
            case .group(let outline): found.formUnion(group(field.name).attachments(in: outline))
            case .rows(let outline): rows(field.name).forEach { found.formUnion($0.fields.attachments(in: outline)) }
            }
        }
        return found
    }

    /// Fills what the caller was to make and didn't, from the act's own id.
    func completed(for outline: Outline, act: ID<JournalEntry>) -> RawFields {
        var fields = self
        for (number, field) in outline.fields.enumerated() where field.origin == .made && fields[field.name]?.isBlank ?? true {
            fields[field.name] = .stored(.text((act.derived(-1 - number) as ID<JournalEntry>).text))
        }
        return fields
    }
}
