import Kernel
import Storage
import Values

/// Finds people by name, part of a name, pinyin initials, or whole ID number.
let findPeople = Finder { text, reader in
    let people: [Person]
    if let number = try? ResidentID(typed: text) {
        people = try reader.person(with: number).map { [$0] } ?? []
    } else {
        people = try reader.persons(named: text, limit: 10)
    }
    return try people.filter { reader.actor.covers($0.region) || $0.livingIn.map(reader.actor.covers) ?? false }.map { person in
        let age = person.diedOn == nil ? "\(person.bornOn.age(on: reader.today)) 岁" : "已故"
        return Hit(kind: "人", title: person.name.shown, detail: "\(person.sex.shown)，\(age)，\(try reader.regionPath(person.region))",
                   link: "/people/persons/\(person.id.text)")
    }
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
    /// People within the reader's region whose name, or one they were once entered by, holds the text; each once, by the file that stands.
    func persons(named text: String, limit: Int) throws -> [Person] {
        let found = try all(Person.self, where: """
            \(matching("id", in: "person_search", text)) AND (\(within("region")) OR \(within("living_in"))) ORDER BY id LIMIT \(limit)
            """)
        var seen: Set<ID<Person>> = []
        return try found.map { try $0.mergedInto.map(find) ?? $0 }.filter { seen.insert($0.id).inserted }
    }
}
