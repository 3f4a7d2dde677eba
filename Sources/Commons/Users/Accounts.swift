import Cryptography
import Kernel
import Storage
import Values

/// 登录与会话。Who is at the desk: passwords and codes are checked at the door, sessions live in the database and can be ended.
public struct Accounts: Sendable {
    let counter: Counter
    public let rules: SignInRules

    public init(_ counter: Counter, rules: SignInRules = .standard) {
        self.counter = counter
        self.rules = rules
    }

    /// The first step. Whoever has two-factor log-in gets a token for the second; nobody gets a session before that.
    /// - Throws: `.unauthenticated` without saying which of the two was wrong; `.busy` when the name is locked.
    public func begin(_ username: String, _ password: String, from caller: Caller = .unknown) async throws -> SignInStep {
        let user = try await checked(username, password, from: caller), now = counter.clock.now()
        let isGuarded = try await counter.read(as: .house) { try $0.twoFactor(of: user.id)?.confirmedAt != nil }
        guard isGuarded else { return .session(try await open(user, from: caller, at: now)) }
        let token = try randomToken(), hash = try Self.hash(token)
        try await counter.database.write { connection in
            try connection.run("INSERT INTO sign_in_step (token_hash, user_id, expires_at) VALUES (\(hash), \(user.id), \(now.adding(seconds: SignInRules.stepLength)))")
        }
        return .code(token: token)
    }

    /// The second step: a code of the app, or a recovery code. A code serves once.
    /// - Throws: `.unauthenticated` for a wrong code or when the first step was too long ago; `.busy` when the name is locked.
    public func finish(_ token: String, code: String, from caller: Caller = .unknown) async throws -> Session {
        let now = counter.clock.now(), hash = try Self.hash(token)
        let found = try await counter.read(as: .house) { reader in
            let id: ID<User>? = try reader.connection.value("SELECT user_id FROM sign_in_step WHERE token_hash = \(hash) AND expires_at > \(now)")
            return try id.flatMap { try reader.first(User.self, where: "id = \($0) AND disabled_on IS NULL") }
        }
        guard let user = found else { throw Refusal(.unauthenticated, "登录隔得太久，请从头再登录一次") }
        let alias = try alias(user.username)
        try await counter.database.read { try SignInLock.requireOpen(user.username, alias, caller, at: now, $0) }
        let keyring = counter.house.keyring, typed = code.filter { !$0.isWhitespace && $0 != "-" }.uppercased()
        let passes = try await counter.database.write { connection in
            // The step is used up first: of two with one code, one passes.
            guard try connection.run("UPDATE sign_in_step SET expires_at = \(now) WHERE token_hash = \(hash) AND expires_at > \(now)") == 1 else { return false }
            let passes = try TwoFactor.use(typed, of: user.id, at: now, keyring, connection)
            if !passes {
                try connection.run("UPDATE sign_in_step SET expires_at = \(now.adding(seconds: SignInRules.stepLength)) WHERE token_hash = \(hash)")
                try SignInLock.note(user.username, caller, at: now, connection)
            }
            return passes
        }
        guard passes else { throw Refusal(.unauthenticated, "动态口令不对或已用过，请等下一个口令再填；手机不在身边时可填恢复码").at(["code"]) }
        return try await open(user, from: caller, at: now)
    }

    /// Both steps at once, for programs.
    public func signIn(_ username: String, _ password: String, code: String? = nil, from caller: Caller = .unknown) async throws -> Session {
        switch try await begin(username, password, from: caller) {
        case .session(let session): return session
        case .code(let token):
            guard let code else { throw Refusal(.unauthenticated, "这个账号已开通两步登录，请一并填写动态口令").at(["code"]) }
            return try await finish(token, code: code, from: caller)
        }
    }

    /// Whoever typed this name and password.
    private func checked(_ username: String, _ password: String, from caller: Caller) async throws -> User {
        let now = counter.clock.now()
        guard Self.mayBeName(username) else { throw Self.mismatch }
        let alias = try alias(username)
        try await counter.database.read { try SignInLock.requireOpen(username, alias, caller, at: now, $0) }
        let user = try await user(named: username)
        // A name that doesn't exist costs the same time as one that does.
        let matches = try await PasswordHash.verify(password, against: user?.passwordHash)
        guard let user, matches, user.disabledOn == nil else {
            try await counter.database.write { connection in
                // Many attempts at once have all passed the first count: the lock is asked again before anything is told.
                try SignInLock.requireOpen(username, alias, caller, at: now, connection)
                try SignInLock.note(user == nil ? alias : username, caller, at: now, connection)
            }
            throw Self.mismatch
        }
        return user
    }

    private static let mismatch = Refusal(.unauthenticated, "用户名或密码不对，请重新输入")

    /// Anything longer, or with controls in it, is nobody's name and isn't kept among the failures.
    private static func mayBeName(_ text: String) -> Bool { text.utf8.count <= 120 && text.utf8.allSatisfy { $0 >= 0x20 } }

    /// Under which a name that isn't anybody's is counted: people type ID numbers and passwords into that box.
    private func alias(_ username: String) throws -> String { "~" + (try counter.house.keyring.blindIndex(username, for: "sign-in")) }

    /// What a form proves to the counter: that its sender typed the password again, for this act and no other. Failures count as at the door.
    /// - Throws: `.invalid` at the field for a wrong password; `.busy` when the name is locked.
    public func proof(_ password: String, of actor: Actor, for act: ID<JournalEntry>, from caller: Caller = .unknown) async throws -> String {
        let username: String? = try await counter.database.read { try $0.value("SELECT username FROM user_account WHERE id = \(actor.user)") }
        do {
            _ = try await checked(username ?? "", password, from: caller)
        } catch let refusal as Refusal where refusal.kind == .unauthenticated {
            throw Refusal.invalid("现在的密码不对，请重新填写").at([Term<String>.currentPassword.name])
        }
        return try counter.house.keyring.doorProof(of: actor.user, for: act)
    }

    /// The actor behind a username, for the command line on the machine itself.
    public func actor(named username: String) async throws -> Actor {
        guard let user = try await user(named: username), user.disabledOn == nil else { throw Refusal.absent("没有用户「\(username)」，或已停用") }
        return user.actor
    }

    private func user(named username: String) async throws -> User? {
        try await counter.read(as: .house) { try $0.first(User.self, where: "username = \(username)") }
    }

    private func open(_ user: User, from caller: Caller, at now: Instant) async throws -> Session {
        let token = try randomToken(), hash = try Self.hash(token), csrf = try randomToken(), due = rules.dueOn(user.role, from: now.date), alias = try alias(user.username)
        let id: ID<Session> = .make(at: now)
        try await counter.database.write { connection in
            try SignInLock.requireOpen(user.username, alias, caller, at: now, connection)
            try SignInLock.forgive(user.username, caller, connection)
            try connection.run("""
                INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at, id, address, device, used_at)
                VALUES (\(hash), \(user.id), \(csrf), \(now), \(now.adding(seconds: SignInRules.sessionLength)), \(id),
                        \(caller.address), \(caller.device), \(now))
                """)
            let isDemo = try connection.value("SELECT count(*) FROM mark WHERE name = 'demo'") ?? 0 > 0
            guard let due, !isDemo else { return }
            try connection.run("""
                INSERT INTO account_state (user_id, password_temporary, two_factor_due_on) VALUES (\(user.id), 0, \(due))
                ON CONFLICT (user_id) DO UPDATE SET two_factor_due_on = coalesce(account_state.two_factor_due_on, excluded.two_factor_due_on)
                """)
        }
        guard let session = try await session(token) else { throw Self.mismatch }
        return session
    }

    /// The table holds no token that would open a session.
    static func hash(_ token: String) throws -> String { try Cryptography.hash(Array(token.utf8), .international).hex }
}

/// 登录的一步。What the right name and password lead to.
public enum SignInStep: Sendable {
    case session(Session)
    /// A code is wanted; the token belongs to this attempt alone.
    case code(token: String)
}

/// 来处。Where a caller comes from, in words for people.
public struct Caller: Sendable, Hashable {
    public let address: String
    /// 「Windows 上的 Chrome」
    public let device: String

    public init(address: String, device: String) {
        self.address = String(address.prefix(60))
        self.device = String(device.prefix(60))
    }

    public static let unknown = Caller(address: "-", device: "未知设备")
}

extension Actor {
    /// The house itself: migrations, jobs and reactions. It has no account and cannot sign in.
    public static let house = Actor(user: ID<Actor>(at: Instant(secondsSince1970: 0), random: [UInt8](repeating: 0, count: 10)), name: "系统",
                                    role: .systemAdministrator, region: .country)
}
