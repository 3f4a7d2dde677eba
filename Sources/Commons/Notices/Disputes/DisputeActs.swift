import Kernel
import Values

/// 登记异议、复议、诉讼。Late or not is told, not judged: that is for the body that took it in.
struct RecordDispute: Action {
    let service: ID<Service>
    let dispute: ID<Dispute>
    let kind: DisputeKind
    let filedOn: CivilDate
    let receivedOn: CivilDate
    let authority: String
    let authorityNumber: String?
    let claim: LongText

    static let title = "登记异议、复议、诉讼"
    static let guidance = "收到复议答复通知、应诉通知或者当事人直接提出的异议后登记。答复期限从收到副本之日起算。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let subject = Subject<RecordDispute>.located(Term<ID<Service>>.service.name) { act, reader in
        let service = try reader.find(act.service)
        return Located(id: service.id.text, region: service.region)
    }
    static let shape = Shape<RecordDispute> {
        Field(.service, \.service)
        Field(.newDispute, \.dispute)
        Field(.disputeKind, \.kind)
        Field(.filedOn, \.filedOn)
        Field(.receivedOn, \.receivedOn)
        Field(.authority, \.authority)
        Field(.authorityNumber, \.authorityNumber)
        Field(.claim, \.claim)
    }

    init(from reading: Reading<RecordDispute>) throws(Refusal) {
        service = try reading(.service)
        dispute = try reading(.newDispute)
        kind = try reading(.disputeKind)
        filedOn = try reading(.filedOn)
        receivedOn = try reading(.receivedOn)
        authority = try reading(.authority)
        authorityNumber = try reading(.authorityNumber)
        claim = try reading(.claim)
        guard receivedOn >= filedOn else { throw .invalid("收到副本不会早于提出，请核对日期").at(["received_on"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        let served = try desk.find(service)
        guard filedOn >= served.issuedOn, receivedOn <= desk.today else {
            throw Refusal.invalid("日期应在文书日期（\(served.issuedOn.shown)）和今天之间").at([filedOn < served.issuedOn ? "filed_on" : "received_on"])
        }
        let last = try lastDay(of: served, at: desk), isLate = last.map { filedOn > $0 } ?? false
        try desk.insert(Dispute(self, region: served.region, isLate: isLate))
        let file = try desk.openCase(disputeProcess, for: dispute, title: "对 \(served.number) \(served.title)的\(kind.label)", in: served.region)
        try desk.start(kind.replyClock, on: file, from: receivedOn)
        let due = desk.calendar.due(after: receivedOn, kind.replyClock.span).date
        let told = isLate ? "提出已逾期（到\(last?.shown ?? "")为止），请在答复中说明。" : ""
        return Outcome(dispute, "已登记，编号 \(file.number)。\(told)下一步：\(due.shown)前提交答复", link: "/notices/disputes/\(dispute.text)")
    }

    /// Until when it could be filed; nil while the document hasn't been served, and for plain objections.
    private func lastDay(of served: Service, at desk: Desk) throws -> CivilDate? {
        guard let servedOn = served.servedOn else { return nil }
        switch kind {
        case .objection: return nil
        case .review: return RemedyTerm.review.lastDay(after: servedOn, desk.calendar)
        case .lawsuit:
            let review = try desk.first(Dispute.self, where: "service_id = \(served.id) AND kind = \(DisputeKind.review) AND closed_on IS NOT NULL ORDER BY closed_on DESC")
            guard let told = review?.closedOn else { return RemedyTerm.lawsuit.lastDay(after: servedOn, desk.calendar) }
            return RemedyTerm.lawsuitAfterReview.lastDay(after: told, desk.calendar)
        }
    }
}

/// 登记答复。
struct AnswerDispute: Action {
    let dispute: ID<Dispute>
    let repliedOn: CivilDate
    let reply: LongText

    static let title = "登记答复"
    static let guidance = "提交书面答复、证据和依据后登记。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let subject = Subject<AnswerDispute>.opened(.dispute, \.dispute)
    static let shape = Shape<AnswerDispute> {
        Field(.dispute, \.dispute)
        Field(.repliedOn, \.repliedOn)
        Field(.reply, \.reply)
    }

    init(from reading: Reading<AnswerDispute>) throws(Refusal) {
        dispute = try reading(.dispute)
        repliedOn = try reading(.repliedOn)
        reply = try reading(.reply)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var dispute = try desk.find(dispute)
        try dispute.requireDay(repliedOn, "replied_on", desk.today)
        dispute.repliedOn = repliedOn
        dispute.reply = reply
        try desk.update(dispute)
        return Outcome(dispute.id, "答复已登记。下一步：等待结果", link: dispute.page)
    }
}

/// 争议有了结果。
struct DisputeDecided: Fact {
    let dispute: Dispute
}

/// 登记结果。
struct CloseDispute: Action {
    let dispute: ID<Dispute>
    let closedOn: CivilDate
    let outcome: DisputeOutcome
    let outcomeNumber: String?
    let finding: LongText

    static let title = "登记结果"
    static let guidance = "收到决定书、判决书后登记。变更、撤销、责令重作的，接着办理更正；其余的随即办结。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let subject = Subject<CloseDispute>.opened(.dispute, \.dispute)
    static let shape = Shape<CloseDispute> {
        Field(.dispute, \.dispute)
        Field(.disputeClosedOn, \.closedOn)
        Field(.disputeOutcome, \.outcome)
        Field(.outcomeNumber, \.outcomeNumber)
        Field(.disputeFinding, \.finding)
    }

    init(from reading: Reading<CloseDispute>) throws(Refusal) {
        dispute = try reading(.dispute)
        closedOn = try reading(.disputeClosedOn)
        outcome = try reading(.disputeOutcome)
        outcomeNumber = try reading(.outcomeNumber)
        finding = try reading(.disputeFinding)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var dispute = try desk.find(dispute)
        try dispute.requireDay(closedOn, "closed_on", desk.today)
        dispute.closedOn = closedOn
        dispute.outcome = outcome
        dispute.outcomeNumber = outcomeNumber
        dispute.finding = finding
        try desk.update(dispute)
        desk.emit(DisputeDecided(dispute: dispute))
        let next = outcome.ordersCorrection ? "下一步：按结果办理更正，引用本件，再登记执行情况" : "本件办结"
        return Outcome(dispute.id, "结果已登记：\(outcome.label)。\(next)", link: dispute.page)
    }
}

/// What orders nothing is closed with its outcome.
let closeSettledDispute = Reaction(to: DisputeDecided.self) { fact, desk in
    guard fact.dispute.outcome?.ordersCorrection == false else { return }
    try desk.move(try desk.caseFile(fact.dispute.id), to: Disputed.closed)
}

/// 登记执行情况。What was done about the decision.
struct ExecuteDispute: Action {
    let dispute: ID<Dispute>
    let execution: LongText

    static let title = "登记执行情况"
    static let guidance = "按结果更正或者重新作出决定后登记，写明新的决定。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let subject = Subject<ExecuteDispute>.opened(.dispute, \.dispute)
    static let shape = Shape<ExecuteDispute> {
        Field(.dispute, \.dispute)
        Field(.execution, \.execution)
    }

    init(from reading: Reading<ExecuteDispute>) throws(Refusal) {
        dispute = try reading(.dispute)
        execution = try reading(.execution)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let dispute = try desk.find(dispute)
        try desk.note(execution, on: dispute)
        return Outcome(dispute.id, "执行情况已登记，本件办结", link: dispute.page)
    }
}

extension Desk {
    fileprivate func note(_ execution: LongText, on dispute: Dispute) throws {
        var dispute = dispute
        dispute.finding = try LongText(typed: "\(dispute.finding?.text ?? "")\n执行情况：\(execution.text)")
        try update(dispute)
    }

    /// 按争议的结果办了更正：the dispute that ordered it is closed by that.
    public func execute(_ id: ID<Dispute>, by what: String) throws {
        let dispute = try find(id), file = try caseFile(id)
        guard file.state == Disputed.decided.name else { return }
        try note(try LongText(typed: what), on: dispute)
        try move(file, to: Disputed.closed)
    }
}

extension Dispute {
    var page: String { "/notices/disputes/\(id.text)" }

    fileprivate func requireDay(_ day: CivilDate, _ field: String, _ today: CivilDate) throws(Refusal) {
        guard day >= receivedOn, day <= today else { throw Refusal.invalid("日期应在收到副本（\(receivedOn.shown)）和今天之间").at([field]) }
    }
}
