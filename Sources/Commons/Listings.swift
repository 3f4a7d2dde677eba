import Kernel
import Storage
import Values

/// 人员登记。
let persons = Listing("persons", "人员登记", of: PersonRow.self, sorted: [.ascending(Term<ID<Person>>.id)],
                      filters: [.search("姓名或拼音首字母", owner: "id", in: "person_search"), .within(.region)],
                      totals: [.count("人")], emptyText: "登记过的人员会出现在这里", link: { "/people/persons/\($0.text("id") ?? "")" }) { query in
    "SELECT id, name, sex, born_on, resident_id, region, address, died_on FROM person WHERE \(query.within("region"))"
}

struct PersonRow: Shaped {
    let id: ID<Person>, name: PersonName, sex: Sex, bornOn: CivilDate, residentID: Sealed<ResidentID>?, region: RegionCode, address: String?, diedOn: CivilDate?

    static let shape = Shape<PersonRow> {
        Field(.personName, \.name)
        Field(.sex, \.sex)
        Field(.bornOn, \.bornOn)
        Field(.sealedResidentID, \.residentID)
        Field(.region, \.region)
        Field(.address, \.address)
        Field(.diedOn, \.diedOn)
        Field(.id, \.id)
    }

    init(from reading: Reading<PersonRow>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.personName)
        sex = try reading(.sex)
        bornOn = try reading(.bornOn)
        residentID = try reading(.sealedResidentID)
        region = try reading(.region)
        address = try reading(.address)
        diedOn = try reading(.diedOn)
    }
}

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
