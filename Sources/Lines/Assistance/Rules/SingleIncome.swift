import Values

/// 家庭收入的单人户条件：per head within the multiple of the standard that the ground has, if it has one.
struct FamilyTest: Hashable, Sendable {
    /// nil when neither the ground nor the amount depends on the household's income.
    let perHead: ExactMoney?
    let grounds: [Ground]
    let lines: [SheetLine]

    init(
        _ household: HouseholdFacts, _ claim: SingleClaim, _ verdicts: [MemberVerdict], _ rule: Ruled<SinglePersonLaw>,
        under law: AllowanceLaw, on date: CivilDate
    ) throws(Refusal) {
        let multiple = rule.value.limits[claim.ground]
        let count = verdicts.count(where: \.counted)
        guard multiple != nil || rule.value.amount.looksAtHousehold, count > 0 else {
            (perHead, grounds, lines) = (nil, [], [])
            return
        }
        let income = try countedIncome(of: household, counting: verdicts, under: law, on: date)
        perHead = income.perMonth / count
        guard let multiple else {
            (grounds, lines) = ([], income.lines)
            return
        }
        let standard = try law.requiredStandard().value
        let limit = standard.exactPerMonth * count * multiple
        let test = IncomeTest(
            income.perMonth, limit: limit, of: "家庭", rule.value.strictness, basis: rule.source,
            detail: "标准 \(standard.compared) × \(multiple.times) × \(count) 人 = \(limit.shown)，人均 \((income.perMonth / count).shown)",
            ruling: rule.consulted("单人户家庭收入上限", "标准的 \(multiple.times)"))
        (grounds, lines) = ([test.ground], income.lines + test.lines)
    }
}

extension SingleAmount {
    fileprivate var looksAtHousehold: Bool {
        if case .fullOrShare = self { true } else { false }
    }
}

/// 本人月收入：what the applicant earns, and the support due to him unless it is exempted.
func ownIncome(
    of applicant: MemberFacts, in household: HouseholdFacts, _ claim: SingleClaim, _ rule: SinglePersonLaw,
    under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> CountedIncome {
    let earned = try memberIncome(of: applicant, under: law)
    var lines = [SheetLine(.plus, "\(applicant.name)计入收入", applicant.incomes.isEmpty ? "没有申报收入" : "见上", earned.perMonth)]
    for supporter in household.supporters where supporter.supports.contains(applicant.id) {
        if let exempt = try exemption(of: supporter, claim, rule, on: date) {
            lines.append(exempt)
        } else {
            lines += try supportLines(from: supporter, to: [applicant.id], under: law)
        }
    }
    let perMonth = lines.balance
    lines.append(SheetLine(.total, "本人月收入", "以上各项合计", perMonth, basis: law.incomeBasis))
    return CountedIncome(perMonth: perMonth, lines: earned.lines + lines)
}

/// 兄弟姐妹、六十周岁及以上老年人给付的供养费用可以豁免（民发〔2022〕83号）：the line that says so, or nil.
private func exemption(
    of supporter: SupporterFacts, _ claim: SingleClaim, _ rule: SinglePersonLaw, on date: CivilDate
) throws(Refusal) -> SheetLine? {
    guard rule.exemptsSiblingsAndElders, claim.ground == .unemployedDisabledAdult else { return nil }
    let label = "\(supporter.name)给付的供养费"
    if supporter.kinship == .sibling {
        return SheetLine(.note, label, "义务人为兄弟姐妹，予以豁免，不计入", basis: .expansion2022)
    }
    guard let birth = supporter.birth else {
        throw Refusal.invalid("请填写\(supporter.name)的出生日期，认定豁免需要").at(["supporters", supporter.id, "birth"])
    }
    guard birth.age(on: date) >= 60 else { return nil }
    return SheetLine(.note, label, "义务人已满六十周岁，予以豁免，不计入", basis: .expansion2022)
}

/// Where the amount is the standard less own income, that income must itself be below the standard.
func ownTest(
    _ own: ExactMoney, _ rule: Ruled<SinglePersonLaw>, under law: AllowanceLaw
) throws(Refusal) -> IncomeTest? {
    guard rule.value.amount == .standardLessOwnIncome else { return nil }
    let ruled = try law.requiredStandard()
    let limit = ruled.value.exactPerMonth
    return IncomeTest(
        own, limit: limit, of: "本人", law.strictness.value, basis: law.strictness.source, detail: "标准 \(ruled.value.compared)",
        ruling: ruled.consulted("最低生活保障标准", ruled.value.shown))
}
