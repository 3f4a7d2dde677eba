import Commons
import Hummingbird
import Kernel
import Values

/// 会话。Finds out which browser is asking, by its cookie.
struct Sessions: RouterMiddleware {
    let services: Services

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.believe(request.headers.value("X-Forwarded-For"), from: services.node.proxies)
        if !request.uri.path.hasPrefix("/assets/"), let token = request.cookies[SessionCookie.name(services)]?.value {
            context.session = try await services.accounts.session(token)
        }
        if let errand = context.session?.errand, !errand.admits(request.uri.path) {
            guard request.method == .get || request.method == .head else { throw errand.refusal }
            return .seeOther(errand.address)
        }
        return try await next(request, context)
    }
}

extension Session.Errand {
    /// Where it is run.
    var address: String {
        switch self {
        case .password: "/users/do/change-password"
        case .twoFactor: "/users/two-factor"
        }
    }

    fileprivate func admits(_ path: String) -> Bool {
        let always = ["/assets/", "/sign-out", "/elder", "/users/do/change-password"]
        let ways = self == .password ? always : always + ["/users/two-factor", "/users/do/begin-two-factor", "/users/do/confirm-two-factor", "/users/recovery-codes/"]
        return ways.contains { path.hasPrefix($0) } || path.hasPrefix("/api/")
    }

    var refusal: Refusal {
        switch self {
        case .password: .forbidden("您用的是一次性密码，请先在网页上登录并修改密码，再办理其他事项")
        case .twoFactor: .forbidden("您的岗位须两步登录，请先在网页上登录并开通，再办理其他事项")
        }
    }
}

/// 程序的会话。Stands before every route of the API, however its address was written: the token alone counts, never a cookie.
struct ProgramSessions: RouterMiddleware {
    let services: Services

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.session = nil
        if let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") {
            context.session = try await services.accounts.session(String(header.dropFirst(7)))
            if let errand = context.session?.errand { throw errand.refusal }
        }
        return try await next(request, context)
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
