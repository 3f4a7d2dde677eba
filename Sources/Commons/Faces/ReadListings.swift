import Kernel
import Values

/// How the interface and the command line read listings: roles are asked, unknown filters refused, sealed values masked.
extension Counter {
    /// One page, for one person.
    /// - Throws: `.forbidden` for other roles, `.invalid` for a filter the listing doesn't have.
    public func page(of listing: Listing, _ request: ListingRequest, as actor: Actor) async throws -> ListingPage {
        try listing.require(actor)
        try listing.requireKnown(request.filters.keys.sorted())
        return try await read(as: actor) { try $0.page(listing, request) }
    }

    /// The same for who only looks, perhaps from a copy that is a little behind.
    /// - Parameter since: what was done until then must be seen.
    /// - Returns: and how far the copy came; nil when everything was seen.
    public func glance(at listing: Listing, _ request: ListingRequest, as actor: Actor, since: Instant?) async throws -> (page: ListingPage, asOf: Instant?) {
        try listing.require(actor)
        try listing.requireKnown(request.filters.keys.sorted())
        return try await glance(as: actor, since: since) { (try $0.page(listing, request), $0.connection.asOf) }
    }

    /// Every row of the filter, slice after slice, each in a snapshot of its own: nothing is truncated, and no city is held in memory.
    ///
    /// - Parameter first: the first slice, where it was read before anything was answered.
    public func eachSlice(of listing: Listing, _ request: ListingRequest, upTo limit: Int = .max, as actor: Actor, from first: ListingPage? = nil,
                          _ body: ([ListingRow]) async throws -> Void) async throws {
        var slice = first, cursor = request.cursor, left = limit
        while left > 0 {
            let page = if let slice { slice } else { try await self.slice(of: listing, request, after: cursor, atMost: left, as: actor) }
            try await body(page.rows)
            left -= page.rows.count
            guard let next = page.next else { return }
            (slice, cursor) = (nil, next)
        }
    }

    /// As many rows as one reading takes.
    public func slice(of listing: Listing, _ request: ListingRequest, after cursor: String? = nil, atMost: Int = .max, as actor: Actor) async throws -> ListingPage {
        var request = request
        request.cursor = cursor
        request.limit = min(500, atMost)
        return try await page(of: listing, request, as: actor)
    }
}

extension Listing {
    public func require(_ actor: Actor) throws(Refusal) {
        guard roles.contains(actor.role) else { throw .forbidden("您的岗位（\(actor.role.label)）不能查看「\(title)」。如工作需要，请联系安全管理员") }
    }

    /// 「状态为 在保，区域为 城关街道」: the filters as they read.
    public func sentence(_ request: ListingRequest, placeName: (String) -> String? = { _ in nil }) -> String {
        filters.compactMap { filter in
            guard let text = request.filters[filter.name], !Raw.typed(text).isBlank else { return nil }
            return "\(filter.label)\(filter.relation) \(placeName(text) ?? filter.shown(text))"
        }.joined(separator: "，")
    }

    /// The last line of an export: how many rows, when, by whom, of what. What reads exports back passes it over by its 「共 」.
    public func lastLine(_ count: Int, _ request: ListingRequest, at now: Instant, by actor: Actor) -> String {
        let filters = sentence(request)
        return "共 \(count) 行，导出时间 \(now.shown)，导出人 \(actor.name)（\(actor.role.label)），筛选：\(filters.isEmpty ? "辖区内全部" : filters)"
    }

    func requireKnown(_ names: [String]) throws(Refusal) {
        let strange = names.filter { name in !filters.contains { $0.name == name } }
        guard strange.isEmpty else {
            let known = filters.isEmpty ? "本表没有筛选条件" : "可用的有：\(filters.map(\.name).joined(separator: "、"))"
            throw .faults(strange.map { .init([$0], "没有「\($0)」这个筛选条件，\(known)") })
        }
    }

    /// Filters as a machine writes them (fen, basis points), turned into what the listing reads.
    ///
    /// People leave boxes empty; a machine that sends nothing as a date or a code has lost its value, and would get everything.
    public func typed(_ filters: [String: String]) throws(Refusal) -> [String: String] {
        var typed: [String: String] = [:]
        for (name, text) in filters {
            let kind = self.filters.first { $0.name == name }?.kind
            do throws(Refusal) { typed[name] = try kind.map { kind throws(Refusal) in try Self.typed(text, kind) } ?? text } catch { throw error.at([name]) }
        }
        return typed
    }

    private static func typed(_ text: String, _ kind: FieldKind) throws(Refusal) -> String {
        switch kind {
        case .text, .longText, .reference, .attachment: return text
        default: guard !text.isEmpty else { throw .invalid("筛选条件不能为空；不按它筛选就不要写这一项") }
        }
        return switch kind {
        case .money: try Money(stored: .integer(Int64(try Int(typed: text)))).typed
        case .ratio: try BasisPoints(stored: .integer(Int64(try Int(typed: text)))).typed
        default: text
        }
    }

    /// The machine's face of a row, in column order; what rests sealed is masked text.
    public func json(_ row: ListingRow) -> JSON {
        guard case .object(let members) = JSON(row.raw, in: columns) else { return .null }
        return .object(zip(zip(columns.fields, members), row.cells).map { pair, cell in
            guard pair.0.nature == .sealed, pair.1.value != .null else { return pair.1 }
            return JSON.Member(pair.1.name, .string(cell))
        })
    }
}

extension House {
    public func listing(_ line: String, _ name: String) throws(Refusal) -> Listing {
        guard let listing = self.line(line)?.listing(name) else { throw .absent("没有「\(line).\(name)」这个台账") }
        return listing
    }

    public func inquiry(_ line: String, _ name: String) throws(Refusal) -> AnyInquiry {
        guard let inquiry = self.line(line)?.inquiries.first(where: { $0.name == name }) else { throw .absent("没有「\(line).\(name)」这个查询") }
        return inquiry
    }
}
