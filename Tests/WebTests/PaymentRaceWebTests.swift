import Commons
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing
import Values
@testable import Web

/// 抢着发，经过真的服务器：两个标签页、另一个人、接口、乡镇的批次、后续批次同时来。
@Suite struct PaymentRaceWebTests {
    private static func served(_ story: @escaping @Sendable (TestHouse, any TestClientProtocol) async throws -> Void) async throws {
        let house = try await TestHouse()
        try await AccessWorld.publish(house.counter)
        for (name, role) in [("shenhe", Role.countyReviewer), ("shenhe2", .countyReviewer)] { try await house.open(name, role, region: "000181") }
        let clerk = Actor(user: .make(at: house.counter.clock.now()), name: "测试员", role: .townshipClerk, region: try RegionCode("000181001"))
        for place in 1 ... 3 {
            let number = try ResidentID.upgrading("00018130010100\(place)").typed, name = "试寿\(["甲", "乙", "丙"][place - 1])"
            let person = try await house.counter.submit(Submission("people.register-person", id: .make(at: house.counter.clock.now()), values: [
                "name": .typed(name), "resident_id": .typed(number), "region": .typed("000181001"),
            ]), as: clerk).outcome.subject
            _ = try await house.counter.submit(Submission("payments.register-account", id: .make(at: house.counter.clock.now()), values: [
                "person": .typed(person), "holder": .typed(name), "bank": .typed("示范农商银行"), "account": .typed("存折8642097\(place)"),
            ]), as: clerk)
        }
        try await application(house.services).test(.live) { client in try await story(house, client) }
    }

    /// What one caller was told.
    private struct Told: Sendable { let isDone: Bool, text: String }

    private static func signedIn(_ user: String, _ client: any TestClientProtocol) async throws -> Browser {
        var browser = Browser(client: client)
        try await browser.signIn(user)
        return browser
    }

    /// A tab on which the form was opened and filled in; sending it twice is a double click.
    private static func tab(_ browser: Browser, _ act: String, _ typed: [(String, String)]) async throws -> @Sendable () async throws -> Told {
        var opened = browser
        try await opened.get("/payments/do/\(act)")
        let tab = opened, form = tab.filled(typed)
        return {
            var browser = tab
            for _ in 0 ..< 30 {
                try await browser.post("/payments/do/\(act)", form)
                if browser.page.status.code != 503 { break }
            }
            return Told(isDone: browser.page.status == .seeOther, text: browser.page.text)
        }
    }

    private static func token(_ user: String, _ client: any TestClientProtocol) async throws -> String {
        let body = #"{"username":"\#(user)","password":"\#(TestHouse.password)"}"#
        let text = try await client.execute(uri: "/api/session", method: .post, headers: [.contentType: "application/json"], body: ByteBuffer(string: body)) { String(buffer: $0.body) }
        return String(try #require(text.firstMatch(of: /"token":"([^"]+)"/), "\(text)").1)
    }

    private static func api(_ token: String, _ act: String, _ json: String, _ client: any TestClientProtocol) -> @Sendable () async throws -> Told {
        {
            for _ in 0 ..< 30 {
                let told = try await client.execute(uri: "/api/payments/\(act)", method: .post, headers: [.contentType: "application/json", .authorization: "Bearer \(token)"],
                                                    body: ByteBuffer(string: json)) { (status: $0.status.code, text: String(buffer: $0.body)) }
                if told.status != 503 { return Told(isDone: (200 ..< 300).contains(told.status), text: told.text) }
            }
            return Told(isDone: false, text: "一直在忙")
        }
    }

    private static func all(_ callers: [@Sendable () async throws -> Told]) async throws -> [Told] {
        try await withThrowingTaskGroup { group in
            for caller in callers { group.addTask { try await caller() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("同一个月：恰好一个批次开成，其余的人都得知是哪一批；双击只算一次")
    func month() async throws {
        try await Self.served { house, client in
            let first = try await Self.signedIn("shenhe", client), second = try await Self.signedIn("shenhe2", client), token = try await Self.token("shenhe2", client)
            let typed = [("region", "000181"), ("month", "2024-07"), ("programme", "elder-allowance"), ("channel", "bank")]
            let tab = try await Self.tab(first, "open-month", typed), other = try await Self.tab(first, "open-month", typed), theirs = try await Self.tab(second, "open-month", typed)
            let inTown = try await Self.tab(second, "open-month", [("region", "000181001")] + typed.dropFirst())
            let json = #"{"region":"000181","month":"2024-07","programme":"elder-allowance","channel":"bank"}"#
            let told = try await Self.all([tab, tab, tab, other, theirs, inTown, Self.api(token, "open-month", json, client), Self.api(token, "open-month", json, client)])
            #expect(try await house.count("SELECT count(*) FROM payment_run") == 1)
            let done = told.filter(\.isDone)
            #expect(done.count == 1 || done.count == 3, "\(done.count)")
            for refused in told where !refused.isDone { #expect(refused.text.contains("FF2024-000001"), "\(refused.text.suffix(600))") }
            let run: String? = try await house.counter.database.read { try $0.value("SELECT id FROM payment_run") }
            try await PaymentWork(counter: house.counter).runToEnd(of: ID(typed: try #require(run)))
            #expect(try await house.count("SELECT count(*) FROM payment_claim WHERE effective = 1") == 3)
        }
    }

    @Test("同一名目的后续批次同时开、同时列名册：一人只在一批里，别的批次写明由哪一批发放")
    func followUp() async throws {
        try await Self.served { house, client in
            let browser = try await Self.signedIn("shenhe", client), token = try await Self.token("shenhe2", client), counter = house.counter
            let month = [("region", "000181"), ("month", "2024-07"), ("programme", "elder-allowance"), ("channel", "bank")]
            _ = try await (try await Self.tab(browser, "open-month", month))()
            let base: String? = try await counter.database.read { try $0.value("SELECT id FROM payment_run") }
            try await PaymentWork(counter: counter).runToEnd(of: ID(typed: try #require(base)))
            let typed = [("region", "000181"), ("title", "价格临时补贴"), ("name", "price-2024-07"), ("basis", "试〔2024〕3号"), ("month", "2024-07"),
                         ("programme", "elder-allowance"), ("each_fen", "20"), ("channel", "bank")]
            let json = #"{"region":"000181","title":"价格临时补贴","name":"price-2024-07","basis":"试〔2024〕3号","month":"2024-07","programme":"elder-allowance","each_fen":2000,"channel":"bank"}"#
            let first = try await Self.tab(browser, "open-one-off", typed), second = try await Self.tab(browser, "open-one-off", typed)
            let told = try await Self.all([first, second, Self.api(token, "open-one-off", json, client), Self.api(token, "open-one-off", json, client)])
            #expect(told.count { $0.isDone } == 4, "\(told.map(\.text).joined().suffix(800))")
            let runs: [String] = try await counter.database.read { try $0.all("SELECT id FROM payment_run WHERE kind = 'one-off' ORDER BY id") { try $0.read(0) } }
            try await withThrowingTaskGroup { group in
                for run in runs {
                    group.addTask {
                        for _ in 0 ..< 30 {
                            do { return try await PaymentWork(counter: counter).runToEnd(of: try ID(typed: run)) } catch let refusal as Refusal where refusal.kind == .busy {} catch is StorageError {}
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await house.count("SELECT count(*) FROM payment_claim WHERE programme = 'one-off.price-2024-07' AND effective = 1") == 3)
            #expect(try await house.count("SELECT count(*) FROM payment_line WHERE programme = 'one-off.price-2024-07' AND amount_fen > 0") == 3)
            let silent = try await house.count("""
                SELECT count(*) FROM payment_line AS l LEFT JOIN payment_finding AS f ON f.line_id = l.id
                WHERE l.programme = 'one-off.price-2024-07' AND l.amount_fen = 0 AND (l.code <> 'DUPLICATE' OR f.detail IS NULL OR f.detail NOT LIKE '%批次 FF2024-%')
                """)
            #expect(silent == 0)
            #expect(try await house.count("SELECT count(*) FROM payment_line WHERE programme = 'one-off.price-2024-07'") == 12)
        }
    }
}
