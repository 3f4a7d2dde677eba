import Kernel
import Values

/// 人生节点。What the registers themselves know of a person: birth, households joined and left, death.
let lifeTimeline = Timeline { subject, reader in
    guard let id = ID<Person>(rawValue: subject), let person = try reader.first(Person.self, where: "id = \(id)") else { return [] }
    let birth = TimelineEntry(on: person.bornOn, title: "出生", detail: "")
    let death = person.diedOn.map { TimelineEntry(on: $0, title: "死亡", detail: "去世时 \(person.bornOn.age(on: $0)) 岁") }
    return try [birth] + reader.memberships(of: id).flatMap { try reader.entries(of: $0) } + [death].compactMap { $0 }
}

extension Reader {
    /// A person's times in households, earliest first.
    func memberships(of person: ID<Person>) throws -> [Membership] {
        try all(Membership.self, where: "person_id = \(person) AND retracted_at IS NULL ORDER BY from_on, id")
    }

    fileprivate func entries(of membership: Membership) throws -> [TimelineEntry] {
        let household = try find(membership.household), link = "/people/households/\(household.id.text)"
        let address = try household.address ?? placeName(household.region)
        let joined = TimelineEntry(on: membership.from, title: "加入家庭", detail: "\(address)，\(membership.relation.label)", link: link)
        return [joined] + (membership.until.map { [TimelineEntry(on: $0, title: "离开家庭", detail: address, link: link)] } ?? [])
    }

    /// What every line knows of some subjects, newest first, with the line it comes from; nothing twice.
    func timeline(of subjects: [String], from lines: [Line]) throws -> [LifeEvent] {
        var seen: Set<LifeEvent> = []
        return try lines.flatMap { line in
            try line.timelines.flatMap { timeline in try subjects.flatMap { try timeline.entries($0, self) } }.map { LifeEvent(line: line.title, entry: $0) }
        }.filter { seen.insert($0).inserted }.sorted { $0.entry.on > $1.entry.on }
    }
}

/// One entry of a timeline and the title of the line that knows it.
struct LifeEvent: Sendable, Hashable {
    let line: String
    let entry: TimelineEntry
}
