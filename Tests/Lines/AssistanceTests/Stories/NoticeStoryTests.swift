import Commons
import Kernel
import Pages
import Testing
import Values
@testable import Assistance

/// 公示、网上异议和送达，as they bear on a case.
@Suite("公示和送达")
struct NoticeStoryTests {
    private let visitor = Actor.visitor(in: .country)

    @Test("张贴的公示进公示登记，只有脱敏的内容")
    func posted() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.noticed(application(of: fiveOfThem(), ["address": .typed("和平路 1 号 401 室")]))
        let notice = try #require(try await office.read { try $0.first(Notice.self, where: "case_id = \(id)") })
        let last = try day("2024-08-08"), after = try day("2024-08-09")
        #expect(notice.state(on: last) == .open && notice.state(on: after) == .expired)
        for secret in ["试甲", "000181", "401"] { #expect(!notice.text.text.contains(secret), "\(secret)") }
    }

    @Test("须留证的地方：没有留证不能确认，留证后可以；没有这样规定的不问")
    func evidenceFirst() async throws {
        let office = try await Office(on: "2024-08-01")
        try await office.ruleNotices()
        let id = try await office.noticed(application(of: alone()))
        let notice = try #require(try await office.read { try $0.notices(of: ID(rawValue: id) ?? .make(at: $0.now)).last?.id.text })
        try await office.submit("notices.record-evidence", ["notice": .typed(notice), "seen_on": .typed("2024-08-01"), "place": .typed("公示栏"), "witness": .typed("见证甲")], as: clerk)
        let other = try await office.noticed(application(of: alone("试乙二", sequence: 703)))
        try office.go(to: "2024-08-09")
        try await office.on(id, "confirm-allowance", as: approver)
        let refused = await refusal { try await office.on(other, "confirm-allowance", as: approver) }
        #expect(refused?.message.contains("登记公示留证") == true)
    }

    @Test("撤下的公示不算数：回到待公示，重新张贴后再满七天")
    func withdrawn() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.noticed(application(of: alone()))
        let notice = try #require(try await office.read { try $0.first(Notice.self, where: "case_id = \(id)")?.id.text })
        try office.go(to: "2024-08-05")
        try await office.submit("notices.withdraw-notice", ["notice": .typed(notice), "withdrawal_reason": .typed("人数写错")], as: reviewer)
        #expect(try await office.state(of: id) == "opined")
        try await office.on(id, "post-notice", ["place": .typed("公示栏")], as: clerk)
        try office.go(to: "2024-08-09")
        let early = await refusal { try await office.on(id, "confirm-allowance", as: approver) }
        #expect(early?.message.contains("公示到2024年8月12日为止") == true)
        try office.go(to: "2024-08-13")
        try await office.on(id, "confirm-allowance", as: approver)
    }

    @Test("网上异议：和窗口的一样，停在核查，时限延长；处理了才能确认")
    func objectionFromTheHall() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.noticed(application(of: alone()))
        let notice = try #require(try await office.read { try $0.first(Notice.self, where: "case_id = \(id)")?.id.text })
        try office.go(to: "2024-08-08")
        let first = try await office.submit("notices.object-to-notice", ["notice": .typed(notice), "content": .typed("听说有存款"), "raised_by": .typed("示提出人")], as: visitor)
        #expect(first.outcome.message.contains("YY2024-000001"))
        #expect(try await office.state(of: id) == "objected")
        #expect(try await office.clocks(of: id).first { $0.name == "whole" }?.span == .workingDays(45))
        let second = try await office.submit("notices.object-to-notice", ["notice": .typed(notice), "content": .typed("听说有车")], as: visitor).outcome.subject
        try office.go(to: "2024-08-09")
        try await office.visit(id, on: "2024-08-09", by: checker)
        try await office.on(id, "resolve-objection", ["upheld": .typed("否"), "finding": .typed("没有车")], as: clerk)
        #expect(try await office.state(of: id) == "objected")
        try await office.submit("notices.answer-objection", ["objection": .typed(first.outcome.subject), "upheld": .typed("否"), "finding": .typed("没有存款")], as: clerk)
        #expect(try await office.state(of: id) == "noticing")
        let states = [try await office.state(of: second), try await office.state(of: first.outcome.subject)]
        #expect(states == ["answered", "answered"])
        let page = try await office.page("applications/{id}", id)
        #expect(!page.text.contains("示提出人"))
        try await office.on(id, "confirm-allowance", as: approver)
    }

    @Test("异议成立：公示撤下，回到调查")
    func upheld() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.noticed(application(of: alone()))
        let notice = try #require(try await office.read { try $0.first(Notice.self, where: "case_id = \(id)")?.id.text })
        try office.go(to: "2024-08-02")
        let objection = try await office.submit("notices.object-to-notice", ["notice": .typed(notice), "content": .typed("有存款")], as: visitor).outcome.subject
        let blind = await refusal { try await office.submit("notices.answer-objection", ["objection": .typed(objection), "upheld": .typed("是"), "finding": .typed("有")], as: clerk) }
        #expect(blind?.message.contains("再次调查") == true)
        try await office.visit(id, on: "2024-08-02", by: checker)
        try await office.submit("notices.answer-objection", ["objection": .typed(objection), "upheld": .typed("是"), "finding": .typed("有")], as: clerk)
        #expect(try await office.state(of: id) == "surveying")
        #expect(try await office.read { try $0.first(Notice.self, where: "case_id = \(id)")?.withdrawnOn } == (try day("2024-08-02")))
    }

    // MARK: Service

    @Test("每份决定都列入待送达；登记送达后期限从那天起算，不能再改")
    func served() async throws {
        let office = try await Office(on: "2024-08-01")
        let allowance = try await office.granted(application(of: alone()))
        let decision = try #require(try await office.decisionOfAllowance(allowance))
        #expect(try await office.unserved() == ["最低生活保障确认通知书"])
        let served: RawFields = ["service": .typed(decision.id.text), "delivered_on": .typed("2024-08-09"), "delivery": .typed("in-person")]
        try await office.submit("notices.record-service", served, as: clerk)
        #expect(try await office.unserved() == [])
        #expect(try await office.read { try $0.find(decision.id).deliveredOn } == (try day("2024-08-09")))
        let again = await refusal { try await office.submit("notices.record-service", served, as: clerk) }
        #expect(again?.kind == .outOfOrder)
        let sheet = try await office.page("decisions/{id}/sheet", decision.id.text)
        #expect(sheet.text.contains("申请行政复议到2024年10月8日为止，提起行政诉讼到2025年2月10日为止"))
    }

    @Test("公告送达：过了三十日才视为送达，此前仍在待送达里", arguments: [("2024-09-07", 1), ("2024-09-08", 0)])
    func published(_ on: String, _ waiting: Int) async throws {
        let office = try await Office(on: "2024-08-01")
        try await office.ruleNotices(evidence: false)
        let allowance = try await office.granted(application(of: alone()))
        let decision = try #require(try await office.decisionOfAllowance(allowance))
        let values: RawFields = ["service": .typed(decision.id.text), "delivered_on": .typed("2024-08-09"), "delivery": .typed("published"), "note": .typed("下落不明，刊登于市报")]
        try await office.submit("notices.record-service", values, as: clerk)
        #expect(try await office.read { try $0.find(decision.id).deliveredOn } == (try day("2024-09-08")))
        try office.go(to: on)
        #expect(try await office.unserved().count == waiting)
    }

    @Test("送达登记办结只等送达的件；决定日以前、今天以后的日期不收", arguments: [("2024-07-31", false), ("2024-08-01", true), ("2024-08-02", true), ("2024-08-03", false)])
    func closing(_ on: String, _ isTaken: Bool) async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.refusedCase()
        let decision = try #require(try await office.decision(.refused, of: id))
        #expect(try await office.read { try $0.service(of: decision.id.text)?.issuedOn } == (try day("2024-08-01")))
        try office.go(to: "2024-08-02")
        let values: RawFields = ["service": .typed(decision.id.text), "delivered_on": .typed(on), "delivery": .typed("left"), "witness": .typed("见证甲"), "refused": .typed("是")]
        if isTaken {
            try await office.submit("notices.record-service", values, as: clerk)
            #expect(try await office.state(of: id) == "notified")
        } else {
            let refused = await refusal { try await office.submit("notices.record-service", values, as: clerk) }
            #expect(refused?.problems.map { $0.path } == [["delivered_on"]])
        }
    }

    // MARK: Remedies

    @Test("每种出具文书的决定都写明向谁、到何时提出，机关按当地规定", arguments: DecisionKind.allCases)
    func remediesOnEverySheet(_ kind: DecisionKind) async throws {
        let office = try await Office(on: "2024-08-01")
        try await office.rule(ShippedRuling(policy: "review-authority", variant: "", region: .demonstration, from: try day("2024-01-01"), until: nil, value: "示范行政复议局", cite: "示例"))
        try await office.rule(ShippedRuling(policy: "competent-court", variant: "", region: .demonstration, from: try day("2024-01-01"), until: nil, value: "示范铁路法院", cite: "示例"))
        let allowance = try await office.granted(application(of: alone()))
        var decision = try #require(try await office.decisionOfAllowance(allowance))
        decision = try decision.of(kind)
        guard let title = decision.sheetTitle else { return #expect([.firstOpinion, .reviewed].contains(kind)) }
        decision.deliveredOn = try day("2024-08-12")
        let made = decision
        let sheet = try await office.read { try $0.sheet(of: made, title, number: "DB2024-000001").markup.text }
        for text in ["60 日内，向示范行政复议局申请行政复议", "六个月内，依法向示范铁路法院提起行政诉讼", "到2024年10月11日为止", "到2025年2月12日为止", "逾期"] {
            #expect(sheet.contains(text), "\(kind.label)：\(text)")
        }
    }

    // MARK: The hall

    @Test("查进度：编号和号码末四位都对才答，错哪一样答的都一样；不说是谁、多少钱")
    func progress() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.noticed(application(of: alone()))
        let (number, four) = try await office.read { reader in
            let application = try reader.find(ID<Application>(rawValue: id) ?? .make(at: reader.now)), person = try reader.find(application.applicant)
            return (try reader.caseFile(application.id).number, String(try person.residentID.map { try reader.open($0).typed.suffix(4) } ?? ""))
        }
        let told = try await office.ask(number.lowercased(), four.lowercased())
        #expect(told["state"] == .stored(.text("正在公示")) && told["due_on"] != nil)
        for name in told.names { if case .stored(.text(let text)) = told[name] { #expect(!text.contains("试乙") && !text.contains("735")) } }
        let wrong = await refusal { try await office.ask(number, "0000") }, unknown = await refusal { try await office.ask("DB2024-999999", four) }
        #expect(wrong == unknown && wrong?.kind == .absent)
    }

    @Test("在保公布：按社区，姓氏、人数、金额；不见全名")
    func recipients() async throws {
        let office = try await Office(on: "2024-08-01")
        _ = try await office.granted(application(of: alone()))
        try office.go(to: "2024-09-01")
        let page = try await office.page("recipients", "", query: ["region": "000181001001"], as: visitor)
        #expect(page.text.contains("试某某") && page.text.contains("735.00") && !page.text.contains("试乙一"))
        let elsewhere = try await office.page("recipients", "", query: ["region": "000181001002"], as: visitor)
        #expect(!elsewhere.text.contains("试某某"))
    }

    @Test("办事说明：标准从当天的规则来，写明依据")
    func servicePage() async throws {
        let office = try await Office(on: "2024-08-01")
        let page = try await office.page("services/allowance", "", query: ["region": "000181"], as: visitor)
        for text in ["735.00 元", "30个工作日", "带什么", "/hall/ask/estimates"] { #expect(page.text.contains(text), "\(text)") }
    }
}

extension Office {
    /// The rulings that ship with 公示送达.
    func ruleNotices(evidence: Bool = true) async throws {
        for shipped in counter.house.line("notices")?.shipped ?? [] where evidence || shipped.policy != "notice-evidence" { try await rule(shipped) }
    }

    func unserved() async throws -> [String] {
        let listing = try #require(counter.house.line("notices")?.listing("unserved"))
        return try await read { try $0.page(listing, ListingRequest()).rows.map { $0.raw.text("title") ?? "" } }
    }

    func decisionOfAllowance(_ id: String) async throws -> Decision? {
        try await read { reader in
            let allowance = try reader.find(ID<Allowance>(rawValue: id) ?? .make(at: reader.now))
            return try allowance.application.flatMap { try reader.decisions(of: $0.text).last }
        }
    }

    /// A refusal for a car, not yet told.
    func refusedCase() async throws -> String {
        let car: Raw = .rows([RawRow(key: "a1", fields: ["kind": .typed("vehicle"), "vehicle_kind": .typed("car"), "amount_fen": .typed("60000")])])
        let id = try await accepted(application(of: alone(["assets": car])))
        try await check(id, on: "2024-08-01")
        try await visit(id, on: "2024-08-01")
        try await on(id, "record-first-opinion", as: clerk)
        try await on(id, "refuse-allowance", as: approver)
        return id
    }

    @discardableResult
    func ask(_ number: String, _ four: String) async throws -> RawFields {
        let inquiry = try #require(assistance.inquiries.first { $0.name == "progress" })
        return try await counter.ask(inquiry, ["number": .typed(number), "last_four": .typed(four)], as: .visitor(in: .country))
    }
}

extension Decision {
    /// The same findings as if they had been decided otherwise.
    fileprivate func of(_ kind: DecisionKind) throws -> Decision {
        var raw = raw
        raw["kind"] = .stored(kind.stored)
        return try Decision(from: Reading(raw))
    }
}
