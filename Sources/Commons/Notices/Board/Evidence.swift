import Kernel
import Values

/// 公示留证。That a notice hung where it should: a photograph, or somebody who saw it.
struct NoticeEvidence: Record {
    let id: ID<NoticeEvidence>
    let notice: ID<Notice>
    let seenOn: CivilDate
    let place: String
    let photo: AttachmentReference?
    let witness: PersonName?
    let recordedBy: String

    static let table = "notice_evidence"
    static let title = "公示留证"
    static let shape = Shape<NoticeEvidence> {
        Field(.id, \.id)
        Field(.noticeReference, \.notice)
        Field(.seenOn, \.seenOn)
        Field(.evidencePlace, \.place)
        Field(.evidencePhoto, \.photo)
        Field(.evidenceWitness, \.witness)
        Field(.recordedBy, \.recordedBy)
    }

    init(from reading: Reading<NoticeEvidence>) throws(Refusal) {
        id = try reading(.id)
        notice = try reading(.noticeReference)
        seenOn = try reading(.seenOn)
        place = try reading(.evidencePlace)
        photo = try reading(.evidencePhoto)
        witness = try reading(.evidenceWitness)
        recordedBy = try reading(.recordedBy)
    }

    init(_ act: RecordEvidence, by name: String) {
        id = act.evidence
        notice = act.notice
        seenOn = act.seenOn
        place = act.place
        photo = act.photo
        witness = act.witness
        recordedBy = name
    }
}

/// 登记公示留证。
struct RecordEvidence: Action {
    let notice: ID<Notice>
    let evidence: ID<NoticeEvidence>
    let seenOn: CivilDate
    let place: String
    let photo: AttachmentReference?
    let witness: PersonName?

    static let title = "登记公示留证"
    static let guidance = "公示张贴后拍照留存，照片要看得清公示内容、地点和日期。没有照片的，写明见证人。"
    static let roles: Set<Role> = [.community, .townshipClerk, .townshipReviewer, .countyReviewer]
    static let subject = Subject<RecordEvidence>.located(Term<ID<Notice>>.notice.name) { act, reader in
        let notice = try reader.find(act.notice)
        return Located(id: notice.id.text, region: notice.region)
    }
    static let shape = Shape<RecordEvidence> {
        Field(.notice, \.notice)
        Field(.newEvidence, \.evidence)
        Field(.seenOn, \.seenOn)
        Field(.evidencePlace, \.place)
        Field(.evidencePhoto, \.photo)
        Field(.evidenceWitness, \.witness)
    }

    init(from reading: Reading<RecordEvidence>) throws(Refusal) {
        notice = try reading(.notice)
        evidence = try reading(.newEvidence)
        seenOn = try reading(.seenOn)
        place = try reading(.evidencePlace)
        photo = try reading(.evidencePhoto)
        witness = try reading(.evidenceWitness)
        guard photo != nil || witness != nil else { throw .invalid("请附照片；没有照片的，写明见证人").at(["photo"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        let notice = try desk.find(notice)
        guard seenOn >= notice.from, seenOn < notice.until, seenOn <= desk.today else {
            let end = min(notice.lastDay, desk.today)
            throw Refusal.invalid("留证日期应在公示期内（\(notice.from.shown)至\(end.shown)）").at(["seen_on"])
        }
        try desk.insert(NoticeEvidence(self, by: desk.actor.name))
        return Outcome(notice.id, "公示留证已登记", link: "/notices/notices/\(notice.id.text)")
    }
}

/// 撤下公示。Wrongly posted, or overtaken: the reason is kept, and the procedure posts anew.
struct WithdrawNotice: Action {
    let notice: ID<Notice>
    let reason: String

    static let title = "撤下公示"
    static let guidance = "内容有误或者情况改变的，撤下并写明原因。已过的天数不算，需要的重新公示。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer, .countyApprover]
    static let subject = Subject<WithdrawNotice>.located(Term<ID<Notice>>.notice.name) { act, reader in
        let notice = try reader.find(act.notice)
        return Located(id: notice.id.text, region: notice.region)
    }
    static let shape = Shape<WithdrawNotice> {
        Field(.notice, \.notice)
        Field(.withdrawalReason, \.reason)
    }

    init(from reading: Reading<WithdrawNotice>) throws(Refusal) {
        notice = try reading(.notice)
        reason = try reading(.withdrawalReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let notice = try desk.find(notice)
        guard [.waiting, .open].contains(notice.state(on: desk.today)) else {
            throw Refusal.outOfOrder("这份公示已经\(notice.state(on: desk.today).label)，不用再撤")
        }
        try desk.withdraw(notice, because: reason)
        desk.emit(NoticeWithdrawn(notice: notice))
        return Outcome(notice.id, "公示已撤下", link: "/notices/notices/\(notice.id.text)")
    }
}

extension Term where Value == ID<NoticeEvidence> {
    static var newEvidence: Term<ID<NoticeEvidence>> { Term("evidence", "留证编号", .made) }
}
extension Term where Value == CivilDate {
    static var seenOn: Term<CivilDate> { Term("seen_on", "拍照、见证日期") }
}
extension Term where Value == String {
    static var evidencePlace: Term<String> { Term("place", "地点") }
    static var recordedBy: Term<String> { Term("recorded_by", "登记人") }
}
extension Term where Value == AttachmentReference {
    static var evidencePhoto: Term<AttachmentReference> { Term("photo", "照片", hint: "JPG、PNG 或者 PDF，不超过 10 MB") }
}
extension Term where Value == PersonName {
    static var evidenceWitness: Term<PersonName> { Term("witness", "见证人") }
}
