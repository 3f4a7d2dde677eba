import Values

/// 适用规定。All that the law of one day and place says about 最低生活保障, each choice with its source.
///
/// A rate that is nil because the place grants none (底线补差、增发、按户补助、就业成本、刚性支出) says so beside it.
/// Every other nil is a gap: it refuses the act when a case needs it, and never borrows a neighbour's.
struct AllowanceLaw: Hashable, Sendable {
    var edition: Ruled<Edition>
    var method: Ruled<AllowanceMethod>
    var standard: Ruled<Standard>?
    var strictness: Ruled<Strictness> = .init(.below, source: .socialAssistance("第九条"))
    var severeDisability: Ruled<SevereDisability> = .init(.withMentalGrade3, source: .confirmation2021("第八条"))

    // 家庭成员：国家规定没有写明的几类人员。
    var soldier: Ruled<Membership>?
    var longAbsent: Ruled<Membership>?
    var postgraduate: Ruled<Membership>?

    // 收入。
    /// 核算期，月数，1 至 60。
    var windowMonths: Ruled<Int> = .init(12, source: .systemDefault)
    var uncounted: Ruled<Set<IncomeKind>> = .init(
        IncomeKind.uncountedNationally, source: .confirmation2021("第十三条"))
    /// 各项不计入所据的规定; empty in an estimate.
    var uncountedBy: [IncomeKind: ConsultedRuling] = [:]
    /// nil：当地不扣减。
    var jobCost: Ruled<JobCost>?
    /// nil：当地不扣减。
    var rigidCosts: Ruled<RigidCostLaw>?
    var support: Ruled<SupportLaw>?

    var property: PropertyLimits = .none

    // 金额。
    /// 最低补差占标准的比例；nil：没有最低补差。
    var floor: Ruled<BasisPoints>?
    /// nil：不增发。
    var addOns: Ruled<AddOnLaw>?
    /// nil：没有按户补助。
    var householdAllowances: Ruled<[HouseholdAllowance]>?
    var rounding: Ruled<AmountRounding> = .init(.fen, source: .systemDefault)
    var single: Ruled<SinglePersonLaw>? = .init(.national, source: .confirmation2021("第八条"))

    // 决定以后。
    var start: Ruled<StartRule> = .init(.nextMonthAfterDecision, source: .confirmation2021("第二十一条"))
    var stop: Ruled<StopRule> = .init(.nextMonthAfterEvent, source: .systemDefault)
    var gradualExit: Ruled<GradualExit> = .init(.sixMonths, source: .expansion2022)
    /// 复核间隔，月数。
    var reviewMonths: Ruled<[HouseholdClass: Int]>? = .init([.a: 12, .b: 6, .c: 6], source: .confirmation2021("第三十一条"))
    var workRefusals: Ruled<Int> = .init(3, source: .confirmation2021("第三十四条"))
    var deadlines: AllowanceDeadlines = .national2021
}

extension AllowanceLaw {
    /// 收入核算的依据。
    var incomeBasis: Citation { edition.value.cite("第十三条", nil) }
    /// 财产核算的依据。
    var propertyBasis: Citation { edition.value.cite("第十四条", nil) }

    /// - Throws: `.gap` when the place has published no standard for the day.
    func requiredStandard() throws(Refusal) -> Ruled<Standard> {
        try standard.orGap("最低生活保障标准")
    }
}

extension Optional {
    /// The ruling, or a refusal that names what is missing and what to do.
    func orGap<Value>(_ title: String) throws(Refusal) -> Ruled<Value> where Wrapped == Ruled<Value> {
        guard let self else {
            throw .gap("当地在该日期没有“\(title)”的规定，暂不能计算；请由政策管理员补录并发布后再办理")
        }
        return self
    }
}
