import Values

/// 家庭财产的认定：each item within its local limit, over it, exempt with its reason, or not yet known.
///
/// 《最低生活保障审核确认办法》第十四条列举种类，限额由当地规定。One item over its limit refuses the household.
/// - Throws: `.gap` when the household has property of a kind the place has set no limit for.
func propertyFindings(
    of household: HouseholdFacts, members count: Int, under law: AllowanceLaw
) throws(Refusal) -> [PropertyFinding] {
    switch household.property {
    case .unknown:
        return [law.unknown("家庭财产", "请完成家庭财产核查")]
    case .found(within: true):
        return [law.finding("家庭财产", .pass, "已另行认定")]
    case .found(within: false):
        let remedy = "家庭财产需符合当地规定"
        return [law.finding("家庭财产", .fail(.propertyOver, remedy: remedy), "已另行认定")]
    case .declared(let assets):
        return try [
            moneyFinding(assets, members: count, under: law), vehicleFinding(assets, under: law),
            dwellingFinding(assets, members: count, under: law), nonDwellingFinding(assets, under: law),
            companyFinding(assets, under: law),
        ] + assets.consumption.map { consumptionFinding($0, under: law) }
    }
}

/// 货币财产：compared over the whole household, so that nothing is divided.
private func moneyFinding(_ assets: Assets, members: Int, under law: AllowanceLaw) throws(Refusal) -> PropertyFinding {
    let item = "货币财产"
    guard let money = assets.money else { return law.unknown(item, "请核查家庭存款、有价证券等货币财产") }
    guard money > .zero || law.property.money != nil else { return law.finding(item, .pass, "没有货币财产") }
    let ruled = try law.property.money.orGap("货币财产限额")
    let limit = ruled.value
    let ceiling = ExactMoney(try law.requiredStandard().value.perYear) * members * limit.multipleOfYearlyStandard
    let perHead = "人均\(limit.strictness.label)年标准的 \(limit.multipleOfYearlyStandard.times)"
    let isWithin = limit.strictness.admits(ExactMoney(money), ceiling)
    let remedy = "家庭货币财产需\(limit.strictness.label) \(ceiling.shown)，现为 \(money.shown)，"
        + "高出 \((ExactMoney(money) - ceiling).shown)"
    return law.finding(
        item, isWithin ? .pass : .fail(.propertyMoney, remedy: remedy),
        "共 \(money.shown)，规定\(perHead)，\(members) 人合计 \(ceiling.shown)", ruled.consulted("货币财产限额", perHead))
}

private func vehicleFinding(_ assets: Assets, under law: AllowanceLaw) throws(Refusal) -> PropertyFinding {
    let item = "机动车辆"
    guard let vehicles = assets.vehicles else { return law.unknown(item, "请核查家庭名下车辆、船舶、农机登记") }
    guard !vehicles.isEmpty else { return law.finding(item, .pass, "没有机动车辆") }
    let ruled = try law.property.vehicles.orGap("机动车辆限额")
    let consulted = ruled.consulted("机动车辆限额", ruled.value.allowed == 0 ? "不得拥有" : "不超过 \(ruled.value.allowed) 辆")
    let (exempt, judged) = vehicles.split { ruled.value.exempt.contains($0.kind) || $0.exemption != nil }
    let listed = vehicles.map(\.kind.label).joined(separator: "、")
    if judged.count > ruled.value.allowed {
        let over = judged.map(\.kind.label).joined(separator: "、")
        let remedy = "豁免车型以外的车辆需不超过 \(ruled.value.allowed) 辆，现有 \(judged.count) 辆（\(over)）"
        return law.finding(item, .fail(.propertyVehicle, remedy: remedy), "现有\(listed)", consulted)
    }
    if let maximum = ruled.value.maximumValue, !judged.isEmpty {
        return priced(judged, at: maximum, item, consulted, under: law)
    }
    guard let first = exempt.first, judged.isEmpty else { return law.finding(item, .pass, "现有\(listed)，在限额以内", consulted) }
    let reason = first.exemption?.reason ?? "\(first.kind.label)属于豁免车型"
    return law.finding(
        item, .exempt(reason: reason, evidence: first.exemption?.evidence ?? "车辆登记信息"), "现有\(listed)", consulted)
}

/// Vehicles within the number, judged by what they are worth; at the maximum they pass.
private func priced(
    _ vehicles: [Vehicle], at maximum: Money, _ item: String, _ consulted: ConsultedRuling, under law: AllowanceLaw
) -> PropertyFinding {
    let values = vehicles.compactMap(\.value)
    if let dearest = values.max(), dearest > maximum {
        let remedy = "车辆价值需不超过 \(maximum.shown)，现为 \(dearest.shown)，高出 \((dearest - maximum).shown)"
        return law.finding(item, .fail(.propertyVehicle, remedy: remedy), "车辆价值 \(dearest.shown)", consulted)
    }
    guard values.count == vehicles.count else { return law.unknown(item, "请评估车辆价值，规定不超过 \(maximum.shown)") }
    return law.finding(item, .pass, "车辆价值不超过 \(maximum.shown)", consulted)
}

private func dwellingFinding(_ assets: Assets, members: Int, under law: AllowanceLaw) throws(Refusal) -> PropertyFinding {
    let item = "住房"
    guard let dwellings = assets.dwellings else { return law.unknown(item, "请核查家庭名下住房") }
    let (exempt, judged) = dwellings.split { $0.exemption != nil }
    guard !dwellings.isEmpty else { return law.finding(item, .pass, "没有住房") }
    if judged.isEmpty { return law.exempt(item, exempt.first?.exemption, "住房 \(dwellings.count) 套") }
    let ruled = try law.property.dwellings.orGap("住房限额")
    let limit = ruled.value
    let area = judged.reduce(0) { $0 + $1.area_m2 }
    let isOneMore = judged.count == limit.allowed + 1
    let isWithinArea = limit.oneMoreWithinPerHead_m2.map { area <= $0 * members } ?? false
    let found = "住房 \(judged.count) 套，共 \(area) 平方米"
    let consulted = ruled.consulted("住房限额", "\(limit.allowed) 套")
    guard judged.count <= limit.allowed || (isOneMore && isWithinArea) else {
        let orArea = limit.oneMoreWithinPerHead_m2.map {
            "，或者 \(limit.allowed + 1) 套且人均面积不超过 \($0) 平方米（共 \($0 * members) 平方米）"
        } ?? ""
        let remedy = "住房需不超过 \(limit.allowed) 套\(orArea)，现有\(found)"
        return law.finding(item, .fail(.propertyHousing, remedy: remedy), found, consulted)
    }
    return law.finding(item, .pass, found, consulted)
}

private func nonDwellingFinding(_ assets: Assets, under law: AllowanceLaw) throws(Refusal) -> PropertyFinding {
    let item = "非居住用房"
    guard let rooms = assets.nonDwellings else { return law.unknown(item, "请核查家庭名下商铺、车库等非居住用房") }
    guard !rooms.isEmpty else { return law.finding(item, .pass, "没有非居住用房") }
    let listed = rooms.map(\.name).joined(separator: "、")
    let (exempt, judged) = rooms.split { $0.isOnlyHome || $0.exemption != nil }
    if judged.isEmpty {
        let onlyHome = Exemption(reason: "作为家庭唯一住所使用", evidence: "入户调查")
        return law.exempt(item, exempt.first?.exemption ?? onlyHome, listed)
    }
    let ruled = try law.property.nonDwellings.orGap("非居住用房限额")
    let remedy = "非居住用房需不超过 \(ruled.value) 处，现有 \(judged.count) 处（\(judged.map(\.name).joined(separator: "、"))）"
    return law.finding(
        item, judged.count <= ruled.value ? .pass : .fail(.propertyHousing, remedy: remedy), listed,
        ruled.consulted("非居住用房限额", "\(ruled.value) 处"))
}

private func companyFinding(_ assets: Assets, under law: AllowanceLaw) throws(Refusal) -> PropertyFinding {
    let item = "市场主体出资"
    guard let companies = assets.companies else { return law.unknown(item, "请核查家庭成员在市场主体中的出资") }
    guard !companies.isEmpty else { return law.finding(item, .pass, "没有市场主体出资") }
    let (exempt, judged) = companies.split { $0.exemption != nil }
    let listed = companies.map(\.name).joined(separator: "、")
    if judged.isEmpty { return law.exempt(item, exempt.first?.exemption, listed) }
    let ruled = try law.property.companyCapital.orGap("市场主体出资限额")
    let total = judged.map { ExactMoney($0.subscribed) }.sum()
    let limit = ExactMoney(ruled.value)
    let remedy = "认缴出资合计需不超过 \(limit.shown)，现为 \(total.shown)，高出 \((total - limit).shown)"
    return law.finding(
        item, total <= limit ? .pass : .fail(.propertyBusiness, remedy: remedy), "\(listed)，认缴合计 \(total.shown)",
        ruled.consulted("市场主体出资限额", limit.shown))
}

/// 消费线索是辅助指标：it asks for an explanation and never refuses by itself.
private func consumptionFinding(_ flag: ConsumptionFlag, under law: AllowanceLaw) -> PropertyFinding {
    let item = "消费线索：\(flag.name)"
    guard let explanation = flag.explanation else {
        return law.unknown(item, "请核查“\(flag.name)”并填写说明；消费线索只作辅助指标，不单独作为不予确认的理由")
    }
    return law.finding(item, .exempt(reason: explanation, evidence: "核查说明"), "已核查说明")
}

extension AllowanceLaw {
    fileprivate func finding(
        _ item: String, _ result: PropertyFinding.Result, _ sentence: String, _ ruling: ConsultedRuling? = nil
    ) -> PropertyFinding {
        PropertyFinding(item: item, result: result, sentence: sentence, basis: ruling?.source ?? propertyBasis, ruling: ruling)
    }

    fileprivate func unknown(_ item: String, _ asks: String) -> PropertyFinding {
        finding(item, .unknown(asks: asks), "尚未核清")
    }

    fileprivate func exempt(_ item: String, _ exemption: Exemption?, _ found: String) -> PropertyFinding {
        guard let exemption else { return finding(item, .pass, found) }
        return finding(item, .exempt(reason: exemption.reason, evidence: exemption.evidence), "现有\(found)")
    }
}

extension Array {
    /// Those that satisfy the test, and the others, each in order.
    fileprivate func split(_ isFirst: (Element) -> Bool) -> ([Element], [Element]) {
        (filter(isFirst), filter { !isFirst($0) })
    }
}
