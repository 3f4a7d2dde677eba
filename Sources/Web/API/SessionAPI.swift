import Commons
import Hummingbird
import Kernel
import Values

/// 接口登录。A program signs in as a person does, and carries the token it is given.
struct SessionAPI: Sendable {
    let services: Services

    func add(to api: RouterGroup<DeskContext>) {
        api.post("/session") { request, _ in try await begin(request) }
        api.delete("/session") { _, context in
            try await services.accounts.signOut(try context.signedIn().token)
            return Response(status: .noContent)
        }
    }

    private func begin(_ request: Request) async throws -> Response {
        let credentials = try Credentials(try await request.json())
        do {
            let session = try await services.accounts.signIn(credentials.username, credentials.password)
            return .json(JSON.object([.init("token", .string(session.token)), .init("expires_at", .string(session.expiresAt.typed))]).text, status: .created)
        } catch let refusal as Refusal where refusal.kind == .busy {
            throw APIProblem(.tooManyRequests, refusal)
        }
    }
}

private struct Credentials {
    let username: String
    let password: String

    init(_ json: JSON) throws(Refusal) {
        let fields = try json.rawFields()
        let strange = fields.names.filter { $0 != "username" && $0 != "password" }.sorted()
        var problems = strange.map { Refusal.Problem([$0], "没有「\($0)」这一项，请核对名称") }
        var texts: [String: String] = [:]
        for (name, label) in [("username", "用户名"), ("password", "密码")] {
            if case .string(let text)? = json[name], (1 ... 200).contains(text.count) { texts[name] = text } else { problems.append(.init([name], "请填写\(label)，不超过 200 字")) }
        }
        guard problems.isEmpty, let username = texts["username"], let password = texts["password"] else { throw .faults(problems) }
        (self.username, self.password) = (username, password)
    }
}
