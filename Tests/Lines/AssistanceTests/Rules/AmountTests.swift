import Testing
import Values
@testable import Assistance

@Suite("月保障金")
struct AmountTests {
    @Test("最低补差", arguments: [
        //  两人月收入   金额（元）   标准 985，最低补差 20%，即每人 197
        (1576, 394),                // 人均差额 197，恰好等于最低补差
        (1575, 395),                // 多一元
        (1577, 394),                // 少一元：补足
        (1969, 394),                // 差一元到标准
    ])
    func floor(income: Int, amount: Int) throws {
        let floored = law(standard: 985) { $0.floor = .init(.percent(20)) }
        #expect(try assess(adults(2, income: .yuan(income)), under: floored, on: day(judged)).monthly == .yuan(amount))
    }

    @Test("取整的方式和阶段", arguments: [
        //  三人月收入（分）  方式      单位（分）  阶段                                   金额（分）
        (100_000, Rounding.Mode.halfUp, 1, AmountRounding.Stage.perHousehold, 140_000),
        (100_000, .halfUp, 1, .perPerson, 140_001),      // 每人 466.666… → 466.67
        (100_000, .down, 1, .perPerson, 139_998),
        (100_000, .up, 100, .perPerson, 140_100),        // 每人 467 元
        (100_000, .down, 100, .perPerson, 139_800),
        (100_000, .halfUp, 1000, .perPerson, 141_000),   // 每人 470 元
        (100_050, .up, 100, .perHousehold, 140_000),
        (100_050, .down, 100, .perHousehold, 139_900),
        (100_050, .halfUp, 100, .perHousehold, 140_000), // 恰好五角进一
        (100_051, .halfUp, 100, .perHousehold, 139_900),
        (100_051, .none, 100, .perHousehold, 139_949),
    ])
    func rounding(income: Int, mode: Rounding.Mode, unit: Int, stage: AmountRounding.Stage, amount: Int) throws {
        let rounded = law(standard: 800) {
            $0.rounding = .init(AmountRounding(rounding: Rounding(mode: mode, unit: Money(fen: Int64(unit))), stage: stage))
        }
        let result = try assess(adults(3, income: Money(fen: Int64(income))), under: rounded, on: day(judged))
        #expect(result.monthly == Money(fen: Int64(amount)))
        #expect(addsUp(result.lines))
    }

    @Test("农村标准按年公布，折月取整", arguments: [
        //  年标准（元） 取整                                               月标准（分）
        (6431, Rounding.fen, 53_592), (6431, Rounding(mode: .up, unit: .yuan(1)), 53_600),
        (6431, Rounding(mode: .down, unit: .yuan(1)), 53_500), (6188, .fen, 51_567), (5964, .fen, 49_700),
    ])
    func yearlyStandard(yearly: Int, rounding: Rounding, fen: Int) throws {
        let rural = law(standard: 0) { $0.standard = .init(.yearly(.yuan(yearly), rounding)) }
        let result = try assess(adults(1, income: .zero), under: rural, on: day(judged))
        #expect(result.monthly == Money(fen: Int64(fen)))
    }

    @Test("年龄增发以生日为界", arguments: [
        ("1953-06-02", 0), ("1953-06-01", 10),     // 七十周岁
        ("1943-06-02", 10), ("1943-06-01", 20),    // 八十周岁
        ("2005-06-01", 0), ("2005-06-02", 30),     // 未满十八周岁
    ])
    func ages(born: String, percent: Int) throws {
        var household = try adults(1, income: .zero)
        household.members[0].birth = try day(born)
        let ratios: [AddOnCategory: BasisPoints] = [.elder70: .percent(10), .elder80: .percent(20), .minor: .percent(30)]
        for stacking in Stacking.allCases {
            let generous = law(standard: 1000) { $0.addOns = .init(AddOnLaw(ratios: ratios, stacking: stacking)) }
            let monthly = try assess(household, under: generous, on: day(judged)).monthly
            #expect(monthly == .yuan(1000 + 10 * percent))
        }
    }

    @Test("增发就高或者叠加；年龄、残疾各只计一次", arguments: [(Stacking.highestOnly, 300), (.sum, 700)])
    func stacking(stacking: Stacking, added: Int) throws {
        var household = try adults(1, income: .zero)
        household.members[0].birth = try day("1940-01-01")
        household.members[0].disability = Disability(kind: .mental, grade: 3)
        household.members[0].seriouslyIll = true
        let ratios: [AddOnCategory: BasisPoints] = [
            .elder60: .percent(10), .elder80: .percent(20), .severelyDisabled: .percent(20), .disabled: .percent(10),
            .seriouslyIll: .percent(30),
        ]
        let generous = law(standard: 1000) { $0.addOns = .init(AddOnLaw(ratios: ratios, stacking: stacking)) }
        #expect(try assess(household, under: generous, on: day(judged)).monthly == .yuan(1000 + added))
    }

    @Test("重度残疾的范围", arguments: [
        (DisabilityKind.limb, 2, true, true), (.limb, 3, false, false), (.mental, 3, false, true),
        (.intellect, 3, false, true), (.mental, 4, false, false), (.sight, 1, true, true),
    ])
    func severity(kind: DisabilityKind, grade: Int, firstTwo: Bool, withMental: Bool) {
        let disability = Disability(kind: kind, grade: grade)
        #expect(SevereDisability.firstTwoGrades.covers(disability) == firstTwo)
        #expect(SevereDisability.withMentalGrade3.covers(disability) == withMental)
        #expect(!SevereDisability.withMentalGrade3.covers(nil))
    }

    @Test("分档发放须先选定类别、档次和金额")
    func tiersMustBeChosen() throws {
        let classes = law(standard: 800) { $0.method = .init(.householdTier([.a: .yuan(495)])) }
        var household = try adults(1, income: .zero)
        #expect(throws: Refusal.self) { try assess(household, under: classes, on: day(judged)) }
        household.householdClass = .b
        let gap = #expect(throws: Refusal.self) { try assess(household, under: classes, on: day(judged)) }
        #expect(gap?.kind == .gap)
        household.householdClass = .a
        #expect(try assess(household, under: classes, on: day(judged)).monthly == .yuan(495))

        let tiers = law(standard: 800) { $0.method = .init(.memberTier([.otherMember: [.yuan(450), .yuan(570)]])) }
        household.members[0].tier = .otherMember
        #expect(throws: Refusal.self) { try assess(household, under: tiers, on: day(judged)) }
        household.members[0].tierAmount = .yuan(500)
        #expect(throws: Refusal.self) { try assess(household, under: tiers, on: day(judged)) }
        household.members[0].tierAmount = .yuan(570)
        #expect(try assess(household, under: tiers, on: day(judged)).monthly == .yuan(570))
    }

    @Test("系数类别没有选定、没有规定")
    func coefficients() throws {
        let beijing = law(standard: 310) { $0.method = .init(.gapWithCoefficient([.basic: .percent(100)])) }
        var household = try adults(1, income: .zero)
        let missing = #expect(throws: Refusal.self) { try assess(household, under: beijing, on: day(judged)) }
        #expect(missing?.problems.first?.path == ["members", "self", "coefficient_class"])
        household.members[0].coefficientClass = .priority
        let gap = #expect(throws: Refusal.self) { try assess(household, under: beijing, on: day(judged)) }
        #expect(gap?.kind == .gap)
    }
}
