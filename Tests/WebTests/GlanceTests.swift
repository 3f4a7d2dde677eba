import Commons
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing
import Values
@testable import Web

/// Lists and overviews may come from a copy that is behind; they say so, and show everybody what he himself has just done.
@Suite struct GlanceTests {
    private func visit(_ story: @escaping @Sendable (LaggingDatabase, Counter, inout Browser) async throws -> Void) async throws {
        let house = try await TestHouse(), database = LaggingDatabase(house.counter.database)
        try await house.open("jingban", .townshipClerk, region: "000181001")
        let counter = Counter(database: database, house: house.counter.house, clock: house.counter.clock)
        try await application(Services(counter, attachments: NSTemporaryDirectory() + "minzheng-glance-" + UUID().uuidString)).test(.router) { client in
            var browser = Browser(client: client)
            try await browser.signIn("jingban")
            try await story(database, counter, &browser)
        }
    }

    private static let header = HTTPField.Name("X-Data-As-Of")

    @Test("台账、工作台、接口的列表：来自备用库的写明截至时刻；办理和详情不从备用库来", arguments: ["/garden/plots", "/desk/workbench", "/desk/search?q=x"])
    func pages(_ address: String) async throws {
        try await visit { database, counter, browser in
            let asOf = counter.clock.now()
            database.asOf.withLock { $0 = asOf }
            try await browser.get(address)
            #expect(browser.page.status == .ok && browser.page.says("数据截至 09:00:0") && browser.page.says("（备用库）"))
            #expect(browser.page.headers[try #require(Self.header)] == asOf.typed)
            #expect(database.glances.withLock { $0 } == 1)
            try await browser.get("/garden/do/register-plot")
            #expect(database.glances.withLock { $0 } == 1)
        }
    }

    @Test("备用库不在，照常显示，不写截至时刻")
    func copyFails() async throws {
        try await visit { database, _, browser in
            try await browser.get("/garden/plots")
            #expect(browser.page.status == .ok && !browser.page.says("备用库"))
            #expect(database.glances.withLock { $0 } == 0)
        }
    }

    @Test("刚办过的人看主库，别人仍看备用库；备用库赶上了就都看备用库")
    func ownChange() async throws {
        try await visit { database, counter, browser in
            let before = counter.clock.now()
            database.asOf.withLock { $0 = before }
            let user: ID<Actor>? = try await counter.database.read { try $0.value("SELECT id FROM user_account WHERE username = 'jingban'") }
            let actor = Actor(user: try #require(user), name: "测试员", role: .townshipClerk, region: try RegionCode("000181001"))
            let values: RawFields = ["name": .typed("测试地"), "region": .typed("000181001"), "rent_fen": .typed("1")]
            _ = try await counter.submit(Submission("garden.register-plot", id: .make(at: counter.clock.now()), values: values), as: actor)
            try await browser.get("/garden/plots")
            #expect(browser.page.says("测试地") && !browser.page.says("备用库"))
            database.asOf.withLock { $0 = before.adding(seconds: 60) }
            try await browser.get("/garden/plots")
            #expect(browser.page.says("测试地") && browser.page.says("备用库"))
        }
    }
}
