import Kernel
import Storage
import Values

/// 付给机构。Every claim of a programme and period that waits becomes a batch: checked, signed by three, filed, returned and proved as a month is.
struct OpenOrganisationRun: Action {
    let run: ID<PaymentRun>
    let region: RegionCode
    let programme: String
    let period: ClaimPeriod
    let channel: ChannelKind

    static let title = "付给机构"
    static let guidance = "把已登记、还没有付的机构请领列入一个批次。没有账户、户名不符、已暂停或注销的机构暂缓，不影响其他机构；暂缓和没有发成的，可以在下一批再付。"
    static let roles: Set<Role> = .payingClerks
    static let subject = Subject<OpenOrganisationRun>.new(in: \.region)
    static let shape = Shape<OpenOrganisationRun> {
        Field(.newPaymentRun, \.run)
        Field(.region, \.region)
        Field(.claimProgramme, \.programme)
        Field(.claimPeriod, \.period)
        Field(.channelKind, \.channel)
    }

    init(from reading: Reading<OpenOrganisationRun>) throws(Refusal) {
        run = try reading(.newPaymentRun)
        region = try reading(.region)
        programme = try reading(.claimProgramme)
        period = try reading(.claimPeriod)
        channel = try reading(.channelKind)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let programme: OrganisationProgramme
        do { programme = try desk.house.organisationProgramme(self.programme) } catch { throw error.at(["programme"]) }
        let title = "\(period.shown)\(programme.title)"
        let run = PaymentRun(run, .oneOff, title, period.last, in: region, channel: channel.rawValue, basis: nil, payees: .organisations, by: desk)
        let outcome = try desk.open(run, [(programme.name, period.last, false)])
        let claims = try desk.connection.run("""
            UPDATE organisation_claim SET run_id = \(run.id)
            WHERE programme = \(programme.name) AND period = \(period) AND effective = 1 AND run_id IS NULL AND \(Reader.within("region", region))
            """)
        guard claims > 0 else { throw Refusal.absent("\(title)没有等待付款的机构请领，请先登记或者导入请领").at(["period"]) }
        return outcome
    }
}

extension Desk {
    /// What of a run's claims and lists was not paid is free for another batch: all of an abandoned run, and of a closed one what was held or put off.
    func freeUnpaid(of run: PaymentRun) throws {
        let unpaid: Statement = """
            NOT IN (SELECT l.subject FROM payment_line AS l JOIN payment_result AS f ON f.line_id = l.id AND f.credited = 1 WHERE l.run_id = \(run.id))
            """
        try connection.run("UPDATE organisation_claim SET run_id = NULL WHERE run_id = \(run.id) AND id \(unpaid)")
        try connection.run("UPDATE one_off_due SET run_id = NULL WHERE run_id = \(run.id) AND person_id \(unpaid)")
    }
}

/// 付给机构的名册。Organisations stand in a roster of their own, by their claims.
let organisationRoster = Listing("organisation-roster", "机构发放名册", of: OrganisationLineRow.self, sorted: [.ascending(.lineNumberInRun), .ascending(Term<ID<PaymentLine>>.lineID)],
                                 filters: [.equals(.runFilter), .equals(.lineReason), .equals(.lineCode), .equals(.programmeShown), .within(.region)],
                                 totals: [.count("行"), .sum(.dueFen, "应发"), .sum(.paidFen, "实发")], roles: .paymentReaders, emptyText: "「付给机构」之后，名册会列在这里",
                                 link: { "/payments/lines/\($0.text("id") ?? "")" }) { query in
    """
    SELECT l.id AS id, l.run_id AS run_id, l.number AS number, o.name AS name, c.period AS period, c.basis AS basis, l.programme AS programme, l.reason AS reason, l.code AS code,
           l.due_fen AS due_fen, l.amount_fen AS amount_fen, l.region AS region,
           (SELECT max(f.code) FROM payment_result AS f WHERE f.line_id = l.id AND f.credited = 0
              AND NOT EXISTS (SELECT 1 FROM payment_result AS g WHERE g.line_id = l.id AND g.credited = 1)) AS failure
    FROM payment_line AS l JOIN organisation AS o ON o.id = l.payee_id JOIN organisation_claim AS c ON c.id = l.subject WHERE \(query.within("l.region"))
    """
}

struct OrganisationLineRow: Shaped {
    let id: ID<PaymentLine>, run: ID<PaymentRun>, number: Int, name: String, period: ClaimPeriod, basis: ClaimBasis, programme: ProgrammeCode, reason: LineReason, code: CheckCode?
    let due: Money, amount: Money, failure: ReturnCode?, region: RegionCode

    static let shape = Shape<OrganisationLineRow> {
        Field(.lineNumberInRun, \.number)
        Field(.organisationName, \.name)
        Field(.programmeShown, \.programme)
        Field(.claimPeriod, \.period)
        Field(.claimBasis, \.basis)
        Field(.lineReason, \.reason)
        Field(.lineCode, \.code)
        Field(.dueFen, \.due)
        Field(.paidFen, \.amount)
        Field(.lineFailure, \.failure)
        Field(.region, \.region)
        Field(.runOfRow, \.run)
        Field(.lineID, \.id)
    }

    init(from reading: Reading<OrganisationLineRow>) throws(Refusal) {
        id = try reading(.lineID)
        run = try reading(.runOfRow)
        number = try reading(.lineNumberInRun)
        name = try reading(.organisationName)
        period = try reading(.claimPeriod)
        basis = try reading(.claimBasis)
        programme = try reading(.programmeShown)
        reason = try reading(.lineReason)
        code = try reading(.lineCode)
        due = try reading(.dueFen)
        amount = try reading(.paidFen)
        failure = try reading(.lineFailure)
        region = try reading(.region)
    }
}

extension Term where Value == ReturnCode {
    static var lineFailure: Term<ReturnCode> { Term("failure", "发放失败") }
}
