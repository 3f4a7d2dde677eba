import Testing
import Values
@testable import Assistance

/// Assets and what becomes of them under the limits of `PropertyTests.limits`.
struct PropertyCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let assets: Assets
    let decision: AllowanceDecision
    let code: ReasonCode

    init(_ what: String, _ assets: Assets, _ decision: AllowanceDecision, _ code: ReasonCode = .propertyWithin) {
        (testDescription, self.assets, self.decision, self.code) = (what, assets, decision, code)
    }
}

@Suite("家庭财产")
struct PropertyTests {
    /// 标准 1000，两人：货币财产人均不高于年标准的两倍，共 48,000 元。
    static let limits = PropertyLimits(
        money: .init(MoneyLimit(multipleOfYearlyStandard: .percent(200), strictness: .belowOrEqual)),
        vehicles: .init(VehicleLimit(allowed: 1, exempt: [.mobilityAid], maximumValue: .yuan(50000))),
        dwellings: .init(DwellingLimit(allowed: 1, oneMoreWithinPerHead_m2: 30)),
        nonDwellings: .init(0), companyCapital: .init(.yuan(100000)))

    private static let shop = Exemption(reason: "无雇员的小商铺，维持基本生活", evidence: "入户调查表")

    static let cases: [PropertyCase] = [
        .init("没有财产", .none, .approve),
        .init("货币财产恰好等于限额", Assets(money: .yuan(48000)), .approve),
        .init("多一分", Assets(money: Money(fen: 4_800_001)), .refuse, .propertyMoney),
        .init("货币财产不明", Assets(money: nil), .cannotDecide, .propertyUnknown),
        .init("车辆恰好等于限价", Assets(vehicles: [Vehicle(kind: .car, value: .yuan(50000))]), .approve),
        .init("车辆超过限价", Assets(vehicles: [Vehicle(kind: .car, value: Money(fen: 5_000_001))]), .refuse, .propertyVehicle),
        .init("车辆没有估价", Assets(vehicles: [Vehicle(kind: .car)]), .cannotDecide, .propertyUnknown),
        .init("两辆车", Assets(vehicles: [Vehicle(kind: .car, value: .yuan(1)), Vehicle(kind: .car, value: .yuan(1))]),
              .refuse, .propertyVehicle),
        .init("一辆车和一辆代步车", Assets(vehicles: [Vehicle(kind: .car, value: .yuan(1)), Vehicle(kind: .mobilityAid)]), .approve),
        .init("两套住房，人均恰好 30 平方米", Assets(dwellings: [Dwelling(area_m2: 40), Dwelling(area_m2: 20)]), .approve),
        .init("两套住房，多一平方米", Assets(dwellings: [Dwelling(area_m2: 40), Dwelling(area_m2: 21)]), .refuse, .propertyHousing),
        .init("三套小住房", Assets(dwellings: Array(repeating: Dwelling(area_m2: 10), count: 3)), .refuse, .propertyHousing),
        .init("一间商铺", Assets(nonDwellings: [NonDwelling(name: "商铺")]), .refuse, .propertyHousing),
        .init("商铺是唯一住所", Assets(nonDwellings: [NonDwelling(name: "商铺", isOnlyHome: true)]), .approve),
        .init("出资恰好等于限额", Assets(companies: [Company(name: "甲商行", subscribed: .yuan(100000))]), .approve),
        .init("出资超过限额", Assets(companies: [Company(name: "甲商行", subscribed: Money(fen: 10_000_001))]),
              .refuse, .propertyBusiness),
        .init("个案豁免", Assets(companies: [Company(name: "甲商行", subscribed: .yuan(900000), exemption: shop)]), .approve),
        .init("消费线索未说明", Assets(consumption: [ConsumptionFlag(name: "出境旅游")]), .cannotDecide, .propertyUnknown),
        .init("消费线索已说明", Assets(consumption: [ConsumptionFlag(name: "出境旅游", explanation: "由亲属承担费用")]), .approve),
    ]

    @Test("限额的两侧", arguments: cases)
    func limit(_ c: PropertyCase) throws {
        var household = try adults(2, income: .yuan(500))
        household.property = .declared(c.assets)
        let result = try assess(household, under: law(standard: 1000) { $0.property = PropertyTests.limits }, on: day(judged))
        #expect(result.decision == c.decision)
        #expect(result.codes.contains(c.code))
        if c.decision != .approve { #expect(result.reasons.allSatisfy { $0.remedy != nil }) }
    }

    @Test("有财产而没有限额：不能计算", arguments: [
        Assets(money: .yuan(1)), Assets(vehicles: [Vehicle(kind: .motorcycle)]), Assets(dwellings: [Dwelling(area_m2: 50)]),
        Assets(nonDwellings: [NonDwelling(name: "车库")]), Assets(companies: [Company(name: "甲商行", subscribed: .yuan(1))]),
    ])
    func gap(_ assets: Assets) throws {
        var household = try adults(1, income: .zero)
        household.property = .declared(assets)
        let refusal = #expect(throws: Refusal.self) { try assess(household, under: law(standard: 800), on: day(judged)) }
        #expect(refusal?.kind == .gap)
    }

    @Test("说明哪项财产需要不同")
    func remedy() throws {
        var household = try adults(2, income: .yuan(500))
        household.property = .declared(Assets(money: .yuan(50000)))
        let result = try assess(household, under: law(standard: 1000) { $0.property = PropertyTests.limits }, on: day(judged))
        #expect(result.reasons.first?.remedy == "家庭货币财产需不高于 48,000.00 元，现为 50,000.00 元，高出 2,000.00 元")
    }
}
