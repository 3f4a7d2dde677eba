import Values

/// 就业成本：a share of the standard, of the wage or of the minimum wage; never more than the wage, nor than what is left.
///
/// 《最低生活保障审核确认办法》第十三条；the ratio is local.
/// - Throws: `.gap` when the share is of a standard that is not published.
func jobCostLines(_ member: MemberFacts, upTo left: ExactMoney, under law: AllowanceLaw) throws(Refusal) -> [SheetLine] {
    let wage = member.counted(.wage, under: law)
    guard let ruled = law.jobCost, wage > .zero else { return [] }
    let cost = ruled.value
    let (base, name): (ExactMoney, String) = switch cost.basis {
    case .standard: (ExactMoney(try law.requiredStandard().value.perMonth), "低保标准")
    case .wage: (wage, "本人工资")
    case .minimumWage(let money): (ExactMoney(money), "最低工资")
    }
    let full = base * cost.ratio
    let capped = cost.cap.map { min(full, ExactMoney($0)) } ?? full
    let taken = min(capped, wage, left)
    return [SheetLine(
        .minus, "\(member.name)：就业成本", "\(name) \(base.shown) × \(cost.ratio.shown)\(taken < full ? "，以可扣额为限" : "")",
        taken, basis: ruled.source, ruling: ruled.consulted("就业成本扣减", "\(name)的 \(cost.ratio.shown)"))]
}

/// 家庭刚性支出：each kind above its threshold, all of them or the greatest only; income never falls below zero.
func rigidCostLines(_ costs: [RigidCost], upTo income: ExactMoney, under law: AllowanceLaw) -> [SheetLine] {
    guard let ruled = law.rigidCosts else { return costs.map(unruled) }
    let due = ruled.value.rules.compactMap { deductible(costs, by: $0, under: law) }
    let chosen = ruled.value.stacking == .sum ? due : due.max { $0.amount < $1.amount }.map { [$0] } ?? []
    var left = income
    return costs.filter { cost in !ruled.value.rules.contains { $0.kind == cost.kind } }.map(unruled) + chosen.map { rule, amount in
        let taken = min(amount, left)
        left = left - taken
        let above = rule.threshold > .zero ? "超过 \(rule.threshold.shown) 的部分" : "核定金额"
        return SheetLine(
            .minus, rule.kind.label, "\(above) × \(rule.share.shown)", taken, basis: ruled.source,
            ruling: ruled.consulted("刚性支出扣减", ruled.value.stacking.label))
    }
}

/// A cost the place has no rule for is named, so that nobody wonders where it went.
private func unruled(_ cost: RigidCost) -> SheetLine {
    SheetLine(.note, cost.kind.label, "\(cost.span.label) \(cost.amount.shown)，当地没有扣减规定，不扣减")
}

private func deductible(
    _ costs: [RigidCost], by rule: RigidCostRule, under law: AllowanceLaw
) -> (rule: RigidCostRule, amount: ExactMoney)? {
    let spent = costs.filter { $0.kind == rule.kind }.map { $0.span.perMonth($0.amount, under: law) }.sum()
    let above = (spent - ExactMoney(rule.threshold)).floored * rule.share
    let amount = rule.cap.map { min(above, ExactMoney($0)) } ?? above
    return amount > .zero ? (rule, amount) : nil
}
