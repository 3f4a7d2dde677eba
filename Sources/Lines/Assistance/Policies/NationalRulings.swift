import Kernel
import Values

/// 随程序发布的全国规定。What the law says itself, cited; and what no national text says, marked as a default to confirm.
let nationalRulings: [ShippedRuling] = incomeRulings + amountRulings + singleRulings + procedureRulings

/// The mark of a default without a legal source.
private let unconfirmed = "〔默认，须由本级确认〕"

private let since2012 = CivilDate(written: 2012, 12, 12)
private let since2021 = CivilDate(written: 2021, 7, 1)
private let since2022 = CivilDate(written: 2022, 10, 20)
private let after145 = CivilDate(written: 2026, 1, 1)

private let incomeRulings: [ShippedRuling] = [
    incomeStrictness.ships(.below, in: .country, from: since2012, cite: Citation.socialAssistance("第九条").text),
    severeDisability.ships(.firstTwoGrades, in: .country, from: since2012, until: since2021, cite: Citation.approval2012("第十条").text),
    severeDisability.ships(.withMentalGrade3, in: .country, from: since2021, cite: Citation.confirmation2021("第八条").text),
    incomeWindow.ships(12, variant: "urban", in: .country, from: since2012, cite: unconfirmed + "申请前十二个月"),
    incomeWindow.ships(12, variant: "rural", in: .country, from: since2012, cite: unconfirmed + "申请前十二个月"),
] + uncountedRulings

/// 不计入的收入；the central basic pension joined them in 2021, for the years of the 十四五.
private let uncountedRulings = IncomeKind.allCases.filter { IncomeKind.uncountedNationally.contains($0) && $0 != .basicPension }.flatMap { kind in
    [uncountedIncome.ships(true, variant: kind.rawValue, in: .country, from: since2012, until: since2021, cite: unconfirmed + "2021 年 7 月以前的规定"),
     uncountedIncome.ships(true, variant: kind.rawValue, in: .country, from: since2021, cite: Citation.confirmation2021("第十三条").text)]
} + [
    uncountedIncome.ships(true, variant: IncomeKind.basicPension.rawValue, in: .country, from: since2021, until: after145,
                          cite: Citation.confirmation2021("第十三条").text + "：“十四五”期间"),
    uncountedIncome.ships(true, variant: IncomeKind.basicPension.rawValue, in: .country, from: after145, cite: unconfirmed + "“十四五”期满后沿用"),
]

private let amountRulings: [ShippedRuling] = Residence.allCases.map { residence in
    allowanceMethod.ships(.gap, variant: residence.rawValue, in: .country, from: since2012, cite: Citation.socialAssistance("第十二条").text)
} + [
    yearlyRoundingMode.ships(.halfUp, in: .country, from: since2012, cite: unconfirmed + "年标准除以十二，四舍五入到分"),
    yearlyRoundingUnit.ships(Money(fen: 1), in: .country, from: since2012, cite: unconfirmed + "年标准除以十二，四舍五入到分"),
    roundingMode.ships(.halfUp, in: .country, from: since2012, cite: unconfirmed + "按户合计后四舍五入到分"),
    roundingUnit.ships(Money(fen: 1), in: .country, from: since2012, cite: unconfirmed + "按户合计后四舍五入到分"),
    roundingStage.ships(.perHousehold, in: .country, from: since2012, cite: unconfirmed + "按户合计后四舍五入到分"),
]

/// 参照单人户：2012 年的规定没有家庭收入倍数；民发〔2022〕83号增加成年无业重度残疾人。
private let singleRulings: [ShippedRuling] = [
    singleLimit.ships(.percent(150), variant: SingleGround.severelyDisabled.rawValue, in: .country, from: since2021, cite: Citation.confirmation2021("第八条").text),
    singleLimit.ships(.percent(150), variant: SingleGround.seriouslyIll.rawValue, in: .country, from: since2021, cite: Citation.confirmation2021("第八条").text),
    singleStrictness.ships(.below, in: .country, from: since2012, cite: Citation.confirmation2021("第八条").text + "：低于当地标准的 1.5 倍"),
    singleAmountChoice.ships(.standardLessOwnIncome, in: .country, from: since2012, cite: unconfirmed + "标准减去本人收入"),
    singleAddOns.ships(false, in: .country, from: since2012, cite: unconfirmed + "单人户不增发"),
    singleExempts.ships(false, in: .country, from: since2012, until: since2022, cite: unconfirmed + "民发〔2022〕83号以前没有豁免"),
    singleExempts.ships(true, in: .country, from: since2022, cite: Citation.expansion2022.text),
]

private let procedureRulings: [ShippedRuling] = [
    confirmationLevel.ships(.county, in: .country, from: since2012, until: since2021, cite: Citation.approval2012("第二十六条").text),
    confirmationLevel.ships(.county, in: .country, from: since2021, cite: Citation.confirmation2021("第二条").text),
    wholeLimit.ships(.workingDays(30), variant: AllowanceLimit.county.rawValue, in: .country, from: since2021, cite: Citation.confirmation2021("第二十二条").text),
    wholeLimit.ships(.workingDays(45), variant: AllowanceLimit.countySpecial.rawValue, in: .country, from: since2021, cite: Citation.confirmation2021("第二十二条").text),
    wholeLimit.ships(.workingDays(30), variant: AllowanceLimit.township.rawValue, in: .country, from: since2021, until: since2022,
                     cite: Citation.confirmation2021("第二十二条").text),
    wholeLimit.ships(.workingDays(20), variant: AllowanceLimit.township.rawValue, in: .country, from: since2022, cite: Citation.expansion2022.text),
    wholeLimit.ships(.workingDays(45), variant: AllowanceLimit.townshipSpecial.rawValue, in: .country, from: since2021, cite: Citation.confirmation2021("第二十二条").text),
    noticePausesClock.ships(false, in: .country, from: since2012, cite: unconfirmed + "公示期间不停止计算时限"),
    checkValidity.ships(3, in: .country, from: since2012, cite: unconfirmed + "核对报告三个月内有效"),
    startRule.ships(.nextMonthAfterDecision, in: .country, from: since2012, until: since2021, cite: Citation.approval2012("第二十九条").text),
    startRule.ships(.nextMonthAfterDecision, in: .country, from: since2021, cite: Citation.confirmation2021("第二十一条").text),
    stopRule.ships(.nextMonthAfterEvent, in: .country, from: since2012, cite: unconfirmed + "自情形发生的下月起停发、调整"),
    workRefusals.ships(3, in: .country, from: since2012, until: since2021, cite: unconfirmed + "2021 年 7 月以前的规定"),
    workRefusals.ships(3, in: .country, from: since2021, cite: Citation.confirmation2021("第三十四条").text),
    reviewInterval.ships(12, variant: "A", in: .country, from: since2021, cite: Citation.confirmation2021("第三十一条").text),
    reviewInterval.ships(6, variant: "B", in: .country, from: since2021, cite: Citation.confirmation2021("第三十一条").text),
    reviewInterval.ships(6, variant: "C", in: .country, from: since2021, cite: Citation.confirmation2021("第三十一条").text),
] + (1 ... 6).map { month in
    gradualExitShare.ships(.percent(100), variant: "\(month)", in: .country, from: since2021,
                           cite: Citation.expansion2022.text + "：渐退期原则上不超过六个月；" + unconfirmed + "期内按原保障金发放")
}
