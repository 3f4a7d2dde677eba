import Values

/// 财产限额，均由当地规定。nil 表示当地没有规定：an asset of that kind then cannot be judged and is refused as a gap.
struct PropertyLimits: Hashable, Sendable {
    var money: Ruled<MoneyLimit>?
    var vehicles: Ruled<VehicleLimit>?
    var dwellings: Ruled<DwellingLimit>?
    /// 非居住用房的允许数量。
    var nonDwellings: Ruled<Int>?
    /// 认缴出资合计的上限，达到上限仍为符合。
    var companyCapital: Ruled<Money>?

    static let none = PropertyLimits()
}

/// 货币财产限额：人均不超过年保障标准的若干倍。
struct MoneyLimit: Hashable, Sendable {
    var multipleOfYearlyStandard: BasisPoints
    var strictness: Strictness
}

/// 车辆限额。
struct VehicleLimit: Hashable, Sendable {
    /// 允许的数量（豁免车型以外）。
    var allowed: Int
    var exempt: Set<VehicleKind> = []
    /// 允许车辆的单价上限；nil 表示不限。
    var maximumValue: Money?
}

/// 住房限额。
struct DwellingLimit: Hashable, Sendable {
    var allowed: Int
    /// 多一套时，全部住房的人均面积不超过此数仍为符合；nil 表示没有这一规定。
    var oneMoreWithinPerHead_m2: Int?
}
