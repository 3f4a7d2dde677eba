import Values

/// 月保障金及其测算。
struct AllowanceAmount: Hashable, Sendable {
    let monthly: Money
    let lines: [SheetLine]
}

/// 月保障金：补差或者分档，加分类施保增发和按户补助，单位为每月；rounded once, at the ruled stage.
///
/// 《社会救助暂行办法》第十二条，《最低生活保障审核确认办法》第二十三条。
/// - Parameter income: the household's counted income per month.
/// - Throws: `.gap` without a standard or tier; `.invalid` when a class or tier was not chosen.
func allowanceAmount(
    of household: HouseholdFacts, members: [MemberFacts], income: ExactMoney, under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> AllowanceAmount {
    let base = try baseAmount(of: household, members: members, income: income, under: law)
    let added = try members.mapInOrder { member throws(Refusal) in try addOnLines(for: member, under: law, on: date) }
    let shares = zip(base.shares, added).map { share, lines in share + lines.balance }
    return rounded(base.lines + added.flatMap { $0 }, shares: shares, under: law)
}

/// The base of each member, and the lines that lead to it.
private struct BaseAmount {
    let shares: [ExactMoney]
    let lines: [SheetLine]
}

private func baseAmount(
    of household: HouseholdFacts, members: [MemberFacts], income: ExactMoney, under law: AllowanceLaw
) throws(Refusal) -> BaseAmount {
    switch law.method.value {
    case .gap:
        let ruled = try law.requiredStandard()
        let standard = ExactMoney(ruled.value.perMonth)
        let line = SheetLine(
            .plus, "保障标准", "\(standard.shown) × \(members.count) 人", standard * members.count,
            basis: ruled.source, ruling: ruled.consulted("最低生活保障标准", ruled.value.shown))
        return shortfall([line], members: members.count, income: income, under: law)
    case .gapWithCoefficient(let coefficients):
        let lines = try members.mapInOrder { member throws(Refusal) in
            try coefficientLine(for: member, coefficients, under: law)
        }
        return shortfall(lines, members: members.count, income: income, under: law)
    case .householdTier(let tiers):
        return try householdTier(of: household, members: members.count, tiers, under: law)
    case .memberTier(let tiers):
        let lines = try members.mapInOrder { member throws(Refusal) in try tierLine(for: member, tiers, under: law) }
        return BaseAmount(shares: lines.map { $0.amount ?? .zero }, lines: lines)
    }
}

/// 补差：the standards of all members less the income of the household, lifted to the floor where a place has one.
private func shortfall(
    _ standards: [SheetLine], members: Int, income: ExactMoney, under law: AllowanceLaw
) -> BaseAmount {
    let due = standards.balance
    var lines = standards
    lines.append(SheetLine(
        .minus, "家庭月收入", income > due ? "以保障标准为限" : "见上", min(income, due), basis: .socialAssistance("第十二条"),
        ruling: law.method.consulted("保障金计算方法", law.method.value.label)))
    let gap = lines.balance
    if let floor = law.floor, gap > .zero, gap < due * floor.value {
        lines.append(SheetLine(
            .plus, "补足最低补差", "最低为标准的 \(floor.value.shown)，即 \((due * floor.value).shown)", due * floor.value - gap,
            basis: floor.source, ruling: floor.consulted("最低补差", "标准的 \(floor.value.shown)")))
    }
    return BaseAmount(shares: Array(repeating: lines.balance / members, count: members), lines: lines)
}

private func coefficientLine(
    for member: MemberFacts, _ coefficients: [CoefficientClass: BasisPoints], under law: AllowanceLaw
) throws(Refusal) -> SheetLine {
    guard let group = member.coefficientClass else {
        throw Refusal.invalid("请选定\(member.name)的分类救助系数类别").at(["members", member.id, "coefficient_class"])
    }
    guard let coefficient = coefficients[group] else {
        throw .gap("当地没有“\(group.label)”的分类救助系数，请由政策管理员补录并发布后再办理")
    }
    let ruled = try law.requiredStandard()
    let standard = ExactMoney(ruled.value.perMonth)
    return SheetLine(
        .plus, "\(member.name)的保障标准", "\(standard.shown) × \(coefficient.shown)（\(group.label)）", standard * coefficient,
        basis: ruled.source, ruling: ruled.consulted("最低生活保障标准", ruled.value.shown))
}

private func householdTier(
    of household: HouseholdFacts, members: Int, _ tiers: [HouseholdClass: Money], under law: AllowanceLaw
) throws(Refusal) -> BaseAmount {
    guard let group = household.householdClass else {
        throw Refusal.invalid("按家庭类别分档发放，请选定家庭类别（A、B 或 C 类）").at(["household_class"])
    }
    guard let tier = tiers[group] else {
        throw .gap("当地没有\(group.rawValue)类家庭的保障金档次，请由政策管理员补录并发布后再办理")
    }
    let line = SheetLine(
        .plus, "\(group.rawValue)类家庭保障金", "\(tier.shown) × \(members) 人", ExactMoney(tier) * members,
        basis: law.method.source, ruling: law.method.consulted("保障金计算方法", law.method.value.label))
    return BaseAmount(shares: Array(repeating: ExactMoney(tier), count: members), lines: [line])
}

private func tierLine(
    for member: MemberFacts, _ tiers: [MemberTier: [Money]], under law: AllowanceLaw
) throws(Refusal) -> SheetLine {
    let path = ["members", member.id]
    guard let tier = member.tier else { throw Refusal.invalid("请选定\(member.name)的档次").at(path + ["tier"]) }
    guard let amounts = tiers[tier], let only = amounts.first else {
        throw .gap("当地没有“\(tier.label)”的保障金档次，请由政策管理员补录并发布后再办理")
    }
    let chosen = member.tierAmount ?? (amounts.count == 1 ? only : nil)
    guard let chosen, amounts.contains(chosen) else {
        let listed = amounts.map(\.shown).joined(separator: "、")
        throw Refusal.invalid("\(member.name)的“\(tier.label)”档金额应为 \(listed)，请选择其一").at(path + ["tier_amount"])
    }
    return SheetLine(
        .plus, "\(member.name)：\(tier.label)", "每月 \(chosen.shown)", ExactMoney(chosen),
        basis: law.method.source, ruling: law.method.consulted("保障金计算方法", law.method.value.label))
}

/// 增发的各行。
func addOnLines(for member: MemberFacts, under law: AllowanceLaw, on date: CivilDate) throws(Refusal) -> [SheetLine] {
    guard let ruled = law.addOns else { return [] }
    return try addOns(for: member, under: law, on: date).mapInOrder { due throws(Refusal) in
        let standard = ExactMoney(try law.requiredStandard().value.perMonth)
        let ruling = ruled.value.rulings[due.category] ?? ruled.consulted("分类施保增发", ruled.value.stacking.label)
        return SheetLine(
            .plus, "\(member.name)增发：\(due.category.label)", "\(standard.shown) × \(due.ratio.shown)", standard * due.ratio,
            basis: ruling.source, ruling: ruling)
    }
}

/// 按户补助和取整：closes the sheet. Per person, each share is rounded and the allowances come on top of their sum.
func rounded(_ lines: [SheetLine], shares: [ExactMoney], under law: AllowanceLaw) -> AllowanceAmount {
    let ruled = law.rounding
    let allowances = (law.householdAllowances?.value ?? []).map { allowance in
        SheetLine(.plus, allowance.name, "每户每月", ExactMoney(allowance.perMonth), basis: law.householdAllowances?.source,
                  ruling: law.householdAllowances?.consulted(allowance.name, allowance.perMonth.shown))
    }
    let exact = (lines + allowances).balance
    let monthly = switch ruled.value.stage {
    case .perHousehold: exact.rounded(ruled.value.rounding)
    case .perPerson:
        (shares.map { ExactMoney($0.rounded(ruled.value.rounding)) }.sum() + allowances.balance).rounded(.fen)
    }
    let change = ExactMoney(monthly) - exact
    let rounding = SheetLine(
        change < .zero ? .minus : .plus, "取整", ruled.value.shown, max(change, -change), basis: ruled.source,
        ruling: ruled.consulted("取整", ruled.value.shown))
    let basis = law.edition.value.cite("第二十三条", nil)
    let total = SheetLine(.total, "月保障金", "以上各项合计", ExactMoney(monthly), basis: basis)
    return AllowanceAmount(
        monthly: monthly, lines: lines + allowances + (change == .zero ? [] : [rounding]) + [total])
}
