import Commons
import Kernel
import Values

/// 不予确认。With every reason, its article, and the fact that would have to differ; told in writing within three working days
/// (2012: three days).
struct RefuseAllowance: Action {
    let application: ID<Application>
    let decision: ID<Decision>
    let cause: RefusalCause?
    let note: LongText?

    static let title = "不予确认"
    static let guidance = "按测算不符合条件的，理由由系统列出。按测算符合而另有理由的，须选择理由并写明。"
    static let roles: Set<Role> = [.countyApprover, .townshipReviewer]
    static let subject = Subject<RefuseAllowance>.opened(.application, \.application)
    static let shape = Shape<RefuseAllowance> {
        Field(.application, \.application)
        Field(.newDecision, \.decision)
        Field(.refusalCause, \.cause)
        Field(.longNote, \.note)
    }

    init(from reading: Reading<RefuseAllowance>) throws(Refusal) {
        application = try reading(.application)
        decision = try reading(.newDecision)
        cause = try reading(.refusalCause)
        note = try reading(.longNote)
        guard cause == nil || note != nil else { throw .invalid("请写明不予确认的事实和理由").at(["note"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        let application = try desk.find(application)
        try desk.requireLevel(of: application)
        let (declaration, judged) = try desk.assessment(of: application), isOld = Edition.inForce(on: try application.requireAcceptedOn()) == .rules2012
        guard judged.decision == .refuse || cause != nil else {
            throw Refusal.outOfOrder("按现有事实\(judged.decision.label)，不能不予确认。另有法定理由的，请选择理由并写明；事实有误的，登记异议，核查后重新核定家庭情况")
        }
        let reasons = cause.map { cause in [cause.reason(note, isOld: isOld)] + (judged.decision.isApproval ? [] : judged.reasonEntries) } ?? judged.reasonEntries
        let refused = Decision(decision, .refused, of: application.id.text, household: application.household, region: application.region,
                               declaration: declaration.id, lawOn: try application.requireAcceptedOn(), at: desk, judged, monthly: .zero, reasons: reasons, note: note)
        try desk.issue(refused, within: (isOld ? ApplicationClock.refusalInWriting2012 : ApplicationClock.refusalInWriting).span)
        try desk.tell(application, "已作出决定")
        return Outcome(application.id, "已决定不予确认。下一步：\(isOld ? "三日" : "三个工作日")内书面告知申请人并说明理由", link: application.link)
    }
}

/// 测算以外的不予确认理由。
enum RefusalCause: String, CodeList {
    case falseDeclaration = "FALSE_DECLARATION", noAuthorisation = "NO_AUTHORISATION", notLocal = "NOT_LOCAL", overlap = "OVERLAP_CONFLICT", invalidCertificate = "CERT_INVALID"

    var label: String {
        switch self {
        case .falseDeclaration: "隐瞒或者虚报家庭情况"
        case .noAuthorisation: "未授权核对"
        case .notLocal: "不属于受理范围"
        case .overlap: "已享受不能兼得的救助供养"
        case .invalidCertificate: "证件、证明无效"
        }
    }

    /// What would have to be otherwise.
    private var remedy: String {
        switch self {
        case .falseDeclaration: "需如实申报家庭人口、收入和财产"
        case .noAuthorisation: "共同生活的家庭成员需全部签署核对授权书"
        case .notLocal: "需向户籍所在地或者经常居住地的乡镇（街道）申请"
        case .overlap: "需先终止不能兼得的救助供养"
        case .invalidCertificate: "需提供有效的证件、证明"
        }
    }

    fileprivate func reason(_ note: LongText?, isOld: Bool) -> ReasonEntry {
        ReasonEntry(0, code: rawValue, "\(label)：\(note?.text ?? "")", remedy: remedy,
                    basis: isOld ? .approval2012("第二十九条") : .confirmation2021("第二十一条"))
    }
}

/// 送达不予确认告知书。
struct DeliverRefusal: Action, RecordsService {
    let application: ID<Application>
    let service: ServiceFacts

    static let title = "送达不予确认告知书"
    static let guidance = "申请行政复议、提起诉讼的期限从送达之日起算，请按送达回证核对日期。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer, .countyReviewer]
    static let subject = Subject<DeliverRefusal>.opened(.application, \.application)
    static let shape = Shape<DeliverRefusal> {
        Field(.application, \.application)
        serviceFields
    }

    init(from reading: Reading<DeliverRefusal>) throws(Refusal) {
        application = try reading(.application)
        service = try ServiceFacts(from: reading)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.deliver([.refused], of: application.text, service)
        return Outcome(application, "已书面告知，本件办结", link: "/assistance/applications/\(application.text)")
    }
}

extension Term where Value == RefusalCause {
    static var refusalCause: Term<RefusalCause> { Term("cause", "另有的理由", hint: "按测算不符合条件的不必选") }
}
