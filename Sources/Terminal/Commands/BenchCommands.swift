import ArgumentParser
import Bench
import Demo
import Foundation
import Kernel
import Values

/// `minzheng bench`: figures, each with its peer in the same run. Nothing here is a test: machines differ.
struct BenchCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "bench", abstract: "压测，每个数字都与同一次运行中的对照相比",
                                                    subcommands: [
                                                        BenchActs.self, BenchBackup.self, BenchEquivalence.self, BenchImport.self, BenchReading.self,
                                                        BenchMonth.self, BenchIndicators.self, BenchCrash.self, CrashStep.self,
                                                    ])
}

/// `minzheng bench acts`.
struct BenchActs: Errand {
    static let configuration = CommandConfiguration(commandName: "acts", abstract: "经柜台办理并留痕的速度，对照单行落盘提交")

    @Option(name: .long, help: "同时办理的人数") var callers = 32
    @Option(name: .long, help: "轮数") var rounds = 5
    @Option(name: .long, help: "每轮秒数") var seconds = 3.0
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-bench-\(ProcessInfo.processInfo.processIdentifier)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let office = try await Office.open(place.lines, try options.configuration(at: place, [.data: folder]), .create)
        _ = try await DemoCity.build(scale: 0.01, seed: 1, in: office.counter)
        var bench = ActsBench(office.counter, folder: folder)
        bench.callers = callers
        bench.rounds = rounds
        bench.seconds = seconds
        let result = try await bench.run()
        place.console.write(report(result))
        try await office.close()
    }

    private func report(_ result: ActsBench.Result) -> String {
        let rows = result.rounds.enumerated().map { ["\($0 + 1)", whole($1.acts), whole($1.commits), ratio($1.acts / $1.commits)] }
        let table = TextTable(["轮", "办理 件/秒", "单行提交 次/秒", "比值"].map { TextTable.Column($0) }, rows + [["中位", whole(result.acts), whole(result.commits), ratio(result.ratio)]])
        let journal = result.journal.isSound ? "日志核对无误：\(result.journal.sealedEntries) 条，\(result.journal.blocks) 块" : result.journal.faults.joined(separator: "\n")
        return "登记入户调查，\(callers) 人同时办理，每轮 \(seconds) 秒\n\(table.text)\(journal)\n"
    }

    private func whole(_ value: Double) -> String { String(Int(value.rounded())) }
    private func ratio(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
