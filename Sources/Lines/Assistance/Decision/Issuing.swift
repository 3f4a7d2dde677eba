import Commons
import Kernel
import Values

extension Desk {
    /// 作出决定并列入送达。Keeps the decision and puts its sheet among the documents that must reach the household.
    func issue(_ decision: Decision, within: Span? = nil) throws {
        try insert(decision)
        try mustServe(decision, within: within)
    }

    private func mustServe(_ decision: Decision, within: Span? = nil) throws {
        guard let title = decision.sheetTitle, let file = try caseFile(id: decision.caseID) else { return }
        try mustServe(decision.id.text, of: file, title: title, to: try find(try addressee(of: decision)).name,
                      link: "/assistance/decisions/\(decision.id.text)/sheet", issuedOn: decision.decidedOn, within: within)
    }

    /// Notes when and how the last decision of these kinds reached the household.
    func deliver(_ kinds: Set<DecisionKind>, of caseID: String, _ facts: ServiceFacts) throws {
        guard let decision = try decisions(of: caseID).last(where: { kinds.contains($0.kind) }) else { throw Refusal.absent("没有可送达的决定") }
        // One made before services were kept is entered with its delivery.
        if try service(of: decision.id.text) == nil { try mustServe(decision) }
        guard let service = try service(of: decision.id.text) else { throw Refusal.absent("没有可送达的决定") }
        try note(try serve(service, facts), on: decision)
    }

    fileprivate func note(_ service: Service, on decision: Decision) throws {
        var decision = decision
        decision.deliveredOn = service.servedOn
        decision.delivery = service.method
        try update(decision)
    }
}

extension Reader {
    /// Whom a decision is addressed to: the applicant, or the head of the household on the roster.
    func addressee(of decision: Decision) throws -> ID<Person> {
        if let application = try first(Application.self, where: "id = \(decision.caseID)") { return application.applicant }
        guard let allowance = try first(Allowance.self, where: "id = \(decision.caseID)") else { throw Refusal.absent("找不到这份决定的办件") }
        return allowance.head
    }
}

/// 文书已送达：the decision notes it, and a case that waited only for that is closed.
let decisionServed = Reaction(to: DocumentServed.self) { fact, desk in
    guard let decision = try desk.first(Decision.self, where: "id = \(fact.service.document)") else { return }
    try desk.note(fact.service, on: decision)
    guard let file = try desk.caseFile(id: decision.caseID) else { return }
    switch (decision.kind, file.state) {
    case (.refused, Applied.refused.name): try desk.move(file, to: Applied.notified)
    case (.stopped, Granted.stopped.name), (.revoked, Granted.stopped.name): try desk.move(file, to: Granted.closed)
    default: return
    }
}
