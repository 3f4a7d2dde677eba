import Kernel
import Storage
import Values

/// 停报。Until which month a manual figure is reported in a place and below it, and why no longer; reopened, it stays as history.
public struct SeriesClosing: Placed {
    public let id: ID<SeriesClosing>
    public let indicator: String
    public let region: RegionCode
    public let lastMonth: Month
    public let reason: String
    public let closedBy: String
    public let closedAt: Instant
    public let reopenReason: String?
    public let reopenedBy: String?
    public let reopenedAt: Instant?

    public static let table = "indicator_closing"
    public static let title = "停报"
    public static let shape = Shape<SeriesClosing> {
        Field(.id, \.id)
        Field(.indicatorOf, \.indicator)
        Field(.region, \.region)
        Field(.lastReported, \.lastMonth)
        Field(.closingReason, \.reason)
        Field(.closedBy, \.closedBy)
        Field(.seriesClosedAt, \.closedAt)
        Field(.reopenReason, \.reopenReason)
        Field(.reopenedBy, \.reopenedBy)
        Field(.reopenedAt, \.reopenedAt)
    }

    public init(from reading: Reading<SeriesClosing>) throws(Refusal) {
        id = try reading(.id)
        indicator = try reading(.indicatorOf)
        region = try reading(.region)
        lastMonth = try reading(.lastReported)
        reason = try reading(.closingReason)
        closedBy = try reading(.closedBy)
        closedAt = try reading(.seriesClosedAt)
        reopenReason = try reading(.reopenReason)
        reopenedBy = try reading(.reopenedBy)
        reopenedAt = try reading(.reopenedAt)
    }

    fileprivate init(_ act: CloseSeries, of indicator: Indicator, at desk: Desk) {
        id = act.closing
        self.indicator = indicator.code
        region = act.region
        lastMonth = act.lastMonth
        reason = act.reason
        closedBy = desk.actor.name
        closedAt = desk.now
        (reopenReason, reopenedBy, reopenedAt) = (nil, nil, nil)
    }
}

extension Reader {
    /// The closing that holds in a place: its own, or that of a place around it; the earliest where there are several.
    func closing(of indicator: String, in region: RegionCode) throws -> SeriesClosing? {
        let places = region.ancestors.map { "\($0)" as Statement }.joined(", ")
        return try first(SeriesClosing.self, where: "indicator = \(indicator) AND region IN (\(places)) AND reopened_at IS NULL ORDER BY last_month, region")
    }
}

/// 停报手工指标。
struct CloseSeries: Action {
    let closing: ID<SeriesClosing>
    let indicator: String
    let region: RegionCode
    let lastMonth: Month
    let reason: String

    static let title = "停报手工指标"
    static let guidance = "不再统计的手工指标，写明报到哪个月为止和原因。以前的数照旧计入和更正；以后的月份不再收，本级和下级都一样。需要时可以恢复。"
    static let roles: Set<Role> = .catalogueKeepers
    /// Begun from the page of the indicator.
    static let subject = Subject<CloseSeries>.located("indicator") { act, _ in Located(region: act.region) }
    static let shape = Shape<CloseSeries> {
        Field(.newClosing, \.closing)
        Field(.indicatorOf, \.indicator)
        Field(.region, \.region)
        Field(.lastReported, \.lastMonth)
        Field(.closingReason, \.reason)
    }

    init(from reading: Reading<CloseSeries>) throws(Refusal) {
        closing = try reading(.newClosing)
        indicator = try reading(.indicatorOf)
        region = try reading(.region)
        lastMonth = try reading(.lastReported)
        reason = try reading(.closingReason)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        ["region": .stored(reader.actor.region.stored), "last_month": .stored(reader.today.monthOf.previous.stored)]
    }

    func perform(at desk: Desk) throws -> Outcome {
        let found = try desk.indicatorBook().manual(indicator, otherwise: "不是手工指标")
        guard lastMonth <= desk.today.monthOf else { throw Refusal.invalid("最后一个月不能晚于本月").at(["last_month"]) }
        if let standing = try desk.closing(of: found.code, in: region) {
            throw Refusal.conflict("「\(found.name)」已由\(standing.closedBy)停报，报到\(standing.lastMonth.shown)为止；要改的，先恢复填报").at(["indicator"])
        }
        let later = try desk.connection.value("""
            SELECT count(*) FROM indicator_entry WHERE indicator = \(found.code) AND \(Reader.within("region", region)) AND through_month > \(lastMonth) AND retracted_at IS NULL
            """) ?? 0
        guard later == 0 else { throw Refusal.conflict("\(lastMonth.shown)以后还有 \(later) 笔填报，请改晚最后一个月，或先撤回那几笔").at(["last_month"]) }
        try desk.insert(SeriesClosing(self, of: found, at: desk))
        return Outcome(closing, "「\(found.name)」报到\(lastMonth.shown)为止，以后不再收", link: "\(found.link)?region=\(region.code)")
    }
}

/// 恢复填报。
struct ReopenSeries: Action {
    let indicator: String
    let region: RegionCode
    let reason: String

    static let title = "恢复填报"
    static let guidance = "停报了的手工指标，写明原因后可以接着报。停报的那一段照旧留着记录。"
    static let roles: Set<Role> = .catalogueKeepers
    static let subject = Subject<ReopenSeries>.located("indicator") { act, _ in Located(region: act.region) }
    static let shape = Shape<ReopenSeries> {
        Field(.indicatorOf, \.indicator)
        Field(.region, \.region)
        Field(.reopeningReason, \.reason)
    }

    init(from reading: Reading<ReopenSeries>) throws(Refusal) {
        indicator = try reading(.indicatorOf)
        region = try reading(.region)
        reason = try reading(.reopeningReason)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields { ["region": .stored(reader.actor.region.stored)] }

    func perform(at desk: Desk) throws -> Outcome {
        let found = try desk.indicatorBook().manual(indicator, otherwise: "不是手工指标")
        guard let closing = try desk.closing(of: found.code, in: region) else { throw Refusal.outOfOrder("「\(found.name)」没有停报，可以直接填报").at(["indicator"]) }
        guard closing.region == region else { throw Refusal.outOfOrder("「\(found.name)」由上级（\(try desk.placeName(closing.region))）停报，须由上级恢复").at(["region"]) }
        try desk.connection.run("""
            UPDATE indicator_closing SET reopen_reason = \(reason), reopened_by_name = \(desk.actor.name), reopened_at = \(desk.now) WHERE id = \(closing.id)
            """)
        return Outcome(closing.id, "「\(found.name)」已恢复填报", link: "\(found.link)?region=\(region.code)")
    }
}

extension Term where Value == ID<SeriesClosing> {
    static var newClosing: Term<ID<SeriesClosing>> { Term("closing", "停报编号", .made) }
}
extension Term where Value == Month {
    static var lastReported: Term<Month> { Term("last_month", "最后一个月", hint: "报到这个月为止") }
}
extension Term where Value == String {
    static var closingReason: Term<String> { Term("reason", "停报原因", hint: "如 业务已划转、由系统计算的指标接替") }
    static var reopeningReason: Term<String> { Term("reason", "恢复原因") }
    static var reopenReason: Term<String> { Term("reopen_reason", "恢复原因") }
    static var closedBy: Term<String> { Term("closed_by_name", "停报经办人") }
    static var reopenedBy: Term<String> { Term("reopened_by_name", "恢复经办人") }
}
extension Term where Value == Instant {
    static var seriesClosedAt: Term<Instant> { Term("closed_at", "停报时刻") }
    static var reopenedAt: Term<Instant> { Term("reopened_at", "恢复时刻") }
}
