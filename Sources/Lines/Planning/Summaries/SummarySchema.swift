import Storage

/// 总结和核校的表。
let summaryMigrations = [
    Migration(owner: "summaries", number: 1, why: "总结逐段存文字、逐个存数字的来历，批准后冻结，日后可以重算比对；核校过的文稿留存结果", steps: [
        .ddl("""
            CREATE TABLE work_summary (
                id TEXT PRIMARY KEY,
                region TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('annual', 'half-year', 'next-plan')),
                title TEXT NOT NULL,
                unit TEXT NOT NULL,
                from_month TEXT NOT NULL CHECK (length(from_month) = 7),
                through_month TEXT NOT NULL CHECK (through_month >= from_month),
                plan_id TEXT REFERENCES work_plan (id),
                code TEXT NOT NULL UNIQUE,
                drafted_by_name TEXT NOT NULL,
                drafted_at TEXT NOT NULL CHECK (length(drafted_at) = 24),
                frozen_at TEXT CHECK (length(frozen_at) = 24),
                frozen_by_name TEXT,
                frozen_hash TEXT
            )
            """),
        .ddl("CREATE INDEX work_summary_by_region ON work_summary (region, drafted_at)"),
        .ddl("""
            CREATE TABLE summary_line (
                id TEXT PRIMARY KEY,
                summary_id TEXT NOT NULL REFERENCES work_summary (id),
                region TEXT NOT NULL,
                position BIGINT NOT NULL,
                level BIGINT NOT NULL CHECK (level BETWEEN 0 AND 4),
                text TEXT NOT NULL,
                is_edited BIGINT NOT NULL CHECK (is_edited IN (0, 1))
            )
            """),
        .ddl("CREATE INDEX summary_line_by_summary ON summary_line (summary_id, position)"),
        .ddl("""
            CREATE TABLE summary_figure (
                id TEXT PRIMARY KEY,
                code TEXT NOT NULL UNIQUE,
                summary_id TEXT NOT NULL REFERENCES work_summary (id),
                number BIGINT NOT NULL CHECK (number > 0),
                role TEXT NOT NULL,
                indicator TEXT NOT NULL,
                name TEXT NOT NULL,
                definition TEXT NOT NULL,
                basis TEXT NOT NULL,
                region TEXT NOT NULL,
                from_month TEXT NOT NULL CHECK (length(from_month) = 7),
                through_month TEXT NOT NULL CHECK (through_month >= from_month),
                amount BIGINT NOT NULL,
                unit TEXT NOT NULL,
                scale BIGINT NOT NULL CHECK (scale BETWEEN 0 AND 6),
                shown TEXT NOT NULL,
                counting TEXT NOT NULL,
                target BIGINT,
                is_manual BIGINT NOT NULL CHECK (is_manual IN (0, 1)),
                moment TEXT NOT NULL CHECK (length(moment) = 24),
                UNIQUE (summary_id, number)
            )
            """),
        .ddl("""
            CREATE TABLE figure_check (
                id TEXT PRIMARY KEY,
                region TEXT NOT NULL,
                title TEXT NOT NULL,
                year BIGINT NOT NULL,
                text TEXT NOT NULL,
                matched BIGINT NOT NULL,
                contradicted BIGINT NOT NULL,
                asked BIGINT NOT NULL,
                unsupported BIGINT NOT NULL,
                checked_by TEXT NOT NULL,
                checked_by_name TEXT NOT NULL,
                checked_at TEXT NOT NULL CHECK (length(checked_at) = 24)
            )
            """),
        .ddl("CREATE INDEX figure_check_by_region ON figure_check (region, checked_at)"),
        .ddl("""
            CREATE TABLE figure_check_row (
                id TEXT PRIMARY KEY,
                check_id TEXT NOT NULL REFERENCES figure_check (id),
                region TEXT NOT NULL,
                number BIGINT NOT NULL,
                line BIGINT NOT NULL,
                starts_at BIGINT NOT NULL,
                ends_at BIGINT NOT NULL,
                phrase TEXT NOT NULL,
                stated TEXT NOT NULL,
                verdict TEXT NOT NULL CHECK (verdict IN ('matched', 'contradicted', 'question', 'unsupported')),
                known TEXT,
                link TEXT,
                message TEXT NOT NULL
            )
            """),
        .ddl("CREATE INDEX figure_check_row_by_check ON figure_check_row (check_id, number)"),
    ]),
    Migration(owner: "summaries", number: 2, why: "改过的段落留下改前的文字，谁在什么时候改的；核校到上限的文稿记下没有核的个数", steps: [
        .ddl("""
            CREATE TABLE summary_line_past (
                id TEXT PRIMARY KEY,
                summary_id TEXT NOT NULL REFERENCES work_summary (id),
                line_id TEXT NOT NULL,
                region TEXT NOT NULL,
                position BIGINT NOT NULL,
                level BIGINT NOT NULL CHECK (level BETWEEN 0 AND 4),
                text TEXT NOT NULL,
                is_edited BIGINT NOT NULL CHECK (is_edited IN (0, 1)),
                change TEXT NOT NULL CHECK (change IN ('edited', 'removed', 'restored')),
                changed_by_name TEXT NOT NULL,
                changed_at TEXT NOT NULL CHECK (length(changed_at) = 24)
            )
            """),
        .ddl("CREATE INDEX summary_line_past_by_summary ON summary_line_past (summary_id, changed_at)"),
        .ddl("ALTER TABLE figure_check ADD COLUMN left_out BIGINT CHECK (left_out > 0)"),
    ]),
]
