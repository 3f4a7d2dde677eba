import Kernel
import Pages
import Values

/// 有人对公示提出异议。The procedure that posted it looks again.
public struct NoticeObjected: Fact {
    public let notice: Notice
    public let objection: NoticeObjection
}

/// 公示异议有了结论。
public struct ObjectionAnswered: Fact {
    public let notice: Notice
    public let objection: ID<NoticeObjection>
    public let isUpheld: Bool
    public let finding: LongText
}

/// 对公示提出异议。Anybody may, without a name; it opens a case and the decision waits for it.
struct ObjectToNotice: Action {
    let notice: ID<Notice>
    let objection: ID<NoticeObjection>
    let raisedBy: PersonName?
    let contact: String?
    let content: LongText

    static let title = "提出异议"
    static let guidance = "姓名可以不填。留下联系方式的，我们核查后告诉您结果。您的姓名和联系方式保密，不会告诉被反映的人。"
    static let roles: Set<Role> = [.visitor]
    static let subject = Subject<ObjectToNotice>.located(Term<ID<Notice>>.notice.name) { act, reader in
        let notice = try reader.find(act.notice)
        return Located(id: notice.id.text, region: notice.region)
    }
    static let shape = Shape<ObjectToNotice> {
        Field(.notice, \.notice)
        Field(.newNoticeObjection, \.objection)
        Field(.objectionText, \.content)
        Field(.objector, \.raisedBy)
        Field(.objectorContact, \.contact)
    }

    init(from reading: Reading<ObjectToNotice>) throws(Refusal) {
        notice = try reading(.notice)
        objection = try reading(.newNoticeObjection)
        raisedBy = try reading(.objector)
        contact = try reading(.objectorContact)
        content = try reading(.objectionText)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let notice = try desk.find(notice)
        guard notice.state(on: desk.today) == .open else {
            throw Refusal.outOfOrder("这份公示已经\(notice.state(on: desk.today).label)，不能在这里提出异议。有情况要反映的，请联系\(notice.unit)")
        }
        let raised = try desk.object(to: notice, objection, channel: .hall, by: raisedBy, contact: contact, content)
        desk.emit(NoticeObjected(notice: notice, objection: raised.objection))
        let due = try desk.clocks(of: raised.file).first.map { "，最迟\($0.dueOn.shown)有结果" } ?? ""
        return Outcome(objection, "异议已收到，编号 \(raised.file.number)。下一步：我们派人核查\(due)")
    }
}

/// 处理公示异议。What was found; the procedure takes the consequence.
struct AnswerObjection: Action {
    let objection: ID<NoticeObjection>
    let isUpheld: Bool
    let finding: LongText

    static let title = "处理公示异议"
    static let guidance = "写明怎样核查、查到什么。成立的，原程序回到调查核实；不成立的，公示期满后继续办理。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer, .countyReviewer]
    static let subject = Subject<AnswerObjection>.opened(.noticeObjection, \.objection)
    static let shape = Shape<AnswerObjection> {
        Field(.noticeObjection, \.objection)
        Field(.objectionUpheld, \.isUpheld)
        Field(.objectionFinding, \.finding)
    }

    init(from reading: Reading<AnswerObjection>) throws(Refusal) {
        objection = try reading(.noticeObjection)
        isUpheld = try reading(.objectionUpheld)
        finding = try reading(.objectionFinding)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let objection = try desk.find(objection), notice = try desk.find(objection.notice)
        try desk.conclude(objection, upheld: isUpheld, finding)
        desk.emit(ObjectionAnswered(notice: notice, objection: objection.id, isUpheld: isUpheld, finding: finding))
        return Outcome(objection.id, isUpheld ? "异议成立，已处理" : "异议不成立，已处理", link: "/notices/objections/\(objection.id.text)")
    }
}

/// The notice stands above the form, so that one sees what one objects to.
let objectionForm = FormPage(ObjectToNotice.self) { visit in
    guard let id = visit.subject.flatMap(ID<Notice>.init(rawValue:)) else { return FormLayout(sections: []) }
    let notice = try visit.reader.find(id)
    guard notice.state(on: visit.reader.today) == .open else { throw Refusal.absent("没有这份公示，或者已经期满、撤下") }
    return FormLayout(sections: [FormLayout.Section("您的异议", fields: ["content", "raised_by", "contact"])],
                      preface: PanelView(notice.title, posted(notice)).markup)
}

extension Term where Value == PersonName {
    static var objector: Term<PersonName> { Term("raised_by", "您的姓名", hint: "可以不填") }
}
extension Term where Value == String {
    static var objectorContact: Term<String> { Term("contact", "联系方式", hint: "可以不填。填了，我们把结果告诉您") }
}
