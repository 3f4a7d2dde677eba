import Commons
import Kernel
import Values

/// 受理申请。From today its law holds; the clock of the whole begins.
///
/// 《最低生活保障审核确认办法》第十条、第十一条、第十五条、第二十二条；委托确认的二十个工作日见民发〔2022〕83号。
struct AcceptApplication: Action {
    let application: ID<Application>
    let nearRelative: String?

    static let title = "受理申请"
    static let guidance = "材料齐全、授权书都已签署的予以受理。与经办人员、村（居）委会成员有近亲属关系的，在此备案。"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<AcceptApplication>.opened(.application, \.application)
    static let shape = Shape<AcceptApplication> {
        Field(.application, \.application)
        Field(.nearRelative, \.nearRelative)
    }

    init(from reading: Reading<AcceptApplication>) throws(Refusal) {
        application = try reading(.application)
        nearRelative = try reading(.nearRelative)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var application = try desk.find(application)
        let declaration = try desk.find(application.declaration)
        try requireConsent(of: declaration)
        application.acceptedOn = desk.today
        application.level = try desk.rulings(on: desk.today, in: application.region)(confirmationLevel).value
        application.nearRelative = nearRelative ?? application.nearRelative
        application.declaration = try judgedFromToday(declaration, at: desk)
        try desk.update(application)
        let file = try desk.caseFile(application.id)
        try desk.fixEdition(of: file, on: desk.today)
        let due = try startClock(of: application, on: file, at: desk)
        return Outcome(application.id, "已受理 \(file.number)，\(application.level?.label ?? "")。下一步：信息核对和入户调查\(due)", link: application.link)
    }

    /// 第九条：every co-living member signs; guardians sign for minors.
    private func requireConsent(of declaration: Declaration) throws(Refusal) {
        let missing = declaration.members.filter { $0.condition.isPresent && $0.hasConsented != true }
        guard missing.isEmpty else {
            throw Refusal(.outOfOrder, "\(missing.map(\.name.shown).joined(separator: "、"))尚未签署家庭经济状况核对授权书。请一次性告知补正，签齐后再受理",
                          basis: .confirmation2021("第九条"))
        }
    }

    private func judgedFromToday(_ declaration: Declaration, at desk: Desk) throws -> ID<Declaration> {
        guard declaration.asOf != desk.today else { return declaration.id }
        let accepted = declaration.copied(desk.makeID(), knownAt: desk.now) { $0.asOf = desk.today }
        try desk.insert(accepted)
        return accepted.id
    }

    /// The 2012 procedure limits its steps, not the whole.
    private func startClock(of application: Application, on file: CaseFile, at desk: Desk) throws -> String {
        guard Edition.inForce(on: desk.today) == .rules2021, let level = application.level else { return "" }
        let law = try desk.law(of: application)
        let span = try law.deadlines.whole(level.limit).value
        try desk.start(ApplicationClock.whole, on: file, span: span)
        return "，须在\(span.shown)内办结，截止\(desk.calendar.due(after: desk.today, span).shown)"
    }
}
