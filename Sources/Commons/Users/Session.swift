import Cryptography
import Kernel
import Storage
import Values

/// 会话。
public struct Session: Sendable, Hashable {
    public let id: ID<Session>
    /// Only the browser keeps it.
    public let token: String
    /// Every form that changes something carries it.
    public let csrf: String
    /// In the duty that was chosen.
    public let actor: Actor
    public let expiresAt: Instant
    /// The last act in this person's name, at whatever node: what is shown to him from copies must have it.
    public let actedAt: Instant?
    /// What must be done before anything else.
    public let errand: Errand?
    /// The duties this person may act in besides the own, and which of them is chosen.
    public let duties: [DutyChoice]
    public let duty: ID<Duty>?

    /// 先办的事。
    public enum Errand: String, Sendable, Hashable { case password, twoFactor }
}

/// One duty to choose at the head of a page: 「镇街经办（代王某）」.
public struct DutyChoice: Sendable, Hashable {
    public let id: ID<Duty>
    public let title: String
}

extension Accounts {
    /// The session of a token, if it still runs. Its use is kept, to the minute.
    public func session(_ token: String) async throws -> Session? {
        let now = counter.clock.now(), hash = try Self.hash(token), rules = rules
        let found = try await counter.read(as: .house) { try $0.session(hash, token, rules) }
        guard let (session, usedAt) = found else { return nil }
        if usedAt < now.adding(seconds: -SignInRules.useStep) {
            try await counter.database.write { try $0.run("UPDATE session SET used_at = \(now) WHERE token_hash = \(hash)") }
        }
        return session
    }

    public func signOut(_ token: String) async throws {
        let now = counter.clock.now(), hash = try Self.hash(token)
        try await counter.database.write { try $0.run("UPDATE session SET ended_at = \(now) WHERE token_hash = \(hash)") }
    }
}

extension Reader {
    /// Neither ended, nor run out, nor idle for too long.
    static func runs(at now: Instant) -> Statement {
        "s.ended_at IS NULL AND s.expires_at > \(now) AND s.used_at > \(now.adding(seconds: -SignInRules.idleLength))"
    }

    fileprivate func session(_ hash: String, _ token: String, _ rules: SignInRules) throws -> (Session, usedAt: Instant)? {
        let found = try connection.first("""
            SELECT s.id, s.user_id, s.csrf, s.expires_at, s.used_at, s.duty, a.password_temporary, a.two_factor_due_on
            FROM session AS s JOIN user_account AS u ON u.id = s.user_id LEFT JOIN account_state AS a ON a.user_id = u.id
            WHERE s.token_hash = \(hash) AND s.id IS NOT NULL AND u.disabled_on IS NULL AND \(Self.runs(at: now))
            """) { row in
            (id: try row.read(0) as ID<Session>, user: try row.read(1) as ID<User>, csrf: try row.read(2) as String, expiresAt: try row.read(3) as Instant,
             usedAt: try row.read(4) as Instant, duty: try row.read(5) as ID<Duty>?, isTemporary: try row.read(6) as Bool?, dueOn: try row.read(7) as CivilDate?)
        }
        guard let found, let user = try first(User.self, where: "id = \(found.user)") else { return nil }
        let actedAt: Instant? = try connection.value("SELECT at FROM journal WHERE actor = \(found.user) ORDER BY at DESC, id DESC LIMIT 1")
        let duties = try liveDuties(of: user.id), chosen = duties.first { $0.id == found.duty }
        var errand: Session.Errand?
        if let dueOn = found.dueOn, dueOn <= today, rules.required.contains(user.role), try twoFactor(of: user.id)?.confirmedAt == nil { errand = .twoFactor }
        if found.isTemporary ?? false { errand = .password }
        let session = Session(id: found.id, token: token, csrf: found.csrf, actor: try chosen.map { try actor(user, in: $0) } ?? user.actor, expiresAt: found.expiresAt,
                              actedAt: actedAt, errand: errand, duties: try duties.map { DutyChoice(id: $0.id, title: try title(of: $0)) }, duty: chosen?.id)
        return (session, found.usedAt)
    }
}

extension Desk {
    /// Ends the running sessions of a user, all or all but one.
    func endSessions(of user: ID<User>, except kept: ID<Session>? = nil) throws {
        let others: Statement = kept.map { " AND id <> \($0)" } ?? .empty
        try connection.run("UPDATE session SET ended_at = \(now) WHERE user_id = \(user) AND ended_at IS NULL\(others)")
    }

    /// Whether a password serves for one sign-in only.
    func mark(_ user: ID<User>, isTemporary: Bool) throws {
        try connection.run("""
            INSERT INTO account_state (user_id, password_temporary) VALUES (\(user), \(isTemporary))
            ON CONFLICT (user_id) DO UPDATE SET password_temporary = excluded.password_temporary
            """)
    }

    /// Something the owner of an account is told when he comes next.
    func tell(_ user: ID<User>, _ message: String) throws {
        try connection.run("INSERT INTO account_notice (id, user_id, at, message) VALUES (\(makeID() as ID<Session>), \(user), \(now), \(message))")
    }
}

extension Keyring {
    /// Only the door makes it, and only after the password was typed again.
    func doorProof(of user: ID<Actor>, for act: ID<JournalEntry>) throws -> String {
        try digest(Array("\(user.text)|\(act.text)".utf8), for: "door")
    }
}

extension Desk {
    /// - Throws: `.forbidden` when the password wasn't typed for this very act.
    func requireProof(_ proof: String) throws {
        guard constantTimeEqual(proof, try house.keyring.doorProof(of: actor.user, for: act)) else {
            throw Refusal.forbidden("请在页面上填写现在的密码再提交")
        }
    }
}
