import Storage

/// The shared registers' tables.
let commonsMigrations = [
    Migration(owner: "commons", number: 1, why: "人、户、区划、用户和附件是各项业务共用的登记", steps: [
        .ddl("""
            CREATE TABLE region (
                id TEXT PRIMARY KEY,
                code TEXT NOT NULL,
                name TEXT NOT NULL,
                from_on TEXT NOT NULL,
                until_on TEXT CHECK (until_on > from_on),
                UNIQUE (code, from_on)
            )
            """),
        .ddl("""
            CREATE TABLE person (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                sex TEXT NOT NULL,
                born_on TEXT NOT NULL CHECK (length(born_on) = 10),
                resident_id TEXT,
                resident_index TEXT UNIQUE,
                phone TEXT,
                region TEXT NOT NULL,
                address TEXT,
                died_on TEXT CHECK (died_on >= born_on),
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX person_by_region ON person (region, id)"),
        .search(table: "person_search"),
        .ddl("""
            CREATE TABLE household (
                id TEXT PRIMARY KEY,
                head_id TEXT NOT NULL REFERENCES person (id),
                region TEXT NOT NULL,
                area TEXT NOT NULL CHECK (area IN ('urban', 'rural')),
                address TEXT,
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX household_by_region ON household (region, id)"),
        .ddl("CREATE INDEX household_by_head ON household (head_id)"),
        .ddl("""
            CREATE TABLE membership (
                id TEXT PRIMARY KEY,
                household_id TEXT NOT NULL REFERENCES household (id),
                person_id TEXT NOT NULL REFERENCES person (id),
                relation TEXT NOT NULL,
                from_on TEXT NOT NULL,
                until_on TEXT CHECK (until_on > from_on),
                known_at TEXT NOT NULL,
                retracted_at TEXT
            )
            """),
        .ddl("CREATE INDEX membership_by_household ON membership (household_id)"),
        .ddl("CREATE INDEX membership_by_person ON membership (person_id)"),
        .ddl("""
            CREATE TABLE user_account (
                id TEXT PRIMARY KEY,
                username TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                role TEXT NOT NULL,
                region TEXT NOT NULL,
                password_hash TEXT NOT NULL,
                disabled_on TEXT,
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("""
            CREATE TABLE session (
                token_hash TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES user_account (id),
                csrf TEXT NOT NULL,
                created_at TEXT NOT NULL,
                expires_at TEXT NOT NULL,
                ended_at TEXT
            )
            """),
        .ddl("CREATE INDEX session_by_user ON session (user_id)"),
        .ddl("CREATE TABLE sign_in_failure (username TEXT NOT NULL, at TEXT NOT NULL)"),
        .ddl("CREATE INDEX sign_in_failure_by_name ON sign_in_failure (username, at)"),
        .ddl("""
            CREATE TABLE attachment (
                id TEXT PRIMARY KEY,
                hash TEXT NOT NULL,
                filename TEXT NOT NULL,
                media_type TEXT NOT NULL,
                bytes BIGINT NOT NULL,
                uploaded_by TEXT NOT NULL,
                uploaded_at TEXT NOT NULL
            )
            """),
    ]),
    Migration(owner: "commons", number: 2, why: "区划撤并、拆分之后，旧代码要能找到接续的新代码；一变多、多变一都有", steps: [
        .ddl("""
            CREATE TABLE region_successor (
                code TEXT NOT NULL,
                successor TEXT NOT NULL CHECK (successor <> code),
                changed_on TEXT NOT NULL CHECK (length(changed_on) = 10),
                PRIMARY KEY (code, successor)
            )
            """),
    ]),
]
