import Documents
import Hummingbird
import Kernel
import Values

/// 导出。The twins of a listing: the same rows under the same scope and filters, all of them, with a last line that says how many.
struct Exports: Sendable {
    let services: Services

    func add(to router: Router<DeskContext>) {
        for line in services.house.lines {
            for listing in line.listings {
                let name = line.name
                router.get("/\(line.name)/\(listing.name).csv") { request, context in try await csv(try export(name, listing, request, context)) }
                router.get("/\(line.name)/\(listing.name).xlsx") { request, context in try await xlsx(try export(name, listing, request, context)) }
            }
        }
    }

    private func export(_ line: String, _ listing: Listing, _ request: Request, _ context: DeskContext) throws -> Export {
        let query = Query(request)
        let filters = query.without(["after", "before", "sort", "limit", "columns"]).dictionary
        return Export(line: line, listing: listing, request: ListingRequest(filters: filters, sort: query["sort"]),
                      places: try ColumnChoice(query, of: listing).places, counter: services.counter, actor: try context.signedIn().actor)
    }

    /// The first slice is read before anything is sent, so that a refusal still has a status.
    private func csv(_ export: Export) async throws -> Response {
        let first = try await export.first()
        let body = ResponseBody { writer in
            var encoder = CSVEncoder(), count = 0
            try await writer.write(ByteBuffer(bytes: encoder.row(export.columns.map(\.label))))
            do {
                try await export.each(from: first) { rows in
                    let bytes = rows.reduce(into: [UInt8]()) { bytes, row in bytes += encoder.row(export.places.map { row.cells[$0] }) }
                    count += rows.count
                    try await writer.write(ByteBuffer(bytes: bytes))
                }
            } catch {
                // What had gone out when the line broke is noted too.
                try await export.note(count, "csv 中断")
                throw error
            }
            try await export.note(count, "csv")
            try await writer.write(ByteBuffer(bytes: encoder.row([export.lastLine(count)])))
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: export.headers("csv", "text/csv; charset=utf-8"), body: body)
    }

    /// Rows go to a temporary file as they come; the finished book is sent whole.
    private func xlsx(_ export: Export) async throws -> Response {
        let columns = export.columns
        var count = 0
        let first = try await export.first()
        let writer = try SpreadsheetWriter(title: export.listing.title, columns: columns.map { SpreadsheetColumn($0.label, $0.cellKind) })
        try await export.each(from: first) { rows in
            for row in rows { try writer.add(row: zip(columns, export.places).map { $0.cell(row.raw, shown: row.cells[$1]) }) }
            count += rows.count
        }
        try await export.note(count, "xlsx")
        let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return Response(status: .ok, headers: export.headers("xlsx", type), body: .init(byteBuffer: ByteBuffer(bytes: try writer.finish(lastLine: export.lastLine(count)))))
    }
}

/// One listing on its way out.
private struct Export: Sendable {
    let line: String
    let listing: Listing
    let request: ListingRequest
    /// The columns that were asked for, by their places.
    let places: [Int]
    let counter: Counter
    let actor: Actor

    var columns: [FieldOutline] { places.map { listing.columns.fields[$0] } }

    func lastLine(_ count: Int) -> String { listing.lastLine(count, request, at: counter.clock.now(), by: actor) }

    func note(_ rows: Int, _ ending: String) async throws {
        try await Readings(counter).exported(line, listing, request.filters, rows: rows, as: ending, by: actor)
    }

    func first() async throws -> ListingPage { try await counter.slice(of: listing, request, as: actor) }

    func each(from first: ListingPage, _ body: ([ListingRow]) async throws -> Void) async throws {
        try await counter.eachSlice(of: listing, request, as: actor, from: first, body)
    }

    func headers(_ ending: String, _ type: String) -> HTTPFields {
        let today = counter.clock.now().date.typed
        let named = Query.encoded("\(listing.title)-\(today).\(ending)")
        return [
            .contentType: type, .cacheControl: "no-store",
            .contentDisposition: "attachment; filename=\"\(listing.name)-\(today).\(ending)\"; filename*=UTF-8''\(named)",
        ]
    }
}

extension FieldOutline {
    fileprivate var cellKind: SpreadsheetColumn.Kind {
        switch content {
        case .value(.money, _): .money
        case .value(.integer, _): .integer
        default: .text
        }
    }

    /// Numbers as numbers, everything else as people read it.
    fileprivate func cell(_ raw: RawFields, shown: String) -> SpreadsheetCell {
        guard case .stored(.integer(let number))? = raw[name] else { return shown.isEmpty ? .empty : .text(shown) }
        switch cellKind {
        case .money: return .money(Money(fen: number))
        case .integer: return .integer(number)
        case .text: return .text(shown)
        }
    }
}
