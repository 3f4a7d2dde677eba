import ArgumentParser
import Bench
import Demo
import Kernel
import Values

/// `minzheng bench`: figures, each with its peer in the same run. Nothing here is a test: machines differ.
struct BenchCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "bench", abstract: "压测，每个数字都与同一次运行中的对照相比",
                                                    subcommands: [
                                                        BenchActs.self, BenchBackup.self, BenchEquivalence.self, BenchImport.self, BenchReading.self, BenchSummary.self,
                                                        BenchMonth.self, BenchIndicators.self,
                                                        BenchCrash.self, CrashStep.self, BenchSimulate.self, BenchNthWrite.self, BenchRaces.self,
                                                    ])
}

/// `minzheng bench acts`: on the embedded engine against single commits, on a cluster against pgbench.
struct BenchActs: Errand {
    static let configuration = CommandConfiguration(commandName: "acts", abstract: "经柜台办理并留痕的速度，对照单行落盘提交；写了 --database 的，对照同一集群上的 pgbench")

    @Option(name: .long, help: "同时办理的人数") var callers = 32
    @Option(name: .long, help: "轮数") var rounds = 5
    @Option(name: .long, help: "每轮秒数") var seconds = 3.0
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await BenchGround.lend("bench", at: place, options) { ground in
            // Every caller needs cases of its own; a cluster's acts that cross are tried again.
            _ = try await DemoCity.build(scale: ground.cluster == nil ? 0.01 : 0.1, seed: 1, in: ground.office.counter)
            // As pgbench does with its own tables.
            try await ground.office.counter.database.bulk { try $0.learnSizes() }
            guard let cluster = ground.cluster else { return try await measure(ground, against: .singleCommits(in: ground.folder), place.console) }
            let pgbench = try PgbenchPeer(cluster.connection, clients: callers)
            do { try await measure(ground, against: pgbench.peer, place.console) } catch {
                try pgbench.remove()
                throw error
            }
            try pgbench.remove()
        }
    }

    private func measure(_ ground: BenchGround, against peer: BenchPeer, _ console: Console) async throws {
        var bench = ActsBench(ground.office.counter, against: peer)
        bench.callers = callers
        bench.rounds = rounds
        bench.seconds = seconds
        console.write(report(try await bench.run(), peer))
    }

    private func report(_ result: ActsBench.Result, _ peer: BenchPeer) -> String {
        let rows = result.rounds.enumerated().map { ["\($0 + 1)", whole($1.acts), whole($1.peer), ratio($1.acts / $1.peer)] }
        let table = TextTable(["轮", "办理 件/秒", peer.title, "比值"].map { TextTable.Column($0) }, rows + [["中位", whole(result.acts), whole(result.peer), ratio(result.ratio)]])
        let journal = result.journal.isSound ? "日志核对无误：\(result.journal.sealedEntries) 条，\(result.journal.blocks) 块" : result.journal.faults.joined(separator: "\n")
        return "登记入户调查，\(callers) 人同时办理，每轮 \(seconds) 秒\n\(table.text)\(journal)\n"
    }

    private func whole(_ value: Double) -> String { String(Int(value.rounded())) }
    private func ratio(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
