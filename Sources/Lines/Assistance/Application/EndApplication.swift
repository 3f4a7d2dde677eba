import Commons
import Kernel
import Values

/// 终止审核确认。The household does not cooperate (第二十九条).
struct TerminateApplication: Action {
    let application: ID<Application>
    let decision: ID<Decision>
    let note: LongText

    static let title = "终止审核确认"
    static let guidance = "申请人或者家庭成员无正当理由拒不配合调查核实的，终止审核确认，写明经过。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer, .countyApprover]
    static let subject = Subject<TerminateApplication>.opened(.application, \.application)
    static let shape = Shape<TerminateApplication> {
        Field(.application, \.application)
        Field(.newDecision, \.decision)
        Field(.longNote, \.note)
    }

    init(from reading: Reading<TerminateApplication>) throws(Refusal) {
        application = try reading(.application)
        decision = try reading(.newDecision)
        note = try reading(.longNote)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let application = try desk.find(application)
        let reason = ReasonEntry(1, code: "NOT_COOPERATING", "不配合调查核实：\(note.text)", remedy: "需配合核对和调查", basis: .confirmation2021("第二十九条"))
        try desk.issue(Decision(decision, .terminated, of: application.id.text, household: application.household, region: application.region,
                                declaration: application.declaration, lawOn: try application.requireAcceptedOn(), at: desk, nil, reasons: [reason], note: note))
        return Outcome(application.id, "已终止审核确认", link: application.link)
    }
}

/// 撤回申请。
struct WithdrawApplication: Action {
    let application: ID<Application>
    let reason: String

    static let title = "撤回申请"
    static let guidance = "申请人自愿撤回的，写明原因。撤回后可以重新申请。"
    static let roles: Set<Role> = [.community, .townshipClerk]
    static let subject = Subject<WithdrawApplication>.opened(.application, \.application)
    static let shape = Shape<WithdrawApplication> {
        Field(.application, \.application)
        Field(.closingNote, \.reason)
    }

    init(from reading: Reading<WithdrawApplication>) throws(Refusal) {
        application = try reading(.application)
        reason = try reading(.closingNote)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var application = try desk.find(application)
        application.closingNote = reason
        try desk.update(application)
        return Outcome(application.id, "申请已撤回", link: application.link)
    }
}
