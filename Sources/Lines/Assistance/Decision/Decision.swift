import Commons
import Kernel
import Values

/// 决定。What was found or decided on a case, with the facts it judged, the law of which day, the arithmetic and the reasons.
///
/// Written once; only its delivery is added later.
struct Decision: Placed {
    let id: ID<Decision>
    let kind: DecisionKind
    /// The application or the allowance it was made on: the id of its case file.
    let caseID: String
    let household: ID<Household>
    let region: RegionCode
    let declaration: ID<Declaration>
    /// 适用规定的日期。
    let lawOn: CivilDate
    let decidedOn: CivilDate
    let decidedBy: String
    let conclusion: AllowanceDecision?
    let monthly: Money
    /// What was due before, for a change of a running allowance.
    let previous: Money?
    /// 自何月起; nil on opinions and refusals.
    let from: Month?
    let note: LongText?
    let reasons: [ReasonEntry]
    let members: [VerdictEntry]
    var lines: [LineEntry]
    let rulings: [RulingEntry]
    /// 所更正的决定; nil on every other decision.
    var corrects: ID<Decision>?
    /// 视为送达之日。
    var deliveredOn: CivilDate?
    var delivery: ServiceMethod?

    static let table = "decision"
    static let title = "决定"
    static let shape = Shape<Decision> {
        Field(.id, \.id)
        Field(.decisionKind, \.kind)
        Field(.caseID, \.caseID)
        Field(.householdID, \.household)
        Field(.region, \.region)
        Field(.declarationID, \.declaration)
        Field(.lawOn, \.lawOn)
        Field(.decidedOn, \.decidedOn)
        Field(.decidedBy, \.decidedBy)
        Field(.conclusion, \.conclusion)
        Field(.monthly, \.monthly)
        Field(.previousMonthly, \.previous)
        Field(.fromMonth, \.from)
        Field(.longNote, \.note)
        Each(.reasons, \.reasons, table: "decision_reason")
        Each(.verdicts, \.members, table: "decision_member")
        Each(.lines, \.lines, table: "decision_line")
        Each(.rulingsUsed, \.rulings, table: "decision_ruling")
        Field(.deliveredOn, \.deliveredOn)
        Field(.delivery, \.delivery)
        Field(.correctedDecision, \.corrects)
    }

    init(from reading: Reading<Decision>) throws(Refusal) {
        id = try reading(.id)
        kind = try reading(.decisionKind)
        caseID = try reading(.caseID)
        household = try reading(.householdID)
        region = try reading(.region)
        declaration = try reading(.declarationID)
        lawOn = try reading(.lawOn)
        decidedOn = try reading(.decidedOn)
        decidedBy = try reading(.decidedBy)
        conclusion = try reading(.conclusion)
        monthly = try reading(.monthly)
        previous = try reading(.previousMonthly)
        from = try reading(.fromMonth)
        note = try reading(.longNote)
        reasons = try reading(.reasons)
        members = try reading(.verdicts)
        lines = try reading(.lines)
        rulings = try reading(.rulingsUsed)
        deliveredOn = try reading(.deliveredOn)
        delivery = try reading(.delivery)
        corrects = try reading(.correctedDecision)
    }

    /// - Parameters:
    ///   - assessment: nil where the decision follows from something else than the household's means.
    ///   - reasons: in place of the assessment's own.
    init(_ id: ID<Decision>, _ kind: DecisionKind, of caseID: String, household: ID<Household>, region: RegionCode, declaration: ID<Declaration>,
         lawOn: CivilDate, at desk: Desk, _ assessment: Assessment?, monthly: Money? = nil, previous: Money? = nil, from: Month? = nil,
         reasons: [ReasonEntry]? = nil, note: LongText? = nil) {
        self.id = id
        self.kind = kind
        self.caseID = caseID
        self.household = household
        self.region = region
        self.declaration = declaration
        self.lawOn = lawOn
        decidedOn = desk.today
        decidedBy = desk.actor.name
        conclusion = assessment?.decision
        self.monthly = monthly ?? assessment?.monthly ?? .zero
        self.previous = previous
        self.from = from
        self.note = note
        self.reasons = reasons ?? assessment?.reasonEntries ?? []
        members = assessment?.verdictEntries ?? []
        lines = assessment?.lineEntries ?? []
        rulings = assessment?.rulingEntries ?? []
        corrects = nil
        deliveredOn = nil
        delivery = nil
    }
}

/// 决定的种类。
enum DecisionKind: String, CodeList {
    case firstOpinion = "first-opinion", confirmed, refused, terminated
    case reviewed, adjusted, repriced, gradualExit = "gradual-exit", stopped
    case corrected, revoked

    var label: String {
        switch self {
        case .firstOpinion: "审核意见"
        case .confirmed: "予以确认"
        case .refused: "不予确认"
        case .terminated: "终止审核确认"
        case .reviewed: "复核"
        case .adjusted: "调整保障金"
        case .repriced: "按新标准调整"
        case .gradualExit: "渐退"
        case .stopped: "停止保障"
        case .corrected: "更正（变更）"
        case .revoked: "更正（撤销）"
        }
    }
}

extension Term where Value == ID<Decision> {
    static var decision: Term<ID<Decision>> { Term("decision", "决定", .carried) }
    static var newDecision: Term<ID<Decision>> { Term("decision", "决定编号", .made) }
    static var correctedDecision: Term<ID<Decision>> { Term("corrects_id", "所更正的决定") }
    static var decisionID: Term<ID<Decision>> { Term("decision_id", "所据决定") }
}
extension Term where Value == DecisionKind {
    static var decisionKind: Term<DecisionKind> { Term("kind", "决定种类") }
}
extension Term where Value == AllowanceDecision {
    static var conclusion: Term<AllowanceDecision> { Term("conclusion", "结论") }
}
extension Term where Value == Money {
    static var monthly: Term<Money> { Term("monthly_fen", "月保障金") }
    static var previousMonthly: Term<Money> { Term("previous_fen", "原月保障金") }
}
extension Term where Value == Month {
    static var fromMonth: Term<Month> { Term("from_month", "自何月起") }
    static var untilMonth: Term<Month> { Term("until_month", "至何月（不含）") }
}
extension Term where Value == CivilDate {
    static var lawOn: Term<CivilDate> { Term("law_on", "适用规定的日期") }
    static var decidedOn: Term<CivilDate> { Term("decided_on", "决定日期") }
    static var deliveredOn: Term<CivilDate> { Term("delivered_on", "送达日期") }
}
extension Term where Value == String {
    static var caseID: Term<String> { Term("case_id", "办件") }
    static var decidedBy: Term<String> { Term("decided_by", "决定人") }
}
extension Term where Value == LongText {
    static var longNote: Term<LongText> { Term("note", "说明") }
}
extension Term where Value == ServiceMethod {
    static var delivery: Term<ServiceMethod> { Term("delivery", "送达方式") }
}
