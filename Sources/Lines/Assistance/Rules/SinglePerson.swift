import Values

/// 参照“单人户”提出的申请。
struct SingleClaim: Hashable, Sendable {
    let member: String
    let ground: SingleGround
}

/// 单人户审核：the ground, the household's income against its multiple, property, and the local amount.
///
/// 《最低生活保障审核确认办法》第八条；民发〔2022〕83号；2021 年 7 月以前受理的，民发〔2012〕220号第十条。
/// - Throws: `.gap` when the place has no single-person rule; `.invalid` for a missing fact.
func assessSingle(
    _ household: HouseholdFacts, _ claim: SingleClaim, _ verdicts: [MemberVerdict],
    under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> Assessment {
    let rule = try law.single.orGap("参照“单人户”申请")
    guard let applicant = household.members.first(where: { $0.id == claim.member }) else {
        throw Refusal.invalid("单独提出申请的人不在家庭成员中，请核对").at(["claim", "member"])
    }
    let ground = try singleGround(applicant, claim.ground, rule, under: law, on: date)
    let family = try FamilyTest(household, claim, verdicts, rule, under: law, on: date)
    let own = try ownIncome(of: applicant, in: household, claim, rule.value, under: law, on: date)
    let needy = try ownTest(own.perMonth, rule, under: law)
    let property = try propertyFindings(of: household, members: max(verdicts.count(where: \.counted), 1), under: law)
    let absent = absence(of: applicant, claim, verdicts)
    let judgement = Judgement(grounds: [ground] + absent + family.grounds + (needy.map { [$0.ground] } ?? []) + property.grounds)
    let amount = judgement.passes
        ? try singleAmount(applicant, claim, own: own.perMonth, family: family, rule, under: law, on: date) : nil
    let before = memberLines(verdicts, under: law) + family.lines + own.lines + (needy?.lines ?? []) + property.lines
    return Assessment(
        decision: judgement.decision(approving: .approveSingle), reasons: judgement.reasons,
        monthly: amount?.monthly ?? .zero, members: verdicts, property: property, lines: before + (amount?.lines ?? []),
        suggestedClass: suggestedClass([applicant], under: law, on: date))
}

/// Somebody in prison, or otherwise left out for where he is, cannot apply alone either; religious persons are the exception.
private func absence(of applicant: MemberFacts, _ claim: SingleClaim, _ verdicts: [MemberVerdict]) -> [Ground] {
    guard applicant.status != .present, claim.ground != .religious,
        let verdict = verdicts.first(where: { $0.member == applicant.id && !$0.counted })
    else { return [] }
    return [.failed(.init(
        .notHouseholdMember, "\(applicant.name)\(verdict.reason)", remedy: "申请人需在家生活，现为\(applicant.status.label)",
        basis: verdict.basis))]
}
