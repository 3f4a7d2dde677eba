import Storage
import Values

/// 办件与时限。Cases and clocks, as anyone at a desk reads them.
extension Reader {
    static let caseColumns: Statement = "id, process, number, region, title, state, edition_on, opened_on, closed_on, version"

    public func caseFile<R: Record>(_ subject: ID<R>) throws -> CaseFile {
        guard let file = try caseFile(id: subject.text) else { throw Refusal.absent("找不到这个办件，请核对编号") }
        return file
    }

    public func caseFile(id: String) throws -> CaseFile? {
        try connection.first("SELECT \(Self.caseColumns) FROM case_file WHERE id = \(id)", CaseFile.init)
    }

    public func caseFiles(where condition: Statement) throws -> [CaseFile] {
        try connection.all("SELECT \(Self.caseColumns) FROM case_file WHERE \(condition)", CaseFile.init)
    }

    public func clocks(of file: CaseFile) throws -> [Clock] {
        try connection.all("""
            SELECT id, name, title, span_unit, span_length, started_on, due_on, provisional, paused_on, ended_on
            FROM case_clock WHERE case_id = \(file.id) ORDER BY started_on, id
            """, Clock.init)
    }

    /// The acts that this person may do now on this case, in the procedure's order.
    public func moves(of file: CaseFile) throws -> [AnyAction] {
        let process = try house.process(file.process)
        let edition = try process.edition(on: file.editionOn)
        guard actor.covers(file.region), let line = house.lines.first(where: { $0.processes.contains { $0.name == process.name } }) else { return [] }
        return try edition.moves(from: file.state).compactMap { move in
            guard move.roles.contains(actor.role), try !hasDoneEarlier(move, on: file, line.name) else { return nil }
            return line.action(move.action)
        }
    }

    /// 经办与审批分离：whether this person did a step before that another than he must follow.
    public func hasDoneEarlier(_ move: Move, on file: CaseFile, _ line: String) throws -> Bool {
        guard !move.differsFrom.isEmpty else { return false }
        let names = move.differsFrom.map { "\("\(line).\($0)")" as Statement }.joined(", ")
        let own = try connection.value("SELECT count(*) FROM journal WHERE subject = \(file.id) AND actor = \(actor.user) AND action IN (\(names))") ?? 0
        return own > 0
    }

    /// What was done on a case, newest first.
    public func history(of subject: String) throws -> [HistoryEntry] {
        try connection.all("""
            SELECT id, at, actor_name, actor_role, action, message, moved_to FROM journal
            WHERE subject = \(subject) ORDER BY at DESC, id DESC
            """) { row in
            HistoryEntry(act: try row.read(0), at: try row.read(1), actorName: try row.read(2), role: try row.read(3), action: try row.read(4),
                         message: try row.read(5), movedTo: try row.read(6))
        }
    }
}

/// One line of a case's history.
public struct HistoryEntry: Sendable, Hashable {
    public let act: ID<JournalEntry>
    public let at: Instant
    public let actorName: String
    public let role: Role
    public let action: String
    public let message: String
    public let movedTo: String?
}

extension CaseFile {
    init(_ row: Row) throws {
        self.init(id: try row.read(0), process: try row.read(1), number: try row.read(2), region: try row.read(3), title: try row.read(4),
                  state: try row.read(5), editionOn: try row.read(6), openedOn: try row.read(7), closedOn: try row.read(8), version: try row.read(9))
    }
}

extension Clock {
    init(_ row: Row) throws {
        let unit: SpanUnit = try row.read(3)
        self.init(id: try row.read(0), name: try row.read(1), title: try row.read(2), span: unit.span(try row.read(4)), startedOn: try row.read(5),
                  dueOn: try row.read(6), provisional: try row.read(7), pausedOn: try row.read(8), endedOn: try row.read(9))
    }
}

/// 期限单位。How a span is stored.
enum SpanUnit: String, CodeList {
    case workingDays = "working-days", calendarDays = "calendar-days", months

    var label: String {
        switch self { case .workingDays: "工作日"; case .calendarDays: "自然日"; case .months: "个月" }
    }

    func span(_ length: Int) -> Span {
        switch self { case .workingDays: .workingDays(length); case .calendarDays: .calendarDays(length); case .months: .months(length) }
    }
}

extension Span {
    var unit: SpanUnit {
        switch self { case .workingDays: .workingDays; case .calendarDays: .calendarDays; case .months: .months }
    }

    var length: Int {
        switch self { case .workingDays(let n), .calendarDays(let n), .months(let n): n }
    }
}
