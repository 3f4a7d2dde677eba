import Commons
import Kernel
import Values

/// 更正。A proposal to put a decision right: which finding was wrong, and the facts as they were; another person decides on it.
///
/// The former decision stays as it was made and is marked; what replaces it is a decision of its own.
struct Correction: Placed {
    let id: ID<Correction>
    /// 所更正的决定。
    let decision: ID<Decision>
    let region: RegionCode
    let cause: CorrectionCause
    /// The objection, review or lawsuit that led to it.
    let dispute: ID<Dispute>?
    /// 哪一认定有误。
    let finding: String
    let reason: LongText
    /// The facts of the original day, put right.
    let declaration: ID<Declaration>
    let proposedOn: CivilDate
    let proposedBy: String
    var result: ID<Decision>?
    var declined: LongText?

    static let table = "correction"
    static let title = "更正"
    static let shape = Shape<Correction> {
        Field(.id, \.id)
        Field(.decisionID, \.decision)
        Field(.region, \.region)
        Field(.correctionCause, \.cause)
        Field(.citedDispute, \.dispute)
        Field(.wrongFinding, \.finding)
        Field(.correctionReason, \.reason)
        Field(.declarationID, \.declaration)
        Field(.proposedOn, \.proposedOn)
        Field(.proposedBy, \.proposedBy)
        Field(.correctionResult, \.result)
        Field(.declinedNote, \.declined)
    }

    init(from reading: Reading<Correction>) throws(Refusal) {
        id = try reading(.id)
        decision = try reading(.decisionID)
        region = try reading(.region)
        cause = try reading(.correctionCause)
        dispute = try reading(.citedDispute)
        finding = try reading(.wrongFinding)
        reason = try reading(.correctionReason)
        declaration = try reading(.declarationID)
        proposedOn = try reading(.proposedOn)
        proposedBy = try reading(.proposedBy)
        result = try reading(.correctionResult)
        declined = try reading(.declinedNote)
    }

    init(_ act: ProposeCorrection, of decision: Decision, declaration: ID<Declaration>, on day: CivilDate, by name: String) {
        id = act.correction
        self.decision = decision.id
        region = decision.region
        cause = act.cause
        dispute = act.dispute
        finding = act.finding
        reason = act.reason
        self.declaration = declaration
        proposedOn = day
        proposedBy = name
    }

    var link: String { "/assistance/corrections/\(id.text)" }
}

/// 更正的由来。
enum CorrectionCause: String, CodeList {
    case own, objection, review, judgement

    var label: String {
        switch self {
        case .own: "自行发现"
        case .objection: "异议属实"
        case .review: "行政复议决定"
        case .judgement: "法院裁判"
        }
    }

    /// Follows from somebody else's decision, which is cited.
    var needsDispute: Bool { self == .review || self == .judgement }
}

/// 补正。A slip of the pen put right on a document, without touching what was decided.
struct ClericalFix: Placed {
    let id: ID<ClericalFix>
    let decision: ID<Decision>
    let region: RegionCode
    let item: String
    let was: String
    let becomes: String
    let reason: String
    let fixedOn: CivilDate
    let fixedBy: String

    static let table = "clerical_fix"
    static let title = "文书补正"
    static let shape = Shape<ClericalFix> {
        Field(.id, \.id)
        Field(.decisionID, \.decision)
        Field(.region, \.region)
        Field(.fixedItem, \.item)
        Field(.wrongText, \.was)
        Field(.rightText, \.becomes)
        Field(.fixReason, \.reason)
        Field(.fixedOn, \.fixedOn)
        Field(.fixedBy, \.fixedBy)
    }

    init(from reading: Reading<ClericalFix>) throws(Refusal) {
        id = try reading(.id)
        decision = try reading(.decisionID)
        region = try reading(.region)
        item = try reading(.fixedItem)
        was = try reading(.wrongText)
        becomes = try reading(.rightText)
        reason = try reading(.fixReason)
        fixedOn = try reading(.fixedOn)
        fixedBy = try reading(.fixedBy)
    }

    init(_ act: FixClericalError, of decision: Decision, on day: CivilDate, by name: String) {
        id = act.fix
        self.decision = decision.id
        region = decision.region
        item = act.item
        was = act.was
        becomes = act.becomes
        reason = act.reason
        fixedOn = day
        fixedBy = name
    }
}

/// 更正到哪一步。
enum Corrected {
    static let proposed = State("proposed", "已提出，待决定", awaits: "核对更正意见，作出更正决定或者退回")
    static let decided = State("decided", "已更正", isFinal: true)
    static let declined = State("declined", "不予更正", isFinal: true)
}

let correctionProcess = Process("correction", "低保决定的更正", series: "GZ", path: "/assistance/corrections", editions: [
    Kernel.Edition(from: CivilDate(written: 2012, 12, 12), basis: .socialAssistance("第六十五条"), initial: Corrected.proposed,
                   states: [Corrected.proposed, Corrected.decided, Corrected.declined], moves: [
        Move(DecideCorrection.self, from: [Corrected.proposed], to: Corrected.decided, differsFrom: [ProposeCorrection.self]),
        Move(DeclineCorrection.self, from: [Corrected.proposed], to: Corrected.declined, differsFrom: [ProposeCorrection.self]),
    ]),
])

extension Reader {
    /// The decision that replaced this one; nil while it holds.
    func correction(of decision: ID<Decision>) throws -> Decision? {
        try first(Decision.self, where: "corrects_id = \(decision) ORDER BY decided_on DESC, id DESC")
    }

    func fixes(of decision: ID<Decision>) throws -> [ClericalFix] { try all(ClericalFix.self, where: "decision_id = \(decision) ORDER BY fixed_on, id") }
}

extension Term where Value == ID<Correction> {
    static var correction: Term<ID<Correction>> { Term("correction", "更正", .carried) }
    static var newCorrection: Term<ID<Correction>> { Term("correction", "更正编号", .made) }
}
extension Term where Value == ID<ClericalFix> {
    static var newFix: Term<ID<ClericalFix>> { Term("fix", "补正编号", .made) }
}
extension Term where Value == ID<Decision> {
    static var correctionResult: Term<ID<Decision>> { Term("result_id", "更正决定") }
}
extension Term where Value == ID<Dispute> {
    static var citedDispute: Term<ID<Dispute>> { Term("dispute_id", "所据争议", hint: "因复议决定、法院裁判更正的，填争议登记的内部编号") }
}
extension Term where Value == CorrectionCause {
    static var correctionCause: Term<CorrectionCause> { Term("cause", "由来") }
}
extension Term where Value == String {
    static var wrongFinding: Term<String> { Term("wrong_finding", "哪一认定有误", hint: "如：漏记户主工资、误将某成员计入") }
    static var proposedBy: Term<String> { Term("proposed_by", "提出人") }
    static var fixedItem: Term<String> { Term("item", "补正的项目", hint: "如：姓名用字、文号、日期") }
    static var wrongText: Term<String> { Term("was", "原文") }
    static var rightText: Term<String> { Term("becomes", "应为") }
    static var fixReason: Term<String> { Term("reason", "原因") }
    static var fixedBy: Term<String> { Term("fixed_by", "补正人") }
}
extension Term where Value == LongText {
    static var correctionReason: Term<LongText> { Term("reason", "理由和证据") }
    static var declinedNote: Term<LongText> { Term("declined", "不予更正的理由") }
}
extension Term where Value == CivilDate {
    static var proposedOn: Term<CivilDate> { Term("proposed_on", "提出日期") }
    static var fixedOn: Term<CivilDate> { Term("fixed_on", "补正日期") }
}
