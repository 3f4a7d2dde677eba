import Commons
import Kernel
import Values

/// 一件申请的经过。Every step with its day, written down beforehand: the steps of all cases are then done in the order of their days.
struct CaseStory {
    /// One act of the story.
    struct Step: Sendable {
        let day: CivilDate
        let permission: String
        let values: RawFields
        let by: String
    }

    private(set) var steps: [Step] = []
    private let form: CaseForm
    private let place: Place
    private let calendar: WorkCalendar
    private let application: String
    private let allowance: String
    private let notice: String
    /// 确认或者不予确认的决定。
    private let decision: String
    /// 更正，或者对决定的复议。
    private let correction: String
    private var day: CivilDate

    /// Who works where a case lies.
    struct Place: Sendable {
        let township: String
        let clerk: String
        let reviewer: String
        /// 确认：the county, or the township to which the county delegated it.
        let approver: String
    }

    init(_ fate: Fate, _ form: CaseForm, at place: Place, _ calendar: WorkCalendar, _ dice: inout Dice) {
        self.form = form
        self.place = place
        self.calendar = calendar
        day = form.day
        let at = Instant(startOf: form.day)
        application = (ID.make(at: at, using: &dice) as ID<CaseStory>).text
        allowance = (ID.make(at: at, using: &dice) as ID<CaseStory>).text
        notice = (ID.make(at: at, using: &dice) as ID<CaseStory>).text
        decision = (ID.make(at: at, using: &dice) as ID<CaseStory>).text
        correction = (ID.make(at: at, using: &dice) as ID<CaseStory>).text
        tell(fate)
    }

    // MARK: Telling

    private mutating func tell(_ fate: Fate) {
        apply(unsigned: fate == .supplementing)
        switch fate {
        case .submitted: return
        case .supplementing: return on("request-supplement", after: 2, ["items": .rows([RawRow(key: "r1", fields: ["item": .typed("申请人本人的核对授权书")])])])
        case .withdrawn: return on("withdraw-application", after: 3, ["closing_note": .typed("申请人找到工作，自愿撤回")])
        default: accept()
        }
        switch fate {
        case .surveying, .overdue: return
        case .terminated: return on("terminate-application", after: 6, ["note": .typed("两次上门均拒绝配合入户调查")], by: place.reviewer)
        default: survey()
        }
        if fate.isRefused { return refuse(isTold: fate == .notified) }
        if fate == .opined { return }
        post()
        switch fate {
        case .noticing, .noticed: return
        case .objected:
            var values = objection
            values["notice"] = .typed(notice)
            return step("notices.object-to-notice", after: 1, values, by: Office.visitor)
        default: break
        }
        if fate == .contested { contest() }
        confirm()
        live(fate)
    }

    private mutating func apply(unsigned: Bool) {
        var values = form.application
        if unsigned { values["members"] = form.fields(unsigned: true)["members"] }
        values["application"] = .typed(application)
        step("assistance.apply-for-allowance", after: 0, values, by: place.clerk)
    }

    private mutating func accept() { on("accept-application", after: 1) }

    private mutating func survey() {
        on("record-economic-check", after: 2, ["reported_on": .typed(next(2).typed)], by: "shenhe")
        visit(by: place.clerk)
        on("record-first-opinion", after: 2)
    }

    private mutating func visit(by username: String) {
        let surveyors = ["示调查甲", "示调查乙"].enumerated().map { RawRow(key: "s\($0 + 1)", fields: ["name": .typed($1)]) }
        on("record-visit", after: 1, ["visited_on": .typed(next(1).typed), "surveyors": .rows(surveyors), "signed_by": .typed(form.applicants.head?.name ?? ""),
                                      "findings": .typed("入户查看住房和生活情况，与申报一致。"), "agrees": .typed("1")], by: username)
    }

    /// Posted, and seen hanging by somebody of the community.
    private mutating func post() {
        on("post-notice", after: 1, ["place": .typed("社区（村）公示栏"), "notice": .typed(notice)])
        step("notices.record-evidence", after: 1, [
            "notice": .typed(notice), "seen_on": .typed(next(1).typed), "place": .typed("社区（村）公示栏"), "witness": .typed("示网格员"),
        ], by: place.clerk)
    }

    private var objection: RawFields { ["content": .typed("反映该户子女在外务工，请核查收入。")] }

    private mutating func contest() {
        on("raise-objection", after: 2, objection)
        visit(by: "shenhe")
        on("resolve-objection", after: 1, ["upheld": .typed("0"), "finding": .typed("经县级入户调查，子女尚在校就读，没有务工收入，异议不成立。")], by: "shenhe")
    }

    private mutating func refuse(isTold: Bool) {
        on("refuse-allowance", after: 2, ["decision": .typed(decision)], by: place.approver)
        guard isTold else { return }
        on("deliver-refusal", after: 1, ["delivered_on": .typed(next(1).typed), "delivery": .typed("in-person"), "receiver": .typed("本人")])
        step("notices.record-dispute", after: 12, [
            "service": .typed(decision), "kind": .typed("review"), "filed_on": .typed(next(10).typed), "received_on": .typed(next(12).typed),
            "authority": .typed("示范市人民政府"), "claim": .typed("认为工资收入核算有误，请求撤销不予确认决定。"), "dispute": .typed(correction),
        ], by: "shenhe")
        step("notices.answer-dispute", after: 6, ["dispute": .typed(correction), "replied_on": .typed(next(6).typed), "reply": .typed("工资收入有社会保险缴费记录和银行流水印证。")], by: "shenhe")
        step("notices.close-dispute", after: 50, [
            "dispute": .typed(correction), "closed_on": .typed(next(50).typed), "outcome": .typed("upheld"), "finding": .typed("认定事实清楚，维持原决定。"),
        ], by: "shenhe")
    }

    /// Two days after a notice of seven days, which runs on over a holiday.
    private mutating func confirm() {
        let last = calendar.due(after: day, calendarDays: 7).date
        on("confirm-allowance", after: day.days(until: last) + 2, ["allowance": .typed(allowance), "decision": .typed(decision)], by: place.approver)
        step("notices.record-service", after: 3, ["service": .typed(decision), "delivered_on": .typed(next(3).typed), "delivery": .typed("in-person"), "receiver": .typed("本人")],
             by: place.clerk)
    }

    // MARK: Life on the roster

    private mutating func live(_ fate: Fate) {
        switch fate {
        case .reviewed:
            review(after: 170)
        case .changing:
            change(wage: form.wage / 2)
        case .recomputed:
            change(wage: form.wage / 2)
            later("recompute-allowance", after: 5, ["told": .typed("收入减少，按变化后的收入重新核定，已告知户主。")], by: place.approver)
        case .corrected: correct()
        case .bereaved:
            guard let lost = form.applicants.members(on: form.day).last, lost.relation != .head else { return review(after: 170) }
            step("people.record-death", after: 40, ["person": .typed(lost.person.text), "died_on": .typed(next(38).typed)], by: place.clerk)
        case .exiting:
            // 渐退只适用于就业增收：a pensioner takes up no work.
            guard let head = form.applicants.head, head.number.birth.age(on: form.day) < 59 else { return review(after: 60) }
            change(wage: 9000)
            later("begin-gradual-exit", after: 4, ["told": .typed("就业后收入超过标准，渐退期内继续发放，已告知户主。")], by: place.approver)
        case .stopped, .closed:
            stop(isTold: fate == .closed)
        default: break
        }
    }

    private mutating func review(after days: Int) {
        later("review-allowance", after: days, ["reviewed_on": .typed(next(days).typed), "has_changed": .typed("0"), "findings": .typed("家庭人口、收入和财产没有明显变化。")])
    }

    private mutating func change(wage: Int) {
        var values = form.fields(wage: wage)
        values["changed_on"] = .typed(next(38).typed)
        values["note"] = .typed(wage > form.wage ? "户主稳定就业，收入增加" : "户主患病停工，收入减少")
        later("change-household", after: 40, values)
    }

    /// Found at a check: some income had been left out on the day of the decision.
    private mutating func correct() {
        var values = form.fields(wage: form.wage + 300)
        values["decision"] = .typed(decision)
        values["correction"] = .typed(correction)
        values["cause"] = .typed("own")
        values["wrong_finding"] = .typed("漏记户主收入每月 300 元")
        values["reason"] = .typed("抽查比对社会保险缴费记录，户主当时另有收入，经本人书面确认。")
        step("assistance.propose-correction", after: 45, values, by: place.reviewer)
        step("assistance.decide-correction", after: 3, ["correction": .typed(correction)], by: "fupi")
    }

    private mutating func stop(isTold: Bool) {
        later("stop-allowance", after: 60, ["cause": .typed("VOLUNTARY_EXIT"), "event_on": .typed(next(58).typed), "told": .typed("户主书面申请自愿退出，已告知停发月份。")],
              by: place.approver)
        if isTold { later("deliver-stop-notice", after: 2, ["delivered_on": .typed(next(2).typed), "delivery": .typed("in-person")]) }
    }

    // MARK: Steps

    private mutating func on(_ act: String, after days: Int, _ values: RawFields = [:], by username: String? = nil) {
        var values = values
        values["application"] = .typed(application)
        step("assistance.\(act)", after: days, values, by: username ?? place.clerk)
    }

    private mutating func later(_ act: String, after days: Int, _ values: RawFields, by username: String? = nil) {
        var values = values
        values["allowance"] = .typed(allowance)
        step("assistance.\(act)", after: days, values, by: username ?? place.clerk)
    }

    private mutating func step(_ permission: String, after days: Int, _ values: RawFields, by username: String) {
        day = next(days)
        steps.append(Step(day: day, permission: permission, values: values, by: username))
    }

    /// So many days on, or the next day on which the office works.
    private func next(_ days: Int) -> CivilDate {
        var day = day.adding(days: days)
        while !calendar.isWorkday(day) { day = day.adding(days: 1) }
        return day
    }
}
