import Commons
import Kernel
import Values

/// 确认最低生活保障。Confirms an application and grants the allowance from the lawful month.
///
/// 《最低生活保障审核确认办法》第二十条至第二十三条。Judged by the law of the acceptance date; each month is paid by its own rulings.
struct ConfirmAllowance: Action {
    let application: ID<Application>
    let decision: ID<Decision>
    let allowance: ID<Allowance>
    let note: LongText?

    static let title = "确认最低生活保障"
    static let guidance = "公示期满、没有未处理的异议的，由另一人确认。金额和起始月由系统按规定得出。"
    static let roles: Set<Role> = [.countyApprover, .townshipReviewer]
    static let subject = Subject<ConfirmAllowance>.opened(.application, \.application)
    static let shape = Shape<ConfirmAllowance> {
        Field(.application, \.application)
        Field(.newDecision, \.decision)
        Field(.newAllowance, \.allowance)
        Field(.longNote, \.note)
    }

    init(from reading: Reading<ConfirmAllowance>) throws(Refusal) {
        application = try reading(.application)
        decision = try reading(.newDecision)
        allowance = try reading(.newAllowance)
        note = try reading(.longNote)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let application = try desk.find(application)
        try desk.requireLevel(of: application)
        try desk.requireNoticed(application)
        let (declaration, judged) = try desk.assessment(of: application)
        try desk.requireAlive(declaration.people(countedBy: judged))
        guard judged.decision.isApproval else {
            throw Refusal.ineligible("按受理日的规定\(judged.decision.label)：\(judged.grounds)。请办理不予确认；事实有误的，登记异议，核查后重新核定家庭情况", basis: judged.reasons.first?.basis)
        }
        let law = try desk.law(of: application)
        let start = firstBenefitMonth(decided: desk.today, applied: application.appliedOn, law.start.value)
        let segments = try desk.amounts(declaration, in: application.region, from: start, through: start.adding(12))
        let group = declaration.householdClass ?? judged.suggestedClass.value
        let granted = Allowance(allowance, from: application, declaration, class: group, confirmedOn: desk.today,
                                nextReview: try reviewDue(group, last: desk.today.monthOf, under: law))
        try desk.issue(decided(application, declaration, judged, from: start, segments, at: desk))
        try desk.insert(granted)
        try desk.pay(allowance, segments.map { ($0.from, $0.assessment.monthly) }, by: decision)
        try desk.enroll(declaration.people(countedBy: judged), in: allowance, from: start)
        let title = "\(try desk.find(application.applicant).name.shown)户"
        let file = try desk.openCase(allowanceProcess, for: allowance, title: title, in: application.region)
        let monthly = segments.first?.assessment.monthly ?? judged.monthly
        try desk.tell(application, "已作出决定")
        return Outcome(application.id, "已确认，待遇编号 \(file.number)，自\(start.shown)起每月 \(monthly.shown)。下一步：打印并送达确认通知书", link: granted.link)
    }

    /// The decision shows the judgement, and beside it the reckoning of the first month where its rulings give another amount.
    private func decided(_ application: Application, _ declaration: Declaration, _ judged: Assessment, from start: Month, _ segments: [MonthSegment],
                         at desk: Desk) throws -> Decision {
        let acceptedOn = try application.requireAcceptedOn()
        let paid = segments.first?.assessment ?? judged
        let shown = paid.monthly == judged.monthly ? judged : judged.followed(by: paid, from: start)
        return Decision(decision, .confirmed, of: application.id.text, household: application.household, region: application.region,
                        declaration: declaration.id, lawOn: acceptedOn, at: desk, shown, monthly: paid.monthly, from: start, note: note)
    }
}

extension Assessment {
    /// This judgement, and after it the arithmetic of the first month paid, whose rulings are newer.
    fileprivate func followed(by paid: Assessment, from start: Month) -> Assessment {
        let turn = SheetLine(.note, "发放月份的规定", "以上按受理日的规定认定；\(start.shown)起按当月规定发放")
        return Assessment(decision: decision, reasons: reasons, monthly: paid.monthly, members: members, property: property,
                          lines: lines + [turn] + paid.lines.filter { $0.amount != nil }, suggestedClass: suggestedClass)
    }
}

extension Reader {
    /// 确认层级：county or township, as ruled on the acceptance date.
    func requireLevel(of application: Application) throws(Refusal) {
        guard application.level == .county, actor.role != .countyApprover else { return }
        throw .forbidden("本件由县级民政部门确认，请转交区县审批")
    }

    /// 动态管理的层级：the level that confirms in this place today also raises, reduces and stops (第三十二条).
    func requireLevel(of allowance: Allowance) throws {
        guard actor.role != .countyApprover, try rulings(on: today, in: allowance.region)(confirmationLevel).value == .county else { return }
        throw Refusal(.forbidden, "本户由县级民政部门管理，增发、减发、渐退和停发请转交区县审批", basis: .confirmation2021("第三十二条"))
    }

    /// Nobody is put on the roster whom the register knows to be dead.
    func requireAlive(_ people: [ID<Person>]) throws {
        for person in try people.map({ try find($0) }) where person.diedOn != nil {
            throw Refusal.outOfOrder("\(person.name.shown)已登记死亡，不能按原家庭人口确认。请登记异议，核查后重新核定家庭情况")
        }
    }

    /// The last notice has ended, nothing is left open, and the county has been there where the law wants it to.
    func requireNoticed(_ application: Application) throws {
        guard let notice = try notices(of: application.id).last else { throw Refusal.outOfOrder("还没有公示，请先公示") }
        guard notice.until <= today else {
            throw Refusal.outOfOrder("公示到\(notice.lastDay.shown)为止，\(notice.until.shown)起才能作出决定")
        }
        if let posted = notice.posted { try requireEvidence(of: posted) }
        let objections = try objections(of: application.id)
        guard objections.allSatisfy({ $0.resolvedOn != nil }) else { throw Refusal.outOfOrder("还有未处理的异议，请先处理异议") }
        if let check = try checks(of: application.id).last { try requireValid(check, of: application) }
        let isSensitive = application.nearRelative != nil || !objections.isEmpty
        if isSensitive, try !visits(of: application.id).contains(where: { $0.level == .county }) {
            throw Refusal(.outOfOrder, "有近亲属备案或者异议的申请，须由县级入户调查，请区县审核人员先登记入户调查", basis: .confirmation2021("第二十条"))
        }
    }
}
