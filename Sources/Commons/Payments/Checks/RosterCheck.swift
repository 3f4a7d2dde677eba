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
        for line in try rewriting.lines("reason = 'held'") where try free(line) { freed += 1 }
        return freed
    }

    private static let mendable: Set<String> = Set([CheckCode.noAccount, .nameMismatch, .held, .custody, .inactive].map(\.rawValue))

    private func free(_ line: StandingLine) throws -> Bool {
        // What is overpaid or covered elsewhere isn't put right by an account; an earlier month waits for the next run.
        guard try line.month() == run.month, Self.mendable.contains(line.code) else { return false }
        let people = try rewriting.covered(line)
        guard let account = try desk.usableAccount(of: line.payee, run), try run.isToOrganisations || !isHeld(people, line.programme) else { return false }
        let reason: LineReason = line.previous == .zero ? .new : line.previous == line.due ? .continued : .changed
        do { try desk.connection.savepoint { try claim(line, people) } } catch StorageError.unique { return false }
        try rewriting.rewrite(line, as: try line.draft(reason, amount: line.due, account: account))
        return true
    }

    private func isHeld(_ people: [String], _ programme: String) throws -> Bool {
        let ids = people.map { "\($0)" as Statement }.joined(", ")
        let count = try desk.connection.value("""
            SELECT count(*) FROM payment_hold WHERE released_on IS NULL AND person_id IN (\(ids)) AND (programme IS NULL OR programme = \(programme))
            """) ?? 0
        return count > 0
    }

    private func claim(_ line: StandingLine, _ people: [String]) throws {
        let ids = run.ids, month = try line.month()
        let rows: [[StoredValue]] = zip(people, shares(of: line.due, among: people.count)).enumerated().map { position, share in
            let id: ID<PaymentClaim> = ids.id(line.number, part: PaymentRun.Part.claim + UInt8(position))
            return [id.stored, .text(line.id), run.id.stored, .text(line.programme), month.stored, .text(share.0), .integer(share.1.fen), .integer(1)]
        }
        try desk.connection.insert(into: "payment_claim", LineWriter.claimColumns, rows: rows)
    }

    // MARK: What is only told

    func nameSharedAccounts() throws {
        try forget(.sharedAccount)
        let (table, payee) = run.accounts
        let shared = try desk.connection.all("""
            SELECT l.id FROM \(table) AS a JOIN payment_line AS l ON l.payee_id = a.\(payee) AND l.run_id = \(run.id) AND l.account_id = a.id AND l.amount_fen > 0
            WHERE a.number_index IN (SELECT number_index FROM \(table) WHERE until_on IS NULL GROUP BY number_index HAVING count(DISTINCT \(payee)) > 1)
            ORDER BY l.number LIMIT 2000
            """) { try $0.read(0) as String }
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
