import Testing
import Values
@testable import Assistance

@Suite("家庭月收入")
struct IncomeTests {
    private func monthly(_ household: HouseholdFacts, _ law: AllowanceLaw) throws -> ExactMoney {
        let verdicts = try countedMembers(of: household, under: law, on: day(judged))
        let income = try countedIncome(of: household, counting: verdicts, under: law, on: day(judged))
        #expect(addsUp(income.lines))
        return income.perMonth
    }

    @Test("就业成本", arguments: [
        //  工资  依据                          比例  上限   计入
        (1800, JobCost.Basis.standard, 30, Int?.none, 1560),
        (200, .standard, 30, nil, 0),                       // 不扣成负数
        (1800, .wage, 10, nil, 1620),
        (1800, .minimumWage(.yuan(1500)), 10, nil, 1650),
        (1800, .standard, 100, 500, 1300),
        (0, .standard, 30, nil, 0),
    ])
    func jobCost(wage: Int, basis: JobCost.Basis, ratio: Int, cap: Int?, counted: Int) throws {
        let cost = JobCost(basis: basis, ratio: .percent(ratio), cap: cap.map(Money.yuan))
        let household = try adults(1, income: .yuan(wage))
        #expect(try monthly(household, law(standard: 800) { $0.jobCost = .init(cost) }) == ExactMoney(.yuan(counted)))
    }

    @Test("两人就业：每人一次或者每户一次", arguments: [(true, 2520), (false, 2760)])
    func twoEmployed(perMember: Bool, counted: Int) throws {
        var household = try adults(2, income: .yuan(1500))
        household.members[1].incomes = [IncomeFacts(kind: .wage, amount: .yuan(1500))]
        let cost = JobCost(basis: .standard, ratio: .percent(30), perEmployedMember: perMember)
        #expect(try monthly(household, law(standard: 800) { $0.jobCost = .init(cost) }) == ExactMoney(.yuan(counted)))
    }

    @Test("经营费用只抵经营收入；社会保险费抵全部收入，到零为止")
    func costs() throws {
        var household = try adults(1, income: .yuan(1000))
        household.members[0].incomes.append(IncomeFacts(kind: .business, amount: .yuan(300)))
        household.members[0].outgoings = [Outgoing(kind: .operatingCost, amount: .yuan(500))]
        #expect(try monthly(household, law(standard: 800)) == ExactMoney(.yuan(1000)))
        household.members[0].outgoings.append(Outgoing(kind: .insuranceAndTax, amount: .yuan(400)))
        #expect(try monthly(household, law(standard: 800)) == ExactMoney(.yuan(600)))
        household.members[0].outgoings[1].amount = .yuan(4000)
        #expect(try monthly(household, law(standard: 800)) == .zero)
    }

    @Test("核算期合计按月数折算", arguments: [(3, 1000), (6, 500), (12, 250)])
    func window(months: Int, counted: Int) throws {
        var household = try adults(1, income: .zero)
        household.members[0].incomes = [IncomeFacts(kind: .oddJobs, amount: .yuan(3000), span: .window)]
        #expect(try monthly(household, law(standard: 800) { $0.windowMonths = .init(months) }) == ExactMoney(.yuan(counted)))
    }

    @Test("刚性支出：超过部分、就高或者叠加、没有规定不扣", arguments: [(Stacking.sum, 1200), (.highestOnly, 1400)])
    func rigidCosts(stacking: Stacking, counted: Int) throws {
        var household = try adults(1, income: .yuan(2000))
        household.rigidCosts = [
            RigidCost(kind: .medical, amount: .yuan(7200), span: .perYear), RigidCost(kind: .education, amount: .yuan(500)),
            RigidCost(kind: .rent, amount: .yuan(900)),
        ]
        let rules = [RigidCostRule(kind: .medical), RigidCostRule(kind: .education, threshold: .yuan(300))]
        let place = law(standard: 800) { $0.rigidCosts = .init(RigidCostLaw(rules: rules, stacking: stacking)) }
        #expect(try monthly(household, place) == ExactMoney(.yuan(counted)))
        #expect(try monthly(household, law(standard: 800)) == ExactMoney(.yuan(2000)))
    }

    @Test("不计入的成员，收入也不计入")
    func outsiders() throws {
        let two = try [
            person("self", .applicant, age: 40, wage: 500),
            person("prisoner", .spouse, age: 40, wage: 9000) { $0.status = .prison },
        ]
        #expect(try monthly(family(two), law(standard: 800)) == ExactMoney(.yuan(500)))
    }

    @Test("精确金额：不取整地除，再乘回来")
    func exactMoney() {
        let third = ExactMoney(.yuan(100)) / 3
        #expect(!third.isWhole)
        #expect(third.shown == "约 33.33 元")
        #expect(third * 3 == ExactMoney(.yuan(100)))
        #expect((third * BasisPoints.percent(30)).rounded(.fen) == .yuan(10))
        #expect((-third).rounded(Rounding(mode: .up, unit: .yuan(1))) == .yuan(-34))
        #expect((ExactMoney.zero - third).floored == .zero)
    }
}

@Suite("赡养（抚养、扶养）费")
struct SupportTests {
    /// One child of a couple, supporting both.
    private func household(_ change: (inout SupporterFacts) -> Void) throws -> HouseholdFacts {
        var supporter = SupporterFacts(
            id: "s1", name: "甲义务", kinship: .child,
            household: SupporterHousehold(size: 3, incomePerMonth: .yuan(3000)), supports: ["self", "m1"],
            supportedPersons: 2, paidPerMonth: .yuan(100))
        change(&supporter)
        return try adults(2, income: .zero).supported(by: supporter)
    }

    private func due(_ household: HouseholdFacts, actualIfHigher: Bool = true) throws -> ExactMoney {
        let formula = SupportLaw(
            thresholdMultiple: .percent(100), ratio: .percent(50), ratioFromThree: .percent(40), actualIfHigher: actualIfHigher)
        let place = law(standard: 800) { $0.support = .init(formula) }
        return try supportLines(
            from: household.supporters[0], to: Set(household.members.map(\.id)), under: place).balance
    }

    static let cases: [(String, Int, @Sendable (inout SupporterFacts) -> Void)] = [
        ("人均 1000，超出 200 × 3 × 50%", 300, { _ in }),
        ("人均恰好等于起算线：只计实际给付", 100, { $0.household?.incomePerMonth = .yuan(2400) }),
        ("低于起算线也没有给付", 0, {
            $0.household = SupporterHousehold(size: 3, incomePerMonth: .yuan(2000))
            $0.paidPerMonth = .zero
        }),
        ("实际给付较高", 350, { $0.paidPerMonth = .yuan(350) }),
        ("三个子女分担，比例 40%", 240, { $0.sharingChildren = 3 }),
        ("另外赡养两人", 150, { $0.supportedPersons = 4 }),
        ("法院判决优先", 260, { $0.court = CourtOrder(perMonth: .yuan(260)) }),
        ("判决无法执行，按实际给付", 100, { $0.court = CourtOrder(perMonth: .yuan(260), unenforceable: true) }),
    ]

    @Test("核算", arguments: cases)
    func formula(_ name: String, _ yuan: Int, _ change: @Sendable (inout SupporterFacts) -> Void) throws {
        #expect(try due(household(change)) == ExactMoney(.yuan(yuan)))
    }

    @Test("没有计算办法、没有义务人情况")
    func missing() throws {
        let unknown = try household { $0.household = nil }
        let refusal = #expect(throws: Refusal.self) { try due(unknown) }
        #expect(refusal?.problems.map(\.path) == [["supporters", "s1", "household"]])
        let gap = #expect(throws: Refusal.self) {
            try assess(household { _ in }, under: law(standard: 800), on: day(judged))
        }
        #expect(gap?.kind == .gap)
        let over = try household { $0.supportedPersons = 1 }
        #expect(throws: Refusal.self) { try assess(over, under: law(standard: 800), on: day(judged)) }
    }
}
