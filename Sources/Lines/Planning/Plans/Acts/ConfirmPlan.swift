import Commons
import Kernel
import Storage
import Values

/// 确认计划。What was read is right; from now on it is tracked.
struct ConfirmPlan: Action {
    let plan: ID<WorkPlan>

    static let title = "确认执行"
    static let guidance = "确认后开始跟踪；之后仍可更正，文稿改动可以换新文稿。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<ConfirmPlan>.record(.plan, \.plan)
    static let shape = Shape<ConfirmPlan> {
        Field(.plan, \.plan)
    }

    init(from reading: Reading<ConfirmPlan>) throws(Refusal) {
        plan = try reading(.plan)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var plan = try desk.openPlan(plan)
        guard plan.state == .draft else { throw Refusal.outOfOrder("《\(plan.title)》已经确认过了") }
        let measures = try desk.connection.value("SELECT count(*) FROM plan_measure WHERE plan_id = \(plan.id) AND removed_at IS NULL") ?? 0
        guard measures > 0 else { throw Refusal.invalid("计划里一项任务也没有，请先添加任务，或重新导入") }
        (plan.state, plan.confirmedByName, plan.confirmedAt, plan.version) = (.tracked, desk.actor.name, desk.now, plan.version + 1)
        try desk.update(plan)
        return Outcome(plan.id, "已确认，\(measures) 项任务开始跟踪。下一步：把目标绑定到指标或节点", link: plan.link)
    }
}

/// 作废计划。Brought in by mistake; it stays to be read, and is tracked no more.
struct WithdrawPlan: Action {
    let plan: ID<WorkPlan>
    let why: String

    static let title = "作废计划"
    static let guidance = "导错了的计划可以作废。作废后不再跟踪，内容和留痕都在。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<WithdrawPlan>.record(.plan, \.plan)
    static let shape = Shape<WithdrawPlan> {
        Field(.plan, \.plan)
        Field(.why, \.why)
    }

    init(from reading: Reading<WithdrawPlan>) throws(Refusal) {
        plan = try reading(.plan)
        why = try reading(.why)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var plan = try desk.openPlan(plan)
        (plan.state, plan.version) = (.withdrawn, plan.version + 1)
        try desk.update(plan)
        return Outcome(plan.id, "已作废。理由：\(why)", link: plan.link)
    }
}
