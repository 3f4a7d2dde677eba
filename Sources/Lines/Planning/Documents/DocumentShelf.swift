import Commons
import Foundation
import Kernel
import Storage
import Values

/// 收文。A document is read once, at the door and outside of any transaction; the act that uses it carries its id.
extension Counter {
    /// - Throws: `.forbidden` for a region outside the actor's duty; `.invalid` at `document` for a text that sets nothing out to do.
    func keepDocument(_ text: String, name: String, format: String, in region: RegionCode, by actor: Actor) async throws -> ID<PlanDocument> {
        guard Set<Role>.planners.contains(actor.role) else {
            throw Refusal.forbidden("计划文稿由\(Set<Role>.planners.labels)导入，您的岗位是\(actor.role.label)")
        }
        guard actor.covers(region) else { throw Refusal.forbidden("区域 \(region.shown) 不在您的管辖范围内") }
        let passages = try await onReadingThread { DocumentPassages(text) }
        guard !passages.passages.isEmpty else { throw Refusal.noTasks.at(["document"]) }
        let now = clock.now()
        let document = PlanDocument(id: .make(at: now), region: region, name: String(name.prefix(120)), format: format, title: String(passages.title.prefix(120)),
                                    year: passages.year, characters: text.count, text: text,
                                    keptBy: actor.user, keptByName: actor.name, keptAt: now)
        try await database.write { connection in try document.enter(passages, connection) }
        return document.id
    }
}

extension Refusal {
    static let noTasks = Refusal.invalid("文中没有读到要做的事，请确认传的是计划或要点的正文，不是通知、附表或图片")
}

extension Set<Role> {
    /// Who brings plans in and answers for them.
    static let planners: Set<Role> = [.policyOfficer, .countyReviewer, .countyApprover, .leader]
    /// Who reports how targets stand.
    static let planReporters: Set<Role> = planners.union([.placeNameOfficer, .finance, .townshipReviewer])
}

/// A long text takes a while to read: never on the threads that serve requests.
func onReadingThread<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { (caller: CheckedContinuation<T, any Error>) in
        DispatchQueue.global().async { caller.resume(with: Result { try work() }) }
    }
}

extension PlanDocument {
    fileprivate func enter(_ read: DocumentPassages, _ connection: any Connection) throws {
        try connection.run("""
            INSERT INTO plan_document (id, region, name, format, title, year, characters, text, kept_by, kept_by_name, kept_at)
            VALUES (\(id), \(region), \(name), \(format), \(title), \(year), \(characters), \(text), \(keptBy), \(keptByName), \(keptAt))
            """)
        _ = try connection.insert(into: "document_heading", ["document_id", "position", "parent", "title"], rows: read.headings.map { heading in
            [id.stored, heading.position.stored, heading.parent?.stored ?? .null, heading.title.stored]
        })
        _ = try connection.insert(into: "document_passage", [
            "document_id", "position", "heading", "text", "area", "leading_unit", "responsible_unit", "person", "deadline", "starts_at", "ends_at", "line",
        ], rows: read.passages.map { passage in
            [id.stored, passage.position.stored, passage.heading?.stored ?? .null, passage.text.stored, passage.area.stored, passage.leadingUnit?.stored ?? .null,
             passage.responsibleUnit?.stored ?? .null, passage.person?.stored ?? .null, passage.deadline?.stored ?? .null,
             passage.startsAt.stored, passage.endsAt.stored, passage.line.stored]
        })
        _ = try connection.insert(into: "document_aim", ["document_id", "passage", "position", "words", "comparison", "value", "upper", "previous", "unit"],
                                  rows: read.passages.flatMap { passage in passage.aims.enumerated().map { aim($1, at: $0, of: passage) } })
    }

    private func aim(_ aim: DocumentPassages.Aim, at position: Int, of passage: DocumentPassages.Passage) -> [StoredValue] {
        [id.stored, passage.position.stored, position.stored, aim.words.stored, aim.bound.stored, aim.value?.stored ?? .null, aim.upper?.stored ?? .null,
         aim.previous?.stored ?? .null, aim.unit.stored]
    }
}

extension Reader {
    /// The headings of a document, in order.
    func headings(of document: ID<PlanDocument>) throws -> [DocumentPassages.Heading] {
        try connection.all("SELECT position, parent, title FROM document_heading WHERE document_id = \(document) ORDER BY position") { row in
            DocumentPassages.Heading(position: try row.read(0), parent: try row.read(1), title: try row.read(2))
        }
    }

    /// The passages of a document with their aims, as they were read.
    func passages(of document: ID<PlanDocument>) throws -> [DocumentPassages.Passage] {
        let aims = Dictionary(grouping: try aims(of: document), by: \.passage)
        return try connection.all("""
            SELECT position, heading, text, area, leading_unit, responsible_unit, person, deadline, starts_at, ends_at, line
            FROM document_passage WHERE document_id = \(document) ORDER BY position
            """) { row in
            let position: Int = try row.read(0)
            return DocumentPassages.Passage(
                position: position, heading: try row.read(1), text: try row.read(2), area: try row.read(3), leadingUnit: try row.read(4), responsibleUnit: try row.read(5),
                person: try row.read(6), deadline: try row.read(7), startsAt: try row.read(8), endsAt: try row.read(9), line: try row.read(10),
                aims: (aims[position] ?? []).map(\.aim))
        }
    }

    private func aims(of document: ID<PlanDocument>) throws -> [(passage: Int, aim: DocumentPassages.Aim)] {
        try connection.all("""
            SELECT passage, words, comparison, value, upper, previous, unit FROM document_aim WHERE document_id = \(document) ORDER BY passage, position
            """) { row in
            (try row.read(0), DocumentPassages.Aim(words: try row.read(1), bound: try row.read(2), value: try row.read(3), upper: try row.read(4),
                                                   previous: try row.read(5), unit: try row.read(6)))
        }
    }
}
