import Commons
import Hummingbird
import HummingbirdTesting
import Kernel
import Testing
import Values
@testable import Web

/// 办事大厅。What anybody may read and hand in, and what nobody gets.
@Suite struct HallTests {
    private static let notice = "01J10000000000000000000009"

    private static func post(_ house: TestHouse, _ until: String = "2024-07-09") async throws {
        try await house.counter.database.write { connection in
            try connection.run("""
                INSERT INTO notice (id, case_id, number, region, title, unit, text, places, online_only, from_on, until_on, basis)
                VALUES (\(notice), 'x', 'DB2024-000001', '000181001001', '审核公示', '示范街道办事处', '申请人：示某某', '公示栏', 0, '2024-07-01', \(until), '《示例办法》')
                """)
        }
    }

    @Test("大厅各页不登录就能看；不设会话，不留个人内容给搜索引擎")
    func everyPageIsOpen() async throws {
        try await TestHouse.visit { house, browser in
            try await Self.post(house)
            for line in house.services.house.lines {
                for page in line.pages where page.roles.contains(.visitor) && !page.path.contains("{") {
                    try await browser.get("/hall/\(page.path)")
                    #expect(browser.page.status == .ok && browser.page.says("<body class=\"hall\">"), "\(page.path)")
                    #expect(browser.cookies.isEmpty, "\(page.path)")
                    let isHidden = browser.page.says("name=\"robots\" content=\"noindex")
                    #expect(isHidden == !(page.path.hasPrefix("services/") || page.path == "standards"), "\(page.path)")
                    try await browser.get("/\(line.name)/\(page.path)")
                    #expect(browser.page.status == .seeOther, "\(page.path)")
                }
            }
            for address in ["/hall", "/hall/progress", "/hall/ask/estimates", "/hall/search?q=%E5%85%AC%E7%A4%BA"] {
                try await browser.get(address)
                #expect(browser.page.status == .ok, "\(address)")
            }
            try await browser.get("/robots.txt")
            #expect(browser.page.says("Disallow: /"))
        }
    }

    @Test("群众只得到申报给群众的：其他页面、台账、事项在大厅里都没有")
    func nothingElse() async throws {
        try await TestHouse.visit { house, browser in
            // An address of the hall's own, which a page for the staff happens to share.
            let open = Set(house.services.house.lines.flatMap(\.pages).filter { $0.roles.contains(.visitor) }.map(\.path)).union(["search"])
            for line in house.services.house.lines {
                for action in line.actions where !action.roles.contains(.visitor) {
                    try await browser.get("/hall/do/\(action.name)")
                    #expect(browser.page.status == .notFound, "\(action.name)")
                }
                for inquiry in line.inquiries where !inquiry.roles.contains(.visitor) {
                    try await browser.get("/hall/ask/\(inquiry.name)")
                    #expect(browser.page.status == .notFound, "\(inquiry.name)")
                }
                for listing in line.listings where listing.name != "recipients" {
                    try await browser.get("/hall/\(listing.name)")
                    #expect(browser.page.status == .notFound, "\(listing.name)")
                }
                for page in line.pages where !page.roles.contains(.visitor) && !open.contains(page.path) {
                    try await browser.get("/hall/\(page.path.replacing("{id}", with: "01J10000000000000000000000"))")
                    #expect(browser.page.status == .notFound, "\(page.path)")
                }
            }
            try await browser.post("/api/notices/object-to-notice", [])
            #expect(browser.page.status == .unauthorized)
        }
    }

    @Test("提异议：带令牌才收，给回执编号；令牌不对、期满的不收", arguments: [("2024-07-06", true), ("2024-07-05", false)])
    func objecting(_ until: String, _ isOpen: Bool) async throws {
        try await TestHouse.visit { house, browser in
            try await Self.post(house, until)
            try await browser.get("/hall/do/object-to-notice?notice=\(Self.notice)")
            guard isOpen else { return #expect(browser.page.status == .notFound) }
            #expect(browser.page.says("申请人：示某某") && browser.page.says("可以不填"))
            let form = browser.page
            try await browser.post("/hall/do/object-to-notice", [("_csrf", "forged"), ("notice", Self.notice), ("content", "有车")])
            #expect(browser.page.status == .forbidden && browser.page.says("有车"))
            browser.page = form
            try await browser.submit("/hall/do/object-to-notice", [("content", "")])
            #expect(browser.page.status == .unprocessableContent)
            browser.page = form
            try await browser.submit("/hall/do/object-to-notice", [("content", "听说有车"), ("contact", "19900001234")])
            #expect(browser.page.status == .seeOther)
            try await browser.get(browser.page.location)
            #expect(browser.page.says("YY2024-000001") && !browser.page.says("19900001234"))
            #expect(try await house.count("SELECT count(*) FROM notice_objection") == 1)
        }
    }

    @Test("提异议有限次：第六次请过一会儿再来")
    func submissionsAreLimited() async throws {
        try await TestHouse.visit { house, browser in
            try await Self.post(house)
            for number in 1 ... 6 {
                try await browser.get("/hall/do/object-to-notice?notice=\(Self.notice)")
                try await browser.submit("/hall/do/object-to-notice", [("content", "第 \(number) 次")])
                #expect(browser.page.status == (number <= 5 ? .seeOther : .tooManyRequests))
            }
            #expect(try await house.count("SELECT count(*) FROM notice_objection") == 5)
        }
    }

    @Test("查进度：查不到的答得一样；一个编号试第六次、一个地址试第十一次都要等")
    func lookingUp() async throws {
        try await TestHouse.visit { _, browser in
            for number in 1 ... 6 {
                try await browser.post("/hall/progress", [("number", "DB2024-000001"), ("last_four", "777\(number)")])
                #expect(browser.page.status == (number <= 5 ? .ok : .tooManyRequests))
                #expect(browser.page.says("没有查到") == (number <= 5) && !browser.page.says("777\(number)"))
            }
            for number in 7 ... 11 {
                try await browser.post("/hall/progress", [("number", "DB2024-00000\(number)"), ("last_four", "0001")])
                #expect(browser.page.status == (number <= 10 ? .ok : .tooManyRequests))
            }
            try await browser.post("/hall/progress", [("number", ""), ("last_four", "")], headers: named(("X-Forwarded-For", "203.0.113.9")))
            #expect(browser.page.status == .unprocessableContent)
        }
    }

    @Test("限次：窗口里满了就等，过了窗口再开", arguments: [(59.9, false), (60.1, true)])
    func window(_ seconds: Double, _ isAllowed: Bool) async throws {
        let house = try await TestHouse(), start = Instant(secondsSince1970: 1_720_000_000), allowance = HallLimits.Allowance(times: 2, seconds: 60)
        let limits = HallLimits(house.counter)
        try await limits.take(("a", allowance), at: start)
        try await limits.take(("a", allowance), at: start)
        try await limits.take(("b", allowance), at: start)
        let third: ()? = try? await limits.take(("a", allowance), at: start.adding(seconds: seconds))
        #expect((third != nil) == isAllowed)
    }

    @Test("限次由几个节点合计：换一个节点也不能多问；被拒的不记，也不写明问的是谁")
    func limitsAreShared() async throws {
        let house = try await TestHouse(), start = Instant(secondsSince1970: 1_720_000_000), allowance = HallLimits.Allowance(times: 3, seconds: 60)
        let nodes = (0 ..< 2).map { _ in HallLimits(house.counter) }
        let passed = await withTaskGroup { group in
            for number in 0 ..< 20 { group.addTask { (try? await nodes[number % 2].take(("a", allowance), ("c\(number)", allowance), at: start)) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(passed == 3)
        #expect(try await house.count("SELECT count(*) FROM asked") == 6)
        #expect(try await house.count("SELECT count(*) FROM asked WHERE key IN ('a', 'c0', 'c1')") == 0)
        let calm = HallLimits(house.counter)
        await #expect(throws: HallLimits.refusal) { try await calm.take(("a", allowance), at: start.adding(seconds: 59.9)) }
        try await calm.take(("a", allowance), at: start.adding(seconds: 60.1))
    }

    @Test("试算不用登录，不要令牌，什么也不存")
    func estimating() async throws {
        try await TestHouse.visit { house, browser in
            let before = try await house.count("SELECT count(*) FROM journal")
            try await browser.get("/hall/ask/estimates")
            try await browser.post("/hall/ask/estimates", [("area", "urban"), ("_add", "members")])
            #expect(browser.page.status == .ok && browser.page.says("成员 1"))
            #expect(browser.cookies.isEmpty)
            #expect(try await house.count("SELECT count(*) FROM journal") == before)
        }
    }
}
