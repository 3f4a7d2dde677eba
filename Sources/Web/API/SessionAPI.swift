import Commons
import Hummingbird
import Kernel
import Values

/// 接口登录。A program signs in as a person does, and carries the token it is given.
struct SessionAPI: Sendable {
    let services: Services

    func add(to api: RouterGroup<DeskContext>) {
        api.post("/session") { request, context in try await begin(request, Caller(request, context)) }
        api.delete("/session") { _, context in
            try await services.accounts.signOut(try context.signedIn().token)
            return Response(status: .noContent)
        }
    }

    private func begin(_ request: Request, _ caller: Caller) async throws -> Response {
        let credentials = try Credentials(try await request.json())
        do {
            let session = try await services.accounts.signIn(credentials.username, credentials.password, code: credentials.code, from: caller)
            if let errand = session.errand {
                try await services.accounts.signOut(session.token)
                throw errand.refusal
            }
            return .json(JSON.object([.init("token", .string(session.token)), .init("expires_at", .string(session.expiresAt.typed))]).text, status: .created)
        } catch let refusal as Refusal where refusal.kind == .busy {
            throw APIProblem(.tooManyRequests, refusal)
        }
    }
}

private struct Credentials {
    let username: String
    let password: String
    /// Of two-factor log-in, where the account has it.
    let code: String?

    init(_ json: JSON) throws(Refusal) {
        let fields = try json.rawFields()
        let strange = fields.names.filter { !["username", "password", "code"].contains($0) }.sorted()
        var problems = strange.map { Refusal.Problem([$0], "没有「\($0)」这一项，请核对名称") }
        var texts: [String: String] = [:]
        for (name, label) in [("username", "用户名"), ("password", "密码")] {
            if case .string(let text)? = json[name], (1 ... 200).contains(text.count) { texts[name] = text } else { problems.append(.init([name], "请填写\(label)，不超过 200 字")) }
        }
        if case .string(let text)? = json["code"] { code = String(text.prefix(40)) } else { code = nil }
        guard problems.isEmpty, let username = texts["username"], let password = texts["password"] else { throw .faults(problems) }
        (self.username, self.password) = (username, password)
    }
}
