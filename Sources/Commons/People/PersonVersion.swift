import Kernel
import Storage
import Values

/// 档案旧版。A person's file as it was known from one instant until another; what is sealed stays sealed.
struct PersonVersion: Record {
    let id: ID<PersonVersion>
    /// The file as it then was; its `version` is the number it then had.
    let person: Person
    let knownAt: Instant
    let retractedAt: Instant

    static let table = "person_version"
    static let title = "人员档案旧版"
    static let shape = Shape<PersonVersion> {
        Field(.id, \.id)
        Field(.personID, \.person.id)
        Field(.personName, \.person.name)
        Field(.sex, \.person.sex)
        Field(.bornOn, \.person.bornOn)
        Field(.isBirthEstimated, \.person.isBirthEstimated)
        Field(.sealedResidentID, \.person.residentID)
        Field(.sealedPhone, \.person.phone)
        Field(.documentKind, \.person.documentKind)
        Field(.sealedDocumentNumber, \.person.documentNumber)
        Field(.region, \.person.region)
        Field(.livingIn, \.person.livingIn)
        Field(.address, \.person.address)
        Field(.diedOn, \.person.diedOn)
        Field(.mergedInto, \.person.mergedInto)
        Field(.version, \.person.version)
        Field(.knownAt, \.knownAt)
        Field(.retractedAt, \.retractedAt)
    }

    init(id: ID<PersonVersion>, _ person: Person, knownAt: Instant, retractedAt: Instant) {
        self.id = id
        self.person = person
        self.knownAt = knownAt
        self.retractedAt = retractedAt
    }

    init(from reading: Reading<PersonVersion>) throws(Refusal) {
        id = try reading(.id)
        person = Person(id: try reading(.personID), name: try reading(.personName), sex: try reading(.sex), bornOn: try reading(.bornOn),
                        residentID: try reading(.sealedResidentID), residentIndex: nil, phone: try reading(.sealedPhone), region: try reading(.region),
                        address: try reading(.address), diedOn: try reading(.diedOn), documentKind: try reading(.documentKind),
                        documentNumber: try reading(.sealedDocumentNumber), livingIn: try reading(.livingIn),
                        isBirthEstimated: try reading(.isBirthEstimated), mergedInto: try reading(.mergedInto), version: try reading(.version))
        knownAt = try reading(.knownAt)
        retractedAt = try reading(.retractedAt)
    }
}

/// A file and the time for which it was what the office knew.
struct KnownPerson {
    let person: Person
    let from: Instant
    /// nil: it still is.
    let until: Instant?
}

extension Reader {
    /// A person's file as it was known just before an instant; nil where he wasn't registered yet.
    func person(_ id: ID<Person>, knownBefore instant: Instant) throws -> KnownPerson? {
        let former = try first(PersonVersion.self, where: "person_id = \(id) AND known_at < \(instant) AND retracted_at >= \(instant) ORDER BY known_at DESC")
        if let former { return KnownPerson(person: former.person, from: former.knownAt, until: former.retractedAt) }
        let from = try known(id)
        return from < instant ? KnownPerson(person: try find(id), from: from, until: nil) : nil
    }

    /// A version of a person's file, by its number.
    func person(_ id: ID<Person>, version: Int) throws -> Person? {
        let current = try find(id)
        guard current.version != version else { return current }
        return try first(PersonVersion.self, where: "person_id = \(id) AND version = \(version)")?.person
    }

    /// Every former version, newest first.
    func versions(of id: ID<Person>) throws -> [PersonVersion] {
        try all(PersonVersion.self, where: "person_id = \(id) ORDER BY version DESC")
    }

    /// Since when the file has been as it is: its last change, or when it was made.
    func known(_ id: ID<Person>) throws -> Instant {
        let changed: Instant? = try connection.value("SELECT max(retracted_at) FROM person_version WHERE person_id = \(id)")
        return changed ?? min(id.madeAt, now)
    }

    /// The files that were merged into this one as far as was known just before an instant, itself first.
    func identities(of id: ID<Person>, knownBefore instant: Instant) throws -> [ID<Person>] {
        let ever: [ID<Person>] = try connection.all("""
            SELECT id FROM person WHERE merged_into = \(id) UNION SELECT person_id FROM person_version WHERE merged_into = \(id) ORDER BY 1
            """) { try $0.read(0) }
        return [id] + (try ever.filter { try person($0, knownBefore: instant)?.person.mergedInto == id })
    }
}

extension Desk {
    /// Changes a person's file and keeps what it was. The one way to write a person who is registered already.
    /// - Parameter changed: as it shall be, with the version that was read.
    @discardableResult
    public func amend(_ changed: Person) throws -> Person {
        let before = try find(changed.id)
        guard before.version == changed.version else { throw Refusal.overtaken }
        try insert(PersonVersion(id: makeID(), before, knownAt: try known(before.id), retractedAt: now))
        var after = changed
        after.version += 1
        try update(after)
        if after.name != before.name || after.address != before.address { try indexWords(of: after) }
        return after
    }

    /// The words a person is found by: the name and its pinyin initials; the address in a table of its own.
    public func indexWords(of person: Person) throws {
        try index(person.id, PersonWords.name(person.name), in: "person_search")
        try index(person.id, [person.address].compactMap { $0 }, in: "person_address_search")
    }
}

/// 检索词。
public enum PersonWords {
    /// 张建国, zjg.
    public static func name(_ name: PersonName) -> [String] { [name.shown, Pinyin.initials(of: name.shown)] }
}
