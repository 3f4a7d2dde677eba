import Values

/// 保障金计算方法的选择; its amounts are rulings of their own.
enum MethodChoice: String, CodeList {
    case gap, gapWithCoefficient = "gap-with-coefficient", householdTier = "household-tier", memberTier = "member-tier"

    var label: String {
        switch self {
        case .gap: "补差"
        case .gapWithCoefficient: "补差，按分类救助系数"
        case .householdTier: "按家庭类别分档"
        case .memberTier: "按成员分档"
        }
    }
}

/// 国家规定没有写明、由当地规定的人员。
enum LocalMember: String, CodeList {
    case soldier, longAbsent = "long-absent", postgraduate

    var label: String {
        switch self {
        case .soldier: "现役义务兵"
        case .longAbsent: "长期外出人员"
        case .postgraduate: "在校研究生"
        }
    }
}

/// 就业成本的基数。
enum JobCostChoice: String, CodeList {
    case none, standard, wage, minimumWage = "minimum-wage"

    var label: String {
        switch self {
        case .none: "不扣减"
        case .standard: "保障标准"
        case .wage: "本人工资"
        case .minimumWage: "最低工资标准"
        }
    }
}

/// 按户补助的种类。
enum HouseholdAllowanceKind: String, CodeList {
    case electricity, heating, gas, other

    var label: String {
        switch self {
        case .electricity: "电费补贴"
        case .heating: "取暖补贴"
        case .gas: "燃气补贴"
        case .other: "其他按户补助"
        }
    }
}

/// 单人户保障金计算的选择。
enum SingleAmountChoice: String, CodeList {
    case standardLessOwnIncome = "standard-less-own-income", fullOrShare = "full-or-share", shareOfStandard = "share-of-standard", fixed

    var label: String {
        switch self {
        case .standardLessOwnIncome: "标准减去本人收入"
        case .fullOrShare: "按家庭人均收入全额或者按比例"
        case .shareOfStandard: "标准的一定比例"
        case .fixed: "定额"
        }
    }
}
