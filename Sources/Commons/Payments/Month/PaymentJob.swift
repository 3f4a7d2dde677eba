import Kernel
import Storage
import Values

/// 发放的后台工作。Draws up the roster, books what was signed, writes the file: slice by slice, each an act; where it stands is in the run.
let paymentJob = JobKind("payment-run", "待遇发放") { job, counter in
    guard let id = ID<PaymentRun>(rawValue: job.input) else { throw Refusal.invalid("任务的批次编号写错了，请联系系统管理员") }
    let work = PaymentWork(counter: counter)
    // Some slices at a time, so that other jobs have their turn; two short steps go together.
    let began = ContinuousClock.now
    if try await work.next(of: id), ContinuousClock.now - began < .seconds(1) { try await work.next(of: id) }
    return try await work.progress(of: id)
}

/// The next piece of work of a run, whatever it is.
public struct PaymentWork: Sendable {
    let counter: Counter
    /// Rows of a slice: one act, one commit.
    let rows: Int

    public init(counter: Counter) { self.init(counter: counter, rows: EnrolSlice.rows) }

    init(counter: Counter, rows: Int) { (self.counter, self.rows) = (counter, rows) }

    /// Does what comes next, of a roster, its postings or its file up to thirty-two slices.
    /// - Returns: whether anything was done.
    @discardableResult
    public func next(of id: ID<PaymentRun>) async throws -> Bool {
        let (run, standing, section) = try await counter.read(as: .house) { reader in
            let (run, file) = try reader.run(id)
            return (run, file, try reader.section(of: id))
        }
        let state = standing.state
        switch state {
        case RunState.building.name:
            if run.frozenAt != nil, section == nil {
                let hash = if let known = try RunningInputs.finish(id, rows: run.inputs) { known } else { try await counter.read(as: .house) { try $0.inputHash(of: id) } }
                try await submit(EndRoster.name, run, "end", bringing: InputHash(text: hash))
            } else {
                try await enrol(run, section)
            }
        case RunState.signed.name: try await post(run, standing.version)
        case RunState.filing.name: return try await file(run)
        default: return false
        }
        return true
    }

    /// To the end of what can be done without people: for the command line and for tests.
    public func runToEnd(of id: ID<PaymentRun>, progress: (PaymentRun) -> Void = { _ in }) async throws {
        while try await next(of: id) { progress(try await counter.read(as: .house) { try $0.find(id) }) }
    }

    func progress(of id: ID<PaymentRun>) async throws -> JobProgress {
        let (run, state) = try await counter.read(as: .house) { reader in
            let (run, file) = try reader.run(id)
            return (run, file.state)
        }
        let isBuilding = state == RunState.building.name, isWaiting = !RunState.atWork.contains(state)
        return JobProgress(total: isBuilding ? run.inputs : run.lines, done: isBuilding ? run.done : run.posted, message: isWaiting ? "已完成" : nil, isFinished: isWaiting)
    }

    // MARK: One slice made ready while the other is written

    /// Earlier months are looked at within the act: there are few of them, and each depends on what was written before.
    private func enrol(_ run: PaymentRun, _ section: PaymentSection?) async throws {
        guard let section, !section.isArrears else { return try await submit(EnrolSlice.name, run, run.step(section)) }
        try await relay(drawn(run, section, first: run.lines + 1, behind: [:]), of: run.id, in: RunState.building) { drawn in
            try await submit(EnrolSlice.name, run, drawn.step, bringing: drawn)
        } next: { drawn in
            guard let upper = drawn.upper else { return nil }
            return try await self.drawn(run, section.behind(upper), first: drawn.first + drawn.lines, behind: drawn.claimed)
        }
    }

    private func drawn(_ run: PaymentRun, _ section: PaymentSection, first: Int, behind: [String: String]) async throws -> DrawnSlice {
        let rows = rows
        return try await counter.read(as: .house) { try RosterSlice(run, section, $0, atMost: rows, behind: behind).drawn(first: first) }
    }

    private func post(_ run: PaymentRun, _ version: Int) async throws {
        guard let first = try await dues(run, version, after: run.posted) else { return try await submit(EndPosting.name, run, run.postStep(run.posted), version: version) }
        try await relay(first, of: run.id, in: RunState.signed) { dues in
            try await submit(PostSlice.name, run, dues.step, version: version, bringing: dues)
        } next: { dues in
            dues.last < run.lines ? try await self.dues(run, version, after: dues.last) : nil
        }
    }

    private func dues(_ run: PaymentRun, _ version: Int, after posted: Int) async throws -> ReadyDues? {
        let rows = rows, id = act(PostSlice.name, run, run.postStep(posted), version)
        return try await counter.read(as: .house) { try $0.dues(of: run, after: posted, atMost: rows, act: id) }
    }

    /// While one piece is written, the next is made ready; some at a time, so that whoever waits beside has his turn.
    /// It ends when the run has left its state: it was given up, or turned back.
    func relay<Piece: Sendable>(_ first: Piece, of run: ID<PaymentRun>, in state: State, write: (Piece) async throws -> Void,
                                next: @Sendable (Piece) async throws -> Piece?) async throws {
        var piece = first
        for turn in 1 ... Self.piecesAtATime {
            let current = piece
            async let following = turn < Self.piecesAtATime ? next(current) : nil
            try await write(current)
            guard let found = try await following, try await counter.read(as: .house, { try $0.caseFile(run).state }) == state.name else { return }
            piece = found
        }
    }

    private static let piecesAtATime = 32

    /// The act of a step has an id of its own, so that doing it again does nothing. What was turned back and signed anew is booked anew.
    func submit(_ action: String, _ run: PaymentRun, _ step: String, version: Int? = nil, _ more: RawFields = [:], bringing matter: (any Sendable)? = nil) async throws {
        var values = more
        values["run"] = .stored(run.id.stored)
        if [EnrolSlice.name, PostSlice.name].contains(action) { values["step"] = .stored(.text(step)) }
        _ = try await counter.submit(Submission("payments.\(action)", id: act(action, run, step, version), values: values), as: .house, bringing: matter)
    }

    private func act(_ action: String, _ run: PaymentRun, _ step: String, _ version: Int?) -> ID<JournalEntry> {
        run.id.derived(by: "\(action) \(step)\(version.map { " of \($0)" } ?? "")")
    }
}
