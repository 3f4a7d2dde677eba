import Cryptography
import Kernel
import Storage
import Values

// 自己的账号。What everybody does about the own account; the door adds which session it is and that the password was typed again.

extension Subject {
    /// The own account, from the session that the door names.
    static func ownAccount(_ session: KeyPath<Act, ID<Session>> & Sendable) -> Subject {
        .located(Term<ID<Session>>.ownSession.name) { act, reader in
            let id = act[keyPath: session]
            let owner: ID<Actor>? = try reader.connection.value("SELECT user_id FROM session WHERE id = \(id) AND ended_at IS NULL")
            guard owner == reader.actor.user else { throw Refusal.absent("没有这个登录会话，请重新登录后再试") }
            return Located(id: reader.actor.user.text, region: reader.actor.region)
        }
    }
}

extension Reader {
    /// The own account, whichever duty is chosen.
    func ownAccount() throws -> User {
        guard let user = try first(User.self, where: "id = \(actor.user)") else { throw Refusal.absent("您没有账号，请由安全管理员新增") }
        return user
    }
}

/// 修改密码。The other sessions end.
struct ChangePassword: Action {
    let session: ID<Session>
    let proof: String
    let passwordHash: String

    static let title = "修改密码"
    static let guidance = "改好以后，您在别处的登录会话会全部结束。"
    static let roles = Set<Role>.everyone
    static let subject = Subject<ChangePassword>.ownAccount(\.session)
    static let shape = Shape<ChangePassword> {
        Field(.ownSession, \.session)
        Field(.currentPassword, \.proof)
        Field(.passwordHash, \.passwordHash)
    }

    init(from reading: Reading<ChangePassword>) throws(Refusal) {
        session = try reading(.ownSession)
        proof = try reading(.currentPassword)
        passwordHash = try reading(.passwordHash)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.requireProof(proof)
        let user = try desk.ownAccount()
        guard PasswordHash.isOurs(passwordHash) else { throw Refusal.invalid("密码须在登录口加密后提交").at(["password_hash"]) }
        try desk.update(user.changed(passwordHash: passwordHash))
        try desk.mark(user.id, isTemporary: false)
        try desk.endSessions(of: user.id, except: session)
        return Outcome(user.id, "密码已改好，别处的登录会话已结束", link: "/users/me")
    }
}

/// 开始开通两步登录。Makes the secret; nothing is asked at sign-in before a code of it was typed.
struct BeginTwoFactor: Action {
    let session: ID<Session>
    let id: ID<TwoFactor>

    static let title = "开通两步登录"
    static let guidance = "登录时除密码外再填一个动态口令。请先在手机上装好任一动态口令软件（验证器），下一步用它扫码。"
    static let roles = Set<Role>.everyone
    static let subject = Subject<BeginTwoFactor>.ownAccount(\.session)
    static let shape = Shape<BeginTwoFactor> {
        Field(.ownSession, \.session)
        Field(.newTwoFactor, \.id)
    }

    init(from reading: Reading<BeginTwoFactor>) throws(Refusal) {
        session = try reading(.ownSession)
        id = try reading(.newTwoFactor)
    }

    /// The one account on which a demonstration shows it.
    static let demonstrationName = "anquan"

    func perform(at desk: Desk) throws -> Outcome {
        let user = try desk.ownAccount(), isDemo = try desk.isDemonstration
        guard !isDemo || user.username == Self.demonstrationName else {
            throw Refusal.outOfOrder("演示环境里，两步登录只在账号 \(Self.demonstrationName) 上演示")
        }
        if let known = try desk.twoFactor(of: user.id) {
            guard known.confirmedAt == nil else { throw Refusal.outOfOrder("您已开通两步登录，不必重复开通") }
            try desk.connection.run("DELETE FROM two_factor WHERE id = \(known.id)")
        }
        let secret = isDemo ? CodeSecret.demonstration : CodeSecret(try randomBytes(20))
        try desk.insert(TwoFactor(id: id, user: user.id, secret: try desk.seal(secret), madeAt: desk.now))
        return Outcome(user.id, "密钥已生成。下一步：用手机上的动态口令软件扫码，再填一次口令", link: "/users/two-factor")
    }
}

/// 确认两步登录。From now on sign-in asks for a code.
struct ConfirmTwoFactor: Action {
    let session: ID<Session>
    let code: String

    static let title = "确认两步登录"
    static let guidance = "填写手机上现在显示的六位口令。"
    static let roles = Set<Role>.everyone
    static let subject = Subject<ConfirmTwoFactor>.ownAccount(\.session)
    static let shape = Shape<ConfirmTwoFactor> {
        Field(.ownSession, \.session)
        Field(.signInCode, \.code)
    }

    init(from reading: Reading<ConfirmTwoFactor>) throws(Refusal) {
        session = try reading(.ownSession)
        code = try reading(.signInCode)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let user = try desk.ownAccount()
        guard let pending = try desk.twoFactor(of: user.id), pending.confirmedAt == nil else { throw Refusal.outOfOrder("请先从「开通两步登录」开始") }
        guard let step = try TwoFactor.step(of: code.filter { !$0.isWhitespace }, user.id, at: desk.now, desk.house.keyring, desk.connection) else {
            throw Refusal.invalid("口令不对。请核对手机时间是否准确，等下一个口令再填").at([Term<String>.signInCode.name])
        }
        try desk.connection.run("UPDATE two_factor SET confirmed_at = \(desk.now), last_step = \(step) WHERE id = \(pending.id)")
        try desk.connection.run("DELETE FROM recovery_code WHERE user_id = \(user.id)")
        for code in try RecoveryCodes.codes(of: desk.act, desk.actor.user, desk.house.keyring) {
            try desk.connection.run("INSERT INTO recovery_code (user_id, digest) VALUES (\(user.id), \(try RecoveryCodes.digest(code, desk.house.keyring)))")
        }
        try desk.endSessions(of: user.id, except: session)
        return Outcome(user.id, "两步登录已开通。下一步：把恢复码抄下来收好，手机不在身边时用", link: "/users/recovery-codes/\(desk.act.text)")
    }
}

/// 停用两步登录。
struct DisableTwoFactor: Action {
    let session: ID<Session>
    let proof: String
    let code: String

    static let title = "停用两步登录"
    static let guidance = "须填写密码和现在的动态口令（或恢复码）。岗位规定必须两步登录的，停用后须在宽限期内重新开通。"
    static let roles = Set<Role>.everyone
    static let subject = Subject<DisableTwoFactor>.ownAccount(\.session)
    static let shape = Shape<DisableTwoFactor> {
        Field(.ownSession, \.session)
        Field(.currentPassword, \.proof)
        Field(.signInCode, \.code)
    }

    init(from reading: Reading<DisableTwoFactor>) throws(Refusal) {
        session = try reading(.ownSession)
        proof = try reading(.currentPassword)
        code = try reading(.signInCode)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.requireProof(proof)
        let user = try desk.ownAccount(), typed = code.filter { !$0.isWhitespace && $0 != "-" }.uppercased()
        guard try TwoFactor.use(typed, of: user.id, at: desk.now, desk.house.keyring, desk.connection) else {
            throw Refusal.invalid("口令不对或已用过，请等下一个口令再填").at([Term<String>.signInCode.name])
        }
        try desk.removeTwoFactor(of: user.id)
        return Outcome(user.id, "两步登录已停用", link: "/users/me")
    }
}

extension Desk {
    func removeTwoFactor(of user: ID<User>) throws {
        try connection.run("DELETE FROM two_factor WHERE user_id = \(user)")
        try connection.run("DELETE FROM recovery_code WHERE user_id = \(user)")
    }
}

/// 结束其他登录。
struct EndOtherSessions: Action {
    let session: ID<Session>

    static let title = "结束其他登录"
    static let guidance = "只留现在用的这一个，您在别处的登录会话立即结束。"
    static let roles = Set<Role>.everyone
    static let subject = Subject<EndOtherSessions>.ownAccount(\.session)
    static let shape = Shape<EndOtherSessions> { Field(.ownSession, \.session) }

    init(from reading: Reading<EndOtherSessions>) throws(Refusal) { session = try reading(.ownSession) }

    func perform(at desk: Desk) throws -> Outcome {
        let user = try desk.ownAccount()
        try desk.endSessions(of: user.id, except: session)
        return Outcome(user.id, "其他登录会话已结束", link: "/users/me")
    }
}

/// 知道了。What the owner of an account was told isn't told again.
struct AcknowledgeNotices: Action {
    let session: ID<Session>

    static let title = "知道了"
    static let guidance = "账号上的提醒看过以后，不再显示。"
    static let roles = Set<Role>.everyone
    static let subject = Subject<AcknowledgeNotices>.ownAccount(\.session)
    static let shape = Shape<AcknowledgeNotices> { Field(.ownSession, \.session) }

    init(from reading: Reading<AcknowledgeNotices>) throws(Refusal) { session = try reading(.ownSession) }

    func perform(at desk: Desk) throws -> Outcome {
        let user = try desk.ownAccount()
        try desk.connection.run("UPDATE account_notice SET seen_at = \(desk.now) WHERE user_id = \(user.id) AND seen_at IS NULL")
        return Outcome(user.id, "提醒已看过", link: "/users/me")
    }
}

extension Term where Value == ID<Session> {
    static var ownSession: Term<ID<Session>> { Term("own_session", "本次登录", .carried) }
    static var session: Term<ID<Session>> { Term("session", "登录会话", .carried) }
}
extension Term where Value == ID<TwoFactor> {
    static var newTwoFactor: Term<ID<TwoFactor>> { Term("two_factor", "两步登录编号", .made) }
}
extension Term where Value == String {
    public static var currentPassword: Term<String> { Term("current_password", "现在的密码", .carried) }
    static var signInCode: Term<String> { Term("code", "动态口令", hint: "六位数字；也可以填恢复码") }
}
