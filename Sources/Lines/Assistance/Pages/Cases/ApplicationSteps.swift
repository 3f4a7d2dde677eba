import Commons
import Kernel
import Pages
import Values

/// 办理步骤。From the application to the first month paid: dates, people, and the clock of what is under way.
extension Reader {
    func steps(of dossier: Dossier) -> StepsView {
        let steps = [applied(dossier), supplemented(dossier), accepted(dossier), checked(dossier), visited(dossier), deliberated(dossier), opined(dossier),
                     noticed(dossier), objected(dossier), decided(dossier), told(dossier)].compactMap(\.self)
        return StepsView(dossier.isEndedEarly ? steps.filter { $0.state == .done } + [ended(dossier)] : steps)
    }

    private func applied(_ dossier: Dossier) -> StepsView.Step {
        step("申请", .done, on: dossier.application.appliedOn, by: dossier.last(ApplyForAllowance.self), note: dossier.application.channel.label)
    }

    private func supplemented(_ dossier: Dossier) -> StepsView.Step? {
        let items = dossier.application.supplements
        guard let first = items.first else { return nil }
        let isDone = items.allSatisfy(\.isSupplied)
        return step("补正材料", isDone ? .done : .current, on: first.requestedOn, by: isDone ? dossier.last(CompleteDocuments.self) : dossier.last(RequestSupplement.self),
                    note: items.map(\.item).joined(separator: "、"))
    }

    private func accepted(_ dossier: Dossier) -> StepsView.Step {
        guard let acceptedOn = dossier.application.acceptedOn else { return step("受理", dossier.state == Applied.submitted ? .current : .future) }
        return step("受理", .done, on: acceptedOn, by: dossier.last(AcceptApplication.self), note: dossier.application.level?.label ?? "")
    }

    private func checked(_ dossier: Dossier) -> StepsView.Step {
        guard let check = dossier.checks.last else { return step("信息核对", dossier.state == Applied.surveying ? .current : .future) }
        let hits = check.hits.isEmpty ? "没有命中" : "命中 \(check.hits.count) 条，属实 \(check.hits.count { $0.result == .confirmed }) 条"
        return step("信息核对", .done, on: check.reportedOn, by: dossier.last(RecordEconomicCheck.self), note: hits)
    }

    private func visited(_ dossier: Dossier) -> StepsView.Step {
        let clock = clock("survey-start", dossier) ?? clock("survey", dossier)
        guard let visit = dossier.visits.last else { return step("入户调查", dossier.state == Applied.surveying ? .current : .future, clock: clock) }
        let who = visit.surveyors.map(\.name.shown).joined(separator: "、")
        return StepsView.Step("入户调查", .done, date: visit.visitedOn.shownWithWeekday, person: who, note: visit.agrees ? "与申报一致" : "与申报不一致，已另行核定")
    }

    private func deliberated(_ dossier: Dossier) -> StepsView.Step? {
        guard let held = dossier.deliberations.last else {
            return dossier.isOldProcedure && dossier.application.acceptedOn != nil ? step("民主评议", .future) : nil
        }
        return step("民主评议", .done, on: held.heldOn, by: dossier.last(RecordDeliberation.self), note: "\(held.attendants) 人参加，\(held.votesFor) 人赞成")
    }

    private func opined(_ dossier: Dossier) -> StepsView.Step {
        guard let opinion = dossier.opinions.last, dossier.state != Applied.surveying else {
            return step("审核意见", dossier.state == Applied.surveying && dossier.isSurveyed ? .current : .future)
        }
        return step("审核意见", .done, on: opinion.givenOn, by: dossier.last(RecordFirstOpinion.self), note: opinion.approves ? "拟予确认" : "拟不予确认")
    }

    private func noticed(_ dossier: Dossier) -> StepsView.Step? {
        guard dossier.opinions.last?.approves != false else { return nil }
        guard let notice = dossier.notices.last, dossier.state != Applied.surveying else { return step("公示", dossier.state == Applied.opined ? .current : .future) }
        let isOver = notice.until <= today || dossier.outcome != nil
        let dates = "\(notice.from.shownWithWeekday)至\(notice.lastDay.shownWithWeekday)"
        return StepsView.Step("公示", isOver ? .done : .current, date: dates, person: notice.level == .county ? "县级" : "镇街", note: notice.place)
    }

    private func objected(_ dossier: Dossier) -> StepsView.Step? {
        guard let objection = dossier.objections.last else { return nil }
        guard let resolvedOn = objection.resolvedOn else { return step("异议核查", .current, on: objection.raisedOn, clock: clock("objection", dossier)) }
        return step("异议核查", .done, on: resolvedOn, by: dossier.last(ResolveObjection.self), note: objection.isUpheld == true ? "异议成立" : "异议不成立")
    }

    private func decided(_ dossier: Dossier) -> StepsView.Step {
        guard let outcome = dossier.outcome else {
            let isWaiting = dossier.isNoticed(on: today) || (dossier.state == Applied.opined && dossier.opinions.last?.approves == false)
            return step("审核确认", isWaiting ? .current : .future, clock: clock("decision", dossier) ?? clock("whole", dossier))
        }
        let paid = outcome.from.map { "自\($0.shown)起每月 \(outcome.monthly.shown)" } ?? ""
        return StepsView.Step(outcome.kind.label, .done, date: outcome.decidedOn.shownWithWeekday, person: outcome.decidedBy, note: paid)
    }

    private func told(_ dossier: Dossier) -> StepsView.Step {
        if let allowance = dossier.allowance, let from = dossier.outcome?.from {
            return StepsView.Step("首月发放", from <= today.monthOf ? .done : .future, date: from.shown, note: "复核类别 \(allowance.householdClass.rawValue) 类")
        }
        guard let refusal = dossier.outcome, refusal.kind == .refused else { return step("告知和发放", .future) }
        guard let deliveredOn = refusal.deliveredOn else { return step("书面告知", .current, clock: clock("refusal-in-writing", dossier)) }
        return step("书面告知", .done, on: deliveredOn, by: dossier.last(DeliverRefusal.self), note: refusal.delivery?.label ?? "")
    }

    private func ended(_ dossier: Dossier) -> StepsView.Step {
        let last = dossier.history.first
        return StepsView.Step(dossier.state.title, .done, date: dossier.file.closedOn?.shownWithWeekday ?? "", person: last?.actorName ?? "")
    }

    private func step(_ title: String, _ state: StepsView.State, on day: CivilDate? = nil, by entry: HistoryEntry? = nil,
                      clock: ClockView? = nil, note: String = "") -> StepsView.Step {
        StepsView.Step(title, state, date: day?.shownWithWeekday ?? "", person: entry.map { "\($0.actorName)（\($0.role.label)）" } ?? "", clock: clock, note: note)
    }

    /// 「还有 3 个工作日，截止 7月5日（周五）」; nil when the clock isn't running or never was.
    private func clock(_ name: String, _ dossier: Dossier) -> ClockView? {
        guard let clock = dossier.clocks.last(where: { $0.name == name }), clock.endedOn == nil else { return nil }
        return dated(clock)
    }

    func dated(_ clock: Clock) -> ClockView {
        let left = timeLeft(clock)
        return ClockView("\(clock.title)：\(left.text)，截止 \(clock.dueOn.shownWithWeekday)", left.tone)
    }
}

extension Dossier {
    /// Withdrawn or terminated before it was decided.
    var isEndedEarly: Bool { state == Applied.withdrawn || state == Applied.terminated }
}
