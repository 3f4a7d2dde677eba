import Testing
import Values
@testable import Assistance

@Suite("决定以后的时间和金额")
struct AfterDecisionTests {
    @Test("A018 首个发放月", arguments: [
        //  决定日         申请日         起始规定                  首月
        ("2024-03-29", "2024-02-20", StartRule.nextMonthAfterDecision, "2024-04"),
        ("2024-03-01", "2024-02-20", .nextMonthAfterDecision, "2024-04"),
        ("2024-03-31", "2024-02-20", .nextMonthAfterDecision, "2024-04"),
        ("2024-12-31", "2024-11-20", .nextMonthAfterDecision, "2025-01"),
        ("2024-03-29", "2024-02-20", .decisionMonth, "2024-03"),
        ("2024-03-29", "2024-02-20", .applicationMonth, "2024-02"),
    ])
    func firstMonth(decided: String, applied: String, rule: StartRule, month: String) throws {
        #expect(try firstBenefitMonth(decided: day(decided), applied: day(applied), rule).typed == month)
    }

    @Test("停发月", arguments: [
        ("2024-05-10", "2024-07-20", StopRule.nextMonthAfterEvent, "2024-06"),
        ("2024-05-31", "2024-07-20", .nextMonthAfterEvent, "2024-06"),
        ("2024-05-10", "2024-07-20", .eventMonth, "2024-05"),
        ("2024-05-10", "2024-07-20", .nextMonthAfterDecision, "2024-08"),
    ])
    func stop(event: String, decided: String, rule: StopRule, month: String) throws {
        #expect(try stopMonth(event: day(event), decided: day(decided), rule).typed == month)
    }

    @Test("A019 办结日期", arguments: [
        //  受理          情形                           办结
        ("2024-09-20", AllowanceLimit.county, "2024-11-06"),
        ("2024-09-20", .countySpecial, "2024-11-27"),
        ("2024-09-20", .township, "2024-10-23"),
    ])
    func due(accepted: String, limit: AllowanceLimit, date: String) throws {
        let due = try AllowanceDeadlines.national2021.due(accepted: day(accepted), limit, .shipped)
        #expect(due == Due(date: try day(date), provisional: false))
    }

    @Test("公示期间停止计算时，办结日期顺延公示期内的工作日")
    func noticePausesTheClock() throws {
        var deadlines = AllowanceDeadlines.national2021
        let notice = try day("2024-10-14")..<day("2024-10-21")
        #expect(try deadlines.due(accepted: day("2024-09-20"), .county, notice: notice, .shipped).date == day("2024-11-06"))
        deadlines.noticePausesClock = .init(true)
        #expect(try deadlines.due(accepted: day("2024-09-20"), .county, notice: notice, .shipped).date == day("2024-11-13"))
    }

    @Test("2012 年的规定没有总时限")
    func noWholeLimitIn2012() throws {
        let refusal = #expect(throws: Refusal.self) {
            try AllowanceDeadlines.national2012.due(accepted: day("2013-03-01"), .county, .shipped)
        }
        #expect(refusal?.kind == .gap)
    }

    @Test("渐退期", arguments: [
        //     原金额           各月比例                       合计（元）
        ("A020", 900, [100, 100, 80, 80, 60, 60], 4320),
        ("A021", 600, [100, 50], 900),
        ("国家规定", 500, [100, 100, 100, 100, 100, 100], 3000),
        ("没有渐退", 500, [], 0),
    ])
    func exit(row: String, old: Int, shares: [Int], total: Int) throws {
        let plan = gradualExit(
            GradualExit(shares: shares.map(BasisPoints.percent)), of: .yuan(old), from: try Month(typed: "2011-11"))
        #expect(plan.reduce(.zero) { $0 + $1.amount } == .yuan(total))
        #expect(plan.map(\.month.typed) == Array(
            ["2011-11", "2011-12", "2012-01", "2012-02", "2012-03", "2012-04"].prefix(shares.count)))
    }

    @Test("A022 死亡后多发两个月")
    func overpaid() throws {
        let differences = recomputation(
            before: .yuan(2200), after: .yuan(1400), event: try day("2024-05-10"), decided: try day("2024-07-20"),
            known: try Month(typed: "2024-08"), .nextMonthAfterEvent)
        #expect(differences.map(\.month.typed) == ["2024-06", "2024-07"])
        #expect(differences.map(\.overpaid) == [.yuan(800), .yuan(800)])
        #expect(differences.overpaid == .yuan(1600))
        #expect(try deathReviewDue(day("2024-05-10")) == day("2024-08-10"))
    }

    @Test("标准提高后补发；及时更新则没有差额")
    func madeUp() throws {
        let july = try Month(typed: "2024-07")
        let late = recomputation(before: .yuan(700), after: .yuan(714), effective: july, known: july.adding(3))
        #expect(late.overpaid == .yuan(-42))
        #expect(recomputation(before: .yuan(700), after: .yuan(714), effective: july, known: july).isEmpty)
        #expect(recomputation(before: .yuan(700), after: .yuan(714), effective: july, known: july.previous).isEmpty)
    }

    @Test("A023 连续三次拒绝就业，只停本人份额")
    func refusedWork() throws {
        let limit = law(standard: 800).workRefusals
        let share = try refusedWorkShare(
            of: .yuan(1200), members: 3, ableToWork: true, consecutiveRefusals: 3, limit: limit)
        #expect(share == RefusedWorkShare(stopped: .yuan(400), remaining: .yuan(800)))
        let odd = try refusedWorkShare(of: .yuan(100), members: 3, ableToWork: true, consecutiveRefusals: 4, limit: limit)
        #expect(odd == RefusedWorkShare(stopped: Money(fen: 33_33), remaining: Money(fen: 66_67)))
        #expect(throws: Refusal.self) {
            try refusedWorkShare(of: .yuan(1200), members: 3, ableToWork: true, consecutiveRefusals: 2, limit: limit)
        }
        #expect(throws: Refusal.self) {
            try refusedWorkShare(of: .yuan(1200), members: 3, ableToWork: false, consecutiveRefusals: 3, limit: limit)
        }
    }

    @Test("下次复核月", arguments: [
        (HouseholdClass.a, "2024-03", "2025-03"), (.b, "2024-03", "2024-09"), (.c, "2024-10", "2025-04"),
    ])
    func review(group: HouseholdClass, last: String, next: String) throws {
        #expect(try reviewDue(group, last: Month(typed: last), under: law(standard: 800)).typed == next)
        let silent = law(standard: 800) { $0.reviewMonths = .init([:]) }
        #expect(throws: Refusal.self) { try reviewDue(group, last: Month(typed: last), under: silent) }
    }
}
