import Kernel
import Values

/// 人生节点。What the registers themselves know of a person: birth and death.
let lifeTimeline = Timeline { subject, reader in
    guard let id = ID<Person>(rawValue: subject), let person = try reader.first(Person.self, where: "id = \(id)") else { return [] }
    let birth = TimelineEntry(on: person.bornOn, title: "出生", detail: "")
    let death = person.diedOn.map { TimelineEntry(on: $0, title: "死亡", detail: "去世时 \(person.bornOn.age(on: $0)) 岁") }
    return [birth] + [death].compactMap { $0 }
}

extension Reader {
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
