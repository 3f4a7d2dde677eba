import Storage

/// The kernel's own tables: journal, cases and clocks, rulings, serials, drafts, jobs, outbox, attachments, marks.
let kernelMigrations = [
    Migration(owner: "kernel", number: 1, why: "每件事都要留痕，案卷、时限、规则、草稿、任务和待发消息都有处可放", steps: [
        .ddl("""
            CREATE TABLE journal (
                id TEXT PRIMARY KEY CHECK (length(id) = 26),
                at TEXT NOT NULL CHECK (length(at) = 24),
                actor TEXT NOT NULL,
                actor_name TEXT NOT NULL,
                actor_role TEXT NOT NULL,
                region TEXT NOT NULL,
                action TEXT NOT NULL,
                subject TEXT NOT NULL,
                digest TEXT NOT NULL,
                rulings TEXT NOT NULL,
                cause TEXT,
                moved_to TEXT,
                message TEXT NOT NULL,
                link TEXT,
                block BIGINT
            )
            """),
        .ddl("CREATE INDEX journal_by_subject ON journal (subject, id)"),
        .ddl("CREATE INDEX journal_unsealed ON journal (id) WHERE block IS NULL"),
        .ddl("CREATE INDEX journal_by_block ON journal (block, id)"),
        .ddl("""
            CREATE TABLE journal_block (
                number BIGINT PRIMARY KEY,
                before_hash TEXT NOT NULL,
                entries BIGINT NOT NULL CHECK (entries > 0),
                root TEXT NOT NULL,
                sealed_at TEXT NOT NULL,
                hash TEXT NOT NULL UNIQUE
            )
            """),
        .ddl("""
            CREATE TABLE case_file (
                id TEXT PRIMARY KEY,
                process TEXT NOT NULL,
                number TEXT NOT NULL UNIQUE,
                region TEXT NOT NULL,
                title TEXT NOT NULL,
                state TEXT NOT NULL,
                edition_on TEXT NOT NULL CHECK (length(edition_on) = 10),
                opened_on TEXT NOT NULL,
                closed_on TEXT,
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX case_file_open ON case_file (region, process, state) WHERE closed_on IS NULL"),
        .ddl("""
            CREATE TABLE case_clock (
                id TEXT PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES case_file (id),
                name TEXT NOT NULL,
                title TEXT NOT NULL,
                basis TEXT NOT NULL,
                span_unit TEXT NOT NULL,
                span_length BIGINT NOT NULL CHECK (span_length > 0),
                started_on TEXT NOT NULL,
                due_on TEXT NOT NULL,
                provisional BIGINT NOT NULL CHECK (provisional IN (0, 1)),
                paused_on TEXT,
                ended_on TEXT
            )
            """),
        .ddl("CREATE INDEX case_clock_by_case ON case_clock (case_id)"),
        .ddl("CREATE INDEX case_clock_running ON case_clock (due_on) WHERE ended_on IS NULL"),
        .ddl("""
            CREATE TABLE clock_pause (
                clock_id TEXT NOT NULL REFERENCES case_clock (id),
                from_on TEXT NOT NULL,
                until_on TEXT,
                reason TEXT NOT NULL
            )
            """),
        .ddl("CREATE INDEX clock_pause_by_clock ON clock_pause (clock_id)"),
        .ddl("""
            CREATE TABLE ruling (
                id TEXT PRIMARY KEY,
                policy TEXT NOT NULL,
                variant TEXT NOT NULL,
                region TEXT NOT NULL,
                from_on TEXT NOT NULL CHECK (length(from_on) = 10),
                until_on TEXT CHECK (until_on > from_on),
                value TEXT NOT NULL,
                cite TEXT NOT NULL,
                drafted_by TEXT NOT NULL,
                drafted_at TEXT NOT NULL,
                published_by TEXT CHECK (published_by <> drafted_by OR drafted_by = '随程序发布'),
                published_at TEXT
            )
            """),
        .ddl("CREATE INDEX ruling_by_policy ON ruling (policy, variant, region, from_on)"),
        .ddl("CREATE TABLE case_serial (series TEXT NOT NULL, year BIGINT NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (series, year))"),
        .ddl("""
            CREATE TABLE draft (
                user_id TEXT NOT NULL,
                permission TEXT NOT NULL,
                subject TEXT NOT NULL,
                sealed TEXT NOT NULL,
                saved_at TEXT NOT NULL,
                PRIMARY KEY (user_id, permission, subject)
            )
            """),
        .ddl("""
            CREATE TABLE job (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                title TEXT NOT NULL,
                input TEXT NOT NULL,
                state TEXT NOT NULL,
                total BIGINT,
                done BIGINT NOT NULL,
                failed BIGINT NOT NULL,
                cursor TEXT,
                message TEXT,
                created_by TEXT NOT NULL,
                created_at TEXT NOT NULL,
                finished_at TEXT
            )
            """),
        .ddl("CREATE INDEX job_unfinished ON job (id) WHERE finished_at IS NULL"),
        .ddl("""
            CREATE TABLE outbox (
                id TEXT PRIMARY KEY,
                channel TEXT NOT NULL,
                key TEXT NOT NULL,
                recipient TEXT NOT NULL,
                body TEXT NOT NULL,
                created_at TEXT NOT NULL,
                sent_at TEXT,
                tries BIGINT NOT NULL,
                fault TEXT,
                UNIQUE (channel, key)
            )
            """),
        .ddl("CREATE INDEX outbox_waiting ON outbox (id) WHERE sent_at IS NULL"),
        .ddl("CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL)"),
    ]),
    Migration(owner: "kernel", number: 2, why: "附件随办理事项提交后须长期保存，未随任何事项提交的才可清理", steps: [
        .ddl("""
            CREATE TABLE carried_attachment (
                attachment TEXT NOT NULL,
                act TEXT NOT NULL,
                PRIMARY KEY (attachment, act)
            )
            """),
    ]),
    Migration(owner: "kernel", number: 3, why: "日志按时间翻看，按经办人查，不必从头数", steps: [
        .ddl("CREATE INDEX journal_by_time ON journal (at, id)"),
        .ddl("CREATE INDEX journal_by_actor ON journal (actor, at, id)"),
    ]),
    Migration(owner: "kernel", number: 4, why: "谁看过什么要留痕：看台账、看档案、导出、查看原文", steps: [
        .ddl("""
            CREATE TABLE access_record (
                id TEXT PRIMARY KEY,
                at TEXT NOT NULL CHECK (length(at) = 24),
                actor TEXT NOT NULL,
                actor_name TEXT NOT NULL,
                actor_role TEXT NOT NULL,
                region TEXT NOT NULL,
                kind TEXT NOT NULL,
                what TEXT NOT NULL,
                subject TEXT,
                detail TEXT,
                rows BIGINT
            )
            """),
        .ddl("CREATE INDEX access_record_by_subject ON access_record (subject, at) WHERE subject IS NOT NULL"),
        .ddl("CREATE INDEX access_record_by_actor ON access_record (actor, at)"),
    ]),
    Migration(owner: "kernel", number: 5, why: "有的后台任务要等到某一天才做，在那之前不能挡住别的任务", steps: [
        .ddl("ALTER TABLE job ADD COLUMN not_before TEXT CHECK (length(not_before) = 10)"),
    ]),
    Migration(owner: "kernel", number: 6, why: "随事项提交的附件，内容的摘要与事项一同记入日志，日后换过文件就能查出", steps: [
        .ddl("ALTER TABLE journal ADD COLUMN attachments TEXT"),
    ]),
    Migration(owner: "kernel", number: 7, why: "日志按区块的索引只收已封存的：没有封存的另有一个，每记一件少写一处", steps: [
        .ddl("DROP INDEX journal_by_block"),
        .ddl("CREATE INDEX journal_by_block ON journal (block, id) WHERE block IS NOT NULL"),
    ]),
]
