import Kernel
import Storage
import Values

/// 人员登记。Files that stand; those merged into another are found under it.
let persons = Listing("persons", "人员登记", of: PersonRow.self, sorted: [.ascending(Term<ID<Person>>.id)],
                      filters: [
                          .found("q", "姓名、拼音首字母或证件、电话号码", owner: "id", hits: { PersonQuery($0).hits }) { try PersonQuery($0).condition($1) },
                          .search("address", "住址", owner: "id", in: "person_address_search"), .equals(.bornOn), .within(.region),
                      ],
                      totals: [.count("人")], emptyText: "登记过的人员会出现在这里", link: { "/people/persons/\($0.text("id") ?? "")" }) { query in
    """
    SELECT id, name, sex, born_on, resident_id, region, living_in, address, died_on FROM person
    WHERE merged_into IS NULL AND \(standing(within: query.actor.region))
    """
}

/// Files of a region by 户籍 or by living there.
///
/// A wide region holds so many that they are met soonest by going along the ids, which `substr` leads the engine to: at worst it reads
/// one narrow index from end to end. A community's few are found by the indexes of their regions.
private func standing(within region: RegionCode) -> Statement {
    let prefix = region.scopePrefix, length = prefix.count
    guard !prefix.isEmpty else { return "1 = 1" }
    guard region.level <= .township else { return "(\(Reader.within("region", region)) OR \(Reader.within("living_in", region)))" }
    return "(substr(region, 1, CAST(\(length) AS INTEGER)) = \(prefix) OR substr(living_in, 1, CAST(\(length) AS INTEGER)) = \(prefix))"
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
