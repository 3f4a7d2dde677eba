import Commons
import Cryptography
import Kernel
import Storage
import Testing
import Values
@testable import Web

/// 账号页面：两步登录、先办的事、切换身份、紧急查看，在浏览器里走一遍。
@Suite struct AccountPagesTests {
    @Test("开通两步登录：扫码、填口令、抄恢复码；下次登录分两步，口令错了还在第二步")
    func enrolling() async throws {
        try await TestHouse.atWork { house, browser in
            try await browser.get("/users/do/begin-two-factor")
            try await browser.submit("/users/do/begin-two-factor", [])
            #expect(browser.page.location.hasPrefix("/users/two-factor?done="))
            try await browser.get("/users/two-factor.svg")
            #expect(browser.page.headers[.contentType] == "image/svg+xml" && browser.page.says("<path"))
            try await browser.get("/users/two-factor")
            let secret = try #require(browser.page.text.firstMatch(of: /<p class="code">([A-Z2-7 ]+)<\/p>/)).output.1
            let bytes = Self.bytes(secret.filter { $0 != " " })
            func code() throws -> String { try TOTP.code(secret: bytes, at: Int64(house.counter.clock.now().secondsSince1970)) }
            try await browser.get("/users/do/confirm-two-factor")
            try await browser.submit("/users/do/confirm-two-factor", [("code", try code())])
            #expect(browser.page.location.hasPrefix("/users/recovery-codes/"))
            try await browser.get(browser.page.location)
            let recovery = browser.page.text.matches(of: /<li class="code">([A-Z2-7]{5}-[A-Z2-7]{5})<\/li>/).map { String($0.output.1) }
            #expect(recovery.count == 10)
            try await browser.signIn("jingban")
            #expect(browser.page.status == .ok && browser.page.says("登录第二步") && browser.cookies["desk"] == nil)
            try await browser.submit("/sign-in", [("code", "000000")])
            #expect(browser.page.status == .unauthorized && browser.page.says("登录第二步") && browser.cookies["desk"] == nil)
            try await browser.submit("/sign-in", [("code", recovery[3])])
            #expect(browser.page.status == .seeOther && browser.cookies["desk"] != nil)
        }
    }

    private static func bytes(_ text: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        let bits = text.flatMap { character in (0 ..< 5).map { UInt8((alphabet.firstIndex(of: character) ?? 0) >> (4 - $0) & 1) } }
        return stride(from: 0, to: bits.count / 8 * 8, by: 8).map { bits[$0 ..< $0 + 8].reduce(0) { $0 << 1 | $1 } }
    }

    @Test("一次性密码：登录后只有改密码这一页，改完才能办别的；规则事先说明")
    func temporaryPasswords() async throws {
        try await TestHouse.visit { house, browser in
            try await house.counter.database.write { try $0.run("INSERT INTO account_state (user_id, password_temporary) SELECT id, 1 FROM user_account") }
            try await browser.signIn("jingban")
            #expect(browser.page.location == "/users/do/change-password")
            try await browser.get("/desk/workbench")
            #expect(browser.page.location == "/users/do/change-password")
            try await browser.get("/users/do/change-password")
            #expect(browser.page.says(PasswordRule.hint))
            for (current, new, status) in [("wrong", "another-horse-2", 422), (TestHouse.password, "jingban-2024", 422), (TestHouse.password, "another-horse-2", 303)] {
                try await browser.submit("/users/do/change-password", [("_current_password", current), ("_password", new)])
                #expect(browser.page.status.code == status && !browser.page.says("argon2") && !browser.page.says(new))
            }
            try await browser.get("/desk/workbench")
            #expect(browser.page.status == .ok)
        }
    }

    @Test("切换身份：页面上方选代办，名字和岗位随之变，再回到本人")
    func switching() async throws {
        try await TestHouse.visit { house, browser in
            try await house.open("shenhe", .countyReviewer, region: "000181")
            let accounts = house.services.accounts, owner = try await accounts.actor(named: "shenhe")
            let values: RawFields = ["delegate": .typed("jingban"), "from_on": .typed("2024-07-05"), "last_on": .typed("2024-07-06"), "reason": .typed("开会")]
            _ = try await house.counter.submit(Submission("users.delegate-duty", id: .make(at: house.counter.clock.now()), values: values), as: owner)
            try await browser.signIn("jingban")
            try await browser.get("/desk/workbench")
            #expect(browser.page.says("以区县审核（代测试员）身份办理") && browser.page.says("测试员 · 镇街经办"))
            let duty = try #require(browser.page.text.firstMatch(of: /name="duty" value="([^"]+)"/)).output.1
            let token = try #require(browser.page.text.firstMatch(of: /name="_csrf" value="([^"]+)"/)).output.1
            try await browser.post("/users/do/switch-duty", [("_csrf", "forged"), ("duty", String(duty))])
            #expect(browser.page.status == .forbidden)
            try await browser.post("/users/do/switch-duty", [("_csrf", String(token)), ("duty", String(duty))])
            try await browser.get("/desk/workbench")
            #expect(browser.page.says("测试员（代测试员） · 区县审核") && browser.page.says("回到本人岗位"))
            try await browser.post("/users/do/switch-duty", [("_csrf", String(token)), ("duty", "")])
            try await browser.get("/desk/workbench")
            #expect(browser.page.says("测试员 · 镇街经办"))
        }
    }

    @Test("紧急查看：打不开的档案给出入口；开启后只看这一份，没有办理按钮；先记下再显示")
    func emergencies() async throws {
        try await TestHouse.atWork { house, browser in
            try await house.open("waixiang", .townshipClerk, region: "000181002")
            let neighbour = try await house.services.accounts.actor(named: "waixiang")
            let person = try await Self.register("张三某", "000181199001010011", house, neighbour)
            let other = try await Self.register("李四某", "000181199001010038", house, neighbour)
            try await browser.get("/people/persons/\(person)")
            #expect(browser.page.status == .forbidden && browser.page.says("紧急查看") && !browser.page.says("张三某"))
            try await browser.get("/users/do/open-emergency-view?record=/people/persons/\(person)")
            try await browser.submit("/users/do/open-emergency-view", [("reason", "老人走失，联系不上所属街道")])
            #expect(browser.page.location.hasPrefix("/people/persons/\(person)"))
            try await browser.get("/people/persons/\(person)")
            #expect(browser.page.status == .ok && browser.page.says("张三某") && browser.page.says("自动关闭") && !browser.page.says("/people/do/record-death"))
            #expect(try await house.count("SELECT count(*) FROM access_record WHERE detail LIKE '紧急查看：%' AND subject = \(person)") == 1)
            try await browser.get("/people/persons/\(other)")
            #expect(browser.page.status == .forbidden)
        }
    }

    private static func register(_ name: String, _ number: String, _ house: TestHouse, _ actor: Actor) async throws -> String {
        let values: RawFields = ["name": .typed(name), "resident_id": .typed(number), "region": .typed("000181002001")]
        return try await house.counter.submit(Submission("people.register-person", id: .make(at: house.counter.clock.now()), values: values), as: actor).outcome.subject
    }
}
