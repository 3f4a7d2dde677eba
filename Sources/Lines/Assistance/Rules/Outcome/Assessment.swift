import Values

/// 审核结论。What the rules say of one household on one day, with everything a notice must print.
struct Assessment: Hashable, Sendable {
    let decision: AllowanceDecision
    let reasons: [AssessmentReason]
    /// 月保障金；zero unless approved.
    let monthly: Money
    let members: [MemberVerdict]
    let property: [PropertyFinding]
    /// 测算表，in the order of the arithmetic.
    let lines: [SheetLine]
    let suggestedClass: ClassSuggestion

    var countedMembers: Int { members.count { $0.counted } }

    /// 所用规定，each once, in the order of use.
    var consulted: [ConsultedRuling] {
        var seen: Set<ConsultedRuling> = []
        return lines.compactMap(\.ruling).filter { seen.insert($0).inserted }
    }
}

/// 结论。
enum AllowanceDecision: String, CodeList {
    case approve = "APPROVE", approveSingle = "APPROVE_SINGLE", refuse = "REJECT", cannotDecide = "CANNOT_DECIDE"

    var label: String {
        switch self {
        case .approve: "符合最低生活保障条件"
        case .approveSingle: "符合参照“单人户”纳入最低生活保障的条件"
        case .refuse: "不符合最低生活保障条件"
        case .cannotDecide: "材料不足，暂不能作出结论"
        }
    }

    var isApproval: Bool { self == .approve || self == .approveSingle }
}

/// 理由。
struct AssessmentReason: Hashable, Sendable {
    let code: ReasonCode
    let sentence: String
    /// 哪一事实需要不同：what would have to differ for another outcome; nil on a ground for approval.
    let remedy: String?
    let basis: Citation

    init(_ code: ReasonCode, _ sentence: String, remedy: String? = nil, basis: Citation) {
        self.code = code
        self.sentence = sentence
        self.remedy = remedy
        self.basis = basis
    }
}

/// 理由代码。
enum ReasonCode: String, CodeList {
    case incomeLow = "INCOME_LOW"
    case incomeNotLow = "INCOME_NOT_LOW"
    case equalsStandard = "PER_CAPITA_EQUAL_STANDARD"
    case propertyWithin = "PROPERTY_WITHIN"
    case propertyVehicle = "PROPERTY_VEHICLE"
    case propertyHousing = "PROPERTY_HOUSING"
    case propertyMoney = "PROPERTY_MONEY"
    case propertyBusiness = "PROPERTY_BUSINESS"
    case propertyOver = "PROPERTY_OVER"
    case propertyUnknown = "PROPERTY_UNKNOWN"
    case notHouseholdMember = "NOT_HOUSEHOLD_MEMBER"
    case singleGround = "SINGLE_GROUND"
    case singleGroundNotMet = "SINGLE_GROUND_NOT_MET"

    var label: String {
        switch self {
        case .incomeLow: "收入符合"
        case .incomeNotLow: "收入不低于规定"
        case .equalsStandard: "收入恰好等于规定"
        case .propertyWithin: "财产符合"
        case .propertyVehicle: "车辆超过规定"
        case .propertyHousing: "房产超过规定"
        case .propertyMoney: "货币财产超过规定"
        case .propertyBusiness: "经营性资产超过规定"
        case .propertyOver: "财产不符合规定"
        case .propertyUnknown: "财产情况不明"
        case .notHouseholdMember: "没有可以计入的家庭成员"
        case .singleGround: "属于单人户情形"
        case .singleGroundNotMet: "不属于单人户情形"
        }
    }
}

/// 成员认定。Whether one member counts, and why.
struct MemberVerdict: Hashable, Sendable {
    let member: String
    let name: String
    let counted: Bool
    /// 「在监狱服刑，不计入共同生活的家庭成员」
    let reason: String
    let basis: Citation
    let ruling: ConsultedRuling?
}

/// 财产项目的认定。
struct PropertyFinding: Hashable, Sendable {
    enum Result: Hashable, Sendable {
        case pass
        case fail(ReasonCode, remedy: String)
        case exempt(reason: String, evidence: String)
        case unknown(asks: String)
    }

    let item: String
    let result: Result
    /// What was found and what is allowed.
    let sentence: String
    let basis: Citation
    let ruling: ConsultedRuling?
}

/// 家庭类别建议。
struct ClassSuggestion: Hashable, Sendable {
    let value: HouseholdClass
    let reason: String
}
