import Storage

/// 账簿的表。
let ledgerMigrations = [
    Migration(owner: "ledger", number: 1, why: "钱、时、物记在一本复式账里：只加不改，每一笔都带行签，余额随后结转", steps: [
        .ddl("""
            CREATE TABLE ledger_entry (
                id TEXT PRIMARY KEY,
                act TEXT NOT NULL,
                booked_on TEXT NOT NULL CHECK (length(booked_on) = 10),
                kind TEXT NOT NULL,
                subject TEXT NOT NULL,
                reverses TEXT UNIQUE REFERENCES ledger_entry (id)
            ) WITHOUT ROWID
            """),
        .ddl("CREATE INDEX ledger_entry_by_subject ON ledger_entry (subject, id)"),
        .ddl("""
            CREATE TABLE ledger_posting (
                entry_id TEXT NOT NULL REFERENCES ledger_entry (id),
                position BIGINT NOT NULL,
                account TEXT NOT NULL,
                unit TEXT NOT NULL,
                amount BIGINT NOT NULL CHECK (amount <> 0),
                digest BIGINT NOT NULL,
                PRIMARY KEY (entry_id, position)
            ) WITHOUT ROWID
            """),
        .ddl("""
            CREATE TABLE ledger_delta (
                entry_id TEXT NOT NULL,
                account TEXT NOT NULL,
                unit TEXT NOT NULL,
                amount BIGINT NOT NULL,
                postings BIGINT NOT NULL,
                PRIMARY KEY (entry_id, account, unit)
            )
            """),
        .ddl("CREATE INDEX ledger_delta_by_account ON ledger_delta (account, unit)"),
        .ddl("""
            CREATE TABLE ledger_total (
                account TEXT NOT NULL,
                unit TEXT NOT NULL,
                amount BIGINT NOT NULL,
                postings BIGINT NOT NULL,
                PRIMARY KEY (account, unit)
            )
            """),
    ]),
]
