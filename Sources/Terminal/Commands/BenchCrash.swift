import ArgumentParser
import Bench
import Foundation
import Kernel
import Values

/// `minzheng bench crash`: kills the process again and again while it pays a month, and looks at what is left.
struct BenchCrash: Errand {
    static let configuration = CommandConfiguration(commandName: "crash", abstract: "断电演练：在故障点和随机时刻杀死进程，再接着办，结果须与未中断的一样")

    @Option(name: .long, help: "轮数") var cycles = 20
    @Option(name: .long, help: "收款人数") var payees = 40
    @Option(name: .long, help: "种子") var seed: UInt64 = 1
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-crash-\(ProcessInfo.processInfo.processIdentifier)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let base = folder + "/base"
        let office = try await Office.open(place.lines, try options.configuration(at: place, [.data: base]), .create, clock: CrashStep.clock)
        try await CrashMonth.prepare(payees, in: office.counter)
        try await office.close()
        let whole = try copy(base, to: folder + "/whole")
        guard try start(whole, failPoint: nil, killAfter: nil) == 0 else { throw Refusal.conflict("未中断的一次没有办完") }
        let expected = try await look(whole, place)
        guard expected.faults.isEmpty else { throw Refusal.conflict(expected.faults.joined(separator: "；")) }
        var random = SeededDice(seed), killed = 0, failures: [String] = []
        for cycle in 1 ... max(cycles, 1) {
            let data = try copy(base, to: folder + "/cycle"), plan = random.plan()
            var ended = try start(data, failPoint: plan.failPoint, killAfter: plan.killAfter)
            for _ in 0 ..< 20 where ended != 0 {
                killed += 1
                ended = try start(data, failPoint: nil, killAfter: nil)
            }
            let found = try await look(data, place)
            if ended != 0 { failures.append("第 \(cycle) 轮（\(plan.told)）：没有办完") }
            if found.fingerprint != expected.fingerprint { failures.append("第 \(cycle) 轮（\(plan.told)）：结果与未中断的不同") }
            failures += found.faults.map { "第 \(cycle) 轮（\(plan.told)）：\($0)" }
            if cycle.isMultiple(of: 50) { place.console.complain("\(cycle) 轮，杀死 \(killed) 次，毛病 \(failures.count) 处") }
        }
        place.console.line("\(cycles) 轮，杀死 \(killed) 次；结果摘要 \(expected.fingerprint.prefix(16))")
        guard failures.isEmpty else {
            failures.forEach(place.console.complain)
            throw ExitCode(1)
        }
        place.console.line("每一次已确认的写入都在，没有一笔重复，接着办完的结果与未中断的一样")
    }

    private func copy(_ from: String, to: String) throws -> String {
        if FileManager.default.fileExists(atPath: to) { try FileManager.default.removeItem(atPath: to) }
        try FileManager.default.copyItem(atPath: from, toPath: to)
        try Data().write(to: URL(fileURLWithPath: to + "/acknowledged"))
        return to
    }

    private func look(_ data: String, _ place: Workplace) async throws -> (fingerprint: String, faults: [String]) {
        let office = try await Office.open(place.lines, try options.configuration(at: place, [.data: data]), .existing, clock: CrashStep.clock)
        let found = (try await CrashVerdict.fingerprint(office.database), try await CrashVerdict.faults(office.counter, notes: data + "/acknowledged"))
        try await office.close()
        return found
    }

    /// Starts the other side and waits for it.
    /// - Returns: 0 when the month came to its end.
    private func start(_ data: String, failPoint: String?, killAfter: Double?) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["bench", "crash-step", "--data", data]
        var environment = ProcessInfo.processInfo.environment
        environment["MINZHENG_FAIL_POINT"] = failPoint
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        if let killAfter {
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

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let configuration = try options.configuration(at: place), office = try await Office.open(place.lines, configuration, .existing, clock: Self.clock)
        try await CrashMonth(office.counter, notes: configuration.data + "/acknowledged").drive()
        try await office.close()
    }
}

/// Where the next kill falls.
private struct SeededDice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    private mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(limit))
    }

    struct Plan {
        let failPoint: String?, killAfter: Double?
        var told: String { failPoint ?? "运行 \(Int((killAfter ?? 0) * 1000)) 毫秒后" }
    }

    mutating func plan() -> Plan {
        guard below(2) == 0 else { return Plan(failPoint: nil, killAfter: Double(20 + below(900)) / 1000) }
        let points = CrashVerdict.failPoints
        return Plan(failPoint: points[below(points.count)] + ":\(1 + below(2))", killAfter: nil)
    }
}
