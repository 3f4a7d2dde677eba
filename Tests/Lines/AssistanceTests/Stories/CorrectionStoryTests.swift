import Commons
import Kernel
import Testing
import Values
@testable import Assistance

/// 更正：the former decision stays, the months are reckoned anew, and nobody puts right what he decided.
@Suite("更正")
struct CorrectionStoryTests {
    private let other = staff("审批庚", .countyApprover, "000181", number: 70)

    private func propose(_ office: Office, _ decision: ID<Decision>, _ members: [RawRow], _ more: RawFields = [:]) async throws -> String {
        var values = more
        values["decision"] = .typed(decision.text)
        values["members"] = .rows(members)
        if values["cause"] == nil { values["cause"] = .typed("own") }
        values["wrong_finding"] = .typed("漏记养老金")
        values["reason"] = .typed("社保比对")
        return try await office.submit("propose-correction", values, as: checker).outcome.subject
    }

    @Test("变更：从原来的起始月重算，多发的告知合计；原决定保留并注明；原审批人不能办")
    func changed() async throws {
        let office = try await Office(on: "2024-08-01")
        let allowance = try await office.granted(application(of: alone()))
        let original = try #require(try await office.decisionOfAllowance(allowance))
        try office.go(to: "2024-11-05")
        let id = try await propose(office, original.id, alone(["incomes": wage(200, .pension)]))
        let own = await refusal { try await office.on(id, "decide-correction", as: approver) }
        #expect(own?.kind == .forbidden && own?.message.contains("另一名审批人员") == true)
        let done = try await office.on(id, "decide-correction", as: other)
        #expect(done.outcome.message.contains("自2024年9月起每月 535.00 元，原为 735.00 元。此前多发 600.00 元"))
        let periods = try await office.read { try $0.periods(of: ID(rawValue: allowance) ?? .make(at: $0.now)).map { "\($0.from.typed) \($0.monthly.fen)" } }
        #expect(periods == ["2024-09 53500"])
        let kept = try await office.read { try $0.find(original.id) }
        #expect(kept.monthly == .yuan(735) && kept.lines == original.lines)
        let page = try await office.page("decisions/{id}", original.id.text)
        #expect(page.text.contains("本决定已于2024年11月5日更正"))
        let corrected = try #require(try await office.decision(.corrected, of: allowance))
        #expect(corrected.corrects == original.id && corrected.lawOn == original.lawOn)
        let sheet = try await office.page("decisions/{id}/sheet", corrected.id.text)
        for text in ["认定有误", "现予更正", "漏记养老金", "此前月份的差额", "申请行政复议"] { #expect(sheet.text.contains(text), "\(text)") }
        let again = await refusal { try await propose(office, original.id, alone()) }
        #expect(again?.kind == .outOfOrder)
        #expect(try await office.page("allowances/{id}", allowance).text.contains("更正（变更）"))
        #expect(try await office.unserved().contains("最低生活保障决定更正通知书"))
    }

    @Test("更正后金额提高：应补发合计")
    func raised() async throws {
        let office = try await Office(on: "2024-08-01")
        let allowance = try await office.granted(application(of: alone(["incomes": wage(200, .pension)])))
        let original = try #require(try await office.decisionOfAllowance(allowance))
        try office.go(to: "2024-10-05")
        let id = try await propose(office, original.id, alone())
        #expect(try await office.on(id, "decide-correction", as: other).outcome.message.contains("应补发 400.00 元"))
    }

    @Test("后来另行核定的月份不动：只更正到那之前")
    func laterJudgementStays() async throws {
        let office = try await Office(on: "2024-08-01")
        let allowance = try await office.granted(application(of: alone()))
        let original = try #require(try await office.decisionOfAllowance(allowance))
        try office.go(to: "2024-10-10")
        try await office.on(allowance, "change-household", ["changed_on": .typed("2024-10-09"), "note": .typed("有了养老金"), "members": .rows(alone(["incomes": wage(100, .pension)]))], as: clerk)
        try await office.on(allowance, "recompute-allowance", ["told": .typed("已告知")], as: approver)
        try office.go(to: "2024-12-05")
        let id = try await propose(office, original.id, alone(["incomes": wage(300, .pension)]))
        #expect(try await office.on(id, "decide-correction", as: other).outcome.message.contains("此前多发 600.00 元"))
        let periods = try await office.read { try $0.periods(of: ID(rawValue: allowance) ?? .make(at: $0.now)).map { "\($0.from.typed) \($0.until?.typed ?? "") \($0.monthly.fen)" } }
        #expect(periods == ["2024-09 2024-11 43500", "2024-11  63500"])
        #expect(try await office.state(of: allowance) == "running")
    }

    @Test("撤销：本不应享受的，自起始月起不应发放，待书面告知；送达后办结")
    func revoked() async throws {
        let office = try await Office(on: "2024-08-01")
        let allowance = try await office.granted(application(of: alone()))
        let original = try #require(try await office.decisionOfAllowance(allowance))
        try office.go(to: "2024-10-05")
        let id = try await propose(office, original.id, alone(["incomes": wage(2000, .pension)]))
        try await office.on(id, "decide-correction", as: other)
        #expect(try await office.state(of: allowance) == "stopped")
        let due = try await office.read { try $0.due(ID(rawValue: allowance) ?? .make(at: $0.now), in: try Month(typed: "2024-10")) }
        #expect(due == .zero)
        try await office.on(allowance, "deliver-stop-notice", ["delivered_on": .typed("2024-10-05"), "delivery": .typed("in-person")], as: clerk)
        #expect(try await office.state(of: allowance) == "closed")
    }

    @Test("撤销不予确认：申请回到调查核实，时限重新起算，可以另行确认")
    func reopened() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.refusedCase()
        let original = try #require(try await office.decision(.refused, of: id))
        try await office.on(id, "deliver-refusal", ["delivered_on": .typed("2024-08-01"), "delivery": .typed("in-person")], as: clerk)
        try office.go(to: "2024-08-20")
        let correction = try await propose(office, original.id, alone())
        try await office.on(correction, "decide-correction", as: other)
        #expect(try await office.state(of: id) == "surveying")
        let whole = try await office.clocks(of: id).last { $0.name == "whole" }
        #expect(whole?.startedOn == (try day("2024-08-20")) && whole?.endedOn == nil)
        try await office.on(id, "record-first-opinion", as: clerk)
        try await office.on(id, "post-notice", ["place": .typed("公示栏")], as: clerk)
        try office.go(to: "2024-08-28")
        try await office.on(id, "confirm-allowance", as: approver)
    }

    @Test("结论不变的不更正：不予确认的仍不符合，金额一分不差")
    func nothingToCorrect() async throws {
        let office = try await Office(on: "2024-08-01")
        let allowance = try await office.granted(application(of: alone()))
        let original = try #require(try await office.decisionOfAllowance(allowance))
        let same = try await propose(office, original.id, alone())
        let refused = await refusal { try await office.on(same, "decide-correction", as: other) }
        #expect(refused?.message.contains("都不变") == true)
        let twice = await refusal { try await propose(office, original.id, alone()) }
        #expect(twice?.kind == .conflict)
        try await office.on(same, "decline-correction", ["declined": .typed("原认定无误")], as: other)
        #expect(try await office.state(of: same) == "declined")
    }

    @Test("复议撤销：登记结果、引用争议更正，争议随之办结；诉讼逾期的注明", arguments: [("2024-10-08", false), ("2024-10-09", true)])
    func dispute(_ filed: String, _ isLate: Bool) async throws {
        let office = try await Office(on: "2024-08-01")
        let allowance = try await office.granted(application(of: alone(["incomes": wage(200, .pension)])))
        let original = try #require(try await office.decisionOfAllowance(allowance))
        try await office.submit("notices.record-service", ["service": .typed(original.id.text), "delivered_on": .typed("2024-08-09"), "delivery": .typed("in-person")], as: clerk)
        try office.go(to: "2024-10-10")
        let values: RawFields = ["service": .typed(original.id.text), "kind": .typed("review"), "filed_on": .typed(filed), "received_on": .typed("2024-10-10"),
                                 "authority": .typed("示范市人民政府"), "claim": .typed("没有养老金")]
        let receipt = try await office.submit("notices.record-dispute", values, as: checker), dispute = receipt.outcome.subject
        #expect(receipt.outcome.message.contains("逾期") == isLate && receipt.outcome.message.contains("2024年10月23日前提交答复"))
        let uncited = await refusal { try await propose(office, original.id, alone(), ["cause": .typed("review")]) }
        #expect(uncited?.problems.map { $0.path } == [["dispute_id"]])
        try await office.submit("notices.answer-dispute", ["dispute": .typed(dispute), "replied_on": .typed("2024-10-10"), "reply": .typed("依据比对结果")], as: checker)
        try await office.submit("notices.close-dispute", ["dispute": .typed(dispute), "closed_on": .typed("2024-10-10"), "outcome": .typed("changed"), "finding": .typed("比对有误")], as: checker)
        #expect(try await office.state(of: dispute) == "decided")
        let correction = try await propose(office, original.id, alone(), ["cause": .typed("review"), "dispute_id": .typed(dispute)])
        try await office.on(correction, "decide-correction", as: other)
        #expect(try await office.state(of: dispute) == "closed")
    }

    @Test("维持、驳回、撤回：登记结果即办结", arguments: ["upheld", "dismissed", "withdrawn"])
    func settled(_ outcome: String) async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.refusedCase()
        let decision = try #require(try await office.decision(.refused, of: id))
        let values: RawFields = ["service": .typed(decision.id.text), "kind": .typed("lawsuit"), "filed_on": .typed("2024-08-01"), "received_on": .typed("2024-08-01"),
                                 "authority": .typed("示范市人民法院"), "claim": .typed("请求撤销")]
        let dispute = try await office.submit("notices.record-dispute", values, as: checker).outcome.subject
        #expect(try await office.clocks(of: dispute).first?.dueOn == (try day("2024-08-16")))
        try await office.submit("notices.close-dispute", ["dispute": .typed(dispute), "closed_on": .typed("2024-08-01"), "outcome": .typed(outcome), "finding": .typed("如上")], as: checker)
        #expect(try await office.state(of: dispute) == "closed")
    }

    @Test("补正文书：只改文字，金额不动，另有文书并送达")
    func clerical() async throws {
        let office = try await Office(on: "2024-08-01")
        let allowance = try await office.granted(application(of: alone()))
        let original = try #require(try await office.decisionOfAllowance(allowance))
        let same: RawFields = ["decision": .typed(original.id.text), "item": .typed("姓名用字"), "was": .typed("试乙"), "becomes": .typed("试乙"), "reason": .typed("录入错误")]
        let refused = await refusal { try await office.submit("fix-clerical-error", same, as: checker) }
        #expect(refused?.problems.map { $0.path } == [["becomes"]])
        var values = same
        values["becomes"] = .typed("试乙一")
        try await office.submit("fix-clerical-error", values, as: checker)
        let fix = try #require(try await office.read { try $0.fixes(of: original.id).first?.id.text })
        #expect(try await office.page("fixes/{id}/sheet", fix).text.contains("姓名用字由“试乙”补正为“试乙一”"))
        #expect(try await office.unserved().contains("文书补正通知书"))
        #expect(try await office.read { try $0.find(original.id).monthly } == .yuan(735))
    }
}
