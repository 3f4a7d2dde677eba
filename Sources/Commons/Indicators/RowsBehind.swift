import Kernel
import Storage
import Values

/// 数后面的行。The rows that make up a figure, as far as the reader may see them.
public struct IndicatorRows: Sendable {
    /// The listing whose rows they are; nil where the indicator isn't made of rows.
    public let listing: Listing?
    public let line: String
    public let rows: [ListingRow]
    /// Where the next page begins; nil at the end.
    public let next: String?
    /// Why no rows are shown: none behind it, or the reader's post may not open the listing.
    public let note: String?
}

extension Reader {
    /// A page of the rows behind an amount, within the reader's own region and with his masks.
    ///
    /// - Parameter cursor: `next` of the page before.
    public func rowsBehind(_ indicator: Indicator, over period: IndicatorPeriod, in region: RegionCode, category: String? = nil, after cursor: String? = nil,
                           limit: Int = 50) throws -> IndicatorRows {
        guard let tally = indicator.tally, let behind = tally.register.listing else { return .none("这个指标不是逐行数出来的，没有明细可看") }
        guard let listing = house.line(behind.line)?.listing(behind.name) else { return .none("没有对应的台账") }
        guard listing.roles.contains(actor.role) else { return .none("您的岗位不能查看「\(listing.title)」") }
        let narrow = actor.covers(region) ? region : actor.region, column = tally.register.region
        guard region.contains(narrow) else { return .none("只能查看本辖区的明细") }
        let subjects = tally.subjects(of: indicator.nature, over: period, in: Reader.within(column, narrow), category: category)
        let start: Statement = cursor.map { " WHERE subject > \($0)" } ?? ""
        let ids: [String] = try connection.all("SELECT subject FROM (\(subjects)) AS found\(start) ORDER BY subject LIMIT \(limit + 1)") { try $0.read(0) }
        let shown = Array(ids.prefix(limit))
        let rows = try rows(of: listing, subjects: shown)
        return IndicatorRows(listing: listing, line: behind.line, rows: rows, next: ids.count > limit ? shown.last : nil,
                             note: rows.count < shown.count ? "有 \(shown.count - rows.count) 行已不在「\(listing.title)」现行的范围内" : nil)
    }
}

extension IndicatorRows {
    fileprivate static func none(_ note: String) -> IndicatorRows { IndicatorRows(listing: nil, line: "", rows: [], next: nil, note: note) }
}
