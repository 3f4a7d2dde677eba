import Kernel
import Storage
import Values

/// Finds people by name, part of a name, pinyin initials, words of the address, or a whole ID, document or phone number.
let findPeople = Finder { text, reader in
    let query = PersonQuery(text)
    let people = try reader.persons(query, limit: 10)
    if people.isEmpty, case .number(let number) = query, try reader.person(with: number) != nil {
        return [Hit(kind: "人", title: "有登记，不在您的辖区", detail: "这个身份号码已登记在其他区域。如需办理，请联系上级核对", link: "/people/persons")]
    }
    return try people.map(reader.hit)
}

/// Finds households by the name of their head, as people are found.
let findHouseholds = Finder { text, reader in
    let households = try reader.all(Household.self, where: "\(matching("head_id", in: "person_search", text)) AND \(reader.within("region")) ORDER BY id LIMIT 10")
    return try households.map { household in
        let place = try household.address ?? reader.regionPath(household.region)
        return Hit(kind: "户", title: "\(try reader.find(household.head).name.shown)户", detail: "\(household.area.label)，\(place)",
                   link: "/people/households/\(household.id.text)")
    }
}

extension Reader {
    fileprivate func hit(_ person: Person) throws -> Hit {
        let age = person.diedOn == nil ? "\(person.bornOn.age(on: today)) 岁" : "已故"
        return Hit(kind: "人", title: person.name.shown, detail: "\(person.sex.shown)，\(age)，\(try regionPath(person.region))",
                   link: "/people/persons/\(person.id.text)")
    }

    /// People within the reader's scope, each once, by the file that stands; by the address where no name fits.
    func persons(_ query: PersonQuery, limit: Int) throws -> [Person] {
        switch query {
        case .number(let number): return try [person(with: number)].compactMap { $0 }.filter(covers)
        case .code: return try standing(all(Person.self, where: "\(query.condition(self)) ORDER BY id LIMIT \(limit)").filter(covers))
        case .words(let text):
            let named = try standing(all(Person.self, where: "\(matching("id", in: "person_search", text)) AND \(inScope) ORDER BY id LIMIT \(limit)"))
            guard named.isEmpty else { return named }
            return try standing(all(Person.self, where: "\(matching("id", in: "person_address_search", text)) AND \(inScope) ORDER BY id LIMIT \(limit)"))
        }
    }

    private var inScope: Statement { "(\(within("region")) OR \(within("living_in")))" }

    private func standing(_ found: [Person]) throws -> [Person] {
        var seen: Set<ID<Person>> = []
        return try found.map { try $0.mergedInto.map(find) ?? $0 }.filter { seen.insert($0.id).inserted }
    }
}
