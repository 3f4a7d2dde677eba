import Storage

/// 迁入的待遇没有本系统的决定：the periods of an allowance taken over rest on the import, not on an invented decision.
let takeoverTables = Migration(owner: "assistance", number: 6, why: "由原系统迁入的待遇照原核定金额发放，本系统没有作过决定，期间可以没有所据决定", steps: [
    .ddl("""
        CREATE TABLE allowance_period_kept (
            id TEXT PRIMARY KEY,
            allowance_id TEXT NOT NULL REFERENCES allowance (id),
            monthly_fen BIGINT NOT NULL CHECK (monthly_fen >= 0),
            from_month TEXT NOT NULL CHECK (length(from_month) = 7),
            until_month TEXT CHECK (until_month > from_month),
            decision_id TEXT REFERENCES decision (id),
            known_at TEXT NOT NULL CHECK (length(known_at) = 24),
            retracted_at TEXT CHECK (retracted_at >= known_at)
        )
        """),
    .ddl("""
        INSERT INTO allowance_period_kept (id, allowance_id, monthly_fen, from_month, until_month, decision_id, known_at, retracted_at)
        SELECT id, allowance_id, monthly_fen, from_month, until_month, decision_id, known_at, retracted_at FROM allowance_period
        """),
    .ddl("DROP TABLE allowance_period"),
    .ddl("ALTER TABLE allowance_period_kept RENAME TO allowance_period"),
    .ddl("CREATE UNIQUE INDEX allowance_period_known ON allowance_period (allowance_id, from_month) WHERE retracted_at IS NULL"),
])
