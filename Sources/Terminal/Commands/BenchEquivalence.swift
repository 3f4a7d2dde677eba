import ArgumentParser
import Bench
import Commons
import Foundation
import Kernel
import PostgresStorage
import SQLiteStorage
import Storage
import Values
import Web

/// `minzheng bench equivalence`: one history on both engines, compared row by row.
struct BenchEquivalence: Errand {
    static let configuration = CommandConfiguration(commandName: "equivalence", abstract: "同一段办理历史在两种数据库上各走一遍，逐字节对照留下的行和得到的答复")

    @Option(name: .long, help: "种子；同一种子是同一段历史") var seed: UInt64 = 1
    @Option(name: .long, help: "示范城市之后再办多少件") var steps = 1_000
    @Option(name: .long, help: "示范城市的规模，1 约 69 万人") var scale = 0.0005
    @Option(name: .long, help: "一个 PostgreSQL 数据库，postgres://用户@主机/库名；只在其中临时建一个模式，用完删去。不写时用环境变量 MINZHENG_TEST_DATABASE") var cluster: String?

    func run(at place: Workplace) async throws {
        guard let url = cluster ?? place.console.environment["MINZHENG_TEST_DATABASE"], !url.isEmpty else {
            throw Refusal.absent("请用 --cluster 指明一个 PostgreSQL 数据库，如 bin/postgres run minzheng bench equivalence")
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-equivalence-\(ProcessInfo.processInfo.processIdentifier)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var trial = Equivalence(place.lines, seed: seed) { counter in
            ImportRoom(counter, folder: "\(folder)/\(UUID().uuidString)", tables: DocumentTables()) { try SQLiteDatabase(path: $0) }
        }
        let progress = ProgressReport(place.console)
        (trial.steps, trial.scale, trial.tell) = (steps, scale, { progress.tell($0, $1, $2) })
        let file = try SQLiteDatabase.temporary()
        let result = try await file.closing {
            let server = try await PostgresDatabase.temporary(at: url)
            return try await server.closing { try await trial.run(file, server) }
        }
        try tell(result, on: place.console)
    }

    private func tell(_ result: Equivalence.Result, on console: Console) throws {
        let side = result.left, refused = side.answers.filter { $0.contains("：拒绝") }.count, faults = side.answers.filter { $0.contains("：出错") }.count
        console.line("种子 \(seed)：办理 \(side.acts) 件，答复 \(side.answers.count) 次（拒绝 \(refused) 次，出错 \(faults) 次），\(side.digest.tables.count) 张表 \(side.digest.rows) 行")
        console.line("SQLite     \(result.left.digest.overall)")
        console.line("PostgreSQL \(result.right.digest.overall)")
        guard result.isEqual else {
            result.differences.forEach(console.complain)
            throw Refusal.conflict("两种数据库的结果不同，共 \(result.differences.count) 处")
        }
        console.line("逐字节相同")
    }
}
