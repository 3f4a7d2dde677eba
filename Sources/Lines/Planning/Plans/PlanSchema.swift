import Storage

/// 计划的表。What a document says is kept as it was read and never changed; what people make of it stands in rows of its own, which outlive the document.
let planMigrations = [
    Migration(owner: "plans", number: 1, why: "计划原文、读出的任务和目标、人工绑定和进展各有一张表，换了文稿也不丢人工填写的内容", steps: [
        .ddl("""
            CREATE TABLE plan_document (
                id TEXT PRIMARY KEY,
                region TEXT NOT NULL,
                name TEXT NOT NULL,
                format TEXT NOT NULL,
                title TEXT NOT NULL,
                year BIGINT,
                characters BIGINT NOT NULL,
                text TEXT NOT NULL,
                kept_by TEXT NOT NULL,
                kept_by_name TEXT NOT NULL,
                kept_at TEXT NOT NULL CHECK (length(kept_at) = 24)
            )
            """),
        .ddl("""
            CREATE TABLE document_heading (
                document_id TEXT NOT NULL REFERENCES plan_document (id),
                position BIGINT NOT NULL,
                parent BIGINT,
                title TEXT NOT NULL,
                PRIMARY KEY (document_id, position)
            )
            """),
        .ddl("""
            CREATE TABLE document_passage (
                document_id TEXT NOT NULL REFERENCES plan_document (id),
                position BIGINT NOT NULL,
                heading BIGINT,
                text TEXT NOT NULL,
                area TEXT NOT NULL,
                leading_unit TEXT,
                responsible_unit TEXT,
                person TEXT,
                deadline TEXT,
                starts_at BIGINT NOT NULL,
                ends_at BIGINT NOT NULL,
                line BIGINT NOT NULL,
                PRIMARY KEY (document_id, position)
            )
            """),
        .ddl("""
            CREATE TABLE document_aim (
                document_id TEXT NOT NULL REFERENCES plan_document (id),
                passage BIGINT NOT NULL,
                position BIGINT NOT NULL,
                words TEXT NOT NULL,
                comparison TEXT NOT NULL CHECK (comparison IN ('=', '>=', '<=', '~')),
                value TEXT,
                upper TEXT,
                previous TEXT,
                unit TEXT NOT NULL,
                PRIMARY KEY (document_id, passage, position)
            )
            """),
        .ddl("""
            CREATE TABLE document_quantity (
                document_id TEXT NOT NULL REFERENCES plan_document (id),
                position BIGINT NOT NULL,
                kind TEXT NOT NULL,
                area TEXT NOT NULL,
                indicator TEXT NOT NULL,
                comparison TEXT NOT NULL,
                value TEXT,
                unit TEXT NOT NULL,
                previous TEXT,
                from_day TEXT,
                until_day TEXT,
                sentence TEXT NOT NULL,
                starts_at BIGINT NOT NULL,
                ends_at BIGINT NOT NULL,
                line BIGINT NOT NULL,
                PRIMARY KEY (document_id, position)
            )
            """),
        .ddl("""
            CREATE TABLE work_plan (
                id TEXT PRIMARY KEY,
                region TEXT NOT NULL,
                year BIGINT NOT NULL,
                title TEXT NOT NULL,
                document_id TEXT NOT NULL REFERENCES plan_document (id),
                edition BIGINT NOT NULL CHECK (edition > 0),
                state TEXT NOT NULL CHECK (state IN ('draft', 'tracked', 'withdrawn')),
                made_by TEXT NOT NULL,
                made_by_name TEXT NOT NULL,
                made_at TEXT NOT NULL CHECK (length(made_at) = 24),
                confirmed_by_name TEXT,
                confirmed_at TEXT CHECK (length(confirmed_at) = 24),
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX work_plan_by_year ON work_plan (year, region, id)"),
        .ddl("""
            CREATE TABLE plan_edition (
                id TEXT PRIMARY KEY,
                plan_id TEXT NOT NULL REFERENCES work_plan (id),
                region TEXT NOT NULL,
                document_id TEXT NOT NULL REFERENCES plan_document (id),
                state TEXT NOT NULL CHECK (state IN ('proposed', 'applied', 'dropped')),
                proposed_by_name TEXT NOT NULL,
                proposed_at TEXT NOT NULL CHECK (length(proposed_at) = 24),
                decided_by_name TEXT,
                decided_at TEXT CHECK (length(decided_at) = 24),
                kept BIGINT NOT NULL,
                changed BIGINT NOT NULL,
                added BIGINT NOT NULL,
                removed BIGINT NOT NULL,
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX plan_edition_by_plan ON plan_edition (plan_id, proposed_at)"),
        .ddl("""
            CREATE TABLE plan_measure (
                id TEXT PRIMARY KEY,
                plan_id TEXT NOT NULL REFERENCES work_plan (id),
                region TEXT NOT NULL,
                position BIGINT NOT NULL,
                heading BIGINT,
                text TEXT NOT NULL,
                area TEXT NOT NULL,
                leading_unit TEXT,
                responsible_unit TEXT,
                person TEXT,
                deadline TEXT CHECK (length(deadline) = 10),
                line BIGINT,
                is_typed BIGINT NOT NULL CHECK (is_typed IN (0, 1)),
                is_corrected BIGINT NOT NULL CHECK (is_corrected IN (0, 1)),
                removed_at TEXT CHECK (length(removed_at) = 24),
                removed_why TEXT,
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX plan_measure_by_plan ON plan_measure (plan_id, position)"),
        .ddl("""
            CREATE TABLE plan_target (
                id TEXT PRIMARY KEY,
                measure_id TEXT NOT NULL REFERENCES plan_measure (id),
                plan_id TEXT NOT NULL,
                region TEXT NOT NULL,
                position BIGINT NOT NULL,
                words TEXT NOT NULL,
                comparison TEXT NOT NULL CHECK (comparison IN ('=', '>=', '<=', '~')),
                value TEXT,
                upper TEXT,
                previous TEXT,
                unit TEXT NOT NULL,
                deadline TEXT CHECK (length(deadline) = 10),
                is_typed BIGINT NOT NULL CHECK (is_typed IN (0, 1)),
                is_corrected BIGINT NOT NULL CHECK (is_corrected IN (0, 1)),
                removed_at TEXT CHECK (length(removed_at) = 24),
                removed_why TEXT,
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX plan_target_by_measure ON plan_target (measure_id, position)"),
        .ddl("CREATE INDEX plan_target_by_plan ON plan_target (plan_id)"),
        .ddl("""
            CREATE TABLE target_binding (
                id TEXT PRIMARY KEY,
                target_id TEXT NOT NULL REFERENCES plan_target (id),
                kind TEXT NOT NULL CHECK (kind IN ('indicator', 'milestones')),
                indicator TEXT,
                counting TEXT NOT NULL CHECK (counting IN ('level', 'total', 'increase')),
                bound_by_name TEXT NOT NULL,
                bound_at TEXT NOT NULL CHECK (length(bound_at) = 24),
                ended_at TEXT CHECK (length(ended_at) = 24),
                CHECK ((kind = 'indicator') = (indicator IS NOT NULL))
            )
            """),
        .ddl("CREATE UNIQUE INDEX target_binding_current ON target_binding (target_id) WHERE ended_at IS NULL"),
        .ddl("""
            CREATE TABLE target_point (
                target_id TEXT NOT NULL REFERENCES plan_target (id),
                quarter BIGINT NOT NULL CHECK (quarter BETWEEN 1 AND 4),
                value TEXT NOT NULL,
                PRIMARY KEY (target_id, quarter)
            )
            """),
        .ddl("""
            CREATE TABLE milestone (
                id TEXT PRIMARY KEY,
                target_id TEXT NOT NULL REFERENCES plan_target (id),
                region TEXT NOT NULL,
                title TEXT NOT NULL,
                due_on TEXT NOT NULL CHECK (length(due_on) = 10),
                done_on TEXT CHECK (length(done_on) = 10),
                note TEXT,
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX milestone_by_target ON milestone (target_id, due_on)"),
        .ddl("""
            CREATE TABLE plan_evidence (
                id TEXT PRIMARY KEY,
                measure_id TEXT NOT NULL REFERENCES plan_measure (id),
                target_id TEXT,
                plan_id TEXT NOT NULL,
                region TEXT NOT NULL,
                happened_on TEXT NOT NULL CHECK (length(happened_on) = 10),
                words TEXT NOT NULL,
                attachment TEXT REFERENCES attachment (id),
                told_by_name TEXT NOT NULL,
                told_at TEXT NOT NULL CHECK (length(told_at) = 24),
                withdrawn_at TEXT CHECK (length(withdrawn_at) = 24),
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX plan_evidence_by_plan ON plan_evidence (plan_id, measure_id, happened_on)"),
        .ddl("""
            CREATE TABLE delay_reason (
                id TEXT PRIMARY KEY,
                target_id TEXT NOT NULL REFERENCES plan_target (id),
                plan_id TEXT NOT NULL,
                region TEXT NOT NULL,
                cause TEXT NOT NULL,
                words TEXT NOT NULL,
                remedy TEXT NOT NULL,
                expected_on TEXT NOT NULL CHECK (length(expected_on) = 10),
                told_by_name TEXT NOT NULL,
                told_at TEXT NOT NULL CHECK (length(told_at) = 24)
            )
            """),
        .ddl("CREATE INDEX delay_reason_by_plan ON delay_reason (plan_id, target_id, told_at)"),
    ]),
    Migration(owner: "plans", number: 2, why: "改过的季度目标留下改前的数，谁在什么时候改的", steps: [
        .ddl("""
            CREATE TABLE target_point_past (
                id TEXT PRIMARY KEY,
                target_id TEXT NOT NULL REFERENCES plan_target (id),
                region TEXT NOT NULL,
                quarter1 TEXT,
                quarter2 TEXT,
                quarter3 TEXT,
                quarter4 TEXT,
                changed_by_name TEXT NOT NULL,
                changed_at TEXT NOT NULL CHECK (length(changed_at) = 24)
            )
            """),
        .ddl("CREATE INDEX target_point_past_by_target ON target_point_past (target_id, changed_at)"),
    ]),
]
