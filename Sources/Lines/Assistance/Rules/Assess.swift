import Values

/// 审核：whether a household qualifies on a day, what it is due each month, and why.
///
/// 《社会救助暂行办法》第九条：共同生活的家庭成员人均收入低于标准，且财产状况符合规定。
/// - Parameter date: the acceptance date; the law given is that of the same day.
/// - Throws: `.invalid` for facts that are missing or make no sense, each at its field; `.gap` naming a missing ruling.
func assess(_ facts: HouseholdFacts, under law: AllowanceLaw, on date: CivilDate) throws(Refusal) -> Assessment {
    let household = try facts.checked(on: date)
    let law = try law.checked()
    let verdicts = try countedMembers(of: household, under: law, on: date)
    return switch household.claim {
    case .household: try assessHousehold(household, verdicts, under: law, on: date)
    case .single(let member, let ground):
        try assessSingle(household, SingleClaim(member: member, ground: ground), verdicts, under: law, on: date)
    }
}

private func assessHousehold(
    _ household: HouseholdFacts, _ verdicts: [MemberVerdict], under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> Assessment {
    let members = household.counted(by: verdicts)
    let suggestion = suggestedClass(members, under: law, on: date)
    guard !members.isEmpty else { return .nobody(verdicts, under: law, suggestion) }
    let income = try countedIncome(of: household, counting: verdicts, under: law, on: date)
    let test = try IncomeTest(income.perMonth, members: members.count, under: law)
    let property = try propertyFindings(of: household, members: members.count, under: law)
    let judgement = Judgement(grounds: [test.ground] + property.grounds)
    let amount = judgement.passes
        ? try allowanceAmount(of: household, members: members, income: income.perMonth, under: law, on: date) : nil
    return Assessment(
        decision: judgement.decision(approving: .approve), reasons: judgement.reasons, monthly: amount?.monthly ?? .zero,
        members: verdicts, property: property,
        lines: memberLines(verdicts, under: law) + income.lines + test.lines + property.lines + (amount?.lines ?? []),
        suggestedClass: suggestion)
}

extension HouseholdFacts {
    /// 计入的家庭成员。
    func counted(by verdicts: [MemberVerdict]) -> [MemberFacts] {
        let counted = Set(verdicts.filter(\.counted).map(\.member))
        return members.filter { counted.contains($0.id) }
    }
}

/// 家庭成员部分的测算表行。
func memberLines(_ verdicts: [MemberVerdict], under law: AllowanceLaw) -> [SheetLine] {
    let edition = law.edition.consulted("规则版本", law.edition.value.label)
    let counted = verdicts.count(where: \.counted)
    return verdicts.map { SheetLine(.note, $0.name, $0.reason, basis: $0.basis, ruling: $0.ruling) }
        + [SheetLine(.note, "家庭人口", "计入 \(counted) 人，不计入 \(verdicts.count - counted) 人",
                     basis: law.edition.value.cite("第七条", "第五条"), ruling: edition)]
}

extension Assessment {
    /// Everybody on the application is left out by law.
    static func nobody(
        _ verdicts: [MemberVerdict], under law: AllowanceLaw, _ suggestion: ClassSuggestion
    ) -> Assessment {
        let reason = AssessmentReason(
            .notHouseholdMember, "申请所列人员均不计入共同生活的家庭成员", remedy: "至少需有一名可以计入的共同生活的家庭成员，现为 0 人",
            basis: law.edition.value.cite("第七条", "第五条"))
        return Assessment(
            decision: .refuse, reasons: [reason], monthly: .zero, members: verdicts, property: [],
            lines: memberLines(verdicts, under: law), suggestedClass: suggestion)
    }
}
