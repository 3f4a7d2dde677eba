import Commons
import Foundation
import Kernel
import Storage
import Values

/// 压测：一个月的发放。Freeze, roster, claims, checks, postings and file for invented elders, against the bare `INSERT … SELECT` of the same rows
/// into tables alike, with the same indexes, on the same engine in the same run.
public struct MonthBench: Sendable {
    let counter: Counter

    public init(_ counter: Counter) { self.counter = counter }

    public struct Result: Sendable {
        public let payees: Int
        /// Seconds of each step, and of the peer; and of the processors in it, which other work on the machine doesn't stretch.
        public var steps: [(name: String, seconds: Double)] = []
        public var busy: [Double] = [], bareBusy = 0.0
        public var peer: [(name: String, seconds: Double)] = []
        public var verify = 0.0, grouping = 0.0, postings = 0
        public var peakMemory = 0

        public var ours: Double { steps.reduce(0) { $0 + $1.seconds } }
        public var bare: Double { peer.reduce(0) { $0 + $1.seconds } }
    }

    public func run(payees: Int, progress: @escaping @Sendable (String) -> Void = { _ in }) async throws -> Result {
        var result = Result(payees: payees)
        progress("造人")
        try await InventedElders.settle(payees, in: counter)
        let run = try await pay(into: &result, progress)
        result.peakMemory = Self.peakMemory
        progress("对照")
        let before = Self.processorTime
        result.peer = try await peer(run)
        result.bareBusy = Self.processorTime - before
        try await verifyAndGroup(into: &result)
        return result
    }

    /// A whole month, from the freeze to the file, each step timed.
    private func pay(into result: inout Result, _ progress: (String) -> Void) async throws -> ID<PaymentRun> {
        let clock = ContinuousClock(), work = PaymentWork(counter: counter)
        var steps: [(name: String, seconds: Double)] = [], busy: [Double] = []
        func timed(_ name: String, _ body: () async throws -> Void) async throws {
            progress(name)
            let before = Self.processorTime, seconds = try await clock.measure(body).seconds
            steps.append((name, seconds))
            busy.append(Self.processorTime - before)
        }
        var opened: ID<PaymentRun>?
        try await timed("冻结、名册、请领") {
            let run = try await open()
            opened = run
            try await work.runToEnd(of: run)
        }
        guard let run = opened else { throw Refusal.absent("没有开成月") }
        try await timed("检查") { try await act("check-month", run, .countyReviewer, 1) }
        try await timed("签批") {
            try await act("sign-as-business", run, .countyApprover, 2)
            try await act("sign-as-finance", run, .finance, 3)
            try await act("sign-as-leader", run, .leader, 4)
        }
        try await timed("记账") { try await work.runToEnd(of: run) }
        try await timed("发放文件") {
            try await act("file-payments", run, .finance, 3)
            try await work.runToEnd(of: run)
        }
        (result.steps, result.busy) = (steps, busy)
        return run
    }

    private func verifyAndGroup(into result: inout Result) async throws {
        let (verdict, verify) = try await verified()
        (result.verify, result.postings) = (verify, verdict.postings)
        guard verdict.isSound else { throw Refusal.conflict(verdict.faults.first ?? "") }
        result.grouping = try await ContinuousClock().measure {
            _ = try await counter.database.read { try $0.all("SELECT account, unit, CAST(sum(amount) AS BIGINT) FROM ledger_posting GROUP BY account, unit") { _ in true }.count }
        }.seconds
    }

    private func verified() async throws -> (LedgerVerdict, Double) {
        let start = ContinuousClock.now
        let verdict = try await LedgerCheck.verify(counter.database, counter.house.keyring)
        return (verdict, (ContinuousClock.now - start).seconds)
    }

    // MARK: Acts

    private func act(_ name: String, _ run: ID<PaymentRun>, _ role: Role, _ number: UInt8) async throws {
        let submission = Submission("payments.\(name)", id: .make(at: counter.clock.now()), values: ["run": .stored(run.stored)])
        _ = try await counter.submit(submission, as: InventedElders.staff(role, number))
    }

    private func open() async throws -> ID<PaymentRun> {
        let month = counter.clock.now().date.monthOf.typed
        let values: RawFields = ["region": .typed(InventedElders.region), "month": .typed(month), "programme": .typed("elder-allowance"), "channel": .typed("bank")]
        let receipt = try await counter.submit(Submission("payments.open-month", id: .make(at: counter.clock.now()), values: values), as: InventedElders.staff(.countyReviewer, 1))
        return try ID(typed: receipt.outcome.subject)
    }

    // MARK: The peer

    /// The same rows once more, by the engine alone: into tables with the same columns, keys, indexes and constraints.
    private func peer(_ run: ID<PaymentRun>) async throws -> [(name: String, seconds: Double)] {
        let migrations = counter.house.migrations
        try await counter.database.migrate(migrations + [MonthPeer.schema(like: migrations)])
        let clock = ContinuousClock()
        var times: [(String, Double)] = []
        for table in MonthPeer.tables {
            let seconds = try await clock.measure { _ = try await counter.database.bulk { try $0.run(table.copy) } }.seconds
            times.append((table.name, seconds))
        }
        return times
    }

    /// Seconds that this process has had of all processors.
    private static var processorTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    /// VmHWM of this process, in kilobytes.
    private static var peakMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return Int(line.filter(\.isNumber)) ?? 0
    }
}

extension Duration {
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
