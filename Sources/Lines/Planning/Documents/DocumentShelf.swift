import Commons
import Foundation
import Kernel
import Storage
import Values

/// 收文。A document is read once, at the door and outside of any transaction; the act that uses it carries its id.
extension Counter {
    /// - Parameter isPlan: it must set out something to do; else it must at least count something.
    /// - Throws: `.forbidden` for other roles; `.invalid` at `document` for a text we find nothing in.
    func keepDocument(_ handed: HandedDocument, in region: RegionCode, isPlan: Bool, by actor: Actor) async throws -> ID<PlanDocument> {
        guard actor.covers(region) else { throw Refusal.forbidden("区域 \(region.shown) 不在您的管辖范围内") }
        guard handed.text.utf8.count <= Self.longestText else { throw Refusal.tooLong.at(["document"]) }
        let passages = try await onReadingThread { DocumentPassages(handed.text) }
        guard !isPlan || !passages.passages.isEmpty else { throw Refusal.noTasks.at(["document"]) }
        guard isPlan || !passages.quantities.isEmpty else { throw Refusal.noFigures.at(["document"]) }
        let now = clock.now()
        let document = PlanDocument(id: .make(at: now), region: region, name: String(handed.name.prefix(120)), format: handed.format, title: String(passages.title.prefix(120)),
                                    year: passages.year, characters: handed.text.count, text: handed.text, keptBy: actor.user, keptByName: actor.name, keptAt: now)
        try await database.write { connection in try document.enter(passages, connection) }
        return document.id
    }

    /// 1 MB: a report of half a million characters is no report.
    private static let longestText = 1 << 20
}

extension Refusal {
    static let noTasks = Refusal.invalid("文中没有读到要做的事，请确认传的是计划或要点的正文，不是通知、附表或图片")
    static let noFigures = Refusal.invalid("文中没有读到带单位的数，请确认传的是总结或计划的正文")
    static let tooLong = Refusal.invalid("文字超过 1 MB，不像一份文稿，请只留正文")
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
        _ = try connection.insert(into: "document_quantity", [
            "document_id", "position", "kind", "area", "indicator", "comparison", "value", "unit", "previous", "from_day", "until_day", "sentence", "starts_at", "ends_at", "line",
        ], rows: read.quantities.enumerated().map { position, found in
            [id.stored, position.stored, found.kind.stored, found.area.stored, found.indicator.stored, found.comparison.stored, found.value?.stored ?? .null, found.unit.stored,
             found.previous?.stored ?? .null, found.from?.stored ?? .null, found.until?.stored ?? .null, found.sentence.stored, found.startsAt.stored, found.endsAt.stored,
             found.line.stored]
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

    /// The quantities of a document, as they were read.
    func quantities(of document: ID<PlanDocument>) throws -> [DocumentPassages.Found] {
        try connection.all("""
            SELECT kind, area, indicator, comparison, value, unit, previous, from_day, until_day, sentence, starts_at, ends_at, line
            FROM document_quantity WHERE document_id = \(document) ORDER BY position
            """) { row in
            DocumentPassages.Found(kind: try row.read(0), area: try row.read(1), indicator: try row.read(2), comparison: try row.read(3), value: try row.read(4),
                                   unit: try row.read(5), previous: try row.read(6), from: try row.read(7), until: try row.read(8), sentence: try row.read(9),
                                   startsAt: try row.read(10), endsAt: try row.read(11), line: try row.read(12))
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
