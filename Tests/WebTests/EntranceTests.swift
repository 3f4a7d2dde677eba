import Hummingbird
import HummingbirdTesting
import Kernel
import Testing
import Values
@testable import Web

/// The door: signing in, forged forms, headers, and what people read when something is wrong.
@Suite struct EntranceTests {
    @Test("没登录先去登录页，登录后回到原来要去的地方")
    func strangersAreAskedWhoTheyAre() async throws {
        try await TestHouse.visit { _, browser in
            try await browser.get("/garden/plots?name=%E7%94%B2")
            #expect(browser.page.status == .seeOther)
            #expect(browser.page.location.hasPrefix("/sign-in?next=%2Fgarden%2Fplots"))
            try await browser.get(browser.page.location)
            #expect(browser.page.hidden("next") == "/garden/plots?name=%E7%94%B2")
            try await browser.submit("/sign-in", [("username", "jingban"), ("password", TestHouse.password)])
            #expect(browser.page.location == "/garden/plots?name=%E7%94%B2")
            let cookie = browser.page.headers[values: .setCookie].first { $0.hasPrefix("desk=") } ?? ""
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
            try await browser.get("/garden/plots")
            #expect(browser.page.status == .ok && browser.page.says("镇街经办"))
        }
    }

    @Test("密码不对说得清楚，用户名还在框里", arguments: [("jingban", "wrong"), ("nobody", TestHouse.password), ("", "")])
    func wrongPasswords(_ username: String, _ password: String) async throws {
        try await TestHouse.visit { _, browser in
            try await browser.signIn(username, password: password)
            #expect(browser.page.status == .unauthorized && browser.page.says("用户名或密码不对"))
            #expect(browser.page.value("username") == username)
            #expect(browser.cookies["desk"] == nil)
        }
    }

    @Test("登录后不去别人的网站", arguments: ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/\\elsewhere.example", ""])
    func neverElsewhere(_ next: String) async throws {
        try await TestHouse.visit { _, browser in
            try await browser.get("/sign-in")
            try await browser.submit("/sign-in", [("username", "jingban"), ("password", TestHouse.password), ("next", next)])
            #expect(browser.page.location == "/")
        }
    }

    @Test("登录表单也要带令牌")
    func signInNeedsItsToken() async throws {
        try await TestHouse.visit { _, browser in
            try await browser.post("/sign-in", [("username", "jingban"), ("password", TestHouse.password)])
            #expect(browser.page.status == .forbidden && browser.cookies["desk"] == nil)
        }
    }

    @Test("演示环境每个岗位列一个账号，按一下就登录；正式环境不列")
    func demonstrationAccounts() async throws {
        try await TestHouse.visit { house, browser in
            try await browser.get("/sign-in")
            #expect(!browser.page.says("演示账号"))
            try await house.counter.database.write { try $0.run("INSERT INTO mark (name, value) VALUES ('demo', '1')") }
            try await house.open("jingban2", .townshipClerk, region: "000181002")
            try await browser.get("/sign-in")
            #expect(browser.page.says(">镇街经办</button>") && browser.page.says("value=\"jingban\"") && !browser.page.says("jingban2"))
        }
    }

    @Test("退出后旧会话不能再用")
    func signingOut() async throws {
        try await TestHouse.atWork { _, browser in
            try await browser.get("/garden/do/register-plot")
            let token = browser.page.hidden("_csrf"), kept = browser.cookies
            try await browser.post("/sign-out", [("_csrf", "forged")])
            #expect(browser.page.status == .forbidden)
            try await browser.post("/sign-out", [("_csrf", token)])
            #expect(browser.page.location == "/sign-in")
            browser.cookies = kept
            try await browser.get("/garden/plots")
            #expect(browser.page.status == .seeOther)
        }
    }

    @Test("伪造的表单办不成事；自己页面上放旧了的表单，填的内容还在")
    func forgedFormsDoNothing() async throws {
        try await TestHouse.atWork { house, browser in
            let address = "/garden/do/break-plot"
            for token in ["", "forged"] {
                try await browser.post(address, [("_csrf", token), ("name", "甲")])
                #expect(browser.page.status == .forbidden && browser.page.says("没有办理任何事"))
            }
            try await browser.post("/garden/do/register-plot", [("_csrf", "old"), ("name", "河边一号")],
                                   headers: named(("Origin", "http://localhost"), ("Host", "localhost")))
            #expect(browser.page.status == .forbidden && browser.page.value("name") == "河边一号" && browser.page.says("请核对后再提交一次"))
            #expect(try await house.count("SELECT count(*) FROM journal") == 0)
        }
    }

    @Test("每个回答都带安全响应头，连出错的也带", arguments: ["/sign-in", "/nothing-here", "/assets/style.css"])
    func securityHeaders(_ address: String) async throws {
        try await TestHouse.visit { _, browser in
            try await browser.get(address)
            let headers = browser.page.headers
            #expect(headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
            #expect(headers[.xContentTypeOptions] == "nosniff" && headers.value("Referrer-Policy") == "same-origin")
            #expect(!browser.page.says("<style") && !browser.page.says(" style=\"") && !browser.page.says("onclick"))
        }
    }

    @Test("页面不存在、岗位不对、系统出错：都是说人话的页面")
    func plainPages() async throws {
        try await TestHouse.atWork { house, browser in
            try await browser.get("/garden/nothing")
            #expect(browser.page.status == .notFound && browser.page.says("没有这个页面"))
            try await browser.get("/users/do/add-user")
            #expect(browser.page.status == .forbidden && browser.page.says("安全管理员办理"))
            try await browser.get("/garden/plots/000")
            #expect(browser.page.status == .notFound)
            try await browser.get("/garden/do/break-plot")
            try await browser.submit("/garden/do/break-plot", [("name", "还在这里")])
            #expect(browser.page.status == .internalServerError && browser.page.says("不是您填错了") && !browser.page.says("spade"))
            #expect(browser.page.value("name") == "还在这里")
        }
    }

    @Test("样式按内容命名，可长期缓存；没变就不重发")
    func assets() async throws {
        try await TestHouse.visit { _, browser in
            try await browser.get(Asset.style.path)
            #expect(browser.page.status == .ok && browser.page.headers[.cacheControl]?.contains("immutable") == true)
            try await browser.get("/assets/script.js", headers: [.ifNoneMatch: Asset.script.etag])
            #expect(browser.page.status == .notModified && browser.page.body.isEmpty)
        }
    }

    @Test("适老字号记在浏览器里，回到原来的页面")
    func largeType() async throws {
        try await TestHouse.atWork { _, browser in
            try await browser.get("/elder?on=1", headers: named(("Referer", "http://localhost/garden/plots?sort=name")))
            #expect(browser.page.location == "/garden/plots?sort=name")
            try await browser.get("/garden/plots")
            #expect(browser.page.says("class=\"elder\"") && browser.page.says("/elder?on=0"))
        }
    }

    @Test("接待满了不再接，走一个接一个")
    func admissionIsBounded() {
        let admission = Admission(limit: 2)
        #expect(admission.enter() && admission.enter() && !admission.enter())
        admission.leave()
        #expect(admission.enter() && !admission.enter())
    }
}
