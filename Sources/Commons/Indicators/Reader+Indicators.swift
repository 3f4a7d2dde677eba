import Kernel
import Storage
import Values

extension Reader {
    /// 指标目录，with the manual series that people added.
    public func indicatorBook() throws -> IndicatorBook {
        IndicatorBook(house, added: try all(ManualSeries.self, where: "1 = 1 ORDER BY code").map(\.indicator))
    }

    /// One amount over a span of months.
    ///
    /// A flow adds its months; a stock or a standard stands as at the last of them; a rate is reckoned from its two figures over the span.
    /// - Throws: `.forbidden` for a place that is neither the reader's own, nor within it, nor around it.
    public func value(of indicator: Indicator, over period: IndicatorPeriod, in region: RegionCode, category: String? = nil) throws -> IndicatorValue {
        try figures(of: [indicator], in: region, through: period.through).value(of: indicator, over: period, category: category)
    }

    /// One amount for each month.
    public func series(of indicator: Indicator, months: IndicatorPeriod, in region: RegionCode, category: String? = nil) throws -> [IndicatorValue] {
        let figures = try figures(of: [indicator], in: region, through: months.through)
        return try months.months.map { try figures.value(of: indicator, over: .month($0), category: category) }
    }

    /// One amount for each of many places within one, by a few statements however many they are.
    public func values(of indicator: Indicator, over period: IndicatorPeriod, in places: [RegionCode], within parent: RegionCode,
                       category: String? = nil) throws -> [RegionCode: IndicatorValue] {
        let seen = places.filter { actor.covers($0) && $0 != parent && parent.contains($0) }
        if case .ruled = indicator.source { return try ruledValues(of: indicator, over: period, in: seen, within: parent) }
        return try IndicatorFigures.placed(indicator, in: seen, of: parent, over: period, self).mapValues { try $0.value(of: indicator, over: period, category: category) }
    }

    /// What is laid down around a place holds in it, unless something is laid down for itself or between.
    private func ruledValues(of indicator: Indicator, over period: IndicatorPeriod, in places: [RegionCode], within parent: RegionCode) throws -> [RegionCode: IndicatorValue] {
        let whole = try value(of: indicator, over: period, in: parent)
        let own: [RegionCode] = try connection.all("SELECT DISTINCT region FROM ruling WHERE \(Reader.within("region", parent)) AND published_at IS NOT NULL") { try $0.read(0) }
        return Dictionary(uniqueKeysWithValues: try places.map { place in
            let isOwn = own.contains { $0 != parent && $0.contains(place) }
            return (place, isOwn ? try value(of: indicator, over: period, in: place)
                : IndicatorValue(indicator, over: period, in: place, amount: whole.amount, moment: whole.moment, asOf: whole.asOf, missing: whole.missing))
        })
    }

    /// Many indicators for one place, read together: for pages that show dozens over years.
    public func figures(of indicators: [Indicator], in region: RegionCode, through: Month) throws -> IndicatorFigures {
        guard actor.covers(region) || region.contains(actor.region) else { throw Refusal.forbidden("只能查看本辖区和上级区域的指标") }
        return try IndicatorFigures(indicators, in: region, through: through, self)
    }
}

/// 一地的各项指标。Everything that is known of some indicators in one place, read once, for any number of spans.
public struct IndicatorFigures {
    public let region: RegionCode
    private let totals: IndicatorTotals
    private let entries: ManualAmounts
    private let book: [String: Indicator]
    private let reader: Reader

    init(_ indicators: [Indicator], in region: RegionCode, through: Month, _ reader: Reader) throws {
        self.region = region
        self.reader = reader
        book = Self.book(of: indicators, reader.house)
        let unique = Array(book.values)
        totals = try IndicatorTotals(unique, in: region, through: through, reader.connection)
        entries = try ManualAmounts(unique, in: region, through: through, reader.connection)
    }

    private init(_ region: RegionCode, _ totals: IndicatorTotals, _ entries: ManualAmounts, _ book: [String: Indicator], _ reader: Reader) {
        (self.region, self.totals, self.entries, self.book, self.reader) = (region, totals, entries, book, reader)
    }

    /// The same for each of many places within one, for one span alone.
    static func placed(_ indicator: Indicator, in places: [RegionCode], of parent: RegionCode, over period: IndicatorPeriod,
                       _ reader: Reader) throws -> [RegionCode: IndicatorFigures] {
        let book = book(of: [indicator], reader.house), unique = Array(book.values)
        let totals = try IndicatorTotals.placed(unique, in: places, over: period, reader.connection)
        let entries = try ManualAmounts.placed(unique, in: places, of: parent, through: period.through, reader.connection)
        return Dictionary(uniqueKeysWithValues: places.compactMap { place in
            guard let totals = totals[place], let entries = entries[place] else { return nil }
            return (place, IndicatorFigures(place, totals, entries, book, reader))
        })
    }

    /// The indicators themselves, and everything that they are reckoned from.
    private static func book(of indicators: [Indicator], _ house: House) -> [String: Indicator] {
        let known = IndicatorBook(house)
        var book = Dictionary(indicators.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first }), open = indicators
        while let next = open.popLast() {
            for code in next.parts where book[code] == nil {
                guard let part = known.find(code) else { continue }
                book[code] = part
                open.append(part)
            }
        }
        return book
    }

    /// Until when the acts behind every counted figure are counted; nil where something was never counted.
    public var countedAt: Instant? {
        let registers = Set(book.values.compactMap { $0.tally?.register.name })
        let times = registers.compactMap { totals.folds[$0]?.countedAt }
        return times.count == registers.count ? times.min() : nil
    }

    /// - Returns: a value without an amount where nothing is known.
    public func value(of indicator: Indicator, over period: IndicatorPeriod, category: String? = nil) throws -> IndicatorValue {
        switch indicator.source {
        case .counted(let tally):
            let found = totals.amount(of: indicator, over: period, category: category)
            return IndicatorValue(indicator, over: period, in: region, category: category, amount: found?.amount,
                                  moment: totals.folds[tally.register.name]?.countedAt ?? reader.now, asOf: found?.asOf, missing: found?.missing ?? period.months)
        case .rate(let part, let whole, let times): return try rate(indicator, part, whole, times, over: period, category: category)
        case .sum(let added, let taken): return try sum(indicator, added, taken, over: period, category: category)
        case .ruled(let read):
            let month = min(period.through, reader.today.monthOf), day = min(month.last, reader.today)
            let amount = period.from <= month ? try read(day, region, reader) : nil
            return IndicatorValue(indicator, over: period, in: region, category: category, amount: amount, moment: reader.now, asOf: amount == nil ? nil : month,
                                  missing: amount == nil ? [period.through] : [])
        case .entered:
            let found = category == nil ? entries.amount(of: indicator, over: period) : nil
            return IndicatorValue(indicator, over: period, in: region, category: category, amount: found?.amount, moment: found?.knownAt ?? reader.now,
                                  asOf: found?.asOf, missing: found?.missing ?? period.months)
        }
    }

    private func sum(_ indicator: Indicator, _ added: [String], _ taken: [String], over period: IndicatorPeriod, category: String?) throws -> IndicatorValue {
        let parts = try (added.map { ($0, 1) } + taken.map { ($0, -1) }).map { code, sign in
            guard let part = book[code] else { throw Refusal.absent("「\(indicator.name)」所依的指标不在目录里") }
            return (try value(of: part, over: period, category: category), Int64(sign))
        }
        let missing = Array(Set(parts.flatMap(\.0.missing))).sorted(), moment = parts.map(\.0.moment).min() ?? reader.now
        let amounts = parts.compactMap { value, sign in value.amount.map { $0 * sign } }
        return IndicatorValue(indicator, over: period, in: region, category: category, amount: amounts.count == parts.count ? amounts.reduce(0, +) : nil,
                              moment: moment, asOf: parts.first?.0.asOf, missing: missing)
    }

    /// One count over another; a stock in it stands as at the end of the span. Half a unit and more is rounded up.
    private func rate(_ indicator: Indicator, _ part: String, _ whole: String, _ times: Int64, over period: IndicatorPeriod, category: String?) throws -> IndicatorValue {
        guard let upper = book[part], let lower = book[whole] else { throw Refusal.absent("「\(indicator.name)」所依的指标不在目录里") }
        let above = try value(of: upper, over: period, category: category), below = try value(of: lower, over: period, category: category)
        let missing = Array(Set(above.missing + below.missing)).sorted(), moment = min(above.moment, below.moment)
        guard let dividend = above.amount, let divisor = below.amount, divisor > 0 else {
            return IndicatorValue(indicator, over: period, in: region, category: category, amount: nil, moment: moment, missing: missing.isEmpty ? period.months : missing)
        }
        return IndicatorValue(indicator, over: period, in: region, category: category, amount: Self.rounded(dividend, times, divisor), moment: moment,
                              asOf: above.asOf ?? below.asOf, missing: missing)
    }

    /// dividend × times ÷ divisor, half up and away from zero.
    static func rounded(_ dividend: Int64, _ times: Int64, _ divisor: Int64) -> Int64 {
        let product = dividend.magnitude.multipliedFullWidth(by: times.magnitude)
        guard product.high < divisor.magnitude else { return 0 }
        let (quotient, remainder) = divisor.magnitude.dividingFullWidth(product)
        let whole = Int64(clamping: quotient) + (remainder >= divisor.magnitude - remainder ? 1 : 0)
        return dividend < 0 ? -whole : whole
    }
}

extension Indicator {
    /// The codes that it is reckoned from.
    fileprivate var parts: [String] {
        switch source {
        case .rate(let part, let whole, _): [part, whole]
        case .sum(let added, let taken): added + taken
        default: []
        }
    }
}
