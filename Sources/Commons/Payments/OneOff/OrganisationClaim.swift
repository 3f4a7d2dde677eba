import Kernel
import Storage
import Values

/// 机构请领：运营资助、助餐补助. One for each organisation, programme, period and basis while it stands.
struct ClaimForOrganisation: Action {
    let organisation: ID<Organisation>
    let claim: ID<OrganisationClaim>
    let programme: String
    let period: String
    let basis: String
    let amount: Amount

    static let title = "登记机构请领"
    static let guidance = "写明项目、时段和依据。同一机构、项目、时段、依据只能请领一次。"
    static let roles: Set<Role> = [.countyReviewer]
    static let subject = Subject<ClaimForOrganisation>.located("organisation") { act, reader in
        let organisation = try reader.find(act.organisation)
        return Located(id: organisation.id.text, region: organisation.region)
    }
    static let shape = Shape<ClaimForOrganisation> {
        Field(.organisation, \.organisation)
        Field(.newOrganisationClaim, \.claim)
        Field(.claimProgramme, \.programme)
        Field(.claimPeriod, \.period)
        Field(.claimBasis, \.basis)
        Field(.claimAmount, \.amount)
    }

    init(from reading: Reading<ClaimForOrganisation>) throws(Refusal) {
        organisation = try reading(.organisation)
        claim = try reading(.newOrganisationClaim)
        programme = try reading(.claimProgramme)
        period = try reading(.claimPeriod)
        basis = try reading(.claimBasis)
        amount = try reading(.claimAmount)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let organisation = try desk.find(organisation)
        guard amount.money > .zero else { throw Refusal.invalid("金额应大于零").at(["amount_fen"]) }
        do {
            _ = try desk.connection.savepoint {
                try desk.connection.run("""
                    INSERT INTO organisation_claim (id, organisation_id, programme, period, basis, region, amount_fen, made_on, made_by_name, effective)
                    VALUES (\(claim), \(organisation.id), \(programme), \(period), \(basis), \(organisation.region), \(amount), \(desk.today), \(desk.actor.name), 1)
                    """)
            }
        } catch StorageError.unique {
            let earlier: CivilDate? = try desk.connection.value("""
                SELECT made_on FROM organisation_claim
                WHERE organisation_id = \(organisation.id) AND programme = \(programme) AND period = \(period) AND basis = \(basis) AND effective = 1
                """)
            throw Refusal.conflict("这家机构的这项请领已在\(earlier?.shown ?? "此前")登记过，不能重复")
        }
        return Outcome(claim, "已登记请领 \(amount.shown)", link: "/payments/organisation-claims")
    }
}

public enum OrganisationClaim {}

extension Term where Value == ID<OrganisationClaim> {
    static var newOrganisationClaim: Term<ID<OrganisationClaim>> { Term("claim", "请领编号", .made) }
    static var organisationClaimID: Term<ID<OrganisationClaim>> { Term("id", "内部编号", .made) }
}
extension Term where Value == String {
    static var claimProgramme: Term<String> { Term("programme", "项目", hint: "如 运营资助") }
    static var claimPeriod: Term<String> { Term("period", "时段", hint: "如 2024-07 或 2024-S1") }
    static var claimBasis: Term<String> { Term("basis", "依据", hint: "文件或者协议编号") }
}
extension Term where Value == Amount {
    static var claimAmount: Term<Amount> { Term("amount_fen", "金额", hint: "元") }
}
