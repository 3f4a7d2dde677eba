import Storage
import Values

/// 立案、移送与时限。How a desk opens cases, moves them and runs their clocks.
extension Desk {
    /// Opens a case for a record under a process, with the next number of its series.
    @discardableResult
    public func openCase<R: Record>(_ process: Process, for subject: ID<R>, title: String, in region: RegionCode) throws -> CaseFile {
        let edition = try process.edition(on: today)
        let number = try nextNumber(process.series, year: today.year)
        let file = CaseFile(id: subject.text, process: process.name, number: "\(process.series)\(today.year)-\(padded(number, 6))", region: region,
                            title: title, state: edition.initial.name, editionOn: today, openedOn: today, closedOn: nil, version: 1)
        try connection.post("""
            INSERT INTO case_file (id, process, number, region, title, state, edition_on, opened_on, version)
            VALUES (\(file.id), \(file.process), \(file.number), \(file.region), \(file.title), \(file.state), \(file.editionOn), \(file.openedOn), 1)
            """)
        return file
    }

    /// From acceptance on, the edition in force on that day holds to the end.
    public func fixEdition(of file: CaseFile, on day: CivilDate) throws {
        try connection.post("UPDATE case_file SET edition_on = \(day) WHERE id = \(file.id)")
    }

    // MARK: Clocks

    public func start(_ rule: ClockRule, on file: CaseFile, from day: CivilDate? = nil, span: Span? = nil) throws {
        let span = span ?? rule.span, started = day ?? today
        let due = calendar.due(after: started, span)
        try connection.post("""
            INSERT INTO case_clock (id, case_id, name, title, basis, span_unit, span_length, started_on, due_on, provisional)
            VALUES (\(makeID() as ID<CaseFile>), \(file.id), \(rule.name), \(rule.title), \(rule.basis.text), \(span.unit), \(span.length),
                    \(started), \(due.date), \(due.provisional))
            """)
    }

    public func stop(_ name: String, on file: CaseFile) throws {
        try connection.post("UPDATE case_clock SET ended_on = \(today) WHERE case_id = \(file.id) AND name = \(name) AND ended_on IS NULL")
    }

    public func pause(_ name: String, on file: CaseFile, because reason: String) throws {
        for clock in try clocks(of: file) where clock.name == name && clock.isRunning {
            try connection.post("UPDATE case_clock SET paused_on = \(today) WHERE id = \(clock.id)")
            try connection.post("INSERT INTO clock_pause (clock_id, from_on, reason) VALUES (\(clock.id), \(today), \(reason))")
        }
    }

    /// Lets a paused clock run again; the days it stood are not counted (扣除).
    public func resume(_ name: String, on file: CaseFile) throws {
        for clock in try clocks(of: file) where clock.name == name && clock.endedOn == nil {
            guard let pausedOn = clock.pausedOn else { continue }
            try connection.post("UPDATE clock_pause SET until_on = \(today) WHERE clock_id = \(clock.id) AND until_on IS NULL")
            let due = calendar.due(after: clock.dueOn, .days(try lost(by: clock, since: pausedOn), like: clock.span))
            try connection.post("UPDATE case_clock SET paused_on = NULL, due_on = \(due.date), provisional = \(due.provisional) WHERE id = \(clock.id)")
        }
    }

    private func lost(by clock: Clock, since day: CivilDate) throws -> Int { lost(from: day, until: today, like: clock.span) }

    private func lost(from: CivilDate, until: CivilDate, like span: Span) -> Int {
        if case .workingDays = span { return calendar.workingDays(from: from, until: until) }
        return from.days(until: until)
    }

    /// Takes days that are known beforehand out of a running clock, such as those of a public notice (扣除).
    public func exclude(_ name: String, on file: CaseFile, from: CivilDate, until: CivilDate, because reason: String) throws {
        for clock in try clocks(of: file) where clock.name == name && clock.isRunning {
            try connection.post("INSERT INTO clock_pause (clock_id, from_on, until_on, reason) VALUES (\(clock.id), \(from), \(until), \(reason))")
            let due = try due(of: clock, span: clock.span)
            try connection.post("UPDATE case_clock SET due_on = \(due.date), provisional = \(due.provisional) WHERE id = \(clock.id)")
        }
    }

    /// From start, span and the days that stood still.
    private func due(of clock: Clock, span: Span) throws -> Due {
        let pauses = try connection.all("SELECT from_on, until_on FROM clock_pause WHERE clock_id = \(clock.id) AND until_on IS NOT NULL") {
            (from: try $0.read(0) as CivilDate, until: try $0.read(1) as CivilDate)
        }
        let whole = calendar.due(after: clock.startedOn, span)
        let days = pauses.reduce(0) { $0 + lost(from: $1.from, until: $1.until, like: span) }
        return days == 0 ? whole : calendar.due(after: whole.date, .days(days, like: span))
    }

    /// Gives a running clock another length, as the law allows for special cases; the reason stays in the journal.
    public func extend(_ name: String, on file: CaseFile, to span: Span) throws {
        for clock in try clocks(of: file) where clock.name == name && clock.isRunning {
            let due = try due(of: clock, span: span)
            try connection.post("""
                UPDATE case_clock SET span_unit = \(span.unit), span_length = \(span.length), due_on = \(due.date), provisional = \(due.provisional)
                WHERE id = \(clock.id)
                """)
        }
    }

    // MARK: Moves

    func apply(_ move: Move, to file: CaseFile, in edition: Edition) throws {
        try move.stops.forEach { try stop($0, on: file) }
        try move.pauses.forEach { try pause($0, on: file, because: move.action) }
        try move.resumes.forEach { try resume($0, on: file) }
        try move.starts.forEach { try start($0, on: file) }
        guard let state = move.to else {
            try connection.post("UPDATE case_file SET version = version + 1 WHERE id = \(file.id)")
            return
        }
        try self.move(file, to: state)
    }

    /// Moves a case as a consequence of another act or fact, not by a clerk's own choice.
    public func move(_ file: CaseFile, to state: State) throws {
        try connection.post("""
            UPDATE case_file SET state = \(state.name), version = version + 1, closed_on = \(state.isFinal ? today : nil as CivilDate?) WHERE id = \(file.id)
            """)
        if state.isFinal { try connection.post("UPDATE case_clock SET ended_on = \(today) WHERE case_id = \(file.id) AND ended_on IS NULL") }
    }
}

extension Span {
    /// A span of `count` days of the same kind; months are lost in calendar days.
    static func days(_ count: Int, like span: Span) -> Span {
        if case .workingDays = span { .workingDays(count) } else { .calendarDays(count) }
    }
}

func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
