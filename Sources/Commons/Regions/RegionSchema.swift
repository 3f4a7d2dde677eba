import Storage

/// 区划变更的表。
let regionMigrations = [
    Migration(owner: "places", number: 2, why: "区划的设立、更名、撤并、拆分要有文件可查，可以先登记、到日子再办", steps: [
        .ddl("""
            CREATE TABLE region_change (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                code TEXT NOT NULL,
                on_date TEXT NOT NULL CHECK (length(on_date) = 10),
                document TEXT NOT NULL,
                known_at TEXT NOT NULL,
                done_at TEXT,
                cancelled_at TEXT CHECK (cancelled_at IS NULL OR done_at IS NULL)
            )
            """),
        .ddl("CREATE INDEX region_change_by_code ON region_change (code, on_date)"),
        .ddl("""
            CREATE TABLE region_change_part (
                parent_id TEXT NOT NULL REFERENCES region_change (id),
                key TEXT NOT NULL,
                position BIGINT NOT NULL,
                code TEXT,
                successor TEXT,
                name TEXT,
                PRIMARY KEY (parent_id, key)
            )
            """),
        .ddl("CREATE INDEX region_successor_by_successor ON region_successor (successor)"),
        .ddl("CREATE INDEX household_by_region_address ON household (region, address)"),
    ]),
]
