import Values

extension AllowanceLaw {
    /// The same law once its figures are within what the rules reckon exactly. An estimate may send anything.
    func checked() throws(Refusal) -> AllowanceLaw {
        if let standard = standard?.value { try check(standard.perMonth, "standard", above: .zero) }
        if !ratios.allSatisfy({ (0...100_000).contains($0.value) }) {
            throw Refusal.invalid("比例、系数和倍数应在 0 至 10 倍之间，请核对").at(["law"])
        }
        if !(1...60).contains(windowMonths.value) {
            throw Refusal.invalid("收入核算期应为 1 至 60 个月，请核对").at(["law", "window_months"])
        }
        for amount in amounts { try check(amount, "amounts", above: Money(fen: -1)) }
        return self
    }

    private func check(_ money: Money, _ field: String, above least: Money) throws(Refusal) {
        guard money > least, money <= Money(fen: 10_000_000_000_000) else {
            throw Refusal.invalid("规定中的金额不能为负数或者过大，保障标准须大于零，请核对").at(["law", field])
        }
    }

    private var ratios: [BasisPoints] {
        [floor?.value, jobCost?.value.ratio, support?.value.thresholdMultiple, support?.value.ratio,
         support?.value.ratioFromThree, property.money?.value.multipleOfYearlyStandard].compactMap { $0 }
            + (rigidCosts?.value.rules.map(\.share) ?? []) + (addOns?.value.ratios.values.map { $0 } ?? [])
            + (single?.value.limits.values.map { $0 } ?? []) + (single?.value.amount.ratios ?? []) + method.value.ratios
            + gradualExit.value.shares
    }

    private var amounts: [Money] {
        [jobCost?.value.cap, property.vehicles?.value.maximumValue, property.companyCapital?.value].compactMap { $0 }
            + (rigidCosts?.value.rules.flatMap { [$0.threshold, $0.cap ?? .zero] } ?? [])
            + (householdAllowances?.value.map(\.perMonth) ?? []) + method.value.amounts
            + [jobCost?.value.basis.amount, single?.value.amount.amount].compactMap { $0 } + [rounding.value.rounding.unit]
    }
}

extension AllowanceMethod {
    fileprivate var ratios: [BasisPoints] {
        if case .gapWithCoefficient(let coefficients) = self { Array(coefficients.values) } else { [] }
    }

    fileprivate var amounts: [Money] {
        switch self {
        case .gap, .gapWithCoefficient: []
        case .householdTier(let tiers): Array(tiers.values)
        case .memberTier(let tiers): tiers.values.flatMap { $0 }
        }
    }
}

extension SingleAmount {
    fileprivate var ratios: [BasisPoints] {
        switch self {
        case .standardLessOwnIncome, .fixed: []
        case .fullOrShare(let fullUpTo, let beyond): [fullUpTo, beyond]
        case .shareOfStandard(let shares): Array(shares.values)
        }
    }

    fileprivate var amount: Money? {
        if case .fixed(let money) = self { money } else { nil }
    }
}

extension JobCost.Basis {
    fileprivate var amount: Money? {
        if case .minimumWage(let money) = self { money } else { nil }
    }
}
