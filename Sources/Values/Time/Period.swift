/// 期间。Half-open: `from` is the first day or month that counts, `until` the first that does not; nil is still running.
public struct Period<Bound: Comparable & FieldValue>: Hashable, Sendable {
    public let from: Bound
    public let until: Bound?

    /// - Throws: when the period would end before anything of it counted.
    public init(from: Bound, until: Bound? = nil) throws(Refusal) {
        if let until, until <= from { throw .invalid("结束时间应晚于开始时间，请核对") }
        self.from = from
        self.until = until
    }

    public var isRunning: Bool { until == nil }

    public func contains(_ bound: Bound) -> Bool {
        guard let until else { return from <= bound }
        return from <= bound && bound < until
    }

    public func overlaps(_ other: Period<Bound>) -> Bool {
        let beginsBeforeItEnds = other.until.map { from < $0 } ?? true
        let endsAfterItBegins = until.map { other.from < $0 } ?? true
        return beginsBeforeItEnds && endsAfterItBegins
    }
}

extension Period where Bound == CivilDate {
    /// The last day that counts.
    public var last: CivilDate? { until?.adding(days: -1) }

    /// 2024年7月1日至2024年7月31日
    public var shown: String { "\(from.shown)至\(last?.shown ?? "今")" }
}

extension Period where Bound == Month {
    /// The last month that counts.
    public var last: Month? { until?.previous }

    /// 2024年7月至2024年9月
    public var shown: String { "\(from.shown)至\(last?.shown ?? "今")" }
}
