@testable import Commons
import Kernel
import Testing
import Values

/// 就高、补差、择一、不得兼得。
struct OverlapTests {
    struct Case: Sendable {
        let outcome: OverlapOutcome, own: Int, other: Int, shares: [Int]
        var chosen: OverlapPair.Side?
        var open = (own: true, other: true)
        var waits = false
    }

    @Test("两项各发多少", arguments: [
        Case(outcome: .both, own: 100, other: 60, shares: [100, 60]),
        Case(outcome: .neither, own: 100, other: 60, shares: [0, 60]),
        Case(outcome: .neither, own: 100, other: 0, shares: [100, 0]),
        Case(outcome: .neither, own: 0, other: 60, shares: [0, 60]),
        Case(outcome: .higher, own: 100, other: 99, shares: [100, 0]),
        Case(outcome: .higher, own: 100, other: 100, shares: [0, 100]),          // 相等：发另一项
        Case(outcome: .higher, own: 100, other: 101, shares: [0, 101]),
        Case(outcome: .difference, own: 1274, other: 435, shares: [839, 435]),
        Case(outcome: .difference, own: 100, other: 99, shares: [1, 99]),
        Case(outcome: .difference, own: 100, other: 100, shares: [0, 100]),
        Case(outcome: .difference, own: 100, other: 101, shares: [0, 101]),
        Case(outcome: .chooseOnce, own: 100, other: 60, shares: [0, 60], waits: true),
        Case(outcome: .chooseOnce, own: 100, other: 60, shares: [100, 0], chosen: .own),
        Case(outcome: .chooseOnce, own: 100, other: 60, shares: [0, 60], chosen: .other),
        // 另一项已经签批：只有这一项能让。
        Case(outcome: .neither, own: 100, other: 60, shares: [0, 60], open: (true, false)),
        Case(outcome: .higher, own: 100, other: 60, shares: [40, 60], open: (true, false)),
        Case(outcome: .higher, own: 60, other: 100, shares: [0, 100], open: (true, false)),
        Case(outcome: .difference, own: 100, other: 60, shares: [40, 60], open: (true, false)),
        Case(outcome: .chooseOnce, own: 100, other: 60, shares: [0, 60], chosen: .own, open: (true, false), waits: true),
        // 这一项已经签批：另一项让到合起来正好。
        Case(outcome: .neither, own: 100, other: 60, shares: [100, 0], open: (false, true), waits: true),
        Case(outcome: .higher, own: 100, other: 60, shares: [100, 0], open: (false, true)),
        Case(outcome: .higher, own: 60, other: 100, shares: [60, 40], open: (false, true)),
        Case(outcome: .difference, own: 60, other: 100, shares: [60, 40], open: (false, true)),
        Case(outcome: .difference, own: 100, other: 60, shares: [100, 0], open: (false, true)),
        Case(outcome: .chooseOnce, own: 100, other: 60, shares: [100, 0], chosen: .other, open: (false, true), waits: true),
        // 都已签批：不动。
        Case(outcome: .neither, own: 100, other: 60, shares: [100, 60], open: (false, false)),
    ])
    func shares(_ c: Case) {
        let pair = OverlapPair(own: .yuan(c.own), other: .yuan(c.other), isOwnOpen: c.open.own, isOtherOpen: c.open.other, chosen: c.chosen)
        #expect(settle(pair, by: c.outcome) == OverlapShares(own: .yuan(c.shares[0]), other: .yuan(c.shares[1]), waits: c.waits))
    }

    /// An elder with a grant, and the bonus of 10 元 that declares the rule.
    private func office(_ outcome: OverlapOutcome, grant: Int, people: Int = 1) async throws -> (PayOffice, String) {
        let pay = try await PayOffice(), elder = try await pay.payee("试长者", born: 1925, sequence: 3)
        let others = people > 1 ? try await peopled(pay, people - 1) : []
        try await pay.grant("a", [elder] + others, grant, from: "2024-07")
        try await pay.rule(grantOverlap.ships(outcome, in: county, from: day(2020, 1, 1), cite: "试〔2020〕3号"))
        try await pay.fund()
        try await pay.fund("bonus")
        return (pay, elder)
    }

    private func told(_ pay: PayOffice, _ run: ID<PaymentRun>) async throws -> [[String]] {
        try await pay.lines(run).map { [$0.subject == "a" ? "grant" : "bonus", $0.reason, $0.code, "\($0.amount)"] }
    }

    @Test("同一批次里：按规定让一项，写明依据；再检查一次结果相同", arguments: [
        (OverlapOutcome.both, 100, [["grant", "new", "", "100"], ["bonus", "new", "", "10"]]),
        (.neither, 100, [["grant", "new", "", "100"], ["bonus", "held", "OVERLAP", "0"]]),
        (.higher, 100, [["grant", "new", "", "100"], ["bonus", "held", "OVERLAP", "0"]]),
        (.higher, 6, [["grant", "held", "OVERLAP", "0"], ["bonus", "new", "", "10"]]),
        (.difference, 6, [["grant", "new", "", "6"], ["bonus", "new", "OVERLAP_REDUCED", "4"]]),
        (.difference, 10, [["grant", "new", "", "10"], ["bonus", "held", "OVERLAP", "0"]]),
        (.chooseOnce, 100, [["grant", "new", "", "100"], ["bonus", "held", "OVERLAP_CHOICE", "0"]]),
    ])
    func together(_ outcome: OverlapOutcome, _ grant: Int, _ lines: [[String]]) async throws {
        let (pay, _) = try await office(outcome, grant: grant)
        let run = try await pay.open("2024-07", nil)
        for _ in 0 ..< 2 {
            try await pay.act("check-month", run, as: reviewer)
            #expect(try await told(pay, run) == lines)
            let sum = try await pay.count("SELECT CAST(coalesce(sum(amount_fen), 0) AS BIGINT) FROM payment_claim WHERE effective = 1")
            #expect(try await pay.proof(run).paid == Money(fen: Int64(sum)))
        }
        #expect(try await pay.verified() == [])
    }

    @Test("一户多人：只减兼得那个人的份额")
    func household() async throws {
        let (pay, _) = try await office(.higher, grant: 12, people: 2)
        let run = try await pay.open("2024-07", nil)
        try await pay.act("check-month", run, as: reviewer)
        #expect(try await told(pay, run) == [["grant", "new", "OVERLAP_REDUCED", "6"], ["bonus", "new", "", "10"]])
        let sentences = try await pay.counter.read(as: .house) { reader in
            let line = try reader.connection.value("SELECT payee_id FROM payment_line WHERE subject = 'a'") ?? ID<Person>.make(at: reader.now)
            return try reader.paidLines(of: line).flatMap { try reader.sentences(of: $0) }
        }
        #expect(sentences.contains { $0.contains("同月另有长者奖励 10.00 元，按规定就高享受一项（试〔2020〕3号）：减发 6.00 元") }, "\(sentences)")
    }

    @Test("另一项上一批已经发了：发差额，合起来不多一分", arguments: [
        ("grant", OverlapOutcome.higher, 6, "4"), ("grant", .difference, 6, "4"), ("grant", .higher, 10, "0"), ("grant", .neither, 6, "0"),
        ("bonus", .higher, 100, "90"), ("bonus", .higher, 10, "0"), ("bonus", .difference, 100, "90"), ("bonus", .neither, 100, "0"),
    ])
    func apart(_ first: String, _ outcome: OverlapOutcome, _ grant: Int, _ paid: String) async throws {
        let (pay, _) = try await office(outcome, grant: grant)
        try await pay.month("2024-07", first)
        let run = try await pay.open("2024-07", first == "grant" ? "bonus" : "grant")
        try await pay.act("check-month", run, as: reviewer)
        #expect(try await told(pay, run).map(\.last) == [paid])
        #expect(try await pay.verified() == [])
    }

    @Test("择一：没有选的先发一项；登记选择后再检查就换过来；没有限制的两项不用选")
    func choice() async throws {
        let (pay, elder) = try await office(.chooseOnce, grant: 100)
        let run = try await pay.open("2024-07", nil)
        try await pay.act("check-month", run, as: reviewer)
        func choose(_ chosen: String, _ declined: String, from: String = "2024-07") async throws {
            try await pay.office.submit("payments.choose-benefit", ["person": elder, "chosen": chosen, "declined": declined, "from_month": from, "note": "选择书一号"], as: reviewer)
        }
        #expect(try await pay.office.refusal { try await choose("bonus", "bonus") } == .invalid)
        #expect(try await pay.office.refusal { try await choose("bonus", "没有的") } == .absent)
        try await choose("长者奖励", "家庭补贴", from: "2024-08")
        try await pay.act("check-month", run, as: reviewer)
        #expect(try await told(pay, run).last == ["bonus", "held", "OVERLAP_CHOICE", "0"])      // 八月才起
        try await choose("bonus", "grant")
        try await pay.act("check-month", run, as: reviewer)
        #expect(try await told(pay, run) == [["grant", "held", "OVERLAP", "0"], ["bonus", "new", "", "10"]])
        try await choose("grant", "bonus")
        try await pay.act("check-month", run, as: reviewer)
        #expect(try await told(pay, run) == [["grant", "new", "", "100"], ["bonus", "held", "OVERLAP", "0"]])
        #expect(try await pay.verified() == [])
    }

    @Test("下一个月不变的算续发；往月减发的不再当作少发补出来")
    func nextMonth() async throws {
        let (pay, elder) = try await office(.difference, grant: 6)
        try await pay.month("2024-07", nil)
        pay.office.clock.set(day(2024, 8, 9))
        try await pay.office.database.write { try $0.run("UPDATE grant_due SET known_at = \(pay.office.clock.now()) WHERE subject = 'a'") }
        try await pay.office.submit("people.edit-person", ["person": elder, "address": "示范路二号"])
        let run = try await pay.open("2024-08", nil)
        try await pay.act("check-month", run, as: reviewer)
        let lines = try await pay.lines(run)
        #expect(lines.filter { $0.month == "2024-08" }.map { [$0.reason, $0.code, "\($0.amount)"] } == [["continued", "", "6"], ["continued", "OVERLAP_REDUCED", "4"]], "\(lines)")
        #expect(lines.filter { $0.month == "2024-07" }.allSatisfy { $0.amount == 0 }, "\(lines)")
        #expect(try await pay.verified() == [])
    }
}
