import Documents
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing
import Values
@testable import Commons
@testable import Web

@Suite("对外报送") struct OutboundTests {
    private static func number() throws -> String { try ResidentID.upgrading("000181500101001").typed }

    private static func open(_ house: TestHouse) async throws {
        for (name, role) in [("shenhe", Role.countyReviewer), ("zhengce", .policyOfficer), ("lingyi", .policyOfficer)] { try await house.open(name, role, region: "000181") }
        let clerk = Actor(user: .make(at: house.counter.clock.now()), name: "经办甲", role: .townshipClerk, region: try RegionCode("000181001"))
        let values: RawFields = ["name": .typed("试甲"), "resident_id": .typed(try number()), "region": .typed("000181001"), "address": .typed("和平路 1 号")]
        _ = try await house.counter.submit(Submission("people.register-person", id: .make(at: house.counter.clock.now()), values: values), as: clerk)
    }

    private static func rows(_ bytes: [UInt8]) throws -> (headers: [String], rows: [[String]]) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let reader = try TableReader(path: file.path)
        var rows: [[String]] = []
        try reader.forEach { rows.append($0.cells) }
        return (reader.headers, rows)
    }

    /// Saves what the form shows, under a name; whole or masked.
    private static func save(_ name: String, whole: Bool, _ more: [(String, String)] = [], _ browser: inout Browser) async throws {
        try await browser.submit("/exchange/do/save-outbound-profile", [("name", name), ("authority", "省民政厅"), ("whole", whole ? "1" : "0")] + more)
    }

    private static func run(_ profile: String, _ browser: inout Browser) async throws -> [UInt8] {
        try await browser.get("/exchange/do/run-outbound-profile?profile=\(profile)")
        try await browser.submit("/exchange/do/run-outbound-profile", [("reason", "七月月报")])
        guard let act = browser.page.location.firstMatch(of: /run=([0-9A-Z]{26})/) else { return [] }
        try await browser.get("/exchange/outbound-file/\(act.1).xlsx")
        return browser.page.body
    }

    @Test("写出表头，按名称猜列，存下，导出：号码脱敏；序号和空列照填")
    func masked() async throws {
        try await TestHouse.visit { house, browser in
            let number = try Self.number()
            try await Self.open(house)
            try await browser.signIn("shenhe")
            try await browser.get("/exchange/outbound-start")
            try await browser.submit("/exchange/outbound-start", [("listing", ""), ("headers", "")])
            #expect(browser.page.status == .unprocessableContent && browser.page.says("请选择用哪个台账来填"))
            try await browser.submit("/exchange/outbound-start", [("listing", "people.persons"), ("headers", "序号\n姓名\n身份证号\n备注")])
            let address = browser.page.location
            try await browser.get(address)
            #expect(browser.page.value("outbound_columns.c2.columns") == "姓名" && browser.page.value("outbound_columns.c3.columns") == "公民身份号码")
            try await Self.save("人员月报", whole: false, [], &browser)
            #expect(browser.page.status == .seeOther, "\(browser.page.text)")
            let profile = String(browser.page.location.split(separator: "?")[0].split(separator: "/").last ?? "")
            try await browser.get(browser.page.location)
            #expect(browser.page.says("前五行预览") && browser.page.says("试甲") && !browser.page.text.contains(number))
            let file = try Self.rows(try await Self.run(profile, &browser))
            #expect(file.headers.prefix(3) == ["序号", "姓名", "身份证号"])
            #expect(file.rows.count == 1 && file.rows[0].prefix(2) == ["1", "试甲"] && file.rows[0][2].contains("*"))
            #expect(try await house.count("SELECT CAST(sum(rows) AS BIGINT) FROM access_record WHERE kind = 'export' AND what = 'people.persons' AND detail LIKE '%七月月报%'") == 1)
            try await browser.signIn("zhengce")
            let run = try await house.counter.database.read { try $0.value("SELECT act FROM outbound_run") as String? } ?? ""
            try await browser.get("/exchange/outbound-file/\(run).xlsx")
            #expect(browser.page.status == .notFound)
        }
    }

    @Test("上传空表，号码不脱敏：没有用途和依据不能存，没有另一人批准不能导出，改过须重新批准；标题表头原样")
    func whole() async throws {
        try await TestHouse.visit { house, browser in
            let number = try Self.number()
            try await Self.open(house)
            let empty = try SpreadsheetWriter(title: "人员", columns: ["姓名", "公民身份号码", "性别代码"].map { SpreadsheetColumn($0) })
            let form = try empty.finish(lastLine: "")
            try await browser.signIn("zhengce")
            try await browser.get("/exchange/outbound-start")
            try await browser.upload("/exchange/outbound-start", [("listing", "people.persons"), ("header_line", "1")], file: ("form._file", "省表.xlsx", form))
            let address = browser.page.location
            #expect(address.hasPrefix("/exchange/do/save-outbound-profile?subject="), "\(browser.page.text)")
            try await browser.get(address)
            let codes = [("outbound_columns.c3.source", "codes"), ("outbound_columns.c3.columns", "性别"), ("outbound_columns.c3.text", "男=M\n女=F")]
            try await Self.save("全省人员", whole: true, codes, &browser)
            #expect(browser.page.status == .unprocessableContent && browser.page.says("须写明用途和依据"))
            let granted = codes + [("purpose", "全省人员核对"), ("basis", "示民函〔2024〕1号")]
            try await browser.get(address)
            try await Self.save("全省人员", whole: true, granted, &browser)
            let profile = String(browser.page.location.split(separator: "?")[0].split(separator: "/").last ?? "")
            #expect(try await Self.run(profile, &browser).isEmpty)
            #expect(browser.page.says("还没有批准"))
            try await browser.get("/exchange/do/approve-outbound-profile?profile=\(profile)")
            try await browser.submit("/exchange/do/approve-outbound-profile", [])
            #expect(browser.page.status == .forbidden && browser.page.says("须由另一人批准"))
            try await browser.signIn("lingyi")
            try await browser.get("/exchange/do/approve-outbound-profile?profile=\(profile)")
            try await browser.submit("/exchange/do/approve-outbound-profile", [])
            #expect(browser.page.status == .seeOther)
            let file = try Self.rows(try await Self.run(profile, &browser))
            #expect(file.headers == ["姓名", "公民身份号码", "性别代码"] && file.rows == [["试甲", number, "M"]])
            try await browser.get("/exchange/do/save-outbound-profile?subject=\(profile)")
            try await Self.save("全省人员", whole: true, granted.filter { $0.0 != "outbound_columns.c3.text" } + [("outbound_columns.c3.text", "女=F")], &browser)
            #expect(browser.page.status == .seeOther)
            #expect(try await Self.run(profile, &browser).isEmpty)
        }
    }

    @Test("对应不上的列、没有代码的值都指出", arguments: [
        ("column", "没有这列", "", "没有「没有这列」这一列"), ("codes", "性别", "", "请写出代码对照"), ("column", "", "", "请写出是本系统的哪一列"),
        ("constant", "", "", "请写出固定文字"), ("column", "姓名+性别", "", "只能是一列"),
    ])
    func misfits(_ source: String, _ columns: String, _ text: String, _ told: String) async throws {
        try await TestHouse.visit { house, browser in
            try await Self.open(house)
            try await browser.signIn("shenhe")
            try await browser.get("/exchange/outbound-start")
            try await browser.submit("/exchange/outbound-start", [("listing", "people.persons"), ("headers", "甲")])
            try await browser.get(browser.page.location)
            let column = [("outbound_columns.c1.source", source), ("outbound_columns.c1.columns", columns), ("outbound_columns.c1.text", text)]
            try await Self.save("试表", whole: false, column, &browser)
            #expect(browser.page.status == .unprocessableContent && browser.page.says(told), "\(told)")
        }
    }
}
