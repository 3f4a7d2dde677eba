import Kernel
import Values

/// 公示异议。What somebody holds against a notice; the case of the same id carries its number and clock.
///
/// Who said it and how to reach them rest sealed: those of whom it is said never learn it.
public struct NoticeObjection: Placed {
    public let id: ID<NoticeObjection>
    public let notice: ID<Notice>
    public let region: RegionCode
    public let channel: ObjectionChannel
    public let raisedOn: CivilDate
    let raisedBy: Sealed<PersonName>?
    let contact: Sealed<String>?
    public let content: LongText
    public internal(set) var answeredOn: CivilDate?
    public internal(set) var isUpheld: Bool?
    public internal(set) var finding: LongText?

    public static let table = "notice_objection"
    public static let title = "公示异议"
    public static let shape = Shape<NoticeObjection> {
        Field(.id, \.id)
        Field(.noticeReference, \.notice)
        Field(.region, \.region)
        Field(.objectionChannel, \.channel)
        Field(.objectedOn, \.raisedOn)
        Field(.objectorSealed, \.raisedBy)
        Field(.contactSealed, \.contact)
        Field(.objectionText, \.content)
        Field(.answeredOn, \.answeredOn)
        Field(.objectionUpheld, \.isUpheld)
        Field(.objectionFinding, \.finding)
    }

    public init(from reading: Reading<NoticeObjection>) throws(Refusal) {
        id = try reading(.id)
        notice = try reading(.noticeReference)
        region = try reading(.region)
        channel = try reading(.objectionChannel)
        raisedOn = try reading(.objectedOn)
        raisedBy = try reading(.objectorSealed)
        contact = try reading(.contactSealed)
        content = try reading(.objectionText)
        answeredOn = try reading(.answeredOn)
        isUpheld = try reading(.objectionUpheld)
        finding = try reading(.objectionFinding)
    }

    init(_ id: ID<NoticeObjection>, to notice: Notice, channel: ObjectionChannel, on day: CivilDate, by name: Sealed<PersonName>?, contact: Sealed<String>?, _ content: LongText) {
        self.id = id
        self.notice = notice.id
        region = notice.region
        self.channel = channel
        raisedOn = day
        raisedBy = name
        self.contact = contact
        self.content = content
    }
}

/// 异议从哪里来。
public enum ObjectionChannel: String, CodeList {
    case hall, counter

    public var label: String { self == .hall ? "网上大厅" : "窗口、来信、来电" }
}

/// 异议到哪一步。
enum Objected {
    static let received = State("received", "已收到，待核查", awaits: "核查异议，写明处理情况")
    static let answered = State("answered", "已处理", isFinal: true)
}

/// Its length is ruled by place.
let objectionClock = ClockRule("objection", "处理公示异议", .workingDays(10), basis: Citation("公示异议处理时限", article: "（规则参数 objection-limit）"))

let objectionProcess = Process("objection", "公示异议", series: "YY", path: "/notices/objections", editions: [
    Edition(from: CivilDate(written: 2012, 12, 12), basis: Citation("社会救助暂行办法", number: "国务院令第649号"), initial: Objected.received,
            states: [Objected.received, Objected.answered], moves: [
        Move(AnswerObjection.self, from: [Objected.received], to: Objected.answered),
    ]),
])

extension Desk {
    /// 登记异议。Opens its case with a number and a clock of its own. - Returns: the objection and its number.
    public func object(to notice: Notice, _ id: ID<NoticeObjection>, channel: ObjectionChannel, by name: PersonName?, contact: String? = nil,
                       _ content: LongText) throws -> (objection: NoticeObjection, file: CaseFile) {
        let objection = NoticeObjection(id, to: notice, channel: channel, on: today, by: try name.map { try seal($0) }, contact: try contact.map { try seal($0) }, content)
        try insert(objection)
        let file = try openCase(objectionProcess, for: id, title: "对 \(notice.number) 公示的异议", in: notice.region)
        let limit = try rulings(on: today, in: notice.region).find(objectionLimit)?.value
        try start(objectionClock, on: file, span: limit)
        return (objection, file)
    }

    /// 处理异议，as a consequence of what the procedure itself found; an act on the objection's own case moves it by itself.
    public func answer(_ id: ID<NoticeObjection>, upheld: Bool, _ finding: LongText) throws {
        guard let objection = try first(NoticeObjection.self, where: "id = \(id)"), objection.answeredOn == nil else { return }
        try conclude(objection, upheld: upheld, finding)
        try move(try caseFile(id), to: Objected.answered)
    }

    func conclude(_ objection: NoticeObjection, upheld: Bool, _ finding: LongText) throws {
        var objection = objection
        objection.answeredOn = today
        objection.isUpheld = upheld
        objection.finding = finding
        try update(objection)
    }
}

extension Term where Value == ID<NoticeObjection> {
    static var noticeObjection: Term<ID<NoticeObjection>> { Term("objection", "异议", .carried) }
    static var newNoticeObjection: Term<ID<NoticeObjection>> { Term("objection", "异议编号", .made) }
}
extension Term where Value == ObjectionChannel {
    static var objectionChannel: Term<ObjectionChannel> { Term("channel", "来源") }
}
extension Term where Value == CivilDate {
    static var objectedOn: Term<CivilDate> { Term("raised_on", "异议日期") }
    static var answeredOn: Term<CivilDate> { Term("answered_on", "处理日期") }
}
extension Term where Value == Sealed<PersonName> {
    static var objectorSealed: Term<Sealed<PersonName>> { Term("raised_by", "提出人") }
}
extension Term where Value == Sealed<String> {
    static var contactSealed: Term<Sealed<String>> { Term("contact", "联系方式") }
}
extension Term where Value == LongText {
    static var objectionText: Term<LongText> { Term("content", "异议内容", hint: "写明对哪一点有异议、您知道的情况。不要写身份证号、病情等他人隐私") }
    static var objectionFinding: Term<LongText> { Term("finding", "核查和处理情况") }
}
extension Term where Value == Bool {
    static var objectionUpheld: Term<Bool> { Term("upheld", "异议成立") }
}
