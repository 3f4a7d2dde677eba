import Kernel
import Storage
import Values

/// 指标的合计，按月。What is kept of counted indicators for one place: changes by month and category, ready to be read over any span.
struct IndicatorTotals {
    /// Until when the acts behind a register are counted, and the last month counted; by register.
    let folds: [String: (countedAt: Instant, through: Month)]
    private let changes: [String: [(month: Month, category: String, amount: Int64)]]

    /// - Parameter through: later months aren't read.
    init(_ indicators: [Indicator], in region: RegionCode, through: Month, _ connection: any Connection) throws {
        folds = try Self.folds(connection)
        let codes = indicators.filter { $0.tally != nil }.map(\.code)
        var changes: [String: [(month: Month, category: String, amount: Int64)]] = [:]
        var months: [String: Month] = [:]
        let wanted: Statement = codes.isEmpty ? "''" : codes.map { "\($0)" as Statement }.joined(", ")
        try connection.each("""
            SELECT indicator, month, category, amount FROM indicator_total
            WHERE region = \(region) AND indicator IN (\(wanted)) AND month <= \(through) AND amount <> 0
            ORDER BY indicator, month
            """) { row in
            let text: String = try row.read(1)
            let month = try months[text] ?? Month(stored: .text(text))
            months[text] = month
            changes[try row.read(0), default: []].append((month, try row.read(2), Int64(try row.read(3) as Int)))
        }
        self.changes = changes
    }

    private init(folds: [String: (countedAt: Instant, through: Month)], changes: [String: [(month: Month, category: String, amount: Int64)]]) {
        (self.folds, self.changes) = (folds, changes)
    }

    /// The same for each of many places, over one span alone: what came to a place until its end, or within it, as one change.
    static func placed(_ indicators: [Indicator], in places: [RegionCode], over period: IndicatorPeriod, _ connection: any Connection) throws -> [RegionCode: IndicatorTotals] {
        let counted = indicators.filter { $0.tally != nil }, folds = try folds(connection)
        var found: [RegionCode: [String: [(month: Month, category: String, amount: Int64)]]] = [:]
        for (isFlow, first) in [(true, period.from), (false, Tally.opening)] {
            let codes = counted.filter { ($0.nature == .flow) == isFlow }.map { "\($0.code)" as Statement }
            guard !codes.isEmpty, !places.isEmpty else { continue }
            try connection.each("""
                SELECT region, indicator, category, CAST(sum(amount) AS BIGINT) FROM indicator_total
                WHERE region IN (\(places.map { "\($0)" as Statement }.joined(", "))) AND indicator IN (\(codes.joined(", "))) AND month >= \(first) AND month <= \(period.through)
                GROUP BY region, indicator, category
                """) { row in
                let place: RegionCode = try row.read(0), code: String = try row.read(1)
                guard case .text(let category) = row[2] else { throw StorageError.other("指标的分类应为文本") }
                found[place, default: [:]][code, default: []].append((first, category, Int64(try row.read(3) as Int)))
            }
        }
        return Dictionary(uniqueKeysWithValues: places.map { ($0, IndicatorTotals(folds: folds, changes: found[$0] ?? [:])) })
    }

    private static func folds(_ connection: any Connection) throws -> [String: (countedAt: Instant, through: Month)] {
        var folds: [String: (countedAt: Instant, through: Month)] = [:]
        try connection.each("SELECT register, counted_at, through_month FROM indicator_fold") { row in folds[try row.read(0)] = (try row.read(1), try row.read(2)) }
        return folds
    }

    /// - Returns: nil where the register isn't counted that far.
    func amount(of indicator: Indicator, over period: IndicatorPeriod, category: String?) -> (amount: Int64, missing: [Month], asOf: Month?)? {
        guard let tally = indicator.tally, let fold = folds[tally.register.name] else { return nil }
        let known = period.months.filter { $0 <= fold.through && $0 > Tally.opening }
        guard let last = known.last else { return nil }
        let first = indicator.nature == .flow ? period.from : Tally.opening
        let amount = (changes[indicator.code] ?? []).reduce(into: Int64(0)) { sum, change in
            if change.month >= first, change.month <= last, category == nil || category == change.category { sum += change.amount }
        }
        let missing = indicator.nature == .flow ? period.months.filter { !known.contains($0) } : last == period.through ? [] : [period.through]
        return (amount, missing, indicator.nature == .flow ? nil : last)
    }
}

extension Indicator {
    /// How it is counted; nil for what isn't counted by itself.
    var tally: Tally? {
        if case .counted(let tally) = source { tally } else { nil }
    }
}
