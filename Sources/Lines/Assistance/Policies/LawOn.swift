import Kernel
import Values

/// 当日当地的规定。The law of one day and place, read from the rulings; what a place has not ruled stays a gap.
///
/// - Parameter edition: the national procedure; nil: the one in force on the day.
/// - Throws: `.gap` before the first national procedure, or where a ruling that no case can do without is missing.
func lawOn(_ day: CivilDate, _ region: RegionCode, _ residence: Residence, _ reader: Reader, edition: Edition? = nil) throws -> AllowanceLaw {
    guard let edition = edition ?? Edition.inForce(on: day) else {
        throw Refusal.gap("\(day.shown)没有可适用的最低生活保障审核确认规定，请核对日期")
    }
    return try LawReading(book: reader.rulings(on: day, in: region), residence: residence, edition: edition).law()
}

/// Reads one law out of a ruling book.
struct LawReading {
    let book: RulingBook
    let residence: Residence
    let edition: Edition

    func law() throws -> AllowanceLaw {
        var law = AllowanceLaw.national(edition, residence: residence, method: try method(), standard: try standard())
        law.strictness = try find(incomeStrictness) ?? law.strictness
        law.severeDisability = try find(severeDisability) ?? law.severeDisability
        law.soldier = try find(localMembership, LocalMember.soldier)
        law.longAbsent = try find(localMembership, LocalMember.longAbsent)
        law.postgraduate = try find(localMembership, LocalMember.postgraduate)
        try readIncome(into: &law)
        law.property = try property()
        try readAmount(into: &law)
        law.single = try single() ?? law.single
        try readProcedure(into: &law)
        return law
    }

    // MARK: Income

    private func readIncome(into law: inout AllowanceLaw) throws {
        law.windowMonths = try need(incomeWindow, residence)
        let uncounted = try IncomeKind.allCases.compactMap { kind in try find(uncountedIncome, kind).map { (kind, $0) } }
        if let first = uncounted.first {
            law.uncounted = Ruled(Set(uncounted.filter { $0.1.value }.map(\.0)), id: first.1.id, source: first.1.source)
            law.uncountedBy = Dictionary(uniqueKeysWithValues: uncounted.map { kind, ruled in (kind, ruled.consulted("不计入家庭收入的项目", kind.label)) })
        }
        law.jobCost = try jobCost()
        law.rigidCosts = try rigidCosts()
        if let threshold = try find(supportThreshold) {
            let support = SupportLaw(
                thresholdMultiple: threshold.value, ratio: try need(supportRatio).value, ratioFromThree: try find(supportRatioFromThree)?.value,
                actualIfHigher: try need(supportActual).value)
            law.support = threshold.with(support)
        }
    }

    private func jobCost() throws -> Ruled<JobCost>? {
        guard let choice = try find(jobCostBasis) else { return nil }
        let basis: JobCost.Basis
        switch choice.value {
        case .none: return nil
        case .standard: basis = .standard
        case .wage: basis = .wage
        case .minimumWage: basis = .minimumWage(try need(minimumWage).value)
        }
        let ratio = try need(jobCostRatio)
        return ratio.with(JobCost(
            basis: basis, ratio: ratio.value, perEmployedMember: try find(jobCostPerMember)?.value ?? true, cap: try find(jobCostCap)?.value))
    }

    private func rigidCosts() throws -> Ruled<RigidCostLaw>? {
        var source: Ruled<BasisPoints>?
        var rules: [RigidCostRule] = []
        for kind in RigidCostKind.allCases {
            guard let share = try find(rigidCostShare, kind) else { continue }
            source = source ?? share
            rules.append(RigidCostRule(
                kind: kind, threshold: try find(rigidCostThreshold, kind)?.value ?? .zero, share: share.value, cap: try find(rigidCostCap, kind)?.value))
        }
        guard let source else { return nil }
        return source.with(RigidCostLaw(rules: rules, stacking: try need(rigidCostStacking).value))
    }

    // MARK: Property

    private func property() throws -> PropertyLimits {
        var limits = PropertyLimits()
        if let multiple = try find(moneyLimit) {
            limits.money = multiple.with(MoneyLimit(multipleOfYearlyStandard: multiple.value, strictness: try need(moneyStrictness).value))
        }
        if let allowed = try find(vehicleLimit) {
            let exempt = try VehicleKind.allCases.filter { try find(vehicleExempt, $0)?.value == true }
            limits.vehicles = allowed.with(VehicleLimit(allowed: allowed.value, exempt: Set(exempt), maximumValue: try find(vehicleMaximum)?.value))
        }
        if let allowed = try find(dwellingLimit) {
            limits.dwellings = allowed.with(DwellingLimit(allowed: allowed.value, oneMoreWithinPerHead_m2: try find(dwellingAreaLimit)?.value))
        }
        limits.nonDwellings = try find(nonDwellingLimit)
        limits.companyCapital = try find(companyCapitalLimit)
        return limits
    }

    // MARK: Amount

    private func standard() throws -> Ruled<Standard>? {
        if let monthly = try find(monthlyStandard, residence) { return monthly.with(.monthly(monthly.value)) }
        guard let yearly = try find(yearlyStandard, residence) else { return nil }
        let rounding = Rounding(mode: try need(yearlyRoundingMode).value, unit: try need(yearlyRoundingUnit).value)
        return yearly.with(.yearly(yearly.value, rounding))
    }

    private func method() throws -> Ruled<AllowanceMethod> {
        let choice = try need(allowanceMethod, residence)
        switch choice.value {
        case .gap: return choice.with(.gap)
        case .gapWithCoefficient: return choice.with(.gapWithCoefficient(try values(methodCoefficient)))
        case .householdTier: return choice.with(.householdTier(try values(householdTierAmount)))
        case .memberTier:
            let second: [MemberTier: Money] = try values(memberTierSecond)
            let first: [MemberTier: Money] = try values(memberTierAmount)
            return choice.with(.memberTier(Dictionary(uniqueKeysWithValues: first.map { tier, amount in (tier, [amount] + (second[tier].map { [$0] } ?? [])) })))
        }
    }

    private func readAmount(into law: inout AllowanceLaw) throws {
        law.floor = try find(allowanceFloor)
        let ratios: [AddOnCategory: BasisPoints] = try values(addOnRatio)
        if !ratios.isEmpty {
            let stacking = try need(addOnStacking)
            law.addOns = stacking.with(AddOnLaw(ratios: ratios, stacking: stacking.value, rulings: try addOnRulings()))
        }
        let allowances = try HouseholdAllowanceKind.allCases.compactMap { kind in try find(householdAllowance, kind).map { (kind, $0) } }
        if let first = allowances.first {
            law.householdAllowances = first.1.with(allowances.map { HouseholdAllowance(name: $0.0.label, perMonth: $0.1.value) })
        }
        let mode = try need(roundingMode)
        law.rounding = mode.with(AmountRounding(rounding: Rounding(mode: mode.value, unit: try need(roundingUnit).value), stage: try need(roundingStage).value))
    }

    private func addOnRulings() throws -> [AddOnCategory: ConsultedRuling] {
        var rulings: [AddOnCategory: ConsultedRuling] = [:]
        for category in AddOnCategory.allCases {
            guard let ratio = try find(addOnRatio, category) else { continue }
            rulings[category] = ratio.consulted("分类施保增发（\(category.label)）", "标准的 \(ratio.value.shown)")
        }
        return rulings
    }

    private func single() throws -> Ruled<SinglePersonLaw>? {
        guard let choice = try find(singleAmountChoice) else { return nil }
        let amount: SingleAmount = switch choice.value {
        case .standardLessOwnIncome: .standardLessOwnIncome
        case .fullOrShare: .fullOrShare(fullUpTo: try need(singleFullUpTo).value, beyond: try need(singleBeyond).value)
        case .shareOfStandard: .shareOfStandard(try values(singleShare))
        case .fixed: .fixed(try need(singleFixed).value)
        }
        return choice.with(SinglePersonLaw(
            limits: try values(singleLimit), strictness: try need(singleStrictness).value, amount: amount,
            addOnsAllowed: try need(singleAddOns).value, exemptsSiblingsAndElders: try need(singleExempts).value))
    }

    // MARK: Procedure

    private func readProcedure(into law: inout AllowanceLaw) throws {
        law.start = try need(startRule)
        law.stop = try need(stopRule)
        law.gradualExit = try gradualExit() ?? law.gradualExit
        let intervals: [HouseholdClass: Int] = try values(reviewInterval)
        if !intervals.isEmpty { law.reviewMonths = try find(reviewInterval, HouseholdClass.a)?.with(intervals) ?? Ruled(intervals, source: .systemDefault) }
        law.workRefusals = try need(workRefusals)
        if let pauses = try find(noticePausesClock) { law.deadlines.noticePausesClock = pauses }
        guard edition == .rules2021 else { return }
        law.deadlines.whole = try find(wholeLimit, AllowanceLimit.county) ?? law.deadlines.whole
        law.deadlines.special = try find(wholeLimit, AllowanceLimit.countySpecial) ?? law.deadlines.special
        law.deadlines.delegated = try find(wholeLimit, AllowanceLimit.township) ?? law.deadlines.delegated
        law.deadlines.delegatedSpecial = try find(wholeLimit, AllowanceLimit.townshipSpecial) ?? law.deadlines.delegatedSpecial
    }

    private func gradualExit() throws -> Ruled<GradualExit>? {
        var first: Ruled<BasisPoints>?
        var shares: [BasisPoints] = []
        for choice in gradualExitShare.variants {
            guard let share = try book.find(gradualExitShare, choice.code).map(Ruled.init) else { break }
            first = first ?? share
            shares.append(share.value)
        }
        return first?.with(GradualExit(shares: shares))
    }

    // MARK: Finding

    private func find<Value>(_ policy: Policy<Value>) throws -> Ruled<Value>? { try book.find(policy).map(Ruled.init) }
    private func find<Value>(_ policy: Policy<Value>, _ variant: some CodeList) throws -> Ruled<Value>? { try book.find(policy, variant).map(Ruled.init) }
    private func need<Value>(_ policy: Policy<Value>) throws -> Ruled<Value> { Ruled(try book(policy)) }
    private func need<Value>(_ policy: Policy<Value>, _ variant: some CodeList) throws -> Ruled<Value> { Ruled(try book(policy, variant)) }

    /// What the place has ruled for each variant.
    private func values<Value, Variant: CodeList>(_ policy: Policy<Value>) throws -> [Variant: Value] {
        var values: [Variant: Value] = [:]
        for variant in Variant.allCases { values[variant] = try book.find(policy, variant)?.value }
        return values
    }
}

extension Ruled {
    init(_ consulted: Consulted<Value>) where Value: FieldValue {
        self.init(consulted.value, id: consulted.ruling.text, source: .plain(consulted.cite))
    }

    /// Another choice that rests on the same ruling.
    func with<Other>(_ value: Other) -> Ruled<Other> { Ruled<Other>(value, id: id, source: source) }
}
