import Commons
import Kernel
import Values

/// 申请卷宗。What lies in the file of one application, newest last: by its day, since ids are made by whoever submits.
extension Reader {
    /// The law that decides an application: that of its acceptance date, before it that of today.
    func law(of application: Application) throws -> AllowanceLaw {
        try lawOn(application.acceptedOn ?? today, application.region, Residence(application.area), self)
    }

    /// What the rules say of the latest facts under the law that decides.
    func assessment(of application: Application) throws -> (declaration: Declaration, assessment: Assessment) {
        let declaration = try find(application.declaration)
        let day = application.acceptedOn ?? today
        return (declaration, try declaration.declaredHousehold.assessed(under: try law(of: application), on: day))
    }

    func checks(of application: ID<Application>) throws -> [EconomicCheck] { try all(EconomicCheck.self, where: "application_id = \(application) ORDER BY reported_on, id") }
    func visits(of application: ID<Application>) throws -> [HouseholdVisit] { try all(HouseholdVisit.self, where: "application_id = \(application) ORDER BY visited_on, id") }
    func deliberations(of application: ID<Application>) throws -> [Deliberation] { try all(Deliberation.self, where: "application_id = \(application) ORDER BY held_on, id") }
    func opinions(of application: ID<Application>) throws -> [FirstOpinion] { try all(FirstOpinion.self, where: "application_id = \(application) ORDER BY given_on, id") }
    /// Those that stand: one that was taken down counts for nothing and is read in the register of notices.
    func notices(of application: ID<Application>) throws -> [PublicNotice] {
        try all(PublicNotice.self, where: "application_id = \(application) AND id NOT IN (SELECT id FROM notice WHERE withdrawn_on IS NOT NULL) ORDER BY from_on, id")
    }
    func objections(of application: ID<Application>) throws -> [Objection] { try all(Objection.self, where: "application_id = \(application) ORDER BY raised_on, id") }
    func decisions(of caseID: String) throws -> [Decision] { try all(Decision.self, where: "case_id = \(caseID) ORDER BY decided_on, id") }
}

extension Residence {
    init(_ area: Area) { self = area == .urban ? .urban : .rural }
}
