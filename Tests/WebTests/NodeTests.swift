import Commons
import Cryptography
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import SQLiteStorage
import Storage
import TestSupport
import Testing
import Values
@testable import Web

@Suite("可信代理")
struct TrustedProxyTests {
    struct Case: Sendable {
        let trusted: String, peer: String, header: String?, origin: String

        init(_ trusted: String, _ peer: String, _ header: String?, _ origin: String) { (self.trusted, self.peer, self.header, self.origin) = (trusted, peer, header, origin) }
    }

    @Test("谁说的算：从右往左，第一个不是可信代理的", arguments: [
        Case("127.0.0.1", "203.0.113.1", "198.51.100.7", "203.0.113.1"),
        Case("127.0.0.1", "127.0.0.1", nil, "127.0.0.1"),
        Case("127.0.0.1", "127.0.0.1", "198.51.100.7", "198.51.100.7"),
        Case("127.0.0.1", "127.0.0.1", "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        Case("127.0.0.1 10.1.0.0/16", "127.0.0.1", "1.1.1.1, 198.51.100.7, 10.1.2.3", "198.51.100.7"),
        Case("127.0.0.1 10.1.0.0/16", "10.1.255.255", "198.51.100.7", "198.51.100.7"),
        Case("127.0.0.1 10.1.0.0/16", "10.2.0.0", "198.51.100.7", "10.2.0.0"),
        Case("10.1.2.128/25", "10.1.2.127", "198.51.100.7", "10.1.2.127"),
        Case("10.1.2.128/25", "10.1.2.128", "198.51.100.7", "198.51.100.7"),
        Case("fd00::/8", "fd12::1", "2001:db8::9", "2001:db8::9"),
        Case("fd00::/8", "fe80::1", "2001:db8::9", "fe80::1"),
        Case("127.0.0.1", "::ffff:127.0.0.1", "198.51.100.7", "198.51.100.7"),
        Case("127.0.0.1", "127.0.0.1", "198.51.100.7, 不是地址", "127.0.0.1"),
        Case("127.0.0.1", "127.0.0.1", "198.51.100.7 ,127.0.0.1", "198.51.100.7"),
        Case("127.0.0.1", "127.0.0.1", "", "127.0.0.1"),
        Case("127.0.0.1", "127.0.0.1", String(repeating: "1.1.1.1,", count: 300), "127.0.0.1"),
        Case("", "127.0.0.1", "198.51.100.7", "127.0.0.1"),
    ])
    func origin(_ c: Case) throws {
        #expect(try TrustedProxies(parsing: c.trusted).origin(peer: c.peer, forwarded: c.header) == c.origin)
    }

    @Test("不是地址、不是网段、所有人：不收", arguments: ["localhost", "10.0.0.0/0", "10.0.0.0/33", "::/0", "fd00::/129", "10.0.0/8", "10.0.0.1/", "1.2.3.4/-1", "10.0.0.256"])
    func faulty(_ text: String) {
        #expect(throws: Refusal.self) { try TrustedProxies(parsing: "127.0.0.1 \(text)") }
    }
}

@Suite("就绪、指标、几个节点")
struct NodeTests {
    @Test("活着、就绪、即将停止：即将停止时照常办理，并请对方换一个节点")
    func draining() async throws {
        try await TestHouse.visit { house, browser in
            try await browser.get("/health/live")
            #expect(browser.page.status == .ok && browser.page.says("live"))
            try await browser.get("/health/ready")
            #expect(browser.page.status == .ok && browser.page.says(#""status":"ready""#) && browser.page.headers[.connection] == nil)
            house.services.node.beginDraining()
            try await browser.get("/health/ready")
            #expect(browser.page.status == .serviceUnavailable && browser.page.says(#""status":"draining""#))
            try await browser.get("/health/live")
            #expect(browser.page.status == .ok)
            try await browser.get("/sign-in")
            #expect(browser.page.status == .ok && browser.page.headers[.connection] == "close")
        }
    }

    @Test("数据库少几步、关了：不就绪，说明原因；数据库比程序多几步：照常")
    func behind() async throws {
        let house = try await TestHouse(), database = house.counter.database
        #expect(await house.services.readiness(patience: .seconds(60)) == .ready)
        try await database.write { try $0.run("INSERT INTO schema_migration (owner, number, why, applied_at) VALUES ('nodes', 900, '新版本', '2024-07-01T08:00:00.000Z')") }
        #expect(await house.services.readiness(patience: .seconds(60)) == .ready)
        try await database.write { try $0.run("DELETE FROM schema_migration WHERE owner = 'nodes' AND number = 1") }
        #expect(await house.services.readiness(patience: .seconds(60)) == .behind(steps: 1))
        #expect(Readiness.behind(steps: 1).reason.contains("还有 1 步未升级"))
        try await database.close()
        #expect(await house.services.readiness(patience: .seconds(60)) == .cut)
    }

    @Test("没有及时应答的，不等")
    func silence() async {
        let late = await answer(within: .milliseconds(1)) { try await Task.sleep(for: .seconds(600)); return 1 }
        #expect(late == nil)
        #expect(await answer(within: .seconds(600)) { 1 } == 1)
        #expect(await answer(within: .seconds(600)) { () -> Int in throw StorageError.busy } == nil)
    }

    @Test("指标：按路由计数，不按地址；编出来的方法归为一类；不给外面看")
    func metrics() async throws {
        try await TestHouse.visit { house, browser in
            for number in ["000181194904011234", "000181195506012345"] { try await browser.get("/attachments/\(number)?q=\(number)") }
            try await browser.get("/robots.txt")
            house.services.node.metrics.enter()
            house.services.node.metrics.leave("秘密", "/x", nil, seconds: 0)
            try await browser.get("/metrics", headers: named(("X-Forwarded-For", "203.0.113.9")))
            #expect(browser.page.status == .notFound)
            try await browser.get("/metrics")
            let text = browser.page.text
            #expect(text.contains(#"minzheng_http_requests_total{method="GET",route="/attachments/{id}",status="3xx"} 2"#), "\(text)")
            #expect(text.contains(#"minzheng_http_requests_total{method="OTHER",route="/x",status="gone"} 1"#))
            #expect(text.contains(#"minzheng_http_request_seconds_count{route="/robots.txt"} 1"#))
            #expect(!text.contains("00018119"))
            for name in ["minzheng_ready 1", "minzheng_database_up 1", TestDatabase.cluster == nil ? "minzheng_database_write_queue_waiting" : "minzheng_database_write_pool_waiting", "minzheng_journal_unsealed", "minzheng_jobs_waiting 0",
                         "minzheng_outbox_waiting 0", "process_resident_memory_bytes", "process_open_fds"] { #expect(text.contains(name), "\(name)") }
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                #expect(line.split(separator: " ").last.flatMap { Double($0) } != nil, "\(line)")
            }
        }
    }

    @Test("指标口令：对了才给，不论从哪里来", arguments: [
        ("", "Bearer ", HTTPResponse.Status.notFound), ("指标口令-指标口令-指标口令", "Bearer 错的", .notFound),
        ("tttttttttttttttttttttttt", "Bearer tttttttttttttttttttttttt", .ok),
        ("tttttttttttttttttttttttt", "Bearer tttttttttttttttttttttttx", .notFound),
    ])
    func token(_ token: String, _ header: String, _ status: HTTPResponse.Status) async throws {
        let house = try await TestHouse(), node = ServingNode(metricsToken: token)
        try await application(Services(house.counter, attachments: house.services.attachmentsFolder, node: node)).test(.router) { client in
            var browser = Browser(client: client)
            try await browser.get("/metrics", headers: named(("X-Forwarded-For", "203.0.113.9"), ("Authorization", header)))
            #expect(browser.page.status == status)
        }
    }

    @Test("指标文本：转义、累计、没有的不写")
    func exposition() {
        var page = Exposition(), spread = Metrics.Spread()
        page.add("a", .counter, "一\n行", [([("route", "a\"b\\c\nd")], 1.5)])
        page.add("none", .gauge, "没有", [])
        for seconds in [0.005, 0.006, 11] { spread.add(seconds) }
        page.add("s", "用时", [([], spread)])
        #expect(page.text.hasPrefix("# HELP a 一\\n行\n# TYPE a counter\na{route=\"a\\\"b\\\\c\\nd\"} 1.5\n# HELP s 用时\n# TYPE s histogram\n"))
        for line in ["s_bucket{le=\"0.005\"} 1\n", "s_bucket{le=\"0.01\"} 2\n", "s_bucket{le=\"10\"} 2\n", "s_bucket{le=\"+Inf\"} 3\n", "s_count 3\n"] { #expect(page.text.contains(line)) }
        #expect(!page.text.contains("none"))
    }

    @Test("两个节点：在一个登录、填表，到另一个提交；样式的地址和标签相同；编号各不相同")
    func twoNodes() async throws {
        let house = try await TestHouse(), folder = house.services.attachmentsFolder
        try await house.open("jingban", .townshipClerk, region: "000181001")
        // Another process has a counter of its own over the same database and the same key file.
        let second = Counter(database: house.counter.database, house: house.counter.house, clock: house.counter.clock)
        let nodes = [application(house.services), application(Services(second, attachments: folder, node: ServingNode(name: "second")))]
        try await nodes[0].test(.router) { one in
            try await nodes[1].test(.router) { other in
                var browser = Browser(client: one)
                try await browser.get("/sign-in")
                browser = browser.moved(to: other)
                try await browser.submit("/sign-in", [("username", "jingban"), ("password", TestHouse.password)])
                #expect(browser.page.status == .seeOther, "\(browser.page.text)")
                let first = browser.page.headers.value("X-Request-ID")
                browser = browser.moved(to: one)
                try await browser.get("/people/do/register-person")
                #expect(browser.page.status == .ok && browser.page.headers.value("X-Request-ID") != first && first?.count == 26)
                browser = browser.moved(to: other)
                try await browser.submit("/people/do/register-person", [("name", "测试甲"), ("resident_id", ""), ("sex", "1"), ("born_on", "1950-01-01"),
                                                                               ("region", "000181001"), ("_draft", "1")])
                #expect(browser.page.status == .ok && browser.page.says("草稿保存于"), "\(browser.page.text)")
                var tags: [String] = []
                for client in [one, other] {
                    browser = browser.moved(to: client)
                    try await browser.get(Asset.style.path)
                    tags.append(browser.page.headers[.eTag] ?? "")
                }
                #expect(tags[0] == tags[1] && !tags[0].isEmpty)
            }
        }
    }
}

extension Browser {
    /// The same cookies and page, asking another node.
    func moved(to client: any TestClientProtocol) -> Browser {
        var browser = Browser(client: client)
        (browser.cookies, browser.page) = (cookies, page)
        return browser
    }
}
