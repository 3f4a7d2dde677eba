import Commons
import Kernel
import Pages
import Values

/// 申请卷宗。Everything in the file of one application, read once for its page.
struct Dossier {
    let application: Application
    let file: CaseFile
    let state: State
    let applicant: Person
    /// The latest facts.
    let declaration: Declaration
    let checks: [EconomicCheck]
    let visits: [HouseholdVisit]
    let deliberations: [Deliberation]
    let opinions: [FirstOpinion]
    let notices: [PublicNotice]
    let objections: [Objection]
    /// Opinions and decisions, earliest first.
    let decisions: [Decision]
    let allowance: Allowance?
    let clocks: [Clock]
    let history: [HistoryEntry]
    let files: [ID<Attachment>: Attachment]

    /// What was last found of the household: a decision, or the opinion before it.
    var finding: Decision? { decisions.last }
    /// The decision that closed the application.
    /// One that was revoked has left the application open again.
    var outcome: Decision? { decisions.last { $0.kind != .firstOpinion }.flatMap { $0.kind == .revoked ? nil : $0 } }
    var isOldProcedure: Bool { Edition.inForce(on: application.acceptedOn ?? file.editionOn) == .rules2012 }

    /// The last time an act was done.
    func last<A: Action>(_ action: A.Type) -> HistoryEntry? { history.first { $0.action == "\(assistance.name).\(A.name)" } }

    /// What can be printed, in the order it came about.
    var sheets: [LinkView] {
        var links: [LinkView] = []
        if !application.supplements.isEmpty { links.append(LinkView("补正材料告知书", href: "\(application.link)/supplement")) }
        if application.acceptedOn != nil { links.append(LinkView("受理通知书", href: "\(application.link)/acceptance")) }
        links += notices.map { LinkView("公示（\($0.from.shown)起）", href: "\(application.link)/notice?notice=\($0.id.text)") }
        return links + decisions.compactMap(\.sheetLink)
    }
}

extension Reader {
    /// - Throws: `.forbidden` outside the reader's region.
    func dossier(of id: ID<Application>) throws -> Dossier {
        let application = try find(id), file = try caseFile(id)
        try requireDuty(application.region)
        return Dossier(
            application: application, file: file, state: try state(of: file), applicant: try find(application.applicant),
            declaration: try find(application.declaration), checks: try checks(of: id), visits: try visits(of: id),
            deliberations: try deliberations(of: id), opinions: try opinions(of: id), notices: try notices(of: id), objections: try objections(of: id),
            decisions: try decisions(of: id.text), allowance: try first(Allowance.self, where: "application_id = \(id)"),
            clocks: try clocks(of: file), history: try history(of: id.text), files: try files(of: application))
    }

    func requireDuty(_ region: RegionCode) throws(Refusal) {
        guard actor.covers(region) else { throw .forbidden("这件不在您的管辖范围内，请联系所属区域的经办人员") }
    }

    func state(of file: CaseFile) throws -> State {
        let edition = try house.process(file.process).edition(on: file.editionOn)
        return edition.state(file.state) ?? State(file.state, file.state)
    }

    private func files(of application: Application) throws -> [ID<Attachment>: Attachment] {
        let ids = try application.documents.compactMap { $0.attachment?.id } + visits(of: application.id).flatMap { $0.photos.compactMap { $0.attachment?.id } }
        var files: [ID<Attachment>: Attachment] = [:]
        for id in ids { files[id] = try first(Attachment.self, where: "id = \(id)") }
        return files
    }

    /// The clock that falls due first.
    func nearestClock(_ clocks: [Clock]) -> Clock? { nearest(clocks) }
}
