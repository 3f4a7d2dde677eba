import Kernel
import Storage
import Values

/// 机构请领。What one organisation is due under a programme for a period on a basis. Only its name is used: a claim is a row of SQL.
public enum OrganisationClaim {}

/// What is claimed, before it is a row.
struct ClaimEntry {
    let id: ID<OrganisationClaim>, organisation: Organisation, programme: OrganisationProgramme, period: ClaimPeriod, basis: ClaimBasis, amount: Money
}

extension Desk {
    /// One claim for each organisation, programme, period and basis while it stands; periods on the same basis don't overlap either.
    func enter(_ claim: ClaimEntry) throws {
        guard claim.amount > .zero, claim.amount <= Amount.mostOfOne else { throw Refusal.invalid("金额应大于零，一笔最多 \(Amount.mostOfOne.shown)").at(["amount_fen"]) }
        guard claim.period.first <= today.monthOf else { throw Refusal.invalid("\(claim.period.shown)还没有到，不能提前请领").at(["period"]) }
        guard claim.organisation.status != .cancelled || claim.organisation.statusOn > claim.period.first.first else {
            throw Refusal.conflict("\(claim.organisation.name)已于\(claim.organisation.statusOn.shown)注销，\(claim.period.shown)不能请领")
        }
        if let other = try standing(like: claim) {
            throw Refusal.conflict("这家机构的\(claim.programme.title)，依据\(claim.basis.text)，\(other.period.shown)已在\(other.madeOn.shown)请领过，不能重复").at(["period"])
        }
        do {
            _ = try connection.savepoint {
                try connection.run("""
                    INSERT INTO organisation_claim (id, organisation_id, programme, period, basis, region, amount_fen, made_on, made_by_name, effective)
                    VALUES (\(claim.id), \(claim.organisation.id), \(claim.programme.name), \(claim.period), \(claim.basis), \(claim.organisation.region), \(claim.amount),
                            \(today), \(actor.name), 1)
                    """)
            }
        } catch StorageError.unique { throw Refusal.conflict("这家机构的这项请领刚刚由别人登记，没有重复登记").at(["period"]) }
    }

    private func standing(like claim: ClaimEntry) throws -> (period: ClaimPeriod, madeOn: CivilDate)? {
        try connection.all("""
            SELECT period, made_on FROM organisation_claim
            WHERE organisation_id = \(claim.organisation.id) AND programme = \(claim.programme.name) AND basis = \(claim.basis) AND effective = 1 ORDER BY id
            """) { (period: try $0.read(0) as ClaimPeriod, madeOn: try $0.read(1) as CivilDate) }.first { $0.period.overlaps(claim.period) }
    }
}

/// 登记机构请领：运营补贴、助餐补贴。
struct ClaimForOrganisation: Action {
    let organisation: ID<Organisation>
    let claim: ID<OrganisationClaim>
    let programme: String
    let period: ClaimPeriod
    let basis: ClaimBasis
    let amount: Amount

    static let title = "登记机构请领"
    static let guidance = "写明项目、时段和依据。同一机构、项目、依据，时段不能重叠；登记之后由「付给机构」列入批次，照样检查、三人签批、报盘、对账。"
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
        let programme: OrganisationProgramme
        do { programme = try desk.house.organisationProgramme(self.programme) } catch { throw error.at(["programme"]) }
        try desk.enter(ClaimEntry(id: claim, organisation: organisation, programme: programme, period: period, basis: basis, amount: amount.money))
        return Outcome(claim, "已登记\(organisation.name)\(period.shown)\(programme.title) \(amount.shown)。下一步：「付给机构」列入批次", link: "/payments/organisation-claims")
    }
}

/// 撤回机构请领。Before it is in a run.
struct WithdrawOrganisationClaim: Action {
    let claim: ID<OrganisationClaim>
    let reason: String

    static let title = "撤回机构请领"
    static let guidance = "登记错了的，列入批次之前可以撤回，写明原因；撤回后可以重新登记。"
    static let roles: Set<Role> = [.countyReviewer, .countyApprover]
    static let subject = Subject<WithdrawOrganisationClaim>.located("claim") { act, reader in
        let region: RegionCode? = try reader.connection.value("SELECT region FROM organisation_claim WHERE id = \(act.claim)")
        guard let region else { throw Refusal.absent("找不到这笔请领") }
        return Located(id: act.claim.text, region: region)
    }
    static let shape = Shape<WithdrawOrganisationClaim> {
        Field(.organisationClaim, \.claim)
        Field(.withdrawReason, \.reason)
    }

    init(from reading: Reading<WithdrawOrganisationClaim>) throws(Refusal) {
        claim = try reading(.organisationClaim)
        reason = try reading(.withdrawReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let found = try desk.connection.first("""
            SELECT c.effective, f.number FROM organisation_claim AS c LEFT JOIN case_file AS f ON f.id = c.run_id WHERE c.id = \(claim)
            """) { (isStanding: try $0.read(0) as Int? == 1, run: try $0.read(1) as String?) }
        guard let found, found.isStanding else { throw Refusal.outOfOrder("这笔请领已经撤回") }
        if let run = found.run { throw Refusal.conflict("这笔请领已列入批次 \(run)，不能撤回；批次签批之前可以先放弃批次") }
        try desk.connection.run("UPDATE organisation_claim SET effective = NULL, withdrawn_on = \(desk.today) WHERE id = \(claim)")
        return Outcome(claim, "请领已撤回：\(reason)", link: "/payments/organisation-claims")
    }
}

extension Term where Value == ID<OrganisationClaim> {
    static var newOrganisationClaim: Term<ID<OrganisationClaim>> { Term("claim", "请领编号", .made) }
    static var organisationClaim: Term<ID<OrganisationClaim>> { Term("claim", "机构请领", .carried) }
    static var organisationClaimID: Term<ID<OrganisationClaim>> { Term("id", "内部编号", .made) }
}
extension Term where Value == String {
    static var claimProgramme: Term<String> { Term("programme", "项目", hint: "如 养老机构运营补贴、老年助餐服务补贴") }
    static var withdrawReason: Term<String> { Term("reason", "撤回的原因") }
}
extension Term where Value == ClaimPeriod {
    static var claimPeriod: Term<ClaimPeriod> { Term("period", "时段", hint: "2024-07、2024-Q3、2024-H2 或 2024") }
}
extension Term where Value == String {
    static var periodFilter: Term<String> { Term("period", "时段") }
}
extension Term where Value == ClaimBasis {
    static var claimBasis: Term<ClaimBasis> { Term("basis", "依据", hint: "文件或者协议编号") }
}
extension Term where Value == Amount {
    static var claimAmount: Term<Amount> { Term("amount_fen", "金额", hint: "元") }
}
