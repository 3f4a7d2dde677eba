import Kernel
import Values

// 最低生活保障的规则参数：every number and choice the law leaves to an authority, by name.

let urbanAndRural = Residence.variants

let monthlyStandard = Policy<Money>("minimum-living-standard", "最低生活保障标准", unit: "元/人·月", variants: urbanAndRural, mayBeSilent: true)
let yearlyStandard = Policy<Money>("minimum-living-standard-yearly", "最低生活保障标准（按年公布）", unit: "元/人·年", variants: urbanAndRural, mayBeSilent: true)
let yearlyRoundingMode = Policy<Rounding.Mode>("yearly-standard-rounding", "年标准折算为月标准的取整")
let yearlyRoundingUnit = Policy<Money>("yearly-standard-rounding-unit", "年标准折算为月标准的取整单位")
let allowanceMethod = Policy<MethodChoice>("allowance-method", "保障金计算方法", variants: urbanAndRural)
let methodCoefficient = Policy<BasisPoints>("allowance-coefficient", "分类救助系数", variants: CoefficientClass.variants, mayBeSilent: true)
let householdTierAmount = Policy<Money>("household-tier", "按家庭类别分档的保障金", unit: "元/人·月", variants: HouseholdClass.variants, mayBeSilent: true)
let memberTierAmount = Policy<Money>("member-tier", "按成员分档的保障金", unit: "元/人·月", variants: MemberTier.variants, mayBeSilent: true)
let memberTierSecond = Policy<Money>("member-tier-second", "按成员分档的保障金（第二档金额）", unit: "元/人·月", variants: MemberTier.variants, mayBeSilent: true)
let incomeStrictness = Policy<Strictness>("income-strictness", "收入与标准的比较方式", mayBeSilent: true)
let severeDisability = Policy<SevereDisability>("severe-disability", "重度残疾的范围", mayBeSilent: true)
let localMembership = Policy<Membership>("local-membership", "由当地规定的人员是否计入家庭成员", variants: LocalMember.variants, mayBeSilent: true)

// 收入。
let incomeWindow = Policy<Int>("income-window", "收入核算期", unit: "个月", variants: urbanAndRural)
let uncountedIncome = Policy<Bool>("uncounted-income", "不计入家庭收入的项目", variants: IncomeKind.variants, mayBeSilent: true)
let jobCostBasis = Policy<JobCostChoice>("job-cost-basis", "就业成本扣减的基数", mayBeSilent: true)
let jobCostRatio = Policy<BasisPoints>("job-cost-ratio", "就业成本扣减的比例", mayBeSilent: true)
let jobCostPerMember = Policy<Bool>("job-cost-per-member", "就业成本按每名就业成员扣减", mayBeSilent: true)
let jobCostCap = Policy<Money>("job-cost-cap", "就业成本扣减的上限", unit: "元/人·月", mayBeSilent: true)
let minimumWage = Policy<Money>("minimum-wage", "最低工资标准", unit: "元/月", mayBeSilent: true)
let rigidCostShare = Policy<BasisPoints>("rigid-cost-share", "刚性支出扣减的比例", variants: RigidCostKind.variants, mayBeSilent: true)
let rigidCostThreshold = Policy<Money>("rigid-cost-threshold", "刚性支出扣减的起点", unit: "元/月", variants: RigidCostKind.variants, mayBeSilent: true)
let rigidCostCap = Policy<Money>("rigid-cost-cap", "刚性支出扣减的上限", unit: "元/月", variants: RigidCostKind.variants, mayBeSilent: true)
let rigidCostStacking = Policy<Stacking>("rigid-cost-stacking", "刚性支出扣减的叠加", mayBeSilent: true)
let supportThreshold = Policy<BasisPoints>("support-threshold", "赡养（抚养、扶养）费的起算线（标准的倍数）", mayBeSilent: true)
let supportRatio = Policy<BasisPoints>("support-ratio", "赡养（抚养、扶养）费的比例", mayBeSilent: true)
let supportRatioFromThree = Policy<BasisPoints>("support-ratio-from-three", "三个及以上子女分担时赡养费的比例", mayBeSilent: true)
let supportActual = Policy<Bool>("support-actual-if-higher", "实际给付较高时按实际给付计算", mayBeSilent: true)

// 财产。
let moneyLimit = Policy<BasisPoints>("money-limit", "货币财产限额（人均，年标准的倍数）", mayBeSilent: true)
let moneyStrictness = Policy<Strictness>("money-limit-strictness", "货币财产与限额的比较方式", mayBeSilent: true)
let vehicleLimit = Policy<Int>("vehicle-limit", "机动车辆限额", unit: "辆", mayBeSilent: true)
let vehicleExempt = Policy<Bool>("vehicle-exempt", "豁免的车型", variants: VehicleKind.variants, mayBeSilent: true)
let vehicleMaximum = Policy<Money>("vehicle-maximum", "车辆价值上限", unit: "元", mayBeSilent: true)
let dwellingLimit = Policy<Int>("dwelling-limit", "住房限额", unit: "套", mayBeSilent: true)
let dwellingAreaLimit = Policy<Int>("dwelling-area-limit", "多一套住房时人均面积上限", unit: "平方米", mayBeSilent: true)
let nonDwellingLimit = Policy<Int>("non-dwelling-limit", "非居住用房限额", unit: "处", mayBeSilent: true)
let companyCapitalLimit = Policy<Money>("company-capital-limit", "市场主体认缴出资合计上限", unit: "元", mayBeSilent: true)

// 金额。
let allowanceFloor = Policy<BasisPoints>("allowance-floor", "最低补差（标准的比例）", mayBeSilent: true)
let addOnRatio = Policy<BasisPoints>("add-on", "分类施保增发（标准的比例，每人每月）", variants: AddOnCategory.variants, mayBeSilent: true)
let addOnStacking = Policy<Stacking>("add-on-stacking", "增发的叠加", mayBeSilent: true)
let householdAllowance = Policy<Money>("household-allowance", "按户补助", unit: "元/户·月", variants: HouseholdAllowanceKind.variants, mayBeSilent: true)
let roundingMode = Policy<Rounding.Mode>("allowance-rounding", "保障金取整方式")
let roundingUnit = Policy<Money>("allowance-rounding-unit", "保障金取整单位")
let roundingStage = Policy<AmountRounding.Stage>("allowance-rounding-stage", "保障金取整环节")

// 单人户。
let singleLimit = Policy<BasisPoints>("single-limit", "单人户家庭人均收入上限（标准的倍数）", variants: SingleGround.variants, mayBeSilent: true)
let singleStrictness = Policy<Strictness>("single-strictness", "单人户收入上限的比较方式", mayBeSilent: true)
let singleAmountChoice = Policy<SingleAmountChoice>("single-amount", "单人户保障金的计算", mayBeSilent: true)
let singleFullUpTo = Policy<BasisPoints>("single-full-up-to", "单人户全额发放的家庭人均收入（标准的倍数）", mayBeSilent: true)
let singleBeyond = Policy<BasisPoints>("single-beyond", "单人户超过该倍数时的比例", mayBeSilent: true)
let singleShare = Policy<BasisPoints>("single-share", "单人户保障金（标准的比例）", variants: SingleGround.variants, mayBeSilent: true)
let singleFixed = Policy<Money>("single-fixed", "单人户定额", unit: "元/月", mayBeSilent: true)
let singleAddOns = Policy<Bool>("single-add-ons", "单人户可以增发", mayBeSilent: true)
let singleExempts = Policy<Bool>("single-exempts-support", "成年无业重度残疾人的兄弟姐妹、六十周岁以上供养人给付予以豁免", mayBeSilent: true)

// 程序。
let confirmationLevel = Policy<ConfirmationLevel>("confirmation-level", "确认层级")
let wholeLimit = Policy<Span>("confirmation-limit", "受理至确认的时限", variants: AllowanceLimit.variants, mayBeSilent: true)
let noticePausesClock = Policy<Bool>("notice-pauses-clock", "公示期间停止计算办理时限", mayBeSilent: true)
let checkValidity = Policy<Int>("check-validity", "核对报告的有效期", unit: "个月")
let startRule = Policy<StartRule>("start-rule", "发放起始月")
let stopRule = Policy<StopRule>("stop-rule", "停发、调整起始月")
let gradualExitShare = Policy<BasisPoints>("gradual-exit", "渐退期各月发放比例（原保障金的比例）", variants: (1 ... 12).map { Choice(code: "\($0)", label: "第 \($0) 个月") }, mayBeSilent: true)
let reviewInterval = Policy<Int>("review-interval", "复核间隔", unit: "个月", variants: HouseholdClass.variants)
let workRefusals = Policy<Int>("work-refusals", "连续拒绝就业的次数", unit: "次")

/// Every policy of this line, in the order of the policy page.
let allowancePolicies: [AnyPolicy] = [
    AnyPolicy(monthlyStandard), AnyPolicy(yearlyStandard), AnyPolicy(yearlyRoundingMode), AnyPolicy(yearlyRoundingUnit), AnyPolicy(allowanceMethod),
    AnyPolicy(methodCoefficient), AnyPolicy(householdTierAmount), AnyPolicy(memberTierAmount), AnyPolicy(memberTierSecond),
    AnyPolicy(incomeStrictness), AnyPolicy(severeDisability), AnyPolicy(localMembership),
    AnyPolicy(incomeWindow), AnyPolicy(uncountedIncome), AnyPolicy(jobCostBasis), AnyPolicy(jobCostRatio), AnyPolicy(jobCostPerMember),
    AnyPolicy(jobCostCap), AnyPolicy(minimumWage), AnyPolicy(rigidCostShare), AnyPolicy(rigidCostThreshold), AnyPolicy(rigidCostCap),
    AnyPolicy(rigidCostStacking), AnyPolicy(supportThreshold), AnyPolicy(supportRatio), AnyPolicy(supportRatioFromThree), AnyPolicy(supportActual),
    AnyPolicy(moneyLimit), AnyPolicy(moneyStrictness), AnyPolicy(vehicleLimit), AnyPolicy(vehicleExempt), AnyPolicy(vehicleMaximum),
    AnyPolicy(dwellingLimit), AnyPolicy(dwellingAreaLimit), AnyPolicy(nonDwellingLimit), AnyPolicy(companyCapitalLimit),
    AnyPolicy(allowanceFloor), AnyPolicy(addOnRatio), AnyPolicy(addOnStacking), AnyPolicy(householdAllowance), AnyPolicy(roundingMode),
    AnyPolicy(roundingUnit), AnyPolicy(roundingStage), AnyPolicy(singleLimit), AnyPolicy(singleStrictness), AnyPolicy(singleAmountChoice),
    AnyPolicy(singleFullUpTo), AnyPolicy(singleBeyond), AnyPolicy(singleShare), AnyPolicy(singleFixed), AnyPolicy(singleAddOns),
    AnyPolicy(singleExempts), AnyPolicy(confirmationLevel), AnyPolicy(wholeLimit), AnyPolicy(noticePausesClock), AnyPolicy(checkValidity),
    AnyPolicy(startRule), AnyPolicy(stopRule), AnyPolicy(gradualExitShare), AnyPolicy(reviewInterval), AnyPolicy(workRefusals),
]
