import Storage

/// 收款账户的表。
let accountMigrations = [
    Migration(owner: "exchange", number: 2, why: "发放要知道钱到哪个账户；账号密存，换账户留痕", steps: [
        .ddl("""
            CREATE TABLE payment_account (
                id TEXT PRIMARY KEY,
                payee_id TEXT NOT NULL REFERENCES person (id),
                holder TEXT NOT NULL,
                bank TEXT NOT NULL,
                number TEXT NOT NULL,
                number_index TEXT NOT NULL,
                region TEXT NOT NULL,
                from_on TEXT NOT NULL CHECK (length(from_on) = 10),
                until_on TEXT CHECK (until_on > from_on)
            )
            """),
        .ddl("CREATE UNIQUE INDEX payment_account_in_use ON payment_account (payee_id) WHERE until_on IS NULL"),
        .ddl("CREATE INDEX payment_account_by_payee ON payment_account (payee_id, from_on)"),
        .ddl("CREATE INDEX payment_account_by_number ON payment_account (number_index)"),
        .ddl("CREATE INDEX payment_account_by_region ON payment_account (region, id)"),
    ]),
    Migration(owner: "exchange", number: 3, why: "在保户迁入要与最近一次发放名册核对，逐户说明差异", steps: [
        .ddl("""
            CREATE TABLE import_reconciliation (
                import_id TEXT PRIMARY KEY REFERENCES import_run (id),
                roster_id TEXT REFERENCES import_run (id),
                our_count BIGINT NOT NULL,
                our_fen BIGINT NOT NULL,
                their_count BIGINT NOT NULL,
                their_fen BIGINT NOT NULL,
                differences BIGINT NOT NULL,
                note TEXT,
                reconciled_by TEXT NOT NULL,
                reconciled_at TEXT NOT NULL
            )
            """),
        .ddl("""
            CREATE TABLE import_difference (
                import_id TEXT NOT NULL REFERENCES import_run (id),
                position BIGINT NOT NULL,
                kind TEXT NOT NULL,
                line BIGINT,
                roster_line BIGINT,
                our_fen BIGINT,
                their_fen BIGINT,
                PRIMARY KEY (import_id, position)
            )
            """),
    ]),
    Migration(owner: "exchange", number: 4, why: "每道签批都要看核对之后谁换了账户，不把全部账户看一遍", steps: [
        .ddl("CREATE INDEX payment_account_ended ON payment_account (until_on, payee_id) WHERE until_on IS NOT NULL"),
    ]),
]
