import Values

/// 收入条件：家庭月收入与标准 × 人数相比，so that nothing is divided.
///
/// 《社会救助暂行办法》第九条。「低于」 is strict unless the place rules otherwise; a yearly standard is compared as a year's,
/// so that rounding its twelfth admits nobody who reaches it.
struct IncomeTest: Hashable, Sendable {
    let ground: Ground
    let lines: [SheetLine]

    /// - Throws: `.gap` without a standard. A household without any income is below every standard and needs none.
    init(_ income: ExactMoney, members: Int, under law: AllowanceLaw) throws(Refusal) {
        if law.standard == nil, income == .zero {
            self.init(unmeasured: law)
        } else {
            let ruled = try law.requiredStandard()
            let limit = ruled.value.exactPerMonth * members
            self.init(
                income, limit: limit, of: "家庭", law.strictness.value, basis: law.strictness.source,
                detail: "标准 \(ruled.value.compared) × \(members) 人 = \(limit.shown)，人均 \((income / members).shown)",
                ruling: ruled.consulted("最低生活保障标准", ruled.value.shown))
        }
    }

    /// - Parameter owner: 家庭 or 本人, whose income it is.
    init(
        _ income: ExactMoney, limit: ExactMoney, of owner: String, _ strictness: Strictness, basis: Citation,
        detail: String, ruling: ConsultedRuling
    ) {
        let compared = "\(owner)月收入需\(strictness.label) \(limit.shown)，现为 \(income.shown)"
        let passes = strictness.admits(income, limit)
        if passes {
            ground = .met(.init(.incomeLow, "\(owner)月收入 \(income.shown)，\(strictness.label) \(limit.shown)", basis: basis))
        } else if income == limit {
            ground = .failed(.init(
                .equalsStandard, "\(owner)月收入恰好等于 \(limit.shown)，规定须低于这一数额",
                remedy: "\(compared)，恰好相等，至少需减少 0.01 元", basis: basis))
        } else {
            ground = .failed(.init(
                .incomeNotLow, "\(owner)月收入 \(income.shown)，高于 \(limit.shown)",
                remedy: "\(compared)，高出 \((income - limit).shown)", basis: basis))
        }
        lines = [SheetLine(
            .note, "收入条件", "\(detail)，\(passes ? "符合" : "不符合")", basis: basis, ruling: ruling)]
    }

    private init(unmeasured law: AllowanceLaw) {
        let basis = law.strictness.source
        ground = .met(.init(.incomeLow, "家庭没有应计入的收入", basis: basis))
        lines = [SheetLine(.note, "收入条件", "没有应计入的收入，低于任何标准，符合", basis: basis)]
    }
}
