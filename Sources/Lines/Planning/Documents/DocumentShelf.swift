import Commons
import Foundation
import Kernel
import Storage
import Values

/// 收文。A document is read once, at the door and outside of any transaction; the act that keeps it brings what was read.
extension Counter {
    /// - Parameter isPlan: it must set out something to do; else it must at least count something.
    /// - Throws: `.forbidden` for other roles; `.invalid` at `document` for a text we find nothing in.
    func keepDocument(_ handed: HandedDocument, in region: RegionCode, isPlan: Bool, by actor: Actor) async throws -> ID<PlanDocument> {
        guard actor.covers(region) else { throw Refusal.forbidden("区域 \(region.shown) 不在您的管辖范围内") }
        guard handed.text.utf8.count <= KeepDocument.longestText else { throw Refusal.tooLong.at(["document"]) }
        let read = try await onReadingThread { ReadDocument(handed.text) }
        guard !isPlan || !read.passages.passages.isEmpty else { throw Refusal.noTasks.at(["document"]) }
        guard isPlan || !read.passages.quantities.isEmpty else { throw Refusal.noFigures.at(["document"]) }
        let name = PersonalNumbers.masked(String(handed.name.filter { !$0.isNewline && $0 != "\0" }.prefix(120))).text
        let submission = Submission("planning.\(KeepDocument.name)", id: handed.act ?? .make(at: clock.now()), values: [
            "region": .stored(region.stored), "name": .stored((name.isEmpty ? "文稿" : name).stored), "format": .stored(handed.format.stored),
            "digest": .stored(try handed.digest().stored), "text": .stored(read.text.stored),
        ])
        let outcome = try await submit(submission, as: actor, bringing: read).outcome
        guard let id = ID<PlanDocument>(rawValue: outcome.subject) else { throw Refusal.absent("没有收下文稿，请重新上传") }
        return id
    }
}

/// 读过的文稿。Its words without the numbers of people, and what was read from them.
struct ReadDocument: Sendable {
    let text: String
    /// How many numbers of people were masked.
    let masked: Int
    let passages: DocumentPassages

    init(_ original: String) {
        (text, masked) = PersonalNumbers.masked(original.filter { $0 != "\0" })
        passages = DocumentPassages(text)
    }
}

/// 收下文稿。Keeps a document that was read at the door, as an act of whoever handed it in. Numbers of people in it are masked before it is kept.
struct KeepDocument: Action {
    let document: ID<PlanDocument>
    let region: RegionCode
    let filename: String
    let format: String
    let digest: String
    let text: DocumentWords

    static let title = "收下文稿"
    static let guidance = "文稿请从「导入计划」或「读文稿里的数」上传、粘贴；接口用 POST /api/planning/hand-in/plans 或 documents。"
    static let roles: Set<Role> = .planReporters
    static let subject = Subject<KeepDocument>.located("document") { act, _ in Located(region: act.region) }
    static let shape = Shape<KeepDocument> {
        Field(.newDocument, \.document)
        Field(.region, \.region)
        Field(.documentName, \.filename)
        Field(.documentFormat, \.format)
        Field(.documentDigest, \.digest)
        Field(.documentWords, \.text)
    }

    /// 1 MB: a report of half a million characters is no report.
    static let longestText = 1 << 20

    init(from reading: Reading<KeepDocument>) throws(Refusal) {
        document = try reading(.newDocument)
        region = try reading(.region)
        filename = try reading(.documentName)
        format = try reading(.documentFormat)
        digest = try reading(.documentDigest)
        text = try reading(.documentWords)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard let read = desk.matter as? ReadDocument, read.text == text.text else { throw Refusal.absent("没有收到文稿。\(Self.guidance)") }
        let passages = read.passages
        let kept = PlanDocument(id: document, region: region, name: filename, format: format, title: String(passages.title.prefix(120)), year: passages.year,
                                characters: read.text.count, text: read.text, keptBy: desk.actor.user, keptByName: desk.actor.name, keptAt: desk.now)
        try kept.enter(passages, desk.connection)
        let masked = read.masked > 0 ? "；遮去身份号码等 \(read.masked) 处" : ""
        return Outcome(document, "已收下文稿（\(format)，\(read.text.count) 字），读出 \(passages.passages.count) 项任务、\(passages.quantities.count) 个数\(masked)；原件 SHA-256：\(digest)",
                       link: kept.link)
    }
}

/// 文稿的文字。Several lines, kept as they stand.
struct DocumentWords: FieldValue {
    let text: String

    static var kind: FieldKind { .longText }
    static var maximumLength: Int { 400_000 }

    init(typed text: String) throws(Refusal) {
        guard text.utf8.count <= KeepDocument.longestText else { throw .tooLong }
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { throw .invalid("文稿里没有文字") }
        self.text = PersonalNumbers.masked(text).text
    }

    var typed: String { text }
    var shown: String { text }
    init(stored: StoredValue) throws(Refusal) { text = try String(stored: stored) }
    var stored: StoredValue { .text(text) }
}

extension Term where Value == ID<PlanDocument> {
    static var newDocument: Term<ID<PlanDocument>> { Term("document", "文稿编号", .made) }
}
extension Term where Value == String {
    static var documentDigest: Term<String> { Term("digest", "原件摘要", hint: "文件的 SHA-256") }
}
extension Term where Value == DocumentWords {
    static var documentWords: Term<DocumentWords> { Term("text", "原文") }
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
