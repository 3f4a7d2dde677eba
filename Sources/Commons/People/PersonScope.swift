import Kernel
import Values

/// 管辖。Whose business a person is: of the place of his 户籍, of the place he lives in, of his household's place; under all his identities.
extension Reader {
    func duty(of person: Person) throws -> [RegionCode] {
        let files = try identities(of: person.id).map { $0 == person.id ? person : try find($0) }
        return files.flatMap { [$0.region, $0.livingIn].compactMap { $0 } } + [try household(of: person.id)?.region].compactMap { $0 }
    }

    func covers(_ person: Person) throws -> Bool {
        if actor.covers(person.region) { return true }
        return try duty(of: person).contains(where: actor.covers)
    }

    /// The region under which this actor meets a person; that of the 户籍 where none is his.
    func place(of person: Person) throws -> RegionCode {
        if actor.covers(person.region) { return person.region }
        return try duty(of: person).first(where: actor.covers) ?? person.region
    }

    /// - Throws: `.forbidden` when the person is nobody's business here.
    func requireDuty(of person: Person) throws {
        guard try covers(person) else { throw Refusal.forbidden("这个人的档案不在您的管辖范围内，请联系所属区域的经办人员") }
    }

    /// The standing file of a person of this actor's scope.
    func person(inScope id: ID<Person>) throws -> Person {
        let person = try standing(id)
        try requireDuty(of: person)
        return person
    }
}

extension Subject {
    /// 对人办理。A person by the file that stands for him, within the actor's scope, at its version.
    static func person(_ id: KeyPath<Act, ID<Person>> & Sendable) -> Subject {
        located(Term<ID<Person>>.person.name, version: { text, reader in
            guard let id = ID<Person>(rawValue: text) else { return nil }
            return try reader.person(inScope: id).version
        }, { act, reader in
            let person = try reader.standing(act[keyPath: id])
            return Located(id: person.id.text, region: try reader.place(of: person), version: person.version)
        })
    }
}

extension RegionCode {
    /// The least region that holds both.
    func joined(with other: RegionCode) -> RegionCode { ancestors.first { $0.contains(other) } ?? .country }
}
