@testable import Commons
import Kernel
import Testing
import Values
@testable import Assistance

@Suite("权限、告知和停发的保障")
struct SafeguardTests {
    @Test("没有委托的镇街，不能重新核定、渐退、停发；委托的可以")
    func level() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.granted(application(of: alone()))
        let moved: RawFields = ["cause": .typed("MOVED_OUT"), "event_on": .typed("2024-08-09"), "told": .typed("已告知")]
        try await office.change(id, on: "2024-08-09", alone(["incomes": wage(100, .pension)]))
        let told: RawFields = ["told": .typed("已告知")]
        for (act, values) in [("stop-allowance", moved), ("recompute-allowance", told), ("begin-gradual-exit", told)] {
            let refused = await refusal { try await office.on(id, act, values, as: reviewer) }
            #expect(refused?.kind == .forbidden)
            #expect(refused?.message.contains("区县审批") == true)
        }
        try await office.on(id, "recompute-allowance", told, as: approver)
    }

    @Test("户内还有人的，不能因一人死亡、服刑停发全家", arguments: ["DEATH", "PRISON"])
    func oneOfTwo(_ cause: String) async throws {
        let office = try await Office(on: "2024-08-01")
        let two = try alone() + [member("m2", "试乙三", .spouse, born: "1970-03-04", sequence: 706)]
        let id = try await office.granted(application(of: two))
        let stop: RawFields = ["cause": .typed(cause), "event_on": .typed("2024-08-09"), "told": .typed("已告知")]
        let refused = await refusal { try await office.on(id, "stop-allowance", stop, as: approver) }
        #expect(refused?.message.contains("不能因一人") == true)
        let single = try await office.granted(application(of: alone("试乙五", sequence: 709)))
        try await office.on(single, "stop-allowance", ["cause": .typed(cause), "event_on": .typed("2024-08-17"), "told": .typed("已告知")], as: approver)
    }

    @Test("渐退：时限到最后发放月的月末，列入审批人的待办；不能再次渐退；期满停发不追回渐退期内的金额")
    func gradualExitEnds() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.granted(application(of: alone()))
        let working = try alone(["employed": .typed("是"), "incomes": wage(3000)])
        try office.go(to: "2024-10-10")
        try await office.change(id, on: "2024-10-08", working)
        try await office.on(id, "begin-gradual-exit", ["told": .typed("已告知")], as: approver)
        let clock = try await office.clocks(of: id).first { $0.name == "gradual-exit" }
        #expect(clock?.dueOn.typed == "2025-04-30")
        let tasks = try await office.read { try $0.tasks(.all, limit: 10).map { [$0.file.id, $0.dueOn?.typed] } }
        #expect(tasks == [[id, "2025-04-30"]])
        try office.go(to: "2025-03-03")
        try await office.change(id, on: "2025-03-02", working)
        let again = await refusal { try await office.on(id, "begin-gradual-exit", ["told": .typed("已告知")], as: approver) }
        #expect(again?.message.contains("不能再次渐退") == true)
    }

    @Test("渐退期满停发：事由日填得早也从期满次月停")
    func exitEndKeepsItsMonths() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.granted(application(of: alone()))
        try office.go(to: "2024-10-10")
        try await office.change(id, on: "2024-10-08", alone(["employed": .typed("是"), "incomes": wage(3000)]))
        try await office.on(id, "begin-gradual-exit", ["told": .typed("已告知")], as: approver)
        try office.go(to: "2025-04-30")
        let stop: RawFields = ["cause": .typed("GRADUAL_EXIT_END"), "event_on": .typed("2024-10-10"), "told": .typed("渐退期满")]
        let receipt = try await office.on(id, "stop-allowance", stop, as: approver)
        #expect(receipt.outcome.message.contains("自2025年5月起不再发放"))
        #expect(!receipt.outcome.message.contains("多发"))
        let amounts = try await office.amounts(of: id)
        #expect(amounts == ["2024-09 735.00 2024-11", "2024-11 735.00 2025-05"])
    }

    @Test("公示最后一日是节假日的，顺延到节后第一个工作日", arguments: [
        //  张贴          最后一日       可以决定的第一天
        ("2024-08-01", "2024-08-08", "2024-08-09"),
        ("2024-09-24", "2024-10-08", "2024-10-09"),
        ("2024-08-03", "2024-08-12", "2024-08-13"),
    ])
    func noticeOverHoliday(posted: String, last: String, decided: String) async throws {
        let office = try await Office(on: posted)
        let id = try await office.noticed(application(of: alone()))
        let notice = try #require(try await office.read { try $0.first(PublicNotice.self, where: "application_id = \(id)") })
        #expect(notice.lastDay.typed == last)
        #expect(notice.text.text.contains(notice.lastDay.shown))
        try office.go(to: last)
        let early = await refusal { try await office.on(id, "confirm-allowance", as: approver) }
        #expect(early?.kind == .outOfOrder)
        try office.go(to: decided)
        try await office.on(id, "confirm-allowance", as: approver)
    }

    @Test("当地规定公示期间停止计算的：公示期内的工作日不计入，期满接着计算；有异议延长后也不计入")
    func noticePausesTheClock() async throws {
        let office = try await Office(on: "2024-09-20")
        try await office.rule(noticePausesClock.ships(true, in: try RegionCode("000181"), from: day("2024-01-01"), cite: "虚构的规定"))
        let id = try await office.accepted(application(of: alone()))
        try office.go(to: "2024-10-14")
        try await office.check(id, on: "2024-10-14")
        try await office.visit(id, on: "2024-10-14")
        try await office.on(id, "record-first-opinion", as: clerk)
        try await office.on(id, "post-notice", ["place": .typed("公示栏")], as: clerk)
        let paused = try await office.clocks(of: id).first { $0.name == "whole" }
        #expect(paused?.dueOn.typed == "2024-11-13")
        #expect(paused?.isRunning == true)
        try office.go(to: "2024-10-16")
        try await office.on(id, "raise-objection", ["content": .typed("没有写明的异议")], as: clerk)
        let extended = try await office.clocks(of: id).first { $0.name == "whole" }
        #expect(extended?.dueOn.typed == "2024-12-04")
    }

    @Test("公示期间成员死亡的，不能按原人口确认")
    func deadBeforeConfirmation() async throws {
        let office = try await Office(on: "2024-08-01")
        let two = try alone() + [member("m2", "试乙三", .spouse, born: "1970-03-04", sequence: 706)]
        let id = try await office.noticed(application(of: two))
        try office.go(to: "2024-08-09")
        let spouse = try await office.read { try $0.first(Person.self, where: "name = '试乙三'")?.id.text ?? "" }
        try await office.submit("people.record-death", ["person": .typed(spouse), "died_on": .typed("2024-08-05")], as: clerk)
        let refused = await refusal { try await office.on(id, "confirm-allowance", as: approver) }
        #expect(refused?.message.contains("已登记死亡") == true)
    }

    @Test("不予确认的书面告知：2021 年起三个工作日")
    func refusalInWriting() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.accepted(application(of: alone(["incomes": wage(735, .pension)])))
        try await office.check(id, on: "2024-08-01")
        try await office.visit(id, on: "2024-08-01")
        try await office.on(id, "record-first-opinion", as: clerk)
        try office.go(to: "2024-08-02")
        let receipt = try await office.on(id, "refuse-allowance", as: approver)
        #expect(receipt.outcome.message.contains("三个工作日内"))
        let due = try await office.clocks(of: id).first { $0.name == "refusal-in-writing" }?.dueOn.typed
        #expect(due == "2024-08-07")
    }

    @Test("测算表每行引用自己所据的规定")
    func ownSources() async throws {
        let office = try await Office(on: "2024-08-01")
        let incomes: Raw = .rows([IncomeKind.veterans, .basicPension].enumerated().map { index, kind in
            RawRow(key: "i\(index)", fields: ["kind": .typed(kind.rawValue), "amount_fen": .typed("100"), "span": .typed("month")])
        })
        let id = try await office.accepted(application(of: alone("试乙一", born: "1950-01-02", ["incomes": incomes])))
        try await office.check(id, on: "2024-08-01")
        try await office.visit(id, on: "2024-08-01")
        try await office.on(id, "record-first-opinion", as: clerk)
        let lines = try #require(try await office.decision(.firstOpinion, of: id)).lines
        let veterans = lines.first { $0.label.hasSuffix("优待抚恤金") }, pension = lines.first { $0.label.hasSuffix("基础养老金") }
        #expect(veterans?.basis == Citation.confirmation2021("第十三条").text)
        #expect(pension?.basis?.hasSuffix("“十四五”期间") == true)
        #expect(veterans?.ruling != pension?.ruling)
        let addOn = try #require(lines.first { $0.label.contains("七十周岁") })
        #expect(addOn.basis == "〔示范〕分类施保")
    }
}
