import ArgumentParser
import Bench
import Foundation
import Kernel
import Values

/// `minzheng bench month`.
struct BenchMonth: Errand {
    static let configuration = CommandConfiguration(commandName: "month", abstract: "一个月发放的速度和内存，对照数据库自己写同样的行")

    @Option(name: .long, help: "收款人数") var payees = 100_000
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-month-bench-\(ProcessInfo.processInfo.processIdentifier)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let office = try await Office.open(place.lines, try options.configuration(at: place, [.data: folder]), .create)
        let result = try await MonthBench(office.counter).run(payees: payees) { place.console.complain($0) }
        try await office.close()
        let ours = zip(result.steps, result.busy).map { [$0.name, seconds($0.seconds), seconds($1)] }
        let bare = result.peer.map { ["对照：写\($0.name)", seconds($0.seconds), ""] }, busy = result.busy.reduce(0, +)
        let rows = ours + [["合计", seconds(result.ours), seconds(busy)]] + bare + [
            ["对照合计", seconds(result.bare), seconds(result.bareBusy)], ["比值", seconds(result.ours / result.bare), seconds(busy / result.bareBusy)],
            ["verify ledger（\(result.postings) 行）", seconds(result.verify), ""], ["对照：按账户分组合计", seconds(result.grouping), ""],
            ["比值", seconds(result.verify / result.grouping), ""], ["内存最高", "\(result.peakMemory >> 10) MB", ""]]
        let columns = [TextTable.Column("步骤"), TextTable.Column("秒", isNumber: true), TextTable.Column("处理器秒", isNumber: true)]
        place.console.write("发放 \(result.payees) 人\n" + TextTable(columns, rows).text)
    }

    private func seconds(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
