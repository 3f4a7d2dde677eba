import Commons
import Kernel
import Values

/// 审核意见。What the township thinks; its finding is kept as a decision of that kind.
struct FirstOpinion: Record {
    let id: ID<FirstOpinion>
    let application: ID<Application>
    let decision: ID<Decision>
    let approves: Bool
    let text: LongText?
    let givenOn: CivilDate

    static let table = "first_opinion"
    static let title = "审核意见"
    static let shape = Shape<FirstOpinion> {
        Field(.id, \.id)
        Field(.applicationID, \.application)
        Field(.decisionID, \.decision)
        Field(.approves, \.approves)
        Field(.opinionText, \.text)
        Field(.givenOn, \.givenOn)
    }

    init(from reading: Reading<FirstOpinion>) throws(Refusal) {
        id = try reading(.id)
        application = try reading(.applicationID)
        decision = try reading(.decisionID)
        approves = try reading(.approves)
        text = try reading(.opinionText)
        givenOn = try reading(.givenOn)
    }

    init(id: ID<FirstOpinion>, application: ID<Application>, decision: ID<Decision>, approves: Bool, text: LongText?, givenOn: CivilDate) {
        self.id = id
        self.application = application
        self.decision = decision
        self.approves = approves
        self.text = text
        self.givenOn = givenOn
    }
}

/// 公示。Posted masked; the day of posting is not counted, and a last day that is off moves on (《民法典》第二百零一条、第二百零三条).
struct PublicNotice: Record {
    let id: ID<PublicNotice>
    let application: ID<Application>
    let level: ConfirmationLevel
    let from: CivilDate
    /// The first day after the notice.
    let until: CivilDate
    let place: String
    let text: LongText

    static let table = "public_notice"
    static let title = "公示"
    static let shape = Shape<PublicNotice> {
        Field(.id, \.id)
        Field(.applicationID, \.application)
        Field(.noticeLevel, \.level)
        Field(.postedOn, \.from)
        Field(.until, \.until)
        Field(.noticePlace, \.place)
        Field(.noticeText, \.text)
    }

    init(from reading: Reading<PublicNotice>) throws(Refusal) {
        id = try reading(.id)
        application = try reading(.applicationID)
        level = try reading(.noticeLevel)
        from = try reading(.postedOn)
        until = try reading(.until)
        place = try reading(.noticePlace)
        text = try reading(.noticeText)
    }

    /// - Parameter lastDay: as the work calendar gives it, seven days after the posting or the next working day.
    init(id: ID<PublicNotice>, application: ID<Application>, level: ConfirmationLevel, from: CivilDate, lastDay: CivilDate, place: String, text: LongText) {
        self.id = id
        self.application = application
        self.level = level
        self.from = from
        until = lastDay.adding(days: 1)
        self.place = place
        self.text = text
    }

    /// 《最低生活保障审核确认办法》第十九条：公示期为七天。
    static let days = 7
    var lastDay: CivilDate { until.adding(days: -1) }
    /// The same notice in the shared register.
    var posted: ID<Notice>? { ID(rawValue: id.text) }
}

/// 异议。
struct Objection: Record {
    let id: ID<Objection>
    let application: ID<Application>
    let notice: ID<PublicNotice>
    let raisedOn: CivilDate
    /// 提出人，可以不具名。
    let raisedBy: PersonName?
    let content: LongText
    var resolvedOn: CivilDate?
    var isUpheld: Bool?
    var finding: LongText?

    static let table = "objection"
    static let title = "异议"
    static let shape = Shape<Objection> {
        Field(.id, \.id)
        Field(.applicationID, \.application)
        Field(.noticeID, \.notice)
        Field(.raisedOn, \.raisedOn)
        Field(.raisedBy, \.raisedBy)
        Field(.objectionContent, \.content)
        Field(.resolvedOn, \.resolvedOn)
        Field(.upheld, \.isUpheld)
        Field(.resolution, \.finding)
    }

    init(from reading: Reading<Objection>) throws(Refusal) {
        id = try reading(.id)
        application = try reading(.applicationID)
        notice = try reading(.noticeID)
        raisedOn = try reading(.raisedOn)
        raisedBy = try reading(.raisedBy)
        content = try reading(.objectionContent)
        resolvedOn = try reading(.resolvedOn)
        isUpheld = try reading(.upheld)
        finding = try reading(.resolution)
    }

    init(_ id: ID<Objection>, to notice: PublicNotice, raisedOn: CivilDate, by name: PersonName?, _ content: LongText) {
        self.id = id
        application = notice.application
        self.notice = notice.id
        self.raisedOn = raisedOn
        raisedBy = name
        self.content = content
    }

    /// The same objection in the shared register.
    var shared: ID<NoticeObjection>? { ID(rawValue: id.text) }
}

extension Term where Value == ID<PublicNotice> {
    static var newNotice: Term<ID<PublicNotice>> { Term("notice", "公示编号", .made) }
    static var noticeID: Term<ID<PublicNotice>> { Term("notice_id", "所对公示") }
}
extension Term where Value == ID<Objection> {
    static var newObjection: Term<ID<Objection>> { Term("objection", "异议编号", .made) }
}
extension Term where Value == Bool {
    static var approves: Term<Bool> { Term("approves", "拟予确认") }
    static var upheld: Term<Bool> { Term("upheld", "异议成立") }
}
extension Term where Value == LongText {
    static var opinionText: Term<LongText> { Term("text", "审核意见") }
    static var noticeText: Term<LongText> { Term("text", "公示内容") }
    static var objectionContent: Term<LongText> { Term("content", "异议内容") }
    static var resolution: Term<LongText> { Term("finding", "核查和处理情况") }
}
extension Term where Value == CivilDate {
    static var givenOn: Term<CivilDate> { Term("given_on", "提出日期") }
    static var postedOn: Term<CivilDate> { Term("from_on", "张贴日期") }
    static var raisedOn: Term<CivilDate> { Term("raised_on", "异议日期") }
    static var resolvedOn: Term<CivilDate> { Term("resolved_on", "处理日期") }
}
extension Term where Value == PersonName {
    static var raisedBy: Term<PersonName> { Term("raised_by", "提出人", hint: "可以不具名") }
}
extension Term where Value == String {
    static var noticePlace: Term<String> { Term("place", "公示地点") }
}
extension Term where Value == ConfirmationLevel {
    static var noticeLevel: Term<ConfirmationLevel> { Term("level", "公示层级") }
}
