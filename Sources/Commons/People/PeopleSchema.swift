import Storage

/// 人员登记的表。
let peopleMigrations = [
    Migration(owner: "people", number: 1, why: "没有公民身份号码的人也要登记，重复的档案要能合并又能撤销，电话、证件要查得到", steps: [
        .ddl("ALTER TABLE person ADD COLUMN merged_into TEXT REFERENCES person (id) CHECK (merged_into <> id)"),
        .ddl("ALTER TABLE person ADD COLUMN phone_index TEXT"),
        .ddl("ALTER TABLE person ADD COLUMN document_kind TEXT"),
        .ddl("ALTER TABLE person ADD COLUMN document_no TEXT"),
        .ddl("ALTER TABLE person ADD COLUMN document_index TEXT"),
        .ddl("ALTER TABLE person ADD COLUMN living_in TEXT"),
        .ddl("ALTER TABLE person ADD COLUMN birth_estimated BIGINT NOT NULL DEFAULT 0 CHECK (birth_estimated IN (0, 1))"),
        .ddl("CREATE INDEX person_by_merge ON person (merged_into) WHERE merged_into IS NOT NULL"),
        .ddl("CREATE INDEX person_by_phone ON person (phone_index, id) WHERE phone_index IS NOT NULL"),
        .ddl("CREATE INDEX person_by_document ON person (document_index, id) WHERE document_index IS NOT NULL"),
        .ddl("CREATE INDEX person_by_living ON person (living_in, id) WHERE living_in IS NOT NULL"),
        .ddl("CREATE INDEX person_by_name ON person (name, born_on, id)"),
        .ddl("CREATE INDEX person_by_birth ON person (born_on, id)"),
    ]),
    Migration(owner: "people", number: 2, why: "改过的留旧版，重要的改动两个人办，重复的查得出、合得上、撤得回，看原文留痕", steps: [
        .search(table: "person_address_search"),
        .ddl("""
            CREATE TABLE person_version (
                id TEXT PRIMARY KEY,
                person_id TEXT NOT NULL REFERENCES person (id),
                name TEXT NOT NULL,
                sex TEXT NOT NULL,
                born_on TEXT NOT NULL,
                birth_estimated BIGINT NOT NULL CHECK (birth_estimated IN (0, 1)),
                resident_id TEXT,
                phone TEXT,
                document_kind TEXT,
                document_no TEXT,
                region TEXT NOT NULL,
                living_in TEXT,
                address TEXT,
                died_on TEXT,
                merged_into TEXT,
                version BIGINT NOT NULL,
                known_at TEXT NOT NULL CHECK (length(known_at) = 24),
                retracted_at TEXT NOT NULL CHECK (retracted_at >= known_at),
                UNIQUE (person_id, version)
            )
            """),
        .ddl("CREATE INDEX person_version_by_merge ON person_version (merged_into) WHERE merged_into IS NOT NULL"),
        .ddl("""
            CREATE TABLE person_change (
                id TEXT PRIMARY KEY,
                person_id TEXT NOT NULL REFERENCES person (id),
                region TEXT NOT NULL,
                kind TEXT NOT NULL,
                base_version BIGINT NOT NULL,
                name TEXT,
                sex TEXT,
                born_on TEXT,
                birth_estimated BIGINT,
                moves_to TEXT,
                resident_id TEXT,
                document_kind TEXT,
                document_no TEXT,
                died_on TEXT,
                reason TEXT,
                attachment TEXT REFERENCES attachment (id),
                requested_by TEXT NOT NULL,
                requested_by_name TEXT NOT NULL,
                requested_at TEXT NOT NULL,
                decided_by TEXT,
                decided_by_name TEXT,
                decided_at TEXT,
                answer TEXT
            )
            """),
        .ddl("CREATE INDEX person_change_by_person ON person_change (person_id, kind)"),
        .ddl("CREATE INDEX person_change_by_region ON person_change (region, id)"),
        .ddl("""
            CREATE TABLE duplicate_pair (
                id TEXT PRIMARY KEY,
                a TEXT NOT NULL REFERENCES person (id),
                b TEXT NOT NULL REFERENCES person (id),
                region TEXT NOT NULL,
                score BIGINT NOT NULL CHECK (score BETWEEN 0 AND 100),
                evidence TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('open', 'merged', 'distinct')),
                found_at TEXT NOT NULL,
                decided_by_name TEXT,
                decided_at TEXT,
                reason TEXT,
                UNIQUE (a, b),
                CHECK (a < b)
            )
            """),
        .ddl("CREATE INDEX duplicate_pair_open ON duplicate_pair (state, score, id)"),
        .ddl("CREATE INDEX duplicate_pair_by_second ON duplicate_pair (b)"),
        .ddl("""
            CREATE TABLE person_merge (
                id TEXT PRIMARY KEY,
                kept_id TEXT NOT NULL REFERENCES person (id),
                absorbed_id TEXT NOT NULL REFERENCES person (id),
                region TEXT NOT NULL,
                reason TEXT NOT NULL,
                proposed_by TEXT NOT NULL,
                proposed_by_name TEXT NOT NULL,
                proposed_at TEXT NOT NULL,
                decided_by TEXT,
                decided_by_name TEXT,
                decided_at TEXT,
                answer TEXT,
                merged_at TEXT,
                undone_at TEXT CHECK (undone_at >= merged_at),
                undone_by_name TEXT,
                undo_reason TEXT,
                CHECK (kept_id <> absorbed_id)
            )
            """),
        .ddl("CREATE UNIQUE INDEX person_merge_standing ON person_merge (absorbed_id) WHERE merged_at IS NOT NULL AND undone_at IS NULL"),
        .ddl("CREATE INDEX person_merge_by_kept ON person_merge (kept_id)"),
        .ddl("CREATE INDEX person_merge_by_absorbed ON person_merge (absorbed_id)"),
        .ddl("CREATE INDEX person_merge_by_region ON person_merge (region, id)"),
        .ddl("""
            CREATE TABLE person_reveal (
                id TEXT PRIMARY KEY,
                act TEXT NOT NULL UNIQUE,
                person_id TEXT NOT NULL REFERENCES person (id),
                actor TEXT NOT NULL,
                purpose TEXT NOT NULL,
                at TEXT NOT NULL,
                until_at TEXT NOT NULL CHECK (until_at > at)
            )
            """),
    ]),
    Migration(owner: "people", number: 3, why: "百万人的登记，翻第一页和数人数只走一条窄索引", steps: [
        .ddl("CREATE INDEX person_standing ON person (id, region, living_in) WHERE merged_into IS NULL"),
    ]),
    Migration(owner: "people", number: 4, why: "每道签批都要看核对之后谁死亡，不把全部人看一遍", steps: [
        .ddl("CREATE INDEX person_dead ON person (died_on, id) WHERE died_on IS NOT NULL"),
    ]),
]
