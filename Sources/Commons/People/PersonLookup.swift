import Kernel
import Storage
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

/// 写在一个框里的查询。What somebody typed to find a person: a whole number, or a name.
enum PersonQuery {
    case number(ResidentID)
    /// Digits and letters: a phone or the number of another document.
    case code(Phone?, DocumentNumber?)
    case words(String)

    init(_ text: String) {
        if let number = try? ResidentID(typed: text) { self = .number(number); return }
        let phone = try? Phone(typed: text)
        let document = text.contains(where: \.isNumber) ? try? DocumentNumber(typed: text) : nil
        self = phone == nil && document == nil ? .words(text) : .code(phone, document)
    }

    /// A condition on the columns of `person`; numbers of files that were merged lead to the kept one.
    func condition(_ reader: Reader) throws -> Statement {
        switch self {
        case .number(let number): return Self.held("resident_index = \(try reader.house.keyring.index(number))")
        case .code(let phone, let document):
            let held: [Statement] = [
                try phone.map { "phone_index = \(try reader.house.keyring.index($0))" }, try document.map { "document_index = \(try reader.house.keyring.index($0))" },
            ].compactMap { $0 }
            return Self.held(held.joined(" OR "))
        case .words(let text): return matching("id", in: "person_search", text)
        }
    }

    /// What a name finds, in the order in which it is found.
    var hits: Statement? {
        if case .words(let text) = self { found(in: "person_search", text) } else { nil }
    }

    private static func held(_ condition: Statement) -> Statement {
        "id IN (SELECT coalesce(merged_into, id) FROM person WHERE \(condition))"
    }
}

extension Desk {
    /// Enters a person by his ID number, and the words to find him by.
    public func register(_ id: ID<Person>, name: PersonName, residentID: ResidentID, phone: Phone? = nil, region: RegionCode, address: String? = nil) throws {
        try residentID.requireBorn(by: today)
        try enter(Person(id: id, name: name, sex: residentID.sex, bornOn: residentID.birth, residentID: try seal(residentID),
                         residentIndex: try blindIndex(residentID), phone: try phone.map(seal), region: region, address: address,
                         phoneIndex: try phone.map(blindIndex)))
    }

    /// Enters a person and the words to find him by.
    public func enter(_ person: Person) throws {
        try insert(person)
        try indexWords(of: person)
    }
}

extension ResidentID {
    func requireBorn(by day: CivilDate) throws {
        guard birth <= day else { throw Refusal.invalid("身份号码中的出生日期晚于今天，请核对证件").at(["resident_id"]) }
    }
}
