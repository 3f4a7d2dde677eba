import Kernel
import Storage
import Values

/// 压测：经柜台办理并留痕的速度。Journalled acts (登记入户调查) from many callers, each at cases of its own, against a peer in the same run on the same disk.
public struct ActsBench: Sendable {
    let counter: Counter
    let peer: BenchPeer
    public var callers = 32
    public var rounds = 5
    public var seconds = 3.0

    public init(_ counter: Counter, against peer: BenchPeer) {
        self.counter = counter
        self.peer = peer
    }

    /// One measurement of each, side by side.
    public struct Round: Sendable {
        public let acts: Double
        public let peer: Double
    }

    public struct Result: Sendable {
        public let rounds: [Round]
        public let journal: JournalVerdict

        public var acts: Double { median(rounds.map(\.acts)) }
        public var peer: Double { median(rounds.map(\.peer)) }
        public var ratio: Double { acts / peer }
    }

    public func run() async throws -> Result {
        try await reopenCases()
        let targets = try await surveyedCases()
        guard !targets.isEmpty else { throw Refusal.absent("示范数据里没有正在调查的申请，无法压测") }
        _ = try await acts(on: targets, seconds: 1)
        var measured: [Round] = []
        for round in 1 ... rounds {
            let bare = try peer.rate(round, seconds)
            measured.append(Round(acts: try await acts(on: targets, seconds: seconds), peer: bare))
        }
        let sealer = Sealer(database: counter.database, clock: counter.clock)
        while try await sealer.sealWaiting() > 0 {}
        return Result(rounds: measured, journal: try await Sealer.verify(counter.database))
    }

    // MARK: One measurement

    private struct Target: Sendable {
        let application: String
        let openedOn: CivilDate
        let clerk: Actor
    }

    /// Acts per second, all callers together. Two callers share a case only where there are fewer cases than callers.
    private func acts(on targets: [Target], seconds: Double) async throws -> Double {
        let clock = ContinuousClock(), began = clock.now, until = began.advanced(by: .seconds(seconds))
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0 ..< callers {
                let own = targets.indices.filter { $0 % callers == caller % targets.count }.map { targets[$0] }
                group.addTask {
                    var done = 0
                    while clock.now < until {
                        try await visit(own[done % own.count])
                        done += 1
                    }
                    return done
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(done) / began.duration(to: clock.now).inSeconds
    }

    private func visit(_ target: Target) async throws {
        let surveyors = ["甲调查", "乙调查"].enumerated().map { RawRow(key: "s\($0)", fields: ["name": .typed($1)]) }
        let values: RawFields = [
            "application": .typed(target.application), "visited_on": .typed(counter.clock.now().date.typed), "surveyors": .rows(surveyors),
            "findings": .typed("家庭居住和收入情况与申报一致"), "agrees": .typed("1"),
        ]
        _ = try await counter.submit(Submission("assistance.record-visit", id: .make(at: counter.clock.now()), values: values), as: target.clerk)
    }

    /// Every application of the invented city that was ever accepted is surveyed once more, so that there are enough of them.
    private func reopenCases() async throws {
        try await counter.database.write { connection in
            try connection.run("""
                UPDATE case_file SET state = 'surveying', closed_on = NULL
                WHERE process = 'application' AND EXISTS (SELECT 1 FROM application WHERE application.id = case_file.id AND application.accepted_on IS NOT NULL)
                """)
        }
    }

    /// The applications under survey, each with a clerk of its own township.
    private func surveyedCases() async throws -> [Target] {
        try await counter.database.read { connection in
            let clerks = try connection.all("SELECT id, name, role, region FROM user_account WHERE role = \(Role.townshipClerk) AND disabled_on IS NULL") { row in
                Actor(user: try row.read(0), name: try row.read(1), role: try row.read(2), region: try row.read(3))
            }
            return try connection.all("SELECT id, region, opened_on FROM case_file WHERE process = 'application' AND state = 'surveying' ORDER BY id") { row in
                (id: try row.read(0) as String, region: try row.read(1) as RegionCode, openedOn: try row.read(2) as CivilDate)
            }.compactMap { file in
                clerks.first { $0.covers(file.region) }.map { Target(application: file.id, openedOn: file.openedOn, clerk: $0) }
            }
        }
    }
}

/// The middle value; zero of nothing.
func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
}
