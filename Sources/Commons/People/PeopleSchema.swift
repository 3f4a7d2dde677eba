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
]
