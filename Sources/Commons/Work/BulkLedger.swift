import Cryptography
import Kernel
import Storage
import Values

/// 批量办理的登记。What was asked, sealed, and the result of each subject; a stop in between loses nothing.
struct BulkLedger: Sendable {
    let counter: Counter

    static let purpose = "bulk"

    /// Writes down what is to be done, once.
    /// - Throws: `.conflict` when the id was used for something else.
    func open(_ bulk: BulkAct, by actor: Actor) async throws {
        let now = counter.clock.now(), keyring = counter.house.keyring
        let sealed = try keyring.seal(JSON(bulk.values).text, for: Self.purpose), labels = try bulk.subjects.map { try keyring.seal($0.label, for: Self.purpose) }
        let isNew = try await counter.database.write { connection in
            let isTyped = bulk.values.isTyped ? 1 : 0
            let rows = try connection.run("""
                INSERT INTO bulk (id, permission, listing, actor, sealed, typed, created_at)
                VALUES (\(bulk.id), \(bulk.permission), \(bulk.listing), \(actor.user), \(sealed), \(isTyped), \(now)) ON CONFLICT (id) DO NOTHING
                """)
            guard rows == 1 else { return false }
            for (place, subject) in bulk.subjects.enumerated() {
                try connection.run("""
                    INSERT INTO bulk_result (bulk, position, subject, label, version, state)
                    VALUES (\(bulk.id), \(place), \(subject.id), \(labels[place]), \(subject.version), \(BulkState.waiting))
                    """)
            }
            return true
        }
        guard !isNew else { return }
        let known = try await self.bulk(bulk.id, of: actor)
        guard known.permission == bulk.permission, known.values == bulk.values.asStored, Set(known.subjects.map(\.id)) == Set(bulk.subjects.map(\.id)) else {
            throw Refusal.conflict("这个批量办理的编号已经用过，内容却不一样。请回到台账重新选择再办")
        }
    }

    /// What was asked, by whoever asked it.
    func bulk(_ id: ID<JournalEntry>, of actor: Actor) async throws -> BulkAct {
        let report = try await report(id, of: actor), keyring = counter.house.keyring
        let found = try await counter.database.read { connection in
            try connection.first("SELECT sealed, typed FROM bulk WHERE id = \(id)") { (try $0.read(0) as String, try $0.read(1) as Int) }
        }
        guard let (sealed, typed) = found else { throw Self.absent }
        let values = try JSON(parsing: try keyring.open(sealed, for: Self.purpose)).rawFields(typed: typed == 1)
        return BulkAct(report.permission, id: id, listing: report.listing, values: values, subjects: report.results.map(\.subject))
    }

    func report(_ id: ID<JournalEntry>, of actor: Actor) async throws -> BulkReport {
        let keyring = counter.house.keyring
        return try await counter.database.read { connection in
            let head = try connection.first("SELECT permission, listing FROM bulk WHERE id = \(id) AND actor = \(actor.user)") { row in
                (try row.read(0) as String, try row.read(1) as String?)
            }
            guard let (permission, listing) = head else { throw Self.absent }
            let results = try connection.all("SELECT subject, label, version, state, message, link FROM bulk_result WHERE bulk = \(id) ORDER BY position") { row in
                let label = try keyring.open(try row.read(1), for: Self.purpose), message = try (row.read(4) as String?).map { try keyring.open($0, for: Self.purpose) }
                let subject = BulkSubject(try row.read(0), label: label, version: try row.read(2))
                return BulkResult(subject: subject, state: try row.read(3), message: message ?? "", link: try row.read(5))
            }
            return BulkReport(id: id, permission: permission, listing: listing, results: results)
        }
    }

    func keep(_ results: [BulkResult], of id: ID<JournalEntry>) async throws {
        let keyring = counter.house.keyring, sealed = try results.map { try keyring.seal($0.message, for: Self.purpose) }
        try await counter.database.write { connection in
            for (result, message) in zip(results, sealed) {
                try connection.run("""
                    UPDATE bulk_result SET state = \(result.state), message = \(message), link = \(result.link)
                    WHERE bulk = \(id) AND subject = \(result.subject.id)
                    """)
            }
        }
    }

    static let absent = Refusal.absent("没有这次批量办理，或不是您办理的，请核对编号")
}

extension RawFields {
    /// Texts as people typed them; else the machine's face.
    var isTyped: Bool {
        names.contains { name in
            switch self[name] {
            case .typed: true
            case .group(let fields): fields.isTyped
            case .rows(let rows): rows.contains { $0.fields.isTyped }
            case .received, .stored, nil: false
            }
        }
    }

    /// As it reads once it was written down and opened again.
    var asStored: RawFields { (try? JSON(self).rawFields(typed: isTyped)) ?? self }
}

/// What a bulk act keeps sealed until it is done and afterwards.
let bulkSealed = [SealedPlace("bulk", "sealed", key: ["id"], purpose: BulkLedger.purpose)]
    + ["label", "message"].map { SealedPlace("bulk_result", $0, key: ["bulk", "subject"], purpose: BulkLedger.purpose) }

/// Bulks and their results.
let bulkMigrations = [
    Migration(owner: "bulk", number: 1, why: "批量办理要记下选了哪些、各办成没有，中断后接着办，未办成的可再选", steps: [
        .ddl("""
            CREATE TABLE bulk (
                id TEXT PRIMARY KEY CHECK (length(id) = 26),
                permission TEXT NOT NULL,
                listing TEXT,
                actor TEXT NOT NULL,
                sealed TEXT NOT NULL,
                typed BIGINT NOT NULL CHECK (typed IN (0, 1)),
                created_at TEXT NOT NULL
            )
            """),
        .ddl("CREATE INDEX bulk_by_actor ON bulk (actor, id)"),
        .ddl("""
            CREATE TABLE bulk_result (
                bulk TEXT NOT NULL REFERENCES bulk (id),
                position BIGINT NOT NULL,
                subject TEXT NOT NULL,
                label TEXT NOT NULL,
                version BIGINT,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
                message TEXT,
                link TEXT,
                PRIMARY KEY (bulk, subject)
            )
            """),
    ]),
    Migration(owner: "bulk", number: 2, why: "成批打印的文书要等一会儿，做好后存一天，只由要的人取", steps: [
        .ddl("""
            CREATE TABLE print_order (
                id TEXT PRIMARY KEY CHECK (length(id) = 26),
                listing TEXT NOT NULL,
                actor TEXT NOT NULL,
                subjects TEXT NOT NULL,
                wanted BIGINT NOT NULL,
                created_at TEXT NOT NULL,
                papers BIGINT,
                pages BIGINT,
                finished_at TEXT,
                fault TEXT
            )
            """),
        .ddl("CREATE INDEX print_order_waiting ON print_order (id) WHERE finished_at IS NULL"),
        .ddl("""
            CREATE TABLE saved_view (
                user_id TEXT NOT NULL,
                listing TEXT NOT NULL,
                name TEXT NOT NULL,
                address TEXT NOT NULL,
                saved_at TEXT NOT NULL,
                PRIMARY KEY (user_id, listing, name)
            )
            """),
    ]),
]
