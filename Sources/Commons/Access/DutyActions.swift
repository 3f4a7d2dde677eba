import Kernel
import Storage
import Values

/// 委托代办。One's own duty, or that of somebody one answers for, to a colleague for some days.
struct DelegateDuty: Action {
    let id: ID<Duty>
    /// nil: the own.
    let owner: ID<User>?
    let delegate: String
    let from: CivilDate
    let last: CivilDate
    let reason: LongText

    static let title = "委托代办"
    static let guidance = "出差、休假期间，把本岗位的职责委托给同事。代办人仍以自己的名义留痕；自己经办过的件，代办时也不能复核。到期自动结束。"
    static let roles = Set<Role>.everyone
    static let subject = Subject<DelegateDuty>.located(Term<ID<User>>.user.name) { act, reader in
        guard let owner = act.owner, ID<Actor>(owner) != reader.actor.user else { return Located(region: reader.actor.region) }
        return Located(id: owner.text, region: try reader.find(owner).region)
    }
    static let shape = Shape<DelegateDuty> {
        Field(.newDuty, \.id)
        Field(.user, \.owner)
        Field(.delegateName, \.delegate)
        Field(.dutyFrom, \.from)
        Field(.dutyLast, \.last)
        Field(.accountReason, \.reason)
    }

    static let daysAtMost = 184

    init(from reading: Reading<DelegateDuty>) throws(Refusal) {
        id = try reading(.newDuty)
        owner = try reading(.user)
        delegate = try reading(.delegateName)
        from = try reading(.dutyFrom)
        last = try reading(.dutyLast)
        reason = try reading(.accountReason)
        guard from <= last else { throw Refusal.invalid("截止日期不能早于起始日期").at(["last_on"]) }
        guard from.days(until: last) < Self.daysAtMost else { throw Refusal.invalid("一次最多委托 \(Self.daysAtMost) 天，更久的请由安全管理员调整岗位").at(["last_on"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard !desk.actor.isDeputy else { throw Refusal.forbidden("代办的职责不能再委托给别人。请先切换回本人岗位") }
        guard last >= desk.today else { throw Refusal.invalid("截止日期已过，请核对").at(["last_on"]) }
        let owner = try owner(at: desk)
        guard let holder = try desk.first(User.self, where: "username = \(delegate) AND disabled_on IS NULL") else {
            throw Refusal.invalid("没有用户名为「\(delegate)」的在用账号，请核对").at(["delegate"])
        }
        try require(holder, fits: owner, at: desk)
        let duty = Duty(id: id, user: holder.id, owner: owner.id, role: owner.role, region: owner.region, from: from, until: last.adding(days: 1),
                        reason: reason.typed, by: desk.actor, at: desk.now)
        try desk.insert(duty)
        try desk.tell(holder.id, "\(owner.name.shown)的岗位（\(owner.role.label)）委托您代办，\(duty.lasts)。在页面上方可以切换身份")
        if ID<Actor>(owner.id) != desk.actor.user { try desk.tell(owner.id, "\(desk.actor.name)把您的岗位委托给\(holder.name.shown)代办，\(duty.lasts)") }
        return Outcome(owner.id, "已委托，\(duty.lasts)，到期自动结束", link: "/users/duties")
    }

    private func owner(at desk: Desk) throws -> User {
        guard let owner, ID<Actor>(owner) != desk.actor.user else { return try desk.ownAccount() }
        let user = try desk.find(owner)
        guard desk.isSuperior(of: user) else { throw Refusal.forbidden("只能委托本人的岗位，或由其上级代为委托") }
        guard user.disabledOn == nil else { throw Refusal.outOfOrder("该账号已停用，请把名下待办移交他人，不必委托") }
        return user
    }

    private func require(_ holder: User, fits owner: User, at desk: Desk) throws {
        guard holder.id != owner.id else { throw Refusal.invalid("不能委托给岗位人自己").at(["delegate"]) }
        guard ID<Actor>(holder.id) != desk.actor.user else { throw Refusal.forbidden("不能把下属的职责委托给自己，请另选一人") }
        try desk.requireSeparate(owner.role, from: holder)
        guard holder.region.contains(owner.region) || owner.region.contains(holder.region) else {
            throw Refusal.invalid("代办人须与原岗位在同一区域或其上下级区域").at(["delegate"])
        }
        let overlapping = try desk.all(Duty.self, where: """
            owner_id = \(owner.id) AND user_id = \(holder.id) AND ended_at IS NULL AND from_on <= \(last) AND (until_on IS NULL OR until_on > \(from))
            """)
        guard overlapping.isEmpty else { throw Refusal.conflict("这段时间已委托给同一人，不必重复委托") }
    }
}

/// 授予兼任。A further role besides the own, by the security administrator; never one of 三员.
struct GrantDuty: Action {
    let id: ID<Duty>
    let user: ID<User>
    let role: Role
    let region: RegionCode
    let from: CivilDate
    let last: CivilDate?
    let reason: LongText

    static let title = "授予兼任岗位"
    static let guidance = "该用户可在页面上方切换到兼任的岗位办理。自己经办过的件，换了岗位也不能复核。三员不能兼任，也不能由他人兼任。"
    static let roles: Set<Role> = [.securityAdministrator]
    static let subject = Subject<GrantDuty>.located(Term<ID<User>>.user.name) { act, reader in
        Located(id: act.user.text, region: try reader.find(act.user).region)
    }
    static let shape = Shape<GrantDuty> {
        Field(.newDuty, \.id)
        Field(.user, \.user)
        Field(.role, \.role)
        Field(.region, \.region)
        Field(.dutyFrom, \.from)
        Field(.dutyLast, \.last)
        Field(.accountReason, \.reason)
    }

    init(from reading: Reading<GrantDuty>) throws(Refusal) {
        id = try reading(.newDuty)
        user = try reading(.user)
        role = try reading(.role)
        region = try reading(.region)
        from = try reading(.dutyFrom)
        last = try reading(.dutyLast)
        reason = try reading(.accountReason)
        if let last, last < from { throw Refusal.invalid("截止日期不能早于起始日期").at(["last_on"]) }
        guard Set<Role>.everyone.subtracting(Set<Role>.administrators).contains(role) else { throw Refusal.invalid("三员不能兼任，请选业务岗位").at(["role"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        let holder = try desk.find(user)
        try desk.requireOther(holder)
        try desk.requireSeparate(role, from: holder)
        guard holder.disabledOn == nil else { throw Refusal.outOfOrder("该账号已停用") }
        guard desk.actor.covers(region) else { throw Refusal.forbidden("不能授予您管辖以外的区域").at(["region"]) }
        guard holder.role != role || holder.region != region else { throw Refusal.invalid("这就是该用户的本职岗位，不必兼任").at(["role"]) }
        let duty = Duty(id: id, user: holder.id, owner: nil, role: role, region: region, from: from, until: last?.adding(days: 1), reason: reason.typed,
                        by: desk.actor, at: desk.now)
        try desk.insert(duty)
        try desk.tell(holder.id, "您兼任\(role.label)，\(duty.lasts)。在页面上方可以切换身份")
        return Outcome(holder.id, "已授予兼任岗位：\(role.label)，\(duty.lasts)", link: "/users/accounts/\(holder.id.text)")
    }
}

/// 结束代办或兼任。By its owner, its holder, who gave it, a superior, or the security administrator.
struct EndDuty: Action {
    let duty: ID<Duty>

    static let title = "结束代办或兼任"
    static let roles = Set<Role>.everyone
    static let subject = Subject<EndDuty>.located(Term<ID<Duty>>.duty.name) { act, reader in
        let duty = try reader.find(act.duty), me = reader.actor.user
        let isMine = [ID<Actor>(duty.user), duty.owner.map { ID<Actor>($0) }, duty.grantedBy].contains(me)
        return Located(id: (duty.owner ?? duty.user).text, region: isMine ? reader.actor.region : duty.region)
    }
    static let shape = Shape<EndDuty> { Field(.duty, \.duty) }

    init(from reading: Reading<EndDuty>) throws(Refusal) { duty = try reading(.duty) }

    func perform(at desk: Desk) throws -> Outcome {
        let duty = try desk.find(duty), me = desk.actor.user, subject = duty.owner ?? duty.user
        let isMine = [ID<Actor>(duty.user), duty.owner.map { ID<Actor>($0) }, duty.grantedBy].contains(me)
        guard try isMine || desk.actor.role == .securityAdministrator || desk.isSuperior(of: desk.find(subject)) else {
            throw Refusal.forbidden("由委托人、代办人、其上级或安全管理员结束")
        }
        guard duty.endedAt == nil else { throw Refusal.outOfOrder("已经结束") }
        try desk.connection.run("UPDATE duty SET ended_at = \(desk.now) WHERE id = \(duty.id)")
        return Outcome(subject, "已结束，代办人不能再以这个岗位办理", link: "/users/duties")
    }
}

/// 切换身份。From now on this session acts in another duty, or in the own again.
struct SwitchDuty: Action {
    let session: ID<Session>
    let duty: ID<Duty>?

    static let title = "切换办理身份"
    static let guidance = "在本人岗位与代办、兼任的岗位之间切换。"
    static let roles = Set<Role>.everyone
    static let subject = Subject<SwitchDuty>.ownAccount(\.session)
    static let shape = Shape<SwitchDuty> {
        Field(.ownSession, \.session)
        Field(.duty, \.duty)
    }

    init(from reading: Reading<SwitchDuty>) throws(Refusal) {
        session = try reading(.ownSession)
        duty = try reading(.duty)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let user = try desk.ownAccount()
        let chosen = try duty.flatMap { asked in try desk.liveDuties(of: user.id).first { $0.id == asked } }
        guard duty == nil || chosen != nil else { throw Refusal.absent("没有这项代办或兼任，可能已经到期") }
        // Whoever acts as one of those who must, must himself.
        if let chosen, SignInRules.standard.required.contains(chosen.role), try !desk.isDemonstration, try desk.twoFactor(of: user.id)?.confirmedAt == nil {
            throw Refusal.forbidden("\(chosen.role.label)须两步登录。请先在「我的账号」开通，再切换身份")
        }
        try desk.connection.run("UPDATE session SET duty = \(duty) WHERE id = \(session)")
        return Outcome(user.id, try chosen.map { "现在以「\(try desk.title(of: $0))」办理" } ?? "已切换回本人岗位（\(user.role.label)）", link: "/desk/workbench")
    }
}

extension Term where Value == String {
    static var delegateName: Term<String> { Term("delegate", "代办人", hint: "代办人的用户名") }
}
