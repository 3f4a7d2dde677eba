import ArgumentParser
import Bench
import Commons
import Foundation
import Kernel
import Values

/// `minzheng bench import`.
struct BenchImport: Errand {
    static let configuration = CommandConfiguration(commandName: "import", abstract: "导入人员的速度和内存，对照 sqlite3 命令行导入已算好的列")

    @Option(name: .long, help: "人数") var people = 100_000
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-import-bench-\(ProcessInfo.processInfo.processIdentifier)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let office = try await Office.open(place.lines, try options.configuration(at: place, [.data: folder]), .create)
        let bench = ImportBench(office.counter, office.imports, database: DataFolder(folder).database, folder: folder)
        let result = try await bench.run(people: people)
        try await office.close()
        place.console.write(Self.report(result))
    }

    static func report(_ result: ImportBench.Result) -> String {
        let rows = [
            ["收下文件", seconds(result.taking)], ["核对、密封", seconds(result.checking)], ["登记、建检索", seconds(result.entering)], ["合计", seconds(result.ours)],
            ["sqlite3 导入已算好的列", seconds(result.peer)], ["比值", "\((result.ratio * 100).rounded() / 100)"], ["内存最高", "\(result.peakMemory >> 10) MB"],
        ]
        return "导入 \(result.people) 人，文件 \(result.fileBytes >> 20) MB\n" + TextTable([TextTable.Column("步骤"), TextTable.Column("秒", isNumber: true)], rows).text
    }

    private static func seconds(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
