import Kernel
import Storage
import Values

/// 家庭登记。
let households = Listing("households", "家庭登记", of: HouseholdRow.self, sorted: [.ascending(Term<ID<Household>>.id)],
                         filters: [.search("户主姓名", owner: "head_id", in: "person_search"), .equals(.area), .within(.region)],
                         totals: [.count("户"), .sum(.memberCount, "人")], emptyText: "登记过的家庭会出现在这里",
                         link: { "/people/households/\($0.text("id") ?? "")" }) { query in
    """
    SELECT h.id AS id, h.head_id AS head_id, p.name AS name, h.region AS region, h.area AS area, h.address AS address,
           (SELECT count(*) FROM membership AS m WHERE m.household_id = h.id AND m.retracted_at IS NULL AND m.until_on IS NULL) AS member_count
    FROM household AS h JOIN person AS p ON p.id = h.head_id WHERE \(query.within("h.region"))
    """
}

struct HouseholdRow: Shaped {
    let id: ID<Household>, head: PersonName, members: Int, region: RegionCode, area: Area, address: String?

    static let shape = Shape<HouseholdRow> {
        Field(.headName, \.head)
        Field(.memberCount, \.members)
        Field(.area, \.area)
        Field(.region, \.region)
        Field(.address, \.address)
        Field(.id, \.id)
    }

    init(from reading: Reading<HouseholdRow>) throws(Refusal) {
        id = try reading(.id)
        head = try reading(.headName)
        members = try reading(.memberCount)
        region = try reading(.region)
        area = try reading(.area)
        address = try reading(.address)
    }
}

extension Term where Value == PersonName {
    public static var headName: Term<PersonName> { Term("name", "户主") }
}
extension Term where Value == Int {
    public static var memberCount: Term<Int> { Term("member_count", "人数") }
}

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
