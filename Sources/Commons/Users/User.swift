import Kernel
import Storage
import Values

/// 用户。A member of staff with an account: one role, one region and everything below it.
public struct User: Versioned, Placed {
    public let id: ID<User>
    public let username: String
    public let name: PersonName
    public let role: Role
    public let region: RegionCode
    /// argon2id; never shown, exported or journalled.
    public let passwordHash: String
    public let disabledOn: CivilDate?
    public let version: Int

    public static let table = "user_account"
    public static let title = "用户"
    public static let shape = Shape<User> {
        Field(.id, \.id)
        Field(.username, \.username)
        Field(.personName, \.name)
        Field(.role, \.role)
        Field(.region, \.region)
        Field(.passwordHash, \.passwordHash)
        Field(.disabledOn, \.disabledOn)
        Field(.version, \.version)
    }

    public init(from reading: Reading<User>) throws(Refusal) {
        id = try reading(.id)
        username = try reading(.username)
        name = try reading(.personName)
        role = try reading(.role)
        region = try reading(.region)
        passwordHash = try reading(.passwordHash)
        disabledOn = try reading(.disabledOn)
        version = try reading(.version)
    }

    public init(id: ID<User>, username: String, name: PersonName, role: Role, region: RegionCode, passwordHash: String, disabledOn: CivilDate? = nil, version: Int = 1) {
        self.id = id
        self.username = username
        self.name = name
        self.role = role
        self.region = region
        self.passwordHash = passwordHash
        self.disabledOn = disabledOn
        self.version = version
    }

    /// The same account, closed from a day on.
    func disabled(on day: CivilDate) -> User {
        User(id: id, username: username, name: name, role: role, region: region, passwordHash: passwordHash, disabledOn: day, version: version + 1)
    }

    /// The same account, open, under these names.
    func changed(name: PersonName? = nil, role: Role? = nil, region: RegionCode? = nil, passwordHash: String? = nil, disabledOn: CivilDate? = nil) -> User {
        User(id: id, username: username, name: name ?? self.name, role: role ?? self.role, region: region ?? self.region,
             passwordHash: passwordHash ?? self.passwordHash, disabledOn: disabledOn, version: version + 1)
    }

    public var actor: Actor { Actor(user: ID<Actor>(id), name: name.shown, role: role, region: region) }
}

extension Term where Value == String {
    public static var username: Term<String> { Term("username", "用户名", hint: "字母、数字，3 至 30 位") }
    static var passwordHash: Term<String> { Term("password_hash", "密码摘要", .carried) }
}

extension Term where Value == Role {
    public static var role: Term<Role> { Term("role", "岗位") }
}

extension Term where Value == CivilDate {
    static var disabledOn: Term<CivilDate> { Term("disabled_on", "停用日期") }
}

extension Term where Value == ID<User> {
    static var user: Term<ID<User>> { Term("user", "用户", .carried) }
    static var newUser: Term<ID<User>> { Term("user", "用户编号", .made) }
}
