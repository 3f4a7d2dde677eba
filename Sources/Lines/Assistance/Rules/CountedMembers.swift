import Values

/// 共同生活的家庭成员的认定：each person on the application, in or out, with the reason and the article.
///
/// 《最低生活保障审核确认办法》第七条；2021 年 7 月以前受理的，民发〔2012〕220号第五条。
/// - Parameter date: the day ages are taken on, the acceptance date.
/// - Throws: `.gap` when the place has not ruled on somebody the national rule leaves to it; `.invalid` for a missing fact.
func countedMembers(
    of household: HouseholdFacts, under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> [MemberVerdict] {
    var verdicts: [MemberVerdict] = []
    for member in household.members {
        let finding = try finding(on: member, under: law, on: date)
        verdicts.append(finding.verdict(on: member, under: law))
    }
    return verdicts
}

/// What was found of a member, before it is put in words.
private struct MembershipFinding {
    let counted: Bool
    let why: String
    var local: ConsultedRuling?

    func verdict(on member: MemberFacts, under law: AllowanceLaw) -> MemberVerdict {
        let outcome = counted ? "计入共同生活的家庭成员" : "不计入共同生活的家庭成员"
        return MemberVerdict(
            member: member.id, name: member.name, counted: counted, reason: "\(why)，\(outcome)",
            basis: local?.source ?? law.edition.value.cite("第七条", "第五条"), ruling: local)
    }
}

private func finding(
    on member: MemberFacts, under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> MembershipFinding {
    if let absence = try absence(of: member, under: law) { return absence }
    return try membership(of: member, under: law, on: date)
}

/// Those left out by where they are, whatever their kinship; then those the place decides on.
private func absence(of member: MemberFacts, under law: AllowanceLaw) throws(Refusal) -> MembershipFinding? {
    switch (member.status, law.edition.value) {
    case (.present, _): nil
    case (.religious, _), (.prison, _), (.rehabilitation, .rules2021), (.missing, .rules2021), (.reeducation, .rules2012):
        MembershipFinding(counted: false, why: member.status.label)
    case (.rehabilitation, .rules2012), (.missing, .rules2012), (.reeducation, .rules2021):
        nil
    case (.soldier, _):
        try local(law.soldier, member.status.label)
    case (.longAbsent, _):
        try longAbsence(of: member, under: law)
    }
}

/// Those counted by their kinship.
private func membership(
    of member: MemberFacts, under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> MembershipFinding {
    switch member.kinship {
    case .applicant: MembershipFinding(counted: true, why: "申请人本人")
    case .spouse: MembershipFinding(counted: true, why: "配偶")
    case .child: try childhood(of: member, under: law, on: date)
    case .parent where law.edition.value == .rules2012: MembershipFinding(counted: true, why: "父母")
    default: livingTogether(member)
    }
}

private func childhood(
    of member: MemberFacts, under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> MembershipFinding {
    if try member.age(on: date) < 18 { return MembershipFinding(counted: true, why: "未成年子女") }
    if isStudying(member.study, under: law.edition.value) {
        let mode = law.edition.value == .rules2021 ? "全日制" : ""
        return MembershipFinding(counted: true, why: "在校接受\(mode)本科及以下学历教育的成年子女")
    }
    if member.study.level == .postgraduate && member.study.fullTime {
        return try local(law.postgraduate, "在校就读研究生的成年子女")
    }
    guard let independent = member.livesIndependently else {
        throw Refusal.invalid("\(member.name)已成年，请填写能否独立生活").at(["members", member.id, "lives_independently"])
    }
    guard independent else { return MembershipFinding(counted: true, why: "已成年但不能独立生活的子女") }
    return livingTogether(member, otherwise: "已成年且能独立生活的子女")
}

/// The 2012 rule did not ask for full-time study.
private func isStudying(_ study: Study, under edition: Edition) -> Bool {
    switch study.level {
    case .none, .postgraduate: false
    case .kindergarten, .compulsory, .secondary, .college, .bachelor: study.fullTime || edition == .rules2012
    }
}

/// 其他具有法定赡养、扶养、抚养义务关系并长期共同居住的人员。Both are needed.
private func livingTogether(_ member: MemberFacts, otherwise: String? = nil) -> MembershipFinding {
    switch (member.supportDuty, member.coResident) {
    case (true, true):
        MembershipFinding(counted: true, why: "\(member.kinship.label)，有法定赡养、抚养、扶养义务关系并长期共同居住")
    case (true, false):
        MembershipFinding(counted: false, why: "\(otherwise ?? member.kinship.label)，没有长期共同居住")
    case (false, _):
        MembershipFinding(counted: false, why: "\(otherwise ?? member.kinship.label)，没有法定赡养、抚养、扶养义务关系")
    }
}

/// Where long absence does not exclude, kinship decides as for anybody at home.
private func longAbsence(of member: MemberFacts, under law: AllowanceLaw) throws(Refusal) -> MembershipFinding? {
    let finding = try local(law.longAbsent, member.status.label)
    return finding.counted ? nil : finding
}

/// 由当地规定的几类人员。
private func local(_ ruling: Ruled<Membership>?, _ who: String) throws(Refusal) -> MembershipFinding {
    let title = "\(who)是否计入家庭成员"
    let ruled = try ruling.orGap(title)
    return MembershipFinding(
        counted: ruled.value == .counted, why: who, local: ruled.consulted(title, ruled.value.label))
}
