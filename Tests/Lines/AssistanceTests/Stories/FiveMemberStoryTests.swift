import Kernel
import Testing
import Values
@testable import Assistance

@Suite("五口之家，标准调整前受理、调整后确认")
struct FiveMemberStoryTests {
    @Test("从申请到确认：计入四人，按受理日的规定认定，按发放月的标准发放")
    func fromIntakeToConfirmation() async throws {
        let office = try await Office(on: "2024-06-20")
        let id = try await office.accepted(application(of: fiveOfThem()))
        let due = try await office.clocks(of: id).map { $0.dueOn.typed }.sorted()
        #expect(due == ["2024-06-25", "2024-08-01"])
        try office.go(to: "2024-06-24")
        try await office.check(id, on: "2024-06-22")
        try await office.visit(id, on: "2024-06-24")
        try await office.on(id, "record-first-opinion", as: clerk)
        let opinion = try #require(try await office.decision(.firstOpinion, of: id))
        // 728 × 4 − (1500 − 728 × 30%) = 2912 − 1281.60；未成年人增发 728 × 10%
        #expect(opinion.monthly == Money(fen: 1630_40 + 72_80))
        #expect(opinion.members.map(\.isCounted) == [true, true, true, false, true])
        #expect(opinion.members.first { !$0.isCounted }?.reason == "在监狱服刑，不计入共同生活的家庭成员")
        try await office.on(id, "post-notice", ["place": .typed("和平社区公示栏")], as: clerk)
        try office.go(to: "2024-07-01")
        await #expect(throws: Refusal.self) { try await office.on(id, "confirm-allowance", as: approver) }
        try office.go(to: "2024-07-02")
        let receipt = try await office.on(id, "confirm-allowance", as: approver)
        #expect(receipt.outcome.message.contains("自2024年8月起"))
        let decision = try #require(try await office.decision(.confirmed, of: id))
        // 735 × 4 − 1279.50 + 73.50：就业成本也随标准
        #expect(decision.monthly == Money(fen: 2940_00 - (1500_00 - 220_50) + 73_50))
        #expect(decision.lawOn == (try day("2024-06-20")))
        #expect(decision.lines.contains { $0.detail?.contains("728.00 元") == true })
        #expect(decision.lines.contains { $0.detail?.contains("735.00 元") == true })
        #expect(decision.rulings.contains { $0.source.contains("001 号材料") })
        #expect(try await office.state(of: id) == "confirmed")
        let allowance = try #require(try await office.allowance(of: id))
        #expect(try await office.read { try $0.roster(of: allowance.id).count } == 4)
    }
}
