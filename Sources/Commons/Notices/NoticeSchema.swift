import Storage

/// The tables of 公示送达.
let noticeMigrations = [
    Migration(owner: "notices", number: 1, why: "公示、异议、送达和争议是各项业务共有的：一处张贴，一处受理，一处计算期限", steps: [
        .ddl("""
            CREATE TABLE notice (
                id TEXT PRIMARY KEY,
                case_id TEXT NOT NULL,
                number TEXT NOT NULL,
                region TEXT NOT NULL,
                title TEXT NOT NULL,
                unit TEXT NOT NULL,
                text TEXT NOT NULL,
                places TEXT NOT NULL,
                online_only BIGINT NOT NULL CHECK (online_only IN (0, 1)),
                from_on TEXT NOT NULL CHECK (length(from_on) = 10),
                until_on TEXT NOT NULL CHECK (until_on > from_on),
                basis TEXT NOT NULL,
                withdrawn_on TEXT,
                withdrawal_reason TEXT
            )
            """),
        .ddl("CREATE INDEX notice_by_region ON notice (region, until_on)"),
        .ddl("CREATE INDEX notice_by_case ON notice (case_id)"),
        .ddl("""
            CREATE TABLE notice_evidence (
                id TEXT PRIMARY KEY,
                notice_id TEXT NOT NULL REFERENCES notice (id),
                seen_on TEXT NOT NULL,
                place TEXT NOT NULL,
                photo TEXT REFERENCES attachment (id),
                witness TEXT,
                recorded_by TEXT NOT NULL,
                CHECK (photo IS NOT NULL OR witness IS NOT NULL)
            )
            """),
        .ddl("CREATE INDEX notice_evidence_by_notice ON notice_evidence (notice_id)"),
        .ddl("""
            CREATE TABLE notice_objection (
                id TEXT PRIMARY KEY,
                notice_id TEXT NOT NULL REFERENCES notice (id),
                region TEXT NOT NULL,
                channel TEXT NOT NULL,
                raised_on TEXT NOT NULL,
                raised_by TEXT,
                contact TEXT,
                content TEXT NOT NULL,
                answered_on TEXT CHECK (answered_on >= raised_on),
                upheld BIGINT CHECK (upheld IN (0, 1)),
                finding TEXT
            )
            """),
        .ddl("CREATE INDEX notice_objection_by_notice ON notice_objection (notice_id)"),
        .ddl("CREATE INDEX notice_objection_by_region ON notice_objection (region, raised_on)"),
        .ddl("""
            CREATE TABLE service (
                id TEXT PRIMARY KEY,
                document_id TEXT NOT NULL UNIQUE,
                case_id TEXT NOT NULL,
                number TEXT NOT NULL,
                region TEXT NOT NULL,
                title TEXT NOT NULL,
                addressee TEXT NOT NULL,
                link TEXT NOT NULL,
                issued_on TEXT NOT NULL CHECK (length(issued_on) = 10),
                due_on TEXT NOT NULL CHECK (due_on >= issued_on),
                method TEXT,
                sent_on TEXT CHECK (sent_on >= issued_on),
                served_on TEXT CHECK (served_on >= sent_on),
                receiver TEXT,
                refused BIGINT CHECK (refused IN (0, 1)),
                consented BIGINT CHECK (consented IN (0, 1)),
                witness TEXT,
                tracking TEXT,
                proof TEXT REFERENCES attachment (id),
                note TEXT,
                recorded_by TEXT
            )
            """),
        .ddl("CREATE INDEX service_by_case ON service (case_id)"),
        .ddl("CREATE INDEX service_by_due ON service (served_on, due_on)"),
        .ddl("""
            CREATE TABLE dispute (
                id TEXT PRIMARY KEY,
                service_id TEXT NOT NULL REFERENCES service (id),
                region TEXT NOT NULL,
                kind TEXT NOT NULL,
                filed_on TEXT NOT NULL,
                received_on TEXT NOT NULL,
                authority TEXT NOT NULL,
                authority_number TEXT,
                claim TEXT NOT NULL,
                late BIGINT NOT NULL CHECK (late IN (0, 1)),
                replied_on TEXT,
                reply TEXT,
                closed_on TEXT,
                outcome TEXT,
                outcome_number TEXT,
                finding TEXT
            )
            """),
        .ddl("CREATE INDEX dispute_by_service ON dispute (service_id)"),
        .ddl("CREATE INDEX dispute_by_region ON dispute (region, filed_on)"),
    ]),
]
