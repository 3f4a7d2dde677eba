import Commons
import Hummingbird
import Kernel
import Values

/// 会话。Finds out who is asking: by the token of a program below `/api`, by the cookie of a browser elsewhere.
struct Sessions: RouterMiddleware {
    let services: Services

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let token = token(of: request) { context.session = try await services.accounts.session(token) }
        return try await next(request, context)
    }

    private func token(of request: Request) -> String? {
        guard request.uri.path.hasPrefix("/api/") else {
            return request.uri.path.hasPrefix("/assets/") ? nil : request.cookies[SessionCookie.name(services)]?.value
        }
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else { return nil }
        return String(header.dropFirst(7))
    }
}

/// The cookies this face sets. None of them can be read by a script but 适老, which holds nothing.
enum SessionCookie {
    static func name(_ services: Services) -> String { services.isSecure ? "__Host-desk" : "desk" }
    static func guestName(_ services: Services) -> String { services.isSecure ? "__Host-guest" : "guest" }

    static func set(_ name: String, _ value: String, _ services: Services, maxAge: Int? = nil) -> Cookie {
        Cookie(name: name, value: value, maxAge: maxAge, path: "/", secure: services.isSecure, httpOnly: true, sameSite: .lax)
    }

    static func elder(_ isOn: Bool, _ services: Services) -> Cookie {
        Cookie(name: "elder", value: isOn ? "1" : "0", maxAge: 31_536_000, path: "/", secure: services.isSecure, httpOnly: false, sameSite: .lax)
    }
}
