import Commons
import Kernel
import Reading
import Values

/// 取数。Reads what a summary tells of indicators in one place over one period, and the same again later.
struct SummaryFacts {
    let period: IndicatorPeriod
    let book: IndicatorBook
    private let figures: IndicatorFigures
    /// How the plan that is followed stood when it was told of.
    let progress: PlanProgress?

    /// - Parameters:
    ///   - plan: whose targets are told of.
    ///   - day: on which they were told of.
    init(_ period: IndicatorPeriod, in region: RegionCode, _ reader: Reader, following plan: ID<WorkPlan>? = nil, on day: CivilDate? = nil) throws {
        self.period = period
        progress = try plan.map { try reader.progress(of: try reader.planTree($0), on: min(day ?? reader.today, period.through.last)) }
        book = try reader.indicatorBook()
        figures = try reader.figures(of: book.all, in: region, through: period.through)
    }

    func fact(_ indicator: Indicator, counting: Counting? = nil, target: Completion? = nil) throws -> SummaryFact {
        let counting = counting ?? (indicator.nature == .flow ? .total : .level), value = try figures.value(of: indicator, over: period)
        let amount = try self.amount(of: indicator, counting, over: period)
        var fact = SummaryFact(code: indicator.code, name: counting == .increase ? "新增\(indicator.name)" : indicator.name, unit: indicator.unit,
                               nature: counting == .increase ? .flow : indicator.nature, value: amount)
        (fact.target, fact.isManual, fact.counting, fact.moment) = (target, indicator.isManual, counting, value.moment)
        if indicator.nature == .flow { fact.missing = Self.months(value.missing, in: period) }
        if indicator.nature == .stock, counting == .level { fact.asOf = value.asOf.map { Self.monthEnd($0, in: period) } }
        if indicator.nature == .standard {
            try addChange(to: &fact, of: indicator)
        } else if counting != .increase, fact.missing.isEmpty {
            // A part of a year is no more and no less than a whole one.
            try addPrevious(to: &fact, of: indicator)
        }
        return fact
    }

    /// What the indicator comes to over a period, counted in that way; nil where nothing is known.
    func amount(of indicator: Indicator, _ counting: Counting, over period: IndicatorPeriod) throws -> Int64? {
        let value = try figures.value(of: indicator, over: period).amount
        guard counting == .increase else { return value }
        guard let value, let before = try figures.value(of: indicator, over: Self.endOfYearBefore(period)).amount else { return nil }
        return value - before
    }

    static func endOfYearBefore(_ period: IndicatorPeriod) -> IndicatorPeriod { .month(period.from.adding(-period.from.month)) }

    /// 上年同期 of what happened, 上年末 of what stands.
    static func compared(_ nature: Indicator.Nature, _ period: IndicatorPeriod) -> IndicatorPeriod {
        nature == .stock ? endOfYearBefore(period) : period.lastYear
    }

    // MARK: Comparisons

    /// A register that counted nothing before this period may simply not have been kept: then nothing is compared.
    private func addPrevious(to fact: inout SummaryFact, of indicator: Indicator) throws {
        let before = try figures.value(of: indicator, over: Self.compared(indicator.nature, period))
        guard let amount = before.amount, before.missing.isEmpty else { return }
        if amount == 0 {
            let earlier = try figures.value(of: indicator, over: .months(60, through: period.from.previous)).amount ?? 0
            guard earlier != 0 || indicator.isManual else { return }
            fact.isFirst = earlier == 0
        }
        fact.previous = amount
    }

    /// Since which month of the period the standard holds, and what held before.
    private func addChange(to fact: inout SummaryFact, of indicator: Indicator) throws {
        guard let value = fact.value else { return }
        for month in period.months.reversed() {
            guard let before = try figures.value(of: indicator, over: .month(month.previous)).amount else { return }
            guard before != value else { continue }
            (fact.before, fact.since) = (before, month.shown)
            return
        }
    }

    static func months(_ months: [Month], in period: IndicatorPeriod) -> String {
        months.map { $0.year == period.through.year ? "\($0.month)月" : $0.shown }.joined(separator: "、")
    }

    private static func monthEnd(_ month: Month, in period: IndicatorPeriod) -> String {
        month.year == period.through.year ? "\(month.month)月底" : "\(month.shown)底"
    }

    // MARK: The same number again

    /// What a number of a summary would be now; nil where nothing is known any more.
    func again(_ figure: SummaryFigure) throws -> (amount: Int64?, moment: Instant) {
        if let count = PlanCount(code: figure.indicator) { return (progress.map(count.count), figure.moment) }
        guard let indicator = book.find(figure.indicator) else { return (nil, figure.moment) }
        let moment = try figures.value(of: indicator, over: figure.period).moment
        guard let value = try amount(of: indicator, figure.counting, over: figure.period) else { return (nil, moment) }
        let before = try figures.value(of: indicator, over: Self.compared(indicator.nature, figure.period)).amount
        switch figure.role {
        case .value: return (value, moment)
        case .target: return (Int64(figure.amount), moment)
        case .previous: return (before, moment)
        case .completion: return (figure.target.map { Movement.perMille(of: value, to: Int64($0)) }, moment)
        case .change: return (before.map { value - $0 }, moment)
        case .growth: return (before.flatMap { $0 == 0 ? nil : Movement.perMille(of: value - $0, to: $0) }, moment)
        case .before: return (try held(before: value, indicator, figure.period), moment)
        }
    }

    private func held(before value: Int64, _ indicator: Indicator, _ period: IndicatorPeriod) throws -> Int64? {
        for month in period.months.reversed() {
            guard let before = try figures.value(of: indicator, over: .month(month.previous)).amount else { return nil }
            if before != value { return before }
        }
        return nil
    }
}

extension PlannedTarget {
    /// What is to be reached, in the smallest part of the indicator's unit; nil where target and indicator are of different units.
    func completion(_ indicator: Indicator) -> Completion? {
        guard let value = target.value, Judging.isSame(target.unit, indicator.unit.name) || UnitKin.areKin(target.unit, indicator.unit.name),
              let amount = value.figure.units(decimals: indicator.unit.scale).flatMap(Int64.init(exactly:)) else { return nil }
        return Completion(target: amount, bound: target.bound)
    }
}
