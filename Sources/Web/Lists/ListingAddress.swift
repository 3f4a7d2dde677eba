import Kernel
import Values

/// 台账的地址。Filters, order and place of a listing as its address keeps them, so that a view can be saved and sent.
struct ListingAddress: Sendable {
    static let rowsOnAPage = 50

    let path: String
    let listing: Listing
    /// Only what belongs to the listing.
    let query: Query

    init(_ path: String, _ listing: Listing, _ query: Query) {
        self.path = path
        self.listing = listing
        let known = Set(listing.filters.map(\.name) + ["sort", "after", "before", "totals", "columns"])
        let columns = query.pairs.filter { $0.name == "columns" }.map(\.value).joined(separator: ",")
        self.query = Query(query.without(["columns"]).pairs.filter { known.contains($0.name) && !$0.value.isEmpty }).with("columns", columns)
    }

    /// The columns the reader chose, in the order of the listing.
    var columns: ColumnChoice { get throws(Refusal) { try ColumnChoice(query, of: listing) } }
    /// Everything that a form which changes the view carries on.
    func carried(without names: Set<String>) -> [(name: String, value: String)] { fromStart.without(names).pairs }

    var filters: [String: String] {
        let names = Set(listing.filters.map(\.name))
        return query.dictionary.filter { names.contains($0.key) }
    }

    var sort: String? { query["sort"] }
    var isFirstPage: Bool { query["after"] == nil && query["before"] == nil }

    var request: ListingRequest {
        let before = query["before"]
        return ListingRequest(filters: filters, cursor: before ?? query["after"], isBackward: before != nil, limit: Self.rowsOnAPage, sort: sort)
    }

    /// The same filters and order from the first row on.
    private var fromStart: Query { query.without(["after", "before", "totals"]) }

    func page(_ name: String, _ cursor: String) -> String { path + fromStart.with(name, cursor).text }
    func sorted(by column: String) -> String { path + fromStart.with("sort", column).text }
    func twin(_ ending: String) -> String { "\(path).\(ending)\(fromStart.text)" }
    var withTotals: String { path + query.with("totals", "1").text }
    var totalsPart: String { path + fromStart.with("part", "totals").text }
    var unfiltered: String { path + Query().with("sort", sort).with("columns", query["columns"]).text }
    /// The view without its place in the rows, to be kept under a name.
    var view: String { path + fromStart.text }
}
