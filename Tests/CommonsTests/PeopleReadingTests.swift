@testable import Commons
import Kernel
import Testing
import Values

/// 看档案：某日所知，谁看过，号码原文。
@Suite struct PeopleReadingTests {
    @Test("某日所知：改前是旧的，改的当天结束时是新的；登记以前没有", arguments: [
        ("2024-06-19", nil), ("2024-06-20", "甲路1号"), ("2024-06-24", "甲路1号"), ("2024-06-25", "乙路2号"), ("2024-06-26", "乙路2号"),
    ] as [(String, String?)])
    func asKnown(_ on: String, _ address: String?) async throws {
        let office = try await Office()
        let id = try await office.stranger("测试张三", ["address": "甲路1号", "phone": "19900000011"])
        office.clock.set(day(2024, 6, 25))
        try await office.submit("people.edit-person", ["person": id, "address": "乙路2号", "phone": "19900000012"])
        office.clock.set(day(2024, 6, 27))
        let told = try await office.told {
            let file = try await office.counter.read(as: clerk) { try $0.file(of: ID(typed: id), knownOn: CivilDate(typed: on)) }
            #expect(file.address == address && file.phone == "199****00\(address == "甲路1号" ? 11 : 12)")
        }
        #expect((told?.kind == .absent) == (address == nil))
    }

    @Test("某日所知的家庭和合并：后来才知道的，当时没有")
    func membershipsAsKnown() async throws {
        let office = try await Office()
        let a = try await office.stranger("测试甲"), b = try await office.stranger("测试乙", ["born_on": "1981-01-01"])
        office.clock.set(day(2024, 6, 25))
        let home: ID<Household> = .make(at: office.clock.now())
        try await office.settle(home, [(b, "01", nil)])
        let merge = try await office.submit("people.propose-merge", ["kept": a, "absorbed": b, "reason": "已见到本人"]).outcome.subject
        try await office.submit("people.approve-merge", ["merge": merge], as: townReviewer)
        office.clock.set(day(2024, 6, 28))
        for (on, files, homes) in [(day(2024, 6, 24), 0, 0), (day(2024, 6, 25), 1, 1)] {
            let file = try await office.counter.read(as: clerk) { try $0.file(of: ID(typed: a), knownOn: on) }
            #expect(file.identities.count == files && file.memberships.count == homes, "\(on.shown)")
        }
        try await office.submit("people.undo-merge", ["merge": merge, "reason": "查明是两个人"], as: reviewer)
        let then = try await office.counter.read(as: clerk) { try $0.file(of: ID(typed: a), knownOn: day(2024, 6, 26)) }
        #expect(then.identities.map(\.name.text) == ["测试乙"])
        #expect(try await office.page("people", "persons/{id}/known", ["id": a], ["on": "2024-06-26"]).text.contains("测试乙"))
    }

    @Test("某日所知页：改了什么一条条列出，号码遮蔽；外乡不给看；日期写错的说明")
    func knownPageTellsChanges() async throws {
        let office = try await Office()
        let id = try await office.stranger("测试张三", ["address": "甲路1号"])
        try await office.submit("people.edit-person", ["person": id, "address": "乙路2号", "phone": "19900000012"])
        let page = try await office.page("people", "persons/{id}/known", ["id": id])
        #expect(page.text.contains("住址：甲路1号 → 乙路2号") && page.text.contains("199****0012") && !page.text.contains("19900000012"))
        #expect(try await office.page("people", "persons/{id}/known", ["id": id], ["on": "乱写"]).text.contains("日期"))
        #expect(try await office.page("people", "persons/{id}/known", ["id": id], ["on": "2020-01-01"]).text.contains("还没有登记"))
        #expect(try await office.refusal { _ = try await office.page("people", "persons/{id}/known", ["id": id], as: neighbour) } == .forbidden)
    }

    struct Try: Sendable { let actor: Actor, values: [String: String], kind: Refusal.Kind? }

    @Test("查看原文：岗位、辖区、目的、理由", arguments: [
        Try(actor: clerk, values: ["purpose": "contact", "reason": "电话通知"], kind: .invalid),
        Try(actor: clerk, values: ["purpose": "contact", "reason": "电话通知他"], kind: nil),
        Try(actor: clerk, values: ["purpose": "", "reason": "电话通知他来"], kind: .invalid),
        Try(actor: clerk, values: ["purpose": "contact", "reason": "拨打19900000011"], kind: .invalid),
        Try(actor: clerk, values: ["purpose": "contact", "reason": "第 123456 号件"], kind: nil),
        Try(actor: neighbour, values: ["purpose": "contact", "reason": "电话通知他来"], kind: .forbidden),
        Try(actor: leader, values: ["purpose": "contact", "reason": "电话通知他来"], kind: .forbidden),
        Try(actor: security, values: ["purpose": "contact", "reason": "电话通知他来"], kind: .forbidden),
        Try(actor: auditor, values: ["purpose": "inspection", "reason": "抽查发放名册"], kind: nil),
        Try(actor: financier, values: ["purpose": "payment", "reason": "银行退回核对"], kind: nil),
    ])
    func whoMayReveal(_ attempt: Try) async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        let values = ["person": id].merging(attempt.values) { $1 }
        #expect(try await office.refusal { try await office.submit("people.reveal-identifiers", values, as: attempt.actor) } == attempt.kind)
        #expect(try await office.count("SELECT count(*) FROM access_record WHERE kind = 'reveal' AND subject = \(id)") == (attempt.kind == nil ? 1 : 0))
    }

    @Test("打开的号码：只给本人看，九分五十九秒还在，十分钟就没了；日志里没有号码")
    func revealedToOneForTenMinutes() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        try await office.submit("people.edit-person", ["person": id, "phone": "19900000011"])
        let receipt = try await office.submit("people.reveal-identifiers", ["person": id, "purpose": "contact", "reason": "电话通知领取结果"])
        #expect(receipt.outcome.link == "/people/revealed/\(receipt.act.text)")
        let at: Instant = try #require(try await office.database.read { try $0.value("SELECT at FROM person_reveal") })
        func shown(after seconds: Double, as actor: Actor = clerk) async throws -> String? {
            let counter = Counter(office.counter, clock: VirtualClock(at.adding(seconds: seconds - 0.001)))
            let page = try #require(office.counter.house.line("people")?.pages.first { $0.path == "revealed/{act}" })
            do { return try await counter.read(as: actor) { try page.body(Visit(reader: $0, parameters: ["act": receipt.act.text], query: [:])).render().text } } catch is Refusal { return nil }
        }
        let page = try #require(try await shown(after: 599))
        #expect(page.contains(number(born: 1950)) && page.contains("19900000011"))
        #expect(try await shown(after: 600) == nil)
        #expect(try await shown(after: 1, as: reviewer) == nil)
        let kept: [String] = try await office.database.read { connection in
            try connection.all("SELECT message FROM journal") { try $0.read(0) } + connection.all("SELECT coalesce(detail, '') FROM access_record") { try $0.read(0) }
        }
        #expect(kept.allSatisfy { !$0.contains(number(born: 1950)) && !$0.contains("19900000011") })
    }

    @Test("接口取原文：同一人、同一编号")
    func theInquiryTellsTheSame() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        let receipt = try await office.submit("people.reveal-identifiers", ["person": id, "purpose": "identity", "reason": "窗口核对身份"])
        let inquiry = try #require(office.counter.house.line("people")?.inquiries.first { $0.name == "revealed-identifiers" })
        let answer = try await office.counter.ask(inquiry, ["act": .typed(receipt.act.text)], as: clerk)
        #expect(answer.rows("numbers").map { $0.fields.text("text") } == [number(born: 1950)])
        #expect(try await office.refusal { _ = try await office.counter.ask(inquiry, ["act": .typed(receipt.act.text)], as: reviewer) } == .absent)
        #expect(try await office.refusal { _ = try await office.counter.ask(inquiry, ["act": .typed(receipt.act.text)], as: leader) } == .forbidden)
    }

    @Test("谁看过：最新的在前，含并入的档案；本区域的审核、审计、安全管理员可看")
    func whoLooked() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        try await office.counter.access.write(AccessNote(.open, "people/persons/{id}", subject: id), by: leader, at: office.clock.now())
        try await office.submit("people.reveal-identifiers", ["person": id, "purpose": "identity", "reason": "窗口核对身份"])
        let page = try await office.page("people", "persons/{id}/readings", ["id": id], as: security)
        #expect(page.text.contains("局长己") && page.text.contains("核对身份：窗口核对身份") && !page.text.contains("测试张三"))
        let order = try await office.counter.read(as: .house) { try $0.readings(of: ID(typed: id), before: nil, limit: 9).map(\.kind) }
        #expect(order == [.reveal, .open])
        #expect(try await office.refusal { _ = try await office.page("people", "persons/{id}/readings", ["id": id], as: neighbourReviewer) } == .forbidden)
        let roles = try #require(office.counter.house.line("people")?.pages.first { $0.path == "persons/{id}/readings" }).roles
        #expect(roles == [.townshipReviewer, .countyReviewer, .countyApprover, .auditor, .securityAdministrator])
    }
}
