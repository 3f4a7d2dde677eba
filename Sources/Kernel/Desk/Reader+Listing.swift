import Storage
import Values

/// Puts filters, keys and limits around a listing's own statement.
extension Reader {
    public func page(_ listing: Listing, _ request: ListingRequest) throws -> ListingPage {
        let hits = hits(listing, request)
        let keys = hits == nil ? try sortKeys(listing, request) : [SortKey(column: "place", isDescending: false)]
        let limit = min(max(request.limit, 1), 500)
        var conditions = try filterConditions(listing, request, but: hits?.filter)
        if let cursor = request.cursor { conditions.append(try after(Cursor(decoding: cursor, count: keys.count), keys, request.isBackward)) }
        var raws = try select(listing, hits, conditions, order: keys, backward: request.isBackward, limit: limit + 1)
        let hasMore = raws.count > limit
        if hasMore { raws.removeLast() }
        if request.isBackward { raws.reverse() }
        let rows = try raws.map { ListingRow(raw: $0, cells: try listing.cells($0, self), link: listing.link($0)) }
        let more = request.isBackward ? request.cursor != nil : hasMore
        let earlier = request.isBackward ? hasMore : request.cursor != nil
        return ListingPage(rows: rows, next: more ? raws.last.map { Cursor($0, keys).encoded } : nil,
                           previous: earlier ? raws.first.map { Cursor($0, keys).encoded } : nil)
    }

    /// The rows of these subjects, as far as they stand in the listing and within the reader's region.
    public func rows(of listing: Listing, subjects: [String]) throws -> [ListingRow] {
        let name = Statement(name: listing.idColumn)
        return try stride(from: 0, to: subjects.count, by: 500).flatMap { start -> [ListingRow] in
            let ids = subjects[start ..< min(start + 500, subjects.count)].map { Statement(StoredValue.text($0)) }
            let raws = try select(listing, nil, [name + " IN (" + ids.joined(", ") + ")"], order: listing.sort, backward: false, limit: ids.count)
            return try raws.map { ListingRow(raw: $0, cells: try listing.cells($0, self), link: listing.link($0)) }
        }
    }

    /// The declared sums over the whole filter, in order.
    public func totals(_ listing: Listing, _ request: ListingRequest) throws -> [(Total, Int)] {
        guard !listing.totals.isEmpty else { return [] }
        let sums = listing.totals.map { total -> Statement in
            guard let column = total.column else { return "count(*)" }
            return "CAST(coalesce(sum(\(Statement(name: column))), 0) AS BIGINT)"
        }
        let source = try source(listing, nil, try filterConditions(listing, request))
        let values = try connection.first("SELECT \(sums.joined(", ")) FROM \(source)") { row in try listing.totals.indices.map { try row.read($0) as Int } }
        return Array(zip(listing.totals, values ?? []))
    }

    /// What a search found, where the listing has no other order than that of registering: the engine then finds the first rows
    /// without collecting all.
    private func hits(_ listing: Listing, _ request: ListingRequest) -> (filter: String, owner: String, rows: Statement)? {
        guard request.sort == nil, listing.sort.count == 1, let key = listing.sort.first, !key.isDescending else { return nil }
        for filter in listing.filters {
            guard filter.owner == key.column, let text = request.filters[filter.name], let rows = filter.hits(text) else { continue }
            return (filter.name, key.column, rows)
        }
        return nil
    }

    private func select(_ listing: Listing, _ hits: (filter: String, owner: String, rows: Statement)?, _ conditions: [Statement],
                        order: [SortKey], backward: Bool, limit: Int) throws -> [RawFields] {
        let columnNames = listing.columns.fields.map(\.name)
        let names = columnNames + order.map(\.column).filter { !columnNames.contains($0) }
        let columns = names.map { Statement(name: $0) }.joined(", ")
        let ordering = order.map { Statement(name: $0.column) + ($0.isDescending != backward ? " DESC" : " ASC") }.joined(", ")
        return try connection.all("SELECT \(columns) FROM \(try source(listing, hits, conditions)) ORDER BY \(ordering) LIMIT \(limit)") { row in
            RawFields(names: names, names.indices.map { .stored(row[$0]) })
        }
    }

    private func source(_ listing: Listing, _ hits: (filter: String, owner: String, rows: Statement)?, _ conditions: [Statement]) throws -> Statement {
        let inner = try listing.statement(ListingQuery(actor: actor, today: today))
        let narrowed = conditions.isEmpty ? "1 = 1" : conditions.joined(" AND ")
        guard let hits else { return "(\(inner)) AS listed WHERE \(narrowed)" }
        return "\(hits.rows) AS hit CROSS JOIN (\(inner)) AS listed WHERE \(Statement(name: hits.owner)) = hit.owner AND \(narrowed)"
    }

    private func filterConditions(_ listing: Listing, _ request: ListingRequest, but done: String? = nil) throws -> [Statement] {
        try listing.filters.compactMap { filter in
            guard filter.name != done, let text = request.filters[filter.name], !Raw.typed(text).isBlank else { return nil }
            do { return try filter.condition(text, self) } catch let refusal as Refusal { throw refusal.at([filter.name]) }
        }
    }

    private func sortKeys(_ listing: Listing, _ request: ListingRequest) throws -> [SortKey] {
        guard let asked = request.sort, let unique = listing.sort.last else { return listing.sort }
        let name = asked.hasPrefix("-") ? String(asked.dropFirst()) : asked
        guard let key = listing.sort.first(where: { $0.column == name }) else { throw Refusal.invalid("不能按「\(name)」排序") }
        let first = SortKey(column: key.column, isDescending: asked.hasPrefix("-"))
        return first.column == unique.column ? [first] : [first, unique]
    }

    /// (a, b) after (x, y): a beyond x, or a = x and b beyond y. That a isn't before x is said besides, so that an index begins there.
    private func after(_ cursor: Cursor, _ keys: [SortKey], _ backward: Bool) -> Statement {
        let alternatives = keys.indices.map { last -> Statement in
            let equal = keys[..<last].indices.map { Statement(name: keys[$0].column) + " = " + Statement(cursor.values[$0]) }
            let beyond = Statement(name: keys[last].column) + (keys[last].isDescending != backward ? " < " : " > ") + Statement(cursor.values[last])
            return "(" + (equal + [beyond]).joined(" AND ") + ")"
        }
        guard let first = keys.first, let value = cursor.values.first else { return "1 = 1" }
        let start = Statement(name: first.column) + (first.isDescending != backward ? " <= " : " >= ") + Statement(value)
        return "(" + start + " AND (" + alternatives.joined(" OR ") + "))"
    }
}

/// Where a page of a listing ends: the values of its sort keys.
struct Cursor {
    let values: [StoredValue]

    init(_ raw: RawFields, _ keys: [SortKey]) {
        values = keys.map { if case .stored(let value) = raw[$0.column] { value } else { .null } }
    }

    /// Numbers as `i…`, texts as `t…`, in hexadecimal so that a cursor is one plain word.
    var encoded: String {
        values.map { value in
            switch value {
            case .integer(let number): "i\(number)"
            case .text(let text): "t" + text.utf8.map { hex($0) }.joined()
            case .null: "n"
            }
        }.joined(separator: ".")
    }

    init(decoding text: String, count: Int) throws(Refusal) {
        var values: [StoredValue] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard let value = Self.decode(part) else { throw .invalid("翻页位置已失效，请从第一页重新打开") }
            values.append(value)
        }
        guard values.count == count else { throw .invalid("翻页位置已失效，请从第一页重新打开") }
        self.values = values
    }

    private static func decode(_ part: Substring) -> StoredValue? {
        switch part.first {
        case "i": return Int64(part.dropFirst()).map { .integer($0) }
        case "t":
            let digits = Array(part.dropFirst())
            guard digits.count.isMultiple(of: 2) else { return nil }
            let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0 ... $0 + 1]), radix: 16) }
            return bytes.count * 2 == digits.count && !bytes.contains(0) ? .text(String(decoding: bytes, as: UTF8.self)) : nil
        case "n": return .null
        default: return nil
        }
    }
}

func hex(_ byte: UInt8) -> String { byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }
