@testable import Commons
import Kernel
import Testing
import Values

/// One drafts, another publishes; what holds on a day is one value or a gap.
@Suite struct RulingTests {
    @discardableResult
    private func draft(_ office: Office, _ value: String, from: String, until: String = "", region: String = "000181", variant: String = "near") async throws -> String {
        try await office.submit("rulings.draft-ruling", ["policy": "errand-fee", "variant": variant, "region": region, "from_on": from, "until_on": until,
                                                         "value": value, "cite": "测试文件第一号"], as: policyOfficer).outcome.subject
    }

    private func publish(_ office: Office, _ id: String, as actor: Actor = leader) async throws {
        try await office.submit("rulings.publish-ruling", ["ruling": id], as: actor)
    }

    private func fee(_ office: Office, _ on: CivilDate, _ region: RegionCode = township) async throws -> Money? {
        try await office.counter.read(as: clerk) { try $0.rulings(on: on, in: region).find(errandFee, Distance.near)?.value }
    }

    @Test("起草的不算数，另一人发布才算；起草人换了岗位和姓名、同名的、没有这个岗位的，都发布不了")
    func draftsHoldNothing() async throws {
        let office = try await Office()
        let id = try await draft(office, "10", from: "2024-01-01")
        #expect(try await fee(office, day(2024, 6, 1)) == nil)
        #expect(try await office.refusal { try await publish(office, id, as: policyOfficer) } == .forbidden)
        let promoted = Actor(user: policyOfficer.user, name: leader.name, role: .leader, region: county)
        #expect(try await office.refusal { try await publish(office, id, as: promoted) } == .forbidden)
        let sameName = Actor(user: leader.user, name: policyOfficer.name, role: .leader, region: county)
        #expect(try await office.refusal { try await publish(office, id, as: sameName) } == .forbidden)
        try await publish(office, id)
        #expect(try await fee(office, day(2024, 6, 1)) == .yuan(10))
        #expect(try await office.refusal { try await publish(office, id) } == .outOfOrder)
    }

    @Test("后一条发布，前一条在那一天结束：前一天旧值，当天新值")
    func theEarlierOneEnds() async throws {
        let office = try await Office()
        try await publish(office, draft(office, "10", from: "2024-01-01"))
        try await publish(office, draft(office, "12", from: "2024-07-01"))
        #expect(try await fee(office, day(2023, 12, 31)) == nil)
        #expect(try await fee(office, day(2024, 6, 30)) == .yuan(10))
        #expect(try await fee(office, day(2024, 7, 1)) == .yuan(12))
    }

    @Test("与已发布的重叠：拒绝；正好相接：可以", arguments: [
        ("2023-06-01", "2024-01-02", Refusal.Kind.conflict), ("2023-06-01", "2024-01-01", nil), ("2024-01-01", "", .conflict),
        ("2024-03-31", "2024-05-01", .conflict), ("2024-04-01", "2024-05-01", nil),
    ])
    func overlapsAreRefused(_ from: String, _ until: String, _ kind: Refusal.Kind?) async throws {
        let office = try await Office()
        try await publish(office, draft(office, "10", from: "2024-01-01", until: "2024-04-01"))
        let id = try await draft(office, "12", from: from, until: until)
        #expect(try await office.refusal { try await publish(office, id) } == kind)
    }

    @Test("写错的起草：指到字段", arguments: [
        (["policy": "no-such"], "policy"), (["value": "三十"], "value"), (["variant": "middle"], "variant"), (["until_on": "2024-01-01"], "until_on"),
        (["cite": ""], "cite"),
    ])
    func badDraftsNameTheirField(_ change: [String: String], _ field: String) async throws {
        let office = try await Office()
        var values = ["policy": "errand-fee", "variant": "near", "region": "000181", "from_on": "2024-01-01", "value": "10", "cite": "测试文件"]
        values.merge(change) { _, new in new }
        do {
            try await office.submit("rulings.draft-ruling", values, as: policyOfficer)
            Issue.record("应当拒绝")
        } catch let refusal as Refusal { #expect(refusal.problems.map(\.path) == [[field]]) }
    }

    @Test("近处的规则先于上级的；邻镇的不借用")
    func theNearestRegionSpeaks() async throws {
        let office = try await Office()
        try await publish(office, draft(office, "10", from: "2024-01-01"))
        try await publish(office, draft(office, "11", from: "2024-01-01", region: "000181001"))
        #expect(try await fee(office, day(2024, 6, 1)) == .yuan(11))
        #expect(try await fee(office, day(2024, 6, 1), nextTownship) == .yuan(10))
    }

    @Test("空白期", arguments: [
        Gaps([], []),
        Gaps([(day(2024, 1, 1), nil)], []),
        Gaps([(day(2024, 1, 1), day(2024, 2, 1)), (day(2024, 2, 1), nil)], []),
        Gaps([(day(2024, 1, 1), day(2024, 2, 1)), (day(2024, 2, 2), nil)], [(day(2024, 2, 1), day(2024, 2, 2))]),
        Gaps([(day(2024, 2, 1), day(2024, 3, 1)), (day(2024, 1, 1), day(2024, 6, 1))], [(day(2024, 6, 1), nil)]),
    ])
    func gapsLieBetween(_ gapped: Gaps) {
        let found = gaps(between: gapped.periods)
        #expect(found.map(\.from) == gapped.gaps.map(\.from) && found.map(\.until) == gapped.gaps.map(\.until))
    }

    struct Gaps: Sendable {
        typealias Days = (from: CivilDate, until: CivilDate?)
        let periods: [Days], gaps: [Days]
        init(_ periods: [Days], _ gaps: [Days]) { self.periods = periods; self.gaps = gaps }
    }

    @Test("规则查询：数值、单位、区域、起止、依据、发布人；空白说出来；草稿给另一人发布")
    func thePolicyPageAnswers() async throws {
        let office = try await Office()
        try await publish(office, draft(office, "10", from: "2024-01-01"))
        let draftID = try await draft(office, "12", from: "2024-07-01")
        let page = try await office.page("rulings", "policy", [:], ["day": "2024-06-30", "region": "000181001"], as: leader)
        #expect(page.text.contains("10.00 元/次") && page.text.contains("测试文件第一号") && page.text.contains("局长己") && page.text.contains("没有数值"))
        #expect(page.text.contains("/rulings/do/publish-ruling?ruling=\(draftID)"))
        #expect(try await office.page("rulings", "policy", as: policyOfficer).text.contains("等待发布"))
        let before = try await office.page("rulings", "policy", [:], ["day": "2023-12-31", "policy": "errand-fee"], as: leader)
        #expect(before.text.contains("2023年12月31日有 2 项没有已发布的数值") && before.text.contains("沿革"))
        #expect(try await office.page("rulings", "policy", [:], ["day": "2024-02-30"], as: leader).text.contains("aria-invalid"))
        #expect(try await office.page("desk", "workbench", as: leader).text.contains("1 项规则今天没有数值"))
    }
}
