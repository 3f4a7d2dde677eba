import Commons
import Kernel
import Storage
import Values

/// 绑定指标。A target is held against an indicator, live or manual, from now on.
struct BindTarget: Action {
    let target: ID<PlanTarget>
    let indicator: String
    let counting: Counting

    static let title = "绑定指标"
    static let guidance = "绑定后按指标的实际数值判断进度；没有对应指标的，先在指标目录里添加手工指标，或按节点推进。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<BindTarget>.record(.target, \.target)
    static let shape = Shape<BindTarget> {
        Field(.target, \.target)
        Field(.boundIndicator, \.indicator)
        Field(.counting, \.counting)
    }

    init(from reading: Reading<BindTarget>) throws(Refusal) {
        target = try reading(.target)
        indicator = try reading(.boundIndicator)
        counting = try reading(.counting)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<PlanTarget>.init(rawValue:)) else { return RawFields() }
        let target = try reader.find(id)
        if let binding = try reader.binding(of: id), let code = binding.indicator {
            return ["target": .stored(id.stored), "indicator": .stored(code.stored), "counting": .stored(binding.counting.stored)]
        }
        guard let best = try reader.indicatorBook().suggestions(for: target.words, unit: target.unit).first else { return ["target": .stored(id.stored)] }
        return ["target": .stored(id.stored), "indicator": .stored(best.indicator.code.stored),
                "counting": .stored(Counting.suggested(for: target.words, best.indicator.nature).stored)]
    }

    func perform(at desk: Desk) throws -> Outcome {
        let target = try desk.openTarget(target), indicator = try desk.boundIndicator(indicator)
        try desk.bind(target, to: indicator, counting)
        return Outcome(target.id, "已绑定「\(indicator.name)」（\(counting.label)）", link: target.link)
    }
}

/// 解除绑定。Ended, not erased: the history of what a target was held against stays.
struct UnbindTarget: Action {
    let target: ID<PlanTarget>

    static let title = "解除绑定"
    static let guidance = "解除后不再判断进度，原来的绑定留作历史，节点和进展都在。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<UnbindTarget>.record(.target, \.target)
    static let shape = Shape<UnbindTarget> { Field(.target, \.target) }

    init(from reading: Reading<UnbindTarget>) throws(Refusal) { target = try reading(.target) }

    func perform(at desk: Desk) throws -> Outcome {
        let target = try desk.openTarget(target)
        guard try desk.endBinding(of: target.id) else { throw Refusal.outOfOrder("这个目标没有绑定") }
        return Outcome(target.id, "已解除绑定", link: target.link)
    }
}

/// 按节点推进。A target that no indicator counts is held against its milestones.
struct BindToMilestones: Action {
    let target: ID<PlanTarget>

    static let title = "改按节点推进"
    static let guidance = "没有指标可绑的目标，按节点判断进度。原来绑定的指标会解除。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<BindToMilestones>.record(.target, \.target)
    static let shape = Shape<BindToMilestones> { Field(.target, \.target) }

    init(from reading: Reading<BindToMilestones>) throws(Refusal) { target = try reading(.target) }

    func perform(at desk: Desk) throws -> Outcome {
        let target = try desk.openTarget(target)
        _ = try desk.endBinding(of: target.id)
        try desk.insert(TargetBinding(id: desk.makeID(), target: target.id, kind: .milestones, indicator: nil, counting: .total, boundByName: desk.actor.name,
                                      boundAt: desk.now, endedAt: nil))
        return Outcome(target.id, "已改按节点推进。下一步：添加节点", link: target.link)
    }
}

/// 采用绑定建议。All good suggestions of a plan, looked at as a table and confirmed in one go.
struct BindSuggested: Action {
    let plan: ID<WorkPlan>
    let bindings: [SuggestedBinding]

    static let title = "采用绑定建议"
    static let guidance = "逐行核对：不对的行移除，或改成别的指标代码。提交后一次绑定。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<BindSuggested>.record(.plan, \.plan)
    static let shape = Shape<BindSuggested> {
        Field(.plan, \.plan)
        Each(.suggestedBindings, \.bindings)
    }

    init(from reading: Reading<BindSuggested>) throws(Refusal) {
        plan = try reading(.plan)
        bindings = try reading(.suggestedBindings)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<WorkPlan>.init(rawValue:)) else { return RawFields() }
        let rows = try reader.suggestions(for: try reader.planTree(id)).filter(\.isSure).enumerated().map { index, suggestion in
            RawRow(key: "b\(index + 1)", fields: [
                "target": .stored(suggestion.target.target.id.stored), "words": .stored((suggestion.target.target.words + " " + suggestion.target.target.shown).stored),
                "indicator": .stored(suggestion.indicator.code.stored), "counting": .stored(suggestion.counting.stored),
            ])
        }
        return ["plan": .stored(id.stored), "bindings": .rows(rows)]
    }

    func perform(at desk: Desk) throws -> Outcome {
        let plan = try desk.openPlan(plan)
        guard !bindings.isEmpty else { throw Refusal.invalid("没有要绑定的目标，请至少留一行") }
        for row in bindings {
            do {
                let target = try desk.openTarget(row.target)
                guard target.plan == plan.id else { throw Refusal.invalid("这个目标不属于《\(plan.title)》").at(["target"]) }
                try desk.bind(target, to: try desk.boundIndicator(row.indicator), row.counting)
            } catch let refusal as Refusal { throw refusal.at(["bindings", row.key]) }
        }
        return Outcome(plan.id, "已绑定 \(bindings.count) 个目标", link: plan.link)
    }
}

/// 一条绑定建议。
struct SuggestedBinding: Entry {
    let key: String
    let target: ID<PlanTarget>
    /// As people read it; not stored.
    let words: String?
    let indicator: String
    let counting: Counting

    static let shape = Shape<SuggestedBinding> {
        Field(.target, \.target)
        Field(.suggestedWords, \.words)
        Field(.boundIndicator, \.indicator)
        Field(.counting, \.counting)
    }

    init(from reading: Reading<SuggestedBinding>) throws(Refusal) {
        key = reading.key
        target = try reading(.target)
        words = try reading(.suggestedWords)
        indicator = try reading(.boundIndicator)
        counting = try reading(.counting)
    }
}

extension Reader {
    func boundIndicator(_ code: String) throws(Refusal) -> Indicator {
        do {
            return try indicatorBook().indicator(code)
        } catch let refusal as Refusal {
            throw refusal.at(["indicator"])
        } catch { throw .busy("指标目录暂时读不出来，请稍后再试") }
    }
}

extension Desk {
    /// - Throws: at `indicator` or `counting` for what can't be held against each other.
    func bind(_ target: PlanTarget, to indicator: Indicator, _ counting: Counting) throws {
        guard target.value != nil else { throw Refusal.invalid("这个目标没有数值，请先更正目标，或按节点推进").at(["target"]) }
        guard UnitKin.areKin(target.unit, indicator.unit.name) else {
            throw Refusal.invalid("目标以「\(target.unit)」计，「\(indicator.name)」以「\(indicator.unit.name)」计，不能相比。请换指标，或更正目标的单位").at(["indicator"])
        }
        try counting.check(indicator)
        _ = try endBinding(of: target.id)
        try insert(TargetBinding(id: makeID(), target: target.id, kind: .indicator, indicator: indicator.code, counting: counting, boundByName: actor.name,
                                 boundAt: now, endedAt: nil))
    }

    /// - Returns: whether there was one.
    func endBinding(of target: ID<PlanTarget>) throws -> Bool {
        guard var binding = try binding(of: target) else { return false }
        binding.endedAt = now
        try update(binding)
        return true
    }
}

extension Term where Value == String {
    static var boundIndicator: Term<String> { Term("indicator", "指标代码", hint: "从指标目录中选，如 assistance.households") }
    static var suggestedWords: Term<String> { Term("words", "目标") }
}

extension Term where Value == [SuggestedBinding] {
    static var suggestedBindings: Term<[SuggestedBinding]> { Term("bindings", "绑定") }
}
