import Storage

/// 对照的表。The tables of a month as the peer writes them: each like ours, which a test holds it to.
struct MonthPeer: Sendable {
    let name: String
    let copy: Statement

    static let tables = [
        MonthPeer(name: "名册", copy: "INSERT INTO peer_line SELECT * FROM payment_line ORDER BY id"),
        MonthPeer(name: "请领", copy: "INSERT INTO peer_claim SELECT * FROM payment_claim ORDER BY id"),
        MonthPeer(name: "分录", copy: "INSERT INTO peer_entry SELECT * FROM ledger_entry ORDER BY id"),
        MonthPeer(name: "记账", copy: "INSERT INTO peer_posting SELECT * FROM ledger_posting ORDER BY entry_id, position"),
    ]

    /// Which of ours each of them copies.
    static let originals = ["peer_line": "payment_line", "peer_claim": "payment_claim", "peer_entry": "ledger_entry", "peer_posting": "ledger_posting"]

    static let schema = Migration(owner: "bench", number: 1, why: "发放压测的对照表", steps: [
        .ddl("""
            CREATE TABLE peer_line (
                id TEXT PRIMARY KEY,
                run_id TEXT NOT NULL REFERENCES payment_run (id),
                number BIGINT NOT NULL,
                programme TEXT NOT NULL,
                month TEXT NOT NULL CHECK (length(month) = 7),
                subject TEXT NOT NULL,
                payee_id TEXT NOT NULL,
                region TEXT NOT NULL,
                people BIGINT NOT NULL,
                reason TEXT NOT NULL,
                code TEXT,
                due_fen BIGINT NOT NULL,
                previous_fen BIGINT NOT NULL,
                offset_fen BIGINT NOT NULL CHECK (offset_fen >= 0),
                amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0),
                difference_fen BIGINT NOT NULL,
                account_id TEXT,
                digest BIGINT NOT NULL,
                CHECK (difference_fen = amount_fen + offset_fen - previous_fen)
            ) WITHOUT ROWID
            """),
        .ddl("CREATE UNIQUE INDEX peer_line_by_run ON peer_line (run_id, number)"),
        .ddl("CREATE UNIQUE INDEX peer_line_by_subject ON peer_line (programme, month, subject, run_id)"),
        .ddl("CREATE INDEX peer_line_by_payee ON peer_line (payee_id, month)"),
        .ddl("CREATE INDEX peer_line_held ON peer_line (programme, subject) WHERE reason = 'held'"),
        .ddl("""
            CREATE TABLE peer_claim (
                id TEXT PRIMARY KEY,
                line_id TEXT NOT NULL REFERENCES peer_line (id),
                run_id TEXT NOT NULL,
                programme TEXT NOT NULL,
                month TEXT NOT NULL,
                person_id TEXT NOT NULL,
                amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0),
                effective BIGINT CHECK (effective = 1)
            ) WITHOUT ROWID
            """),
        .ddl("CREATE UNIQUE INDEX peer_claim_once ON peer_claim (programme, month, person_id) WHERE effective = 1"),
        .ddl("CREATE INDEX peer_claim_by_line ON peer_claim (line_id)"),
        .ddl("CREATE INDEX peer_claim_by_person ON peer_claim (person_id, month)"),
        .ddl("""
            CREATE TABLE peer_entry (
                id TEXT PRIMARY KEY,
                act TEXT NOT NULL,
                booked_on TEXT NOT NULL CHECK (length(booked_on) = 10),
                kind TEXT NOT NULL,
                subject TEXT NOT NULL,
                reverses TEXT UNIQUE REFERENCES peer_entry (id)
            ) WITHOUT ROWID
            """),
        .ddl("CREATE INDEX peer_entry_by_subject ON peer_entry (subject, id)"),
        .ddl("""
            CREATE TABLE peer_posting (
                entry_id TEXT NOT NULL REFERENCES peer_entry (id),
                position BIGINT NOT NULL,
                account TEXT NOT NULL,
                unit TEXT NOT NULL,
                amount BIGINT NOT NULL CHECK (amount <> 0),
                digest BIGINT NOT NULL,
                PRIMARY KEY (entry_id, position)
            ) WITHOUT ROWID
            """),
    ])
}
