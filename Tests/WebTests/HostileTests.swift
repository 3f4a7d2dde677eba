import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing
import Values
@testable import Web

/// What nobody should send, and what is answered.
@Suite struct HostileTests {
    static let address = FormTests.address

    @Test("10 MB 的名称：那一项说太长，别的都还在")
    func aNameOfTenMegabytes() async throws {
        try await TestHouse.atWork { house, browser in
            try await browser.get(Self.address)
            let long = String(repeating: "x", count: 10 << 20)
            try await browser.submit(Self.address, [("name", long), ("region", "000181001"), ("rent_fen", "1.5")])
            #expect(browser.page.status == .unprocessableContent && browser.page.says("内容太长，最多 200 个字"))
            #expect(browser.page.value("rent_fen") == "1.5" && browser.page.value("name").count <= FormLimits.textBytes)
            #expect(try await house.count("SELECT count(*) FROM journal") == 0)
        }
    }

    @Test("名称里的脚本只是文字")
    func scriptsInANameAreText() async throws {
        try await TestHouse.atWork { _, browser in
            let name = "\"><script>alert(1)</script>"
            try await browser.get(Self.address)
            try await browser.submit(Self.address, [("name", name), ("region", "000181001"), ("rent_fen", "x")])
            #expect(!browser.page.says("<script>alert") && browser.page.value("name") == name)
            try await browser.submit(Self.address, [("rent_fen", "1")])
            try await browser.get("/garden/plots?name=" + Query.encoded(name))
            #expect(!browser.page.says("<script>alert") && browser.page.says("&lt;script&gt;alert"))
        }
    }

    @Test("名称重复、嵌套过深、没有的项、行数过多：说明白，不办理", arguments: [
        [("name", "甲"), ("name", "乙")],
        [("beds.b1.harvests.h1.worth_fen.a.b.c.d.e", "1")],
        [("nothing", "1")],
        [("name.first", "1")],
        [("beds", "1"), ("beds..crop", "1")],
        [("beds.b1.__proto__", "1")],
        [("beds.b'1.crop", "1")],
        (0 ... FormReader.rowsAtMost).map { ("beds.b\($0)", "1") },
        (0 ... FormLimits.fields).map { ("x\($0)", "1") },
        [(String(repeating: "n", count: 301), "1")],
    ])
    func malformedNames(_ fields: [(String, String)]) async throws {
        try await TestHouse.atWork { house, browser in
            try await browser.get(Self.address)
            let token = browser.page.hidden("_csrf")
            try await browser.post(Self.address, [("_csrf", token)] + fields)
            #expect([.unprocessableContent, .contentTooLarge].contains(browser.page.status))
            #expect(browser.page.says("重新") || browser.page.says("分几次") || browser.page.says("刷新"))
            #expect(try await house.count("SELECT count(*) FROM journal") == 0)
        }
    }

    @Test("行号大得数不下去：加行照旧", arguments: ["b9223372036854775807", "b9223372036854775808", "b", "b0"])
    func rowKeysBeyondCounting(_ key: String) {
        var values: RawFields = ["beds": .rows([RawRow(key: key, fields: [:])])]
        values.addRow(at: ["beds"], in: RegisterPlot.shape.outline)
        #expect(values.rows("beds").map(\.key) == [key, "b1"])
    }

    @Test("没有登录的人，只收一个名字和一个密码那么多")
    func strangersSendLittle() async throws {
        try await TestHouse.atWork { _, browser in
            let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: FormLimits.strangerBytes + 1)
            try await browser.client.execute(uri: "/sign-in", method: .post, headers: [.contentType: "application/x-www-form-urlencoded"], body: body) {
                #expect($0.status == .contentTooLarge)
            }
        }
    }

    @Test("不是表单的内容不收", arguments: ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary="])
    func otherTypes(_ type: String) async throws {
        try await TestHouse.atWork { house, browser in
            let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            try await browser.client.execute(uri: Self.address, method: .post, headers: [.contentType: type, .cookie: cookies], body: ByteBuffer(string: "{}")) {
                #expect($0.status == .unprocessableContent)
            }
        }
    }

    @Test("看不懂的筛选、排序和翻页位置：说明白，不出错", arguments: ["rent_fen_min=很多", "sort=rent_fen%3B--", "after=zzz", "before=t1", "region=1"])
    func malformedAddresses(_ query: String) async throws {
        try await TestHouse.atWork { _, browser in
            try await browser.get("/garden/plots?" + query)
            #expect(browser.page.status == .unprocessableContent && browser.page.says("园地台账"))
        }
    }
}
