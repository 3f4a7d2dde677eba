import Cryptography
import Kernel
import Values

/// 调整用户。Name, role or region; sessions and duties end, because they were given to the old post.
struct ChangeUser: Action {
    let user: ID<User>
    let name: PersonName
    let role: Role
    let region: RegionCode
    let reason: LongText

    static let title = "调整用户"
    static let guidance = "调整姓名、岗位或区域后，该用户的登录会话和代办都会结束。调入或调出三员岗位，须由另一名管理员确认。"
    static let roles: Set<Role> = [.securityAdministrator]
    static let subject = Subject<ChangeUser>.record(.user, \.user)
    static let shape = Shape<ChangeUser> {
        Field(.user, \.user)
        Field(.personName, \.name)
        Field(.role, \.role)
        Field(.region, \.region)
        Field(.accountReason, \.reason)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<User>.init(rawValue:)) else { return RawFields() }
        let user = try reader.find(id)
        return ["user": .typed(id.text), "name": .typed(user.name.typed), "role": .typed(user.role.rawValue), "region": .typed(user.region.code)]
    }

    init(from reading: Reading<ChangeUser>) throws(Refusal) {
        user = try reading(.user)
        name = try reading(.personName)
        role = try reading(.role)
        region = try reading(.region)
        reason = try reading(.accountReason)
        guard Set<Role>.everyone.contains(role) else { throw Refusal.invalid("来访群众没有账号，请选其他岗位").at(["role"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        let user = try desk.find(user), link = "/users/accounts/\(user.id.text)"
        try desk.requireOther(user)
        guard desk.actor.covers(region) else { throw Refusal.forbidden("不能把用户调到您管辖以外的区域").at(["region"]) }
        guard user.name != name || user.role != role || user.region != region else { throw Refusal.invalid("姓名、岗位、区域都没有变化，请核对") }
        let changed = user.changed(name: name, role: role, region: region, disabledOn: user.disabledOn)
        guard try !desk.needsSecond(for: [user.role, role], of: user.id) else {
            try desk.propose(.change, changed, because: reason.typed)
            return Outcome(user.id, "已提请调整。下一步：由另一名管理员确认后生效", link: link)
        }
        try desk.apply(changed)
        return Outcome(user.id, "已调整，该用户的登录会话和代办已结束", link: link)
    }
}

/// 重新启用用户。
struct EnableUser: Action {
    let user: ID<User>
    let reason: LongText

    static let title = "重新启用用户"
    static let roles: Set<Role> = [.securityAdministrator]
    static let subject = Subject<EnableUser>.record(.user, \.user)
    static let shape = Shape<EnableUser> {
        Field(.user, \.user)
        Field(.accountReason, \.reason)
    }

    init(from reading: Reading<EnableUser>) throws(Refusal) {
        user = try reading(.user)
        reason = try reading(.accountReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let user = try desk.find(user), link = "/users/accounts/\(user.id.text)"
        try desk.requireOther(user)
        guard user.disabledOn != nil else { throw Refusal.outOfOrder("这个账号没有停用") }
        guard try desk.openProposals(of: user.id) == 0 else { throw Refusal.outOfOrder("这个账号正等待另一名管理员确认") }
        guard try !desk.needsSecond(for: [user.role], of: user.id) else {
            try desk.propose(.enable, user, because: reason.typed)
            return Outcome(user.id, "已提请重新启用。下一步：由另一名管理员确认后生效", link: link)
        }
        try desk.update(user.changed())
        return Outcome(user.id, "已重新启用", link: link)
    }
}

/// 重置密码。A password for one sign-in, told to its owner by other means; he must change it then.
struct ResetPassword: Action {
    let user: ID<User>
    let passwordHash: String
    let reason: LongText

    static let title = "重置密码"
    static let guidance = "设一个一次性密码并当面告知本人，本人登录后须先改密码。该用户的登录会话全部结束，下次登录时会看到提醒。"
    static let roles: Set<Role> = [.securityAdministrator]
    static let subject = Subject<ResetPassword>.record(.user, \.user)
    static let shape = Shape<ResetPassword> {
        Field(.user, \.user)
        Field(.passwordHash, \.passwordHash)
        Field(.accountReason, \.reason)
    }

    init(from reading: Reading<ResetPassword>) throws(Refusal) {
        user = try reading(.user)
        passwordHash = try reading(.passwordHash)
        reason = try reading(.accountReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let user = try desk.find(user)
        try desk.requireOther(user)
        guard PasswordHash.isOurs(passwordHash) else { throw Refusal.invalid("密码须在登录口加密后提交").at(["password_hash"]) }
        // An administrator's account stays closed until a second administrator opens it: nobody takes over a post alone.
        let needsSecond = try desk.needsSecond(for: [user.role], of: user.id)
        let changed = user.changed(passwordHash: passwordHash, disabledOn: needsSecond ? desk.today : user.disabledOn)
        try desk.update(changed)
        if needsSecond { try desk.propose(.enable, changed, because: "重置密码：" + reason.typed) }
        try desk.mark(user.id, isTemporary: true)
        try desk.connection.run("DELETE FROM sign_in_failure WHERE username = \(user.username)")
        try desk.endSessions(of: user.id)
        try desk.tell(user.id, "您的密码由\(desk.actor.name)重置。如果不是您要求的，请立即告诉审计人员")
        if needsSecond {
            return Outcome(user.id, "密码已重置，账号暂停。下一步：由另一名管理员在「三员变更」中确认后启用", link: "/users/accounts/\(user.id.text)")
        }
        return Outcome(user.id, "密码已重置。下一步：当面把一次性密码告知本人，本人登录后须先改密码", link: "/users/accounts/\(user.id.text)")
    }
}

/// 重置两步登录。For who lost the phone and the recovery codes.
struct ResetTwoFactor: Action {
    let user: ID<User>
    let reason: LongText

    static let title = "重置两步登录"
    static let guidance = "本人手机和恢复码都不在时使用。须先核实本人身份；该用户下次登录时会看到提醒。"
    static let roles: Set<Role> = [.securityAdministrator]
    static let subject = Subject<ResetTwoFactor>.record(.user, \.user)
    static let shape = Shape<ResetTwoFactor> {
        Field(.user, \.user)
        Field(.accountReason, \.reason)
    }

    init(from reading: Reading<ResetTwoFactor>) throws(Refusal) {
        user = try reading(.user)
        reason = try reading(.accountReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let user = try desk.find(user)
        try desk.requireOther(user)
        guard try desk.twoFactor(of: user.id) != nil else { throw Refusal.outOfOrder("该用户没有开通两步登录") }
        let needsSecond = try desk.needsSecond(for: [user.role], of: user.id)
        if needsSecond {
            let closed = user.changed(disabledOn: desk.today)
            try desk.update(closed)
            try desk.propose(.enable, closed, because: "重置两步登录：" + reason.typed)
        }
        try desk.removeTwoFactor(of: user.id)
        try desk.connection.run("UPDATE account_state SET two_factor_due_on = NULL WHERE user_id = \(user.id)")
        try desk.endSessions(of: user.id)
        try desk.tell(user.id, "您的两步登录由\(desk.actor.name)重置，请重新开通。如果不是您要求的，请立即告诉审计人员")
        let next = needsSecond ? "账号暂停，由另一名管理员在「三员变更」中确认后启用" : "该用户须重新开通"
        return Outcome(user.id, "两步登录已重置，\(next)", link: "/users/accounts/\(user.id.text)")
    }
}

/// 结束登录会话。One's own, or by the security administrator anybody's.
struct EndSession: Action {
    let session: ID<Session>

    static let title = "结束登录会话"
    static let guidance = "这个登录会话立即结束，要再用须重新登录。"
    static let roles = Set<Role>.everyone
    static let subject = Subject<EndSession>.located(Term<ID<Session>>.session.name) { act, reader in
        let owner = try reader.owner(of: act.session)
        guard ID<Actor>(owner.id) == reader.actor.user || reader.actor.role == .securityAdministrator else { throw Refusal.forbidden("只能结束自己的登录会话") }
        return Located(id: owner.id.text, region: ID<Actor>(owner.id) == reader.actor.user ? reader.actor.region : owner.region)
    }
    static let shape = Shape<EndSession> { Field(.session, \.session) }

    init(from reading: Reading<EndSession>) throws(Refusal) { session = try reading(.session) }

    func perform(at desk: Desk) throws -> Outcome {
        let owner = try desk.owner(of: session)
        try desk.connection.run("UPDATE session SET ended_at = \(desk.now) WHERE id = \(session) AND ended_at IS NULL")
        return Outcome(owner.id, "登录会话已结束", link: ID<Actor>(owner.id) == desk.actor.user ? "/users/me" : "/users/accounts/\(owner.id.text)")
    }
}

extension Reader {
    fileprivate func owner(of session: ID<Session>) throws -> User {
        let owner: ID<User>? = try connection.value("SELECT user_id FROM session WHERE id = \(session)")
        guard let owner else { throw Refusal.absent("没有这个登录会话，可能早已结束") }
        return try find(owner)
    }
}

extension Desk {
    /// 安全管理员不能给自己授权。
    func requireOther(_ user: User) throws {
        guard ID<Actor>(user.id) != actor.user else { throw Refusal.forbidden("不能办理自己的账号，请由另一位安全管理员办理") }
    }

    /// Puts a changed account in place.
    func apply(_ user: User) throws {
        try update(user)
        try endSessions(of: user.id)
        try endDuties(of: user.id)
    }
}

extension Term where Value == LongText {
    static var accountReason: Term<LongText> { Term("reason", "理由", hint: "写明依据，如人事通知、本人申请") }
}
