import Hummingbird
import HummingbirdTesting
import Kernel
import TestSupport
import Testing
import Values
@testable import Web

/// 收文：a document comes in by page and by interface; what can't be read says so at its field.
@Suite("收文") struct HandInTests {
    static let address = "/planning/hand-in/plans"
    static let text = """
        2024年试用区民政工作要点
        一、养老服务
        (一)发展助餐。全年新增老年助餐点14个以上。（责任单位：养老科）
        """

    private static func atDesk(_ story: @escaping @Sendable (TestHouse, inout Browser) async throws -> Void) async throws {
        try await TestHouse.visit { house, browser in
            try await house.open("zhengce", .policyOfficer, region: "000181")
            try await browser.signIn("zhengce")
            try await story(house, &browser)
        }
    }

    @Test("粘贴、核对年度和名称、导入、看到原句，再换新文稿看差别")
    func aPlanIsPastedAndImported() async throws {
        try await Self.atDesk { house, browser in
            try await browser.get("/planning")
            #expect(browser.page.says("导入计划") && browser.page.says("读文稿里的数"))
            try await browser.get(Self.address)
            try await browser.submit(Self.address, [("text", Self.text)])
            #expect(browser.page.status == .seeOther && browser.page.location.hasPrefix("/planning/do/import-plan?document="))
            try await browser.get(browser.page.location)
            #expect(browser.page.value("year") == "2024" && browser.page.value("title") == "2024年试用区民政工作要点")
            try await browser.submit("/planning/do/import-plan", [])
            #expect(browser.page.status == .seeOther)
            let plan = try await Self.plan(house)
            try await browser.get("/planning/plans/\(plan)")
            for words in ["全年新增老年助餐点14个以上", "不低于14个", "养老科", "未绑定", "这是读出来的内容，还没有确认"] { #expect(browser.page.says(words), "\(words)") }
            try await browser.get("\(Self.address)?plan=\(plan)")
            try await browser.submit("\(Self.address)?plan=\(plan)", [("text", Self.text.replacing("14个", with: "16个"))])
            #expect(browser.page.location.hasPrefix("/planning/editions/"))
            try await browser.get(browser.page.location)
            #expect(browser.page.says("不低于14个 → 不低于16个"))
        }
    }

    private static func plan(_ house: TestHouse) async throws -> String {
        try await house.counter.database.read { try $0.value("SELECT id FROM work_plan") } ?? ""
    }

    @Test("读不了的文件，说在那一项，别的内容都在", arguments: [
        ("空.txt", [UInt8](), "空的"), ("图.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "图片"), ("坏.pdf", Array("%PDF-1.4 坏".utf8), "PDF"),
        ("旧.doc", [0xD0, 0xCF, 0x11, 0xE0] + [UInt8](repeating: 0, count: 64), "旧格式"),
        ("锁.docx", [0xD0, 0xCF, 0x11, 0xE0] + "EncryptedPackage".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }, "设了密码"),
        ("混.txt", Array("新建三家老年助餐服务点\n".utf8) + [0xD0, 0xC2, 0xBD, 0xA8, 0xC8, 0xFD, 0xBC, 0xD2, 0xC0, 0xCF, 0xC4, 0xEA, 0xB5, 0xE3, 0x0A], "混有两种文字编码"),
        ("无数.txt", Array("今天天气很好，适合散步。".utf8), "没有读到要做的事"),
    ] as [(String, [UInt8], String)])
    func unreadableFiles(_ name: String, _ content: [UInt8], _ words: String) async throws {
        try await Self.atDesk { house, browser in
            try await browser.get(Self.address)
            try await browser.upload(Self.address, [("name", "试用名称")], file: ("document._file", name, content))
            #expect(browser.page.status == .unprocessableContent)
            #expect(browser.page.says(words), "\(name)")
            #expect(browser.page.value("name") == "试用名称")
            #expect(try await house.count("SELECT count(*) FROM plan_document") == 0)
        }
    }

    @Test("什么都没给、超过 50 MB")
    func nothingAndTooMuch() async throws {
        try await Self.atDesk { _, browser in
            try await browser.get(Self.address)
            try await browser.submit(Self.address, [])
            #expect(browser.page.status == .unprocessableContent && browser.page.says("请选择文件，或者粘贴文字"))
            try await browser.upload(Self.address, [], file: ("document._file", "大.txt", [UInt8](repeating: 0x20, count: (50 << 20) + 1)))
            #expect(browser.page.status == .contentTooLarge && browser.page.says("超过 50 MB"))
        }
    }

    /// What a browser of ours says of itself.
    private static let here = named(("Origin", "http://localhost"), ("Host", "localhost"))

    @Test("不合用的文稿：页面说在那一项，接口说同样的话，什么都不留", arguments: BadDocument.all)
    func badDocuments(_ bad: BadDocument) async throws {
        try await Self.atDesk { house, browser in
            try await browser.get(Self.address)
            try await browser.upload(Self.address, [("name", "试用名称")], file: ("document._file", bad.name, bad.bytes))
            #expect(browser.page.status == .unprocessableContent || browser.page.status == .contentTooLarge, "\(browser.page.status)")
            #expect(browser.page.says(bad.words) && browser.page.value("name") == "试用名称", "\(bad.name)")
            let token = try await house.services.accounts.signIn("zhengce", TestHouse.password).token
            let address = "/api/planning/hand-in/plans?filename=\(Query.encoded(bad.name))"
            let told = try await browser.client.execute(uri: address, method: .post, headers: [.authorization: "Bearer \(token)"], body: ByteBuffer(bytes: bad.bytes)) { response in
                (response.status, String(buffer: response.body))
            }
            #expect((400 ..< 500).contains(told.0.code) && told.1.contains(bad.words) && told.1.contains("\"path\":\"document\""), "\(bad.name) \(told)")
            #expect(try await house.count("SELECT count(*) FROM plan_document") == 0)
        }
    }

    @Test("国标、UTF-16、带标记的都读得出", arguments: BadDocument.readable)
    func encodings(_ good: BadDocument) async throws {
        try await Self.atDesk { _, browser in
            try await browser.get("/planning/hand-in/documents")
            try await browser.upload("/planning/hand-in/documents", [], file: ("document._file", good.name, good.bytes))
            try await browser.get(browser.page.location)
            #expect(browser.page.says("新建老年助餐点14个以上"), "\(good.name)")
        }
    }

    @Test("页面放久了、又登录过：文字还在，说明没有提交，再交一次就收下")
    func wordsOutliveTheToken() async throws {
        try await Self.atDesk { house, browser in
            try await browser.get("\(Self.address)?region=000181")
            let old = browser.filled([("text", Self.text), ("name", "试用名称")])
            try await browser.signIn("zhengce")
            try await browser.post("\(Self.address)?region=000181", old, headers: Self.here)
            #expect(browser.page.status == .forbidden && browser.page.says("登录已更新，刚才没有提交") && browser.page.says("全年新增老年助餐点14个以上") && browser.page.value("name") == "试用名称")
            try await browser.submit("\(Self.address)?region=000181", [("text", Self.text)])
            #expect(browser.page.location.hasPrefix("/planning/do/import-plan"))
            try await browser.post(Self.address, old, headers: named(("Origin", "http://elsewhere.example"), ("Host", "localhost")))
            #expect(browser.page.status == .forbidden && !browser.page.says("助餐点14个"), "别处来的不回显")
            #expect(try await house.count("SELECT count(*) FROM plan_document") == 1)
        }
    }

    @Test("登录已过期：文字留在页上，登录后继续；换了没有这个岗位的人，文字也在")
    func wordsOutliveTheSession() async throws {
        try await Self.atDesk { house, browser in
            try await browser.get("\(Self.address)?region=000181")
            let typed = browser.filled([("text", Self.text)]), cookies = browser.cookies
            browser.cookies = [:]
            try await browser.post("\(Self.address)?region=000181", typed, headers: Self.here)
            #expect(browser.page.status == .unauthorized && browser.page.says("登录已过期") && browser.page.says("全年新增老年助餐点14个以上") && browser.page.says("region=000181"))
            browser.cookies = cookies
            try await browser.post("\(Self.address)?region=000181", typed, headers: Self.here)
            #expect(browser.page.location.hasPrefix("/planning/do/import-plan"))
            try await browser.signIn("jingban")
            try await browser.post(Self.address, typed, headers: Self.here)
            #expect(browser.page.status == .forbidden && browser.page.says("全年新增老年助餐点14个以上"))
            try await browser.submit(Self.address, [("text", Self.text)])
            #expect(browser.page.status == .forbidden && browser.page.says("您的岗位是镇街经办") && browser.page.says("全年新增老年助餐点14个以上"))
            #expect(try await house.count("SELECT count(*) FROM plan_document") == 1)
        }
    }

    @Test("区域不归您管、文件超过 50 MB：粘贴的文字都在")
    func wordsOutliveRefusals() async throws {
        try await Self.atDesk { _, browser in
            try await browser.get("\(Self.address)?region=000182")
            try await browser.submit("\(Self.address)?region=000182", [("text", Self.text)])
            #expect(browser.page.status == .forbidden && browser.page.says("不在您的管辖范围内") && browser.page.says("全年新增老年助餐点14个以上"))
            try await browser.get(Self.address)
            let boundary = "----seam7MA4YWxk", file = String(repeating: " ", count: (50 << 20) + 1)
            func part(_ name: String, _ text: String) -> String { "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(text)\r\n" }
            let body = "--\(boundary)\r\nContent-Disposition: form-data; name=\"document._file\"; filename=\"大.txt\"\r\n\r\n\(file)\r\n"
                + part("_csrf", browser.page.hidden("_csrf")) + part("text", Self.text) + "--\(boundary)--\r\n"
            let answer = try await browser.client.execute(uri: Self.address, method: .post, headers: [
                .contentType: "multipart/form-data; boundary=\(boundary)", .cookie: browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "),
            ], body: ByteBuffer(string: body)) { (status: $0.status, text: String(buffer: $0.body)) }
            #expect(answer.status == .contentTooLarge && answer.text.contains("超过 50 MB") && answer.text.contains("全年新增老年助餐点14个以上"))
        }
    }

    @Test("粘贴六万字照收；超过 1 MB 说在那一项，前面的还在", arguments: ["/planning/hand-in/check", "/planning/do/check-draft"])
    func longPaste(_ address: String) async throws {
        try await Self.atDesk { _, browser in
            let line = "一、养老。截至10月，建成助餐点8个。\n", long = String(repeating: "各项工作平稳有序。\n", count: 6_000 - 2) + line
            #expect(long.count > 59_000 && long.count <= 60_000)
            try await browser.get(address)
            try await browser.submit(address, [("text", long), ("title", "长稿"), ("year", "2024")].filter { address.contains("/do/") || $0.0 == "text" })
            #expect(browser.page.status == .seeOther, "\(browser.page.status)")
            try await browser.get(Self.address)
            try await browser.submit(Self.address, [("text", String(repeating: "长", count: 400_000))])
            #expect(browser.page.status == .unprocessableContent && browser.page.says("超过 1 MB，框里只留了前面的") && browser.page.says("长长长长"))
        }
    }

    @Test("读文稿里的数：表格、原句，下载的 CSV 与命令行同样的列")
    func figuresOfAnyText() async throws {
        try await Self.atDesk { _, browser in
            try await browser.get("/planning/hand-in/documents")
            try await browser.submit("/planning/hand-in/documents", [("text", "2024年工作总结\n一、养老。截至10月，建成助餐点8个，服务老人1.2万人次。"), ("name", "试用总结")])
            #expect(browser.page.location.hasPrefix("/planning/documents/"))
            let id = browser.page.location.split(separator: "/").last.map(String.init) ?? ""
            try await browser.get(browser.page.location)
            for words in ["助餐点", "12000", "人次", "截至10月"] { #expect(browser.page.says(words), "\(words)") }
            try await browser.get("/planning/document-figures.csv?document=\(id)")
            #expect(browser.page.text.contains("id,seed,region,period_start,period_end,kind,business_line,indicator,value,unit,comparison,previous_value,sentence"))
            #expect(browser.page.text.contains("12000,人次"))
            try await browser.get("/planning/document-targets.csv?document=\(id)")
            #expect(browser.page.text.contains("id,seed,region,year,section,target_text"))
        }
    }

    @Test("督办、责任单位、进度 CSV 在空房子里也打得开", arguments: ["/planning/board", "/planning/units", "/planning/plan-status.csv", "/planning/plans", "/planning/targets"])
    func emptyPages(_ address: String) async throws {
        try await Self.atDesk { _, browser in
            try await browser.get(address)
            #expect(browser.page.status == .ok)
        }
    }

    @Test("没有这个岗位的，收文也不收")
    func othersMayNot() async throws {
        try await TestHouse.atWork { _, browser in
            try await browser.get(Self.address)
            #expect(browser.page.status == .forbidden)
        }
    }
}
