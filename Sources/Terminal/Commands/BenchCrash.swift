import ArgumentParser
import Bench
import Foundation
import Kernel
import Values

/// `minzheng bench crash`: kills the process again and again while it pays a month, and looks at what is left.
struct BenchCrash: Errand {
    static let configuration = CommandConfiguration(commandName: "crash", abstract: "断电演练：在每个故障点、每次提交前后和随机时刻杀死进程，再接着办，结果须与未中断的一样")

    @Option(name: .long, help: "轮数") var cycles = 20
    @Option(name: .long, help: "每轮的收款人数") var payees = 20
    @Option(name: .long, help: "种子") var seed: UInt64 = 1
    @Option(name: .long, help: "每多少轮把全部账目、批次、日志核对一遍；最后总要核对") var every = 50
    @Option(name: .long, help: "数据库：postgres://用户@主机/库名，只在其中临时建一个模式；不写时用临时文件") var database: String?

    func run(at place: Workplace) async throws {
        guard (1 ... CrashCommunity.limit).contains(cycles), (5 ... 900).contains(payees) else { throw Refusal.invalid("轮数为 1 至 \(CrashCommunity.limit)，收款人为 5 至 900") }
        try await TrialPlace.using("crash", cluster: database) { trial in
            let counter = try await trial.make(place.lines, clock: CrashStep.clock)
            try await CrashMonth.prepare(counter)
            var series = CrashSeries(trial: trial, counter: counter, payees: payees, seed: seed, every: every, console: place.console)
            try await series.run(cycles)
            try await counter.database.close()
        }
    }
}

/// One series of kills.
private struct CrashSeries {
    let trial: TrialPlace, counter: Counter, payees: Int, every: Int, console: Console
    private var dice: SeededDice
    private var kills: [String: Int] = [:]
    private var failures: [String] = []
    /// Seconds and writes of the undisturbed month.
    private var length = 0.0, writes = 1

    init(trial: TrialPlace, counter: Counter, payees: Int, seed: UInt64, every: Int, console: Console) {
        (self.trial, self.counter, self.payees, self.every, self.console) = (trial, counter, payees, max(every, 1), console)
        dice = SeededDice(seed)
    }

    mutating func run(_ cycles: Int) async throws {
        let clock = ContinuousClock(), began = clock.now
        let expected = try await undisturbed()
        for cycle in 1 ... cycles {
            try await self.cycle(cycle, expected)
            if cycle.isMultiple(of: every) || cycle == cycles {
                failures += try await CrashVerdict.faults(counter).map { "到第 \(cycle) 轮：\($0)" }
                console.complain("\(cycle) 轮，杀死 \(kills.values.reduce(0, +)) 次，毛病 \(failures.count) 处")
            }
        }
        try tell(cycles, (clock.now - began).inSeconds, expected)
    }

    private mutating func undisturbed() async throws -> String {
        let community = CrashCommunity(0), clock = ContinuousClock()
        try await CrashMonth.settle(payees, in: community, counter)
        var code: Int32 = 0
        length = try clock.measure { code = try start(community, Plan()) }.inSeconds
        let faults = try await CrashVerdict.faults(of: community, counter, notes: notes(community)) + CrashVerdict.faults(counter)
        guard code == 0, faults.isEmpty else { throw Refusal.conflict("未中断的一次没有办完或有误：\(faults.joined(separator: "；"))") }
        if let told = try? String(contentsOfFile: notes(community) + ".writes", encoding: .utf8), let counted = Int(told) { writes = max(counted, 1) }
        return try await CrashVerdict.fingerprint(of: community, counter.database)
    }

    private mutating func cycle(_ cycle: Int, _ expected: String) async throws {
        let community = CrashCommunity(cycle), plan = dice.plan(cycle, writes: writes, seconds: length)
        try await CrashMonth.settle(payees, in: community, counter)
        var ended = try start(community, plan)
        if ended != 0 { kills[plan.kind, default: 0] += 1 }
        // A second kill while it is picking up, now and then; then it is left alone.
        for attempt in 1 ... 20 where ended != 0 {
            let again = attempt == 1 && dice.below(4) == 0 ? Plan(killAfter: length * Double(dice.below(100)) / 100) : Plan()
            ended = try start(community, again)
            if ended != 0 { kills[again.kind, default: 0] += 1 }
        }
        let told = "第 \(cycle) 轮（\(plan.told)）："
        if ended != 0 { failures.append(told + "没有办完") }
        if try await CrashVerdict.fingerprint(of: community, counter.database) != expected { failures.append(told + "结果与未中断的不同") }
        failures += try await CrashVerdict.faults(of: community, counter, notes: notes(community)).map { told + $0 }
        for file in [notes(community), notes(community) + ".writes"] where FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
    }

    private func notes(_ community: CrashCommunity) -> String { "\(trial.notes)-\(community.number)" }

    private func tell(_ cycles: Int, _ seconds: Double, _ expected: String) throws {
        let each = kills.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "，"), missed = CrashVerdict.failPoints.filter { kills[$0] == nil }
        let killed = kills.values.reduce(0, +), pace = (seconds / Double(cycles) * 100).rounded() / 100
        console.line("\(trial.engine)：\(cycles) 轮，杀死 \(killed) 次，\(Int(seconds.rounded())) 秒，每轮 \(pace) 秒；结果摘要 \(expected.prefix(16))")
        console.line("杀在：\(each)")
        if !missed.isEmpty, cycles >= CrashVerdict.failPoints.count * 3 { console.line("没有杀在：\(missed.joined(separator: "、"))") }
        guard failures.isEmpty else {
            failures.forEach(console.complain)
            throw ExitCode(1)
        }
        console.line("每一次已确认的写入都在，没有一笔重复，接着办完的结果与未中断的一样")
    }

    /// Starts the other side and waits for it.
    /// - Returns: 0 when the month came to its end.
    private func start(_ community: CrashCommunity, _ plan: Plan) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["bench", "crash-step", "--folder", trial.folder, "--schema", trial.schema, "--community", "\(community.number)", "--notes", notes(community)]
            + (trial.cluster.map { ["--database", $0] } ?? []) + (plan.write.map { ["--kill", $0] } ?? [])
        var environment = ProcessInfo.processInfo.environment
        environment["MINZHENG_FAIL_POINT"] = plan.failPoint
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        if let killAfter = plan.killAfter {
            Thread.sleep(forTimeInterval: killAfter)
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : 9
    }
}

/// The side that is killed.
struct CrashStep: Errand {
    static let configuration = CommandConfiguration(commandName: "crash-step", abstract: "断电演练中被杀死的一方", shouldDisplay: false)
    static var clock: any WallClock { VirtualClock(CivilDate(written: 2026, 6, 10)) }

    @Option(name: .long) var folder: String
    @Option(name: .long) var schema: String
    @Option(name: .long) var community: Int
    @Option(name: .long) var notes: String
    @Option(name: .long) var database: String?
    /// `written:N`, `durable:N`, or `torn:N` where the failing disk is preloaded.
    @Option(name: .long) var kill: String?

    func run(at place: Workplace) async throws {
        let trial = TrialPlace(folder: folder, cluster: database, schema: schema), faulty = FaultyDatabase(try await trial.database(isNew: false))
        let counter = try await trial.enter(place.lines, clock: Self.clock, over: faulty)
        if let kill, kill.hasPrefix("torn:"), let number = Int(kill.dropFirst(5)) {
            try FailingDisk().layKill(at: number, in: folder + "/minzheng.sqlite")
        } else { faulty.arm(try fault()) }
        try await CrashMonth(counter, CrashCommunity(community), notes: notes).drive()
        try Data("\(faulty.writes)".utf8).write(to: URL(fileURLWithPath: notes + ".writes"))
        try await faulty.close()
    }

    private func fault() throws(Refusal) -> FaultyDatabase.Fault? {
        guard let kill else { return nil }
        let parts = kill.split(separator: ":")
        guard parts.count == 2, let number = Int(parts[1]), number > 0 else { throw .invalid("--kill 写作 written:N 或 durable:N") }
        switch parts[0] {
        case "written": return .killWritten(number)
        case "durable": return .killDurable(number)
        default: throw .invalid("--kill 写作 written:N 或 durable:N")
        }
    }
}

/// Where one start is killed; nowhere when all are nil.
private struct Plan {
    var failPoint: String?, write: String?, killAfter: Double?

    var kind: String {
        if let failPoint { return String(failPoint.prefix { $0 != ":" }) }
        return write.map { $0.hasPrefix("torn") ? "写盘中途" : $0.hasPrefix("written") ? "提交之前" : "提交之后、答复之前" } ?? "随机时刻"
    }
    var told: String { failPoint ?? write ?? "运行 \(Int((killAfter ?? 0) * 1000)) 毫秒后" }
}

/// Where the next kill falls.
private struct SeededDice {
    private var state: UInt64
    /// Half a write may reach the disk, where `bench/failing_disk.c` is preloaded.
    private let isTearing = FailingDisk.isThere

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(max(limit, 1)))
    }

    /// By turns: each named place in order, before or after a commit, any moment.
    mutating func plan(_ cycle: Int, writes: Int, seconds: Double) -> Plan {
        let points = CrashVerdict.failPoints
        switch cycle % 3 {
        case 1:
            // In strides, so that a few cycles reach the whole month.
            let name = points[cycle / 3 * 7 % points.count], isRepeated = name == "people.registered"
            return Plan(failPoint: "\(name):\(isRepeated ? 1 + below(12) : 1)")
        case 2: return Plan(write: (below(2) == 0 ? "written:" : "durable:") + "\(1 + below(writes))")
        default:
            if isTearing, below(3) > 0 { return Plan(write: "torn:\(1 + below(2_000))") }
            return Plan(killAfter: seconds * Double(5 + below(95)) / 100)
        }
    }
}
