/// 期间判断。From which day until which day an amount counts.
struct Periods {
    let occasion: Occasion
    let dates: [DateMention]
    let marks: Marks
    let sentence: Range<Int>

    func period(of amount: Amount, _ kind: Quantity.Kind) -> (from: Day?, until: Day?) {
        let near = dates.last { $0.range.upperBound <= amount.range.lowerBound }
        if let stretch = stretch(before: amount) { return stretch }
        switch kind {
        case .stock where occasion.isPlan: return (nil, near.flatMap { $0.use == .asOf ? last($0) : nil })
        case .stock: return (nil, near.flatMap { $0.use == .asOf || $0.day != nil ? last($0) : nil } ?? occasion.until)
        case .standard: return standard(near)
        case .target: return (occasion.from, deadline(around: amount) ?? occasion.until)
        case .actual: return actual(near)
        }
    }

    /// 自7月起 is in force still; 截至6月底 says how it stood on that day, and nothing of since when.
    private func standard(_ near: DateMention?) -> (from: Day?, until: Day?) {
        guard let near else { return (occasion.from, occasion.until) }
        if near.use == .asOf, let day = last(near) { return (nil, day) }
        guard near.use == .since || near.month != nil, let day = first(near) else { return (occasion.from, occasion.until) }
        return (day, nil)
    }

    private func actual(_ near: DateMention?) -> (from: Day?, until: Day?) {
        guard let near else { return (occasion.from, occasion.until) }
        if near.lastMonth != nil, let from = first(near), let until = last(near) { return (from, until) }
        switch near.use {
        case .asOf: return (occasion.from, last(near) ?? occasion.until)
        case .since: return (first(near) ?? occasion.from, occasion.until)
        default: return (occasion.from, occasion.until)
        }
    }

    /// 自2020年3月至2021年2月.
    private func stretch(before amount: Amount) -> (from: Day?, until: Day?)? {
        for (a, b) in zip(dates, dates.dropFirst()) where b.range.upperBound <= amount.range.lowerBound && a.use == .since && b.use == .by {
            guard b.range.lowerBound - a.range.upperBound <= 2, let from = first(a), let until = last(b) else { continue }
            return (from, until)
        }
        return nil
    }

    /// 到2030年, 2028年底, 6月底前: before the amount, or after it in its sentence.
    func deadline(around amount: Amount) -> Day? {
        let due = dates.filter { $0.use == .by || $0.isEndOfYear }
        return (due.last { $0.range.upperBound <= amount.range.lowerBound } ?? due.first).flatMap(last)
    }

    private func first(_ date: DateMention) -> Day? {
        (date.year ?? occasion.year).map { Day(year: $0, month: date.month ?? 1, day: date.day ?? 1) }
    }

    private func last(_ date: DateMention) -> Day? {
        guard let year = date.lastYear ?? date.year ?? occasion.year else { return nil }
        let month = date.lastMonth ?? date.month ?? 12
        return Day(year: year, month: month, day: min(date.day ?? 31, Day.length(of: month, in: year)))
    }
}
