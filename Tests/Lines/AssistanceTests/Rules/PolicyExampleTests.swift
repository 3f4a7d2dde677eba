import Testing
import Values
@testable import Assistance

/// One row of policy-examples.csv: its inputs as facts and law, its answer beside it.
struct PolicyExample: Sendable, CustomTestStringConvertible {
    let id: String
    let decision: AllowanceDecision
    let monthly: Money
    let reason: ReasonCode?
    let assessment: @Sendable () throws -> Assessment

    init(
        _ id: String, _ decision: AllowanceDecision, _ monthly: Money = .zero, because reason: ReasonCode? = nil,
        _ assessment: @escaping @Sendable () throws -> Assessment
    ) {
        (self.id, self.decision, self.monthly, self.reason, self.assessment) = (id, decision, monthly, reason, assessment)
    }

    var testDescription: String { id }
}

@Suite("低保算例")
struct PolicyExampleTests {
    @Test("结论、金额和测算表与算例相符", arguments: shortfallExamples + tierExamples + singleExamples + propertyExamples)
    func matches(_ example: PolicyExample) throws {
        let assessment = try example.assessment()
        #expect(assessment.decision == example.decision)
        #expect(assessment.monthly == example.monthly)
        if let reason = example.reason { #expect(assessment.codes == [reason]) }
        #expect(addsUp(assessment.lines))
    }
}

private func judge(_ household: HouseholdFacts, _ law: AllowanceLaw, on date: String = judged) throws -> Assessment {
    try assess(household, under: law, on: day(date))
}

private let shortfallExamples: [PolicyExample] = [
    PolicyExample("A001", .approve, .yuan(1200)) {
        let three = try [person("self", .applicant, age: 42, wage: 1500), person("spouse", .spouse, age: 40),
                         person("child", .child, age: 9)]
        return try judge(family(three), law(standard: 900))
    },
    PolicyExample("A002 就业成本为标准的 30%", .approve, .yuan(840)) {
        let three = try [person("self", .applicant, age: 38, wage: 1800), person("spouse", .spouse, age: 36),
                         person("child", .child, age: 6)]
        let ganzhou = law(standard: 800) { $0.jobCost = .init(JobCost(basis: .standard, ratio: .percent(30))) }
        return try judge(family(three), ganzhou)
    },
    PolicyExample("A003 社会保险费、土地流转收入", .approve, .yuan(600)) {
        let four = try [
            person("self", .applicant, age: 50, wage: 2600) {
                $0.outgoings = [Outgoing(kind: .insuranceAndTax, amount: .yuan(300))]
            },
            person("spouse", .spouse, age: 49), person("son", .child, age: 17),
            person("mother", .parent, age: 72) { $0.supportDuty = true },
        ]
        let rural = family(four) {
            $0.residence = .rural
            $0.sharedIncomes = [IncomeFacts(kind: .landTransfer, amount: .yuan(1200), span: .perYear)]
        }
        return try judge(rural, law(standard: 750))
    },
    PolicyExample("A005 最低补差", .approve, .yuan(394)) {
        try judge(adults(2, income: .yuan(1800)), law(standard: 985) { $0.floor = .init(.percent(20)) })
    },
    PolicyExample("A006 增发就高", .approve, .yuan(930)) {
        let couple = try [
            person("self", .applicant, age: 74) { $0.disability = Disability(kind: .limb, grade: 2) },
            person("spouse", .spouse, age: 69) { $0.incomes = [IncomeFacts(kind: .pension, amount: .yuan(500))] },
        ]
        let ratios: [AddOnCategory: BasisPoints] = [
            .elder70: .percent(10), .minor: .percent(10), .severelyDisabled: .percent(20), .seriouslyIll: .percent(30),
        ]
        let jilin = law(standard: 650) { $0.addOns = .init(AddOnLaw(ratios: ratios, stacking: .highestOnly)) }
        return try judge(family(couple), jilin)
    },
    PolicyExample("A007 分类救助系数", .approve, Money(fen: 676_50)) {
        let three = try [
            person("self", .applicant, age: 41, wage: 300) { $0.coefficientClass = .basic },
            person("spouse", .spouse, age: 40) { $0.coefficientClass = .lostWorkAbility },
            person("child", .child, age: 12) { $0.coefficientClass = .minor16 },
        ]
        // The row is of 2006, before either edition; spouse and minor child count under both.
        let beijing = law(standard: 310) {
            $0.edition = .init(.rules2012)
            $0.method = .init(.gapWithCoefficient([.minor16: .percent(110), .lostWorkAbility: .percent(105), .basic: .percent(100)]))
        }
        return try judge(family(three), beijing)
    },
    PolicyExample("A013 计入的成员", .approve, .yuan(300)) {
        let six = try [
            person("self", .applicant, age: 48, wage: 1800), person("spouse", .spouse, age: 47),
            person("son", .child, age: 20) { $0.study = Study(level: .bachelor, fullTime: true) },
            person("father", .parent, age: 70) { $0.status = .prison },
            person("brother", .sibling, age: 45) { $0.status = .religious },
            person("daughter", .child, age: 24) {
                ($0.coResident, $0.employed, $0.livesIndependently) = (false, true, true)
            },
        ]
        return try judge(family(six), law(standard: 700))
    },
    PolicyExample("A014 不计入的收入", .approve, .yuan(700)) {
        let couple = try [person("self", .applicant, age: 40, wage: 800), person("spouse", .spouse, age: 40)]
        let household = family(couple) {
            $0.sharedIncomes = [
                IncomeFacts(kind: .veterans, amount: .yuan(600)), IncomeFacts(kind: .basicPension, amount: .yuan(143)),
                IncomeFacts(kind: .scholarship, amount: .yuan(300)),
            ]
        }
        return try judge(household, law(standard: 750))
    },
    PolicyExample("A015 赡养费", .refuse, because: .incomeNotLow) {
        let couple = try [person("self", .applicant, age: 68), person("spouse", .spouse, age: 66)]
        let household = family(couple) {
            $0.supporters = [SupporterFacts(
                id: "s1", name: "甲义务", kinship: .child,
                household: SupporterHousehold(size: 3, incomePerMonth: .yuan(9000)),
                supports: ["self", "spouse"], supportedPersons: 2, paidPerMonth: .yuan(500))]
        }
        let formula = SupportLaw(thresholdMultiple: .percent(100), ratio: .percent(50), actualIfHigher: true)
        return try judge(household, law(standard: 800) { $0.support = .init(formula) })
    },
    // 2400 a year is 200 a month. The printed key (1800) forgets its own exemption of the award; the row's answer stands.
    PolicyExample("A048 计划生育奖励不计入，2012 年规定", .approve, .yuan(200)) {
        let three = try adults(3, income: .zero)
        var household = three
        household.sharedIncomes = [
            IncomeFacts(kind: .farming, amount: .yuan(3000), span: .perYear),
            IncomeFacts(kind: .familyPlanning, amount: .yuan(600), span: .perYear),
        ]
        return try judge(household, law(standard: 150) { $0.edition = .init(.rules2012) })
    },
]

private let tierExamples: [PolicyExample] = [
    PolicyExample("A008 按家庭类别分档", .approve, Money(fen: 1429_10)) {
        let three = try [
            person("self", .applicant, age: 76), person("spouse", .spouse, age: 68),
            person("grandson", .grandchild, age: 20) {
                ($0.supportDuty, $0.study) = (true, Study(level: .bachelor, fullTime: true))
            },
        ]
        let ratios: [AddOnCategory: BasisPoints] = [
            .elder70: .percent(30), .minor: .percent(30), .severelyDisabled: .percent(50), .seriouslyIll: .percent(50),
        ]
        let baoji = law(standard: 0) {
            $0.standard = .init(.yearly(.yuan(5964), .fen))
            $0.method = .init(.householdTier([.a: .yuan(495), .b: .yuan(425), .c: .yuan(355)]))
            $0.addOns = .init(AddOnLaw(ratios: ratios, stacking: .highestOnly))
            $0.householdAllowances = .init([HouseholdAllowance(name: "电费补贴", perMonth: .yuan(5))])
        }
        return try judge(family(three) { $0.householdClass = .b }, baoji)
    },
    // The row gives no standard: a household without income is below every standard, so none is needed.
    PolicyExample("A009 按成员分档", .approve, .yuan(1840)) {
        let three = try [
            person("self", .applicant, age: 40) { $0.tier = .patientOrDisabled },
            person("spouse", .spouse, age: 40) { ($0.tier, $0.tierAmount) = (.otherMember, .yuan(450)) },
            person("child", .child, age: 10) { ($0.tier, $0.tierAmount) = (.otherMember, .yuan(570)) },
        ]
        let tiers: [MemberTier: [Money]] = [
            .patientOrDisabled: [.yuan(820)], .otherMember: [.yuan(450), .yuan(570)], .noLabour: [.yuan(570)],
            .weakLabour: [.yuan(450)], .stableLabour: [.yuan(370)],
        ]
        let xiuyu = law(standard: 0) { ($0.standard, $0.method) = (nil, .init(.memberTier(tiers))) }
        return try judge(family(three), xiuyu)
    },
]

private let singleExamples: [PolicyExample] = [
    PolicyExample("A010 沈阳单人保", .approveSingle, .yuan(350)) {
        let two = try [
            person("self", .applicant, age: 45) { $0.disability = Disability(kind: .limb, grade: 2) },
            person("father", .parent, age: 70) {
                ($0.supportDuty, $0.incomes) = (true, [IncomeFacts(kind: .pension, amount: .yuan(3000))])
            },
        ]
        let shenyang = law(standard: 700) {
            $0.single = .init(SinglePersonLaw(
                limits: [.severelyDisabled: .percent(300), .seriouslyIll: .percent(500)], strictness: .belowOrEqual,
                amount: .fullOrShare(fullUpTo: .percent(200), beyond: .percent(50))))
            $0.addOns = .init(AddOnLaw(ratios: [.severelyDisabled: .percent(20)], stacking: .highestOnly))
        }
        return try judge(family(two) { $0.claim = .single(member: "self", ground: .severelyDisabled) }, shenyang)
    },
    PolicyExample("A011 低保边缘家庭中的精神残疾三级", .approveSingle, .yuan(680)) {
        let two = try [
            person("self", .applicant, age: 30) {
                $0.disability = Disability(kind: .mental, grade: 3)
                $0.incomes = [IncomeFacts(kind: .gift, amount: .yuan(120))]
            },
            person("mother", .parent, age: 55, wage: 1960) { $0.supportDuty = true },
        ]
        let household = family(two) { $0.claim = .single(member: "self", ground: .severelyDisabled) }
        return try judge(household, law(standard: 800))
    },
    PolicyExample("A012 成年无业重度残疾人", .approveSingle, .yuan(720)) {
        let one = try [person("self", .applicant, age: 35) { $0.disability = Disability(kind: .sight, grade: 1) }]
        let household = try family(one) { household in
            household.claim = .single(member: "self", ground: .unemployedDisabledAdult)
            household.sharedIncomes = [IncomeFacts(kind: .other, amount: .yuan(2000))]
        }.supported(by: SupporterFacts(
            id: "s1", name: "甲父", kinship: .parent, birth: MemberFacts.birth(ofAge: 66, on: day(judged)),
            supports: ["self"], supportedPersons: 1, paidPerMonth: .yuan(500)))
        return try judge(household, law(standard: 720))
    },
]

private let propertyExamples: [PolicyExample] = [
    PolicyExample("A016 小型轿车", .refuse, because: .propertyVehicle) {
        var household = try adults(1, income: .yuan(300))
        household.property = .declared(Assets(vehicles: [Vehicle(kind: .car, value: .yuan(60000))]))
        return try judge(household, law(standard: 800) { $0.property.vehicles = .init(VehicleLimit(allowed: 0)) })
    },
    PolicyExample("A017 残疾人代步车豁免", .approve, .yuan(600)) {
        var household = try adults(1, income: .yuan(200))
        household.property = .declared(Assets(vehicles: [Vehicle(kind: .mobilityAid)]))
        let exempting = law(standard: 800) {
            $0.property.vehicles = .init(VehicleLimit(allowed: 0, exempt: [.mobilityAid, .motorcycle]))
        }
        return try judge(household, exempting)
    },
]

extension HouseholdFacts {
    func supported(by supporter: SupporterFacts) -> HouseholdFacts {
        var household = self
        household.supporters.append(supporter)
        return household
    }
}
