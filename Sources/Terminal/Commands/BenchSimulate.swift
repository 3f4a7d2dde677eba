import ArgumentParser
import Bench
import Foundation
import Kernel
import PostgresStorage
import SQLiteStorage
import Storage
import Values

/// `minzheng bench simulate`: seeded histories of a district, with faults, and everything that must hold.
struct BenchSimulate: Errand {
    static let configuration = CommandConfiguration(commandName: "simulate", abstract: "按种子模拟一个区县的几个月：申请、死亡、调标、迁移、退票、追回、存储故障，核对每一条必须成立的事")

    @Option(name: .long, help: "种子，一个数或 起-止，如 1-1000") var seeds = "1-20"
    @Option(name: .long, help: "模拟多少个月；之后再有两个安静的月份") var months = 3
    @Flag(name: .long, help: "写出经过；只跑一个种子时总会写") var story = false
    @Option(name: .long, help: "数据库：postgres://用户@主机/库名，只在其中临时建模式；不写时用临时文件") var database: String?

    func run(at place: Workplace) async throws {
        let range = try range(), clock = ContinuousClock(), began = clock.now
        var sum = DistrictSimulation.Result(), failed: [UInt64] = []
        try await TrialPlace.using("simulate", cluster: database) { trial in
            let template = trial.folder + "/template"
            if trial.cluster == nil {
                try FileManager.default.createDirectory(atPath: template, withIntermediateDirectories: true)
                let file = try SQLiteDatabase(path: template + "/minzheng.sqlite")
                try await file.closing { try await DistrictSimulation.prepare(place.lines, on: file) }
            }
            for seed in range {
                let result = try await one(seed, trial, template, place)
                add(result, to: &sum)
                if !result.failures.isEmpty {
                    failed.append(seed)
                    if story || range.count == 1 { result.story.forEach(place.console.line) }
                    result.failures.forEach { place.console.complain("种子 \(seed)：\($0)") }
                } else if range.count == 1 { result.story.forEach(place.console.line) }
                if seed.isMultiple(of: 100) { place.console.complain("到种子 \(seed)，有毛病的 \(failed.count) 个") }
            }
        }
        let seconds = Int((clock.now - began).inSeconds.rounded())
        place.console.line("""
            \(database == nil ? "SQLite" : "PostgreSQL")：种子 \(seeds)，\(sum.months) 个月，办理 \(sum.acts) 件，拒绝 \(sum.refused) 件，重复提交 \(sum.repeated) 次，存储故障 \(sum.faults) 次，\
            拒收回盘 \(sum.returnsRefused) 份，\(sum.lines) 份应得，追回 \(sum.recoveries) 件，\(seconds) 秒
            """)
        guard failed.isEmpty else {
            place.console.complain("有毛病的种子：\(failed.map(String.init).joined(separator: " "))。用 --seeds 种子 重放")
            throw ExitCode(1)
        }
        place.console.line("每一条都成立")
    }

    private func range() throws(Refusal) -> ClosedRange<UInt64> {
        let parts = seeds.split(separator: "-").compactMap { UInt64($0) }
        guard let first = parts.first, let last = parts.last, parts.count <= 2, first <= last else { throw .invalid("--seeds 写一个数，或者 起-止，如 1-1000") }
        return first ... last
    }

    private func one(_ seed: UInt64, _ trial: TrialPlace, _ template: String, _ place: Workplace) async throws -> DistrictSimulation.Result {
        var simulation = DistrictSimulation(seed: seed)
        simulation.months = months
        if let cluster = trial.cluster {
            let database = try await PostgresDatabase.temporary(at: cluster)
            return try await database.closing { try await simulation.run(place.lines, on: database) }
        }
        let folder = trial.folder + "/seed"
        if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(atPath: template, toPath: folder)
        let database = try SQLiteDatabase(path: folder + "/minzheng.sqlite")
        return try await database.closing { try await simulation.run(place.lines, on: database, isPrepared: true) }
    }

    private func add(_ result: DistrictSimulation.Result, to sum: inout DistrictSimulation.Result) {
        sum.acts += result.acts
        sum.refused += result.refused
        sum.repeated += result.repeated
        sum.faults += result.faults
        sum.lines += result.lines
        sum.recoveries += result.recoveries
        sum.returnsRefused += result.returnsRefused
        sum.months += result.months
    }
}
