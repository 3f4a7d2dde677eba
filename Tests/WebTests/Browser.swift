import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
@testable import Web

/// A browser without scripts: it keeps cookies, and fills in the form on the page it looks at.
struct Browser {
    let client: any TestClientProtocol
    var cookies: [String: String] = [:]
    var page = Seen(status: .ok, headers: [:], text: "", body: [])

    struct Seen: Sendable {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let text: String
        let body: [UInt8]

        var location: String { headers[.location] ?? "" }
        func says(_ text: String) -> Bool { self.text.contains(text) }
    }

    mutating func get(_ address: String, headers: HTTPFields = [:]) async throws {
        try await send(address, .get, headers, [])
    }

    /// Sends names and texts, as a browser would on pressing a button.
    mutating func post(_ address: String, _ fields: [(String, String)], headers: HTTPFields = [:]) async throws {
        let body = fields.map { "\(Query.encoded($0.0))=\(Query.encoded($0.1))" }.joined(separator: "&")
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        try await send(address, .post, headers, Array(body.utf8))
    }

    /// Fills in the form on the page: what it carries and shows already, with these on top.
    mutating func submit(_ address: String, _ typed: [(String, String)], headers: HTTPFields = [:]) async throws {
        try await post(address, filled(typed), headers: headers)
    }

    func filled(_ typed: [(String, String)]) -> [(String, String)] {
        let names = Set(typed.map(\.0))
        return page.fields.filter { !names.contains($0.0) } + typed
    }

    mutating func upload(_ address: String, _ typed: [(String, String)], file: (name: String, filename: String, content: [UInt8])) async throws {
        let boundary = "----seam7MA4YWxk"
        var body: [UInt8] = []
        for (name, text) in filled(typed) {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(text)\r\n".utf8)
        }
        body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(file.name)\"; filename=\"\(file.filename)\"\r\nContent-Type: image/png\r\n\r\n".utf8)
        body += file.content + Array("\r\n--\(boundary)--\r\n".utf8)
        try await send(address, .post, [.contentType: "multipart/form-data; boundary=\(boundary)"], body)
    }

    mutating func signIn(_ username: String, password: String = TestHouse.password) async throws {
        cookies = [:]
        try await get("/sign-in")
        try await post("/sign-in", [("_csrf", page.hidden("_csrf")), ("username", username), ("password", password)])
    }

    private mutating func send(_ address: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, _ body: [UInt8]) async throws {
        var headers = headers
        if !cookies.isEmpty { headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        page = try await client.execute(uri: address, method: method, headers: headers, body: ByteBuffer(bytes: body)) { response in
            let bytes = Array(response.body.readableBytesView)
            return Seen(status: response.status, headers: response.headers, text: String(decoding: bytes, as: UTF8.self), body: bytes)
        }
        for line in page.headers[values: .setCookie] {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            cookies[pair[0]] = pair.count > 1 && !pair[1].isEmpty ? pair[1] : nil
        }
    }
}

extension Browser.Seen {
    func hidden(_ name: String) -> String { fields.first { $0.0 == name }?.1 ?? "" }
    func has(_ name: String) -> Bool { fields.contains { $0.0 == name } }
    func value(_ name: String) -> String { hidden(name) }

    /// The texts of the page's main form, once each; buttons and files are not among them.
    var fields: [(String, String)] {
        guard let start = text.range(of: "<form class=\"form"), let end = text.range(of: "</form>", range: start.upperBound ..< text.endIndex) else { return [] }
        let form = String(text[start.lowerBound ..< end.lowerBound])
        var found: [(String, String)] = []
        for input in form.matches(of: /<input ([^>]*)>/) {
            let attributes = String(input.1)
            guard let name = Self.attribute("name", in: attributes), !attributes.contains("type=\"file\"") else { continue }
            if attributes.contains("type=\"radio\""), !attributes.contains(" checked") { continue }
            found.append((name, Self.attribute("value", in: attributes) ?? ""))
        }
        for list in form.matches(of: /<select [^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/) {
            let chosen = String(list.2).firstMatch(of: /<option value="([^"]*)" selected/).map { String($0.1) } ?? ""
            found.append((String(list.1), chosen))
        }
        return found
    }

    private static func attribute(_ name: String, in text: String) -> String? {
        guard let start = text.range(of: " \(name)=\"") ?? (text.hasPrefix("\(name)=\"") ? text.range(of: "\(name)=\"") : nil),
              let end = text.range(of: "\"", range: start.upperBound ..< text.endIndex) else { return nil }
        return String(text[start.upperBound ..< end.lowerBound]).replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
            .replacingOccurrences(of: "&quot;", with: "\"").replacingOccurrences(of: "&#39;", with: "'").replacingOccurrences(of: "&amp;", with: "&")
    }
}

/// Header fields by any name.
func named(_ pairs: (String, String)...) -> HTTPFields {
    var fields = HTTPFields()
    for (name, value) in pairs { fields.set(name, value) }
    return fields
}
