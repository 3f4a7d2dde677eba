import Kernel
import Storage
import Values

/// 家庭登记。
let households = Listing("households", "家庭登记", of: HouseholdRow.self, sorted: [.ascending(Term<ID<Household>>.id)],
                         filters: householdFilters + [.atLeast(.memberCount, "人数不少于", relation: "不少于")],
                         totals: [.count("户"), .sum(.memberCount, "人")], emptyText: "登记过的家庭会出现在这里",
                         link: { "/people/households/\($0.text("id") ?? "")" }) { query in
    selection(query, "h.dissolved_on IS NULL")
}

/// 已注销家庭。
let dissolvedHouseholds = Listing("dissolved-households", "已注销家庭", of: HouseholdRow.self, sorted: [.ascending(Term<ID<Household>>.id)], filters: householdFilters,
                                  totals: [.count("户")], emptyText: "注销的家庭会出现在这里", link: { "/people/households/\($0.text("id") ?? "")" }) { query in
    selection(query, "h.dissolved_on IS NOT NULL")
}

private let householdFilters: [Filter] = [
    .search("户主姓名", owner: "head_id", in: "person_search"), .within(.region), .equals(.area), .equals(.memberCount),
]

private func selection(_ query: ListingQuery, _ condition: Statement) -> Statement {
    """
    SELECT h.id AS id, h.head_id AS head_id, p.name AS name, h.region AS region, h.area AS area, h.address AS address, h.dissolved_on AS dissolved_on,
           (SELECT count(*) FROM membership AS m WHERE m.household_id = h.id AND m.retracted_at IS NULL AND m.until_on IS NULL) AS member_count
    FROM household AS h JOIN person AS p ON p.id = h.head_id WHERE \(query.within("h.region")) AND \(condition)
    """
}

struct HouseholdRow: Shaped {
    let id: ID<Household>, head: PersonName, members: Int, region: RegionCode, area: Area, address: String?, dissolvedOn: CivilDate?

    static let shape = Shape<HouseholdRow> {
        Field(.headName, \.head)
        Field(.memberCount, \.members)
        Field(.area, \.area)
        Field(.region, \.region)
        Field(.address, \.address)
        Field(.dissolvedOn, \.dissolvedOn)
        Field(.id, \.id)
    }

    init(from reading: Reading<HouseholdRow>) throws(Refusal) {
        id = try reading(.id)
        head = try reading(.headName)
        members = try reading(.memberCount)
        region = try reading(.region)
        area = try reading(.area)
        address = try reading(.address)
        dissolvedOn = try reading(.dissolvedOn)
    }
}

extension Term where Value == PersonName {
    public static var headName: Term<PersonName> { Term("name", "户主") }
}
extension Term where Value == Int {
    public static var memberCount: Term<Int> { Term("member_count", "人数") }
}
