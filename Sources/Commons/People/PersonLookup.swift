import Kernel
import Values

extension Reader {
    /// The person who holds an ID number, by the file that stands for him.
    public func person(with number: ResidentID) throws -> Person? {
        try first(Person.self, where: "resident_index = \(try house.keyring.index(number))").map { try $0.mergedInto.map(find) ?? $0 }
    }

    /// The household a person belongs to today, under any of his identities.
    public func household(of person: ID<Person>) throws -> Household? {
        try first(Household.self, where: """
            id IN (SELECT household_id FROM membership WHERE \(try concerning("person_id", person)) AND retracted_at IS NULL
                   AND from_on <= \(today) AND (until_on IS NULL OR until_on > \(today)))
            """)
    }
}

extension Desk {
    /// Enters a person and the words to find them by: the name and its pinyin initials.
    public func register(_ id: ID<Person>, name: PersonName, residentID: ResidentID, phone: Phone? = nil, region: RegionCode, address: String? = nil) throws {
        guard residentID.birth <= today else { throw Refusal.invalid("身份号码中的出生日期晚于今天，请核对证件").at(["resident_id"]) }
        try insert(Person(id: id, name: name, sex: residentID.sex, bornOn: residentID.birth, residentID: try seal(residentID),
                          residentIndex: try blindIndex(residentID), phone: try phone.map(seal), region: region, address: address,
                          phoneIndex: try phone.map(blindIndex)))
        try index(id, [name.shown, Pinyin.initials(of: name.shown)], in: "person_search")
    }
}
