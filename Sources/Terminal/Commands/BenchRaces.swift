import ArgumentParser
import Bench
import Foundation
import Kernel
import Storage
import Values

/// `minzheng bench races`: one claim, from all sides at once.
struct BenchRaces: Errand {
    static let configuration = CommandConfiguration(commandName: "races", abstract: "抢发演练：多人、两个标签页、接口、导入、两个节点、上下级和相邻区域、后续批次同时发给一个人，恰好一笔发成")

    @Option(name: .long, help: "总共抢多少次") var attempts = 2_000
    @Option(name: .long, help: "每一种同时多少人") var callers = 12
    @Option(name: .long, help: "数据库：postgres://用户@主机/库名，只在其中临时建模式；不写时用临时文件") var database: String?

    func run(at place: Workplace) async throws {
        let clock = ContinuousClock(), began = clock.now, lines = place.lines + PaymentRaces.extraLines
        var sum = PaymentRaces.Result(), rounds = 0
        while sum.attempts < attempts, sum.failures.count < 20 {
            // A fresh house now and then: earlier rounds are not what is measured.
            let part = try await TrialPlace.using("races", cluster: database) { trial in try await some(trial, lines, sum.attempts, &rounds) }
            sum.attempts += part.attempts
            sum.won += part.won
            sum.told += part.told
            sum.covered += part.covered
            sum.failures += part.failures
            place.console.complain("\(rounds) 轮，\(sum.attempts) 次，毛病 \(sum.failures.count) 处")
        }
        place.console.line("""
            \(database == nil ? "SQLite" : "PostgreSQL")：\(rounds) 轮抢 \(sum.attempts) 次，两个节点，\(Int((clock.now - began).inSeconds.rounded())) 秒；发成 \(sum.won) 笔，\
            \(sum.told) 次得知由哪一批发放，\(sum.covered) 行列为重复并写明是哪一笔
            """)
        guard sum.failures.isEmpty else {
            sum.failures.prefix(40).forEach(place.console.complain)
            throw ExitCode(1)
        }
        place.console.line("每一轮恰好一笔发成")
    }

    private func some(_ trial: TrialPlace, _ lines: [Line], _ before: Int, _ rounds: inout Int) async throws -> PaymentRaces.Result {
        let clock = CrashStep.clock
        let first = try await trial.make(lines, clock: clock), second = try await trial.enter(lines, clock: clock, over: try await trial.database(isNew: false))
        var races = PaymentRaces([first, second]), sum = PaymentRaces.Result()
        races.callers = callers
        for _ in 0 ..< 60 where before + sum.attempts < attempts && sum.failures.count < 20 {
            rounds += 1
            let result = try await races.round(rounds)
            sum.attempts += result.attempts
            sum.won += result.won
            sum.told += result.told
            sum.covered += result.covered
            sum.failures += result.failures
        }
        try await second.database.close()
        try await first.database.close()
        return sum
    }
}
