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
        try desk.insert(Objection(self, notice: notice.id, raisedOn: desk.today))
        let file = try desk.caseFile(application.id)
        var told = ""
        if Edition.inForce(on: try application.requireAcceptedOn()) == .rules2021, let level = application.level {
            let special = try desk.law(of: application).deadlines.whole(level.specialLimit).value
            try desk.extend(ApplicationClock.whole.name, on: file, to: special)
            told = "办理时限延长到\(special.shown)。"
        }
        return Outcome(application.id, "异议已登记。\(told)下一步：核查并提出处理意见", link: application.link)
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
        guard var objection = try desk.objections(of: application.id).last(where: { $0.resolvedOn == nil }) else {
            throw Refusal.absent("没有待处理的异议，请刷新后再看")
        }
        guard try desk.visits(of: application.id).contains(where: { $0.visitedOn >= objection.raisedOn }) else {
            throw Refusal.outOfOrder("异议登记后还没有再次调查，请先登记入户调查")
        }
        objection.resolvedOn = desk.today
        objection.isUpheld = isUpheld
        objection.finding = finding
        try desk.update(objection)
        let level = try desk.notices(of: application.id).last?.level
        let isOld = Edition.inForce(on: try application.requireAcceptedOn()) == .rules2012
        let back = level == .county && isOld ? Applied.countyNoticing : Applied.noticing
        try desk.move(try desk.caseFile(application.id), to: isUpheld ? Applied.surveying : back)
        let next = isUpheld ? "异议成立，回到调查核实，请重新提出审核意见" : "异议不成立，公示期满后可以作出决定"
        return Outcome(application.id, "异议已处理。\(next)", link: application.link)
    }
}
