import Values

/// 赡养（抚养、扶养）费：what one obligor outside the household is counted to give to the members he supports, per month.
///
/// 《最低生活保障审核确认办法》第十三条第（四）项；the formula is local. A court's sum stands instead of it, unless
/// the court certifies that it cannot be enforced; then what is really paid counts.
/// - Throws: `.gap` without a local formula, `.invalid` when the obligor's household is not known.
func supportLines(
    from supporter: SupporterFacts, to counted: Set<String>, under law: AllowanceLaw
) throws(Refusal) -> [SheetLine] {
    let supported = supporter.supports.filter(counted.contains).count
    guard supported > 0 else { return [] }
    let label = "\(supporter.name)应给付的赡养（抚养、扶养）费"
    let paid = ExactMoney(supporter.paidPerMonth) * supported / supporter.supports.count
    if let court = supporter.court {
        let ordered = ExactMoney(court.perMonth) * supported / supporter.supports.count
        return [courtLine(label, ordered: court.unenforceable ? nil : ordered, paid: paid, under: law)]
    }
    let ruled = try law.support.orGap("赡养（抚养、扶养）费的计算办法")
    let due = try payable(by: supporter, under: law, ruled.value)
    let computed = due.each * supported
    let isActual = ruled.value.actualIfHigher && paid > computed
    let detail = isActual
        ? "实际给付 \(paid.shown) 高于核算的 \(computed.shown)，按实际给付计算" : "\(due.detail) × 本户 \(supported) 人"
    return [SheetLine(
        .plus, label, detail, isActual ? paid : computed, basis: ruled.source,
        ruling: ruled.consulted(
            "赡养（抚养、扶养）费", "起算线为标准的 \(ruled.value.thresholdMultiple.times)，比例 \(ruled.value.ratio.shown)"))]
}

/// - Parameter ordered: nil when the court certifies that its order cannot be enforced.
private func courtLine(_ label: String, ordered: ExactMoney?, paid: ExactMoney, under law: AllowanceLaw) -> SheetLine {
    guard let ordered else {
        return SheetLine(.plus, label, "人民法院证明无法执行，按实际给付计算", paid, basis: law.incomeBasis)
    }
    return SheetLine(.plus, label, "按生效法律文书确定的数额计算", ordered, basis: law.incomeBasis)
}

/// What the formula gives for each person supported.
private func payable(
    by supporter: SupporterFacts, under law: AllowanceLaw, _ formula: SupportLaw
) throws(Refusal) -> (each: ExactMoney, detail: String) {
    guard let household = supporter.household else {
        throw Refusal.invalid("请填写\(supporter.name)的家庭人口和月收入，核算赡养（抚养、扶养）费需要")
            .at(["supporters", supporter.id, "household"])
    }
    let threshold = ExactMoney(try law.requiredStandard().value.perMonth) * formula.thresholdMultiple
    let perHead = ExactMoney(household.incomePerMonth) / household.size
    guard perHead > threshold else {
        return (.zero, "义务人家庭人均 \(perHead.shown)，不高于 \(threshold.shown)，不计算给付")
    }
    let ratio = supporter.sharingChildren >= 3 ? formula.ratioFromThree ?? formula.ratio : formula.ratio
    let each = (perHead - threshold) * household.size * ratio / supporter.supportedPersons
    let detail = "（人均 \(perHead.shown) − \(threshold.shown)）× \(household.size) 人 × \(ratio.shown)"
        + " ÷ 受助 \(supporter.supportedPersons) 人"
    return (each, detail)
}
