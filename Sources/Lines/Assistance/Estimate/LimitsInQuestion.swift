import Kernel
import Values

/// 财产限额。
struct LimitsInQuestion: Shaped, Hashable {
    let money: BasisPoints?
    let moneyStrictness: Strictness?
    let vehicles: Int?
    let vehicleMaximum: Amount?
    let exempt: [ExemptVehicleRow]
    let dwellings: Int?
    let dwellingArea_m2: Int?
    let nonDwellings: Int?
    let companyCapital: Amount?

    static let shape = Shape<LimitsInQuestion> {
        Field(.moneyMultiple, \.money)
        Field(.moneyStrictness, \.moneyStrictness)
        Field(.vehicleLimit, \.vehicles)
        Field(.vehicleMaximum, \.vehicleMaximum)
        Each(.exemptVehicles, \.exempt)
        Field(.dwellingLimit, \.dwellings)
        Field(.dwellingArea, \.dwellingArea_m2)
        Field(.nonDwellingLimit, \.nonDwellings)
        Field(.companyCapital, \.companyCapital)
    }

    init(from reading: Reading<LimitsInQuestion>) throws(Refusal) {
        money = try reading(.moneyMultiple)
        moneyStrictness = try reading(.moneyStrictness)
        vehicles = try reading(.vehicleLimit)
        vehicleMaximum = try reading(.vehicleMaximum)
        exempt = try reading(.exemptVehicles)
        dwellings = try reading(.dwellingLimit)
        dwellingArea_m2 = try reading(.dwellingArea)
        nonDwellings = try reading(.nonDwellingLimit)
        companyCapital = try reading(.companyCapital)
    }

    func apply(to law: inout AllowanceLaw) {
        law.property.money = money.map { Ruled(MoneyLimit(multipleOfYearlyStandard: $0, strictness: moneyStrictness ?? .belowOrEqual)) }
        law.property.vehicles = vehicles.map { Ruled(VehicleLimit(allowed: $0, exempt: Set(exempt.map(\.kind)), maximumValue: vehicleMaximum?.money)) }
        law.property.dwellings = dwellings.map { Ruled(DwellingLimit(allowed: $0, oneMoreWithinPerHead_m2: dwellingArea_m2)) }
        law.property.nonDwellings = nonDwellings.map { Ruled($0) }
        law.property.companyCapital = companyCapital.map { Ruled($0.money) }
    }
}

/// 豁免车型一种。
struct ExemptVehicleRow: Entry, Hashable {
    let key: String
    let kind: VehicleKind

    static let shape = Shape<ExemptVehicleRow> { Field(.vehicleKind, \.kind) }

    init(from reading: Reading<ExemptVehicleRow>) throws(Refusal) {
        key = reading.key
        kind = try reading(.vehicleKind)
    }
}

/// 增发和按户补助。
struct AddOnsInQuestion: Shaped, Hashable {
    let ratios: [AddOnRow]
    let stacking: Stacking?
    let allowances: [HouseholdAllowanceRow]

    static let shape = Shape<AddOnsInQuestion> {
        Each(.addOnRatios, \.ratios)
        Field(.addOnStacking, \.stacking)
        Each(.householdAllowances, \.allowances)
    }

    init(from reading: Reading<AddOnsInQuestion>) throws(Refusal) {
        ratios = try reading(.addOnRatios)
        stacking = try reading(.addOnStacking)
        allowances = try reading(.householdAllowances)
    }

    func apply(to law: inout AllowanceLaw) {
        if !ratios.isEmpty {
            let byCategory = Dictionary(ratios.map { ($0.category, $0.ratio) }, uniquingKeysWith: { _, last in last })
            law.addOns = Ruled(AddOnLaw(ratios: byCategory, stacking: stacking ?? .highestOnly))
        }
        if !allowances.isEmpty { law.householdAllowances = Ruled(allowances.map { HouseholdAllowance(name: $0.name, perMonth: $0.amount.money) }) }
    }
}

/// 增发一类。
struct AddOnRow: Entry, Hashable {
    let key: String
    let category: AddOnCategory
    let ratio: BasisPoints

    static let shape = Shape<AddOnRow> {
        Field(.addOnCategory, \.category)
        Field(.ratio, \.ratio)
    }

    init(from reading: Reading<AddOnRow>) throws(Refusal) {
        key = reading.key
        category = try reading(.addOnCategory)
        ratio = try reading(.ratio)
    }
}

/// 按户补助一项。
struct HouseholdAllowanceRow: Entry, Hashable {
    let key: String
    let name: String
    let amount: Amount

    static let shape = Shape<HouseholdAllowanceRow> {
        Field(.allowanceName, \.name)
        Field(.amount, \.amount)
    }

    init(from reading: Reading<HouseholdAllowanceRow>) throws(Refusal) {
        key = reading.key
        name = try reading(.allowanceName)
        amount = try reading(.amount)
    }
}

extension Term where Value == BasisPoints {
    static var moneyMultiple: Term<BasisPoints> { Term("money_multiple", "货币财产（人均，年标准的倍数）") }
    static var ratio: Term<BasisPoints> { Term("ratio", "标准的比例") }
}
extension Term where Value == Strictness {
    static var moneyStrictness: Term<Strictness> { Term("money_strictness", "货币财产的比较") }
}
extension Term where Value == Int {
    static var vehicleLimit: Term<Int> { Term("vehicle_limit", "机动车辆（辆）") }
    static var dwellingLimit: Term<Int> { Term("dwelling_limit", "住房（套）") }
    static var dwellingArea: Term<Int> { Term("dwelling_area_m2", "多一套时人均面积上限（平方米）") }
    static var nonDwellingLimit: Term<Int> { Term("non_dwelling_limit", "非居住用房（处）") }
}
extension Term where Value == Amount {
    static var vehicleMaximum: Term<Amount> { Term("vehicle_maximum_fen", "车辆价值上限") }
    static var companyCapital: Term<Amount> { Term("company_capital_fen", "市场主体出资上限") }
}
extension Term where Value == [ExemptVehicleRow] {
    static var exemptVehicles: Term<[ExemptVehicleRow]> { Term("exempt_vehicles", "豁免的车型") }
}
extension Term where Value == [AddOnRow] {
    static var addOnRatios: Term<[AddOnRow]> { Term("ratios", "增发比例") }
}
extension Term where Value == Stacking {
    static var addOnStacking: Term<Stacking> { Term("stacking", "增发的叠加", hint: "不填视为就高") }
}
extension Term where Value == [HouseholdAllowanceRow] {
    static var householdAllowances: Term<[HouseholdAllowanceRow]> { Term("household_allowances", "按户补助") }
}
extension Term where Value == AddOnCategory {
    static var addOnCategory: Term<AddOnCategory> { Term("category", "增发对象") }
}
extension Term where Value == String {
    static var allowanceName: Term<String> { Term("name", "补助名称") }
}
