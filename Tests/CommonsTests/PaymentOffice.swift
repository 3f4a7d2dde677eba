@testable import Commons
import Cryptography
import Kernel
import Storage
import Testing
import Values

/// Two small programmes: a grant by household, decided elsewhere, and a bonus by person, reckoned from the year of birth.
let grants = Line("grants", "补贴", policies: [AnyPolicy(grantShare), AnyPolicy(grantOverlap)], migrations: [
    Migration(owner: "grants", number: 1, why: "补贴要有处可记", steps: [
        .ddl("""
            CREATE TABLE grant_due (
                id TEXT PRIMARY KEY, subject TEXT NOT NULL, person_id TEXT NOT NULL, payee_id TEXT NOT NULL, region TEXT NOT NULL, amount_fen BIGINT NOT NULL,
                from_month TEXT NOT NULL, until_month TEXT, known_at TEXT NOT NULL
            )
            """),
    ]),
], offers: [grantPayment, bonusPayment])

let grantShare = Policy<BasisPoints>("grant-share", "补贴分担", variants: FundSource.variants, mayBeSilent: true)
let grantOverlap = Policy<OverlapOutcome>("grant-overlap", "补贴与奖励兼得", mayBeSilent: true)

let grantPayment = PaidProgramme(
    "grant", "家庭补贴", department: "民政部门", basis: .household, fundShare: grantShare,
    stream: { month, region in
        """
        SELECT subject, person_id, payee_id, region, amount_fen FROM grant_due
        WHERE from_month <= \(month) AND (until_month IS NULL OR until_month > \(month)) AND \(Reader.within("region", region))
        """
    },
    changed: { since, _ in "SELECT subject FROM grant_due WHERE known_at > \(since)" },
    explain: { _, _, _ in ["按家庭补贴办法核定。"] })

/// Whoever was born before 1930, 10 元 a month; whoever died keeps the month.
let bonusPayment = PaidProgramme(
    "bonus", "长者奖励", department: "民政部门", basis: .person, fundShare: grantShare, settlesDeath: true,
    stream: { month, region in
        """
        SELECT q.id AS subject, q.id AS person_id, q.id AS payee_id, q.region AS region, CAST(NULL AS BIGINT) AS amount_fen FROM person AS q
        WHERE q.merged_into IS NULL AND q.born_on < '1930-01-01' AND (q.died_on IS NULL OR q.died_on >= \(month.first)) AND \(Reader.within("q.region", region))
        """
    },
    changed: { since, _ in "SELECT person_id AS subject FROM person_version WHERE retracted_at > \(since)" },
    reckoning: { _, _ in { _ in .yuan(10) } }, overlaps: [BenefitOverlap(with: "grant", grantOverlap)])

/// An office that pays, with everybody it takes.
struct PayOffice {
    let office: Office
    var counter: Counter { office.counter }

    init(on today: CivilDate = day(2024, 7, 10)) async throws {
        let plain = try await Office(on: today)
        let house = House(lines: [errands] + commonLines + [grants], keyring: try Keyring.ephemeral())
        office = Office(database: plain.database, counter: Counter(database: plain.database, house: house, clock: plain.clock), clock: plain.clock)
        try await plain.database.migrate(house.migrations)
        try await rule(grantShare.ships(.percent(70), variant: "central", in: county, from: day(2020, 1, 1), cite: "试〔2020〕1号"))
        try await rule(grantShare.ships(.percent(30), variant: "local", in: county, from: day(2020, 1, 1), cite: "试〔2020〕1号"))
    }

    func rule(_ shipped: ShippedRuling) async throws {
        let now = office.clock.now()
        _ = try await office.database.write { connection in
            try connection.run("""
                INSERT INTO ruling (id, policy, variant, region, from_on, until_on, value, cite, drafted_by, drafted_at, published_by, published_at)
                VALUES (\(ID<Ruling>.make(at: now)), \(shipped.policy), \(shipped.variant.isEmpty ? "-" : shipped.variant), \(shipped.region), \(shipped.from),
                        \(shipped.until), \(shipped.value), \(shipped.cite), '随程序发布', \(now), '随程序发布', \(now))
                """)
        }
    }

    /// Somebody with an account in his name.
    func payee(_ name: String, born year: Int = 1980, sequence: Int, hasAccount: Bool = true) async throws -> String {
        let id = try await office.register(name, number(born: year, sequence: sequence))
        if hasAccount { try await account(of: id, name, sequence) }
        return id
    }

    func account(of person: String, _ holder: String, _ sequence: Int) async throws {
        try await office.submit("payments.register-account", ["person": person, "holder": holder, "bank": "示范农商银行", "account": "存折\(10_000_000 + sequence)"])
    }

    /// A household's grant, known now.
    func grant(_ subject: String, _ people: [String], _ yuan: Int, from month: String, until: String? = nil) async throws {
        let now = office.clock.now()
        try await office.database.write { connection in
            for person in people {
                try connection.run("""
                    INSERT INTO grant_due (id, subject, person_id, payee_id, region, amount_fen, from_month, until_month, known_at)
                    VALUES (\(ID<Ruling>.make(at: now)), \(subject), \(person), \(people[0]), \(township), \(Money.yuan(yuan)), \(month), \(until), \(now))
                    """)
            }
        }
    }

    /// Everything known of a grant ends with a month.
    func endGrant(_ subject: String, until month: String) async throws {
        let now = office.clock.now()
        try await office.database.write { try $0.run("UPDATE grant_due SET until_month = \(month), known_at = \(now) WHERE subject = \(subject)") }
    }

    func fund(_ programme: String = "grant", _ central: Int = 70_000, _ local: Int = 30_000) async throws {
        for (source, yuan) in [("central", central), ("local", local)] {
            try await office.submit("payments.record-budget", ["region": county.code, "programme": programme, "source": source, "amount_fen": "\(yuan).00", "basis": "试〔2024〕2号"], as: financier)
        }
    }

    // MARK: Steps

    func open(_ month: String, _ programme: String? = "grant", channel: String = "bank") async throws -> ID<PaymentRun> {
        var values = ["region": county.code, "month": month, "channel": channel]
        values["programme"] = programme
        let id = try await office.submit("payments.open-month", values, as: reviewer).outcome.subject
        let run = try ID<PaymentRun>(typed: id)
        try await work(run)
        return run
    }

    func work(_ run: ID<PaymentRun>) async throws { try await PaymentWork(counter: counter).runToEnd(of: run) }

    @discardableResult
    func act(_ name: String, _ run: ID<PaymentRun>, _ more: [String: String] = [:], as actor: Actor) async throws -> String {
        try await office.submit("payments.\(name)", more.merging(["run": run.text]) { first, _ in first }, as: actor).outcome.message
    }

    func sign(_ run: ID<PaymentRun>) async throws {
        try await act("check-month", run, as: reviewer)
        try await act("sign-as-business", run, as: approver)
        try await act("sign-as-finance", run, as: financier)
        try await act("sign-as-leader", run, as: leader)
        try await work(run)
    }

    func file(_ run: ID<PaymentRun>) async throws -> [UInt8] {
        try await act("file-payments", run, as: financier)
        try await work(run)
        return try await counter.read(as: .house) { reader in
            var bytes: [UInt8] = []
            if let batch = try reader.batches(of: run).last { try reader.eachPiece(of: batch.id) { bytes += $0 } }
            return bytes
        }
    }

    /// What the channel answers, failing these rows.
    func answer(_ file: [UInt8], failing: [Int: ReturnCode] = [:], in format: any PaymentFormat = BankFormat()) throws -> [UInt8] {
        let (head, rows) = try format.payments(file)
        return try format.returned(ReturnFile(number: head.number, on: office.clock.now().date, rows.map { ReturnRow(seq: $0.seq, account: $0.account, amount: $0.amount, failure: failing[$0.seq]) }))
    }

    func take(_ answer: [UInt8], _ run: ID<PaymentRun>) async throws { try await PaymentWork(counter: counter).takeReturn(answer, of: run, as: financier) }

    /// A whole month without trouble.
    @discardableResult
    func month(_ month: String, _ programme: String? = "grant", channel: String = "bank") async throws -> ID<PaymentRun> {
        let run = try await open(month, programme, channel: channel)
        try await sign(run)
        let format: any PaymentFormat = channel == "bank" ? BankFormat() : TreasuryFormat()
        let file = try await file(run)
        try await take(try answer(file, in: format), run)
        try await act("close-month", run, as: financier)
        return run
    }

    // MARK: What is found

    struct Line: Hashable, Sendable, CustomStringConvertible {
        let subject: String, month: String, reason: String, code: String, due: Int, previous: Int, offset: Int, amount: Int
        var description: String { "\(subject) \(month) \(reason) \(code) 应\(due) 上月\(previous) 抵\(offset) 实\(amount)" }
    }

    /// In yuan.
    func lines(_ run: ID<PaymentRun>) async throws -> [Line] {
        try await office.database.read { connection in
            try connection.all("SELECT subject, month, reason, code, due_fen, previous_fen, offset_fen, amount_fen FROM payment_line WHERE run_id = \(run) ORDER BY number") { row in
                Line(subject: try row.read(0), month: try row.read(1), reason: try row.read(2), code: try row.read(3) ?? "", due: (try row.read(4) as Int) / 100,
                     previous: (try row.read(5) as Int) / 100, offset: (try row.read(6) as Int) / 100, amount: (try row.read(7) as Int) / 100)
            }
        }
    }

    func state(_ run: ID<PaymentRun>) async throws -> String { try await counter.read(as: .house) { try $0.caseFile(run).state } }

    func verified() async throws -> [String] {
        let ledger = try await LedgerCheck.verify(office.database, counter.house.keyring)
        return ledger.faults + (try await PaymentCheck.verify(counter)).faults
    }

    func proof(_ run: ID<PaymentRun>) async throws -> RunProof { try await counter.read(as: .house) { try $0.proof(of: $0.find(run)) } }
    func count(_ sql: Statement) async throws -> Int { try await office.count(sql) }
}

extension Office {
    init(database: any Database, counter: Counter, clock: VirtualClock) { (self.database, self.counter, self.clock) = (database, counter, clock) }
}
