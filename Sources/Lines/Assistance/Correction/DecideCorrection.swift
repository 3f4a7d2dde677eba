import Commons
import Kernel
import Storage
import Values

/// 作出更正决定。The facts as put right go through the same rules, under the law of the original day; the months since are reckoned anew.
///
/// Decided by another than who decided first, and another than who proposed it. What was overpaid or is owed is told as a sum;
/// it is settled with the payments.
struct DecideCorrection: Action {
    let correction: ID<Correction>
    let decision: ID<Decision>
    let note: LongText?

    static let title = "作出更正决定"
    static let guidance = "按改正后的事实和原决定日的规定重新计算。原决定保留并注明已更正，另出更正文书。"
    static let roles: Set<Role> = [.countyApprover]
    static let subject = Subject<DecideCorrection>.opened(.correction, \.correction)
    static let shape = Shape<DecideCorrection> {
        Field(.correction, \.correction)
        Field(.newDecision, \.decision)
        Field(.longNote, \.note)
    }

    init(from reading: Reading<DecideCorrection>) throws(Refusal) {
        correction = try reading(.correction)
        decision = try reading(.newDecision)
        note = try reading(.longNote)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var correction = try desk.find(correction)
        let original = try desk.find(correction.decision)
        try desk.requireAnother(than: original)
        let told = try desk.putRight(try desk.rejudged(original, by: correction), as: decision, note: note)
        correction.result = decision
        try desk.update(correction)
        let number = try desk.caseFile(correction.id).number
        if let dispute = correction.dispute { try desk.execute(dispute, by: "已按 \(number) 作出更正决定") }
        return Outcome(subject: told.caseID, "\(number) 已更正。\(told.message)下一步：送达更正文书", link: "/assistance/decisions/\(decision.text)")
    }
}

/// 不予更正。
struct DeclineCorrection: Action {
    let correction: ID<Correction>
    let declined: LongText

    static let title = "不予更正"
    static let guidance = "原认定没有错误的，写明理由退回。"
    static let roles: Set<Role> = [.countyApprover]
    static let subject = Subject<DeclineCorrection>.opened(.correction, \.correction)
    static let shape = Shape<DeclineCorrection> {
        Field(.correction, \.correction)
        Field(.declinedNote, \.declined)
    }

    init(from reading: Reading<DeclineCorrection>) throws(Refusal) {
        correction = try reading(.correction)
        declined = try reading(.declinedNote)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var correction = try desk.find(correction)
        try desk.requireAnother(than: try desk.find(correction.decision))
        correction.declined = declined
        try desk.update(correction)
        return Outcome(correction.id, "不予更正，原决定继续有效", link: correction.link)
    }
}

/// A decision looked at again.
struct Rejudgement {
    let correction: Correction
    let original: Decision
    let declaration: Declaration
    let judged: Assessment
}

extension Reader {
    /// The facts as put right, by the rules of the day that the original looked at.
    func rejudged(_ original: Decision, by correction: Correction) throws -> Rejudgement {
        let declaration = try find(correction.declaration)
        let law = try lawOn(original.lawOn, original.region, Residence(declaration.area), self)
        let judged = try declaration.declaredHousehold.assessed(under: law, on: original.lawOn)
        guard judged.decision != .cannotDecide else { throw Refusal.outOfOrder("改正后的家庭情况还不够作出判断：\(judged.grounds)。请退回重新提出") }
        return Rejudgement(correction: correction, original: original, declaration: declaration, judged: judged)
    }

    /// 另一人：whoever decided anything on this case doesn't put it right.
    fileprivate func requireAnother(than original: Decision) throws {
        let own = try connection.value("""
            SELECT count(*) FROM journal WHERE subject = \(original.caseID) AND actor = \(actor.user) AND action IN (\(Self.deciding.map { "\($0)" as Statement }.joined(", ")))
            """) ?? 0
        guard own == 0, original.decidedBy != actor.name else { throw Refusal.forbidden("原决定由您本人作出，须由另一名审批人员更正") }
    }

    private static let deciding = [ConfirmAllowance.name, RefuseAllowance.name, TerminateApplication.name, RecomputeAllowance.name, StopAllowance.name,
                                   DecideCorrection.name].map { "assistance.\($0)" }
}
