import Commons
import Kernel
import Values

/// 开始渐退。A member's work has lifted the household above the standard; the old allowance is paid on for a while.
///
/// 《最低生活保障审核确认办法》第三十三条；民发〔2022〕83号：渐退期原则上不超过六个月。Not for property or windfalls.
struct BeginGradualExit: Action {
    let allowance: ID<Allowance>
    let decision: ID<Decision>
    let told: LongText

    static let title = "开始渐退"
    static let guidance = "只适用于家庭成员就业后人均收入超过标准。期满自动停止发放，再办理停发。"
    static let roles: Set<Role> = [.countyApprover, .townshipReviewer]
    static let subject = Subject<BeginGradualExit>.opened(.allowance, \.allowance)
    static let shape = Shape<BeginGradualExit> {
        Field(.allowance, \.allowance)
        Field(.newDecision, \.decision)
        Field(.toldReasons, \.told)
    }

    init(from reading: Reading<BeginGradualExit>) throws(Refusal) {
        allowance = try reading(.allowance)
        decision = try reading(.newDecision)
        told = try reading(.toldReasons)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var allowance = try desk.find(allowance)
        try desk.requireLevel(of: allowance)
        let change = try desk.pendingChange(of: allowance)
        try requireFirst(of: allowance, at: desk)
        let judged = try change.declaration.declaredHousehold.assessed(under: change.law, on: change.on)
        try requireWork(change.declaration, judged)
        let first = desk.today.monthOf.next, now = try desk.due(allowance.id, in: desk.today.monthOf)
        let old = now > .zero ? now : try desk.due(allowance.id, in: first)
        let schedule = gradualExit(change.law.gradualExit.value, of: old, from: first, rounding: change.law.rounding.value.rounding)
        guard let last = schedule.last else { throw Refusal.gap("当地没有渐退期的规定，请由政策管理员补录并发布后再办理") }
        try desk.issue(decided(allowance, change, judged, schedule, previous: old, at: desk))
        try desk.pay(allowance.id, schedule.merged, until: last.month.next, by: decision)
        let file = try desk.caseFile(allowance.id)
        try desk.stop(AllowanceClock.gradualExit.name, on: file)
        try desk.start(AllowanceClock.gradualExit, on: file, from: first.previous.last, span: .months(schedule.count))
        allowance.settle(on: change.declaration)
        try desk.update(allowance)
        return Outcome(allowance.id, "已进入渐退期，\(first.shown)至\(last.month.shown)，共 \(schedule.count) 个月。期满停止发放", link: allowance.link)
    }

    /// 渐退期原则上不超过六个月：one exit isn't followed by another.
    private func requireFirst(of allowance: Allowance, at desk: Desk) throws {
        guard let last = try desk.periods(of: allowance.id).last, let decision = last.decision, try desk.find(decision).kind == .gradualExit else { return }
        let end = last.until.map { "到\($0.previous.shown)为止" } ?? ""
        throw Refusal(.outOfOrder, "本户已在渐退期（\(end)），不能再次渐退。仍不符合条件的，期满办理停发；又符合条件的，办理重新核定", basis: .expansion2022)
    }

    private func requireWork(_ declaration: Declaration, _ judged: Assessment) throws {
        guard !judged.decision.isApproval else { throw Refusal.outOfOrder("按登记的变化仍\(judged.decision.label)，请办理「重新核定」") }
        let isIncome = judged.reasons.allSatisfy { $0.code == .incomeNotLow || $0.code == .equalsStandard }
        let isWorking = declaration.members.contains { $0.condition.isEmployed == true }
        guard isIncome, isWorking else {
            throw Refusal.ineligible("渐退只适用于家庭成员就业后收入超过标准。本户：\(judged.grounds)。请办理停发", basis: .confirmation2021("第三十三条"))
        }
    }

    private func decided(_ allowance: Allowance, _ change: PendingChange, _ judged: Assessment, _ schedule: [MonthlyAmount], previous: Money, at desk: Desk) -> Decision {
        let ruled = change.law.gradualExit
        let decision = Decision(decision, .gradualExit, of: allowance.id.text, household: allowance.household, region: allowance.region,
                                declaration: change.declaration.id, lawOn: change.on, at: desk, judged, monthly: schedule.first?.amount ?? .zero,
                                previous: previous, from: schedule.first?.month, note: told)
        let lines = schedule.enumerated().map { index, month in
            LineEntry(decision.lines.count + index + 1, SheetLine(.note, month.month.shown, "原保障金的 \(ruled.value.shares[index].shown)", ExactMoney(month.amount),
                                                                  basis: ruled.source, ruling: ruled.consulted("渐退期", ruled.value.shares[index].shown)))
        }
        return decision.adding(lines)
    }
}

extension [MonthlyAmount] {
    /// Months of one amount as one period.
    var merged: [(from: Month, monthly: Money)] {
        reduce(into: []) { merged, month in
            if merged.last?.monthly != month.amount { merged.append((month.month, month.amount)) }
        }
    }
}
