import Kernel
import Pages
import Values

extension Counter {
    /// The papers of many rows, in the order of the ids, a hundred rows a snapshot, so that no city is held in memory.
    ///
    /// - Returns: how many papers there were, and how many rows have none or lie outside the reader's region.
    public func eachPapers(of listing: Listing, _ ids: [String], as actor: Actor, _ body: ([Sheet]) async throws -> Void) async throws -> (papers: Int, without: Int) {
        guard let papers = listing.papers else { throw Refusal.absent("「\(listing.title)」的行没有文书可打印") }
        try listing.require(actor)
        var count = 0, without = 0
        for start in stride(from: 0, to: ids.count, by: 100) {
            let part = Array(ids[start ..< min(start + 100, ids.count)])
            let sheets = try await read(as: actor) { reader in
                let rows = try reader.rows(of: listing, subjects: part)
                let byID = Dictionary(rows.map { ($0.raw.text(listing.idColumn) ?? "", $0) }, uniquingKeysWith: { first, _ in first })
                return try part.map { id in try byID[id].map { try papers($0.raw, reader) } ?? [] }
            }
            without += sheets.count(where: \.isEmpty)
            let all = sheets.flatMap(\.self)
            count += all.count
            try await body(all)
        }
        return (count, without)
    }

    /// The ids of the rows of a filter.
    /// - Throws: `.tooLarge` above the limit: nothing is ever cut off in silence.
    public func ids(of listing: Listing, _ request: ListingRequest, atMost limit: Int, as actor: Actor) async throws -> [String] {
        var ids: [String] = []
        try await eachSlice(of: listing, request, upTo: limit + 1, as: actor) { rows in ids += rows.compactMap { $0.raw.text(listing.idColumn) } }
        guard ids.count <= limit else { throw Refusal.tooLarge("符合条件的超过 \(limit) 行，请缩小筛选范围，分几次办理") }
        return ids
    }
}
