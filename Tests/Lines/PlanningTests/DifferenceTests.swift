import Kernel
import Testing
import Values
@testable import Planning

@Suite("新旧文稿的差别")
struct DifferenceTests {
    private static let old = """
        2025年工作要点
        一、养老服务
        1.发展助餐。全年新增老年助餐点14个以上。
        2.建设床位。建设家庭养老床位300张。
        3.办好培训。开展护理员培训100人次。
        """

    /// A plan as the first import makes it.
    private static func plan() -> (measures: [PlanMeasure], targets: [PlanTarget]) {
        var measures: [PlanMeasure] = [], targets: [PlanTarget] = []
        for passage in DocumentPassages(old).passages {
            let measure = PlanMeasure(id: id(), plan: ID(at: Instant(secondsSince1970: 0), random: Array(repeating: 1, count: 10)), region: .country, position: passage.position,
                                      heading: passage.heading, text: passage.text, area: passage.area, leadingUnit: nil, responsibleUnit: nil, person: nil, deadline: nil,
                                      line: passage.line, isTyped: false, isCorrected: false, removedAt: nil, removedWhy: nil, version: 1)
            measures.append(measure)
            targets += passage.aims.enumerated().map { place, aim in
                PlanTarget(id: id(), measure: measure.id, plan: measure.plan, region: .country, position: place, aim: TargetAim(aim), isTyped: false, isCorrected: false, removedAt: nil, removedWhy: nil, version: 1)
            }
        }
        return (measures, targets)
    }

    private static func id<R>() -> ID<R> { ID(at: Instant(secondsSince1970: 0), random: (0 ..< 10).map { _ in UInt8.random(in: 0 ... 255) }) }

    private func difference(to text: String, changing change: (inout [PlanMeasure], inout [PlanTarget]) -> Void = { _, _ in }) -> PlanDifference {
        var (measures, targets) = Self.plan()
        change(&measures, &targets)
        return PlanDifference(measures, targets, to: DocumentPassages(text).passages)
    }

    @Test("同一文稿：全部未变")
    func sameTextChangesNothing() {
        let difference = difference(to: Self.old)
        #expect(difference.kept.count == 3)
        #expect(difference.changed.isEmpty && difference.added.isEmpty && difference.removed.isEmpty)
    }

    @Test("数变了：同一目标改数，不是删一个加一个")
    func aNumberChanges() throws {
        let difference = difference(to: Self.old.replacing("14个", with: "16个"))
        #expect(difference.kept.count == 2)
        let pair = try #require(difference.changed.first)
        guard case .changed(let target, let aim) = try #require(pair.targets.first) else { Issue.record("应为改动"); return }
        #expect(target.shown == "不低于14个" && aim.shown == "不低于16个")
    }

    @Test("人工更正过的数不被新文稿改掉，差别里说明")
    func aCorrectionStays() throws {
        let difference = difference(to: Self.old.replacing("14个", with: "16个")) { _, targets in
            targets[0].aim.value = try? TargetNumber(typed: "15")
            targets[0].isCorrected = true
        }
        let change = try #require(difference.changed.first?.targets.first)
        guard case .correctionKept(let target, let aim) = change else { Issue.record("应保留更正"); return }
        #expect(target.shown == "不低于15个" && aim?.shown == "不低于16个")
        #expect(change.shown.contains("您的更正，保留；新文稿写的是 不低于16个"))
    }

    @Test("删去一项、新增一项、次序变了")
    func tasksComeAndGo() {
        let text = """
            2025年工作要点
            一、养老服务
            1.建设床位。建设家庭养老床位300张。
            2.发展助餐。全年新增老年助餐点14个以上。
            3.用好热线。开通服务热线2条。
            """
        let difference = difference(to: text)
        #expect(difference.kept.map(\.passage.text) == ["建设家庭养老床位300张", "全年新增老年助餐点14个以上"])
        #expect(difference.removed.map(\.text) == ["开展护理员培训100人次"])
        #expect(difference.added.map(\.text) == ["开通服务热线2条"])
    }

    @Test("人工添加的任务和目标照旧；人工删去的不因新文稿回来，被旧文稿删去的回来")
    func whatPeopleDidStays() {
        let at = Instant(secondsSince1970: 1)
        let difference = difference(to: Self.old) { measures, targets in
            measures[0].removedAt = at
            measures[0].removedWhy = "不归本局"
            targets[1].removedAt = at
            targets[1].removedWhy = "不是目标"
            targets[2].removedAt = at
            targets[2].removedWhy = PlanDifference.goneFromDocument
        }
        #expect(difference.pairs.count == 3)
        #expect(difference.pairs[0].measure.removedWhy == "不归本局")
        #expect(difference.pairs[1].targets.isEmpty)
        guard case .changed(let target, _)? = difference.pairs[2].targets.first else { Issue.record("应恢复"); return }
        #expect(target.removedWhy == PlanDifference.goneFromDocument)
    }
}
