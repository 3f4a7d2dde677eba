/// 完成时限。年内, 6月底前, 第三季度, 到2030年.
enum Deadline {
    /// The deadline that stands in the range; nil when the text names none.
    ///
    /// - Parameter isStated: after 完成时限: every date is one.
    static func read(_ marks: Marks, _ range: Range<Int>, _ dates: [DateMention], _ occasion: Occasion, isStated: Bool = false) -> Day? {
        let inside = dates.filter { range.contains($0.range.lowerBound) && (isStated || $0.use == .by || $0.isEndOfYear) }
        if let date = inside.last, let day = last(date, occasion) { return day }
        guard let (month, _) = words.first(marks, in: range), let year = occasion.year else { return nil }
        return Day(year: year, month: month).end
    }

    private static func last(_ date: DateMention, _ occasion: Occasion) -> Day? {
        guard let year = date.lastYear ?? date.year ?? occasion.year else { return nil }
        let month = date.lastMonth ?? date.month ?? 12
        return Day(year: year, month: month, day: min(date.day ?? 31, Day.length(of: month, in: year)))
    }

    private static let words = Lexicon<Int>([
        ("年内", 12), ("全年", 12), ("年底", 12), ("年末", 12), ("年终", 12), ("上半年", 6), ("下半年", 12), ("一季度", 3), ("二季度", 6), ("三季度", 9), ("四季度", 12),
    ])
}
