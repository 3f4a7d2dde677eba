import Commons
import Hummingbird
import Kernel
import Values

/// 接口。What programs ask for, below `/api`, and the spreadsheets of the listings.
enum APIRoutes {
    static func add(to router: Router<DeskContext>, _ services: Services) {
        let api = router.group("/api").add(middleware: APIFaults()).add(middleware: ProgramSessions(services: services))
        SessionAPI(services: services).add(to: api)
        let document = OpenAPI.document(services.house.lines, title: services.bureau).text
        api.get("/openapi.json") { _, _ in Response.json(document) }
        BulkAPI(services: services).add(to: api)
        if let room = services.imports { ImportAPI(services: services, room: room).add(to: api) }
        HandIn(services: services).add(to: api)
        LineAPI(services: services).add(to: api)
        Exports(services: services).add(to: router)
    }
}

/// What the lines declare: `POST` does an act or asks a question, `GET` reads a listing.
struct LineAPI: Sendable {
    let services: Services

    func add(to api: RouterGroup<DeskContext>) {
        api.get("/:line/:name") { request, context in try await list(request, context) }
        api.post("/:line/:name") { request, context in try await post(request, context) }
    }

    private func post(_ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor
        let (lineName, name) = try Self.address(context)
        guard let line = services.house.line(lineName) else { throw Refusal.absent("没有「\(lineName)」这项业务") }
        if let action = line.action(name) { return try await act(action, request, context, as: actor) }
        if let inquiry = line.inquiries.first(where: { $0.name == name }) { return try await ask(inquiry, of: line, request, as: actor) }
        throw Refusal.absent("「\(line.title)」没有「\(name)」这个办理事项或查询")
    }

    private func act(_ action: AnyAction, _ request: Request, _ context: DeskContext, as actor: Actor) async throws -> Response {
        let headers = try ActHeaders(request), act = headers.act ?? .make(at: services.counter.clock.now())
        var values = try await request.fields(for: action.outline)
        if action.roles.contains(actor.role) { try await tell(action.outline, &values, for: act, request, context) }
        let submission = Submission(action.permission, id: act, values: values, version: headers.version)
        do {
            return .receipt(try await services.counter.submit(submission, as: actor))
        } catch let refusal as Refusal where refusal == .overtaken {
            throw APIProblem(.preconditionFailed, refusal)
        }
    }

    /// What the door adds: a program sends its present password, the counter is given the proof of it.
    private func tell(_ outline: Outline, _ values: inout RawFields, for act: ID<JournalEntry>, _ request: Request, _ context: DeskContext) async throws {
        let door = DoorDesk(services: services, session: try context.signedIn(), caller: Caller(request, context))
        door.tellSession(outline, &values)
        guard outline.asksForCurrentPassword, let password = values.text(PasswordAsking.proofTerm) else { return }
        values[PasswordAsking.proofTerm] = .typed(try await services.accounts.proof(password, of: door.session.actor, for: act, from: door.caller))
    }

    private func ask(_ inquiry: AnyInquiry, of line: Line, _ request: Request, as actor: Actor) async throws -> Response {
        let values = try await request.fields(for: inquiry.outline)
        let answer = try await services.counter.ask(inquiry, values, as: actor)
        try await Readings(services).asked(line.name, inquiry, by: actor)
        return .json(JSON(answer, in: inquiry.answerOutline).text)
    }

    private func list(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), actor = session.actor
        let (line, name) = try Self.address(context)
        let listing = try services.house.listing(line, name)
        let asked = try ListingRequest(Query(request), machineOf: listing)
        let (page, asOf) = try await services.counter.glance(at: listing, asked, as: actor, since: session.actedAt)
        try await Readings(services).listed(line, listing, asked.filters, rows: page.rows.count, by: actor)
        return .json(JSON.object([
            .init("items", .array(page.rows.map(listing.json))), .init("next", page.next.map { .string($0) } ?? .null),
        ]).text).telling(asOf)
    }

    private static func address(_ context: DeskContext) throws -> (line: String, name: String) {
        (try context.parameters.require("line"), try context.parameters.require("name"))
    }
}

/// What the headers of an act say.
struct ActHeaders {
    let act: ID<JournalEntry>?
    let version: Int?

    /// - Throws: 400 for a header that can't be read: guessing would do an act twice, or over somebody's change.
    init(_ request: Request) throws {
        let key = request.headers.value("Idempotency-Key"), match = request.headers.value("If-Match")
        act = key.flatMap(ID<JournalEntry>.init(rawValue:))
        version = match.flatMap(Self.version)
        if key != nil, act == nil { throw APIProblem.malformed("Idempotency-Key", "请求头 Idempotency-Key 应为 26 位办理编号") }
        if match != nil, version == nil { throw APIProblem.malformed("If-Match", "请求头 If-Match 应为所见的版本，如 \"7\"") }
    }

    private static func version(_ text: String) -> Int? {
        guard text.count >= 3, text.hasPrefix("\""), text.hasSuffix("\"") else { return nil }
        let digits = text.dropFirst().dropLast()
        return digits.utf8.allSatisfy { (0x30 ... 0x39).contains($0) } ? Int(digits) : nil
    }
}

extension ListingRequest {
    /// Filters, cursor and limit as a machine writes them.
    fileprivate init(_ query: Query, machineOf listing: Listing) throws(Refusal) {
        var filters = query.dictionary
        let after = filters.removeValue(forKey: "after"), limit = filters.removeValue(forKey: "limit"), sort = filters.removeValue(forKey: "sort")
        var rows = 50
        if let limit {
            guard let number = Int(limit), (1 ... 500).contains(number) else { throw Refusal.invalid("limit 应为 1 至 500 的整数").at(["limit"]) }
            rows = number
        }
        self.init(filters: try listing.typed(filters), cursor: after, limit: rows, sort: sort)
    }
}

extension Response {
    static func receipt(_ receipt: Receipt) -> Response {
        let outcome = receipt.outcome
        let body = JSON.object([
            .init("act", .string(receipt.act.text)), .init("subject", .string(outcome.subject)), .init("message", .string(outcome.message)),
            .init("link", outcome.link.map { .string($0) } ?? .null), .init("repeat", .bool(receipt.isRepeat)),
        ])
        return .json(body.text, status: receipt.isRepeat ? .ok : .created)
    }
}
