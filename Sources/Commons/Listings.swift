import Kernel
import Storage
import Values

/// 规则台账。
let rulings = Listing("rulings", "规则台账", of: Ruling.self, sorted: [.ascending(.policy), .ascending(.variantCode), .ascending(.from), .ascending(Term<ID<Ruling>>.id)],
                      filters: [.equals(.policy), .within(.region)], roles: .everyone, emptyText: "起草和发布的规则会出现在这里") { _ in
    "SELECT * FROM ruling"
}

/// 用户账号。
let userAccounts = Listing("accounts", "用户账号", of: UserRow.self, sorted: [.ascending(.username), .ascending(Term<ID<User>>.id)],
                           filters: [.equals(.role)], roles: [.securityAdministrator, .systemAdministrator, .auditor]) { query in
    "SELECT id, username, name, role, region, disabled_on FROM user_account WHERE \(query.within("region"))"
}

struct UserRow: Shaped {
    let id: ID<User>, username: String, name: PersonName, role: Role, region: RegionCode, disabledOn: CivilDate?

    static let shape = Shape<UserRow> {
        Field(.username, \.username)
        Field(.personName, \.name)
        Field(.role, \.role)
        Field(.region, \.region)
        Field(.disabledOn, \.disabledOn)
        Field(.id, \.id)
    }

    init(from reading: Reading<UserRow>) throws(Refusal) {
        id = try reading(.id)
        username = try reading(.username)
        name = try reading(.personName)
        role = try reading(.role)
        region = try reading(.region)
        disabledOn = try reading(.disabledOn)
    }
}
