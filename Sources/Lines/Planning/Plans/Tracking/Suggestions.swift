import Commons
import Kernel
import Values

/// 绑定建议。The indicator that a target's words speak of, and how it would be counted.
struct Suggestion: Sendable {
    let target: PlannedTarget
    let measure: PlanMeasure
    let indicator: Indicator
    let counting: Counting
    /// 1 to 1000.
    let likeness: Int

    /// From here on it is offered for being confirmed together with others.
    static let sure = 600
    var isSure: Bool { likeness >= Suggestion.sure }
}

extension Reader {
    /// For every target with a number that is bound to nothing, the likeliest indicator of a kindred unit.
    func suggestions(for tree: PlanTree) throws -> [Suggestion] {
        let book = try indicatorBook()
        return tree.measures.flatMap { measure in
            measure.targets.filter { $0.binding == nil && $0.target.value != nil }.compactMap { planned in
                let likely = book.suggestions(for: planned.target.words, unit: planned.target.unit)
                guard let best = likely.first(where: { UnitKin.areKin(planned.target.unit, $0.indicator.unit.name) }) else { return nil }
                return Suggestion(target: planned, measure: measure.measure, indicator: best.indicator,
                                  counting: .suggested(for: planned.target.words, best.indicator.nature), likeness: best.likeness)
            }
        }
    }
}

extension Counting {
    /// 新增、新建、净增 of something that is kept count of: how much more there is than at the end of last year.
    static func suggested(for words: String, _ nature: Indicator.Nature) -> Counting {
        guard nature != .flow else { return .total }
        let isMore = nature == .stock && ["新增", "新建", "新设", "净增", "增加", "新培育", "新成立"].contains { words.contains($0) }
        return isMore ? .increase : .level
    }

    /// - Throws: at `counting` for a way of counting that this kind of figure doesn't have.
    func check(_ indicator: Indicator) throws(Refusal) {
        switch (self, indicator.nature) {
        case (.total, .flow), (.level, .stock), (.level, .standard), (.level, .rate), (.increase, .stock): return
        case (_, .flow): throw Refusal.invalid("「\(indicator.name)」是\(indicator.nature.label)，应按“本年累计”计数").at(["counting"])
        default: throw Refusal.invalid("「\(indicator.name)」是\(indicator.nature.label)，应按“期末现有”\(indicator.nature == .stock ? "或“比上年末增加”" : "")计数").at(["counting"])
        }
    }
}

/// 单位相通。Units in which the same things are counted: a target in one may be held against an indicator in the other.
enum UnitKin {
    private static let families: [Set<String>] = [
        ["人", "名", "位"], ["户"], ["家", "个", "所", "处", "座", "间", "点", "项", "条", "张", "支"], ["件", "例", "起", "宗", "件次"], ["次", "场", "期", "场次", "批", "批次"], ["人次"], ["户次"],
        ["%", "％", "百分点"], ["对"],
    ]

    static func areKin(_ a: String, _ b: String) -> Bool {
        a == b || families.contains { $0.contains(a) && $0.contains(b) }
    }
}
