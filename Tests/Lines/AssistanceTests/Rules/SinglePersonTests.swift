import Testing
import Values
@testable import Assistance

@Suite("单人户")
struct SinglePersonTests {
    /// An applicant and a mother with an income; the standard is 800.
    private func pair(
        _ ground: SingleGround, family income: Int, _ change: (inout MemberFacts) -> Void = { _ in }
    ) throws -> HouseholdFacts {
        let two = try [
            person("self", .applicant, age: 30, change),
            person("mother", .parent, age: 55, wage: income) { $0.supportDuty = true },
        ]
        return family(two) { $0.claim = .single(member: "self", ground: ground) }
    }

    @Test("家庭收入上限为标准的 1.5 倍，严格低于", arguments: [
        (2399, AllowanceDecision.approveSingle), (2400, .refuse), (2401, .refuse),
    ])
    func limit(income: Int, decision: AllowanceDecision) throws {
        let household = try pair(.severelyDisabled, family: income) { $0.disability = Disability(kind: .limb, grade: 2) }
        let result = try assess(household, under: law(standard: 800), on: day(judged))
        #expect(result.decision == decision)
        #expect(result.monthly == (decision == .refuse ? .zero : .yuan(800)))
        #expect(addsUp(result.lines))
    }

    static let grounds: [(SingleGround, Bool, @Sendable (inout MemberFacts) -> Void)] = [
        (.severelyDisabled, true, { $0.disability = Disability(kind: .intellect, grade: 3) }),
        (.severelyDisabled, false, { $0.disability = Disability(kind: .limb, grade: 3) }),
        (.seriouslyIll, true, { $0.seriouslyIll = true }),
        (.seriouslyIll, false, { _ in }),
        (.religious, true, { $0.status = .religious }),
        (.religious, false, { _ in }),
        (.unemployedDisabledAdult, true, { $0.disability = Disability(kind: .sight, grade: 1) }),
        (.unemployedDisabledAdult, false, { ($0.disability, $0.employed) = (Disability(kind: .sight, grade: 1), true) }),
    ]

    @Test("情形的认定", arguments: grounds)
    func ground(_ ground: SingleGround, _ isMet: Bool, _ change: @Sendable (inout MemberFacts) -> Void) throws {
        let result = try assess(pair(ground, family: 1000, change), under: law(standard: 800), on: day(judged))
        #expect(result.decision == (isMet ? .approveSingle : .refuse))
        #expect(result.codes.contains(isMet ? .singleGround : .singleGroundNotMet))
    }

    @Test("服刑人员不能单独申请")
    func prisoner() throws {
        let household = try pair(.seriouslyIll, family: 0) { ($0.seriouslyIll, $0.status) = (true, .prison) }
        #expect(try assess(household, under: law(standard: 800), on: day(judged)).codes == [.notHouseholdMember])
    }

    @Test("成年无业重度残疾人自 2022 年 10 月 20 日起", arguments: [("2022-10-19", false), ("2022-10-20", true)])
    func sinceExpansion(date: String, isMet: Bool) throws {
        let household = try pair(.unemployedDisabledAdult, family: 9000) { $0.disability = Disability(kind: .sight, grade: 1) }
        #expect(try assess(household, under: law(standard: 800), on: day(date)).decision.isApproval == isMet)
    }

    @Test("供养人豁免：兄弟姐妹、满六十周岁", arguments: [
        (Kinship.parent, "1963-06-01", true), (.parent, "1963-06-02", false), (.sibling, "1999-01-01", true),
    ])
    func exemption(kinship: Kinship, born: String, isExempt: Bool) throws {
        let household = try pair(.unemployedDisabledAdult, family: 0) { $0.disability = Disability(kind: .sight, grade: 1) }
            .supported(by: SupporterFacts(
                id: "s1", name: "甲供养", kinship: kinship, birth: day(born),
                household: SupporterHousehold(size: 1, incomePerMonth: .yuan(1000)), supports: ["self"], supportedPersons: 1,
                paidPerMonth: .yuan(500)))
        let formula = SupportLaw(thresholdMultiple: .percent(100), ratio: .percent(50), actualIfHigher: true)
        let result = try assess(household, under: law(standard: 800) { $0.support = .init(formula) }, on: day(judged))
        #expect(result.monthly == .yuan(isExempt ? 800 : 300))
    }

    @Test("本人收入恰好等于标准则不符合", arguments: [(799, 1), (800, 0)])
    func ownIncome(own: Int, monthly: Int) throws {
        let household = try pair(.seriouslyIll, family: 0) {
            ($0.seriouslyIll, $0.incomes) = (true, [IncomeFacts(kind: .pension, amount: .yuan(own))])
        }
        #expect(try assess(household, under: law(standard: 800), on: day(judged)).monthly == .yuan(monthly))
    }

    @Test("全额与半额的界线在标准的两倍，含两倍", arguments: [(2800, 700), (2801, 350)])
    func fullOrHalf(income: Int, monthly: Int) throws {
        let rule = SinglePersonLaw(
            limits: [.seriouslyIll: .percent(500)], amount: .fullOrShare(fullUpTo: .percent(200), beyond: .percent(50)))
        let household = try pair(.seriouslyIll, family: income) { $0.seriouslyIll = true }
        let result = try assess(household, under: law(standard: 700) { $0.single = .init(rule) }, on: day(judged))
        #expect(result.monthly == .yuan(monthly))
    }

    @Test("当地没有规定的情形不能计算")
    func gap() throws {
        let refusal = #expect(throws: Refusal.self) {
            try assess(pair(.local, family: 0), under: law(standard: 800), on: day(judged))
        }
        #expect(refusal?.kind == .gap)
    }
}

@Suite("家庭类别建议")
struct HouseholdClassTests {
    @Test("A、B、C 类")
    func classes() throws {
        let worker = try person("self", .applicant, age: 40, wage: 500)
        let elder = try person("elder", .parent, age: 60)
        let ill = try person("ill", .spouse, age: 40) { $0.seriouslyIll = true }
        func suggested(_ members: [MemberFacts]) throws -> HouseholdClass {
            try suggestedClass(members, under: law(standard: 800), on: day(judged)).value
        }
        #expect(try suggested([elder, ill]) == .a)
        #expect(try suggested([worker, ill]) == .b)
        #expect(try suggested([worker, elder]) == .b)
        #expect(try suggested([worker]) == .c)
    }
}
