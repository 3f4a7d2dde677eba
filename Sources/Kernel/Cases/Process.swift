import Values

/// 办理程序。States, the acts that move between them, who may do them, and the days the law gives.
///
/// Procedures change; each edition is dated, and a case keeps the edition in force on its acceptance date.
public struct Process: Sendable {
    public let name: String
    public let title: String
    /// Short letters before the year in a case number: DB2024-000123.
    public let series: String
    /// The path of a case page: `/assistance/applications`.
    public let path: String
    public let editions: [Edition]

    public init(_ name: String, _ title: String, series: String, path: String, editions: [Edition]) {
        self.name = name
        self.title = title
        self.series = series
        self.path = path
        self.editions = editions.sorted { $0.from < $1.from }
    }

    /// The edition in force on a day.
    /// - Throws: `.gap` before the first edition.
    public func edition(on day: CivilDate) throws(Refusal) -> Edition {
        guard let edition = editions.last(where: { $0.from <= day }) else {
            throw .gap("\(day.shown)没有可适用的「\(title)」程序规定，请联系业务科")
        }
        return edition
    }
}

/// 程序版本。One dated version of a procedure.
public struct Edition: Sendable {
    public let from: CivilDate
    public let basis: Citation
    public let initial: State
    public let states: [State]
    public let moves: [Move]

    public init(from: CivilDate, basis: Citation, initial: State, states: [State], moves: [Move]) {
        self.from = from
        self.basis = basis
        self.initial = initial
        self.states = states
        self.moves = moves
    }

    public func state(_ name: String) -> State? { states.first { $0.name == name } }
    public func moves(from state: String) -> [Move] { moves.filter { $0.from.contains { $0.name == state } } }
    public func move(_ action: String, from state: String) -> Move? { moves(from: state).first { $0.action == action } }
}

/// 状态。Where a case stands.
public struct State: Sendable, Hashable {
    public let name: String
    public let title: String
    /// What the office owes next, as a task on the workbench; nil when nothing is awaited.
    public let awaits: String?
    public let isFinal: Bool

    public init(_ name: String, _ title: String, awaits: String? = nil, isFinal: Bool = false) {
        self.name = name
        self.title = title
        self.awaits = awaits
        self.isFinal = isFinal
    }
}

/// One act in a procedure: from where, to where, by whom, and what it does to the clocks.
public struct Move: Sendable {
    public let action: String
    public let from: [State]
    /// nil: the case stays where it is.
    public let to: State?
    public let roles: Set<Role>
    /// The same person may not have done any of these before on this case (经办与审批分离).
    public let differsFrom: [String]
    public let starts: [ClockRule]
    public let stops: [String]
    public let pauses: [String]
    public let resumes: [String]

    public init<A: Action>(_ action: A.Type, from: [State], to: State?, by roles: Set<Role>? = nil,
                           differsFrom: [any Action.Type] = [], starts: [ClockRule] = [], stops: [ClockRule] = [],
                           pauses: [ClockRule] = [], resumes: [ClockRule] = []) {
        self.action = A.name
        self.from = from
        self.to = to
        self.roles = roles ?? A.roles
        self.differsFrom = differsFrom.map { $0.name }
        self.starts = starts
        self.stops = stops.map(\.name)
        self.pauses = pauses.map(\.name)
        self.resumes = resumes.map(\.name)
    }
}

/// 时限。A period the law gives, with its article. Working days and calendar days are different spans.
public struct ClockRule: Sendable, Hashable {
    public let name: String
    public let title: String
    public let span: Span
    public let basis: Citation

    public init(_ name: String, _ title: String, _ span: Span, basis: Citation) {
        self.name = name
        self.title = title
        self.span = span
        self.basis = basis
    }
}
