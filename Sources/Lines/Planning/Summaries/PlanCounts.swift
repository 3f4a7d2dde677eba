import Commons
import Kernel
import Values

/// 计划目标的个数。A number of a summary that comes from its plan and not from an indicator: tasks, targets, and how many of these stand in each light.
struct PlanCount: Hashable, Sendable {
    enum What: Hashable, Sendable {
        case tasks, targets
        case light(Light)

        var code: String {
            switch self {
            case .tasks: "tasks"
            case .targets: "targets"
            case .light(let light): light.rawValue
            }
        }

        var name: String {
            switch self {
            case .tasks: "计划任务"
            case .targets: "计划目标"
            case .light(let light): "计划目标（\(light.label)）"
            }
        }
    }

    let plan: ID<WorkPlan>
    let what: What

    init(_ plan: ID<WorkPlan>, _ what: What) { (self.plan, self.what) = (plan, what) }

    private static let prefix = "plan-targets."

    /// In the place of an indicator's code.
    var code: String { "\(Self.prefix)\(plan.text).\(what.code)" }

    init?(code: String) {
        guard code.hasPrefix(Self.prefix) else { return nil }
        let parts = code.dropFirst(Self.prefix.count).split(separator: ".").map(String.init)
        guard parts.count == 2, let plan = ID<WorkPlan>(rawValue: parts[0]) else { return nil }
        switch parts[1] {
        case "tasks": self.init(plan, .tasks)
        case "targets": self.init(plan, .targets)
        default:
            guard let light = Light(rawValue: parts[1]) else { return nil }
            self.init(plan, .light(light))
        }
    }

    func count(in progress: PlanProgress) -> Int64 {
        switch what {
        case .tasks: Int64(progress.tree.measures.count)
        case .targets: Int64(progress.tree.targets.count)
        case .light(let light): Int64(progress.count(light))
        }
    }

    /// What is counted, as it stood on the day; tasks have no light.
    func targets(in progress: PlanProgress) -> [PlannedTarget] {
        switch what {
        case .tasks: []
        case .targets: progress.tree.targets
        case .light(let light): progress.tree.targets.filter { progress.status(of: $0).light == light }
        }
    }

    func fact(in progress: PlanProgress, at moment: Instant) -> SummaryFact {
        let plan = progress.tree.plan
        var fact = SummaryFact(code: code, name: what.name, unit: IndicatorUnit(what == .tasks ? "项" : "个"), nature: .stock, value: count(in: progress))
        fact.definition = what == .tasks || what == .targets ? "《\(plan.title)》里现有的\(what.name)" : "《\(plan.title)》里到\(progress.today.shown)为“\(light?.label ?? "")”的目标，按计划督办的规则判断"
        (fact.basis, fact.counting, fact.moment) = ("计划跟踪", .level, moment)
        return fact
    }

    private var light: Light? { if case .light(let light) = what { light } else { nil } }
}

extension MaterialBuilder {
    private static let lights: [(light: Light, words: String)] = [
        (.done, "已完成"), (.onTrack, "正常推进"), (.slow, "偏慢"), (.late, "滞后"), (.overdue, "逾期"), (.waiting, "尚未开始"), (.unknown, "暂无数据"), (.unbound, "还没有绑定指标或节点"),
    ]

    /// 计划目标完成情况：how many targets stand where, then each that is behind, who answers for it, why, and what comes next, as people explained it.
    mutating func tell(_ progress: PlanProgress, at moment: Instant) {
        let tree = progress.tree, day = progress.today
        guard !tree.targets.isEmpty else { return }
        func piece(_ words: String, _ what: PlanCount.What) -> SummaryMaterial.Piece { .init(words: words, fact: PlanCount(tree.plan.id, what).fact(in: progress, at: moment)) }
        var pieces = [piece("《\(tree.plan.title)》列明工作任务", .tasks), piece("，目标", .targets)]
        for (light, words) in Self.lights where progress.count(light) > 0 {
            pieces.append(piece(pieces.count == 2 ? "；截至\(day.month)月\(day.day)日，\(words)" : "，\(words)", .light(light)))
        }
        let behind = tree.measures.flatMap { measure in measure.targets.map { (measure.measure, $0, progress.status(of: $0).light) } }.filter(\.2.isBehind)
        let sorted = behind.filter { $0.2 == .overdue } + behind.filter { $0.2 == .late }
        let told = sorted.prefix(Self.behindAtMost).map { SummaryMaterial.Passage.told(Self.late($0.0, $0.1, $0.2)) }
        let rest = sorted.count > told.count ? [SummaryMaterial.Passage.told("其余滞后和逾期的目标见计划督办。")] : []
        material.sections.append(.init(level: 1, title: "计划目标完成情况", passages: [.counted(pieces)] + told + rest))
    }

    private static let behindAtMost = 30

    private static func late(_ measure: PlanMeasure, _ target: PlannedTarget, _ light: Light) -> String {
        let who = [target.responsible.map { "责任单位\($0)" } ?? "未写明责任单位", measure.person.map { "责任人\($0)" }].compactMap(\.self).joined(separator: "，")
        let what = "\(light.label)：\(target.target.words)（\(who)）。"
        guard let reason = target.reasons.first else { return what + "尚未说明原因。" }
        return what + "原因：\(reason.cause.label)，\(sentence(reason.words.text))下一步：\(sentence(reason.remedy.text))预计\(reason.expectedOn.shown)完成。"
    }
}
