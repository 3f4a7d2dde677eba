import Values

/// 单人户保障金，单位为每月；rounded as the household's is, with add-ons only where the place allows them.
///
/// - Throws: `.gap` when the place has no share for the ground.
func singleAmount(
    _ applicant: MemberFacts, _ claim: SingleClaim, own: ExactMoney, family: FamilyTest, _ rule: Ruled<SinglePersonLaw>,
    under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> AllowanceAmount {
    let base = try singleBase(claim, own: own, family: family, rule, under: law)
    let added = rule.value.addOnsAllowed ? try addOnLines(for: applicant, under: law, on: date) : []
    return rounded(base + added, shares: [(base + added).balance], under: law)
}

private func singleBase(
    _ claim: SingleClaim, own: ExactMoney, family: FamilyTest, _ rule: Ruled<SinglePersonLaw>, under law: AllowanceLaw
) throws(Refusal) -> [SheetLine] {
    if case .fixed(let money) = rule.value.amount {
        return [SheetLine(.plus, "单人户保障金", "定额", ExactMoney(money), basis: rule.source,
                          ruling: rule.consulted("单人户保障金", "定额 \(money.shown)"))]
    }
    let ruled = try law.requiredStandard()
    let standard = ExactMoney(ruled.value.perMonth)
    let consulted = ruled.consulted("最低生活保障标准", ruled.value.shown)
    if case .standardLessOwnIncome = rule.value.amount {
        return [
            SheetLine(.plus, "保障标准", "1 人", standard, basis: ruled.source, ruling: consulted),
            SheetLine(.minus, "本人月收入", "", min(own, standard), basis: rule.source,
                      ruling: rule.consulted("单人户保障金", "标准减去本人收入")),
        ]
    }
    let share = try standardShare(claim, perHead: family.perHead, rule.value, standard: standard)
    return [
        SheetLine(.note, "保障标准", "每人每月", standard, basis: ruled.source, ruling: consulted),
        SheetLine(.plus, "单人户保障金", "标准 × \(share.shown)", standard * share, basis: rule.source,
                  ruling: rule.consulted("单人户保障金", "标准的 \(share.shown)")),
    ]
}

/// The share of the standard that a single person is given.
private func standardShare(
    _ claim: SingleClaim, perHead: ExactMoney?, _ rule: SinglePersonLaw, standard: ExactMoney
) throws(Refusal) -> BasisPoints {
    switch rule.amount {
    case .standardLessOwnIncome, .fixed:
        return .percent(100)
    case .fullOrShare(let fullUpTo, let beyond):
        return perHead.map { $0 <= standard * fullUpTo } ?? true ? .percent(100) : beyond
    case .shareOfStandard(let shares):
        guard let share = shares[claim.ground] else {
            throw .gap("当地没有“\(claim.ground.label)”的单人户保障金比例，请由政策管理员补录并发布后再办理")
        }
        return share
    }
}
