import Storage

/// 导入的登记。What was brought, by whom, and what it changed.
let exchangeMigrations = [
    Migration(owner: "exchange", number: 1, why: "每次导入都要能查：谁传的、谁确认的、进了多少，撤销时知道改过什么", steps: [
        .ddl("""
            CREATE TABLE import_run (
                id TEXT PRIMARY KEY,
                importer TEXT NOT NULL,
                filename TEXT NOT NULL,
                hash TEXT NOT NULL,
                bytes BIGINT NOT NULL,
                region TEXT NOT NULL,
                uploaded_by TEXT NOT NULL,
                uploader TEXT NOT NULL,
                uploaded_at TEXT NOT NULL,
                state TEXT NOT NULL,
                progress BIGINT NOT NULL,
                rows_right BIGINT NOT NULL,
                rows_wrong BIGINT NOT NULL,
                rows_duplicate BIGINT NOT NULL,
                rows_present BIGINT NOT NULL,
                is_partial BIGINT NOT NULL CHECK (is_partial IN (0, 1)),
                cursor_line BIGINT NOT NULL,
                entered BIGINT NOT NULL,
                changed BIGINT NOT NULL,
                skipped BIGINT NOT NULL,
                confirmer TEXT,
                confirmed_by TEXT CHECK (confirmed_by <> uploaded_by),
                confirmed_at TEXT,
                confirmation TEXT,
                withdrawn BIGINT NOT NULL,
                left_over BIGINT NOT NULL,
                note TEXT,
                halted TEXT,
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX import_run_by_region ON import_run (region, id)"),
        .ddl("CREATE INDEX import_run_by_state ON import_run (state, id)"),
        .ddl("""
            CREATE TABLE import_column (
                parent_id TEXT NOT NULL REFERENCES import_run (id),
                key TEXT NOT NULL,
                position BIGINT NOT NULL,
                heading TEXT NOT NULL,
                field TEXT,
                PRIMARY KEY (parent_id, key)
            )
            """),
        // 列的对应记住一次，下次同样的表头不用再选。
        .ddl("""
            CREATE TABLE import_mapping (
                importer TEXT NOT NULL,
                signature TEXT NOT NULL,
                position BIGINT NOT NULL,
                field TEXT,
                PRIMARY KEY (importer, signature, position)
            )
            """),
        .ddl("""
            CREATE TABLE import_change (
                import_id TEXT NOT NULL REFERENCES import_run (id),
                line BIGINT NOT NULL,
                note TEXT NOT NULL,
                PRIMARY KEY (import_id, line)
            )
            """),
        .ddl("""
            CREATE TABLE import_leftover (
                import_id TEXT NOT NULL REFERENCES import_run (id),
                line BIGINT NOT NULL,
                reason TEXT NOT NULL,
                PRIMARY KEY (import_id, line)
            )
            """),
        // 原系统的户号：成员和在保户的表靠它找到家庭。
        .ddl("""
            CREATE TABLE outside_number (
                kind TEXT NOT NULL,
                number TEXT NOT NULL,
                owner TEXT NOT NULL,
                import_id TEXT,
                PRIMARY KEY (kind, number)
            )
            """),
        .ddl("CREATE INDEX outside_number_by_owner ON outside_number (owner)"),
    ]),
]

/// 暂存。The tables of a staging file: one file an import, gone when the import is done with.
let stagingMigrations = [
    Migration(owner: "staging", number: 1, why: "整张表先核对，全部正确才进登记；错在哪行哪列要能写回原表", steps: [
        .ddl("""
            CREATE TABLE staged (
                line BIGINT PRIMARY KEY,
                state TEXT NOT NULL CHECK (state IN ('right', 'wrong', 'duplicate', 'present')),
                key TEXT,
                needs TEXT,
                match TEXT,
                v0 TEXT, v1 TEXT, v2 TEXT, v3 TEXT, v4 TEXT, v5 TEXT, v6 TEXT, v7 TEXT,
                v8 TEXT, v9 TEXT, v10 TEXT, v11 TEXT, v12 TEXT, v13 TEXT, v14 TEXT, v15 TEXT
            )
            """),
        .ddl("CREATE TABLE fault (line BIGINT NOT NULL, position BIGINT NOT NULL, term TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (line, position))"),
        .ddl("CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL)"),
    ]),
]
