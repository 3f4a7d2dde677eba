import Hummingbird
import Kernel
import Values

/// 接口的拒绝。A refusal with a status of its own, where its kind alone doesn't say enough.
struct APIProblem: Error {
    let status: HTTPResponse.Status
    let refusal: Refusal

    init(_ status: HTTPResponse.Status, _ refusal: Refusal) {
        self.status = status
        self.refusal = refusal
    }

    /// 400: the request can't be read at all.
    static func malformed(_ place: String, _ message: String) -> APIProblem { APIProblem(.badRequest, Refusal.invalid(message).at([place])) }
}

/// Answers refusals below `/api` as problem+json; what is our fault goes on outward, to be logged.
struct APIFaults: RouterMiddleware {
    func handle(_ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as APIProblem {
            return APIRoutes.response(to: problem.refusal, status: problem.status)
        } catch let refusal as Refusal {
            return APIRoutes.response(to: refusal)
        }
    }
}

extension APIRoutes {
    /// How a refusal reads to a program (RFC 9457): every faulty field by its path.
    static func response(to refusal: Refusal, status: HTTPResponse.Status? = nil) -> Response {
        let status = status ?? refusal.kind.status
        var members = members(refusal.kind.rawValue, refusal.kind.title, status, refusal.message)
        if let basis = refusal.basis { members.append(.init("basis", .string(basis.text))) }
        members.append(.init("problems", .array(refusal.problems.map { problem in
            .object([.init("path", .string(problem.path.joined(separator: "."))), .init("message", .string(problem.message))])
        })))
        var response = Response.json(JSON.object(members).text, status: status, type: "application/problem+json")
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        if status == .serviceUnavailable || status == .tooManyRequests { response.headers[.retryAfter] = status == .tooManyRequests ? "900" : "3" }
        return response
    }
}

extension APIRoutes {
    /// What is our fault, or no refusal of the office: `fault` for the one, `request` for the other.
    static func response(to fault: Fault) -> Response {
        let kind = fault.status.code >= 500 ? "fault" : "request"
        let body = JSON.object(members(kind, fault.title, fault.status, fault.message) + [.init("problems", .array([]))])
        return .json(body.text, status: fault.status, type: "application/problem+json")
    }

    private static func members(_ kind: String, _ title: String, _ status: HTTPResponse.Status, _ detail: String) -> [JSON.Member] {
        [
            .init("type", .string("urn:minzheng:\(kind)")), .init("title", .string(title)), .init("status", .integer(Int64(status.code))),
            .init("detail", .string(detail)),
        ]
    }
}

extension Response {
    static func json(_ text: String, status: HTTPResponse.Status = .ok, type: String = "application/json") -> Response {
        Response(status: status, headers: [.contentType: type, .cacheControl: "no-store"], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
