import Kernel
import Values

/// 分档和系数。
struct TiersInQuestion: Shaped, Hashable {
    let households: [HouseholdTierRow]
    let members: [MemberTierRow]
    let coefficients: [CoefficientRow]

    static let shape = Shape<TiersInQuestion> {
        Each(.householdTiers, \.households)
        Each(.memberTiers, \.members)
        Each(.coefficients, \.coefficients)
    }

    init(from reading: Reading<TiersInQuestion>) throws(Refusal) {
        households = try reading(.householdTiers)
        members = try reading(.memberTiers)
        coefficients = try reading(.coefficients)
    }

    func method(_ choice: MethodChoice) throws(Refusal) -> AllowanceMethod {
        switch choice {
        case .gap: return .gap
        case .gapWithCoefficient:
            guard !coefficients.isEmpty else { throw missing("coefficients", "请填写分类救助系数") }
            return .gapWithCoefficient(Dictionary(coefficients.map { ($0.group, $0.coefficient) }, uniquingKeysWith: { _, last in last }))
        case .householdTier:
            guard !households.isEmpty else { throw missing("household_tiers", "请填写各类家庭的保障金") }
            return .householdTier(Dictionary(households.map { ($0.group, $0.amount.money) }, uniquingKeysWith: { _, last in last }))
        case .memberTier:
            guard !members.isEmpty else { throw missing("member_tiers", "请填写各档次的保障金") }
            return .memberTier(Dictionary(grouping: members, by: \.tier).mapValues { $0.map(\.amount.money) })
        }
    }

    private func missing(_ field: String, _ message: String) -> Refusal { Refusal.invalid(message).at(["law", "tiers", field]) }
}

/// 一类家庭的保障金。
struct HouseholdTierRow: Entry, Hashable {
    let key: String
    let group: HouseholdClass
    let amount: Amount

    static let shape = Shape<HouseholdTierRow> {
        Field(.householdClass, \.group)
        Field(.amount, \.amount)
    }

    init(from reading: Reading<HouseholdTierRow>) throws(Refusal) {
        key = reading.key
        group = try reading(.householdClass)
        amount = try reading(.amount)
    }
}

/// 一档成员的保障金; a tier with several amounts has several rows.
struct MemberTierRow: Entry, Hashable {
    let key: String
    let tier: MemberTier
    let amount: Amount

    static let shape = Shape<MemberTierRow> {
        Field(.tier, \.tier)
        Field(.amount, \.amount)
    }

    init(from reading: Reading<MemberTierRow>) throws(Refusal) {
        key = reading.key
        tier = try reading(.tier)
        amount = try reading(.amount)
    }
}

/// 一类成员的系数。
struct CoefficientRow: Entry, Hashable {
    let key: String
    let group: CoefficientClass
    let coefficient: BasisPoints

    static let shape = Shape<CoefficientRow> {
        Field(.coefficientClass, \.group)
        Field(.coefficient, \.coefficient)
    }

    init(from reading: Reading<CoefficientRow>) throws(Refusal) {
        key = reading.key
        group = try reading(.coefficientClass)
        coefficient = try reading(.coefficient)
    }
}

/// 单人户。
struct SingleInQuestion: Shaped, Hashable {
    let limits: [SingleLimitRow]
    let strictness: Strictness?
    let amount: SingleAmountChoice?
    let fullUpTo: BasisPoints?
    let beyond: BasisPoints?
    let fixed: Amount?
    let shares: [SingleShareRow]
    let allowsAddOns: Bool?
    let exemptsSupport: Bool?

    static let shape = Shape<SingleInQuestion> {
        Each(.singleLimits, \.limits)
        Field(.strictness, \.strictness)
        Field(.singleAmount, \.amount)
        Field(.fullUpTo, \.fullUpTo)
        Field(.beyond, \.beyond)
        Field(.fixedAmount, \.fixed)
        Each(.singleShares, \.shares)
        Field(.allowsAddOns, \.allowsAddOns)
        Field(.exemptsSupport, \.exemptsSupport)
    }

    init(from reading: Reading<SingleInQuestion>) throws(Refusal) {
        limits = try reading(.singleLimits)
        strictness = try reading(.strictness)
        amount = try reading(.singleAmount)
        fullUpTo = try reading(.fullUpTo)
        beyond = try reading(.beyond)
        fixed = try reading(.fixedAmount)
        shares = try reading(.singleShares)
        allowsAddOns = try reading(.allowsAddOns)
        exemptsSupport = try reading(.exemptsSupport)
    }

    /// Where nothing is said, the national rule stands.
    func apply(to law: inout AllowanceLaw) throws(Refusal) {
        var single = SinglePersonLaw.national
        if !limits.isEmpty { single.limits = Dictionary(limits.map { ($0.ground, $0.multiple) }, uniquingKeysWith: { _, last in last }) }
        single.strictness = strictness ?? single.strictness
        single.addOnsAllowed = allowsAddOns ?? single.addOnsAllowed
        single.exemptsSiblingsAndElders = exemptsSupport ?? single.exemptsSiblingsAndElders
        single.amount = try chosenAmount()
        if single != .national { law.single = Ruled(single) }
    }

    private func chosenAmount() throws(Refusal) -> SingleAmount {
        switch amount {
        case nil, .standardLessOwnIncome: return .standardLessOwnIncome
        case .fullOrShare:
            guard let fullUpTo, let beyond else { throw missing("full_up_to", "请填写全额发放的倍数和超过后的比例") }
            return .fullOrShare(fullUpTo: fullUpTo, beyond: beyond)
        case .shareOfStandard:
            return .shareOfStandard(Dictionary(shares.map { ($0.ground, $0.ratio) }, uniquingKeysWith: { _, last in last }))
        case .fixed:
            guard let fixed else { throw missing("fixed_fen", "请填写单人户定额") }
            return .fixed(fixed.money)
        }
    }

    private func missing(_ field: String, _ message: String) -> Refusal { Refusal.invalid(message).at(["law", "single", field]) }
}

/// 一种情形的收入上限。
struct SingleLimitRow: Entry, Hashable {
    let key: String
    let ground: SingleGround
    let multiple: BasisPoints

    static let shape = Shape<SingleLimitRow> {
        Field(.limitGround, \.ground)
        Field(.multiple, \.multiple)
    }

    init(from reading: Reading<SingleLimitRow>) throws(Refusal) {
        key = reading.key
        ground = try reading(.limitGround)
        multiple = try reading(.multiple)
    }
}

/// 一种情形的发放比例。
struct SingleShareRow: Entry, Hashable {
    let key: String
    let ground: SingleGround
    let ratio: BasisPoints

    static let shape = Shape<SingleShareRow> {
        Field(.limitGround, \.ground)
        Field(.ratio, \.ratio)
    }

    init(from reading: Reading<SingleShareRow>) throws(Refusal) {
        key = reading.key
        ground = try reading(.limitGround)
        ratio = try reading(.ratio)
    }
}

extension Term where Value == [HouseholdTierRow] {
    static var householdTiers: Term<[HouseholdTierRow]> { Term("household_tiers", "按家庭类别分档") }
}
extension Term where Value == [MemberTierRow] {
    static var memberTiers: Term<[MemberTierRow]> { Term("member_tiers", "按成员分档") }
}
extension Term where Value == [CoefficientRow] {
    static var coefficients: Term<[CoefficientRow]> { Term("coefficients", "分类救助系数") }
}
extension Term where Value == [SingleLimitRow] {
    static var singleLimits: Term<[SingleLimitRow]> { Term("limits", "家庭人均收入上限") }
}
extension Term where Value == [SingleShareRow] {
    static var singleShares: Term<[SingleShareRow]> { Term("shares", "标准的比例") }
}
extension Term where Value == SingleGround {
    static var limitGround: Term<SingleGround> { Term("ground", "情形") }
}
extension Term where Value == SingleAmountChoice {
    static var singleAmount: Term<SingleAmountChoice> { Term("amount", "单人户保障金的计算") }
}
extension Term where Value == BasisPoints {
    static var coefficient: Term<BasisPoints> { Term("coefficient", "系数") }
    static var multiple: Term<BasisPoints> { Term("multiple", "标准的倍数") }
    static var fullUpTo: Term<BasisPoints> { Term("full_up_to", "全额发放的家庭人均收入（标准的倍数）") }
    static var beyond: Term<BasisPoints> { Term("beyond", "超过后的比例") }
}
extension Term where Value == Amount {
    static var fixedAmount: Term<Amount> { Term("fixed_fen", "定额") }
}
extension Term where Value == Bool {
    static var allowsAddOns: Term<Bool> { Term("add_ons_allowed", "可以增发") }
    static var exemptsSupport: Term<Bool> { Term("exempts_support", "兄弟姐妹、六十周岁以上供养人给付豁免") }
}
