import Commons
import Kernel
import Testing
import Values
@testable import Assistance

@Suite("待遇的动态管理")
struct AllowanceStoryTests {
    @Test("复核：按类别得出下次月份，金额不变")
    func review() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.granted(application(of: alone()))
        try office.go(to: "2025-02-10")
        try await office.on(id, "review-allowance", ["reviewed_on": .typed("2025-02-10"), "household_class": .typed("A"), "has_changed": .typed("否"), "findings": .typed("没有变化")], as: clerk)
        let allowance: Allowance = try await office.read { try $0.find(#require(ID(rawValue: id))) }
        #expect(allowance.nextReview.typed == "2026-02")
        let amounts = try await office.amounts(of: id)
        #expect(amounts == ["2024-09 735.00"])
    }

    @Test("收入增加：另一人重新核定，减发须告知，逐月说明差额")
    func decrease() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.granted(application(of: alone()))
        try office.go(to: "2024-12-10")
        try await office.change(id, on: "2024-10-15", alone(["incomes": wage(235, .pension)]))
        let untold = await refusal { try await office.on(id, "recompute-allowance", as: approver) }
        #expect(untold?.problems.map { $0.path } == [["told"]])
        let receipt = try await office.on(id, "recompute-allowance", ["told": .typed("已当面告知养老金计入收入")], as: approver)
        #expect(receipt.outcome.message.contains("减发"))
        #expect(receipt.outcome.message.contains("多发 470.00 元"))
        let amounts = try await office.amounts(of: id)
        #expect(amounts == ["2024-09 735.00 2024-11", "2024-11 500.00"])
        let decision = try #require(try await office.decision(.adjusted, of: id))
        #expect(decision.previous == .yuan(735))
        #expect(decision.lines.count { $0.label.hasSuffix("差额") } == 2)
    }

    @Test("登记变化的人不能自己核定；没有登记变化的不能核定")
    func twoPersons() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.granted(application(of: alone()))
        let unchanged = await refusal { try await office.on(id, "recompute-allowance", as: approver) }
        #expect(unchanged?.kind == .outOfOrder)
        try await office.change(id, on: "2024-08-09", alone(["incomes": wage(100, .pension)]))
        let clerkHimself = await refusal { try await office.on(id, "recompute-allowance", as: clerk) }
        #expect(clerkHimself?.kind == .forbidden)
    }

    @Test("成员死亡：三个月时限，变更后减一人")
    func death() async throws {
        let office = try await Office(on: "2024-08-01")
        let two = try alone() + [member("m2", "试乙三", .spouse, born: "1970-03-04", sequence: 706)]
        let id = try await office.granted(application(of: two))
        try office.go(to: "2024-10-20")
        let spouse = try await office.read { try $0.first(Person.self, where: "name = '试乙三'")?.id.text ?? "" }
        try await office.submit("people.record-death", ["person": .typed(spouse), "died_on": .typed("2024-10-12")], as: clerk)
        let state = try await office.state(of: id)
        #expect(state == "changing")
        let clock = try await office.clocks(of: id).first { $0.name == "death" }
        #expect(clock?.dueOn.typed == "2025-01-13")
        try await office.change(id, on: "2024-10-12", alone())
        try await office.on(id, "recompute-allowance", ["told": .typed("已告知")], as: approver)
        let amounts = try await office.amounts(of: id)
        #expect(amounts == ["2024-09 1470.00 2024-11", "2024-11 735.00"])
        let ended = try await office.clocks(of: id).first { $0.name == "death" }?.endedOn?.typed
        #expect(ended == "2024-10-20")
    }

    @Test("渐退：因就业超过标准，六个月后停发；因财产的不行")
    func gradualExit() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.granted(application(of: alone()))
        try office.go(to: "2024-10-10")
        try await office.change(id, on: "2024-10-08", alone(["employed": .typed("是"), "incomes": wage(3000)]))
        let receipt = try await office.on(id, "begin-gradual-exit", ["told": .typed("已告知渐退期")], as: approver)
        #expect(receipt.outcome.message.contains("2024年11月至2025年4月"))
        let amounts = try await office.amounts(of: id)
        #expect(amounts == ["2024-09 735.00 2024-11", "2024-11 735.00 2025-05"])
        let stop: RawFields = ["cause": .typed("GRADUAL_EXIT_END"), "event_on": .typed("2024-10-10"), "told": .typed("渐退期满")]
        let early = await refusal { try await office.on(id, "stop-allowance", stop, as: approver) }
        #expect(early?.kind == .outOfOrder)
        try office.go(to: "2025-04-30")
        var late = stop
        late["event_on"] = .typed("2025-04-30")
        try await office.on(id, "stop-allowance", late, as: approver)
        try await office.on(id, "deliver-stop-notice", ["delivered_on": .typed("2025-04-30"), "delivery": .typed("in-person")], as: clerk)
        let state = try await office.state(of: id)
        #expect(state == "closed")
    }

    @Test("停发：收入的事由须由测算得出；迁出的次月停发，可以再申请")
    func stop() async throws {
        let office = try await Office(on: "2024-08-01")
        let form = try application(of: alone())
        let id = try await office.granted(form)
        try office.go(to: "2024-10-10")
        let income: RawFields = ["cause": .typed("INCOME_NOT_LOW"), "event_on": .typed("2024-10-10"), "told": .typed("已告知")]
        let unproven = await refusal { try await office.on(id, "stop-allowance", income, as: approver) }
        #expect(unproven?.message.contains("登记家庭变化") == true)
        let moved: RawFields = ["cause": .typed("MOVED_OUT"), "event_on": .typed("2024-10-09"), "told": .typed("已告知迁出停发")]
        try await office.on(id, "stop-allowance", moved, as: approver)
        let amounts = try await office.amounts(of: id)
        #expect(amounts == ["2024-09 735.00 2024-11"])
        let decision = try #require(try await office.decision(.stopped, of: id))
        #expect(decision.reasons.first?.code == "MOVED_OUT")
        try await office.submit("apply-for-allowance", form, as: clerk)
    }

    @Test("拒绝就业：两人以上的户不能停发全家")
    func refusedWork() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.granted(application(of: fiveOfThem()))
        let stop: RawFields = ["cause": .typed("REFUSED_WORK_3"), "event_on": .typed("2024-08-09"), "told": .typed("三次拒绝")]
        let refused = await refusal { try await office.on(id, "stop-allowance", stop, as: approver) }
        #expect(refused?.message.contains("本人的份额") == true)
    }

    @Test("新标准发布：后台逐户重算，自生效月起补足；渐退的不动；重跑不重复")
    func reprice() async throws {
        let office = try await Office(on: "2025-05-01")
        let plain = try await office.granted(application(of: alone()))
        try office.go(to: "2025-05-01")
        let village = try await office.granted(application(of: alone("试乙二", sequence: 703), area: .rural))
        try office.go(to: "2025-08-10")
        let ruling = office.act()
        let draft: RawFields = ["policy": .typed("minimum-living-standard"), "variant": .typed("urban"), "region": .typed("000181"), "from_on": .typed("2025-07-01"),
                                "value": .typed("760"), "cite": .typed("虚构的新标准"), "ruling": .typed(ruling.text)]
        try await office.submit("rulings.draft-ruling", draft, as: policyOfficer)
        try await office.submit("rulings.publish-ruling", ["ruling": .typed(ruling.text)], as: leader)
        try await office.runJobs()
        let amounts = try await office.amounts(of: plain)
        #expect(amounts == ["2025-06 735.00 2025-07", "2025-07 760.00"])
        let decision = try #require(try await office.decision(.repriced, of: plain))
        #expect(decision.previous == .yuan(735))
        #expect(decision.lines.count { $0.label.hasSuffix("差额") } == 2)
        let rural = try await office.amounts(of: village)
        #expect(rural == ["2025-06 535.92"])
        let jobs = try await office.read { try $0.jobs() }
        #expect(jobs.map { $0.state } == [.finished])
        #expect(jobs.first?.done == 2)
        #expect(jobs.first?.failed == 0)
        let byHand = await refusal { try await office.on(plain, "reprice-allowance", ["from_month": .typed("2025-07")], as: staff("系统管理", .systemAdministrator, "000181", number: 40)) }
        #expect(byHand?.kind == .forbidden)
    }

    @Test("台账：户、人、金额合计；逾期未复核；搜索和一人一档")
    func registers() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.granted(application(of: fiveOfThem()))
        try office.go(to: "2024-10-01")
        let totals = try await office.read { try $0.totals(allowances, ListingRequest()).map { $0.1 } }
        #expect(totals == [1, 4, 173_400])
        let page = try await office.read { try $0.page(applications, ListingRequest(filters: ["q": "试甲"])) }
        #expect(page.rows.map { $0.cells.prefix(5).map { $0 } } == [["DB2024-000001", "试甲一", "5", "城市", "已确认"]])
        let due = try await office.read { try $0.page(overdueReviews, ListingRequest()).rows.count }
        #expect(due == 0)
        try office.go(to: "2025-10-01")
        let overdue = try await office.read { try $0.page(overdueReviews, ListingRequest()).rows.count }
        #expect(overdue == 1)
        let hits = try await office.read { try findCases.find("BZ2024", $0).map { $0.title } + findCases.find("试甲一", $0).map { $0.title } }
        #expect(hits.first == "BZ2024-000001 试甲一户")
        #expect(hits.count == 3)
        let person = try await office.read { try $0.first(Person.self, where: "name = '试甲三'")?.id.text ?? "" }
        let entries = try await office.read { try assistanceTimeline.entries(person, $0).map { $0.title } }
        #expect(entries == ["申请最低生活保障", "予以确认"])
        let rows = try await office.read { try $0.page(decisions, ListingRequest()).rows.count }
        #expect(rows == 2)
        #expect(!id.isEmpty)
    }
}

extension Office {
    /// 「2024-09 735.00 2024-11」: from, amount, until.
    func amounts(of id: String) async throws -> [String] {
        try await read { reader in
            guard let allowance = ID<Allowance>(rawValue: id) else { return [] }
            return try reader.periods(of: allowance).map { ([$0.from.typed, $0.monthly.typed] + ($0.until.map { [$0.typed] } ?? [])).joined(separator: " ") }
        }
    }

    func change(_ id: String, on date: String, _ members: [RawRow]) async throws {
        try await on(id, "change-household", ["changed_on": .typed(date), "members": .rows(members), "note": .typed("家庭变化")], as: clerk)
    }
}
