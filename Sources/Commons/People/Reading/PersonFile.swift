import Kernel
import Storage
import Values

/// 人员档案。A person's file as it is, or as it was known on a day: numbers masked, households as they were then known to be.
struct PersonFile: Inquiry {
    let person: ID<Person>
    let knownOn: CivilDate?

    static let title = "人员档案"
    static let guidance = "写明日期的，答复那一天结束时已经知道的内容；不写的，答复现在的内容。"
    static let roles: Set<Role> = .readers
    static let shape = Shape<PersonFile> {
        Field(.personNumber, \.person)
        Field(.knownOn, \.knownOn)
    }

    init(from reading: Reading<PersonFile>) throws(Refusal) {
        person = try reading(.personNumber)
        knownOn = try reading(.knownOn)
    }

    func answer(at reader: Reader) throws -> KnownFile { try reader.file(of: person, knownOn: knownOn) }
}

/// The answer.
struct KnownFile: Shaped {
    let id: ID<Person>
    let name: PersonName
    let sex: Sex
    let bornOn: CivilDate
    let isBirthEstimated: Bool
    let residentID: String?
    let document: String?
    let phone: String?
    let region: RegionCode
    let livingIn: RegionCode?
    let address: String?
    let diedOn: CivilDate?
    let mergedInto: ID<Person>?
    let version: Int
    let knownFrom: Instant
    let knownUntil: Instant?
    /// The other files that were this person's then.
    let identities: [FormerFile]
    let memberships: [KnownMembership]
    /// What lines tell, newest first; left out for a day in the past, which they don't keep.
    let matters: [KnownMatter]

    static let shape = Shape<KnownFile> {
        Field(.id, \.id)
        Field(.personName, \.name)
        Field(.sex, \.sex)
        Field(.bornOn, \.bornOn)
        Field(.isBirthEstimated, \.isBirthEstimated)
        Field(.maskedResidentID, \.residentID)
        Field(.maskedDocument, \.document)
        Field(.maskedPhone, \.phone)
        Field(.registeredIn, \.region)
        Field(.livingIn, \.livingIn)
        Field(.address, \.address)
        Field(.diedOn, \.diedOn)
        Field(.mergedInto, \.mergedInto)
        Field(.version, \.version)
        Field(.knownFrom, \.knownFrom)
        Field(.knownUntil, \.knownUntil)
        Each(.formerFiles, \.identities)
        Each(.knownMemberships, \.memberships)
        Each(.knownMatters, \.matters)
    }

    init(_ known: KnownPerson, residentID: String?, document: String?, phone: String?, identities: [FormerFile], memberships: [KnownMembership], matters: [KnownMatter]) {
        let person = known.person
        (id, name, sex, bornOn, isBirthEstimated) = (person.id, person.name, person.sex, person.bornOn, person.isBirthEstimated)
        (self.residentID, self.document, self.phone) = (residentID, document, phone)
        (region, livingIn, address, diedOn, mergedInto) = (person.region, person.livingIn, person.address, person.diedOn, person.mergedInto)
        (version, knownFrom, knownUntil) = (person.version, known.from, known.until)
        (self.identities, self.memberships, self.matters) = (identities, memberships, matters)
    }

    init(from reading: Reading<KnownFile>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.personName)
        sex = try reading(.sex)
        bornOn = try reading(.bornOn)
        isBirthEstimated = try reading(.isBirthEstimated)
        residentID = try reading(.maskedResidentID)
        document = try reading(.maskedDocument)
        phone = try reading(.maskedPhone)
        region = try reading(.registeredIn)
        livingIn = try reading(.livingIn)
        address = try reading(.address)
        diedOn = try reading(.diedOn)
        mergedInto = try reading(.mergedInto)
        version = try reading(.version)
        knownFrom = try reading(.knownFrom)
        knownUntil = try reading(.knownUntil)
        identities = try reading(.formerFiles)
        memberships = try reading(.knownMemberships)
        matters = try reading(.knownMatters)
    }
}

/// 并入的档案。
struct FormerFile: Entry {
    let key: String
    let id: ID<Person>
    let name: PersonName

    static let shape = Shape<FormerFile> {
        Field(.id, \.id)
        Field(.personName, \.name)
    }

    init(key: String, id: ID<Person>, name: PersonName) {
        self.key = key
        self.id = id
        self.name = name
    }

    init(from reading: Reading<FormerFile>) throws(Refusal) {
        key = reading.key
        id = try reading(.id)
        name = try reading(.personName)
    }
}

/// 当时知道的家庭关系。
struct KnownMembership: Entry {
    let key: String
    let household: ID<Household>
    let place: String
    let relation: Relation
    let from: CivilDate
    let until: CivilDate?

    static let shape = Shape<KnownMembership> {
        Field(.householdID, \.household)
        Field(.householdPlace, \.place)
        Field(.relation, \.relation)
        Field(.from, \.from)
        Field(.until, \.until)
    }

    init(key: String, _ membership: Membership, place: String) {
        self.key = key
        self.place = place
        (household, relation, from, until) = (membership.household, membership.relation, membership.from, membership.until)
    }

    init(from reading: Reading<KnownMembership>) throws(Refusal) {
        key = reading.key
        household = try reading(.householdID)
        place = try reading(.householdPlace)
        relation = try reading(.relation)
        from = try reading(.from)
        until = try reading(.until)
    }
}

/// 一件事。
struct KnownMatter: Entry {
    let key: String
    let on: CivilDate
    let line: String
    let what: String
    let detail: String?
    let link: String?

    static let shape = Shape<KnownMatter> {
        Field(.matterOn, \.on)
        Field(.matterLine, \.line)
        Field(.matterTitle, \.what)
        Field(.matterDetail, \.detail)
        Field(.matterLink, \.link)
    }

    init(key: String, _ event: LifeEvent) {
        self.key = key
        (on, line, what, link) = (event.entry.on, event.line, event.entry.title, event.entry.link)
        detail = event.entry.detail.isEmpty ? nil : event.entry.detail
    }

    init(from reading: Reading<KnownMatter>) throws(Refusal) {
        key = reading.key
        on = try reading(.matterOn)
        line = try reading(.matterLine)
        what = try reading(.matterTitle)
        detail = try reading(.matterDetail)
        link = try reading(.matterLink)
    }
}

extension Reader {
    /// - Parameter day: what was known when that day ended; nil: what is known now, of the file that stands.
    /// - Throws: `.absent` where the person wasn't registered by then, `.forbidden` outside the reader's scope.
    func file(of id: ID<Person>, knownOn day: CivilDate?) throws -> KnownFile {
        let standing = try person(inScope: id)
        guard let day, day < today else { return try file(KnownPerson(person: standing, from: known(standing.id), until: nil), before: nil) }
        let instant = Instant(startOf: day.adding(days: 1))
        guard let known = try person(id, knownBefore: instant) else { throw Refusal.absent("\(day.shown)时这个人还没有登记，请换一个较晚的日期") }
        return try file(known, before: instant)
    }

    private func file(_ known: KnownPerson, before instant: Instant?) throws -> KnownFile {
        let person = known.person
        let ids = try instant.map { try identities(of: person.id, knownBefore: $0) } ?? identities(of: person.id)
        let former = try ids.dropFirst().enumerated().map { FormerFile(key: "f\($0 + 1)", id: $1, name: try find($1).name) }
        let memberships = try ids.flatMap { try self.memberships(of: $0, knownBefore: instant) }.enumerated().map { number, membership in
            let household = try find(membership.household)
            return KnownMembership(key: "m\(number + 1)", membership, place: try household.address ?? placeName(household.region))
        }
        let matters = try instant == nil ? matters(of: person).enumerated().map { KnownMatter(key: "e\($0 + 1)", $1) } : []
        return KnownFile(known, residentID: try person.residentID.map { try open($0).masked }, document: try document(of: person),
                         phone: try person.phone.map { try open($0).masked }, identities: former, memberships: memberships, matters: matters)
    }

    private func memberships(of id: ID<Person>, knownBefore instant: Instant?) throws -> [Membership] {
        guard let instant else { return try memberships(of: id) }
        return try all(Membership.self, where: """
            person_id = \(id) AND known_at < \(instant) AND (retracted_at IS NULL OR retracted_at >= \(instant)) ORDER BY from_on, id
            """)
    }
}

extension Term where Value == ID<Person> {
    static var personNumber: Term<ID<Person>> { Term("person", "人员编号", hint: "26 位内部编号，档案页的地址里有") }
}
extension Term where Value == CivilDate {
    static var knownOn: Term<CivilDate> { Term("known_on", "当时所知的日期", hint: "留空为现在") }
    static var matterOn: Term<CivilDate> { Term("on", "日期") }
}
extension Term where Value == Instant {
    static var knownFrom: Term<Instant> { Term("known_from", "此内容自何时起为所知") }
    static var knownUntil: Term<Instant> { Term("known_until", "至何时为所知") }
}
extension Term where Value == String {
    static var maskedResidentID: Term<String> { Term("resident_id_masked", "公民身份号码（遮蔽）") }
    static var maskedDocument: Term<String> { Term("document_masked", "其他证件（遮蔽）") }
    static var maskedPhone: Term<String> { Term("phone_masked", "联系电话（遮蔽）") }
    static var householdPlace: Term<String> { Term("place", "家庭所在") }
    static var matterLine: Term<String> { Term("line", "业务") }
    static var matterTitle: Term<String> { Term("title", "事项") }
    static var matterDetail: Term<String> { Term("detail", "说明") }
    static var matterLink: Term<String> { Term("link", "地址") }
}
extension Term where Value == [FormerFile] {
    static var formerFiles: Term<[FormerFile]> { Term("former_files", "并入的档案") }
}
extension Term where Value == [KnownMembership] {
    static var knownMemberships: Term<[KnownMembership]> { Term("memberships", "家庭关系") }
}
extension Term where Value == [KnownMatter] {
    static var knownMatters: Term<[KnownMatter]> { Term("matters", "经历") }
}
