import Commons
import Hummingbird
import Kernel
import Values

/// 批量接口。`POST /api/{line}/{action}/bulk` does one act on many subjects; `GET /api/bulk/{id}` says how far it came;
/// `GET /api/{line}/{listing}/papers` gives the papers of a filter as one PDF.
struct BulkAPI: Sendable {
    let services: Services

    func add(to api: RouterGroup<DeskContext>) {
        api.post("/:line/:name/bulk") { try await act($0, $1) }
        api.get("/bulk/:id") { try await report($0, $1) }
        api.get("/:line/:name/papers") { try await papers($0, $1) }
    }

    private func act(_ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, headers = try ActHeaders(request)
        let action = try services.house.action("\(try context.parameters.require("line")).\(try context.parameters.require("name"))")
        let body = try await request.json()
        for member in body.membersOfObject where !["subjects", "values"].contains(member.name) {
            throw Refusal.invalid("没有「\(member.name)」这一项，只有 subjects 和 values").at([member.name])
        }
        let values = try body["values"]?.rawFields() ?? RawFields()
        let bulk = BulkAct(action.permission, id: headers.act ?? .make(at: services.counter.clock.now()), values: values, subjects: try Self.subjects(body["subjects"]))
        let report = try await services.counter.submit(all: bulk, as: actor)
        return .json(Self.json(report).text, status: report.isFinished ? .ok : .accepted)
    }

    /// Ids, or ids with the version that the caller saw.
    private static func subjects(_ json: JSON?) throws(Refusal) -> [BulkSubject] {
        guard case .array(let items)? = json else { throw Refusal.invalid("subjects 应为列表，如 [\"01…\", {\"id\": \"01…\", \"version\": 7}]").at(["subjects"]) }
        var subjects: [BulkSubject] = []
        for (place, item) in items.enumerated() {
            switch (item, item["id"], item["version"]) {
            case (.string(let id), _, _): subjects.append(BulkSubject(id))
            case (.object(let members), .string(let id)?, nil) where members.count == 1: subjects.append(BulkSubject(id))
            case (.object(let members), .string(let id)?, .integer(let version)?) where members.count == 2 && version >= 0: subjects.append(BulkSubject(id, version: Int(version)))
            default: throw Refusal.invalid("应为编号，或 {\"id\": 编号, \"version\": 版本}").at(["subjects", String(place)])
            }
        }
        return subjects
    }

    private func report(_ request: Request, _ context: DeskContext) async throws -> Response {
        guard let id = ID<JournalEntry>(rawValue: try context.parameters.require("id")) else { throw Refusal.absent("没有这次批量办理，请核对编号") }
        return .json(Self.json(try await services.counter.report(ofBulk: id, as: try context.signedIn().actor)).text)
    }

    private static func json(_ report: BulkReport) -> JSON {
        .object([
            .init("bulk", .string(report.id.text)), .init("finished", .bool(report.isFinished)), .init("done", .integer(Int64(report.done))),
            .init("refused", .integer(Int64(report.refused))), .init("waiting", .integer(Int64(report.waiting))),
            .init("results", .array(report.results.map { result in
                .object([.init("subject", .string(result.subject.id)), .init("state", .string(result.state.rawValue)), .init("message", .string(result.message)),
                         .init("link", result.link.map { .string($0) } ?? .null)])
            })),
        ])
    }

    private func papers(_ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, line = try context.parameters.require("line"), query = Query(request)
        let listing = try services.house.listing(line, try context.parameters.require("name"))
        let asked = ListingRequest(filters: try listing.typed(query.without(["sort"]).dictionary), sort: query["sort"])
        let ids = try await services.counter.ids(of: listing, asked, atMost: PrintOrders.atMost, as: actor)
        let book = try await PrintOrders.book(of: listing, ids, services.counter, as: actor)
        let counter = services.counter
        try await counter.access.write(AccessNote(.export, "\(line).\(listing.name)", detail: "PDF", rows: book.papers), by: actor, at: counter.clock.now())
        return .pdf(book.bytes, named: listing.title)
    }
}
