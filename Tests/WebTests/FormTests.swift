import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing
import Values
@testable import Web

/// A clerk at a form, scripts off: nothing typed is ever lost.
@Suite struct FormTests {
    static let address = "/garden/do/register-plot"

    /// Two beds, one of them with a harvest, built by the buttons.
    private static func fillTwoBeds(_ browser: inout Browser) async throws {
        try await browser.get(address)
        try await browser.submit(address, [("name", "河边一号"), ("region", "000181001"), ("_add", "beds")])
        try await browser.submit(address, [("beds.b1.crop", "萝卜"), ("_add", "beds")])
        try await browser.submit(address, [("beds.b2.crop", "白菜"), ("_add", "beds.b1.harvests")])
        try await browser.submit(address, [("beds.b1.harvests.h1.worth_fen", "12.5"), ("_estimate", "1")])
    }

    @Test("加行、加行里的行、删行，别的都留着")
    func rowsComeAndGo() async throws {
        try await TestHouse.atWork { _, browser in
            try await Self.fillTwoBeds(&browser)
            #expect(browser.page.status == .ok)
            #expect(browser.page.value("beds.b1.crop") == "萝卜" && browser.page.value("beds.b2.crop") == "白菜")
            #expect(browser.page.value("beds.b1.harvests.h1.worth_fen") == "12.5" && browser.page.value("name") == "河边一号")
            #expect(browser.page.says("现有 2 畦"))
            try await browser.submit(Self.address, [("_remove", "beds.b1")])
            #expect(!browser.page.has("beds.b1") && browser.page.value("beds.b2.crop") == "白菜")
            try await browser.submit(Self.address, [("_add", "beds")])
            #expect(browser.page.has("beds.b3"))
            for nowhere in ["nothing", "name", "beds.b9.harvests", "", "..", "beds.b2"] {
                try await browser.submit(Self.address, [("_add", nowhere)])
                #expect(browser.page.status == .ok && browser.page.value("beds.b2.crop") == "白菜")
            }
        }
    }

    @Test("最后一项有错：所有错误一次说清，填的都还在；改对后办成，回执说下一步")
    func anErrorInTheLastFieldLosesNothing() async throws {
        try await TestHouse.atWork { house, browser in
            try await Self.fillTwoBeds(&browser)
            try await browser.submit(Self.address, [("rent_fen", "三块"), ("beds.b2.crop", "")])
            #expect(browser.page.status == .unprocessableContent && browser.page.says("有 2 处需要改正"))
            #expect(browser.page.says("href=\"#f-rent_fen\"") && browser.page.says("请填写「作物」"))
            #expect(browser.page.value("rent_fen") == "三块" && browser.page.value("beds.b1.harvests.h1.worth_fen") == "12.5")
            #expect(try await house.count("SELECT count(*) FROM plot") == 0)
            try await browser.submit(Self.address, [("rent_fen", "30"), ("beds.b2.crop", "白菜")])
            #expect(browser.page.status == .seeOther && browser.page.location.hasPrefix("/garden/plots/"))
            try await browser.get(browser.page.location)
            #expect(browser.page.says("2 畦") && browser.page.says("class=\"receipt\"") && browser.page.says("月底前翻土"))
            #expect(try await house.count("SELECT CAST(sum(worth_fen) AS BIGINT) FROM plot_harvest") == 1250)
        }
    }

    @Test("同一张表单交两次：办一次，两次回执一样；同一编号换了内容则不办")
    func sendingTwiceIsDoneOnce() async throws {
        try await TestHouse.atWork { house, browser in
            try await browser.get(Self.address)
            let sent = browser.filled([("name", "坡上"), ("region", "000181001"), ("rent_fen", "1")])
            try await browser.post(Self.address, sent)
            let first = browser.page.location
            try await browser.post(Self.address, sent)
            #expect(browser.page.status == .seeOther && browser.page.location == first)
            #expect(try await house.count("SELECT count(*) FROM plot") == 1)
            try await browser.post(Self.address, sent.map { $0.0 == "name" ? ("name", "坡下") : $0 })
            #expect(browser.page.status == .conflict && browser.page.value("name") == "坡下")
        }
    }

    @Test("草稿：存下、再打开时提供、继续填、丢弃；办成后不再提供")
    func drafts() async throws {
        try await TestHouse.atWork { _, browser in
            try await Self.fillTwoBeds(&browser)
            try await browser.submit(Self.address, [("rent_fen", "半截"), ("_draft", "1")])
            #expect(browser.page.status == .ok && browser.page.says("草稿保存于"))
            try await browser.get(Self.address)
            #expect(browser.page.says("上次 09:00 保存的草稿") && browser.page.value("name").isEmpty)
            try await browser.get(Self.address + "?draft=1")
            #expect(browser.page.value("rent_fen") == "半截" && browser.page.value("beds.b1.harvests.h1.worth_fen") == "12.5")
            try await browser.submit(Self.address + "?part=draft", [("name", "脚本存的")])
            #expect(browser.page.status == .noContent && browser.page.headers.value("X-Saved-At") == "09:00")
            try await browser.get(Self.address + "?draft=1")
            #expect(browser.page.value("name") == "脚本存的")
            try await browser.submit(Self.address, [("rent_fen", "2")])
            #expect(browser.page.status == .seeOther)
            try await browser.get(Self.address)
            #expect(!browser.page.says("保存的草稿"))
            try await browser.submit(Self.address, [("name", "又一份"), ("_draft", "1")])
            try await browser.get(Self.address)
            try await browser.submit(Self.address + "?part=discard", [])
            try await browser.get(Self.address)
            #expect(!browser.page.says("保存的草稿"))
        }
    }

    @Test("试算只换旁边一块，不存任何东西")
    func theEstimateAlone() async throws {
        try await TestHouse.atWork { house, browser in
            try await browser.get(Self.address)
            try await browser.submit(Self.address, [("beds.b1", "1"), ("beds.b7.crop", "豆")], headers: named(("X-Part", "aside")))
            #expect(browser.page.text == "<p>现有 2 畦</p>")
            #expect(try await house.count("SELECT count(*) FROM draft") == 0)
        }
    }

    @Test("两人改一块地：后到的人看到说明，填的还在，核对后可再交")
    func twoClerksOnOnePlot() async throws {
        try await TestHouse.atWork { house, browser in
            try await browser.get(Self.address)
            try await browser.submit(Self.address, [("name", "甲地"), ("region", "000181001"), ("rent_fen", "1")])
            let id = browser.page.location.dropFirst("/garden/plots/".count).prefix(26)
            let address = "/garden/do/rename-plot"
            try await browser.get("\(address)?plot=\(id)")
            #expect(browser.page.value("name") == "甲地" && browser.page.value("_version") == "1" && browser.page.value("plot") == id)
            var other = browser
            try await other.get("\(address)?plot=\(id)")
            try await other.submit(address, [("name", "乙地")])
            #expect(other.page.status == .seeOther)
            try await browser.submit(address, [("name", "丙地")])
            #expect(browser.page.status == .conflict && browser.page.says("别人已经办理过") && browser.page.value("name") == "丙地")
            try await browser.submit(address, [("name", "丙地")])
            #expect(browser.page.status == .seeOther)
            #expect(try await house.count("SELECT count(*) FROM plot WHERE name = '丙地' AND version = 3") == 1)
        }
    }

    @Test("不在辖区的地不能登记，填的还在")
    func outsideTheRegion() async throws {
        try await TestHouse.atWork { _, browser in
            try await browser.get(Self.address)
            try await browser.submit(Self.address, [("name", "邻镇的地"), ("region", "000181002"), ("rent_fen", "1")])
            #expect(browser.page.status == .forbidden && browser.page.says("不在您的管辖范围内") && browser.page.value("name") == "邻镇的地")
        }
    }

    @Test("估产：答案在页面上，什么也不存；有错照样指到那一项")
    func inquiries() async throws {
        try await TestHouse.atWork { house, browser in
            let address = "/garden/ask/estimate-yield"
            try await browser.get(address)
            try await browser.submit(address, [("_add", "beds")])
            try await browser.submit(address, [("beds.b1.crop", "豆"), ("_add", "beds.b1.harvests")])
            try await browser.submit(address, [("beds.b1.harvests.h1.worth_fen", "100"), ("rent_fen", "x")])
            #expect(browser.page.status == .unprocessableContent && browser.page.value("beds.b1.harvests.h1.worth_fen") == "100")
            try await browser.submit(address, [("rent_fen", "40")])
            #expect(browser.page.says("60.00 元") && browser.page.value("rent_fen") == "40")
            #expect(try await house.count("SELECT count(*) FROM journal") == 0)
        }
    }

    @Test("新增用户：表单问密码，只把摘要交进去")
    func passwordsAreHashedAtTheDoor() async throws {
        try await TestHouse.visit { house, browser in
            try await house.open("anquan", .securityAdministrator, region: "000181")
            try await browser.signIn("anquan")
            let typed = [("username", "xinren"), ("name", "测试新"), ("role", "finance"), ("region", "000181")]
            try await browser.get("/users/do/add-user")
            try await browser.submit("/users/do/add-user", typed + [("_password", "short")])
            #expect(browser.page.status == .unprocessableContent && browser.page.value("username") == "xinren" && !browser.page.says("argon2"))
            try await browser.submit("/users/do/add-user", typed + [("_password", "long-enough-1")])
            #expect(browser.page.status == .seeOther)
            try await browser.signIn("xinren", password: "long-enough-1")
            #expect(browser.page.status == .seeOther)
        }
    }
}
