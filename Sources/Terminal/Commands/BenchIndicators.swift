import ArgumentParser
import Bench
import Demo
import Foundation
import Kernel
import Values

/// `minzheng bench indicators`.
struct BenchIndicators: Errand {
    static let configuration = CommandConfiguration(commandName: "indicators", abstract: "六十项指标、二十四个月的看板，结转和核对的速度")

    @Option(name: .long, help: "示范市的规模，1 约 69 万人") var scale = 0.05
    @Option(name: .long, help: "已有的示范数据目录，会在其中多登记一人；不写则临时建一个") var existing: String?
    @Option(name: .long, help: "看板打开几次") var rounds = 15
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let made = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-indicator-bench-\(ProcessInfo.processInfo.processIdentifier)").path
        let folder = existing ?? made
        defer { if existing == nil { try? FileManager.default.removeItem(atPath: folder) } }
        let office = try await Office.open(place.lines, try options.configuration(at: place, [.data: folder]), existing == nil ? .create : .existing)
        let report = ProgressReport(place.console)
        if existing == nil { _ = try await DemoCity.build(scale: scale, seed: 1, in: office.counter) { report.tell($0, $1, $2) } }
        let result = try await IndicatorBench(office.counter).run(rounds: rounds) { place.console.complain($0) }
        try await office.close()
        let rows = [
            ["看板，中位", milliseconds(result.boardMedian)], ["看板，最慢", milliseconds(result.boardWorst)], ["看板，字节", "\(result.bytes)"],
            ["一个指标的 \(result.places) 个区域，一次读出", milliseconds(result.together)], ["同样，逐个读", milliseconds(result.oneByOne)],
            ["从头重数全部指标", milliseconds(result.recount)], ["一件之后结转", milliseconds(result.fold)], ["verify indicators（\(result.totals) 项合计）", milliseconds(result.verify)],
            ["对照：数一次全部人员，按区域和性别分组", milliseconds(result.peer)], ["看板与对照之比", "\((result.boardMedian / result.peer * 100).rounded() / 100)"],
        ]
        place.console.write("示范市 \(result.people) 人，指标 \(result.indicators) 项\n" + TextTable([TextTable.Column("项目"), TextTable.Column("毫秒", isNumber: true)], rows).text)
    }

    private func milliseconds(_ seconds: Double) -> String { "\((seconds * 10_000).rounded() / 10)" }
}
