import Cryptography
import Kernel
import Values

/// 新增用户。The password was hashed at the door; the act carries only its hash.
struct AddUser: Action {
    let id: ID<User>
    let username: String
    let name: PersonName
    let role: Role
    let region: RegionCode
    let passwordHash: String
    let isTemporary: Bool?

    static let title = "新增用户"
    static let guidance = "三员（系统、安全管理员和审计）的账号须由另一名管理员确认后才启用。"
    static let roles: Set<Role> = [.securityAdministrator]
    static let subject = Subject<AddUser>.new(in: \.region)
    static let shape = Shape<AddUser> {
        Field(.newUser, \.id)
        Field(.username, \.username)
        Field(.personName, \.name)
        Field(.role, \.role)
        Field(.region, \.region)
        Field(.passwordHash, \.passwordHash)
        Field(.passwordIsTemporary, \.isTemporary)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields { ["password_temporary": .typed("1")] }

    init(from reading: Reading<AddUser>) throws(Refusal) {
        id = try reading(.newUser)
        username = try reading(.username)
        name = try reading(.personName)
        role = try reading(.role)
        region = try reading(.region)
        passwordHash = try reading(.passwordHash)
        isTemporary = try reading(.passwordIsTemporary)
        guard Set<Role>.everyone.contains(role) else { throw Refusal.invalid("来访群众没有账号，请选其他岗位").at(["role"]) }
        guard (3 ... 30).contains(username.utf8.count), username.utf8.allSatisfy(Self.isNameByte) else {
            throw Refusal.invalid("用户名由 3 至 30 位字母、数字组成，可以含有 . _ -").at(["username"])
        }
    }

    /// No two names look alike, and none carries markup.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30 ... 0x39, 0x41 ... 0x5A, 0x61 ... 0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard try desk.first(User.self, where: "username = \(username)") == nil else {
            throw Refusal.conflict("用户名「\(username)」已有人使用，请换一个").at(["username"])
        }
        guard PasswordHash.isOurs(passwordHash) else { throw Refusal.invalid("密码须在登录口加密后提交").at(["password_hash"]) }
        let isProposal = try desk.needsSecond(for: [role], of: id), link = "/users/accounts/\(id.text)"
        let user = User(id: id, username: username, name: name, role: role, region: region, passwordHash: passwordHash, disabledOn: isProposal ? desk.today : nil)
        try desk.insert(user)
        if isTemporary ?? false { try desk.mark(id, isTemporary: true) }
        guard isProposal else { return Outcome(id, "已新增用户，岗位为\(role.label)", link: link) }
        try desk.propose(.add, user, because: "新增账号")
        return Outcome(id, "已提请新增用户，岗位为\(role.label)。下一步：由另一名管理员确认后启用", link: link)
    }
}

/// 停用用户。The account is closed and its sessions end; what it did stays.
struct DisableUser: Action {
    let user: ID<User>

    static let title = "停用用户"
    static let roles: Set<Role> = [.securityAdministrator]
    static let subject = Subject<DisableUser>.record(.user, \.user)
    static let shape = Shape<DisableUser> { Field(.user, \.user) }

    init(from reading: Reading<DisableUser>) throws(Refusal) { user = try reading(.user) }

    func perform(at desk: Desk) throws -> Outcome {
        let user = try desk.find(user)
        guard ID<Actor>(user.id) != desk.actor.user else { throw Refusal.forbidden("不能停用自己的账号，请由另一位安全管理员办理") }
        guard user.disabledOn == nil else { throw Refusal.outOfOrder("这个账号已经停用") }
        try desk.update(user.disabled(on: desk.today))
        try desk.endSessions(of: user.id)
        try desk.endDuties(of: user.id)
        let open = try desk.openAssignments(of: user.id)
        return Outcome(user.id, "已停用，该账号的登录会话已全部结束" + (open > 0 ? "。下一步：名下还有 \(open) 件待办，请由其上级移交他人" : ""), link: "/users/accounts/\(user.id.text)")
    }
}

extension Term where Value == Bool {
    static var passwordIsTemporary: Term<Bool> { Term("password_temporary", "首次登录须改密码") }
}
