import ArgumentParser
import Bench
import Foundation
import Kernel
import Storage
import Values

/// `minzheng bench nth-write`: for a month of a few payees the n-th write fails, for every n until the month goes through.
struct BenchNthWrite: Errand {
    static let configuration = CommandConfiguration(commandName: "nth-write", abstract: "第 n 次写盘失败的演练：磁盘满、读写出错，直到一个月全程没有碰上；由 bench/failing-disk 启动")

    @Option(name: .long, help: "收款人数") var payees = 20
    @Option(name: .long, help: "每隔多少次写盘试一次；1 是每一次") var every = 1
    @Option(name: .long, help: "从第几次写盘开始") var from = 1
    @Option(name: .long, help: "到第几次写盘为止；不写时直到一个月全程没有碰上。分成几段，可以几个进程同时跑") var to: Int?
    @Option(name: .long, help: "full 磁盘满，io 读写出错，both 两种") var error = "both"

    func run(at place: Workplace) async throws {
        let disk = try FailingDisk(), faults = FailingDisk.Fault.allCases.filter { error == "both" || $0.rawValue == error }
        guard !faults.isEmpty, every > 0, from > 0, (1 ... 900).contains(payees) else { throw Refusal.invalid("--error 为 full、io 或 both；--every、--from 大于零；--payees 为 1 至 900") }
        for fault in faults {
            try await TrialPlace.using("nth-\(fault.rawValue)", cluster: nil) { trial in
                let counter = try await trial.make(place.lines, clock: CrashStep.clock)
                try await CrashMonth.prepare(counter)
                var trials = NthWrites(trial: trial, counter: counter, disk: disk, fault: fault, payees: payees, console: place.console)
                try await trials.run(from: from, to: to ?? .max, every: every)
                try await counter.database.close()
            }
        }
    }
}

/// One kind of fault at one write after another.
private struct NthWrites {
    let trial: TrialPlace, counter: Counter, disk: FailingDisk, fault: FailingDisk.Fault, payees: Int, console: Console
    private var failures: [String] = []
    private var told: [String: Int] = [:]

    init(trial: TrialPlace, counter: Counter, disk: FailingDisk, fault: FailingDisk.Fault, payees: Int, console: Console) {
        (self.trial, self.counter, self.disk, self.fault, self.payees, self.console) = (trial, counter, disk, fault, payees, console)
    }

    mutating func run(from: Int, to last: Int, every: Int) async throws {
        let clock = ContinuousClock(), began = clock.now, expected = try await month(0, failingAt: nil).fingerprint
        var number = from, tried = 0
        while number <= last {
            let (fired, fingerprint) = try await month(1 + tried, failingAt: number)
            tried += 1
            if fingerprint != expected { failures.append("第 \(number) 次写盘失败之后，结果与没有失败的不同") }
            guard fired else { break }
            if tried.isMultiple(of: 200) {
                failures += try await CrashVerdict.faults(counter)
                console.complain("\(fault.label)：到第 \(number) 次写盘，毛病 \(failures.count) 处")
            }
            number += every
        }
        failures += try await CrashVerdict.faults(counter)
        try tell(tried, from, min(number, last), Int((clock.now - began).inSeconds.rounded()))
    }

    /// A month with one fault in it: whoever was told of it makes room and goes on where the month stands.
    private mutating func month(_ number: Int, failingAt write: Int?) async throws -> (fired: Bool, fingerprint: String) {
        let community = CrashCommunity(number), notes = "\(trial.notes)-\(number)", month = CrashMonth(counter, community, notes: notes)
        try await CrashMonth.settle(payees, in: community, counter)
        if let write { disk.lay(fault, at: write, in: trial.folder + "/minzheng.sqlite") }
        var fired = false
        for attempt in 1 ... 6 {
            do {
                try await month.drive()
                break
            } catch let error as StorageError {
                let saying = "\(error)"
                told[saying.hasPrefix("磁盘空间已满") ? "磁盘空间已满，未写入任何内容" : String(saying.prefix { $0 != "：" }), default: 0] += 1
                if error != .full, !saying.hasPrefix("读写数据文件出错") { failures.append("第 \(write ?? 0) 次写盘失败，说的是：\(saying)") }
            } catch let refusal as Refusal { failures.append("第 \(write ?? 0) 次写盘失败，被拒：\(refusal.message)") }
            if attempt == 6 { failures.append("第 \(write ?? 0) 次写盘失败之后，月份办不完") }
            fired = fired || disk.fired > 0
            disk.clear()
        }
        fired = fired || disk.fired > 0
        disk.clear()
        failures += try await CrashVerdict.faults(of: community, counter, notes: notes).map { "第 \(write ?? 0) 次写盘失败：\($0)" }
        return (fired, try await CrashVerdict.fingerprint(of: community, counter.database))
    }

    private func tell(_ tried: Int, _ first: Int, _ last: Int, _ seconds: Int) throws {
        let said = told.sorted { $0.key < $1.key }.map { "「\($0.key)」\($0.value) 次" }.joined(separator: "，")
        console.line("\(fault.label)：\(payees) 人的一个月，从第 \(first) 次试到第 \(last) 次写盘，共 \(tried) 个月，\(seconds) 秒；告知\(said.isEmpty ? "没有" : said)")
        guard failures.isEmpty else {
            failures.prefix(40).forEach(console.complain)
            throw ExitCode(1)
        }
        console.line("每一次都说明白了，没有丢一笔，之后都办到办结，结果与没有失败的一样")
    }
}
