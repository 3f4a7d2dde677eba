import Commons
import Kernel
import Values

/// 备料。Gathers what a summary is composed of: in the plan's own order, or, without a plan, in the order of the catalogue.
extension Reader {
    func material(for kind: SummaryKind, over period: IndicatorPeriod, in region: RegionCode, unit: String, following tree: PlanTree?) throws -> SummaryMaterial {
        let facts = try SummaryFacts(period, in: region, self)
        if kind == .nextPlan { return try NextPlan(facts: facts, tree: tree, year: period.from.year + 1).material() }
        var builder = MaterialBuilder(facts: facts)
        if let tree {
            builder.tell(try progress(of: tree, on: min(today, period.through.last)), at: now)
            try builder.follow(tree)
        }
        try builder.addRest(under: tree == nil ? nil : "其他业务数据")
        let about = tree.map { "对照《\($0.plan.title)》" } ?? "按照年度工作安排"
        builder.material.opening = ["\(period.shown)，\(unit)\(about)开展各项民政工作，现将情况总结如下。"]
        return builder.material
    }
}

struct MaterialBuilder {
    let facts: SummaryFacts
    var material = SummaryMaterial(sections: [])
    private var told: Set<String> = []
    private var unknown: [String] = []

    init(facts: SummaryFacts) { self.facts = facts }

    // MARK: In the plan's order

    mutating func follow(_ tree: PlanTree) throws {
        let roots = tree.children(of: nil)
        // A document's own title is no section of what is told.
        if let only = roots.first, roots.count == 1, !tree.children(of: only.position).isEmpty {
            try add(tree.measures(under: only.position), tree)
            for child in tree.children(of: only.position) { try add(child, at: 1, tree) }
        } else {
            try add(tree.measures(under: nil), tree)
            for root in roots { try add(root, at: 1, tree) }
        }
        let silent = tree.measures.filter { measure in measure.evidence.isEmpty && !measure.targets.contains { $0.binding != nil } }
        if !silent.isEmpty { material.closing.append("计划中尚无进展记录、也未绑定指标的任务，未写入本稿，请补充后再报：" + silent.map { Self.short($0.measure.text) }.joined(separator: "；") + "。") }
    }

    private mutating func add(_ heading: DocumentPassages.Heading, at level: Int, _ tree: PlanTree) throws {
        material.sections.append(.init(level: level, title: heading.title, passages: []))
        try add(tree.measures(under: heading.position), tree)
        for child in tree.children(of: heading.position) { try add(child, at: min(level + 1, 4), tree) }
    }

    private mutating func add(_ measures: [PlannedMeasure], _ tree: PlanTree) throws {
        var clauses: [SummaryFact] = [], words: [String] = []
        for measure in measures {
            for target in measure.targets { try add(target, to: &clauses, &words) }
            words += measure.evidence.prefix(1).map { Self.sentence($0.words.text) }
        }
        let passages = (clauses.isEmpty ? [] : [SummaryMaterial.Passage.facts(clauses)]) + words.map { .told($0) }
        guard !passages.isEmpty else { return }
        if material.sections.isEmpty { material.sections.append(.init(level: 0, title: "", passages: [])) }
        material.sections[material.sections.count - 1].passages += passages
    }

    private mutating func add(_ target: PlannedTarget, to clauses: inout [SummaryFact], _ words: inout [String]) throws {
        guard let binding = target.binding else { return }
        if let indicator = binding.indicator.flatMap(facts.book.find) {
            guard told.insert("\(indicator.code)/\(binding.counting.rawValue)").inserted else { return }
            let fact = try facts.fact(indicator, counting: binding.counting, target: target.completion(indicator))
            if fact.value == nil { unknown.append(fact.name) } else { clauses.append(fact) }
        } else if !target.milestones.isEmpty {
            let open = target.milestones.filter { $0.doneOn == nil }.map(\.title), name = Self.short(target.target.value == nil ? target.target.words : target.target.shown)
            words.append(open.isEmpty ? "「\(name)」的节点已全部完成。" : "「\(name)」尚未完成的节点：\(open.joined(separator: "、"))。")
        }
    }

    // MARK: What no plan speaks of

    /// The catalogue's other indicators, by business area; those of which nothing is known are named at the end.
    mutating func addRest(under title: String?) throws {
        if let title { material.sections.append(.init(level: 1, title: title, passages: [])) }
        for area in facts.book.areas {
            let rest = try facts.book.all.filter { $0.area == area && !isTold($0) }.map { try facts.fact($0) }
            let known = rest.filter { $0.value != nil }
            unknown += rest.filter { $0.value == nil }.map(\.name)
            guard !known.isEmpty else { continue }
            material.sections.append(.init(level: title == nil ? 1 : 2, title: area, passages: [.facts(known)]))
        }
        guard !unknown.isEmpty else { return }
        material.closing.append("以下指标本期没有数据，本稿不写数字：\(unknown.joined(separator: "、"))。")
    }

    private func isTold(_ indicator: Indicator) -> Bool { Counting.allCases.contains { told.contains("\(indicator.code)/\($0.rawValue)") } }

    private static func short(_ text: String) -> String { text.count > 28 ? String(text.prefix(27)) + "…" : text }
    static func sentence(_ text: String) -> String { text.hasSuffix("。") ? text : text + "。" }
}

/// 下一年计划草稿。Last year's targets that were not reached, in the words of their plan, and the standards that go on holding.
struct NextPlan {
    let facts: SummaryFacts
    let tree: PlanTree?
    let year: Int

    func material() throws -> SummaryMaterial {
        guard let tree else { throw Refusal.invalid("下一年计划草稿要从一份计划起草，请从计划页面点“起草总结”") }
        var material = SummaryMaterial(sections: [])
        material.opening = ["根据\(tree.plan.year)年工作计划的完成情况，\(year)年继续完成以下任务。"]
        let roots = tree.children(of: nil), tops = roots.count == 1 ? tree.children(of: roots.first?.position) : []
        for heading in tops.isEmpty ? roots : tops { try add(heading, at: 1, tree, to: &material) }
        let standards = try facts.book.all.filter { $0.nature == .standard }.map { try facts.fact($0) }.filter { $0.value != nil }
        if !standards.isEmpty { material.sections.append(.init(level: 1, title: "继续执行的保障标准", passages: standards.map { .told(Self.sentence($0)) })) }
        return material
    }

    private func add(_ heading: DocumentPassages.Heading, at level: Int, _ tree: PlanTree, to material: inout SummaryMaterial) throws {
        let open = try tree.measures(under: heading.position).filter(isOpen).map(\.measure.text).map { SummaryMaterial.Passage.told($0.hasSuffix("。") ? $0 : $0 + "。") }
        material.sections.append(.init(level: level, title: heading.title, passages: open))
        for child in tree.children(of: heading.position) { try add(child, at: min(level + 1, 4), tree, to: &material) }
    }

    /// Not reached, or nobody can say that it was.
    private func isOpen(_ measure: PlannedMeasure) throws -> Bool {
        guard !measure.targets.isEmpty else { return measure.evidence.isEmpty }
        return try measure.targets.contains { target in
            guard let binding = target.binding else { return true }
            guard let indicator = binding.indicator.flatMap(facts.book.find) else { return target.milestones.isEmpty || target.milestones.contains { $0.doneOn == nil } }
            guard let goal = target.completion(indicator), let value = try facts.amount(of: indicator, binding.counting, over: facts.period) else { return true }
            return !goal.isMet(by: value)
        }
    }

    /// 不低于 as plans write it, so that it is read back as a target.
    private static func sentence(_ fact: SummaryFact) -> String { "\(fact.name)不低于\(WrittenAmount.text(fact.value ?? 0, fact.unit))。" }
}
