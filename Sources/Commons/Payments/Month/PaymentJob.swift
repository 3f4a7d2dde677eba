import Kernel
import Storage
import Values

/// 发放的后台工作。Draws up the roster, books what was signed, writes the file: slice by slice, each an act; where it stands is in the run.
let paymentJob = JobKind("payment-run", "待遇发放") { job, counter in
    guard let id = ID<PaymentRun>(rawValue: job.input) else { throw Refusal.invalid("任务的批次编号写错了，请联系系统管理员") }
    let work = PaymentWork(counter: counter)
    // A few slices at a time, so that other jobs have their turn.
    for _ in 0 ..< 8 where try await work.next(of: id) {}
    return try await work.progress(of: id)
}

/// The next piece of work of a run, whatever it is.
public struct PaymentWork: Sendable {
    let counter: Counter

    public init(counter: Counter) { self.counter = counter }

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
                let hash = try await counter.read(as: .house) { InputHash(text: try $0.inputHash(of: id)) }
                try await submit(EndRoster.name, run, "end", bringing: hash)
            } else {
                try await submit(EnrolSlice.name, run, run.step(section))
            }
        case RunState.signed.name:
            try await submit(run.posted < run.lines ? PostSlice.name : EndPosting.name, run, "post.\(run.posted)", version: standing.version)
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

    /// The act of a step has an id of its own, so that doing it again does nothing. What was turned back and signed anew is booked anew.
    func submit(_ action: String, _ run: PaymentRun, _ step: String, version: Int? = nil, _ more: RawFields = [:], bringing matter: (any Sendable)? = nil) async throws {
        var values = more
        values["run"] = .stored(run.id.stored)
        if [EnrolSlice.name, PostSlice.name].contains(action) { values["step"] = .stored(.text(step)) }
        let act: ID<JournalEntry> = run.id.derived(by: "\(action) \(step)\(version.map { " of \($0)" } ?? "")")
        _ = try await counter.submit(Submission("payments.\(action)", id: act, values: values), as: .house, bringing: matter)
    }
}
