import Kernel
import Storage
import Values

/// 填报数的取用。What was reported for one place and the places below it, ready to be read over any span.
struct ManualAmounts {
    private struct Reported {
        let region: RegionCode
        let period: IndicatorPeriod
        let amount: Int64
        let knownAt: Instant
    }

    private let region: RegionCode
    private let own: [String: [Reported]]
    private let below: [String: [Reported]]
    private let above: [String: [Reported]]

    init(_ indicators: [Indicator], in region: RegionCode, through: Month, _ connection: any Connection) throws {
        self.region = region
        var own: [String: [Reported]] = [:], below: [String: [Reported]] = [:], above: [String: [Reported]] = [:]
        let codes = indicators.filter(\.isManual).map { "\($0.code)" as Statement }
        let higher = region.ancestors.dropFirst().map { "\($0)" as Statement }
        let places = higher.isEmpty ? Reader.within("region", region) : "(\(Reader.within("region", region)) OR region IN (\(higher.joined(", "))))"
        if !codes.isEmpty {
            try connection.each("""
                SELECT indicator, region, from_month, through_month, amount, known_at FROM indicator_entry
                WHERE \(places) AND indicator IN (\(codes.joined(", "))) AND retracted_at IS NULL AND from_month <= \(through) ORDER BY through_month, from_month, id
                """) { row in
                let code: String = try row.read(0), place: RegionCode = try row.read(1)
                let reported = Reported(region: place, period: IndicatorPeriod(try row.read(2), through: try row.read(3)), amount: Int64(try row.read(4) as Int),
                                        knownAt: try row.read(5))
                if place == region { own[code, default: []].append(reported) }
                else if region.contains(place) { below[code, default: []].append(reported) }
                else { above[code, default: []].append(reported) }
            }
        }
        (self.own, self.below, self.above) = (own, below, above)
    }

    private init(_ region: RegionCode, own: [String: [Reported]], below: [String: [Reported]], above: [String: [Reported]]) {
        (self.region, self.own, self.below, self.above) = (region, own, below, above)
    }

    /// The same for each of many places within one: what was reported there is read once, and laid to the places that contain it.
    static func placed(_ indicators: [Indicator], in places: [RegionCode], of parent: RegionCode, through: Month,
                       _ connection: any Connection) throws -> [RegionCode: ManualAmounts] {
        let whole = try ManualAmounts(indicators, in: parent, through: through, connection), wanted = Set(places)
        var own: [RegionCode: [String: [Reported]]] = [:], below = own
        for (code, reports) in whole.below {
            for reported in reports {
                for place in reported.region.ancestors where wanted.contains(place) {
                    if place == reported.region { own[place, default: [:]][code, default: []].append(reported) }
                    else { below[place, default: [:]][code, default: []].append(reported) }
                }
            }
        }
        // In the order of their months, as one place is read.
        let above = whole.above.merging(whole.own) { ($0 + $1).sorted { ($0.period.through, $0.period.from) < ($1.period.through, $1.period.from) } }
        return Dictionary(uniqueKeysWithValues: places.map { ($0, ManualAmounts($0, own: own[$0] ?? [:], below: below[$0] ?? [:], above: above)) })
    }

    /// - Returns: nil where nothing was reported for the span.
    func amount(of indicator: Indicator, over period: IndicatorPeriod) -> (amount: Int64, missing: [Month], asOf: Month?, knownAt: Instant)? {
        switch indicator.nature {
        case .flow: sum(indicator.code, over: period)
        case .stock: last(indicator.code, over: period)
        case .rate: latest(own[indicator.code], until: period.through, notBefore: period.from)
        case .standard: latest(own[indicator.code], until: period.through) ?? latest(above[indicator.code], until: period.through)
        }
    }

    /// Spans that lie wholly within are added; a month that none of them holds is missing.
    private func sum(_ code: String, over period: IndicatorPeriod) -> (Int64, [Month], Month?, Instant)? {
        let all = counted(code)
        let within = all.filter { period.contains($0.period) }
        guard let newest = within.map(\.knownAt).max() else { return nil }
        let missing = period.months.filter { month in !within.contains { $0.period.contains(month) } }
        return (within.reduce(0) { $0 + $1.amount }, missing, nil, newest)
    }

    /// What was reported for the place itself, else for the highest places below it; never both for one span.
    private func counted(_ code: String) -> [Reported] {
        let own = own[code] ?? [], below = below[code] ?? []
        let free = below.filter { lower in !own.contains { $0.period.overlaps(lower.period) } }
        return own + free.filter { lower in !free.contains { $0.region != lower.region && $0.region.contains(lower.region) && $0.period.overlaps(lower.period) } }
    }

    /// The last month of the span for which anything was reported.
    private func last(_ code: String, over period: IndicatorPeriod) -> (Int64, [Month], Month?, Instant)? {
        let known = counted(code).filter { period.contains($0.period.through) }
        guard let month = known.map(\.period.through).max() else { return nil }
        let there = known.filter { $0.period.through == month }
        guard let newest = there.map(\.knownAt).max() else { return nil }
        return (there.reduce(0) { $0 + $1.amount }, month == period.through ? [] : [period.through], month, newest)
    }

    private func latest(_ reported: [Reported]?, until month: Month, notBefore first: Month? = nil) -> (Int64, [Month], Month?, Instant)? {
        let known = (reported ?? []).filter { $0.period.through <= month && $0.period.through >= (first ?? $0.period.through) }
        guard let found = known.max(by: { $0.period.through < $1.period.through }) else { return nil }
        return (found.amount, [], found.period.through, found.knownAt)
    }
}
