import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing
import Values
@testable import Commons
@testable import Web

/// Several rows chosen in a register, for one act or for their papers.
@Suite("批量办理与打印") struct BulkTests {
    /// Plots 地001… of the clerk's township.
    static func plant(_ count: Int, in house: TestHouse, region: String = "000181001001") async throws -> [String] {
        let now = house.counter.clock.now()
        let ids = (1 ... count).map { _ in ID<Plot>.make(at: now) }
        try await house.counter.database.write { connection in
            for (number, id) in ids.enumerated() {
                let name = "地\(String(10_001 + number).dropFirst())"
                try connection.run("INSERT INTO plot (id, name, region, rent_fen, version) VALUES (\(id), \(name), \(region), \(number * 100), 1)")
            }
        }
        return ids.map(\.text)
    }

    private static func choose(_ ids: [String], _ more: [(String, String)], _ browser: inout Browser) async throws {
        try await browser.get("/garden/plots")
        let token = try #require(browser.page.text.firstMatch(of: /name="_csrf" value="([^"]+)"><input type="hidden" name="_shown"/)).1
        try await browser.post("/garden/bulk/plots", [("_csrf", String(token))] + ids.map { ("_row.\($0)", "-") } + more)
    }

    @Test("勾选三块改名：先填一次，再核对，再逐件办理；看过之后被人改过的一件不办，写明原因")
    func renaming() async throws {
        try await TestHouse.atWork { house, browser in
            let ids = try await Self.plant(3, in: house)
            try await Self.choose(ids, [("_bulk", "rename-plot")], &browser)
            #expect(browser.page.says("批量改名") && browser.page.says("选中 3 件") && browser.page.says("地0001") && browser.page.value("_row.\(ids[0])") == "1")
            try await browser.submit("/garden/bulk/plots", [("_stage", "check"), ("name", "")])
            #expect(browser.page.status == .unprocessableContent && browser.page.says("有 1 处需要改正"))
            try await browser.submit("/garden/bulk/plots", [("_stage", "check"), ("name", "新名")])
            #expect(browser.page.says("将对 3 件办理「改名」") && browser.page.says("新名"))
            try await house.counter.database.write { try $0.run("UPDATE plot SET version = 2 WHERE id = \(ids[1])") }
            let filled = browser.page
            try await browser.submit("/garden/bulk/plots", [("_stage", "do")])
            let results = browser.page.location
            #expect(browser.page.status == .seeOther && results.hasPrefix("/desk/bulk/"))
            try await browser.get(results)
            #expect(browser.page.says("办成 2 件，未办成 1 件") && browser.page.says("别人已经办理过这件") && browser.page.says("对选中的再办理"))
            #expect(browser.page.text.components(separatedBy: "name=\"_row.").count == 2)
            #expect(try await house.count("SELECT count(*) FROM plot WHERE name = '新名'") == 2)
            let cause = results.split(separator: "/").last.map(String.init) ?? ""
            #expect(try await house.count("SELECT count(*) FROM journal WHERE cause = \(cause) AND action = 'garden.rename-plot'") == 2)
            // The same form once more changes nothing.
            browser.page = filled
            try await browser.submit("/garden/bulk/plots", [("_stage", "do")])
            #expect(browser.page.location == results)
            #expect(try await house.count("SELECT count(*) FROM journal WHERE cause = \(cause)") == 2)
        }
    }

    @Test("没有勾选、没选事项、不是自己的岗位、别处的行：都说清楚")
    func refusals() async throws {
        try await TestHouse.atWork { house, browser in
            let ids = try await Self.plant(1, in: house), elsewhere = try await Self.plant(1, in: house, region: "000181002001")
            try await Self.choose([], [("_bulk", "rename-plot")], &browser)
            #expect(browser.page.status == .unprocessableContent && browser.page.says("还没有选中行"))
            try await Self.choose(ids, [("_bulk", "")], &browser)
            #expect(browser.page.says("请选择要对选中的行办理哪一项"))
            try await Self.choose(ids, [("_bulk", "register-plot")], &browser)
            #expect(browser.page.status == .forbidden)
            try await Self.choose(elsewhere, [("_bulk", "rename-plot")], &browser)
            #expect(browser.page.says("都已不在「园地台账」里"))
            try await browser.post("/garden/bulk/plots", [("_row.\(ids[0])", "-"), ("_bulk", "rename-plot"), ("name", "甲"), ("_stage", "do")])
            #expect(browser.page.status == .forbidden)
            try await browser.get("/garden/bulk/plots")
            #expect(browser.page.location == "/garden/plots")
        }
    }

    @Test("符合筛选的全部二百零一块：交后台，按发起人现在的岗位办；停用账号后不再办", arguments: [false, true])
    func job(_ isDisabled: Bool) async throws {
        try await TestHouse.atWork { house, browser in
            _ = try await Self.plant(201, in: house)
            try await Self.choose([], [("_all", "1"), ("_filter.rent_fen_min", "0"), ("_bulk", "rename-plot")], &browser)
            #expect(browser.page.says("选中 201 件") && browser.page.says("另外 189 件"))
            try await browser.submit("/garden/bulk/plots", [("_stage", "do"), ("name", "齐名")])
            let results = browser.page.location
            try await browser.get(results)
            #expect(browser.page.says("还有 201 件未办") && browser.page.says("刷新看进度"))
            if isDisabled { try await house.counter.database.write { try $0.run("UPDATE user_account SET disabled_on = '2024-07-05'") } }
            let runner = JobRunner(house.counter)
            while try await runner.runSlice() {}
            #expect(try await house.count("SELECT count(*) FROM plot WHERE name = '齐名'") == (isDisabled ? 0 : 201))
            #expect(try await house.count("SELECT count(*) FROM job WHERE state = 'failed'") == (isDisabled ? 1 : 0))
            guard !isDisabled else { return }
            try await browser.get(results)
            #expect(browser.page.says("办成 201 件"))
            try await house.open("lin", .townshipClerk, region: "000181001")
            try await browser.signIn("lin")
            try await browser.get(results)
            #expect(browser.page.status == .notFound)
        }
    }

    @Test("打印件放在库里：一个节点排印一次，另一个节点也取得到，过一天就没有")
    func printingAtSeveralNodes() async throws {
        let house = try await TestHouse(), folder = NSTemporaryDirectory() + "minzheng-prints-" + UUID().uuidString
        try await house.open("jingban", .townshipClerk, region: "000181001")
        let nodes = (0 ..< 2).map { Services(house.counter, attachments: "\(folder)-\($0)", keeping: .database) }
        _ = try await Self.plant(101, in: house)
        try await application(nodes[0]).test(.router) { client in
            var browser = Browser(client: client)
            try await browser.signIn("jingban")
            try await Self.choose([], [("_all", "1"), ("_papers", "1")], &browser)
            async let one = PrintOrders(services: nodes[0]).runNext()
            async let other = PrintOrders(services: nodes[1]).runNext()
            #expect(try await [one, other].contains(true))
            try await browser.get(browser.page.location + "/book.pdf")
            #expect(browser.page.body.starts(with: Array("%PDF".utf8)))
        }
        #expect(try await house.count("SELECT count(DISTINCT name) FROM stored_piece WHERE place = 'prints'") == 1)
        #expect(!FileManager.default.fileExists(atPath: nodes[0].prints) && !FileManager.default.fileExists(atPath: nodes[1].prints))
        let tomorrow = Services(Counter(house.counter, clock: VirtualClock(try CivilDate(typed: "2024-07-07"))), attachments: folder, keeping: .database)
        try await PrintOrders(services: tomorrow).sweep()
        #expect(try await house.count("SELECT count(*) FROM stored_piece") == 0)
    }

    @Test("打印选中的：不多的立刻给 PDF；一百份以上另做，只由要的人取，只存一天；留有导出记录")
    func printing() async throws {
        try await TestHouse.atWork { house, browser in
            let ids = try await Self.plant(101, in: house)
            try await Self.choose(Array(ids.prefix(2)), [("_papers", "1")], &browser)
            #expect(browser.page.headers[.contentType] == "application/pdf" && browser.page.body.starts(with: Array("%PDF".utf8)))
            try await Self.choose([], [("_all", "1"), ("_papers", "1")], &browser)
            let order = browser.page.location, prints = PrintOrders(services: house.services)
            #expect(order.hasPrefix("/desk/prints/"))
            try await browser.get(order)
            #expect(browser.page.says("正在排印 101 行"))
            try await browser.get(order + "/book.pdf")
            #expect(browser.page.status == .conflict)
            let (first, second) = (try await prints.runNext(), try await prints.runNext())
            #expect(first && !second)
            try await browser.get(order)
            #expect(browser.page.says("已排好 101 份"))
            try await browser.get(order + "/book.pdf")
            #expect(browser.page.body.starts(with: Array("%PDF".utf8)))
            try await house.counter.access.flush()
            #expect(try await house.count("SELECT CAST(sum(rows) AS BIGINT) FROM access_record WHERE kind = 'export' AND detail = 'PDF'") == 103)
            let tomorrow = Services(Counter(house.counter, clock: VirtualClock(try CivilDate(typed: "2024-07-07"))), attachments: house.services.attachmentsFolder)
            try await PrintOrders(services: tomorrow).sweep()
            try await browser.get(order)
            #expect(browser.page.status == .notFound)
        }
    }

    @Test("没有文书的行说明没有；单页的 PDF 与页面同一地址")
    func papers() async throws {
        try await TestHouse.atWork { house, browser in
            let ids = try await Self.plant(1, in: house)
            try await browser.get("/garden/plots/\(ids[0])/paper")
            #expect(browser.page.says("准予种植地0001") && browser.page.says("/garden/plots/\(ids[0])/paper.pdf"))
            try await browser.get("/garden/plots/\(ids[0])/paper.pdf")
            #expect(browser.page.status == .ok && browser.page.headers[.contentType] == "application/pdf")
            try await browser.get("/garden/plots.pdf?name=%E5%9C%B00001")
            #expect(browser.page.headers[.contentType] == "application/pdf")
            try await house.counter.database.write { try $0.run("UPDATE plot SET name = '无证的地'") }
            try await browser.get("/garden/plots.pdf")
            #expect(browser.page.status == .notFound && browser.page.says("没有文书可打印"))
        }
    }

    @Test("导出：末行写明行数、时间、导出人和筛选；只导出选中的列；没有的列说明")
    func exports() async throws {
        try await TestHouse.atWork { house, browser in
            _ = try await Self.plant(3, in: house)
            try await browser.get("/garden/plots.csv?rent_fen_min=1&columns=rent_fen&columns=name")
            #expect(browser.page.text.hasPrefix("\u{FEFF}名称,租金\r\n地0002,1.00 元\r\n"))
            #expect(browser.page.text.hasSuffix("共 2 行，导出时间 2024年7月5日 09:00，导出人 测试员（镇街经办），筛选：租金不低于 1.00 元\r\n"))
            try await browser.get("/garden/plots.csv?columns=secret")
            #expect(browser.page.status == .unprocessableContent && browser.page.says("没有「secret」这一列"))
            try await browser.get("/garden/plots?columns=name&columns=rent_fen&sort=-name")
            #expect(browser.page.says("/garden/plots.csv?sort=-name&amp;columns=name%2Crent_fen") && !browser.page.says("data-label=\"区域\""))
        }
    }

    @Test("常用视图：存下、打开、删除；别处的地址存不进去")
    func views() async throws {
        try await TestHouse.atWork { house, browser in
            _ = try await Self.plant(2, in: house)
            try await browser.get("/garden/plots?rent_fen_min=1")
            let token = String(try #require(browser.page.text.firstMatch(of: /name="_csrf" value="([^"]+)"><input type="hidden" name="listing"/)).1)
            let form = [("_csrf", token), ("listing", "/garden/plots"), ("address", "/garden/plots?rent_fen_min=1")]
            try await browser.post("/desk/views", form + [("name", "有租金的")])
            #expect(browser.page.location == "/garden/plots?rent_fen_min=1")
            try await browser.get("/garden/plots")
            #expect(browser.page.says("<a href=\"/garden/plots?rent_fen_min=1\">有租金的</a>"))
            try await browser.post("/desk/views", [("_csrf", token), ("listing", "/garden/plots"), ("address", "https://elsewhere.example"), ("name", "别处")])
            #expect(browser.page.status == .unprocessableContent)
            try await browser.post("/desk/views", form + [("name", "有租金的"), ("_delete", "1")])
            try await browser.get("/garden/plots?rent_fen_min=1")
            #expect(!browser.page.says("有租金的</a>"))
        }
    }
}
