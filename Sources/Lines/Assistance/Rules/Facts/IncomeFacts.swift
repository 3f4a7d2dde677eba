import Values

/// 一项收入。
struct IncomeFacts: Hashable, Sendable {
    var kind: IncomeKind
    /// 毛收入；costs are declared as outgoings of the member.
    var amount: Money
    var span: IncomeSpan = .perMonth
}

/// 一项扣除。What the law lets a member take off his income before it counts.
struct Outgoing: Hashable, Sendable {
    var kind: OutgoingKind
    var amount: Money
    var span: IncomeSpan = .perMonth
}

/// 家庭刚性支出一项。
struct RigidCost: Hashable, Sendable {
    var kind: RigidCostKind
    var amount: Money
    var span: IncomeSpan = .perMonth
}

/// 金额口径。
enum IncomeSpan: String, CodeList {
    case perMonth = "month", perYear = "year", window

    var label: String {
        switch self {
        case .perMonth: "每月"
        case .perYear: "每年"
        case .window: "核算期合计"
        }
    }
}

/// 收入类别。《最低生活保障审核确认办法》第十三条的四类收入。
enum IncomeCategory: String, CodeList {
    case wage, business, property, transfer, other

    var label: String {
        switch self {
        case .wage: "工资性收入"
        case .business: "经营净收入"
        case .property: "财产净收入"
        case .transfer: "转移净收入"
        case .other: "其他收入"
        }
    }
}

/// 收入项目。
enum IncomeKind: String, CodeList {
    case wage, oddJobs = "odd-jobs", business, farming
    case interest, rent, landTransfer = "land-transfer", dividend
    case pension, basicPension = "basic-pension", unemployment, supportFees = "support-fees", survivors, compensation, gift
    case veterans, familyPlanning = "family-planning", scholarship, bravery, assistance
    case elderAllowance = "elder-allowance", disabilitySubsidy = "disability-subsidy", childAllowance = "child-allowance"
    case reimbursement, injuryAid = "injury-aid", housingSubsidy = "housing-subsidy", other

    var label: String {
        switch self {
        case .wage: "工资"
        case .oddJobs: "零工收入"
        case .business: "经营收入"
        case .farming: "种植养殖收入"
        case .interest: "利息"
        case .rent: "房屋租金"
        case .landTransfer: "土地流转收入"
        case .dividend: "红利、集体分红"
        case .pension: "养老金、退休金"
        case .basicPension: "城乡居民基础养老金"
        case .unemployment: "失业保险金"
        case .supportFees: "赡养（抚养、扶养）费"
        case .survivors: "遗属补助金"
        case .compensation: "赔偿收入"
        case .gift: "接受馈赠、继承"
        case .veterans: "优待抚恤金"
        case .familyPlanning: "计划生育奖励与扶助金"
        case .scholarship: "奖学金"
        case .bravery: "见义勇为等奖励性补助"
        case .assistance: "政府救助款物"
        case .elderAllowance: "高龄津贴"
        case .disabilitySubsidy: "残疾人两项补贴"
        case .childAllowance: "孤儿、事实无人抚养儿童基本生活费"
        case .reimbursement: "医疗保险报销"
        case .injuryAid: "工伤、死亡的医疗护理丧葬及残疾辅助费用"
        case .housingSubsidy: "住房租赁补贴"
        case .other: "其他收入"
        }
    }

    var category: IncomeCategory {
        switch self {
        case .wage, .oddJobs: .wage
        case .business, .farming: .business
        case .interest, .rent, .landTransfer, .dividend: .property
        case .other: .other
        default: .transfer
        }
    }

    /// 不计入家庭收入的项目：《最低生活保障审核确认办法》第十三条。高龄津贴、住房租赁补贴等由当地另定。
    ///
    /// The central basic pension is left out of income during the 十四五 years; a ruling must carry it further.
    static let uncountedNationally: Set<IncomeKind> = [
        .veterans, .familyPlanning, .scholarship, .bravery, .assistance, .basicPension,
        .disabilitySubsidy, .childAllowance, .reimbursement,
    ]
}

/// 扣除项目。
enum OutgoingKind: String, CodeList {
    case insuranceAndTax = "insurance-and-tax", operatingCost = "operating-cost", propertyCost = "property-cost"
    case supportPaid = "support-paid"

    var label: String {
        switch self {
        case .insuranceAndTax: "社会保险费和个人所得税"
        case .operatingCost: "经营费用、生产性固定资产折旧和生产税"
        case .propertyCost: "取得财产收入的相关费用"
        case .supportPaid: "向户外人员支付的赡养（抚养、扶养）费"
        }
    }

    /// The category it is taken from, never below zero; nil: from all of the member's income.
    var category: IncomeCategory? {
        switch self {
        case .operatingCost: .business
        case .propertyCost: .property
        case .insuranceAndTax, .supportPaid: nil
        }
    }
}

/// 刚性支出项目。
enum RigidCostKind: String, CodeList {
    case medical, disability, care, education, rent

    var label: String {
        switch self {
        case .medical: "重病自负医疗费用"
        case .disability: "残疾康复照护支出"
        case .care: "照料重度残疾人"
        case .education: "教育支出"
        case .rent: "必要住房租金"
        }
    }
}
