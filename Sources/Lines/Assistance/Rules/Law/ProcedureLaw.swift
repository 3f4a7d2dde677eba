import Values

/// 发放起始月。
enum StartRule: String, CodeList {
    case nextMonthAfterDecision = "next-month-after-decision"
    case decisionMonth = "decision-month"
    case applicationMonth = "application-month"

    var label: String {
        switch self {
        case .nextMonthAfterDecision: "自作出确认决定之日下月起"
        case .decisionMonth: "自作出确认决定当月起"
        case .applicationMonth: "自提出申请当月起"
        }
    }
}

/// 停发、调整起始月。The first month that is no longer paid as before.
enum StopRule: String, CodeList {
    case nextMonthAfterEvent = "next-month-after-event"
    case eventMonth = "event-month"
    case nextMonthAfterDecision = "next-month-after-decision"

    var label: String {
        switch self {
        case .nextMonthAfterEvent: "自情形发生的下月起"
        case .eventMonth: "自情形发生的当月起"
        case .nextMonthAfterDecision: "自作出决定的下月起"
        }
    }
}

/// 渐退期规定：the shares of the old allowance still paid, month by month; after the last one it stops.
struct GradualExit: Hashable, Sendable {
    var shares: [BasisPoints]

    /// 渐退期原则上不超过六个月（民发〔2022〕83号）；the amount is left to the place, by default the old one.
    static let sixMonths = GradualExit(shares: Array(repeating: .percent(100), count: 6))
}

/// 办理时限。nil 表示该版本的规定没有这一时限。
struct AllowanceDeadlines: Hashable, Sendable {
    /// 受理至确认。
    var whole: Ruled<Span>?
    /// 受理至确认，情况特殊。
    var special: Ruled<Span>?
    /// 委托乡镇（街道）确认时，受理至确认。
    var delegated: Ruled<Span>?
    var delegatedSpecial: Ruled<Span>?
    /// 受理至开始调查。
    var surveyStart: Ruled<Span>?
    /// 受理至完成调查。
    var survey: Ruled<Span>?
    /// 县级民政部门收到请求至开展信息核对。
    var informationCheck: Ruled<Span>?
    /// 县级民政部门收到材料至提出意见。
    var countyOpinion: Ruled<Span>
    /// 公示期满至作出决定。
    var decisionAfterNotice: Ruled<Span>?
    /// 决定至书面告知不予确认。
    var refusalInWriting: Ruled<Span>
    var notice: Ruled<Span>
    /// 对异议的处理。
    var objection: Ruled<Span>?
    /// 公示期间是否停止计算办理时限。
    var noticePausesClock: Ruled<Bool>
}

extension AllowanceDeadlines {
    static let national2021 = AllowanceDeadlines(
        whole: .init(.workingDays(30), source: .confirmation2021("第二十二条")),
        special: .init(.workingDays(45), source: .confirmation2021("第二十二条")),
        delegated: .init(.workingDays(20), source: .expansion2022),
        delegatedSpecial: .init(.workingDays(45), source: .expansion2022),
        surveyStart: .init(.workingDays(3), source: .confirmation2021("第十五条")),
        informationCheck: .init(.workingDays(3), source: .confirmation2021("第十七条")),
        countyOpinion: .init(.workingDays(10), source: .confirmation2021("第二十条")),
        refusalInWriting: .init(.workingDays(3), source: .confirmation2021("第二十一条")),
        notice: .init(.calendarDays(7), source: .confirmation2021("第十九条")),
        noticePausesClock: .init(false, source: .systemDefault))

    /// The 2012 procedure had limits for its steps, not for the whole.
    static let national2012 = AllowanceDeadlines(
        survey: .init(.workingDays(10), source: .approval2012("第十八条")),
        countyOpinion: .init(.workingDays(5), source: .approval2012("第二十六条")),
        decisionAfterNotice: .init(.workingDays(3), source: .approval2012("第二十九条")),
        refusalInWriting: .init(.calendarDays(3), source: .approval2012("第二十九条")),
        notice: .init(.calendarDays(7), source: .approval2012("第二十五条")),
        objection: .init(.workingDays(20), source: .approval2012("第二十九条")),
        noticePausesClock: .init(false, source: .systemDefault))
}
