import Commons
import Kernel
import Storage
import Values

/// 高龄老人：those aged eighty and more who are registered here, as far as the register of people knows.
let elders = Listing("elders", "高龄老人名单", of: ElderRow.self, sorted: [.ascending(.elderBornOn), .ascending(Term<ID<Person>>.elderID)],
                     filters: [.search("姓名或拼音首字母", owner: "id", in: "person_search"), .within(.region)], totals: [.count("人")],
                     roles: .caseworkers.union([.finance, .leader, .auditor]), emptyText: "满八十周岁的会列在这里",
                     link: { "/payments/payees/\($0.text("id") ?? "")" }) { query in
    """
    SELECT p.id AS id, p.name AS name, p.born_on AS born_on, p.region AS region FROM person AS p
    WHERE p.merged_into IS NULL AND p.died_on IS NULL AND p.born_on <= \(query.today.adding(years: -80)) AND \(query.within("p.region"))
    """
}

struct ElderRow: Shaped {
    let id: ID<Person>, name: PersonName, bornOn: CivilDate, region: RegionCode

    static let shape = Shape<ElderRow> {
        Field(.personName, \.name)
        Field(.elderBornOn, \.bornOn)
        Field(.region, \.region)
        Field(.elderID, \.id)
    }

    init(from reading: Reading<ElderRow>) throws(Refusal) {
        id = try reading(.elderID)
        name = try reading(.personName)
        bornOn = try reading(.elderBornOn)
        region = try reading(.region)
    }
}

extension Term where Value == ID<Person> {
    static var elderID: Term<ID<Person>> { Term("id", "内部编号", .made) }
}
extension Term where Value == CivilDate {
    static var elderBornOn: Term<CivilDate> { Term("born_on", "出生日期") }
}
