import Commons
import Kernel
import Values

/// 示范市（000181）的规定：标准出自 001 号材料，其余为示范，便于把每一条规则都走到。
let demonstrationRulings: [ShippedRuling] = standardRulings + memberRulings + propertyRulings + addOnRulings + delegationRulings

private let city = RegionCode.demonstration
private let start = CivilDate(written: 2012, 12, 12)
private let earlier = CivilDate(written: 2023, 7, 1)
private let raised = CivilDate(written: 2024, 7, 1)
private let invented = "〔示范〕"

private let standardRulings: [ShippedRuling] = [
    monthlyStandard.ships(.yuan(600), variant: "urban", in: city, from: start, until: earlier, cite: invented + "虚构的旧标准"),
    monthlyStandard.ships(.yuan(728), variant: "urban", in: city, from: earlier, until: raised, cite: "001 号材料：自 2024 年 7 月起由 728 元/人/月提高；起始日为示范"),
    monthlyStandard.ships(.yuan(735), variant: "urban", in: city, from: raised, cite: "001 号材料：自 2024 年 7 月起城市标准提高为 735 元/人/月"),
    yearlyStandard.ships(.yuan(4800), variant: "rural", in: city, from: start, until: earlier, cite: invented + "虚构的旧标准"),
    yearlyStandard.ships(.yuan(6188), variant: "rural", in: city, from: earlier, until: raised, cite: "001 号材料：自 2024 年 7 月起由 6188 元/人/年提高；起始日为示范"),
    yearlyStandard.ships(.yuan(6431), variant: "rural", in: city, from: raised, cite: "001 号材料：自 2024 年 7 月起农村标准提高为 6431 元/人/年"),
]

private let memberRulings: [ShippedRuling] = [
    localMembership.ships(.counted, variant: LocalMember.soldier.rawValue, in: city, from: start, cite: invented + "现役义务兵计入家庭成员"),
    localMembership.ships(.notCounted, variant: LocalMember.longAbsent.rawValue, in: city, from: start, cite: invented + "长期外出人员不计入家庭成员"),
    localMembership.ships(.counted, variant: LocalMember.postgraduate.rawValue, in: city, from: start, cite: invented + "在校研究生计入家庭成员"),
    jobCostBasis.ships(.standard, in: city, from: start, cite: invented + "就业成本按标准的 30% 扣减"),
    jobCostRatio.ships(.percent(30), in: city, from: start, cite: invented + "就业成本按标准的 30% 扣减"),
    supportThreshold.ships(.percent(150), in: city, from: start, cite: invented + "赡养费核算办法"),
    supportRatio.ships(.percent(50), in: city, from: start, cite: invented + "赡养费核算办法"),
    supportRatioFromThree.ships(.percent(40), in: city, from: start, cite: invented + "赡养费核算办法"),
    supportActual.ships(true, in: city, from: start, cite: invented + "赡养费核算办法"),
    rigidCostShare.ships(.percent(100), variant: RigidCostKind.medical.rawValue, in: city, from: start, cite: invented + "重病自负医疗费用全额扣减"),
    rigidCostStacking.ships(.sum, in: city, from: start, cite: invented + "刚性支出可以叠加"),
]

private let propertyRulings: [ShippedRuling] = [
    moneyLimit.ships(.percent(200), in: city, from: start, cite: invented + "人均货币财产不超过年标准的两倍"),
    moneyStrictness.ships(.belowOrEqual, in: city, from: start, cite: invented + "人均货币财产不超过年标准的两倍"),
    vehicleLimit.ships(0, in: city, from: start, cite: invented + "除豁免车型外不得拥有机动车辆"),
    vehicleExempt.ships(true, variant: VehicleKind.mobilityAid.rawValue, in: city, from: start, cite: invented + "豁免车型"),
    vehicleExempt.ships(true, variant: VehicleKind.motorcycle.rawValue, in: city, from: start, cite: invented + "豁免车型"),
    vehicleExempt.ships(true, variant: VehicleKind.electricBike.rawValue, in: city, from: start, cite: invented + "豁免车型"),
    vehicleExempt.ships(true, variant: VehicleKind.farm.rawValue, in: city, from: start, cite: invented + "豁免车型"),
    dwellingLimit.ships(1, in: city, from: start, cite: invented + "住房一套，两套的人均面积不超过 35 平方米"),
    dwellingAreaLimit.ships(35, in: city, from: start, cite: invented + "住房一套，两套的人均面积不超过 35 平方米"),
    nonDwellingLimit.ships(0, in: city, from: start, cite: invented + "没有非居住用房"),
    companyCapitalLimit.ships(.yuan(100_000), in: city, from: start, cite: invented + "认缴出资合计不超过十万元"),
]

private let addOnRulings: [ShippedRuling] = [
    addOnRatio.ships(.percent(10), variant: AddOnCategory.elder70.rawValue, in: city, from: start, cite: invented + "分类施保"),
    addOnRatio.ships(.percent(10), variant: AddOnCategory.minor.rawValue, in: city, from: start, cite: invented + "分类施保"),
    addOnRatio.ships(.percent(20), variant: AddOnCategory.severelyDisabled.rawValue, in: city, from: start, cite: invented + "分类施保"),
    addOnRatio.ships(.percent(30), variant: AddOnCategory.seriouslyIll.rawValue, in: city, from: start, cite: invented + "分类施保"),
    addOnStacking.ships(.highestOnly, in: city, from: start, cite: invented + "符合多项的就高享受，不叠加"),
]

/// One township confirms by itself, so that both levels can be seen.
private let delegationRulings: [ShippedRuling] = [try? RegionCode("000181003")].compactMap(\.self).map { township in
    confirmationLevel.ships(.township, in: township, from: CivilDate(written: 2023, 1, 1), cite: invented + "委托乡镇（街道）确认的试点")
}

/// Invented shares, so that a month has something to split.
let fundShareRulings: [ShippedRuling] = [
    allowanceFundShare.ships(.percent(60), variant: FundSource.central.rawValue, in: city, from: start, cite: invented + "中央财政困难群众救助补助资金承担 60%"),
    allowanceFundShare.ships(.percent(25), variant: FundSource.province.rawValue, in: city, from: start, cite: invented + "省级承担 25%"),
    allowanceFundShare.ships(.percent(15), variant: FundSource.local.rawValue, in: city, from: start, cite: invented + "本级承担 15%"),
]
