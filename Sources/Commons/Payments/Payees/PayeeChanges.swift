import Kernel
import Storage
import Values

/// 更换收款人的表。
let payeeMigrations = [
    Migration(owner: "payee-changes", number: 1, why: "收款人与享受待遇的人分开：本人去世后的余款、监护、委托，记下由谁收、为什么、凭什么；冻结的数据记下原来的收款人", steps: [
        .ddl("""
            CREATE TABLE payee_change (
                id TEXT PRIMARY KEY,
                person_id TEXT NOT NULL REFERENCES person (id),
                payee_id TEXT NOT NULL REFERENCES person (id),
                reason TEXT NOT NULL,
                evidence TEXT NOT NULL,
                proof TEXT,
                region TEXT NOT NULL,
                from_on TEXT NOT NULL CHECK (length(from_on) = 10),
                until_on TEXT CHECK (until_on >= from_on),
                made_by_name TEXT NOT NULL,
                CHECK (person_id <> payee_id)
            )
            """),
        .ddl("CREATE UNIQUE INDEX payee_change_standing ON payee_change (person_id) WHERE until_on IS NULL"),
        .ddl("CREATE INDEX payee_change_by_payee ON payee_change (payee_id)"),
        .ddl("CREATE INDEX payee_change_by_region ON payee_change (region, id)"),
        .ddl("ALTER TABLE payment_input ADD COLUMN payee_was TEXT"),
    ]),
]

/// 现行的更换。
struct StandingPayeeChange: Sendable, Hashable {
    let person: String, payee: String, payeeName: String, reason: PayeeReason, evidence: String
}

/// A line whose money may be received by another than it was due to.
struct LineOfPayeeChange: Sendable, Hashable {
    let line: String, payee: String, amount: Money
    /// Who was the payee before any change.
    let base: String, name: String
}

extension Reader {
    /// Changes that stand, under the files that were kept; a receiver who died receives nothing more.
    fileprivate static let standingChanges: Statement = """
        (SELECT coalesce(x.merged_into, x.id) AS person_id, coalesce(y.merged_into, y.id) AS payee_id, y.name AS payee_name, k.reason AS reason, k.evidence AS evidence
         FROM payee_change AS k JOIN person AS x ON x.id = k.person_id JOIN person AS y ON y.id = k.payee_id WHERE k.until_on IS NULL AND y.died_on IS NULL)
        """

    func standingPayeeChange(of person: String) throws -> StandingPayeeChange? {
        try connection.first("""
            SELECT s.person_id, s.payee_id, s.payee_name, s.reason, s.evidence FROM \(Self.standingChanges) AS s WHERE s.person_id = \(person) ORDER BY s.payee_id
            """) { StandingPayeeChange(person: $0.text(0), payee: $0.text(1), payeeName: $0.text(2), reason: try $0.read(3), evidence: $0.text(4)) }
    }

    /// 实际收款人：who receives what is due to a payee.
    func receiver(of payee: String) throws -> String { try standingPayeeChange(of: payee)?.payee ?? payee }

    /// Who was the payee of a line by its frozen facts, before any change.
    func firstPayee(of line: StandingLine, _ run: ID<PaymentRun>) throws -> String {
        try connection.value("""
            SELECT coalesce(payee_was, payee_id) FROM payment_input
            WHERE run_id = \(run) AND programme = \(line.programme) AND month = \(try line.month()) AND subject = \(line.subject) LIMIT 1
            """) ?? line.payee
    }

    /// Lines of a run that pay somebody for whom, or to whom, a payee was ever changed.
    func linesOfPayeeChanges(_ run: ID<PaymentRun>) throws -> [LineOfPayeeChange] {
        let found = try ["person_id", "payee_id"].flatMap { column in
            try connection.all("""
                SELECT DISTINCT l.id, l.payee_id, l.amount_fen, coalesce(i.payee_was, i.payee_id) FROM payee_change AS k CROSS JOIN person AS q
                CROSS JOIN payment_line AS l CROSS JOIN payment_input AS i
                WHERE q.id = k.\(Statement(name: column)) AND l.payee_id = coalesce(q.merged_into, q.id) AND l.run_id = \(run)
                  AND i.run_id = l.run_id AND i.programme = l.programme AND i.month = l.month AND i.subject = l.subject ORDER BY l.id
                """) { (line: $0.text(0), payee: $0.text(1), amount: try $0.read(2) as Money, base: $0.text(3)) }
        }
        var seen: Set<String> = []
        return try found.filter { seen.insert($0.line).inserted }.map { row in
            let name: String = try connection.value("SELECT name FROM person WHERE id = \(row.base)") ?? ""
            return LineOfPayeeChange(line: row.line, payee: row.payee, amount: row.amount, base: row.base, name: name)
        }
    }

    /// Subjects of a section whose money is received by another.
    func receivedByOthers(_ run: ID<PaymentRun>, _ section: PaymentSection) throws -> Set<String> {
        guard !section.isArrears, try connection.value("SELECT count(*) FROM payee_change") ?? 0 > 0 else { return [] }
        return Set(try connection.all("""
            SELECT subject FROM payment_input WHERE run_id = \(run) AND programme = \(section.programme) AND month = \(section.month) AND payee_was IS NOT NULL
            """) { $0.text(0) })
    }
}

extension Desk {
    /// Frozen facts pay whoever receives in place of the payee, through his account.
    func redirectPayees(_ section: PaymentSection, of run: PaymentRun) throws {
        guard try connection.value("SELECT count(*) FROM payee_change WHERE until_on IS NULL") ?? 0 > 0 else { return }
        let rows = try connection.all("""
            SELECT i.subject, i.person_id, s.payee_id FROM payment_input AS i JOIN \(Reader.standingChanges) AS s ON s.person_id = i.payee_id
            WHERE i.run_id = \(run.id) AND i.programme = \(section.programme) AND i.month = \(section.month) ORDER BY i.subject, i.person_id
            """) { (subject: $0.text(0), person: $0.text(1), payee: $0.text(2)) }
        for row in rows {
            guard let id = ID<Person>(rawValue: row.payee) else { continue }
            let account = try paymentAccount(of: id, on: today), matches = try account.map { try $0.holder == standing(id).name } ?? false
            try connection.run("""
                UPDATE payment_input SET payee_was = payee_id, payee_id = \(row.payee), account_id = \(account?.id), holder_matches = \(matches)
                WHERE run_id = \(run.id) AND programme = \(section.programme) AND month = \(section.month) AND subject = \(row.subject) AND person_id = \(row.person)
                """)
        }
    }
}

/// 更换收款人台账。
let payeeChangeListing = Listing("payee-changes", "更换收款人台账", of: PayeeChangeRow.self, sorted: [.descending(Term<ID<PayeeChange>>.payeeChangeID)],
                                 filters: [.search("本人姓名或拼音首字母", owner: "person_id", in: "person_search"), .equals(.payeeReason), .within(.region)],
                                 totals: [.count("件")], roles: .paymentReaders, emptyText: "更换过收款人的会列在这里",
                                 link: { "/payments/payees/\($0.text("person_id") ?? "")" }) { query in
    """
    SELECT k.id AS id, q.name AS name, k.person_id AS person_id, y.name AS payee_name, k.reason AS reason, k.evidence AS evidence, k.from_on AS from_on, k.until_on AS until_on,
           k.made_by_name AS made_by_name, k.region AS region
    FROM payee_change AS k JOIN person AS q ON q.id = k.person_id JOIN person AS y ON y.id = k.payee_id WHERE \(query.within("k.region"))
    """
}

struct PayeeChangeRow: Shaped {
    let id: ID<PayeeChange>, name: PersonName, person: ID<Person>, receiver: PersonName, reason: PayeeReason, evidence: String, from: CivilDate, until: CivilDate?, by: String
    let region: RegionCode

    static let shape = Shape<PayeeChangeRow> {
        Field(.heldName, \.name)
        Field(.receiverName, \.receiver)
        Field(.payeeReason, \.reason)
        Field(.payeeEvidence, \.evidence)
        Field(.from, \.from)
        Field(.until, \.until)
        Field(.payeeChangedBy, \.by)
        Field(.region, \.region)
        Field(.personID, \.person)
        Field(.payeeChangeID, \.id)
    }

    init(from reading: Reading<PayeeChangeRow>) throws(Refusal) {
        id = try reading(.payeeChangeID)
        name = try reading(.heldName)
        person = try reading(.personID)
        receiver = try reading(.receiverName)
        reason = try reading(.payeeReason)
        evidence = try reading(.payeeEvidence)
        from = try reading(.from)
        until = try reading(.until)
        by = try reading(.payeeChangedBy)
        region = try reading(.region)
    }
}

extension Term where Value == PersonName {
    static var receiverName: Term<PersonName> { Term("payee_name", "现由谁收") }
}
extension Term where Value == String {
    static var payeeChangedBy: Term<String> { Term("made_by_name", "登记人") }
}
