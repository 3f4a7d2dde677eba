import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing
import Values
@testable import Web

/// A register of 120 rows, leafed through and narrowed by its address.
@Suite struct ListingTests {
    private static func plant(_ count: Int, in house: TestHouse) async throws {
        let now = house.counter.clock.now()
        try await house.counter.database.write { connection in
            for number in 1 ... count {
                let name = "地\(String(1000 + number).dropFirst())", id = ID<Plot>.make(at: now)
                try connection.run("INSERT INTO plot (id, name, region, rent_fen, version) VALUES (\(id), \(name), '000181001001', \(number * 100), 1)")
            }
            try connection.run("INSERT INTO plot (id, name, region, rent_fen, version) VALUES (\(ID<Plot>.make(at: now)), '邻镇的地', '000181002001', 1, 1)")
        }
    }

    private static func link(_ relation: String, in page: Browser.Seen) -> String? {
        guard let start = page.text.firstRange(of: "rel=\"\(relation)\" href=\"")?.upperBound else { return nil }
        return String(page.text[start...].prefix { $0 != "\"" }).replacing("&amp;", with: "&")
    }

    @Test("三页翻到底再翻回来；邻镇的不在里面")
    func paging() async throws {
        try await TestHouse.atWork { house, browser in
            try await Self.plant(120, in: house)
            try await browser.get("/garden/plots")
            #expect(browser.page.says("地001") && browser.page.says("地050") && !browser.page.says("地051") && Self.link("prev", in: browser.page) == nil)
            try await browser.get(try #require(Self.link("next", in: browser.page)))
            #expect(browser.page.says("地051") && browser.page.says("地100"))
            try await browser.get(try #require(Self.link("next", in: browser.page)))
            #expect(browser.page.says("地120") && !browser.page.says("邻镇") && Self.link("next", in: browser.page) == nil)
            try await browser.get(try #require(Self.link("prev", in: browser.page)))
            #expect(browser.page.says("地051") && !browser.page.says("地101"))
        }
    }

    @Test("筛选读成一句话，留在地址里；排序反过来；合计另算；下载同样的行")
    func narrowing() async throws {
        try await TestHouse.atWork { house, browser in
            try await Self.plant(120, in: house)
            try await browser.get("/garden/plots?rent_fen_min=118&sort=-name")
            #expect(browser.page.says("租金不低于 118.00 元") && browser.page.says("本页 3 行") && !browser.page.says("地117"))
            #expect(browser.page.says("aria-sort=\"descending\"") && browser.page.says("value=\"118\""))
            #expect(browser.page.says("/garden/plots.csv?rent_fen_min=118&amp;sort=-name"))
            try await browser.get("/garden/plots?rent_fen_min=118&part=totals")
            #expect(browser.page.text == "合计：3 块")
            try await browser.get("/garden/plots?totals=1")
            #expect(browser.page.says("合计：120 块"))
        }
    }

    @Test("空台账说这里会出现什么，筛空了说怎么办")
    func emptiness() async throws {
        try await TestHouse.atWork { _, browser in
            try await browser.get("/garden/plots")
            #expect(browser.page.says("登记过的园地会出现在这里") && browser.page.says("登记园地"))
            try await browser.get("/garden/plots?name=%E6%97%A0")
            #expect(browser.page.says("没有符合条件的记录"))
        }
    }
}
