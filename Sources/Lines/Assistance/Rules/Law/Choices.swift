import Values

/// 规则版本。Which national procedure a case is judged by: the one in force on its acceptance date.
enum Edition: String, CodeList {
    case rules2012 = "2012", rules2021 = "2021"

    var label: String {
        switch self {
        case .rules2012: "民发〔2012〕220号"
        case .rules2021: "民发〔2021〕57号"
        }
    }

    /// - Returns: nil before 12 December 2012, when no national procedure was in force.
    static func inForce(on date: CivilDate) -> Edition? {
        let day = (date.year, date.month, date.day)
        if day >= (2021, 7, 1) { return .rules2021 }
        return day >= (2012, 12, 12) ? .rules2012 : nil
    }

    /// The national procedure of this edition at the article that governs; nil: the document as a whole.
    func cite(_ article2021: String?, _ article2012: String?) -> Citation {
        switch self {
        case .rules2021: .confirmation2021(article2021)
        case .rules2012: .approval2012(article2012)
        }
    }
}

/// 比较方式。「低于」is strict; a place that writes「（含）」lets the limit itself pass.
enum Strictness: String, CodeList {
    case below, belowOrEqual = "below-or-equal"

    var label: String {
        switch self {
        case .below: "低于"
        case .belowOrEqual: "不高于"
        }
    }

    func admits<T: Comparable>(_ value: T, _ limit: T) -> Bool {
        switch self {
        case .below: value < limit
        case .belowOrEqual: value <= limit
        }
    }
}

/// 叠加规则。
enum Stacking: String, CodeList {
    case highestOnly = "highest-only", sum

    var label: String {
        switch self {
        case .highestOnly: "就高享受，不叠加"
        case .sum: "可以叠加"
        }
    }
}

/// 是否计入家庭成员，由当地规定的几类人员。
enum Membership: String, CodeList {
    case counted, notCounted = "not-counted"

    var label: String {
        switch self {
        case .counted: "计入"
        case .notCounted: "不计入"
        }
    }
}

extension BasisPoints {
    /// 「1.5 倍」, for a ratio that is a multiple.
    var times: String {
        let (whole, rest) = value.quotientAndRemainder(dividingBy: 10_000)
        guard rest > 0 else { return "\(whole) 倍" }
        var decimals = String(String(rest + 10_000).dropFirst())
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(whole).\(decimals) 倍"
    }
}

/// 保障标准。
enum Standard: Hashable, Sendable {
    /// 元/人·月。
    case monthly(Money)
    /// 元/人·年；a month is a twelfth of it, rounded as stated.
    case yearly(Money, Rounding)

    var perMonth: Money {
        switch self {
        case .monthly(let money): money
        case .yearly(let money, let rounding): money.divided(by: 12, rounding: rounding)
        }
    }

    /// What an income is compared with: the twelfth of a yearly standard as it is, before any rounding.
    var exactPerMonth: ExactMoney {
        switch self {
        case .monthly(let money): ExactMoney(money)
        case .yearly(let money, _): ExactMoney(money) / 12
        }
    }

    /// 「735.00 元」「每年 6,431.00 元 ÷ 12」
    var compared: String {
        switch self {
        case .monthly(let money): money.shown
        case .yearly(let money, _): "每年 \(money.shown) ÷ 12"
        }
    }

    var perYear: Money {
        switch self {
        case .monthly(let money): money * 12
        case .yearly(let money, _): money
        }
    }

    var shown: String {
        switch self {
        case .monthly(let money): "每人每月 \(money.shown)"
        case .yearly(let money, _): "每人每年 \(money.shown)，折合每月 \(perMonth.shown)"
        }
    }
}

/// 保障金计算方法。
enum AllowanceMethod: Hashable, Sendable {
    /// 补差。
    case gap
    /// 补差，成员标准乘以分类救助系数。
    case gapWithCoefficient([CoefficientClass: BasisPoints])
    /// 按家庭类别分档，每人每月。
    case householdTier([HouseholdClass: Money])
    /// 按成员分档，每人每月；a tier with several amounts leaves the choice to the officer.
    case memberTier([MemberTier: [Money]])

    var label: String {
        switch self {
        case .gap: "补差发放"
        case .gapWithCoefficient: "补差发放（分类救助系数）"
        case .householdTier: "按家庭类别分档发放"
        case .memberTier: "按成员分档发放"
        }
    }
}

/// 取整规定。
struct AmountRounding: Hashable, Sendable {
    enum Stage: String, CodeList {
        case perPerson = "per-person", perHousehold = "per-household"

        var label: String {
            switch self {
            case .perPerson: "按人取整后合计"
            case .perHousehold: "按户合计后取整"
            }
        }
    }

    var rounding: Rounding
    var stage: Stage

    static let fen = AmountRounding(rounding: .fen, stage: .perHousehold)

    var shown: String { "\(stage.label)，\(rounding.mode.label)，单位 \(rounding.unit.shown)" }
}
