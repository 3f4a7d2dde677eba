import Kernel
import Values

/// 所填的规定。A full set of rulings inside a question: what is left out is the national default, or not given in that place.
struct LawInQuestion: Shaped, Hashable {
    let edition: Edition?
    let method: MethodChoice?
    let standardMonth: Amount?
    let standardYear: Amount?
    let strictness: Strictness?
    let severe: SevereDisability?
    let floor: BasisPoints?
    let counting: CountingInQuestion
    let deductions: DeductionsInQuestion
    let limits: LimitsInQuestion
    let addOns: AddOnsInQuestion
    let tiers: TiersInQuestion
    let single: SingleInQuestion
    let rounding: RoundingInQuestion

    static let shape = Shape<LawInQuestion> {
        Field(.method, \.method)
        Field(.standardMonth, \.standardMonth)
        Field(.standardYear, \.standardYear)
        Field(.editionCode, \.edition)
        Field(.strictness, \.strictness)
        Field(.severe, \.severe)
        Field(.floor, \.floor)
        Group(Term("counting", "计入"), \.counting)
        Group(Term("deductions", "扣减"), \.deductions)
        Group(Term("limits", "财产限额"), \.limits)
        Group(Term("add_ons", "增发"), \.addOns)
        Group(Term("tiers", "分档和系数"), \.tiers)
        Group(Term("single", "单人户"), \.single)
        Group(Term("rounding", "取整"), \.rounding)
    }

    init(from reading: Reading<LawInQuestion>) throws(Refusal) {
        edition = try reading(.editionCode)
        method = try reading(.method)
        standardMonth = try reading(.standardMonth)
        standardYear = try reading(.standardYear)
        strictness = try reading(.strictness)
        severe = try reading(.severe)
        floor = try reading(.floor)
        counting = try reading(Term("counting", "计入"))
        deductions = try reading(Term("deductions", "扣减"))
        limits = try reading(Term("limits", "财产限额"))
        addOns = try reading(Term("add_ons", "增发"))
        tiers = try reading(Term("tiers", "分档和系数"))
        single = try reading(Term("single", "单人户"))
        rounding = try reading(Term("rounding", "取整"))
        guard standardMonth == nil || standardYear == nil else { throw .invalid("月标准和年标准只填一个").at(["standard_year_fen"]) }
    }

    /// - Throws: `.gap` before the first national procedure; `.invalid` where a method lacks its amounts.
    func law(on day: CivilDate, _ residence: Residence) throws(Refusal) -> AllowanceLaw {
        guard let edition = edition ?? Edition.inForce(on: day) else {
            throw .gap("\(day.shown)没有可适用的最低生活保障审核确认规定，请选择规则版本")
        }
        var law = AllowanceLaw.national(edition, residence: residence, method: Ruled(try tiers.method(method ?? .gap)), standard: standard)
        if let strictness { law.strictness = Ruled(strictness) }
        if let severe { law.severeDisability = Ruled(severe) }
        if let floor { law.floor = Ruled(floor) }
        counting.apply(to: &law)
        try deductions.apply(to: &law)
        limits.apply(to: &law)
        addOns.apply(to: &law)
        try single.apply(to: &law)
        rounding.apply(to: &law)
        return law
    }

    private var standard: Ruled<Standard>? {
        if let standardMonth { return Ruled(.monthly(standardMonth.money)) }
        return standardYear.map { Ruled(.yearly($0.money, rounding.yearly)) }
    }
}

/// 计入：members and incomes the place decides on.
struct CountingInQuestion: Shaped, Hashable {
    let soldier: Membership?
    let longAbsent: Membership?
    let postgraduate: Membership?
    let windowMonths: Int?
    let uncounted: [UncountedRow]

    static let shape = Shape<CountingInQuestion> {
        Field(.soldier, \.soldier)
        Field(.longAbsent, \.longAbsent)
        Field(.postgraduate, \.postgraduate)
        Field(.windowMonths, \.windowMonths)
        Each(.uncounted, \.uncounted)
    }

    init(from reading: Reading<CountingInQuestion>) throws(Refusal) {
        soldier = try reading(.soldier)
        longAbsent = try reading(.longAbsent)
        postgraduate = try reading(.postgraduate)
        windowMonths = try reading(.windowMonths)
        uncounted = try reading(.uncounted)
    }

    func apply(to law: inout AllowanceLaw) {
        law.soldier = soldier.map { Ruled($0) }
        law.longAbsent = longAbsent.map { Ruled($0) }
        law.postgraduate = postgraduate.map { Ruled($0) }
        if let windowMonths { law.windowMonths = Ruled(windowMonths) }
        if !uncounted.isEmpty { law.uncounted = Ruled(IncomeKind.uncountedNationally.union(uncounted.map(\.kind))) }
    }
}

/// 另不计入的收入一项。
struct UncountedRow: Entry, Hashable {
    let key: String
    let kind: IncomeKind

    static let shape = Shape<UncountedRow> { Field(.incomeKind, \.kind) }

    init(from reading: Reading<UncountedRow>) throws(Refusal) {
        key = reading.key
        kind = try reading(.incomeKind)
    }
}

/// 取整。
struct RoundingInQuestion: Shaped, Hashable {
    let mode: Rounding.Mode?
    let unit: Amount?
    let stage: AmountRounding.Stage?
    let yearlyMode: Rounding.Mode?
    let yearlyUnit: Amount?

    static let shape = Shape<RoundingInQuestion> {
        Field(.roundingMode, \.mode)
        Field(.roundingUnit, \.unit)
        Field(.roundingStage, \.stage)
        Field(.yearlyMode, \.yearlyMode)
        Field(.yearlyUnit, \.yearlyUnit)
    }

    init(from reading: Reading<RoundingInQuestion>) throws(Refusal) {
        mode = try reading(.roundingMode)
        unit = try reading(.roundingUnit)
        stage = try reading(.roundingStage)
        yearlyMode = try reading(.yearlyMode)
        yearlyUnit = try reading(.yearlyUnit)
    }

    func apply(to law: inout AllowanceLaw) {
        guard mode != nil || unit != nil || stage != nil else { return }
        law.rounding = Ruled(AmountRounding(rounding: Rounding(mode: mode ?? .halfUp, unit: unit?.money ?? Money(fen: 1)), stage: stage ?? .perHousehold))
    }

    /// 年标准折算。
    var yearly: Rounding { Rounding(mode: yearlyMode ?? .halfUp, unit: yearlyUnit?.money ?? Money(fen: 1)) }
}

extension Term where Value == MethodChoice {
    static var method: Term<MethodChoice> { Term("method", "保障金计算方法", hint: "不填视为补差") }
}
extension Term where Value == Amount {
    static var standardMonth: Term<Amount> { Term("standard_month_fen", "保障标准（每人每月）") }
    static var standardYear: Term<Amount> { Term("standard_year_fen", "保障标准（每人每年）") }
    static var roundingUnit: Term<Amount> { Term("unit_fen", "取整单位") }
    static var yearlyUnit: Term<Amount> { Term("yearly_unit_fen", "年标准折算的取整单位") }
}
extension Term where Value == Edition {
    static var editionCode: Term<Edition> { Term("edition", "规则版本", hint: "不填按试算日期") }
}
extension Term where Value == Strictness {
    static var strictness: Term<Strictness> { Term("strictness", "收入与标准的比较") }
}
extension Term where Value == SevereDisability {
    static var severe: Term<SevereDisability> { Term("severe_disability", "重度残疾的范围") }
}
extension Term where Value == BasisPoints {
    static var floor: Term<BasisPoints> { Term("floor", "最低补差（标准的比例）") }
}
extension Term where Value == Membership {
    static var soldier: Term<Membership> { Term("soldier", "现役义务兵") }
    static var longAbsent: Term<Membership> { Term("long_absent", "长期外出人员") }
    static var postgraduate: Term<Membership> { Term("postgraduate", "在校研究生") }
}
extension Term where Value == Int {
    static var windowMonths: Term<Int> { Term("window_months", "收入核算期（月）") }
}
extension Term where Value == [UncountedRow] {
    static var uncounted: Term<[UncountedRow]> { Term("uncounted", "另不计入的收入") }
}
extension Term where Value == Rounding.Mode {
    static var roundingMode: Term<Rounding.Mode> { Term("mode", "取整方式") }
    static var yearlyMode: Term<Rounding.Mode> { Term("yearly_mode", "年标准折算的取整") }
}
extension Term where Value == AmountRounding.Stage {
    static var roundingStage: Term<AmountRounding.Stage> { Term("stage", "取整环节") }
}
