import Commons
import Kernel
import Values

/// 停止保障。For a cause of the law, told with its reasons, and in writing (第三十二条；《社会救助暂行办法》第十三条).
struct StopAllowance: Action {
    let allowance: ID<Allowance>
    let decision: ID<Decision>
    let cause: StopCause
    let eventOn: CivilDate
    let told: LongText

    static let title = "停止保障"
    static let guidance = "选择停发事由，写明事实和已告知的理由。收入、财产的变化先登记家庭变化。停发后须书面告知。"
    static let roles: Set<Role> = [.countyApprover, .townshipReviewer]
    static let subject = Subject<StopAllowance>.opened(.allowance, \.allowance)
    static let shape = Shape<StopAllowance> {
        Field(.allowance, \.allowance)
        Field(.newDecision, \.decision)
        Field(.stopCause, \.cause)
        Field(.eventOn, \.eventOn)
        Field(.toldReasons, \.told)
    }

    init(from reading: Reading<StopAllowance>) throws(Refusal) {
        allowance = try reading(.allowance)
        decision = try reading(.newDecision)
        cause = try reading(.stopCause)
        eventOn = try reading(.eventOn)
        told = try reading(.toldReasons)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var allowance = try desk.find(allowance)
        try desk.requireLevel(of: allowance)
        guard eventOn <= desk.today, eventOn >= allowance.confirmedOn else {
            throw Refusal.invalid("事由发生日期应在确认日期（\(allowance.confirmedOn.shown)）和今天之间").at(["event_on"])
        }
        let law = try lawOn(eventOn, allowance.region, Residence(allowance.area), desk)
        let judged = try judgement(allowance, at: desk)
        let before = try desk.periods(of: allowance.id)
        let from = try firstUnpaid(before, law, at: desk)
        let differences = desk.differences(before, from: from) { _ in .zero }
        let facts = allowance.pending ?? allowance.declaration
        let reasons = [ReasonEntry(0, code: cause.rawValue, "\(cause.label)：\(told.text)", basis: cause.basis)] + (judged?.reasonEntries ?? [])
        let decision = Decision(decision, .stopped, of: allowance.id.text, household: allowance.household, region: allowance.region, declaration: facts,
                                lawOn: eventOn, at: desk, judged, monthly: .zero, previous: before.last { $0.covers(desk.today.monthOf) }?.monthly,
                                from: from, reasons: reasons, note: told)
        try desk.issue(decision.adding(differences.entries(after: decision.lines.count)))
        try desk.cut(allowance.id, from: from)
        try desk.enroll([], in: allowance.id, from: from)
        (allowance.declaration, allowance.pending, allowance.changedOn) = (facts, nil, nil)
        try desk.update(allowance)
        return Outcome(allowance.id, "已停发：\(cause.label)，自\(from.shown)起不再发放。\(differences.told)下一步：书面告知", link: allowance.link)
    }

    /// The month after the event, by the place's rule; a gradual exit was promised to its end and isn't cut short.
    private func firstUnpaid(_ before: [AllowancePeriod], _ law: AllowanceLaw, at desk: Desk) throws -> Month {
        if cause == .gradualExitEnd, let end = before.last?.until { return end }
        return max(stopMonth(event: eventOn, decided: desk.today, law.stop.value), try desk.firstMonth(of: allowance))
    }

    /// Means are judged, not asserted; the end of a gradual exit must have come.
    private func judgement(_ allowance: Allowance, at desk: Desk) throws -> Assessment? {
        if cause == .gradualExitEnd {
            let file = try desk.caseFile(allowance.id)
            guard file.state == Granted.exiting.name, try desk.due(allowance.id, in: desk.today.monthOf.next) == .zero else {
                throw Refusal.outOfOrder("渐退期还没有到期，不能以期满停发")
            }
        }
        if cause == .refusedWork, try desk.roster(of: allowance.id).count > 1 {
            throw Refusal(.outOfOrder, "拒绝就业只能减发或者停发本人的份额，不能停发全家。请登记家庭变化后重新核定", basis: cause.basis)
        }
        if cause == .death || cause == .prison, try othersLeft(at: desk) > 0 {
            throw Refusal(.outOfOrder, "户内还有其他保障人员，不能因一人\(cause == .death ? "死亡" : "服刑")停发全家。请登记家庭变化后重新核定", basis: cause.basis)
        }
        guard cause.isMeans else { return nil }
        let change = try desk.pendingChange(of: allowance)
        let judged = try change.declaration.declaredHousehold.assessed(under: change.law, on: change.on)
        guard judged.decision == .refuse else {
            throw Refusal.outOfOrder("按登记的变化\(judged.decision.label)，不能以\(cause.label)停发。请重新核定")
        }
        return judged
    }

    /// How many are on the roster besides the one that died or went to prison.
    private func othersLeft(at desk: Desk) throws -> Int {
        let roster = try desk.roster(of: allowance)
        guard roster.count > 1 else { return 0 }
        let living = try roster.count { try desk.find($0.person).diedOn == nil }
        return cause == .prison ? living - 1 : living
    }
}

/// 停发事由。
enum StopCause: String, CodeList {
    case incomeNotLow = "INCOME_NOT_LOW", property = "PROPERTY_OVER", death = "DEATH", prison = "PRISON", movedOut = "MOVED_OUT"
    case voluntary = "VOLUNTARY_EXIT", falseDeclaration = "FALSE_DECLARATION", overlap = "OVERLAP_CONFLICT", notReverified = "NOT_REVERIFIED"
    case refusedWork = "REFUSED_WORK_3", gradualExitEnd = "GRADUAL_EXIT_END"

    var label: String {
        switch self {
        case .incomeNotLow: "家庭人均收入不再低于标准"
        case .property: "家庭财产不再符合规定"
        case .death: "保障人员死亡"
        case .prison: "保障人员服刑"
        case .movedOut: "迁出本区域"
        case .voluntary: "自愿退出"
        case .falseDeclaration: "隐瞒或者虚报"
        case .overlap: "改享其他不能兼得的救助供养"
        case .notReverified: "拒不配合复核"
        case .refusedWork: "连续三次无正当理由拒绝就业"
        case .gradualExitEnd: "渐退期满"
        }
    }

    /// Judged by the rules on the facts as changed.
    var isMeans: Bool { self == .incomeNotLow || self == .property }

    var basis: Citation {
        switch self {
        case .refusedWork: .confirmation2021("第三十四条")
        case .gradualExitEnd: .expansion2022
        case .falseDeclaration: .socialAssistance("第六十八条")
        case .incomeNotLow, .property: .socialAssistance("第十三条")
        case .death, .prison, .movedOut, .voluntary, .overlap, .notReverified: .confirmation2021("第三十二条")
        }
    }
}

/// 送达停发告知书。
struct DeliverStopNotice: Action, RecordsService {
    let allowance: ID<Allowance>
    let service: ServiceFacts

    static let title = "送达停发告知书"
    static let guidance = "申请行政复议、提起诉讼的期限从送达之日起算，请按送达回证核对日期。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer, .countyReviewer]
    static let subject = Subject<DeliverStopNotice>.opened(.allowance, \.allowance)
    static let shape = Shape<DeliverStopNotice> {
        Field(.allowance, \.allowance)
        serviceFields
    }

    init(from reading: Reading<DeliverStopNotice>) throws(Refusal) {
        allowance = try reading(.allowance)
        service = try ServiceFacts(from: reading)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.deliver([.stopped, .revoked], of: allowance.text, service)
        return Outcome(allowance, "已书面告知，本户办结", link: "/assistance/allowances/\(allowance.text)")
    }
}

extension Term where Value == StopCause {
    static var stopCause: Term<StopCause> { Term("cause", "停发事由") }
}
extension Term where Value == CivilDate {
    static var eventOn: Term<CivilDate> { Term("event_on", "事由发生日期") }
}
