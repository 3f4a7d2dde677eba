import Kernel
import Values

/// 争议。An objection, a review or a lawsuit against a document that was served; its case of the same id carries number and clock.
public struct Dispute: Placed {
    public let id: ID<Dispute>
    public let service: ID<Service>
    public let region: RegionCode
    public let kind: DisputeKind
    let filedOn: CivilDate
    /// When the copy of it reached us: the reply is due from then on.
    let receivedOn: CivilDate
    let authority: String
    let authorityNumber: String?
    let claim: LongText
    /// 逾期提出。
    let isLate: Bool
    var repliedOn: CivilDate?
    var reply: LongText?
    var closedOn: CivilDate?
    public internal(set) var outcome: DisputeOutcome?
    var outcomeNumber: String?
    var finding: LongText?

    public static let table = "dispute"
    public static let title = "争议"
    public static let shape = Shape<Dispute> {
        Field(.id, \.id)
        Field(.serviceReference, \.service)
        Field(.region, \.region)
        Field(.disputeKind, \.kind)
        Field(.filedOn, \.filedOn)
        Field(.receivedOn, \.receivedOn)
        Field(.authority, \.authority)
        Field(.authorityNumber, \.authorityNumber)
        Field(.claim, \.claim)
        Field(.isLate, \.isLate)
        Field(.repliedOn, \.repliedOn)
        Field(.reply, \.reply)
        Field(.disputeClosedOn, \.closedOn)
        Field(.disputeOutcome, \.outcome)
        Field(.outcomeNumber, \.outcomeNumber)
        Field(.disputeFinding, \.finding)
    }

    public init(from reading: Reading<Dispute>) throws(Refusal) {
        id = try reading(.id)
        service = try reading(.serviceReference)
        region = try reading(.region)
        kind = try reading(.disputeKind)
        filedOn = try reading(.filedOn)
        receivedOn = try reading(.receivedOn)
        authority = try reading(.authority)
        authorityNumber = try reading(.authorityNumber)
        claim = try reading(.claim)
        isLate = try reading(.isLate)
        repliedOn = try reading(.repliedOn)
        reply = try reading(.reply)
        closedOn = try reading(.disputeClosedOn)
        outcome = try reading(.disputeOutcome)
        outcomeNumber = try reading(.outcomeNumber)
        finding = try reading(.disputeFinding)
    }

    init(_ act: RecordDispute, region: RegionCode, isLate: Bool) {
        id = act.dispute
        service = act.service
        self.region = region
        kind = act.kind
        filedOn = act.filedOn
        receivedOn = act.receivedOn
        authority = act.authority
        authorityNumber = act.authorityNumber
        claim = act.claim
        self.isLate = isLate
    }
}

/// 争议的途径。
public enum DisputeKind: String, CodeList {
    case objection, review, lawsuit

    public var label: String {
        switch self {
        case .objection: "异议（申请复核）"
        case .review: "行政复议"
        case .lawsuit: "行政诉讼"
        }
    }

    /// 答复、答辩的期限。复议法的十日是工作日（第八十八条）；诉讼的十五日是自然日。
    var replyClock: ClockRule {
        switch self {
        case .objection: ClockRule("reply", "答复异议", .workingDays(10), basis: Citation("中华人民共和国行政复议法", article: "（参照）第四十八条"))
        case .review: ClockRule("reply", "提交复议答复", .workingDays(10), basis: Citation("中华人民共和国行政复议法", article: "第四十八条"))
        case .lawsuit: ClockRule("reply", "提交答辩状", .calendarDays(15), basis: Citation("中华人民共和国行政诉讼法", article: "第六十七条"))
        }
    }
}

/// 争议的结果。
public enum DisputeOutcome: String, CodeList {
    case upheld, changed, revoked, remade, dismissed, withdrawn

    public var label: String {
        switch self {
        case .upheld: "维持"
        case .changed: "变更"
        case .revoked: "撤销"
        case .remade: "责令重作"
        case .dismissed: "不予受理、驳回"
        case .withdrawn: "撤回"
        }
    }

    /// Something must be done about the decision.
    public var ordersCorrection: Bool { self == .changed || self == .revoked || self == .remade }
}

/// 争议到哪一步。
enum Disputed {
    static let received = State("received", "已收到，待答复", awaits: "提交书面答复和证据")
    static let replied = State("replied", "已答复，待结果", awaits: "登记结果")
    static let decided = State("decided", "已有结果，待执行", awaits: "按结果办理更正后登记执行情况")
    static let closed = State("closed", "办结", isFinal: true)
}

let disputeProcess = Process("dispute", "异议、复议和诉讼", series: "ZY", path: "/notices/disputes", editions: [
    Edition(from: CivilDate(written: 2012, 12, 12), basis: Citation("社会救助暂行办法", number: "国务院令第649号", article: "第六十五条"), initial: Disputed.received,
            states: [Disputed.received, Disputed.replied, Disputed.decided, Disputed.closed], moves: [
        Move(AnswerDispute.self, from: [Disputed.received], to: Disputed.replied, stops: [DisputeKind.review.replyClock]),
        Move(CloseDispute.self, from: [Disputed.received, Disputed.replied], to: Disputed.decided, stops: [DisputeKind.review.replyClock]),
        Move(ExecuteDispute.self, from: [Disputed.decided], to: Disputed.closed),
    ]),
])

extension Term where Value == ID<Dispute> {
    static var dispute: Term<ID<Dispute>> { Term("dispute", "争议", .carried) }
    static var newDispute: Term<ID<Dispute>> { Term("dispute", "争议编号", .made) }
}
extension Term where Value == DisputeKind {
    static var disputeKind: Term<DisputeKind> { Term("kind", "途径") }
}
extension Term where Value == DisputeOutcome {
    static var disputeOutcome: Term<DisputeOutcome> { Term("outcome", "结果") }
}
extension Term where Value == CivilDate {
    static var filedOn: Term<CivilDate> { Term("filed_on", "提出日期", hint: "申请复议、起诉的日期") }
    static var receivedOn: Term<CivilDate> { Term("received_on", "收到副本日期") }
    static var repliedOn: Term<CivilDate> { Term("replied_on", "答复日期") }
    static var disputeClosedOn: Term<CivilDate> { Term("closed_on", "结果日期", hint: "收到决定书、判决书的日期") }
}
extension Term where Value == String {
    static var authority: Term<String> { Term("authority", "受理机关", hint: "复议机关、人民法院；直接提出异议的写受理单位") }
    static var authorityNumber: Term<String> { Term("authority_number", "对方案号") }
    static var outcomeNumber: Term<String> { Term("outcome_number", "决定书、判决书文号") }
}
extension Term where Value == LongText {
    static var claim: Term<LongText> { Term("claim", "请求和理由") }
    static var reply: Term<LongText> { Term("reply", "答复要点") }
    static var disputeFinding: Term<LongText> { Term("finding", "结果和理由") }
    static var execution: Term<LongText> { Term("execution", "执行情况") }
}
extension Term where Value == Bool {
    static var isLate: Term<Bool> { Term("late", "逾期提出") }
}
