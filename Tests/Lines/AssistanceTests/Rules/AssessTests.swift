import Testing
import Values
@testable import Assistance

@Suite("审核的边界")
struct AssessTests {
    @Test("收入与标准：差一分、恰好、多一分", arguments: [
        //  家庭月收入（分）  比较方式                  结论                       金额（分）  理由
        (150_000 - 1, Strictness.below, AllowanceDecision.approve, 1, ReasonCode.incomeLow),
        (150_000, .below, .refuse, 0, .equalsStandard),
        (150_000 + 1, .below, .refuse, 0, .incomeNotLow),
        (150_000, .belowOrEqual, .approve, 0, .incomeLow),
        (150_000 + 1, .belowOrEqual, .refuse, 0, .incomeNotLow),
    ])
    func incomeBoundary(
        income: Int, strictness: Strictness, decision: AllowanceDecision, fen: Int, code: ReasonCode
    ) throws {
        let household = try adults(2, income: Money(fen: Int64(income)))
        let result = try assess(household, under: law(standard: 750) { $0.strictness = .init(strictness) }, on: day(judged))
        #expect(result.decision == decision)
        #expect(result.monthly == Money(fen: Int64(fen)))
        #expect(result.codes.contains(code))
        #expect(addsUp(result.lines))
    }

    @Test("不予确认时说明哪一事实需要不同", arguments: [
        (2400, "家庭月收入需低于 2,205.00 元，现为 2,400.00 元，高出 195.00 元"),
        (2205, "家庭月收入需低于 2,205.00 元，现为 2,205.00 元，恰好相等，至少需减少 0.01 元"),
    ])
    func remedy(income: Int, sentence: String) throws {
        let result = try assess(adults(3, income: .yuan(income)), under: law(standard: 735), on: day(judged))
        #expect(result.reasons.map(\.remedy) == [sentence])
    }

    @Test("收入按年折月不先取整：差一分之内也分得清")
    func exactIncome() throws {
        var household = try adults(1, income: .zero)
        household.sharedIncomes = [IncomeFacts(kind: .rent, amount: Money(fen: 880_001), span: .perYear)]
        // 8800.01 ÷ 12 = 733.3341…, just above 733.33; 8799.96 ÷ 12 is 733.33 exactly.
        let standard = law(standard: 0) { $0.standard = .init(.monthly(Money(fen: 73_333))) }
        #expect(try assess(household, under: standard, on: day(judged)).codes == [.incomeNotLow])
        household.sharedIncomes[0].amount = Money(fen: 879_996)
        #expect(try assess(household, under: standard, on: day(judged)).codes == [.equalsStandard])
        household.sharedIncomes[0].amount = Money(fen: 879_995)
        #expect(try assess(household, under: standard, on: day(judged)).decision == .approve)
    }

    @Test("标准按年公布：与年标准相比，折月的取整不放进恰好相等的", arguments: [
        (643_100 - 1, AllowanceDecision.approve), (643_100, .refuse), (643_100 + 1, .refuse),
    ])
    func yearlyBoundary(year: Int64, decision: AllowanceDecision) throws {
        let rural = law(standard: 0) { $0.standard = .init(.yearly(.yuan(6431), .fen)) }
        var household = try adults(1, income: .zero)
        household.sharedIncomes = [IncomeFacts(kind: .farming, amount: Money(fen: year), span: .perYear)]
        let result = try assess(household, under: rural, on: day(judged))
        #expect(result.decision == decision)
        #expect(addsUp(result.lines))
        if year == 643_100 { #expect(result.codes == [.equalsStandard]) }
    }

    @Test("没有成员、全部不计入")
    func nobody() throws {
        let refusal = #expect(throws: Refusal.self) { try assess(family([]), under: law(standard: 800), on: day(judged)) }
        #expect(refusal?.problems == [.init(["members"], "请至少填写一名家庭成员")])
        let prisoner = try person("self", .applicant, age: 40) { $0.status = .prison }
        let result = try assess(family([prisoner]), under: law(standard: 800), on: day(judged))
        #expect(result.decision == .refuse)
        #expect(result.codes == [.notHouseholdMember])
    }

    @Test("财产未核查时不作结论；收入已不符合则不必等待")
    func unknownProperty() throws {
        var poor = try adults(1, income: .yuan(100))
        poor.property = .unknown
        #expect(try assess(poor, under: law(standard: 800), on: day(judged)).decision == .cannotDecide)
        var rich = try adults(1, income: .yuan(900))
        rich.property = .unknown
        let refused = try assess(rich, under: law(standard: 800), on: day(judged))
        #expect(refused.decision == .refuse)
        #expect(refused.codes == [.incomeNotLow])
    }

    @Test("没有标准时不能计算，不借用别处的标准")
    func gap() throws {
        let refusal = #expect(throws: Refusal.self) {
            try assess(adults(1, income: .yuan(100)), under: law(standard: 0) { $0.standard = nil }, on: day(judged))
        }
        #expect(refusal?.kind == .gap)
        #expect(refusal?.message.contains("最低生活保障标准") == true)
    }

    @Test("不合理的数据逐项指出")
    func badFacts() throws {
        var bad = try adults(2, income: .yuan(-1))
        bad.members[1].birth = try day("2024-01-01")
        bad.members[1].disability = Disability(kind: .limb, grade: 5)
        bad.sharedIncomes = [IncomeFacts(kind: .gift, amount: Money(fen: .max))]
        let refusal = #expect(throws: Refusal.self) { try assess(bad, under: law(standard: 800), on: day(judged)) }
        #expect(refusal?.problems.map(\.path) == [
            ["members", "self", "incomes", "0", "amount_fen"], ["members", "m1", "birth"],
            ["members", "m1", "disability", "grade"], ["shared_incomes", "0", "amount_fen"],
        ])
        bad = try adults(2, income: .zero)
        bad.members[1].id = "self"
        #expect(throws: Refusal.self) { try assess(bad, under: law(standard: 800), on: day(judged)) }
    }

    @Test("不合理的规定不予试算", arguments: [
        { $0.standard = .init(.monthly(.zero)) }, { $0.floor = .init(BasisPoints(-1)) },
        { $0.windowMonths = .init(0) }, { $0.floor = .init(BasisPoints(value: .max)) },
    ] as [@Sendable (inout AllowanceLaw) -> Void])
    func badLaw(_ change: @Sendable (inout AllowanceLaw) -> Void) throws {
        #expect(throws: Refusal.self) { try assess(adults(1, income: .zero), under: law(standard: 800, change), on: day(judged)) }
    }

    @Test("所用规定和依据随结论列出")
    func consulted() throws {
        let cited = law(standard: 0) {
            $0.standard = .init(.monthly(.yuan(735)), id: "r-standard", source: Citation("示范市标准"))
        }
        let result = try assess(adults(3, income: .yuan(1000)), under: cited, on: day(judged))
        #expect(result.consulted.contains { $0.id == "r-standard" && $0.title == "最低生活保障标准" && $0.value == "每人每月 735.00 元" })
        #expect(result.consulted.contains { $0.title == "规则版本" })
        #expect(result.consulted.count == Set(result.consulted).count)
    }
}
