import Commons
import Kernel
import Values

/// 登记异议。The household is looked at again; the limit becomes that of special cases (第十九条、第二十二条).
struct RaiseObjection: Action {
    let application: ID<Application>
    let objection: ID<Objection>
    let raisedBy: PersonName?
    let content: LongText

    static let title = "登记异议"
    static let guidance = "公示期内收到的异议都要登记。办理时限相应延长到 45 个工作日。"
    static let roles: Set<Role> = [.community, .townshipClerk, .townshipReviewer, .countyReviewer]
    static let subject = Subject<RaiseObjection>.opened(.application, \.application)
    static let shape = Shape<RaiseObjection> {
        Field(.application, \.application)
        Field(.newObjection, \.objection)
        Field(.raisedBy, \.raisedBy)
        Field(.objectionContent, \.content)
    }

    init(from reading: Reading<RaiseObjection>) throws(Refusal) {
        application = try reading(.application)
        objection = try reading(.newObjection)
        raisedBy = try reading(.raisedBy)
        content = try reading(.objectionContent)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let application = try desk.find(application)
        guard let notice = try desk.notices(of: application.id).last else { throw Refusal.outOfOrder("还没有公示，不能登记异议") }
        let objection = Objection(objection, to: notice, raisedOn: desk.today, by: raisedBy, content)
        try desk.insert(objection)
        var number = ""
        if let posted = try notice.posted.flatMap({ id in try desk.first(Notice.self, where: "id = \(id)") }), let shared = objection.shared {
            number = "编号 \(try desk.object(to: posted, shared, channel: .counter, by: raisedBy, content).file.number)。"
        }
        let told = try desk.extendForObjection(application)
        return Outcome(application.id, "异议已登记。\(number)\(told)下一步：核查并提出处理意见", link: application.link)
    }
}

/// 处理异议。Upheld, the survey begins again and a new opinion is posted; otherwise the notice runs on.
struct ResolveObjection: Action {
    let application: ID<Application>
    let isUpheld: Bool
    let finding: LongText

    static let title = "处理异议"
    static let guidance = "异议成立的，回到调查核实，重新提出审核意见并再次公示；不成立的，写明核查情况。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer, .countyReviewer]
    static let subject = Subject<ResolveObjection>.opened(.application, \.application)
    static let shape = Shape<ResolveObjection> {
        Field(.application, \.application)
        Field(.upheld, \.isUpheld)
        Field(.resolution, \.finding)
    }

    init(from reading: Reading<ResolveObjection>) throws(Refusal) {
        application = try reading(.application)
        isUpheld = try reading(.upheld)
        finding = try reading(.resolution)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let application = try desk.find(application)
        guard let objection = try desk.objections(of: application.id).last(where: { $0.resolvedOn == nil }) else {
            throw Refusal.absent("没有待处理的异议，请刷新后再看")
        }
        let next = try desk.settle(objection, upheld: isUpheld, finding)
        if let shared = objection.shared { try desk.answer(shared, upheld: isUpheld, finding) }
        return Outcome(application.id, "异议已处理。\(next)", link: application.link)
    }
}

extension Desk {
    /// 有异议的，办理时限按特殊情形（第二十二条）。- Returns: what to tell; nothing under the procedure of 2012.
    fileprivate func extendForObjection(_ application: Application) throws -> String {
        guard Edition.inForce(on: try application.requireAcceptedOn()) == .rules2021, let level = application.level else { return "" }
        let special = try law(of: application).deadlines.whole(level.specialLimit).value
        try extend(ApplicationClock.whole.name, on: try caseFile(application.id), to: special)
        return "办理时限延长到\(special.shown)。"
    }

    /// Notes what was found; when nothing is left open the case goes on, or back to the survey.
    /// - Returns: what comes next.
    fileprivate func settle(_ raised: Objection, upheld: Bool, _ finding: LongText) throws -> String {
        var objection = raised
        let file = try caseFile(objection.application), isWaiting = file.state == Applied.objected.name
        guard try !isWaiting || visits(of: objection.application).contains(where: { $0.visitedOn >= objection.raisedOn }) else {
            throw Refusal.outOfOrder("异议登记后还没有再次调查，请先登记入户调查")
        }
        objection.resolvedOn = today
        objection.isUpheld = upheld
        objection.finding = finding
        try update(objection)
        let about = try objections(of: objection.application).filter { $0.notice == objection.notice }, left = about.count { $0.resolvedOn == nil }
        guard isWaiting, left == 0 else { return left == 0 ? "本件已不在公示" : "还有 \(left) 件异议没有处理，请接着处理" }
        let isBack = about.contains { $0.isUpheld == true }
        if isBack { try takeDown(objection.notice) }
        try move(file, to: isBack ? Applied.surveying : try whereNoticed(objection.application))
        return isBack ? "异议成立，回到调查核实，请重新提出审核意见" : "异议不成立，公示期满后可以作出决定"
    }

    /// A notice that an objection refuted doesn't hang on.
    private func takeDown(_ notice: ID<PublicNotice>) throws {
        guard let posted = try first(Notice.self, where: "id = \(notice)"), posted.until > today else { return }
        try withdraw(posted, because: "异议成立，重新调查后再次公示")
    }

    private func whereNoticed(_ application: ID<Application>) throws -> State {
        let level = try notices(of: application).last?.level, isOld = Edition.inForce(on: try find(application).requireAcceptedOn()) == .rules2012
        return level == .county && isOld ? Applied.countyNoticing : Applied.noticing
    }
}

// MARK: From the hall

/// 网上提出的异议：the case waits for it as for one handed in at the counter.
let objectionFromHall = Reaction(to: NoticeObjected.self) { fact, desk in
    guard let notice = try desk.first(PublicNotice.self, where: "id = \(fact.notice.id)"), let id = ID<Objection>(rawValue: fact.objection.id.text) else { return }
    try desk.insert(Objection(id, to: notice, raisedOn: desk.today, by: nil, fact.objection.content))
    let file = try desk.caseFile(notice.application)
    guard [Applied.noticing, Applied.countyNoticing].contains(where: { $0.name == file.state }) else { return }
    _ = try desk.extendForObjection(try desk.find(notice.application))
    if Edition.inForce(on: file.editionOn) == .rules2012 { try desk.start(ApplicationClock.objection2012, on: file) }
    try desk.move(file, to: Applied.objected)
}

/// 在公示异议里作出的处理：the same consequence as in the case itself.
let objectionAnswered = Reaction(to: ObjectionAnswered.self) { fact, desk in
    guard let objection = try desk.first(Objection.self, where: "id = \(fact.objection) AND resolved_on IS NULL") else { return }
    _ = try desk.settle(objection, upheld: fact.isUpheld, fact.finding)
    let file = try desk.caseFile(objection.application)
    if file.state != Applied.objected.name { try desk.stop(ApplicationClock.objection2012.name, on: file) }
}

/// 公示撤下：the opinion is posted anew.
let noticeWithdrawn = Reaction(to: NoticeWithdrawn.self) { fact, desk in
    guard let notice = try desk.first(PublicNotice.self, where: "id = \(fact.notice.id)") else { return }
    let file = try desk.caseFile(notice.application)
    guard [Applied.noticing, Applied.countyNoticing].contains(where: { $0.name == file.state }) else { return }
    try desk.move(file, to: Applied.opined)
}
