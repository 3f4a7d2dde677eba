import Commons
import Kernel
import Values

/// 提出审核意见。The rules judge the facts as verified, under the law of the acceptance date; the whole finding is kept.
///
/// 《最低生活保障审核确认办法》第十九条；2021 年 7 月以前受理的，须先民主评议（民发〔2012〕220号第二十一条）。
struct RecordFirstOpinion: Action {
    let application: ID<Application>
    let decision: ID<Decision>
    let text: LongText?
    let householdClass: HouseholdClass?

    static let title = "提出审核意见"
    static let guidance = "结论由测算得出。与事实不符时，先办理「核定家庭情况」。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer]
    static let subject = Subject<RecordFirstOpinion>.opened(.application, \.application)
    static let shape = Shape<RecordFirstOpinion> {
        Field(.application, \.application)
        Field(.newDecision, \.decision)
        Field(.householdClass, \.householdClass)
        Field(.opinionText, \.text)
    }

    init(from reading: Reading<RecordFirstOpinion>) throws(Refusal) {
        application = try reading(.application)
        decision = try reading(.newDecision)
        text = try reading(.opinionText)
        householdClass = try reading(.householdClass)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var application = try desk.find(application)
        try requireSurveyed(application, at: desk)
        if let householdClass { application.declaration = try classed(application.declaration, householdClass, at: desk) }
        try desk.update(application)
        let (declaration, assessment) = try desk.assessment(of: application)
        guard assessment.decision != .cannotDecide else {
            let asked = assessment.reasons.compactMap(\.remedy).joined(separator: "；")
            throw Refusal.outOfOrder("材料不足，暂不能提出审核意见：\(asked)。请先核定家庭情况")
        }
        let acceptedOn = try application.requireAcceptedOn()
        try desk.insert(Decision(decision, .firstOpinion, of: application.id.text, household: application.household, region: application.region,
                                 declaration: declaration.id, lawOn: acceptedOn, at: desk, assessment, note: text))
        try desk.insert(FirstOpinion(id: desk.makeID(), application: application.id, decision: decision, approves: assessment.decision.isApproval,
                                     text: text, givenOn: desk.today))
        let next = assessment.decision.isApproval ? "月保障金 \(assessment.monthly.shown)。下一步：公示" : "下一步：报请不予确认"
        return Outcome(application.id, "审核意见：\(assessment.decision.label)。\(next)", link: application.link)
    }

    private func requireSurveyed(_ application: Application, at desk: Desk) throws {
        guard let last = try desk.checks(of: application.id).last else { throw Refusal.outOfOrder("还没有信息核对结果，请先由县级登记信息核对") }
        try desk.requireValid(last, of: application)
        guard try !desk.visits(of: application.id).isEmpty else { throw Refusal.outOfOrder("还没有入户调查，请先登记入户调查") }
        let isOld = Edition.inForce(on: try application.requireAcceptedOn()) == .rules2012
        if isOld, try desk.deliberations(of: application.id).isEmpty {
            throw Refusal(.outOfOrder, "按受理时的规定须经民主评议，请先登记民主评议", basis: .approval2012("第二十一条"))
        }
    }

    private func classed(_ declaration: ID<Declaration>, _ group: HouseholdClass, at desk: Desk) throws -> ID<Declaration> {
        let classed = try desk.find(declaration).copied(desk.makeID(), knownAt: desk.now) { $0.householdClass = group }
        try desk.insert(classed)
        return classed.id
    }
}

extension Reader {
    /// A check's report must not be older than the place allows when something is decided on it.
    func requireValid(_ check: EconomicCheck, of application: Application) throws {
        let validity = try rulings(on: try application.requireAcceptedOn(), in: application.region)(checkValidity)
        let last = check.reportedOn.adding(months: validity.value)
        guard today <= last else {
            throw Refusal.outOfOrder("核对报告（\(check.reportedOn.shown)）已超过 \(validity.value) 个月的有效期，请重新核对")
        }
    }
}

/// 张贴公示。Masked: the applicant's surname, how many people, how much; nothing of ID numbers, illness, address or minors.
///
/// 《最低生活保障审核确认办法》第十九条、第二十四条；民发〔2012〕220号第二十五条、第二十九条：镇街和县级各公示七天。
struct PostNotice: Action {
    let application: ID<Application>
    let notice: ID<PublicNotice>
    let place: String

    static let title = "张贴公示"
    static let guidance = "公示七天，张贴当日不算，最后一日是节假日的顺延到节后第一个工作日。公示内容由系统拟定，已隐去个人信息。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer, .countyReviewer]
    static let subject = Subject<PostNotice>.opened(.application, \.application)
    static let shape = Shape<PostNotice> {
        Field(.application, \.application)
        Field(.newNotice, \.notice)
        Field(.noticePlace, \.place)
    }

    init(from reading: Reading<PostNotice>) throws(Refusal) {
        application = try reading(.application)
        notice = try reading(.newNotice)
        place = try reading(.noticePlace)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let application = try desk.find(application)
        guard let opinion = try desk.opinions(of: application.id).last, opinion.approves else {
            throw Refusal.outOfOrder("审核意见为不符合条件，不需公示，请报请不予确认")
        }
        let earlier = try desk.notices(of: application.id).last { $0.from >= opinion.givenOn }
        if let earlier, earlier.until > desk.today {
            throw Refusal.outOfOrder("镇街公示到\(earlier.lastDay.shown)，期满后再由县级公示")
        }
        let level: ConfirmationLevel = desk.actor.role == .countyReviewer ? .county : .township
        let lastDay = desk.calendar.due(after: desk.today, calendarDays: PublicNotice.days).date
        let text = try noticeText(application, opinion, until: lastDay, at: desk)
        let notice = PublicNotice(id: notice, application: application.id, level: level, from: desk.today, lastDay: lastDay, place: place, text: text)
        try desk.insert(notice)
        try desk.post(try posting(notice, application, text, at: desk))
        try runClocks(application, notice, at: desk)
        return Outcome(application.id, "已公示，到\(notice.lastDay.shown)为止。\(notice.until.shown)起可以作出决定", link: application.link)
    }

    /// The same on the board that everyone reads.
    private func posting(_ notice: PublicNotice, _ application: Application, _ text: LongText, at desk: Desk) throws -> Notice {
        let office = try desk.office(in: application.region, level: application.level)
        let isOld = Edition.inForce(on: try application.requireAcceptedOn()) == .rules2012
        return Notice(ID(rawValue: notice.id.text) ?? desk.makeID(), of: try desk.caseFile(application.id), title: "最低生活保障审核公示",
                      unit: notice.level == .county ? office.unit : office.township, text: text, places: notice.place, from: notice.from, lastDay: notice.lastDay,
                      basis: isOld ? .approval2012("第二十五条") : .confirmation2021("第十九条、第二十四条"))
    }

    private func noticeText(_ application: Application, _ opinion: FirstOpinion, until lastDay: CivilDate, at desk: Desk) throws -> LongText {
        let found = try desk.find(opinion.decision)
        let applicant = try desk.find(application.applicant)
        let counted = found.members.count(where: \.isCounted)
        let who = application.ground == nil ? "家庭成员 \(counted) 人" : "参照单人户"
        return try LongText(typed: """
            申请人：\(NoticeMask.name(applicant.name, born: applicant.bornOn, on: desk.today))，\(try desk.regionPath(application.region))，\(who)，拟保障金额每月 \(found.monthly.shown)。
            公示期：\(desk.today.shown)至\(lastDay.shown)。
            对以上内容有异议的，请在公示期内向所在乡镇（街道）或者县级民政部门反映，可以不具名。
            """)
    }

    /// Whether the notice stops the clock is for the place to say; the 2012 procedure decides within three working days of its second notice.
    private func runClocks(_ application: Application, _ notice: PublicNotice, at desk: Desk) throws {
        let file = try desk.caseFile(application.id)
        if try desk.law(of: application).deadlines.noticePausesClock.value {
            try desk.exclude(ApplicationClock.whole.name, on: file, from: notice.from.adding(days: 1), until: notice.until, because: Self.title)
        }
        let isOld = Edition.inForce(on: try application.requireAcceptedOn()) == .rules2012
        if isOld, notice.level == .county { try desk.start(ApplicationClock.decision2012, on: file, from: notice.lastDay) }
    }
}
