import Commons
import Kernel
import Values

/// 提出更正。A reviewer says which finding was wrong and enters the facts as they were on the day the decision looks at.
struct ProposeCorrection: Action, DeclaresHousehold {
    let decision: ID<Decision>
    let correction: ID<Correction>
    let cause: CorrectionCause
    let dispute: ID<Dispute>?
    let finding: String
    let reason: LongText
    let facts: DeclaredFacts

    static let title = "提出更正"
    static let guidance = "按作出决定时本应认定的事实，改正下面的家庭情况。决定日以后的变化不在这里改，请登记家庭变化。由区县审批决定是否更正。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let subject = Subject<ProposeCorrection>.located(Term<ID<Decision>>.decision.name) { act, reader in
        let decision = try reader.find(act.decision)
        return Located(id: decision.id.text, region: decision.region)
    }
    static let shape = Shape<ProposeCorrection> {
        Field(.decision, \.decision)
        Field(.newCorrection, \.correction)
        Field(.correctionCause, \.cause)
        Field(.citedDispute, \.dispute)
        Field(.wrongFinding, \.finding)
        Field(.correctionReason, \.reason)
        householdFields
    }

    init(from reading: Reading<ProposeCorrection>) throws(Refusal) {
        decision = try reading(.decision)
        correction = try reading(.newCorrection)
        cause = try reading(.correctionCause)
        dispute = try reading(.citedDispute)
        finding = try reading(.wrongFinding)
        reason = try reading(.correctionReason)
        facts = try DeclaredFacts(from: reading)
        guard !cause.needsDispute || dispute != nil else { throw .invalid("请填写所据的复议、诉讼登记").at(["dispute_id"]) }
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<Decision>.init(rawValue:)) else { return RawFields() }
        let decision = try reader.find(id)
        return try reader.declared(decision.declaration, in: decision.region)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let decision = try desk.find(decision)
        try desk.requireCorrectable(decision)
        if let dispute { try desk.requireDispute(dispute, over: decision) }
        let before = try desk.find(decision.declaration)
        try facts.household(area: before.area, ground: before.ground).check(on: decision.lawOn)
        let people = try desk.enter(facts.members, region: decision.region, address: nil, phone: nil, alive: decision.lawOn)
        let right = Declaration(desk.makeID(), of: decision.household, .corrected, asOf: before.asOf, area: before.area, ground: before.ground, facts,
                                members: people.map { DeclarationMember($0.declared, $0.person) }, note: finding, knownAt: desk.now)
        try desk.insert(right)
        try desk.insert(Correction(self, of: decision, declaration: right.id, on: desk.today, by: desk.actor.name))
        let number = try desk.caseFile(id: decision.caseID)?.number ?? ""
        let file = try desk.openCase(correctionProcess, for: correction, title: "更正 \(number) 的\(decision.kind.label)", in: decision.region)
        return Outcome(correction, "更正已提出，编号 \(file.number)。下一步：由区县审批决定", link: "/assistance/corrections/\(correction.text)")
    }
}

extension Reader {
    /// Decisions that rest on facts and still hold; those that follow from rulings alone are put right by ruling.
    fileprivate func requireCorrectable(_ decision: Decision) throws {
        guard Decision.correctable.contains(decision.kind) else {
            throw Refusal.outOfOrder("「\(decision.kind.label)」不能这样更正。按新标准调整有误的，请更正规则；渐退有误的，请重新核定")
        }
        guard try correction(of: decision.id) == nil else { throw Refusal.outOfOrder("这份决定已经更正过，请对更正后的决定提出") }
        let open = try connection.value("""
            SELECT count(*) FROM correction AS k JOIN case_file AS c ON c.id = k.id WHERE k.decision_id = \(decision.id) AND c.closed_on IS NULL
            """) ?? 0
        guard open == 0 else { throw Refusal.conflict("这份决定已有一件更正在办，请先办完") }
    }

    fileprivate func requireDispute(_ id: ID<Dispute>, over decision: Decision) throws {
        let dispute = try find(id)
        guard try service(of: decision.id.text)?.id == dispute.service else {
            throw Refusal.invalid("所填的争议不是对这份决定提出的，请核对").at(["dispute_id"])
        }
    }
}

extension Decision {
    static let correctable: Set<DecisionKind> = [.confirmed, .refused, .terminated, .adjusted, .stopped, .corrected]
}

/// 更正的表单：the facts of the day, with what they would have come to beside them.
let correctionForm = FormPage(ProposeCorrection.self) { visit in
    let reader = visit.reader, sections = [FormLayout.Section("哪里错了", fields: ["cause", "dispute_id", "wrong_finding", "reason"])] + householdSections
    guard let id = visit.subject.flatMap(ID<Decision>.init(rawValue:)) else { return FormLayout(sections: sections) }
    let decision: Decision = try reader.find(id), declaration = try reader.find(decision.declaration)
    let estimate = try RunningEstimate(visit.values, area: declaration.area, ground: declaration.ground, in: decision.region, on: decision.lawOn, at: reader)
    return FormLayout(sections: sections, aside: estimateMarkup(estimate.view.brief))
}

/// 补正文书。A slip of the pen only: no amount, month, member or conclusion is touched.
struct FixClericalError: Action {
    let decision: ID<Decision>
    let fix: ID<ClericalFix>
    let item: String
    let was: String
    let becomes: String
    let reason: String

    static let title = "补正文书"
    static let guidance = "只用于错别字、文号等文字错误。涉及认定的事实、金额、月份的，请办理「提出更正」。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer, .countyApprover]
    static let subject = Subject<FixClericalError>.located(Term<ID<Decision>>.decision.name) { act, reader in
        let decision = try reader.find(act.decision)
        return Located(id: decision.id.text, region: decision.region)
    }
    static let shape = Shape<FixClericalError> {
        Field(.decision, \.decision)
        Field(.newFix, \.fix)
        Field(.fixedItem, \.item)
        Field(.wrongText, \.was)
        Field(.rightText, \.becomes)
        Field(.fixReason, \.reason)
    }

    init(from reading: Reading<FixClericalError>) throws(Refusal) {
        decision = try reading(.decision)
        fix = try reading(.newFix)
        item = try reading(.fixedItem)
        was = try reading(.wrongText)
        becomes = try reading(.rightText)
        reason = try reading(.fixReason)
        guard was != becomes else { throw .invalid("补正前后一样，请核对").at(["becomes"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        let decision = try desk.find(decision)
        guard decision.sheetTitle != nil, let file = try desk.caseFile(id: decision.caseID) else { throw Refusal.outOfOrder("「\(decision.kind.label)」不出具文书，没有要补正的") }
        try desk.insert(ClericalFix(self, of: decision, on: desk.today, by: desk.actor.name))
        try desk.mustServe(fix.text, of: file, title: "文书补正通知书", to: try desk.find(try desk.addressee(of: decision)).name,
                           link: "/assistance/fixes/\(fix.text)/sheet")
        return Outcome(subject: decision.caseID, "已补正，结论和金额不变。下一步：送达补正通知书", link: "/assistance/decisions/\(decision.id.text)")
    }
}
