import Cryptography
import Kernel
import Storage
import Values

/// 登录与会话。Who is at the desk: passwords are checked at the door, sessions live in the database and can be ended.
public struct Accounts: Sendable {
    let counter: Counter

    public init(_ counter: Counter) { self.counter = counter }

    /// Failed attempts within a quarter of an hour after which a name is locked for the rest of it.
    static let attemptsAllowed = 5
    static let attemptWindow = 900.0
    /// A working day.
    static let sessionLength = 36_000.0

    /// Checks a password and begins a session.
    /// - Throws: `.unauthenticated` without saying which of the two was wrong; `.busy` when the name is locked.
    public func signIn(_ username: String, _ password: String) async throws -> Session {
        let now = counter.clock.now()
        guard Self.mayBeName(username) else { throw Self.mismatch }
        let alias = try alias(username)
        try await counter.database.read { try Self.requireUnlocked(username, alias, at: now, $0) }
        let user = try await user(named: username)
        // A name that doesn't exist costs the same time as one that does.
        let matches = try await PasswordHash.verify(password, against: user?.passwordHash)
        guard let user, matches, user.disabledOn == nil else {
            try await counter.database.write { connection in
                // Many attempts at once have all passed the first count: the lock is asked again before anything is told.
                try Self.requireUnlocked(username, alias, at: now, connection)
                try connection.run("INSERT INTO sign_in_failure (username, at) VALUES (\(user == nil ? alias : username), \(now))")
            }
            throw Self.mismatch
        }
        return try await begin(user, at: now)
    }

    private static let mismatch = Refusal(.unauthenticated, "用户名或密码不对，请重新输入")

    /// Anything longer, or with controls in it, is nobody's name and isn't kept among the failures.
    private static func mayBeName(_ text: String) -> Bool { text.utf8.count <= 120 && text.utf8.allSatisfy { $0 >= 0x20 } }

    /// Under which a name that isn't anybody's is counted: people type ID numbers and passwords into that box.
    private func alias(_ username: String) throws -> String { "~" + (try counter.house.keyring.blindIndex(username, for: "sign-in")) }

    private static func requireUnlocked(_ username: String, _ alias: String, at now: Instant, _ connection: any Connection) throws {
        let since = now.adding(seconds: -attemptWindow)
        let failures = try connection.value("SELECT count(*) FROM sign_in_failure WHERE username IN (\(username), \(alias)) AND at > \(since)") ?? 0
        guard failures < attemptsAllowed else { throw Refusal(.busy, "这个用户名连续输错 \(attemptsAllowed) 次，已锁定 15 分钟。请稍后再试，或联系安全管理员") }
    }

    /// The session of a token, if it still runs.
    public func session(_ token: String) async throws -> Session? {
        let now = counter.clock.now(), hash = try Self.hash(token)
        return try await counter.database.read { connection in
            let found = try connection.first("SELECT user_id, csrf, expires_at FROM session WHERE token_hash = \(hash) AND ended_at IS NULL AND expires_at > \(now)") { row in
                (user: try row.read(0) as ID<User>, csrf: try row.read(1) as String, expiresAt: try row.read(2) as Instant)
            }
            guard let found else { return nil }
            let user = try connection.first("SELECT name, role, region FROM user_account WHERE id = \(found.user) AND disabled_on IS NULL") { row in
                Actor(user: ID<Actor>(found.user), name: (try row.read(0) as PersonName).shown, role: try row.read(1), region: try row.read(2))
            }
            return user.map { Session(token: token, csrf: found.csrf, actor: $0, expiresAt: found.expiresAt) }
        }
    }

    public func signOut(_ token: String) async throws {
        let now = counter.clock.now(), hash = try Self.hash(token)
        try await counter.database.write { try $0.run("UPDATE session SET ended_at = \(now) WHERE token_hash = \(hash)") }
    }

    /// The actor behind a username, for the command line on the machine itself.
    public func actor(named username: String) async throws -> Actor {
        guard let user = try await user(named: username), user.disabledOn == nil else { throw Refusal.absent("没有用户「\(username)」，或已停用") }
        return user.actor
    }

    private func user(named username: String) async throws -> User? {
        try await counter.read(as: .house) { try $0.first(User.self, where: "username = \(username)") }
    }

    private func begin(_ user: User, at now: Instant) async throws -> Session {
        let session = Session(token: try randomToken(), csrf: try randomToken(), actor: user.actor, expiresAt: now.adding(seconds: Self.sessionLength))
        let hash = try Self.hash(session.token)
        try await counter.database.write { connection in
            try Self.requireUnlocked(user.username, try alias(user.username), at: now, connection)
            try connection.run("DELETE FROM sign_in_failure WHERE username = \(user.username)")
            try connection.run("""
                INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at) VALUES (\(hash), \(user.id), \(session.csrf), \(now), \(session.expiresAt))
                """)
        }
        return session
    }

    /// The table holds no token that would open a session.
    private static func hash(_ token: String) throws -> String { try Cryptography.hash(Array(token.utf8), .international).hex }
}

/// 会话。
public struct Session: Sendable, Hashable {
    /// Only the browser keeps it.
    public let token: String
    /// Every form that changes something carries it.
    public let csrf: String
    public let actor: Actor
    public let expiresAt: Instant
}

extension Actor {
    /// The house itself: migrations, jobs and reactions. It has no account and cannot sign in.
    public static let house = Actor(user: ID<Actor>(at: Instant(secondsSince1970: 0), random: [UInt8](repeating: 0, count: 10)), name: "系统",
                                    role: .systemAdministrator, region: .country)
}
