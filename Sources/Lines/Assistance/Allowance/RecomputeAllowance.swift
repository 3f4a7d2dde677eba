import Commons
import Kernel
import Values

/// 重新核定。Increase or decrease after a change, from the lawful month, with the difference explained and the reasons told.
///
/// 《最低生活保障审核确认办法》第三十二条：增发、减发须有法定事由并履行程序，减发须告知理由。
struct RecomputeAllowance: Action {
    let allowance: ID<Allowance>
    let decision: ID<Decision>
    let told: LongText?

    static let title = "重新核定"
    static let guidance = "按登记的变化重新计算。减发的，须写明已告知的理由。不再符合条件的，办理停发或者渐退。"
    static let roles: Set<Role> = [.countyApprover, .townshipReviewer]
    static let subject = Subject<RecomputeAllowance>.opened(.allowance, \.allowance)
    static let shape = Shape<RecomputeAllowance> {
        Field(.allowance, \.allowance)
        Field(.newDecision, \.decision)
        Field(.toldReasons, \.told)
    }

    init(from reading: Reading<RecomputeAllowance>) throws(Refusal) {
        allowance = try reading(.allowance)
        decision = try reading(.newDecision)
        told = try reading(.toldReasons)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var allowance = try desk.find(allowance)
        try desk.requireLevel(of: allowance)
        let change = try desk.pendingChange(of: allowance)
        let judged = try change.declaration.declaredHousehold.assessed(under: change.law, on: change.on)
        guard judged.decision.isApproval else {
            throw Refusal.ineligible("按登记的变化\(judged.decision.label)：\(judged.grounds)。请办理停发；因就业增加收入的，可以办理渐退", basis: judged.reasons.first?.basis)
        }
        let from = max(stopMonth(event: change.on, decided: desk.today, change.law.stop.value), try desk.firstMonth(of: allowance.id))
        let segments = try desk.amounts(change.declaration, in: allowance.region, from: from, through: max(desk.today.monthOf, from).adding(12))
        let before = try desk.periods(of: allowance.id)
        let differences = desk.differences(before, from: from) { month in segments.last { $0.from <= month }?.assessment.monthly ?? .zero }
        let old = before.last { $0.covers(from) }?.monthly ?? .zero, new = segments.first?.assessment.monthly ?? judged.monthly
        guard new >= old || told != nil else { throw Refusal.invalid("减发须告知理由，请写明告知的情况").at(["told"]) }
        try desk.issue(decided(allowance, change, segments.first?.assessment ?? judged, from: from, previous: old, differences, at: desk))
        try desk.pay(allowance.id, segments.map { ($0.from, $0.assessment.monthly) }, by: decision)
        try desk.enroll(change.declaration.people(countedBy: judged), in: allowance.id, from: from)
        allowance.settle(on: change.declaration)
        try desk.update(allowance)
        let direction = new == old ? "金额不变" : new > old ? "增发" : "减发"
        return Outcome(allowance.id, "已重新核定（\(direction)）：自\(from.shown)起每月 \(new.shown)，原为 \(old.shown)。\(differences.told)", link: allowance.link)
    }

    private func decided(_ allowance: Allowance, _ change: PendingChange, _ assessment: Assessment, from: Month, previous: Money,
                         _ differences: [MonthDifference], at desk: Desk) -> Decision {
        let decision = Decision(decision, .adjusted, of: allowance.id.text, household: allowance.household, region: allowance.region,
                                declaration: change.declaration.id, lawOn: change.on, at: desk, assessment, previous: previous, from: from, note: told)
        return decision.adding(differences.entries(after: decision.lines.count))
    }
}

/// A change that was registered and waits to be judged.
struct PendingChange {
    let declaration: Declaration
    /// 变化发生日期。
    let on: CivilDate
    let law: AllowanceLaw
}

extension Reader {
    func pendingChange(of allowance: Allowance) throws -> PendingChange {
        guard let pending = allowance.pending, let on = allowance.changedOn else {
            throw Refusal.outOfOrder("还没有登记变化后的家庭情况，请先办理「登记家庭变化」")
        }
        return PendingChange(declaration: try find(pending), on: on, law: try lawOn(on, allowance.region, Residence(allowance.area), self))
    }

    /// Nothing is due before it.
    func firstMonth(of allowance: ID<Allowance>) throws -> Month {
        try periods(of: allowance).first?.from ?? today.monthOf
    }
}

extension Allowance {
    /// The change is judged; its facts hold from now on.
    mutating func settle(on declaration: Declaration) {
        self.declaration = declaration.id
        pending = nil
        changedOn = nil
    }
}

extension Declaration {
    /// Who is on the roster: those who count, or the single applicant.
    func people(countedBy judged: Assessment) -> [ID<Person>] {
        if ground != nil { return members.filter { $0.condition.kinship == .applicant }.map(\.person) }
        let keys = Set(judged.members.filter(\.counted).map(\.member))
        return members.filter { keys.contains($0.key) }.map(\.person)
    }
}

extension Decision {
    /// The same decision with more lines to its sheet.
    func adding(_ more: [LineEntry]) -> Decision {
        var decision = self
        decision.lines += more
        return decision
    }
}

extension Term where Value == LongText {
    static var toldReasons: Term<LongText> { Term("told", "告知的理由和情况", hint: "减发、停发必填") }
}
