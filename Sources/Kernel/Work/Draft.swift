import Cryptography
import Storage
import Values

/// 草稿。What a person has typed and not yet submitted, by (user, act, subject). Sealed: it is the one place where form text rests.
public struct Drafts: Sendable {
    let counter: Counter

    public init(_ counter: Counter) { self.counter = counter }

    /// What one person may keep unfinished at a time.
    static let draftsAtMost = 100

    /// - Throws: `.conflict` when there are too many, `.tooLarge` when it is longer than any form.
    public func save(_ values: RawFields, of permission: String, subject: String, by actor: Actor) async throws {
        let now = counter.clock.now(), text = JSON(values).text
        guard text.utf8.count <= LongDraft.maximumLength, subject.utf8.count <= 200 else { throw Refusal.tooLarge("草稿太长，没有保存。请先提交一部分") }
        let sealed = try counter.house.keyring.seal(LongDraft(text))
        try await counter.database.write { connection in
            let others = try connection.value("SELECT count(*) FROM draft WHERE user_id = \(actor.user) AND NOT (permission = \(permission) AND subject = \(subject))") ?? 0
            guard others < Self.draftsAtMost else { throw Refusal.conflict("您的草稿已有 \(Self.draftsAtMost) 份，没有再保存。请先提交或丢弃一些") }
            try connection.run("""
                INSERT INTO draft (user_id, permission, subject, sealed, saved_at) VALUES (\(actor.user), \(permission), \(subject), \(sealed), \(now))
                ON CONFLICT (user_id, permission, subject) DO UPDATE SET sealed = excluded.sealed, saved_at = excluded.saved_at
                """)
        }
    }

    public func load(_ permission: String, subject: String, by actor: Actor) async throws -> (values: RawFields, savedAt: Instant)? {
        let found = try await counter.database.read { connection in
            try connection.first("SELECT sealed, saved_at FROM draft WHERE user_id = \(actor.user) AND permission = \(permission) AND subject = \(subject)") { row in
                (try row.read(0) as Sealed<LongDraft>, try row.read(1) as Instant)
            }
        }
        guard let (sealed, at) = found else { return nil }
        return (try JSON(parsing: try counter.house.keyring.open(sealed).text).rawFields(typed: true), at)
    }

    public func discard(_ permission: String, subject: String, by actor: Actor) async throws {
        try await counter.database.write { connection in
            try connection.run("DELETE FROM draft WHERE user_id = \(actor.user) AND permission = \(permission) AND subject = \(subject)")
        }
    }
}

/// The text of a whole form.
struct LongDraft: FieldValue {
    let text: String

    init(_ text: String) { self.text = text }
    static var kind: FieldKind { .longText }
    static var maximumLength: Int { 1_000_000 }
    init(typed text: String) throws(Refusal) { self.text = text }
    var typed: String { text }
    init(stored: StoredValue) throws(Refusal) {
        guard case .text(let text) = stored else { throw .invalid("草稿应当是文本") }
        self.text = text
    }
    var stored: StoredValue { .text(text) }
}
