import Hummingbird
import HummingbirdTesting
import Kernel
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
            #expect(browser.page.status == .unprocessableContent && browser.page.says("超过 50 MB"))
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
