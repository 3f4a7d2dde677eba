import Bench
import Bureau
import Commons
import Cryptography
import Foundation
import Kernel
import Storage
import TestSupport
import Testing
import Values

/// 发放的演练，小规模：the benches of faults in few rounds, on the engine under test. The long runs are in `docs/reliability.md`.
@Suite("发放演练", .serialized)
struct PaymentTrialTests {
    private func notes() -> String { NSTemporaryDirectory() + "minzheng-trial-" + UUID().uuidString }

    /// Seeds that once found something, and some that didn't.
    @Test("按种子模拟一个区县：每一条都成立", arguments: [9, 17, 170, 1001] as [UInt64])
    func district(_ seed: UInt64) async throws {
        var simulation = DistrictSimulation(seed: seed)
        simulation.months = 4
        let result = try await simulation.run(bureau, on: try await TestDatabase.make())
        #expect(result.failures == [], "种子 \(seed)：\(result.story.suffix(40).joined(separator: "\n"))")
        #expect(result.months == 6 && result.acts > 30)
    }

    @Test("同一种子是同一段经过")
    func replays() async throws {
        var simulation = DistrictSimulation(seed: 5)
        simulation.months = 1
        let first = try await simulation.run(bureau, on: try await TestDatabase.make()), second = try await simulation.run(bureau, on: try await TestDatabase.make())
        #expect(first.story == second.story && !first.story.isEmpty)
    }

    @Test("几方抢发一个人的一个月：恰好一笔发成，其余得知是哪一笔")
    func races() async throws {
        let clock = VirtualClock(CivilDate(written: 2026, 6, 10)), keyring = try Keyring.ephemeral(), twins = try await TestDatabase.twins(2), lines = bureau + PaymentRaces.extraLines
        let nodes = [try await TrialHouse.counter(lines, twins[0], keyring, clock, isNew: true), try await TrialHouse.counter(lines, twins[1], keyring, clock, isNew: false)]
        var races = PaymentRaces(nodes)
        races.callers = 4
        for round in 1 ... 3 {
            let result = try await races.round(round)
            #expect(result.failures == [] && result.attempts > 25 && result.told > 0 && result.covered > 0, "第 \(round) 轮：\(result)")
        }
    }

    /// Our own statements, on either engine; what fails inside the engine is tried by `bench/failing-disk`.
    @Test("第 n 条语句失败：磁盘满、读写出错、答复丢失，月份接着办到办结，结果一样", arguments: ["full", "io", "lost"])
    func everySoManyStatements(_ kind: String) async throws {
        let faulty = FaultyDatabase(try await TestDatabase.make()), clock = VirtualClock(CivilDate(written: 2026, 6, 10))
        let counter = try await TrialHouse.counter(bureau, faulty, try Keyring.ephemeral(), clock, isNew: true)
        try await CrashMonth.prepare(counter)
        var expected = "", number = 1, place = 0
        while true {
            let community = CrashCommunity(place), notes = notes()
            try await CrashMonth.settle(6, in: community, counter)
            faulty.arm(place == 0 ? nil : kind == "lost" ? .lostAnswer(number) : .statement(number, kind == "full" ? .full : .io("演练")))
            let before = faulty.fired
            for _ in 0 ..< 4 {
                do { try await CrashMonth(counter, community, notes: notes).drive(); break } catch let error as StorageError { #expect("\(error)".contains("再重做这一步"), "\(error)") }
            }
            let fired = faulty.fired > before
            faulty.arm(nil)
            let fingerprint = try await CrashVerdict.fingerprint(of: community, faulty)
            if place == 0 { expected = fingerprint }
            #expect(fingerprint == expected, "第 \(number) 条")
            #expect(try await CrashVerdict.faults(of: community, counter, notes: notes) == [])
            guard place == 0 || fired else { break }
            if place > 0 { number += kind == "lost" ? 5 : 61 }
            place += 1
        }
        #expect(place > 4)
        #expect(try await CrashVerdict.faults(counter) == [])
    }

    @Test("高龄津贴标准晚发布、早生效：已发的月份补差额")
    func lateRaise() async throws {
        let clock = VirtualClock(CivilDate(written: 2026, 6, 10)), database = try await TestDatabase.make()
        let counter = try await TrialHouse.counter(bureau, database, try Keyring.ephemeral(), clock, isNew: true)
        try await CrashMonth.prepare(counter)
        let community = CrashCommunity(0)
        try await CrashMonth.settle(3, in: community, counter)
        try await CrashMonth(counter, community, notes: notes()).drive()
        func act(_ name: String, _ values: [String: String], _ role: Role, _ person: UInt8) async throws -> String {
            let actor = Actor(user: ID(at: Instant(secondsSince1970: 2), random: [UInt8](repeating: person, count: 10)), name: "试\(role.label)", role: role, region: .country)
            return try await counter.submit(Submission(name, id: .make(at: clock.now()), values: RawFields(values.mapValues { .typed($0) })), as: actor).outcome.subject
        }
        let ruling = try await act("rulings.draft-ruling", [
            "policy": "elder-allowance-rate", "variant": "80", "region": "000181", "from_on": "2026-06-01", "value": "65.00", "cite": "试〔2026〕1号",
        ], .policyOfficer, 6)
        _ = try await act("rulings.publish-ruling", ["ruling": ruling], .leader, 4)
        clock.set(CivilDate(written: 2026, 7, 10))
        let run: ID<PaymentRun> = try ID(typed: try await act("payments.open-month", ["region": "000181", "month": "2026-07", "programme": "elder-allowance", "channel": "bank"], .countyReviewer, 1))
        try await PaymentWork(counter: counter).runToEnd(of: run)
        let lines = try await database.read { connection in
            try connection.all("SELECT month, reason, amount_fen FROM payment_line WHERE run_id = \(run) ORDER BY number") { "\(try $0.read(0) as String) \(try $0.read(1) as String) \(try $0.read(2) as Int)" }
        }
        #expect(lines == Array(repeating: "2026-07 changed 6500", count: 3) + Array(repeating: "2026-06 arrears 1500", count: 3))
    }
}
