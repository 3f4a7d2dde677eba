import Kernel
import Values

/// 扣减：job costs, rigid costs and the support that is reckoned.
struct DeductionsInQuestion: Shaped, Hashable {
    let jobCostBasis: JobCostChoice?
    let jobCostRatio: BasisPoints?
    let isPerMember: Bool?
    let jobCostCap: Amount?
    let minimumWage: Amount?
    let rigidCosts: [RigidCostRuleRow]
    let rigidStacking: Stacking?
    let supportThreshold: BasisPoints?
    let supportRatio: BasisPoints?
    let supportRatioFromThree: BasisPoints?
    let isActualIfHigher: Bool?

    static let shape = Shape<DeductionsInQuestion> {
        Field(.jobCostChoice, \.jobCostBasis)
        Field(.jobCostRatio, \.jobCostRatio)
        Field(.jobCostPerMember, \.isPerMember)
        Field(.jobCostCap, \.jobCostCap)
        Field(.minimumWage, \.minimumWage)
        Each(.rigidCostRules, \.rigidCosts)
        Field(.rigidStacking, \.rigidStacking)
        Field(.supportThreshold, \.supportThreshold)
        Field(.supportRatio, \.supportRatio)
        Field(.supportRatioFromThree, \.supportRatioFromThree)
        Field(.supportActual, \.isActualIfHigher)
    }

    init(from reading: Reading<DeductionsInQuestion>) throws(Refusal) {
        jobCostBasis = try reading(.jobCostChoice)
        jobCostRatio = try reading(.jobCostRatio)
        isPerMember = try reading(.jobCostPerMember)
        jobCostCap = try reading(.jobCostCap)
        minimumWage = try reading(.minimumWage)
        rigidCosts = try reading(.rigidCostRules)
        rigidStacking = try reading(.rigidStacking)
        supportThreshold = try reading(.supportThreshold)
        supportRatio = try reading(.supportRatio)
        supportRatioFromThree = try reading(.supportRatioFromThree)
        isActualIfHigher = try reading(.supportActual)
        if let missing { throw .invalid(missing.message).at([missing.field]) }
    }

    private var missing: (field: String, message: String)? {
        if let jobCostBasis, jobCostBasis != .none, jobCostRatio == nil { return ("job_cost_ratio", "请填写就业成本扣减的比例") }
        if jobCostBasis == .minimumWage, minimumWage == nil { return ("minimum_wage_fen", "请填写最低工资标准") }
        if supportThreshold != nil, supportRatio == nil { return ("support_ratio", "请填写赡养（抚养、扶养）费的比例") }
        return nil
    }

    func apply(to law: inout AllowanceLaw) throws(Refusal) {
        if let basis, let jobCostRatio {
            law.jobCost = Ruled(JobCost(basis: basis, ratio: jobCostRatio, perEmployedMember: isPerMember ?? true, cap: jobCostCap?.money))
        }
        if !rigidCosts.isEmpty {
            law.rigidCosts = Ruled(RigidCostLaw(rules: rigidCosts.map(\.rule), stacking: rigidStacking ?? .sum))
        }
        if let supportThreshold, let supportRatio {
            law.support = Ruled(SupportLaw(
                thresholdMultiple: supportThreshold, ratio: supportRatio, ratioFromThree: supportRatioFromThree, actualIfHigher: isActualIfHigher ?? true))
        }
    }

    private var basis: JobCost.Basis? {
        switch jobCostBasis {
        case nil, .some(.none): nil
        case .standard: .standard
        case .wage: .wage
        case .minimumWage: minimumWage.map { .minimumWage($0.money) }
        }
    }
}

/// 刚性支出扣减一项。
struct RigidCostRuleRow: Entry, Hashable {
    let key: String
    let kind: RigidCostKind
    let threshold: Amount?
    let share: BasisPoints?
    let cap: Amount?

    static let shape = Shape<RigidCostRuleRow> {
        Field(.rigidCostKind, \.kind)
        Field(.rigidThreshold, \.threshold)
        Field(.rigidShare, \.share)
        Field(.rigidCap, \.cap)
    }

    init(from reading: Reading<RigidCostRuleRow>) throws(Refusal) {
        key = reading.key
        kind = try reading(.rigidCostKind)
        threshold = try reading(.rigidThreshold)
        share = try reading(.rigidShare)
        cap = try reading(.rigidCap)
    }

    var rule: RigidCostRule { RigidCostRule(kind: kind, threshold: threshold?.money ?? .zero, share: share ?? .percent(100), cap: cap?.money) }
}

extension Term where Value == JobCostChoice {
    static var jobCostChoice: Term<JobCostChoice> { Term("job_cost_basis", "就业成本的基数") }
}
extension Term where Value == BasisPoints {
    static var jobCostRatio: Term<BasisPoints> { Term("job_cost_ratio", "就业成本的比例") }
    static var rigidShare: Term<BasisPoints> { Term("share", "扣减比例") }
    static var supportThreshold: Term<BasisPoints> { Term("support_threshold", "赡养费起算线（标准的倍数）") }
    static var supportRatio: Term<BasisPoints> { Term("support_ratio", "赡养费的比例") }
    static var supportRatioFromThree: Term<BasisPoints> { Term("support_ratio_from_three", "三个及以上子女分担时的比例") }
}
extension Term where Value == Bool {
    static var jobCostPerMember: Term<Bool> { Term("job_cost_per_member", "按每名就业成员扣减") }
    static var supportActual: Term<Bool> { Term("support_actual_if_higher", "实际给付较高时按实际给付") }
}
extension Term where Value == Amount {
    static var jobCostCap: Term<Amount> { Term("job_cost_cap_fen", "就业成本上限") }
    static var minimumWage: Term<Amount> { Term("minimum_wage_fen", "最低工资标准") }
    static var rigidThreshold: Term<Amount> { Term("threshold_fen", "起点") }
    static var rigidCap: Term<Amount> { Term("cap_fen", "上限") }
}
extension Term where Value == [RigidCostRuleRow] {
    static var rigidCostRules: Term<[RigidCostRuleRow]> { Term("rigid_costs", "刚性支出扣减") }
}
extension Term where Value == Stacking {
    static var rigidStacking: Term<Stacking> { Term("rigid_stacking", "刚性支出的叠加") }
}
