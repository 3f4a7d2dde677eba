import Testing
@testable import Reading

@Suite("计划变动")
struct PlanChangeTests {
    private let old = ["新建养老服务中心2个", "开展社工培训不少于6期", "完成适老化改造300户", "编制地名规划"]

    @Test("一字不改，全都留着")
    func same() {
        let change = PlanChange(from: old, to: old)
        #expect(change.kept.map(\.old) == [0, 1, 2, 3] && change.changed.isEmpty && change.added.isEmpty && change.removed.isEmpty)
    }

    @Test("改了数、换了次序、添了字，还是那一项")
    func changed() {
        let change = PlanChange(from: old, to: ["完成适老化改造400户", "新建区域性养老服务中心2个", "招聘社区工作者60名", "开展社工培训不少于6期"])
        #expect(change.kept.map(\.old) == [1])
        #expect(change.changed.map { [$0.old, $0.new] } == [[2, 0], [0, 1]])
        #expect(change.added == [2] && change.removed == [3])
    }

    @Test("同样的话写了两遍，各认各的")
    func twice() {
        let change = PlanChange(from: ["开展培训", "开展培训"], to: ["开展培训", "开展培训", "开展培训"])
        #expect(change.kept.map { [$0.old, $0.new] } == [[0, 0], [1, 1]] && change.added == [2])
    }

    @Test("空的也行")
    func empty() {
        #expect(PlanChange(from: [], to: old).added == [0, 1, 2, 3])
        #expect(PlanChange(from: old, to: []).removed == [0, 1, 2, 3])
        #expect(PlanChange(from: ["，。"], to: ["、"]).kept.count == 1)
    }
}
