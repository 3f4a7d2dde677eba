import Storage

/// 组织机构的表。
let organisationMigrations = [
    Migration(owner: "organisations", number: 1, why: "社会组织、养老机构等单位各项业务都要用到，一处登记，改名换人都留痕", steps: [
        .ddl("""
            CREATE TABLE organisation (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                credit_code TEXT UNIQUE CHECK (length(credit_code) = 18),
                kind TEXT NOT NULL,
                representative TEXT,
                representative_phone TEXT,
                region TEXT NOT NULL,
                address TEXT,
                phone TEXT,
                phone_index TEXT,
                status TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'cancelled')),
                status_on TEXT NOT NULL CHECK (length(status_on) = 10),
                founded_on TEXT NOT NULL CHECK (length(founded_on) = 10),
                pending_code TEXT CHECK (length(pending_code) = 18),
                pending_by TEXT,
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX organisation_by_region ON organisation (region, kind, status)"),
        .ddl("CREATE INDEX organisation_by_phone ON organisation (phone_index) WHERE phone_index IS NOT NULL"),
        .search(table: "organisation_search"),
        .ddl("""
            CREATE TABLE organisation_name (
                id TEXT PRIMARY KEY,
                organisation_id TEXT NOT NULL REFERENCES organisation (id),
                name TEXT NOT NULL,
                from_on TEXT NOT NULL,
                until_on TEXT CHECK (until_on > from_on),
                known_at TEXT NOT NULL
            )
            """),
        .ddl("CREATE INDEX organisation_name_by_organisation ON organisation_name (organisation_id, from_on)"),
        .ddl("""
            CREATE TABLE organisation_change (
                id TEXT PRIMARY KEY,
                organisation_id TEXT NOT NULL REFERENCES organisation (id),
                changed_on TEXT NOT NULL,
                item TEXT NOT NULL,
                before_text TEXT,
                after_text TEXT,
                reason TEXT,
                known_at TEXT NOT NULL
            )
            """),
        .ddl("CREATE INDEX organisation_change_by_organisation ON organisation_change (organisation_id, changed_on)"),
    ]),
]
