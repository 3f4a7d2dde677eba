import Cryptography
import Kernel
import Storage
import Values

/// 冻结。The facts of the moment, copied by the engine itself: what the roster is drawn from doesn't change under it.
extension Desk {
    func freeze(_ run: PaymentRun) throws {
        for section in try sections(of: run.id) where !section.isArrears { try noteChanged(run, section) }
        let inputs = try sections(of: run.id).reduce(0) { try $0 + freeze($1, of: run) }
        try connection.run("UPDATE payment_run SET frozen_at = \(now), inputs = \(inputs) WHERE id = \(run.id)")
    }

    private func sections(of run: ID<PaymentRun>) throws -> [PaymentSection] {
        try connection.all("SELECT position, programme, month, arrears, cursor FROM payment_section WHERE run_id = \(run) ORDER BY position") {
            PaymentSection(position: try $0.read(0), programme: try $0.read(1), month: try $0.read(2), isArrears: try $0.read(3), cursor: try $0.read(4))
        }
    }

    /// Whose earlier months are looked at again: facts that changed since the last run, whatever was held, and what was put off.
    private func noteChanged(_ run: PaymentRun, _ section: PaymentSection) throws {
        guard run.kind == .month, let since = try lastFrozen(section.programme, before: run) else { return }
        let programme = try house.programme(section.programme)
        try connection.run("""
            INSERT INTO payment_changed (run_id, programme, subject)
            SELECT \(run.id), \(section.programme), subject FROM (\(programme.changed(since, run.region))) AS changed
            UNION SELECT \(run.id), \(section.programme), subject FROM payment_line
            WHERE programme = \(section.programme) AND reason = 'held' AND month >= \(section.month.adding(-12))
            UNION SELECT \(run.id), \(section.programme), subject FROM payment_adjustment
            WHERE programme = \(section.programme) AND month >= \(section.month.adding(-12)) AND amount_fen < 0 AND recovery_id IS NULL
            """)
    }

    /// When the facts of the programme were last looked at for the whole of this region; where it was paid in parts, when the first of its last parts was.
    private func lastFrozen(_ programme: String, before run: PaymentRun) throws -> Instant? {
        let earlier = try connection.all("""
            SELECT r.frozen_at, r.region, r.month FROM payment_run AS r JOIN case_file AS c ON c.id = r.id JOIN payment_section AS s ON s.run_id = r.id AND s.arrears = 0
            WHERE r.kind = 'month' AND r.id <> \(run.id) AND r.frozen_at IS NOT NULL AND c.state <> 'abandoned' AND s.programme = \(programme)
            """) { (at: try $0.read(0) as Instant, region: try $0.read(1) as RegionCode, month: try $0.read(2) as Month) }
        if let whole = earlier.filter({ $0.region.contains(run.region) }).map(\.at).max() { return whole }
        let parts = earlier.filter { run.region.contains($0.region) }, last = parts.map(\.month).max()
        return parts.filter { $0.month == last }.map(\.at).min()
    }

    /// Whoever was merged stands under the file that was kept; twice in one household he is there once.
    /// - Returns: rows of facts.
    private func freeze(_ section: PaymentSection, of run: PaymentRun) throws -> Int {
        guard !run.isToOrganisations else { return try freezeClaims(section, of: run) }
        let stream: Statement = run.kind == .oneOff ? oneOffStream(run.id) : try house.programme(section.programme).stream(section.month, run.region)
        let narrowed: Statement = section.isArrears
            ? "s.subject IN (SELECT c.subject FROM payment_changed AS c WHERE c.run_id = \(run.id) AND c.programme = \(section.programme))" : "1 = 1"
        let facts = try connection.run("""
            INSERT INTO payment_input (run_id, programme, month, subject, person_id, payee_id, region, amount_fen, born_on, died_on, account_id, holder_matches)
            SELECT \(run.id), \(section.programme), \(section.month), s.subject, coalesce(p.merged_into, p.id), coalesce(y.merged_into, y.id), s.region, s.amount_fen, p.born_on,
                   CASE WHEN p.merged_into IS NULL THEN p.died_on ELSE (SELECT k.died_on FROM person AS k WHERE k.id = p.merged_into) END, a.id,
                   CASE WHEN a.holder = CASE WHEN y.merged_into IS NULL THEN y.name ELSE (SELECT k.name FROM person AS k WHERE k.id = y.merged_into) END THEN 1 ELSE 0 END
            FROM (\(stream)) AS s JOIN person AS p ON p.id = s.person_id JOIN person AS y ON y.id = s.payee_id
            LEFT JOIN payment_account AS a ON a.payee_id = coalesce(y.merged_into, y.id) AND a.until_on IS NULL AND a.from_on <= \(today)
            WHERE \(narrowed) ON CONFLICT (run_id, programme, month, subject, person_id) DO NOTHING
            """)
        try redirectPayees(section, of: run)
        return facts
    }

    /// Claims of organisations: each a subject of its own, paid to its organisation. Whoever is not in good standing has a day since when.
    private func freezeClaims(_ section: PaymentSection, of run: PaymentRun) throws -> Int {
        try connection.run("""
            INSERT INTO payment_input (run_id, programme, month, subject, person_id, payee_id, region, amount_fen, born_on, died_on, account_id, holder_matches)
            SELECT \(run.id), \(section.programme), \(section.month), c.id, c.id, o.id, c.region, c.amount_fen, o.founded_on,
                   CASE WHEN o.status = 'active' THEN NULL ELSE o.status_on END, a.id, CASE WHEN a.holder = o.name THEN 1 ELSE 0 END
            FROM organisation_claim AS c JOIN organisation AS o ON o.id = c.organisation_id
            LEFT JOIN organisation_account AS a ON a.organisation_id = o.id AND a.until_on IS NULL AND a.from_on <= \(today)
            WHERE c.run_id = \(run.id) AND c.effective = 1
            """)
    }

    private func oneOffStream(_ run: ID<PaymentRun>) -> Statement {
        """
        SELECT o.subject AS subject, o.person_id AS person_id, o.payee_id AS payee_id, q.region AS region, o.amount_fen AS amount_fen
        FROM payment_one_off AS o JOIN person AS q ON q.id = o.payee_id WHERE o.run_id = \(run)
        """
    }
}

extension Reader {
    /// 冻结数据的摘要，over every row in order.
    func inputHash(of run: ID<PaymentRun>) throws -> String {
        let total = try RunningHash(.international)
        var block = RowSeal.Writer()
        try connection.each("""
            SELECT programme, month, subject, person_id, payee_id, region, amount_fen, born_on, died_on, account_id, holder_matches
            FROM payment_input WHERE run_id = \(run) ORDER BY programme, month, subject, person_id
            """) { row in
            for value in row.values { block.add(value) }
            try block.pour(into: total, above: 1 << 16)
        }
        try block.pour(into: total, above: 0)
        return try total.finish().hex
    }

    /// 名册的摘要，over the codes of its lines in order.
    func rosterHash(of run: PaymentRun) throws -> String {
        let total = try RunningHash(.international)
        var block = RowSeal.Writer(), count = 0, isInOrder = true
        try connection.each("""
            SELECT digest, CASE WHEN run_id = \(run.id) THEN number ELSE 0 END FROM payment_line WHERE \(run.holdsLine("id")) ORDER BY id
            """, stretch: 4096) { rows in
            rows.eachRow { cells, bytes in
                block.add(cells[0], among: bytes)
                count += 1
                if cells[1] != .integer(Int64(count)) { isInOrder = false }
            }
            try block.pour(into: total, above: 0)
        }
        // A line under an id that the run didn't give, taken out of the run or moved in it: the roster is another.
        if try !isInOrder || lineCount(of: run) != count { block.add("altered") }
        try block.pour(into: total, above: 0)
        return try total.finish().hex
    }

    func lineCount(of run: PaymentRun) throws -> Int { try connection.value("SELECT count(*) FROM payment_line WHERE run_id = \(run.id)") ?? 0 }
}

extension RowSeal.Writer {
    mutating func add(_ value: StoredValue) {
        switch value {
        case .text(let text): add(text)
        case .integer(let number): add(number)
        case .null: add(nil as String?)
        }
    }
}
