import Commons
import Kernel
import Values

/// 申请卷宗页：the case as its page shows it.
struct ApplicationView: Sendable {
    let application: Application
    let file: CaseFile
    /// 「调查核实」
    let state: String
    /// What the office owes next.
    let awaits: String?
    let place: String
    let applicant: Person
    let declaration: Declaration
    /// Every declaration of the household for this case, newest first.
    let clocks: [Clock]
    let checks: [EconomicCheck]
    let visits: [HouseholdVisit]
    let deliberations: [Deliberation]
    let opinions: [FirstOpinion]
    let notices: [PublicNotice]
    let objections: [Objection]
    let decisions: [Decision]
    let history: [HistoryEntry]
    /// 测算：what the rules say of the latest facts now; or why they cannot say it.
    let estimate: EstimateView
    /// 待遇, when confirmed.
    let allowance: ID<Allowance>?
    /// The acts this person may do now, in order.
    let acts: [AnyAction]
    /// The procedure that holds, by its document.
    let procedure: String
}

/// 试算的结果，或者还不能算的原因。
enum EstimateView: Sendable {
    case answer(EstimateAnswer)
    /// Kind, message and the fields at fault.
    case refusal(Refusal)
}

extension Reader {
    /// - Throws: `.absent`; `.forbidden` outside the reader's region.
    func applicationView(of id: ID<Application>) throws -> ApplicationView {
        let application = try find(id)
        guard actor.covers(application.region) else { throw Refusal.forbidden("这件事属于区域 \(application.region.shown)，不在您的管辖范围内") }
        let file = try caseFile(id), edition = try house.process(file.process).edition(on: file.editionOn)
        let state = edition.state(file.state)
        return ApplicationView(
            application: application, file: file, state: state?.title ?? file.state, awaits: state?.awaits, place: try regionPath(application.region),
            applicant: try find(application.applicant), declaration: try find(application.declaration), clocks: try clocks(of: file),
            checks: try checks(of: id), visits: try visits(of: id), deliberations: try deliberations(of: id), opinions: try opinions(of: id),
            notices: try notices(of: id), objections: try objections(of: id), decisions: try decisions(of: id.text), history: try history(of: id.text),
            estimate: try estimate { try EstimateAnswer(assessment(of: application).assessment) },
            allowance: try first(Allowance.self, where: "application_id = \(id)")?.id, acts: try moves(of: file), procedure: edition.basis.text)
    }

    /// A refusal is an answer too; any other error is ours.
    func estimate(_ answer: () throws -> EstimateAnswer) throws -> EstimateView {
        do { return .answer(try answer()) } catch let refusal as Refusal { return .refusal(refusal) }
    }

    /// 受理表旁的试算：what the rules would say today of the form as typed so far. Nothing is stored.
    func intakeEstimate(_ values: RawFields) throws -> EstimateView {
        try estimate {
            let act = try ApplyForAllowance.read(values.withApplication)
            let law = try lawOn(today, act.region, Residence(act.area), self)
            return EstimateAnswer(try act.facts.household(area: act.area, ground: act.ground).assessed(under: law, on: today))
        }
    }
}

extension RawFields {
    /// The id that the act makes is not on the form.
    fileprivate var withApplication: RawFields {
        var fields = self
        if fields["application"] == nil { fields["application"] = .stored(ID<Application>(at: Instant(secondsSince1970: 0), random: [UInt8](repeating: 0, count: 10)).stored) }
        return fields
    }
}
