import Commons
import Cryptography
import Hummingbird
import Kernel
import Pages
import Storage
import Values

/// 登录与退出。`/sign-in`, `/sign-out`, `/elder`, and the way from `/` to where a reader's work lies.
struct Entrance: Sendable {
    let services: Services

    func add(to router: Router<DeskContext>) {
        router.get("/") { _, context in Response.seeOther(home(for: try context.signedIn().actor.role)) }
        router.get("sign-in") { request, context in
            if context.session != nil { return Response.seeOther(Self.next(Query(request)["next"])) }
            return try await page(request)
        }
        router.post("sign-in") { try await signIn($0, $1) }
        router.post("sign-out") { try await signOut($0, $1) }
        router.get("elder") { request, _ in elder(request) }
    }

    /// The workbench; without one, the first room that is open to the role.
    private func home(for role: Role) -> String {
        for line in services.house.lines where line.name == "desk" {
            if let page = line.menu(for: role).first { return "/desk/\(page.path)" }
        }
        return services.house.lines.first { $0.isOpen(to: role) }.map { "/\($0.name)" } ?? "/desk/search"
    }

    // MARK: Signing in

    private func signIn(_ request: Request, _ context: DeskContext) async throws -> Response {
        let form = try await SentForm(request, atMost: FormLimits.strangerBytes)
        let username = form.text("username") ?? "", next = Self.next(form.text("next"))
        // Before there is a session the token lies in a cookie of its own.
        let guest = request.cookies[SessionCookie.guestName(services)]?.value ?? ""
        guard !guest.isEmpty, constantTimeEqual(form.text(Forgery.field) ?? "", guest) else {
            return try await page(request, username: username, next: next, refusal: .forbidden("登录页放得太久，请再登录一次"))
        }
        do {
            let caller = Caller(request, context)
            guard form.text("step") == nil else {
                return enter(try await services.accounts.finish(form.text("step") ?? "", code: form.text("code") ?? "", from: caller), next)
            }
            switch try await services.accounts.begin(username, form.text("password") ?? "", from: caller) {
            case .session(let session): return enter(session, next)
            case .code(let token): return try await page(request, next: next, step: token)
            }
        } catch let refusal as Refusal {
            // A wrong code may be mended; anything else begins anew.
            let step = refusal.problems.isEmpty ? nil : form.text("step")
            return try await page(request, username: username, next: next, refusal: refusal, step: step)
        }
    }

    private func enter(_ session: Session, _ next: String) -> Response {
        var response = Response.seeOther(session.errand?.address ?? next)
        response.setCookie(SessionCookie.set(SessionCookie.name(services), session.token, services))
        return response
    }

    /// - Parameter step: the token of a right password that still wants a code.
    private func page(_ request: Request, username: String = "", next: String? = nil, refusal: Refusal? = nil, step: String? = nil) async throws -> Response {
        let known = request.cookies[SessionCookie.guestName(services)]?.value ?? ""
        let token = known.isEmpty ? try randomToken() : known
        let secret = try await services.counter.read(as: .house) { try $0.demonstrationSecret() }
        let view = SignInPage(token: token, username: String(username.prefix(60)), next: next ?? Self.next(Query(request)["next"]),
                              refusal: refusal, demo: step == nil ? try await demoAccounts() : [], step: step,
                              secret: secret.map { "\($0.username) 的动态口令密钥：\($0.secret)" })
        let frame = PlainFrame(site: services.site(for: request), title: step == nil ? "登录" : "登录第二步", content: view.markup)
        var response = Response.page(frame.markup, status: refusal.map { $0.kind == .busy ? .tooManyRequests : $0.kind.status } ?? .ok)
        response.setCookie(SessionCookie.set(SessionCookie.guestName(services), token, services))
        return response
    }

    /// Where to go afterwards: only inside the house.
    private static func next(_ text: String?) -> String {
        guard let text, text.hasPrefix("/"), Href.isSafe(text), !text.hasPrefix("/sign-") else { return "/" }
        return text
    }

    /// One account a role, when this house is a demonstration.
    private func demoAccounts() async throws -> [SignInPage.DemoAccount] {
        try await services.counter.read(as: .house) { reader in
            let mark = try reader.connection.first("SELECT name FROM mark WHERE name = 'demo'") { try $0.read(0) as String }
            guard mark != nil else { return [] }
            let users = try reader.all(User.self, where: "disabled_on IS NULL ORDER BY username")
            return try Role.allCases.compactMap { role in
                guard let user = users.first(where: { $0.role == role }) else { return nil }
                return SignInPage.DemoAccount(username: user.username, role: role.label, region: try reader.regionName(user.region))
            }
        }
    }

    // MARK: Leaving

    private func signOut(_ request: Request, _ context: DeskContext) async throws -> Response {
        if let session = context.session {
            try Forgery.require(try await SentForm(request), session)
            try await services.accounts.signOut(session.token)
        }
        var response = Response.seeOther("/sign-in")
        response.setCookie(SessionCookie.set(SessionCookie.name(services), "", services, maxAge: 0))
        response.headers.set("Clear-Site-Data", "\"cache\"")
        return response
    }

    /// 适老：turns the large type on or off and comes back to the page it was asked from.
    private func elder(_ request: Request) -> Response {
        let referer = request.headers.value("Referer").flatMap(Self.path)
        var response = Response.seeOther(Self.next(referer))
        response.setCookie(SessionCookie.elder(Query(request)["on"] != "0", services))
        return response
    }

    /// What stands behind scheme and host.
    private static func path(of address: String) -> String? {
        guard let host = address.firstRange(of: "://")?.upperBound, let slash = address[host...].firstIndex(of: "/") else { return nil }
        return String(address[slash...])
    }
}
