import Kernel
import Values

/// 申请到哪一步。
enum Applied {
    static let submitted = State("submitted", "已申请，待受理", awaits: "审查材料，受理或者一次性告知补正")
    static let supplementing = State("supplementing", "待补正", awaits: "等待申请人补齐材料")
    static let surveying = State("surveying", "调查核实", awaits: "信息核对、入户调查，提出审核意见")
    static let opined = State("opined", "已提出审核意见", awaits: "公示，或者报请不予确认")
    static let noticing = State("noticing", "公示中", awaits: "公示期满后作出决定")
    static let countyNoticing = State("county-noticing", "县级公示中", awaits: "公示期满后作出决定")
    static let objected = State("objected", "异议核查", awaits: "核查异议，提出处理意见")
    static let refused = State("refused", "不予确认，待书面告知", awaits: "书面告知申请人并说明理由")
    static let confirmed = State("confirmed", "已确认", isFinal: true)
    static let notified = State("notified", "不予确认", isFinal: true)
    static let terminated = State("terminated", "终止", isFinal: true)
    static let withdrawn = State("withdrawn", "已撤回", isFinal: true)

    static let all = [submitted, supplementing, surveying, opined, noticing, countyNoticing, objected, refused, confirmed, notified, terminated, withdrawn]
    /// Before a decision.
    static let open = [submitted, supplementing, surveying, opined, noticing, countyNoticing, objected]
    static let afterAcceptance = [surveying, opined, noticing, countyNoticing, objected]
}

/// 申请的时限。The length of `whole` is ruled by place and level; the rest are national.
enum ApplicationClock {
    static let whole = ClockRule("whole", "受理至确认", .workingDays(30), basis: .confirmation2021("第二十二条"))
    static let surveyStart = ClockRule("survey-start", "开始调查", .workingDays(3), basis: .confirmation2021("第十五条"))
    static let refusalInWriting = ClockRule("refusal-in-writing", "书面告知不予确认", .workingDays(3), basis: .confirmation2021("第二十一条"))

    static let survey2012 = ClockRule("survey", "完成调查", .workingDays(10), basis: .approval2012("第十八条"))
    static let decision2012 = ClockRule("decision", "公示期满后作出决定", .workingDays(3), basis: .approval2012("第二十九条"))
    static let objection2012 = ClockRule("objection", "处理异议", .workingDays(20), basis: .approval2012("第二十九条"))
    static let refusalInWriting2012 = ClockRule("refusal-in-writing", "书面告知不予批准", .calendarDays(3), basis: .approval2012("第二十九条"))
}

/// 经办：who found, wrote down or weighed the facts doesn't decide on them.
private let findings: [any Action.Type] = [RecordFirstOpinion.self, RecordVisit.self, VerifyDeclaration.self]

/// 最低生活保障申请的审核确认程序；an application keeps the edition in force on its acceptance date.
let applicationProcess = Process("application", "最低生活保障申请", series: "DB", path: "/assistance/applications", editions: [
    Kernel.Edition(from: CivilDate(written: 2012, 12, 12), basis: .approval2012(), initial: Applied.submitted, states: Applied.all, moves: beforeSurvey + survey(stops: []) + [
        Move(AcceptApplication.self, from: [Applied.submitted], to: Applied.surveying, starts: [ApplicationClock.survey2012]),
        Move(RecordFirstOpinion.self, from: [Applied.surveying], to: Applied.opined, stops: [ApplicationClock.survey2012]),
        Move(PostNotice.self, from: [Applied.opined], to: Applied.noticing, by: [.townshipClerk, .townshipReviewer]),
        Move(PostNotice.self, from: [Applied.noticing], to: Applied.countyNoticing, by: [.countyReviewer]),
        Move(RaiseObjection.self, from: [Applied.noticing, Applied.countyNoticing], to: Applied.objected, starts: [ApplicationClock.objection2012]),
        Move(ResolveObjection.self, from: [Applied.objected], to: nil, stops: [ApplicationClock.objection2012]),
        Move(ConfirmAllowance.self, from: [Applied.countyNoticing], to: Applied.confirmed, differsFrom: findings),
        Move(RefuseAllowance.self, from: [Applied.opined, Applied.noticing, Applied.countyNoticing], to: Applied.refused,
             differsFrom: findings, starts: [ApplicationClock.refusalInWriting2012]),
    ] + endings),
    Kernel.Edition(from: CivilDate(written: 2021, 7, 1), basis: .confirmation2021(), initial: Applied.submitted, states: Applied.all,
                   moves: beforeSurvey + survey(stops: [ApplicationClock.surveyStart]) + [
        Move(AcceptApplication.self, from: [Applied.submitted], to: Applied.surveying, starts: [ApplicationClock.surveyStart]),
        Move(RecordFirstOpinion.self, from: [Applied.surveying], to: Applied.opined, stops: [ApplicationClock.surveyStart]),
        Move(PostNotice.self, from: [Applied.opined], to: Applied.noticing, by: [.townshipClerk, .townshipReviewer]),
        Move(RaiseObjection.self, from: [Applied.noticing, Applied.objected], to: Applied.objected),
        Move(ResolveObjection.self, from: [Applied.objected], to: nil),
        Move(ConfirmAllowance.self, from: [Applied.noticing], to: Applied.confirmed, differsFrom: findings),
        Move(RefuseAllowance.self, from: [Applied.opined, Applied.noticing], to: Applied.refused, differsFrom: findings,
             starts: [ApplicationClock.refusalInWriting], stops: [ApplicationClock.whole]),
    ] + endings),
])

private let beforeSurvey = [
    Move(RequestSupplement.self, from: [Applied.submitted], to: Applied.supplementing),
    Move(CompleteDocuments.self, from: [Applied.supplementing], to: Applied.submitted),
]

private func survey(stops clocks: [ClockRule]) -> [Move] {
    [
        Move(RecordEconomicCheck.self, from: [Applied.surveying, Applied.opined, Applied.objected], to: nil, stops: clocks),
        Move(RecordVisit.self, from: Applied.afterAcceptance, to: nil, stops: clocks),
        Move(RecordDeliberation.self, from: [Applied.surveying, Applied.objected], to: nil),
        Move(VerifyDeclaration.self, from: [Applied.surveying], to: nil),
    ]
}

private let endings = [
    Move(DeliverRefusal.self, from: [Applied.refused], to: Applied.notified),
    Move(TerminateApplication.self, from: Applied.afterAcceptance, to: Applied.terminated),
    Move(WithdrawApplication.self, from: Applied.open, to: Applied.withdrawn),
]
