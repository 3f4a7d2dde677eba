import Values

/// 单人户情形的认定。
///
/// The 2012 rule knew two: an adult with severe disability and no ability to work, and religious persons.
/// 成年无业重度残疾人 came with 民发〔2022〕83号 of 20 October 2022.
/// - Throws: `.gap` for a local ground the place has not named.
func singleGround(
    _ applicant: MemberFacts, _ ground: SingleGround, _ rule: Ruled<SinglePersonLaw>,
    under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> Ground {
    let need = try requirement(applicant, ground, rule.value, under: law, on: date)
    let basis = ground == .unemployedDisabledAdult
        ? Citation.expansion2022 : law.edition.value.cite("第八条", "第十条")
    guard let missing = need else {
        return .met(.init(.singleGround, "\(applicant.name)属于\(ground.label)", basis: basis))
    }
    return .failed(.init(.singleGroundNotMet, "\(applicant.name)不属于\(ground.label)", remedy: missing, basis: basis))
}

/// What would have to be so; nil when it is.
private func requirement(
    _ applicant: MemberFacts, _ ground: SingleGround, _ rule: SinglePersonLaw, under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> String? {
    let isSevere = law.severeDisability.value.covers(applicant.disability)
    let severe = "需持有重度残疾（\(law.severeDisability.value.label)）的残疾人证"
    switch (ground, law.edition.value) {
    case (.severelyDisabled, .rules2021):
        return isSevere ? nil : severe
    case (.severelyDisabled, .rules2012):
        let isAdult = try applicant.age(on: date) >= 18
        return isSevere && isAdult && applicant.ableToWork == false ? nil : "需为丧失劳动能力的成年人，且\(severe.dropFirst())"
    case (.seriouslyIll, .rules2021):
        return applicant.seriouslyIll ? nil : "需患有当地认定的重特大疾病"
    case (.religious, _):
        return applicant.status == .religious ? nil : "需为脱离家庭、在宗教场所居住三年以上的宗教教职人员"
    case (.unemployedDisabledAdult, .rules2021):
        guard (date.year, date.month, date.day) >= (2022, 10, 20) else { return "受理日期需在 2022 年 10 月 20 日以后" }
        let isAdult = try applicant.age(on: date) >= 18
        return isSevere && isAdult && !applicant.employed ? nil : "需已成年且无业，\(severe.dropFirst())"
    case (.seriouslyIll, .rules2012), (.unemployedDisabledAdult, .rules2012):
        return "需在 2021 年 7 月 1 日以后受理，此前的规定没有这一情形"
    case (.local, _):
        guard rule.limits[.local] != nil else {
            throw .gap("当地没有规定其他可以单独申请的人员，请由政策管理员补录并发布后再办理")
        }
        return nil
    }
}
