import Kernel
import Testing
import Values
@testable import Assistance

@Suite("申请的办理")
struct ApplicationStoryTests {
    @Test("不予确认：说明哪一事实需要不同，书面告知后办结")
    func refused() async throws {
        let office = try await Office(on: "2024-08-01")
        let car: Raw = .rows([RawRow(key: "a1", fields: ["kind": .typed("vehicle"), "vehicle_kind": .typed("car"), "amount_fen": .typed("60000")])])
        let id = try await office.accepted(application(of: alone(["assets": car])))
        try await office.check(id, on: "2024-08-01")
        try await office.visit(id, on: "2024-08-01")
        try await office.on(id, "record-first-opinion", as: clerk)
        let posting = await refusal { try await office.on(id, "post-notice", ["place": .typed("公示栏")], as: clerk) }
        #expect(posting?.kind == .outOfOrder)
        try await office.on(id, "refuse-allowance", as: approver)
        let decision = try #require(try await office.decision(.refused, of: id))
        #expect(decision.reasons.map { $0.code } == ["PROPERTY_VEHICLE"])
        #expect(decision.reasons.first?.remedy == "豁免车型以外的车辆需不超过 0 辆，现有 1 辆（小型轿车）")
        let sheet = try await office.sheet(.refused, of: id)
        #expect(sheet.title == "不予确认最低生活保障告知书")
        #expect(sheet.text.contains("申请行政复议"))
        let last = try await office.clocks(of: id).last
        #expect(last?.title == "书面告知不予确认")
        try await office.on(id, "deliver-refusal", ["delivered_on": .typed("2024-08-01"), "delivery": .typed("直接送达")], as: clerk)
        let state = try await office.state(of: id)
        #expect(state == "notified")
    }

    @Test("收入恰好等于标准：不符合；差一分：符合", arguments: [
        (wage: 735, kind: IncomeKind.pension, approves: false), (734, .pension, true),
    ])
    func strictlyBelow(_ c: (wage: Int, kind: IncomeKind, approves: Bool)) async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.accepted(application(of: alone(["incomes": wage(c.wage, c.kind)])))
        try await office.check(id, on: "2024-08-01")
        try await office.visit(id, on: "2024-08-01")
        try await office.on(id, "record-first-opinion", as: clerk)
        let opinion = try await office.decision(.firstOpinion, of: id)
        #expect(opinion?.conclusion?.isApproval == c.approves)
        if c.approves {
            let act = await refusal { try await office.on(id, "refuse-allowance", as: approver) }
            #expect(act?.kind == .outOfOrder)
        } else {
            #expect(opinion?.reasons.map { $0.code } == ["PER_CAPITA_EQUAL_STANDARD"])
        }
    }

    @Test("异议：时限延长到 45 个工作日，成立的回到调查、重新公示，县级须入户")
    func objection() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.noticed(application(of: alone()))
        try office.go(to: "2024-08-05")
        try await office.on(id, "raise-objection", ["content": .typed("听说他家有存款")], as: community)
        let whole = try await office.clocks(of: id).first { $0.name == "whole" }
        #expect(whole?.span == .workingDays(45))
        let early = await refusal { try await office.on(id, "resolve-objection", ["upheld": .typed("是"), "finding": .typed("有存款")], as: clerk) }
        #expect(early?.message.contains("再次调查") == true)
        try await office.visit(id, on: "2024-08-05", by: checker)
        try await office.on(id, "resolve-objection", ["upheld": .typed("是"), "finding": .typed("有存款一万元，在限额以内")], as: clerk)
        let state = try await office.state(of: id)
        #expect(state == "surveying")
        let deposit: Raw = .rows([RawRow(key: "a1", fields: ["kind": .typed("money"), "amount_fen": .typed("10000")])])
        try await office.on(id, "verify-declaration", ["members": .rows(alone(["assets": deposit])), "note": .typed("补列存款")], as: clerk)
        try await office.on(id, "record-first-opinion", as: clerk)
        try await office.on(id, "post-notice", ["place": .typed("公示栏")], as: clerk)
        try office.go(to: "2024-08-13")
        try await office.on(id, "confirm-allowance", as: approver)
        let decision = try await office.decision(.confirmed, of: id)
        #expect(decision?.monthly == .yuan(735))
    }

    @Test("异议不成立：公示期满后确认；没有县级入户的不能确认")
    func dismissedObjection() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.noticed(application(of: alone()))
        try await office.on(id, "raise-objection", ["content": .typed("没有写明的异议")], as: clerk)
        try await office.visit(id, on: "2024-08-01")
        try await office.on(id, "resolve-objection", ["upheld": .typed("否"), "finding": .typed("查无此事")], as: clerk)
        try office.go(to: "2024-08-09")
        let refused = await refusal { try await office.on(id, "confirm-allowance", as: approver) }
        #expect(refused?.message.contains("县级入户调查") == true)
        try await office.visit(id, on: "2024-08-09", by: checker)
        try await office.on(id, "confirm-allowance", as: approver)
    }

    @Test("调查、核定、提出意见的人不作决定，新旧程序一样")
    func findersDoNotDecide() {
        let decisions = applicationProcess.editions.flatMap(\.moves).filter { [ConfirmAllowance.name, RefuseAllowance.name].contains($0.action) }
        #expect(decisions.count == 4)
        for move in decisions { #expect(Set(move.differsFrom).isSuperset(of: [RecordVisit.name, VerifyDeclaration.name, RecordFirstOpinion.name])) }
    }

    @Test("两名经办人同办一件：后交的被拒，内容不写入")
    func twoClerks() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.accepted(application(of: alone()))
        let values: RawFields = ["application": .typed(id), "visited_on": .typed("2024-08-01"), "surveyors": twoSurveyors, "findings": .typed("一致"), "agrees": .typed("1")]
        let seen = try await office.read { try $0.caseFile(id: id)?.version }
        try await office.submit("record-visit", values, as: clerk, version: seen)
        let late = await refusal { try await office.submit("record-visit", values, as: secondClerk, version: seen) }
        #expect(late?.kind == .conflict)
        let visits = try await office.read { try $0.connection.value("SELECT count(*) FROM household_visit") ?? 0 }
        #expect(visits == 1)
    }

    @Test("重复提交：只办一次，答复相同；编号相同而内容不同的被拒")
    func repeated() async throws {
        let office = try await Office(on: "2024-08-01"), act = office.act()
        let form = try application(of: alone())
        let first = try await office.submit("apply-for-allowance", form, as: clerk, id: act)
        let second = try await office.submit("apply-for-allowance", form, as: clerk, id: act)
        #expect(second.isRepeat)
        #expect(second.outcome == first.outcome)
        let other = try application(of: alone("试乙二", sequence: 703))
        let refused = await refusal { try await office.submit("apply-for-allowance", other, as: clerk, id: act) }
        #expect(refused?.kind == .conflict)
    }

    @Test("重复申请：说出另一件的编号；享受中的也一样")
    func duplicate() async throws {
        let office = try await Office(on: "2024-08-01")
        let form = try application(of: alone())
        let first = try await office.granted(form)
        let again = await refusal { try await office.submit("apply-for-allowance", form, as: clerk) }
        #expect(again?.message.contains("BZ2024-000001") == true)
        #expect(again?.problems.map { $0.path } == [["members", "m1", "name"]])
        #expect(!first.isEmpty)
        let other = try application(of: alone("试乙二", sequence: 703))
        try await office.submit("apply-for-allowance", other, as: clerk)
        let running = await refusal { try await office.submit("apply-for-allowance", other, as: secondClerk) }
        #expect(running?.message.contains("DB2024-000002") == true)
    }

    @Test("次序：每一步没有到时候的都说明先做什么")
    func outOfOrder() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.submit("apply-for-allowance", application(of: alone()), as: clerk).outcome.subject
        let unaccepted = await refusal { try await office.visit(id, on: "2024-08-01") }
        #expect(unaccepted?.kind == .outOfOrder)
        try await office.on(id, "accept-application", as: clerk)
        let before = await refusal { try await office.visit(id, on: "2024-07-31") }
        #expect(before?.problems.map { $0.path } == [["visited_on"]])
        let tomorrow = await refusal { try await office.check(id, on: "2024-08-02") }
        #expect(tomorrow?.problems.map { $0.path } == [["reported_on"]])
        let unchecked = await refusal { try await office.on(id, "record-first-opinion", as: clerk) }
        #expect(unchecked?.message.contains("信息核对") == true)
        try await office.check(id, on: "2024-08-01")
        let unvisited = await refusal { try await office.on(id, "record-first-opinion", as: clerk) }
        #expect(unvisited?.message.contains("入户调查") == true)
        let lonely: RawFields = ["visited_on": .typed("2024-08-01"), "surveyors": .rows([RawRow(key: "s1", fields: ["name": .typed("调查甲")])]),
                                 "findings": .typed("一致"), "agrees": .typed("1")]
        let one = await refusal { try await office.on(id, "record-visit", lonely, as: clerk) }
        #expect(one?.message.contains("不得少于两人") == true)
    }

    @Test("核对报告过期：重新核对", arguments: [("2024-11-01", true), ("2024-11-02", false)])
    func expiredCheck(_ day: String, _ isValid: Bool) async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.accepted(application(of: alone()))
        try await office.check(id, on: "2024-08-01")
        try await office.visit(id, on: "2024-08-01")
        try office.go(to: day)
        if isValid {
            try await office.on(id, "record-first-opinion", as: clerk)
        } else {
            let refused = await refusal { try await office.on(id, "record-first-opinion", as: clerk) }
            #expect(refused?.message.contains("有效期") == true)
        }
    }

    @Test("授权书：没有签齐不能受理，一次性告知补正后受理；不能告知两次")
    func consent() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.submit("apply-for-allowance", application(of: alone(["consented": .typed("否")])), as: community).outcome.subject
        let unsigned = await refusal { try await office.on(id, "accept-application", as: clerk) }
        #expect(unsigned?.message.contains("试乙一尚未签署") == true)
        let items: RawFields = ["items": .rows([RawRow(key: "1", fields: ["item": .typed("核对授权书")])])]
        try await office.on(id, "request-supplement", items, as: clerk)
        try await office.on(id, "complete-documents", ["all_consented": .typed("是")], as: community)
        let again = await refusal { try await office.on(id, "request-supplement", items, as: clerk) }
        #expect(again?.message.contains("不能再次") == true)
        try await office.on(id, "accept-application", as: clerk)
    }

    @Test("规则空缺：指出缺哪项规定，不借用别处")
    func gap() async throws {
        let office = try await Office(on: "2024-08-01")
        let stranger = staff("外市经办", .townshipClerk, "000282001", number: 20), county = staff("外市核对", .countyReviewer, "000282", number: 21)
        let id = try await office.accepted(application(of: alone(["incomes": wage(300, .pension)]), region: "000282001001"), by: stranger)
        try await office.on(id, "record-economic-check", ["reported_on": .typed("2024-08-01")], as: county)
        try await office.visit(id, on: "2024-08-01", by: stranger)
        let refused = await refusal { try await office.on(id, "record-first-opinion", as: stranger) }
        #expect(refused?.kind == .gap)
        #expect(refused?.message.contains("最低生活保障标准") == true)
        let page = try await office.page("applications/{id}", id, as: stranger)
        #expect(page.text.contains("还不能试算"))
    }

    @Test("委托乡镇确认：二十个工作日，由镇街审核确认，经办本人不能确认")
    func delegated() async throws {
        let office = try await Office(on: "2024-09-20")
        let township = "000181003"
        let hers = staff("三镇经办", .townshipClerk, township, number: 30), theirs = staff("三镇审核", .townshipReviewer, township, number: 31)
        let both = staff("三镇审核乙", .townshipReviewer, township, number: 32)
        let id = try await office.accepted(application(of: alone(), region: "000181003001"), by: hers)
        let due = try await office.clocks(of: id).first { $0.name == "whole" }?.dueOn.typed
        #expect(due == "2024-10-23")
        try await office.check(id, on: "2024-09-20")
        try await office.visit(id, on: "2024-09-20", by: both)
        try await office.on(id, "record-first-opinion", as: both)
        try await office.on(id, "post-notice", ["place": .typed("公示栏")], as: hers)
        try office.go(to: "2024-09-28")
        let own = await refusal { try await office.on(id, "confirm-allowance", as: both) }
        #expect(own?.kind == .forbidden)
        try await office.on(id, "confirm-allowance", as: theirs)
    }

    @Test("县级确认的，镇街审核不能确认")
    func countyOnly() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.noticed(application(of: alone()))
        try office.go(to: "2024-08-09")
        let refused = await refusal { try await office.on(id, "confirm-allowance", as: reviewer) }
        #expect(refused?.kind == .forbidden)
    }

    @Test("2012 年程序：须民主评议，镇街和县级各公示七天，三个工作日内决定")
    func edition2012() async throws {
        let office = try await Office(on: "2021-06-30")
        let id = try await office.accepted(application(of: alone()))
        let clocks = try await office.clocks(of: id).map { $0.title }
        #expect(clocks == ["完成调查"])
        try office.go(to: "2021-07-05")
        try await office.check(id, on: "2021-07-05")
        try await office.visit(id, on: "2021-07-05")
        let undiscussed = await refusal { try await office.on(id, "record-first-opinion", as: clerk) }
        #expect(undiscussed?.message.contains("民主评议") == true)
        let few: RawFields = ["held_on": .typed("2021-07-05"), "attendants": .typed("9"), "representatives": .typed("5"), "votes_for": .typed("9"), "findings": .typed("同意")]
        let tooFew = await refusal { try await office.on(id, "record-deliberation", few, as: clerk) }
        #expect(tooFew?.message.contains("三分之二") == true)
        var enough = few
        enough["representatives"] = .typed("6")
        try await office.on(id, "record-deliberation", enough, as: clerk)
        try await office.on(id, "record-first-opinion", as: clerk)
        try await office.on(id, "post-notice", ["place": .typed("村务公开栏")], as: clerk)
        let early = await refusal { try await office.on(id, "post-notice", ["place": .typed("政务公开栏")], as: checker) }
        #expect(early?.kind == .outOfOrder)
        try office.go(to: "2021-07-13")
        let single = await refusal { try await office.on(id, "confirm-allowance", as: approver) }
        #expect(single?.kind == .outOfOrder)
        try await office.on(id, "post-notice", ["place": .typed("政务公开栏")], as: checker)
        try office.go(to: "2021-07-21")
        try await office.on(id, "confirm-allowance", as: approver)
        let decision = try await office.decision(.confirmed, of: id)
        #expect(decision?.lawOn.typed == "2021-06-30")
        #expect(decision?.members.first?.basis.contains("民发〔2012〕220号") == true)
    }

    @Test("公示隐去个人信息")
    func maskedNotice() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.noticed(application(of: fiveOfThem()))
        let notice = try #require(try await office.read { try $0.first(PublicNotice.self, where: "application_id = \(id)") })
        #expect(notice.text.text.contains("试某某"))
        #expect(!notice.text.text.contains("试甲"))
        #expect(notice.lastDay.typed == "2024-08-08")
    }

    @Test("撤回后可以重新申请；终止须写明经过")
    func endings() async throws {
        let office = try await Office(on: "2024-08-01")
        let form = try application(of: alone())
        let first = try await office.accepted(form)
        try await office.on(first, "withdraw-application", ["closing_note": .typed("已就业")], as: clerk)
        let second = try await office.accepted(form)
        try await office.on(second, "terminate-application", ["note": .typed("三次上门均拒绝调查")], as: reviewer)
        let states = [try await office.state(of: first), try await office.state(of: second)]
        #expect(states == ["withdrawn", "terminated"])
    }
}
