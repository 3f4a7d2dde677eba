import Storage

/// 家庭登记的表，续前。
let householdMigrations = [
    Migration(owner: "places", number: 1, why: "家庭会注销、迁移，成员离开有原因，登记错了要写明理由撤回，旧的说法都要留着", steps: [
        .ddl("ALTER TABLE household ADD COLUMN dissolved_on TEXT CHECK (length(dissolved_on) = 10)"),
        .ddl("ALTER TABLE membership ADD COLUMN end_reason TEXT"),
        .ddl("ALTER TABLE membership ADD COLUMN retract_reason TEXT"),
        .ddl("""
            CREATE TABLE former_residence (
                id TEXT PRIMARY KEY,
                household_id TEXT NOT NULL REFERENCES household (id),
                former_region TEXT NOT NULL,
                area TEXT NOT NULL,
                address TEXT,
                until_on TEXT NOT NULL CHECK (length(until_on) = 10),
                known_at TEXT NOT NULL
            )
            """),
        .ddl("CREATE INDEX former_residence_by_household ON former_residence (household_id, until_on)"),
    ]),
]
