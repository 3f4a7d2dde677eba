import ArgumentParser
import Demo
import Foundation
import Kernel
import Synchronization
import Values

/// `minzheng bench backup`: how long acts take while a backup is made, against the same without one.
struct BenchBackup: Errand {
    static let configuration = CommandConfiguration(commandName: "backup", abstract: "备份期间办件的等待，对照不备份时")

    @Option(name: .long, help: "示范城市的规模") var scale = 0.1
    @Option(name: .long, help: "同时办理的人数") var callers = 4
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-bench-\(ProcessInfo.processInfo.processIdentifier)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let office = try await Office.open(place.lines, try options.configuration(at: place, [.data: folder + "/data"]), .create)
        _ = try await DemoCity.build(scale: scale, seed: 1, in: office.counter)
        let clerk = try await office.accounts.actor(named: "jingban"), clock = ContinuousClock()
        let began = clock.now
        let report = try await office.backUp(to: BackupFolder(folder + "/alone"))
        let alone = began.duration(to: clock.now)
        let quiet = try await registering(office, clerk, 0) { try await Task.sleep(for: .seconds(10)) }
        let taken = Mutex(Duration.zero)
        let busy = try await registering(office, clerk, 1_000_000) {
            let began = clock.now
            _ = try await office.backUp(to: BackupFolder(folder + "/busy"))
            taken.withLock { $0 = began.duration(to: clock.now) }
        }
        let rows = [("不备份", quiet), ("备份中", busy)].map { [$0.0, "\($0.1.count)", shown($0.1, 0.5), shown($0.1, 0.99), shown($0.1, 1)] }
        let size = shownBytes(Int64(report.manifest.database.bytes)), beside = milliseconds(taken.withLock { $0 })
        place.console.line("数据库 \(size)；无人办理时备份用 \(milliseconds(alone)) 毫秒，\(callers) 人同时登记人员时用 \(beside) 毫秒")
        let columns = [TextTable.Column("时段")] + ["件", "中位 毫秒", "99% 毫秒", "最长 毫秒"].map { .init($0, isNumber: true) }
        place.console.write(TextTable(columns, rows).text)
        try await office.close()
    }

    /// Registers people for as long as the work beside it takes.
    /// - Returns: how long each act took, shortest first.
    private func registering(
        _ office: Office, _ clerk: Actor, _ first: Int, beside work: @escaping @Sendable () async throws -> Void
    ) async throws -> [Duration] {
        let isOver = OverFlag()
        return try await withThrowingTaskGroup(of: [Duration].self) { group in
            for caller in 0 ..< callers {
                group.addTask {
                    var taken: [Duration] = [], number = first + caller
                    while !isOver.isSet {
                        taken.append(try await Self.register(number, office, clerk))
                        number += 100
                    }
                    return taken
                }
            }
            try await work()
            isOver.set()
            return try await group.reduce(into: []) { $0 += $1 }.sorted()
        }
    }

    private static func register(_ number: Int, _ office: Office, _ clerk: Actor) async throws -> Duration {
        let day = try CivilDate(year: 1950, month: 1, day: 1).adding(days: number / 900), serial = String(String(1_000 + number % 900 + 100).suffix(3))
        let digits = day.typed.dropFirst(2).replacing("-", with: "")
        let values: RawFields = ["name": .typed("测试某"), "resident_id": .typed(try ResidentID.upgrading("000199\(digits)\(serial)").typed),
                                 "region": .typed(clerk.region.code)]
        let clock = ContinuousClock(), began = clock.now
        _ = try await office.counter.submit(Submission("people.register-person", id: .make(at: office.counter.clock.now()), values: values), as: clerk)
        return began.duration(to: clock.now)
    }

    private func shown(_ sorted: [Duration], _ share: Double) -> String {
        guard let last = sorted.indices.last else { return "" }
        return milliseconds(sorted[Int(Double(last) * share)])
    }

    private func milliseconds(_ duration: Duration) -> String {
        let (seconds, rest) = duration.components
        return "\((Double(seconds) * 1e4 + Double(rest) / 1e14).rounded() / 10)"
    }
}

/// Set once, seen by all.
private final class OverFlag: Sendable {
    private let flag = Mutex(false)
    var isSet: Bool { flag.withLock { $0 } }
    func set() { flag.withLock { $0 = true } }
}
