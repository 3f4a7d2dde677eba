import Kernel
import Values

/// 可办事项。The acts this person may do now: those the procedure allows, without those that the file is not ready for.
extension Reader {
    func acts(on dossier: Dossier) throws -> [PageAct] {
        let next = dossier.nextAct(on: today)
        return try moves(of: dossier.file).filter { isReady($0, dossier) }.map { PageAct($0, on: dossier.application.id.text, primary: $0.name == next) }
            + evidenceAct(dossier)
    }

    /// 留证：on the notice that hangs now.
    private func evidenceAct(_ dossier: Dossier) -> [PageAct] {
        guard let notice = dossier.notices.last, notice.until > today, [Applied.noticing, Applied.countyNoticing].contains(dossier.state) else { return [] }
        return [act("record-evidence", of: "notices", on: notice.id.text)].compactMap(\.self)
    }

    private func isReady(_ action: AnyAction, _ dossier: Dossier) -> Bool {
        let approves = dossier.opinions.last?.approves ?? false
        let isDelegated = dossier.application.level == .township || actor.role == .countyApprover
        return switch action.name {
        case RequestSupplement.name: dossier.application.supplements.isEmpty
        case RecordFirstOpinion.name: dossier.isSurveyed
        case PostNotice.name: approves
        case ConfirmAllowance.name: approves && isDelegated && dossier.isNoticed(on: today)
        case RefuseAllowance.name: isDelegated
        default: true
        }
    }
}

extension Dossier {
    var isSurveyed: Bool { !checks.isEmpty && !visits.isEmpty && (!isOldProcedure || !deliberations.isEmpty) }

    /// The last notice has ended and no objection is open.
    func isNoticed(on day: CivilDate) -> Bool {
        guard let notice = notices.last else { return false }
        return notice.until <= day && objections.allSatisfy { $0.resolvedOn != nil }
    }

    /// The act that carries the case on.
    func nextAct(on day: CivilDate) -> String? {
        switch state {
        case Applied.submitted: AcceptApplication.name
        case Applied.supplementing: CompleteDocuments.name
        case Applied.surveying: nextOfSurvey
        case Applied.opined: opinions.last?.approves == true ? PostNotice.name : RefuseAllowance.name
        case Applied.noticing, Applied.countyNoticing: isNoticed(on: day) ? ConfirmAllowance.name : nil
        case Applied.objected: ResolveObjection.name
        case Applied.refused: DeliverRefusal.name
        default: nil
        }
    }

    private var nextOfSurvey: String {
        if checks.isEmpty { return RecordEconomicCheck.name }
        if visits.isEmpty { return RecordVisit.name }
        return isOldProcedure && deliberations.isEmpty ? RecordDeliberation.name : RecordFirstOpinion.name
    }
}
