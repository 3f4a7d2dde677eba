import Kernel
import Storage
import Values

/// The parts of a check, within the act.
struct RosterCheck {
    private let run: PaymentRun
    private let desk: Desk
    private let rewriting: LineRewrite

    init(_ run: PaymentRun, _ desk: Desk) throws {
        (self.run, self.desk) = (run, desk)
        rewriting = try LineRewrite(run, desk)
    }

    // MARK: Lines that waited

    /// - Returns: how many lines are paid after all.
    func freeHeld() throws -> Int {
        var freed = 0
        try rewriting.eachTold("l.reason = 'held'") { if try free($0) { freed += 1 } }
        return freed
    }

    private static let mendable: Set<String> = Set([CheckCode.noAccount, .nameMismatch, .held, .custody, .inactive].map(\.rawValue))

    private func free(_ line: StandingLine) throws -> Bool {
        // What is overpaid or covered elsewhere isn't put right by an account; an earlier month waits for the next run.
        guard try line.month() == run.month, Self.mendable.contains(line.code) else { return false }
        let people = try rewriting.covered(line)
        let payee = run.isToOrganisations ? line.payee : try desk.receiver(of: try desk.firstPayee(of: line, run.id))
        guard let account = try desk.usableAccount(of: payee, run) else { return false }
        if try !run.isToOrganisations && (isHeld(people, line.programme) || hasDied(people, line)) { return false }
        let reason = line.reason(paying: line.due, offset: .zero, isArrears: false)
        do { try desk.connection.savepoint { if try !rewriting.restoreParts(of: line) { try claim(line, people) } } } catch StorageError.unique { return false }
        try rewriting.rewrite(line, as: try line.draft(reason, amount: line.due, account: account, payee: payee))
        return true
    }

    private func isHeld(_ people: [String], _ programme: String) throws -> Bool {
        let ids = people.map { "\($0)" as Statement }.joined(", ")
        let count = try desk.connection.value("""
            SELECT count(*) FROM payment_hold AS h JOIN person AS q ON q.id = h.person_id
            WHERE h.released_on IS NULL AND coalesce(q.merged_into, q.id) IN (\(ids)) AND (h.programme IS NULL OR h.programme = \(programme))
            """) ?? 0
        return count > 0
    }

    /// Whoever is known to have died waits for the programme to reckon with it, whatever else he waited for.
    private func hasDied(_ people: [String], _ line: StandingLine) throws -> Bool {
        guard let programme = desk.house.programmes.first(where: { $0.name == line.programme }), !programme.settlesDeath else { return false }
        let ids = people.map { "\($0)" as Statement }.joined(", ")
        return try desk.connection.value("SELECT count(*) FROM person WHERE id IN (\(ids)) AND died_on <= \(try line.month().last)") ?? 0 > 0
    }

    private func claim(_ line: StandingLine, _ people: [String]) throws {
        let ids = run.ids, month = try line.month()
        let rows: [[StoredValue]] = zip(people, shares(of: line.due, among: people.count)).enumerated().map { position, share in
            let id: ID<PaymentClaim> = ids.id(line.number, part: PaymentRun.Part.claim + UInt8(position))
            return [id.stored, .text(line.id), run.id.stored, .text(line.programme), month.stored, .text(share.0), .integer(share.1.fen), .integer(1)]
        }
        try desk.connection.insert(into: "payment_claim", LineWriter.claimColumns, rows: rows)
    }

    // MARK: What became known since the facts were frozen

    /// Holds registered, deaths recorded, organisations suspended, payees and accounts changed since then: nobody signs for them unknowingly.
    /// - Returns: how many lines wait.
    func holdNews() throws -> Int {
        var held = 0
        for item in try RosterNews(run, desk).items() {
            for found in try rewriting.lines("id = \(item.line) AND amount_fen + offset_fen > 0") {
                try rewriting.release(found, item.code)
                try rewriting.tell(item.code, item.detail, line: found.id)
                held += 1
            }
        }
        return held
    }

    // MARK: What is only told

    /// Accounts that took the place of another lately, looked up from the few that ended: where money goes has changed, and somebody should have seen the card.
    func nameChangedAccounts() throws {
        try forget(.accountChanged)
        let (table, payee) = run.accounts
        let changed = try desk.connection.all("""
            SELECT l.id, a.from_on FROM \(table) AS b CROSS JOIN \(table) AS a CROSS JOIN payment_line AS l
            WHERE b.until_on >= \(run.openedAt.date.adding(days: -31)) AND a.\(payee) = b.\(payee) AND a.until_on IS NULL AND a.from_on = b.until_on
              AND l.payee_id = a.\(payee) AND l.run_id = \(run.id) AND l.account_id = a.id AND l.amount_fen > 0
            GROUP BY l.id, l.number, a.from_on ORDER BY l.number LIMIT 2000
            """) { (line: $0.text(0), on: try $0.read(1) as CivilDate) }
        for (line, on) in changed { try rewriting.add(.accountChanged, "\(on.shown)起换了收款账户，请核对是否见过银行卡、存折", line: line) }
    }

    /// Lines that somebody else receives for whom they are due: the signers should have seen why.
    func nameChangedPayees() throws {
        try forget(.payeeChanged)
        guard !run.isToOrganisations else { return }
        for found in try desk.linesOfPayeeChanges(run.id) where found.amount > .zero && found.payee != found.base {
            guard let change = try desk.standingPayeeChange(of: found.base), change.payee == found.payee else { continue }
            try rewriting.add(.payeeChanged, "\(found.name)的款由\(change.payeeName)收（\(change.reason.label)），凭据：\(change.evidence)", line: found.line)
        }
    }

    func nameSharedAccounts() throws {
        try forget(.sharedAccount)
        let (table, payee) = run.accounts
        let numbers: [String] = try desk.connection.all("""
            SELECT a.number_index FROM (SELECT number_index FROM \(table) GROUP BY number_index HAVING count(*) > 1) AS d CROSS JOIN \(table) AS a
            WHERE a.number_index = d.number_index AND a.until_on IS NULL
            GROUP BY a.number_index HAVING count(DISTINCT a.\(payee)) > 1 ORDER BY a.number_index LIMIT 2000
            """) { $0.text(0) }
        guard !numbers.isEmpty else { return }
        let shared: [String] = try desk.connection.all("""
            SELECT l.id FROM \(table) AS a CROSS JOIN payment_line AS l
            WHERE a.number_index IN (\(numbers.map { "\($0)" as Statement }.joined(", "))) AND l.payee_id = a.\(payee) AND l.run_id = \(run.id) AND l.account_id = a.id
              AND l.amount_fen > 0 ORDER BY l.number LIMIT 2000
            """) { $0.text(0) }
        for line in shared { try rewriting.add(.sharedAccount, "同一账号登记在几名收款人名下", line: line) }
    }

    func note(_ shortfalls: [Shortfall]) throws {
        try forget(.fundsShort)
        let titles = desk.house.paidTitles
        for short in shortfalls {
            let title = titles[short.programme] ?? run.title
            try rewriting.add(.fundsShort, "\(title)：\(short.source.label)应承担 \(short.needed.shown)，现有 \(short.remaining.shown)，还差 \(short.missing.shown)", line: nil)
        }
    }

    /// What is only told is told anew at each check.
    private func forget(_ code: CheckCode) throws {
        try desk.connection.run("UPDATE payment_finding SET resolved_at = \(desk.now) WHERE run_id = \(run.id) AND code = \(code) AND resolved_at IS NULL")
    }
}

extension Reader {
    /// The account through which a payee of a run may be paid today: in use, and in the payee's own name.
    func usableAccount(of payee: String, _ run: PaymentRun) throws -> String? {
        if run.isToOrganisations { return try ID<Organisation>(rawValue: payee).flatMap { try usableAccount(of: $0) }?.text }
        guard let id = ID<Person>(rawValue: payee), let account = try paymentAccount(of: id, on: today), account.holder == (try standing(id)).name else { return nil }
        return account.id.text
    }
}
