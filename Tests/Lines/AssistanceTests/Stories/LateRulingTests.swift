import Kernel
import Testing
import Values
@testable import Assistance

@Suite("新标准迟发时的补足")
struct LateRulingTests {
    @Test("期间已重新核定的：各月按当月所据的事实补足，不按今天的事实")
    func changedFacts() async throws {
        let office = try await Office(on: "2025-05-01")
        let id = try await office.granted(application(of: alone()))
        try office.go(to: "2025-07-20")
        try await office.change(id, on: "2025-07-15", alone(["incomes": wage(235, .pension)]))
        try await office.on(id, "recompute-allowance", ["told": .typed("已告知")], as: approver)
        try office.go(to: "2025-08-10")
        try await office.raise(to: "760", from: "2025-07-01")
        let amounts = try await office.amounts(of: id)
        #expect(amounts == ["2025-06 735.00 2025-07", "2025-07 760.00 2025-08", "2025-08 525.00"])
        let decision = try #require(try await office.decision(.repriced, of: id))
        #expect(decision.lines.count { $0.label.hasSuffix("差额") } == 2)
        #expect(decision.monthly == .yuan(760))
        let sheet = try await office.sheet(.repriced, of: id)
        #expect(sheet.text.contains("此前月份的差额：2025年7月至2025年8月，应补发 50.00 元。"))
        #expect(sheet.text.contains("已核定 735.00 元，应为 760.00 元"))
    }

    @Test("已停发的：停发前的月份照补，停发后的不发")
    func stopped() async throws {
        let office = try await Office(on: "2025-05-01")
        let id = try await office.granted(application(of: alone()))
        try office.go(to: "2025-08-05")
        try await office.on(id, "stop-allowance", ["cause": .typed("MOVED_OUT"), "event_on": .typed("2025-08-04"), "told": .typed("已告知")], as: approver)
        try await office.on(id, "deliver-stop-notice", ["delivered_on": .typed("2025-08-05"), "delivery": .typed("in-person")], as: clerk)
        try office.go(to: "2025-09-10")
        try await office.raise(to: "760", from: "2025-07-01")
        let amounts = try await office.amounts(of: id)
        #expect(amounts == ["2025-06 735.00 2025-07", "2025-07 760.00 2025-09"])
        let state = try await office.state(of: id)
        #expect(state == "closed")
    }

    @Test("渐退的：渐退前的月份照补，渐退期内仍按所定金额，期满不续")
    func exiting() async throws {
        let office = try await Office(on: "2025-05-01")
        let id = try await office.granted(application(of: alone()))
        try office.go(to: "2025-07-10")
        try await office.change(id, on: "2025-07-08", alone(["employed": .typed("是"), "incomes": wage(3000)]))
        try await office.on(id, "begin-gradual-exit", ["told": .typed("已告知")], as: approver)
        try office.go(to: "2025-08-10")
        try await office.raise(to: "760", from: "2025-07-01")
        let amounts = try await office.amounts(of: id)
        #expect(amounts == ["2025-06 735.00 2025-07", "2025-07 760.00 2025-08", "2025-08 735.00 2026-02"])
    }

    @Test("新规定使金额减少的：不自动减发，列为未能重算")
    func lowered() async throws {
        let office = try await Office(on: "2025-05-01")
        let id = try await office.granted(application(of: alone()))
        try await office.raise(to: "700", from: "2025-08-01")
        let amounts = try await office.amounts(of: id)
        #expect(amounts == ["2025-06 735.00"])
        let job = try #require(try await office.read { try $0.jobs() }.first)
        #expect(job.failed == 1)
        #expect(job.message?.contains("减发须告知理由") == true)
    }

    @Test("同一规定再算一遍：没有差额就没有新的决定")
    func again() async throws {
        let office = try await Office(on: "2025-05-01")
        let id = try await office.granted(application(of: alone()))
        try office.go(to: "2025-08-10")
        try await office.raise(to: "760", from: "2025-07-01")
        try await office.raise(to: "10%", from: "2025-07-01", policy: "add-on", variant: "honoured")
        let decisions = try await office.read { try $0.decisions(of: id).count { $0.kind == .repriced } }
        #expect(decisions == 1)
    }
}

extension Office {
    /// Another ruling for the city's towns, drafted, published, and reckoned with.
    fileprivate func raise(to value: String, from: String, policy: String = "minimum-living-standard", variant: String = "urban") async throws {
        let ruling = act()
        try await submit("rulings.draft-ruling", [
            "policy": .typed(policy), "variant": .typed(variant), "region": .typed("000181"), "from_on": .typed(from),
            "value": .typed(value), "cite": .typed("虚构的新规定"), "ruling": .typed(ruling.text),
        ], as: policyOfficer)
        try await submit("rulings.publish-ruling", ["ruling": .typed(ruling.text)], as: leader)
        try await runJobs()
    }
}
