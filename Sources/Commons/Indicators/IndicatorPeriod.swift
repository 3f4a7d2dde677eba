import Values

/// 期间。Whole months, both ends included.
public struct IndicatorPeriod: Sendable, Hashable {
    public let from: Month
    public let through: Month

    /// The ends in either order.
    public init(_ from: Month, through: Month) { (self.from, self.through) = (min(from, through), max(from, through)) }

    public static func month(_ month: Month) -> IndicatorPeriod { IndicatorPeriod(month, through: month) }

    /// - Throws: outside 1850–2199.
    public static func year(_ year: Int) throws(Refusal) -> IndicatorPeriod {
        IndicatorPeriod(try Month(year: year, month: 1), through: try Month(year: year, month: 12))
    }

    /// 上半年 or 下半年.
    public static func halfYear(_ year: Int, first: Bool) throws(Refusal) -> IndicatorPeriod {
        IndicatorPeriod(try Month(year: year, month: first ? 1 : 7), through: try Month(year: year, month: first ? 6 : 12))
    }

    /// So many months that end with this one.
    public static func months(_ count: Int, through month: Month) -> IndicatorPeriod { IndicatorPeriod(month.adding(1 - max(count, 1)), through: month) }

    public var months: [Month] { (0 ..< count).map { from.adding($0) } }
    public var count: Int { from.months(until: through) + 1 }

    public func contains(_ month: Month) -> Bool { from <= month && month <= through }
    public func contains(_ other: IndicatorPeriod) -> Bool { from <= other.from && other.through <= through }
    public func overlaps(_ other: IndicatorPeriod) -> Bool { from <= other.through && other.from <= through }

    /// 上期: as many months just before.
    public var previous: IndicatorPeriod { IndicatorPeriod(from.adding(-count), through: from.previous) }
    /// 上年同期.
    public var lastYear: IndicatorPeriod { IndicatorPeriod(from.adding(-12), through: through.adding(-12)) }

    /// 2024年、2024年上半年、2024年3月、2023年7月至2024年6月。
    public var shown: String {
        guard from < through else { return from.shown }
        if from.year == through.year {
            switch (from.month, through.month) {
            case (1, 12): return "\(from.year)年"
            case (1, 6): return "\(from.year)年上半年"
            case (7, 12): return "\(from.year)年下半年"
            default: return "\(from.year)年\(from.month)—\(through.month)月"
            }
        }
        return "\(from.shown)至\(through.shown)"
    }
}
