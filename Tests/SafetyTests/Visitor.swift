import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import Synchronization
@testable import Terminal
import Testing
@testable import Web

/// A browser and a program in one: it keeps cookies, the last page, and a token.
struct Visitor {
    let client: any TestClientProtocol
    private var cookies: [String: String] = [:]
    private var token = ""
    private(set) var status = HTTPResponse.Status.ok
    private(set) var text = ""
    private(set) var headers: HTTPFields = [:]

    init(_ client: any TestClientProtocol) { self.client = client }

    mutating func get(_ address: String) async throws { try await send(address, .get, [:], "") }

    mutating func post(_ address: String, _ fields: [(String, String)]) async throws {
        let body = fields.map { "\(Query.encoded($0.0))=\(Query.encoded($0.1))" }.joined(separator: "&")
        try await send(address, .post, [.contentType: "application/x-www-form-urlencoded"], body)
    }

    /// The form at an address, filled in: first asked for, then sent with its hidden fields.
    mutating func fill(_ address: String, _ typed: [(String, String)]) async throws {
        try await get(address)
        try await post(address, [("_csrf", hidden("_csrf")), ("_act", hidden("_act"))] + typed)
    }

    mutating func signIn(_ username: String, _ password: String) async throws {
        cookies = [:]
        try await get("/sign-in")
        try await post("/sign-in", [("_csrf", hidden("_csrf")), ("username", username), ("password", password)])
    }

    mutating func call(_ method: HTTPRequest.Method, _ address: String, _ body: String = "") async throws {
        if token.isEmpty {
            try await send("/api/session", .post, [.contentType: "application/json"], #"{"username":"jingban","password":"minzheng-demo"}"#)
            token = String(text.split(separator: "\"token\":\"").last?.prefix { $0 != "\"" } ?? "")
        }
        try await send(address, method, [.contentType: "application/json", .authorization: "Bearer \(token)"], body)
    }

    func hidden(_ name: String) -> String {
        let inputs = text.split(separator: "<input ").filter { $0.contains("name=\"\(name)\"") }
        guard let input = inputs.first, let start = input.firstRange(of: "value=\"")?.upperBound else { return "" }
        return String(input[start...].prefix { $0 != "\"" })
    }

    private mutating func send(_ address: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, _ body: String) async throws {
        var headers = headers
        if !cookies.isEmpty { headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        let response = try await client.execute(uri: address, method: method, headers: headers, body: ByteBuffer(string: body)) { ($0.status, $0.headers, String(buffer: $0.body)) }
        (status, self.headers, text) = response
        for line in self.headers[values: .setCookie] {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            cookies[pair[0]] = pair.count > 1 && !pair[1].isEmpty ? pair[1] : nil
        }
    }
}

extension Office {
    /// Opens the web face over this office to a visitor.
    func visited(log: LogBook = LogBook(), isSecure: Bool = false, _ story: @escaping @Sendable (inout Visitor) async throws -> Void) async throws {
        let services = Services(counter, attachments: attachments.shelf.folder, isSecure: isSecure)
        try await application(services, logger: Logger(label: "test") { _ in log }).test(.router) { client in
            var visitor = Visitor(client)
            try await story(&visitor)
        }
    }
}

/// 日志本。Everything a server would have written to its log.
struct LogBook: LogHandler {
    private final class Lines: Sendable {
        let text = Mutex("")
    }

    private let lines = Lines()
    var text: String { lines.text.withLock { $0 } }
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.text.withLock { $0 += "\(event.level) \(event.message) \(event.metadata.map { "\($0)" } ?? "")\n" }
    }
}
