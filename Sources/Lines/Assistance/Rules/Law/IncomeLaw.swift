import Values

/// 就业成本扣减。Taken from the wage of an employed member, never more than the wage.
struct JobCost: Hashable, Sendable {
    enum Basis: Hashable, Sendable {
        case standard
        case wage
        case minimumWage(Money)
    }

    var basis: Basis
    var ratio: BasisPoints
    /// 是：每名就业成员各扣一次；否：每户只扣一次。
    var perEmployedMember = true
    /// 每人每月扣减上限。
    var cap: Money?
}

/// 刚性支出扣减规定。
struct RigidCostRule: Hashable, Sendable {
    var kind: RigidCostKind
    /// 只扣超过部分。
    var threshold: Money = .zero
    var share = BasisPoints.percent(100)
    var cap: Money?
}

/// 刚性支出扣减。
struct RigidCostLaw: Hashable, Sendable {
    var rules: [RigidCostRule]
    var stacking: Stacking
}

/// 赡养（抚养、扶养）费核算。
///
/// payable = (supporter's per head − threshold) × size × ratio ÷ persons supported, for each of them.
struct SupportLaw: Hashable, Sendable {
    /// 起算线为保障标准的倍数。
    var thresholdMultiple: BasisPoints
    /// 有两个及以下子女分担时的比例。
    var ratio: BasisPoints
    /// 三个及以上子女分担时的比例；nil 表示不区分。
    var ratioFromThree: BasisPoints?
    /// 实际给付较高时按实际给付计算。
    var actualIfHigher: Bool
}
