import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing
import Values
@testable import Commons
@testable import Web

@Suite("批量接口") struct BulkAPITests {
    private static func send(_ client: any TestClientProtocol, _ path: String, _ method: HTTPRequest.Method, _ body: String, token: String, key: String? = nil) async throws -> (HTTPResponse.Status, String) {
        var headers = named(("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"))
        if let key { headers.set("Idempotency-Key", key) }
        return try await client.execute(uri: path, method: method, headers: headers, body: ByteBuffer(string: body)) { ($0.status, String(buffer: $0.body)) }
    }

    @Test("逐件结果；同一编号重复提交不重复办理；版本不符的不办；要逐件填写的不能批量；多余的项指出")
    func bulk() async throws {
        let house = try await TestHouse()
        try await house.open("jingban", .townshipClerk, region: "000181001")
        let ids = try await BulkTests.plant(3, in: house), token = try await house.services.accounts.signIn("jingban", TestHouse.password).token
        let key = ID<JournalEntry>.make(at: house.counter.clock.now()).text
        let body = "{\"subjects\":[\"\(ids[0])\",{\"id\":\"\(ids[1])\",\"version\":1},{\"id\":\"\(ids[2])\",\"version\":9}],\"values\":{\"name\":\"接口名\"}}"
        try await application(house.services).test(.router) { client in
            let (status, text) = try await Self.send(client, "/api/garden/rename-plot/bulk", .post, body, token: token, key: key)
            #expect(status == .ok && text.contains("\"done\":2") && text.contains("\"refused\":1") && text.contains("别人已经办理过这件"))
            let again = try await Self.send(client, "/api/garden/rename-plot/bulk", .post, body, token: token, key: key)
            #expect(again.0 == .ok && again.1 == text)
            #expect(try await house.count("SELECT count(*) FROM journal WHERE action = 'garden.rename-plot'") == 2)
            #expect(try await Self.send(client, "/api/bulk/\(key)", .get, "", token: token).1 == text)
            let other = body.replacingOccurrences(of: "接口名", with: "别名")
            #expect(try await Self.send(client, "/api/garden/rename-plot/bulk", .post, other, token: token, key: key).0 == .conflict)
            for (path, sent, expected) in [
                ("rename-plot", "{\"subjects\":[],\"values\":{\"name\":\"甲\"}}", HTTPResponse.Status.unprocessableContent),
                ("rename-plot", "{\"subjects\":[\"\(ids[0])\",\"\(ids[0])\"],\"values\":{\"name\":\"甲\"}}", .unprocessableContent),
                ("rename-plot", "{\"subjects\":[\"\(ids[0])\"],\"values\":{}}", .unprocessableContent),
                ("rename-plot", "{\"subjects\":[\"\(ids[0])\"],\"values\":{\"name\":\"甲\",\"colour\":\"红\"}}", .unprocessableContent),
                ("rename-plot", "{\"subjects\":\"\(ids[0])\",\"values\":{\"name\":\"甲\"}}", .unprocessableContent),
                ("rename-plot", "{\"subjects\":[\"\"],\"values\":{\"name\":\"甲\"}}", .unprocessableContent),
                ("rename-plot", "{\"subjects\":[\"\\u0000甲\"],\"values\":{\"name\":\"甲\"}}", .unprocessableContent),
                ("rename-plot", "{\"subjects\":[\"\(String(repeating: "7", count: 65))\"],\"values\":{\"name\":\"甲\"}}", .unprocessableContent),
                ("rename-plot", "{\"subjects\":[{\"id\":\"\(ids[0])\",\"colour\":\"红\"}],\"values\":{\"name\":\"甲\"}}", .unprocessableContent),
                ("rename-plot", "{\"subjects\":[{\"id\":\"\(ids[0])\",\"version\":-1}],\"values\":{\"name\":\"甲\"}}", .unprocessableContent),
                ("rename-plot", "{\"subjects\":[7],\"values\":{\"name\":\"甲\"}}", .unprocessableContent),
                ("rename-plot", "{\"rows\":[]}", .unprocessableContent),
                ("register-plot", "{\"subjects\":[\"\(ids[0])\"],\"values\":{}}", .unprocessableContent),
                ("no-such", "{\"subjects\":[\"\(ids[0])\"]}", .notFound),
            ] {
                #expect(try await Self.send(client, "/api/garden/\(path)/bulk", .post, sent, token: token).0 == expected, "\(path) \(sent)")
            }
            #expect(try await Self.send(client, "/api/garden/plots/papers?name=%E6%8E%A5%E5%8F%A3%E5%90%8D", .get, "", token: token).1.hasPrefix("%PDF"))
        }
    }

    @Test("说明里有批量办理、进度和文书")
    func document() {
        let text = OpenAPI.document([garden], title: "示范").text
        for path in ["/api/garden/rename-plot/bulk", "/api/bulk/{id}", "/api/garden/plots/papers", "garden.rename-plot.bulk", "bulk-report"] { #expect(text.contains(path), "\(path)") }
        #expect(!text.contains("register-plot/bulk"))
    }
}
