import Kernel
import Storage
import Values

/// 发放批次台账。
let runListing = Listing("runs", "发放批次", of: RunRow.self, sorted: [.descending(.benefitMonth), .descending(Term<ID<PaymentRun>>.id)],
                         filters: [.equals(.benefitMonth), .equals(.runKind), .equals(.runState), .within(.region)], totals: [.count("批")], roles: .paymentReaders,
                         emptyText: "开月之后，每个批次会列在这里", link: { "/payments/runs/\($0.text("id") ?? "")" }) { query in
    """
    SELECT r.id AS id, c.number AS case_number, r.title AS title, r.month AS month, r.kind AS kind, r.region AS region, c.state AS state, r.lines AS lines,
           (SELECT CAST(coalesce(sum(t.amount_fen), 0) AS BIGINT) FROM payment_tally AS t WHERE t.run_id = r.id) AS amount_fen
    FROM payment_run AS r JOIN case_file AS c ON c.id = r.id WHERE \(query.within("r.region"))
    """
}

struct RunRow: Shaped {
    let id: ID<PaymentRun>, number: String, title: String, month: Month, kind: PaymentRun.Kind, region: RegionCode, state: RunStateCode, lines: Int, amount: Money

    static let shape = Shape<RunRow> {
        Field(.runNumber, \.number)
        Field(.runTitle, \.title)
        Field(.benefitMonth, \.month)
        Field(.runKind, \.kind)
        Field(.runState, \.state)
        Field(.lineCount, \.lines)
        Field(.paidFen, \.amount)
        Field(.region, \.region)
        Field(.id, \.id)
    }

    init(from reading: Reading<RunRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.runNumber)
        title = try reading(.runTitle)
        month = try reading(.benefitMonth)
        kind = try reading(.runKind)
        region = try reading(.region)
        state = try reading(.runState)
        lines = try reading(.lineCount)
        amount = try reading(.paidFen)
    }
}

/// The states of a run as a code list, for filters.
enum RunStateCode: String, CodeList {
    case building, drafted, checked, signedBusiness = "signed-business", signedFinance = "signed-finance", signed, ready, filing, filed, returned, closed, abandoned
    var label: String { RunState.all.first { $0.name == rawValue }?.title ?? rawValue }
}

/// 追回台账。
let recoveryListing = Listing("recoveries", "追回台账", of: RecoveryRow.self, sorted: [.descending(Term<ID<Recovery>>.id)],
                              filters: [.search("当事人姓名或拼音首字母", owner: "payee_id", in: "person_search"), .equals(.programmeShown), .equals(.recoveryState), .within(.region)],
                              totals: [.count("件"), .sum(.owedFen, "应退"), .sum(.leftFen, "还应退")], roles: .paymentReaders, emptyText: "多发应追回的会列在这里",
                              link: { "/payments/recoveries/\($0.text("id") ?? "")" }) { query in
    """
    SELECT r.id AS id, c.number AS case_number, p.name AS name, r.payee_id AS payee_id, r.programme AS programme, r.from_month AS from_month, r.through_month AS through_month,
           r.amount_fen AS amount_fen,
           r.amount_fen - (SELECT CAST(coalesce(sum(s.amount_fen), 0) AS BIGINT) FROM payment_recovery_step AS s WHERE s.recovery_id = r.id) AS left_fen,
           c.state AS state, r.region AS region
    FROM payment_recovery AS r JOIN case_file AS c ON c.id = r.id JOIN person AS p ON p.id = r.payee_id WHERE \(query.within("r.region"))
    """
}

struct RecoveryRow: Shaped {
    let id: ID<Recovery>, number: String, name: PersonName, payee: ID<Person>, programme: ProgrammeCode, from: Month, through: Month, amount: Money, left: Money
    let state: RecoveryStateCode, region: RegionCode

    static let shape = Shape<RecoveryRow> {
        Field(.runNumber, \.number)
        Field(.payeeName, \.name)
        Field(.programmeShown, \.programme)
        Field(.overpaidFrom, \.from)
        Field(.overpaidThrough, \.through)
        Field(.owedFen, \.amount)
        Field(.leftFen, \.left)
        Field(.recoveryState, \.state)
        Field(.region, \.region)
        Field(.payeeID, \.payee)
        Field(.id, \.id)
    }

    init(from reading: Reading<RecoveryRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.runNumber)
        name = try reading(.payeeName)
        payee = try reading(.payeeID)
        programme = try reading(.programmeShown)
        from = try reading(.overpaidFrom)
        through = try reading(.overpaidThrough)
        amount = try reading(.owedFen)
        left = try reading(.leftFen)
        state = try reading(.recoveryState)
        region = try reading(.region)
    }
}

enum RecoveryStateCode: String, CodeList {
    case found, told, repaying, settled, writtenOff = "written-off"
    var label: String { RecoveryState.all.first { $0.name == rawValue }?.title ?? rawValue }
}

/// 暂缓台账。
let holdListing = Listing("holds", "暂缓发放台账", of: HoldRow.self, sorted: [.descending(Term<ID<PaymentHold>>.id)],
                          filters: [.search("姓名或拼音首字母", owner: "person_id", in: "person_search"), .equals(.holdCode), .within(.region)], totals: [.count("人")],
                          roles: .paymentReaders, emptyText: "登记暂缓的会列在这里", link: { "/people/persons/\($0.text("person_id") ?? "")" }, subject: .hold) { query in
    """
    SELECT h.id AS id, p.name AS name, h.person_id AS person_id, h.programme AS programme, h.code AS code, h.reason AS reason, h.held_on AS held_on, h.released_on AS released_on,
           h.region AS region FROM payment_hold AS h JOIN person AS p ON p.id = h.person_id WHERE \(query.within("h.region"))
    """
}

struct HoldRow: Shaped {
    let id: ID<PaymentHold>, name: PersonName, person: ID<Person>, programme: ProgrammeCode?, code: HoldCode, reason: String, heldOn: CivilDate
    let releasedOn: CivilDate?, region: RegionCode

    static let shape = Shape<HoldRow> {
        Field(.heldName, \.name)
        Field(.programmeShown, \.programme)
        Field(.holdCode, \.code)
        Field(.holdReason, \.reason)
        Field(.heldOn, \.heldOn)
        Field(.releasedOn, \.releasedOn)
        Field(.region, \.region)
        Field(.personID, \.person)
        Field(.id, \.id)
    }

    init(from reading: Reading<HoldRow>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.heldName)
        person = try reading(.personID)
        programme = try reading(.programmeShown)
        code = try reading(.holdCode)
        reason = try reading(.holdReason)
        heldOn = try reading(.heldOn)
        releasedOn = try reading(.releasedOn)
        region = try reading(.region)
    }
}

/// 资金来源台账。
let budgetListing = Listing("budgets", "资金来源台账", of: BudgetRow.self, sorted: [.descending(Term<ID<LedgerEntry>>.budgetID)],
                            filters: [.equals(.programmeShown), .equals(.fundSource), .within(.region)], totals: [.count("笔"), .sum(.paidFen, "金额")],
                            roles: .fundReaders, emptyText: "登记的资金来源会列在这里") { query in
    """
    SELECT id, programme, source, region, amount_fen, basis, recorded_on, recorded_by_name FROM payment_budget WHERE \(query.within("region"))
    """
}

struct BudgetRow: Shaped {
    let id: ID<LedgerEntry>, programme: ProgrammeCode, source: FundSource, region: RegionCode, amount: Money, basis: String, on: CivilDate, by: String

    static let shape = Shape<BudgetRow> {
        Field(.programmeShown, \.programme)
        Field(.fundSource, \.source)
        Field(.paidFen, \.amount)
        Field(.budgetBasis, \.basis)
        Field(.budgetOn, \.on)
        Field(.budgetBy, \.by)
        Field(.region, \.region)
        Field(.budgetID, \.id)
    }

    init(from reading: Reading<BudgetRow>) throws(Refusal) {
        id = try reading(.budgetID)
        programme = try reading(.programmeShown)
        source = try reading(.fundSource)
        region = try reading(.region)
        amount = try reading(.paidFen)
        basis = try reading(.budgetBasis)
        on = try reading(.budgetOn)
        by = try reading(.budgetBy)
    }
}

/// 机构请领台账。
let organisationClaimListing = Listing("organisation-claims", "机构请领台账", of: OrganisationClaimRow.self, sorted: [.descending(Term<ID<OrganisationClaim>>.organisationClaimID)],
                                       filters: [.equals(.claimProgramme), .equals(.periodFilter), .equals(.isInRun), .within(.region)],
                                       totals: [.count("笔"), .sum(.paidFen, "金额")],
                                       roles: .paymentReaders, emptyText: "登记或者导入的机构请领会列在这里", link: { "/organisations/organisations/\($0.text("organisation_id") ?? "")" },
                                       subject: .organisationClaim) { query in
    """
    SELECT c.id AS id, o.name AS name, c.organisation_id AS organisation_id, c.programme AS programme, c.period AS period, c.basis AS basis, c.amount_fen AS amount_fen,
           c.made_on AS made_on, c.region AS region, CASE WHEN c.run_id IS NULL THEN 0 ELSE 1 END AS in_run, f.number AS case_number
    FROM organisation_claim AS c JOIN organisation AS o ON o.id = c.organisation_id LEFT JOIN case_file AS f ON f.id = c.run_id
    WHERE c.effective = 1 AND \(query.within("c.region"))
    """
}

struct OrganisationClaimRow: Shaped {
    let id: ID<OrganisationClaim>, name: String, organisation: ID<Organisation>, programme: String, period: ClaimPeriod, basis: ClaimBasis, amount: Money, on: CivilDate
    let isInRun: Bool, run: String?, region: RegionCode

    static let shape = Shape<OrganisationClaimRow> {
        Field(.organisationName, \.name)
        Field(.claimProgramme, \.programme)
        Field(.claimPeriod, \.period)
        Field(.claimBasis, \.basis)
        Field(.paidFen, \.amount)
        Field(.claimOn, \.on)
        Field(.isInRun, \.isInRun)
        Field(.runNumber, \.run)
        Field(.region, \.region)
        Field(.organisationID, \.organisation)
        Field(.organisationClaimID, \.id)
    }

    init(from reading: Reading<OrganisationClaimRow>) throws(Refusal) {
        id = try reading(.organisationClaimID)
        name = try reading(.organisationName)
        organisation = try reading(.organisationID)
        programme = try reading(.claimProgramme)
        period = try reading(.claimPeriod)
        basis = try reading(.claimBasis)
        amount = try reading(.paidFen)
        on = try reading(.claimOn)
        isInRun = try reading(.isInRun)
        run = try reading(.runNumber)
        region = try reading(.region)
    }
}

extension Term where Value == String {
    static var runNumber: Term<String> { Term("case_number", "编号") }
    static var budgetBy: Term<String> { Term("recorded_by_name", "登记人") }
}
extension Term where Value == PersonName {
    static var heldName: Term<PersonName> { Term("name", "姓名") }
}
extension Term where Value == RunStateCode {
    static var runState: Term<RunStateCode> { Term("state", "状态") }
}
extension Term where Value == RecoveryStateCode {
    static var recoveryState: Term<RecoveryStateCode> { Term("state", "状态") }
}
extension Term where Value == Money {
    static var owedFen: Term<Money> { Term("amount_fen", "应退") }
    static var leftFen: Term<Money> { Term("left_fen", "还应退") }
}
extension Term where Value == ID<LedgerEntry> {
    static var budgetID: Term<ID<LedgerEntry>> { Term("id", "内部编号", .made) }
}
extension Term where Value == CivilDate {
    static var budgetOn: Term<CivilDate> { Term("recorded_on", "登记日期") }
    static var claimOn: Term<CivilDate> { Term("made_on", "登记日期") }
}
