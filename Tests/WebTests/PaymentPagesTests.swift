import Commons
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing
import Values
@testable import Web

/// 一个月的发放，从页面上一步一步办。
@Suite struct PaymentPagesTests {
    /// Everybody who has a part in a month, and three elders of whom one has no account.
    private func visit(_ story: @escaping @Sendable (TestHouse, inout Browser) async throws -> Void) async throws {
        try await TestHouse.visit { house, browser in
            try await AccessWorld.publish(house.counter)
            for (name, role) in Self.staff { try await house.open(name, role, region: "000181") }
            for (place, name) in ["试寿甲", "试寿乙", "试寿丙"].enumerated() { try await Self.elder(name, place, hasAccount: place < 2, house) }
            try await story(house, &browser)
        }
    }

    private static let staff: [(String, Role)] = [
        ("shenhe", .countyReviewer), ("shenpi", .countyApprover), ("caiwu", .finance), ("juzhang", .leader), ("shenji", .auditor), ("xitong", .systemAdministrator),
    ]

    private static func elder(_ name: String, _ place: Int, hasAccount: Bool, _ house: TestHouse) async throws {
        let clerk = Actor(user: .make(at: house.counter.clock.now()), name: "测试员", role: .townshipClerk, region: try RegionCode("000181001"))
        func submit(_ act: String, _ values: RawFields) async throws -> String {
            try await house.counter.submit(Submission(act, id: .make(at: house.counter.clock.now()), values: values), as: clerk).outcome.subject
        }
        let number = try ResidentID.upgrading("00018130010100\(place + 1)").typed
        let id = try await submit("people.register-person", ["name": .typed(name), "resident_id": .typed(number), "region": .typed("000181001")])
        guard hasAccount else { return }
        _ = try await submit("payments.register-account", ["person": .typed(id), "holder": .typed(name), "bank": .typed("示范农商银行"), "account": .typed("存折8642097\(place)")])
    }

    // MARK: Steps

    private func act(_ name: String, _ run: String, _ more: [(String, String)] = [], as user: String, _ house: TestHouse, _ browser: inout Browser) async throws {
        try await browser.signIn(user)
        let address = "/payments/do/\(name)?run=\(run)"
        try await browser.get(address)
        try #require(browser.page.status == .ok, "\(name) \(user)：\(browser.page.text.prefix(300))")
        try await browser.submit(address, more)
        if let id = ID<PaymentRun>(rawValue: run) { try await PaymentWork(counter: house.counter).runToEnd(of: id) }
    }

    private func open(_ house: TestHouse, _ browser: inout Browser) async throws -> String {
        try await browser.signIn("shenhe")
        try await browser.get("/payments/month")
        #expect(browser.page.says("还没有发放过") && browser.page.says("/payments/do/open-month"))
        try await browser.get("/payments/do/open-month")
        try await browser.submit("/payments/do/open-month", [("region", "000181"), ("month", "2024-07"), ("programme", "elder-allowance"), ("channel", "bank")])
        try #require(browser.page.status == .seeOther, "\(browser.page.text.prefix(2000))")
        let run: String? = try await house.counter.database.read { try $0.value("SELECT id FROM payment_run") }
        let id = try #require(run)
        try await PaymentWork(counter: house.counter).runToEnd(of: ID(typed: id))
        return id
    }

    private func fund(_ browser: inout Browser) async throws {
        for source in ["local", "lottery"] {
            try await browser.get("/payments/do/record-budget")
            try await browser.submit("/payments/do/record-budget", [
                ("region", "000181"), ("programme", "elder-allowance"), ("source", source), ("amount_fen", "1000"), ("basis", "试〔2024〕1号"),
            ])
            #expect(browser.page.status == .seeOther)
        }
    }

    private func sign(_ run: String, _ house: TestHouse, _ browser: inout Browser) async throws {
        try await act("check-month", run, as: "shenhe", house, &browser)
        try await act("sign-as-business", run, as: "shenpi", house, &browser)
        try await browser.signIn("caiwu")
        try await fund(&browser)
        try await act("sign-as-finance", run, as: "caiwu", house, &browser)
        try await act("sign-as-leader", run, as: "juzhang", house, &browser)
    }

    private func state(_ run: String, _ house: TestHouse) async throws -> String? {
        try await house.counter.database.read { try $0.value("SELECT state FROM case_file WHERE id = \(run)") }
    }

    private func answer(_ file: [UInt8], number: String? = nil, failing: [Int] = []) throws -> [UInt8] {
        let (head, rows) = try BankFormat().payments(file)
        return try BankFormat().returned(ReturnFile(number: number ?? head.number, on: try CivilDate(typed: "2024-07-08"), rows.map {
            ReturnRow(seq: $0.seq, account: $0.account, amount: $0.amount, failure: failing.contains($0.seq) ? .closed : nil)
        }))
    }

    // MARK: Stories

    @Test("开月、检查、三人签批、资金、报盘、回盘、失败、办结、证明，都从页面上办")
    func wholeMonth() async throws {
        try await visit { house, browser in
            let run = try await open(house, &browser), page = "/payments/runs/\(run)"
            try await browser.get(page)
            #expect(browser.page.says("名册已成，待检查") && browser.page.says("NO_ACCOUNT") && browser.page.says("100.00"))
            try await act("check-month", run, as: "shenhe", house, &browser)
            try await act("sign-as-business", run, as: "shenpi", house, &browser)
            // 资金不足：说明差多少，名册不动。
            try await act("sign-as-finance", run, as: "caiwu", house, &browser)
            #expect(browser.page.says("资金还差") && browser.page.status != .seeOther)
            try await fund(&browser)
            try await act("sign-as-finance", run, as: "caiwu", house, &browser)
            #expect(browser.page.status == .seeOther)
            try await act("sign-as-leader", run, as: "juzhang", house, &browser)
            try await act("file-payments", run, as: "caiwu", house, &browser)
            #expect(try await state(run, house) == "filed")
            try await browser.get(page)
            let link = try #require(browser.page.text.firstMatch(of: /\/payments\/files\/([0-9A-Z]{26})/)).0
            try await browser.get(String(link))
            let file = browser.page.body, (head, rows) = try BankFormat().payments(file)
            #expect(rows.map(\.holder) == ["试寿甲", "试寿乙"] && head.sum == .yuan(100) && browser.page.headers[.cacheControl] == "no-store")
            // 回盘：别的批次、截断的、没有选文件的，说在那一项上，一笔也不登记。
            let upload = "/payments/returns/\(run)"
            try await browser.get(upload)
            let wrong: [([UInt8], String)] = [
                (try answer(file, number: "FF2023-000009-1"), "这是批次 FF2023-000009-1"), (Array(try answer(file).dropLast(70)), "可能被截断"),
                (Array(try answer(file).dropLast(63)), "不完整"), ([], "请先选择回盘文件"), (file, "这是我们报出去的发放文件"),
            ]
            for (content, told) in wrong {
                try await browser.upload(upload, [], file: ("file._file", "回盘.txt", content))
                #expect(browser.page.status == .unprocessableContent && browser.page.says(told), "\(told)：\(browser.page.text.suffix(1500))")
            }
            #expect(try await house.count("SELECT count(*) FROM payment_result") == 0)
            let right = try answer(file, failing: [2])
            try await browser.upload(upload, [], file: ("file._file", "回盘.txt", right))
            #expect(browser.page.status == .seeOther)
            try await browser.get(upload)
            try await browser.upload(upload, [], file: ("file._file", "回盘.txt", right))
            #expect(browser.page.status == .unprocessableContent && browser.page.says("已经登记"))
            try await browser.get(page)
            #expect(browser.page.says("有 1 笔 50.00 元 没有发成"))
            try await browser.get("/payments/failures?run_id=\(run)")
            #expect(browser.page.says("账户已销户") && browser.page.says("试寿乙"))
            try await act("close-month", run, as: "caiwu", house, &browser)
            #expect(browser.page.says("没有着落") && browser.page.status != .seeOther)
            try await act("defer-failed", run, [("reason", "等换卡")], as: "caiwu", house, &browser)
            try await act("close-month", run, as: "caiwu", house, &browser)
            #expect(try await state(run, house) == "closed")
            for user in ["caiwu", "shenji"] {
                try await browser.signIn(user)
                try await browser.get("\(page)/proof")
                #expect(browser.page.status == .ok && browser.page.says("对账证明") && browser.page.says("差额 0.00 元"))
                try await browser.get("\(page)/proof.pdf")
                #expect(browser.page.body.starts(with: Array("%PDF".utf8)))
            }
        }
    }

    @Test("名册的筛选：理由、检查结果、姓名、拼音首字母", arguments: [
        ("reason=new", ["试寿甲", "试寿乙"]), ("reason=held", ["试寿丙"]), ("code=NO_ACCOUNT", ["试寿丙"]), ("q=寿乙", ["试寿乙"]), ("q=ssb", ["试寿丙"]), ("reason=stopped", []),
    ])
    func rosterFilters(_ filter: String, _ names: [String]) async throws {
        try await visit { house, browser in
            let run = try await open(house, &browser)
            let encoded = filter.split(separator: "=").map { Query.encoded(String($0)) }.joined(separator: "=")
            try await browser.get("/payments/roster?run_id=\(run)&\(encoded)")
            #expect(browser.page.status == .ok)
            for name in ["试寿甲", "试寿乙", "试寿丙"] { #expect(browser.page.says("<td>\(name)") || browser.page.says(">\(name)<") == names.contains(name), "\(name)") }
        }
    }

    @Test("各岗位能看什么、能办什么", arguments: [
        ("shenhe", 200, 200, 403), ("shenpi", 200, 200, 403), ("caiwu", 200, 200, 200), ("juzhang", 200, 200, 403), ("shenji", 200, 200, 403), ("xitong", 403, 403, 403), ("jingban", 403, 403, 403),
    ])
    func rights(_ user: String, _ month: Int, _ funds: Int, _ file: Int) async throws {
        try await visit { house, browser in
            let run = try await open(house, &browser)
            try await sign(run, house, &browser)
            try await act("file-payments", run, as: "caiwu", house, &browser)
            let batch: String? = try await house.counter.database.read { try $0.value("SELECT id FROM payment_batch") }
            try await browser.signIn(user)
            let pages = [
                ("/payments/runs/\(run)", month), ("/payments/roster?run_id=\(run)", month), ("/payments/funds", funds), ("/payments/files/\(batch ?? "")", file),
                ("/payments/returns/\(run)", file),
            ]
            for (address, status) in pages {
                try await browser.get(address)
                #expect(browser.page.status.code == status, "\(user) \(address)")
                // 完整账号只出现在发放文件里。
                if !address.contains("/files/") { #expect(!browser.page.says("86420970"), "\(user) \(address)") }
            }
            // 签过的批次谁也放弃不了。
            let address = "/payments/do/abandon-month?run=\(run)"
            try await browser.get(address)
            try await browser.submit(address, [("reason", "试")])
            #expect(browser.page.status != .seeOther)
        }
    }

    @Test("签过的不能再签，也不能放弃；同一张表单再交一次不重复办")
    func replays() async throws {
        try await visit { house, browser in
            let run = try await open(house, &browser)
            try await act("check-month", run, as: "shenhe", house, &browser)
            try await browser.signIn("shenpi")
            let address = "/payments/do/sign-as-business?run=\(run)"
            try await browser.get(address)
            let form = browser.filled([])
            try await browser.post(address, form)
            try await browser.post(address, form)
            #expect(browser.page.status == .seeOther)
            #expect(try await house.count("SELECT count(*) FROM payment_signature") == 1)
            #expect(try await house.count("SELECT count(*) FROM journal WHERE action = 'payments.sign-as-business'") == 1)
            try await browser.get(address)
            try await browser.submit(address, [])
            #expect(browser.page.status != .seeOther)
            #expect(try await house.count("SELECT count(*) FROM payment_signature") == 1)
        }
    }

    /// The buttons of a page, the one that stands out marked.
    private func acts(_ browser: Browser) -> [String] {
        browser.page.text.matches(of: /<a class="button([^"]*)"[^>]*>([^<]+)</).map { ($0.1.contains("primary") ? "*" : "") + String($0.2) }
    }

    @Test("每一步、每个人：突出的是下一步，放弃总在最后、从不突出，现在办不了的不列")
    func nextStep() async throws {
        try await visit { house, browser in
            let run = try await open(house, &browser), page = "/payments/runs/\(run)"
            func seen(_ user: String) async throws -> [String] {
                try await browser.signIn(user)
                try await browser.get(page)
                return acts(browser)
            }
            #expect(try await seen("shenhe") == ["*检查名册", "放弃批次"])
            #expect(try await seen("caiwu") == ["放弃批次"])
            try await act("check-month", run, as: "shenhe", house, &browser)
            #expect(try await seen("shenhe") == ["检查名册", "放弃批次"])
            #expect(try await seen("shenpi") == ["*业务签批", "放弃批次"])
            try await act("sign-as-business", run, as: "shenpi", house, &browser)
            #expect(try await seen("caiwu") == ["*财务签批", "退回名册", "放弃批次"])
            try await fund(&browser)
            try await act("sign-as-finance", run, as: "caiwu", house, &browser)
            #expect(try await seen("caiwu") == ["退回名册", "放弃批次"])
            #expect(try await seen("juzhang") == ["*领导签批", "退回名册", "放弃批次"])
            try await act("sign-as-leader", run, as: "juzhang", house, &browser)
            #expect(try await seen("caiwu") == ["*生成发放文件"])
            try await act("file-payments", run, as: "caiwu", house, &browser)
            #expect(try await seen("caiwu") == ["*下载发放文件", "上传回盘文件"])
            let link = try #require(browser.page.text.firstMatch(of: /\/payments\/files\/([0-9A-Z]{26})/)).0
            try await browser.get(String(link))
            let file = browser.page.body
            try await browser.get("/payments/returns/\(run)")
            try await browser.upload("/payments/returns/\(run)", [], file: ("file._file", "回盘.txt", try answer(file, failing: [2])))
            #expect(try await seen("caiwu") == ["*补发失败的", "失败的另行补发"])
            try await act("defer-failed", run, [("reason", "等换卡")], as: "caiwu", house, &browser)
            #expect(try await seen("caiwu") == ["*对账办结"])
            #expect(try await seen("shenhe") == [])
        }
    }

    @Test("手机上：每页有手机的框，表格可以左右滑")
    func phone() async throws {
        try await visit { house, browser in
            let run = try await open(house, &browser)
            for address in ["/payments/month", "/payments/runs/\(run)", "/payments/roster?run_id=\(run)", "/payments/funds"] {
                try await browser.get(address)
                #expect(browser.page.says("name=\"viewport\"") && browser.page.says("width=device-width"), "\(address)")
                #expect(browser.page.says("<h1"), "\(address)")
            }
        }
    }
}
