import Kernel
import SQLiteStorage
import Storage
import Values

/// 压测：经柜台办理并留痕的速度。Journalled acts (登记入户调查) from many callers, against single-row FULL commits on the same disk in the same run.
public struct ActsBench: Sendable {
    let counter: Counter
    /// Where the peer's own file may be put: the same disk.
    let folder: String
    public var callers = 32
    public var rounds = 5
    public var seconds = 3.0

    public init(_ counter: Counter, folder: String) {
        self.counter = counter
        self.folder = folder
    }

    /// One measurement of each, side by side.
    public struct Round: Sendable {
        public let acts: Double
        public let commits: Double
    }

    public struct Result: Sendable {
        public let rounds: [Round]
        public let journal: JournalVerdict

        public var acts: Double { median(rounds.map(\.acts)) }
        public var commits: Double { median(rounds.map(\.commits)) }
        public var ratio: Double { acts / commits }
    }

    public func run() async throws -> Result {
        let targets = try await surveyedCases()
        guard !targets.isEmpty else { throw Refusal.absent("示范数据里没有正在调查的申请，无法压测") }
        _ = try await acts(on: targets, seconds: 1)
        var measured: [Round] = []
        for round in 1 ... rounds {
            let commits = try SingleCommits.rate(at: "\(folder)/peer-\(round).sqlite", seconds: seconds)
            measured.append(Round(acts: try await acts(on: targets, seconds: seconds), commits: commits))
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

    /// Acts per second, all callers together.
    private func acts(on targets: [Target], seconds: Double) async throws -> Double {
        let clock = ContinuousClock(), began = clock.now, until = began.advanced(by: .seconds(seconds))
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0 ..< callers {
                group.addTask {
                    var done = 0
                    while clock.now < until {
                        try await visit(targets[(caller + done * callers) % targets.count])
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
