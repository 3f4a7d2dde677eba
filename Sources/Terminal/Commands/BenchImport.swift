import ArgumentParser
import Bench
import Kernel
import Values

/// `minzheng bench import`.
struct BenchImport: Errand {
    static let configuration = CommandConfiguration(commandName: "import", abstract: "导入人员的速度和内存，对照 sqlite3（集群上是 psql \\copy）导入已算好的列")

    @Option(name: .long, help: "人数") var people = 100_000
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await BenchGround.lend("import-bench", at: place, options) { ground in
            let peer: ImportPeer = ground.cluster.map { .copy($0.connection, folder: ground.folder) }
                ?? .sqlite3(database: DataFolder(ground.folder).database, folder: ground.folder)
            let result = try await ImportBench(ground.office.counter, ground.office.imports, against: peer, folder: ground.folder).run(people: people)
            place.console.write(Self.report(result, peer.name))
        }
    }

    static func report(_ result: ImportBench.Result, _ peer: String) -> String {
        let rows = [
            ["收下文件", seconds(result.taking)], ["核对、密封", seconds(result.checking)], ["登记、建检索", seconds(result.entering)], ["合计", seconds(result.ours)],
            ["\(peer) 导入已算好的列", seconds(result.peer)], ["比值", "\((result.ratio * 100).rounded() / 100)"], ["内存最高", "\(result.peakMemory >> 10) MB"],
        ]
        return "导入 \(result.people) 人，文件 \(result.fileBytes >> 20) MB\n" + TextTable([TextTable.Column("步骤"), TextTable.Column("秒", isNumber: true)], rows).text
    }

    private static func seconds(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
