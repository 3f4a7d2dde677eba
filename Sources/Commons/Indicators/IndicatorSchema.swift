import Storage

/// 指标的表。
let indicatorMigrations = [
    Migration(owner: "indicators", number: 1, why: "指标的合计随提交之后结转，随时可以重数核对；没有登记的业务由人填报，改过的留旧数", steps: [
        .ddl("""
            CREATE TABLE indicator_total (
                region TEXT NOT NULL,
                indicator TEXT NOT NULL,
                month TEXT NOT NULL CHECK (length(month) = 7),
                category TEXT NOT NULL,
                own BIGINT NOT NULL,
                amount BIGINT NOT NULL,
                PRIMARY KEY (region, indicator, month, category)
            ) WITHOUT ROWID
            """),
        .ddl("CREATE INDEX indicator_total_by_indicator ON indicator_total (indicator, region)"),
        .ddl("""
            CREATE TABLE indicator_fold (
                register TEXT PRIMARY KEY,
                definition TEXT NOT NULL,
                block BIGINT NOT NULL,
                through_month TEXT NOT NULL CHECK (length(through_month) = 7),
                counted_at TEXT NOT NULL CHECK (length(counted_at) = 24)
            )
            """),
        .ddl("""
            CREATE TABLE indicator_catalogue (
                position BIGINT NOT NULL,
                code TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                area TEXT NOT NULL,
                unit TEXT NOT NULL,
                nature TEXT NOT NULL,
                manual BIGINT NOT NULL CHECK (manual IN (0, 1)),
                definition TEXT NOT NULL,
                basis TEXT NOT NULL,
                words TEXT
            )
            """),
        .ddl("""
            CREATE TABLE indicator_series (
                id TEXT PRIMARY KEY,
                code TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                area TEXT NOT NULL,
                unit TEXT NOT NULL,
                scale BIGINT NOT NULL CHECK (scale BETWEEN 0 AND 6),
                nature TEXT NOT NULL,
                definition TEXT NOT NULL,
                basis TEXT NOT NULL,
                words TEXT,
                region TEXT NOT NULL,
                added_by_name TEXT NOT NULL,
                added_on TEXT NOT NULL CHECK (length(added_on) = 10)
            )
            """),
        .ddl("""
            CREATE TABLE indicator_entry (
                id TEXT PRIMARY KEY,
                indicator TEXT NOT NULL,
                region TEXT NOT NULL,
                from_month TEXT NOT NULL CHECK (length(from_month) = 7),
                through_month TEXT NOT NULL CHECK (through_month >= from_month),
                amount BIGINT NOT NULL,
                evidence TEXT NOT NULL,
                attachment TEXT REFERENCES attachment (id),
                reason TEXT,
                entered_by_name TEXT NOT NULL,
                known_at TEXT NOT NULL CHECK (length(known_at) = 24),
                retracted_at TEXT CHECK (retracted_at >= known_at)
            )
            """),
        .ddl("CREATE UNIQUE INDEX indicator_entry_known ON indicator_entry (indicator, region, from_month, through_month) WHERE retracted_at IS NULL"),
        .ddl("CREATE INDEX indicator_entry_by_region ON indicator_entry (region, indicator, through_month)"),
    ]),
    Migration(owner: "indicators", number: 2, why: "填错期间的数可以撤回，不再报的指标可以停报；谁、何时、为什么都留着", steps: [
        .ddl("""
            CREATE TABLE indicator_retraction (
                id TEXT PRIMARY KEY,
                entry TEXT NOT NULL UNIQUE REFERENCES indicator_entry (id),
                indicator TEXT NOT NULL,
                region TEXT NOT NULL,
                reason TEXT NOT NULL,
                retracted_by_name TEXT NOT NULL,
                retracted_at TEXT NOT NULL CHECK (length(retracted_at) = 24)
            )
            """),
        .ddl("""
            CREATE TABLE indicator_closing (
                id TEXT PRIMARY KEY,
                indicator TEXT NOT NULL,
                region TEXT NOT NULL,
                last_month TEXT NOT NULL CHECK (length(last_month) = 7),
                reason TEXT NOT NULL,
                closed_by_name TEXT NOT NULL,
                closed_at TEXT NOT NULL CHECK (length(closed_at) = 24),
                reopen_reason TEXT,
                reopened_by_name TEXT,
                reopened_at TEXT CHECK (reopened_at >= closed_at),
                CHECK ((reopened_at IS NULL) = (reopen_reason IS NULL))
            )
            """),
        .ddl("CREATE UNIQUE INDEX indicator_closing_standing ON indicator_closing (indicator, region) WHERE reopened_at IS NULL"),
    ]),
]
