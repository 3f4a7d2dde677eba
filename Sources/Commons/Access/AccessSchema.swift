import Storage

/// The tables of sign-in, duties and supervision.
let accessMigrations = [
    Migration(owner: "access", number: 1, why: "登录要有第二步，会话要能看见和结束，授权要两人，代办、交接和紧急查看要有据可查", steps: [
        .ddl("""
            CREATE TABLE account_state (
                user_id TEXT PRIMARY KEY REFERENCES user_account (id),
                password_temporary BIGINT NOT NULL CHECK (password_temporary IN (0, 1)),
                two_factor_due_on TEXT
            )
            """),
        .ddl("ALTER TABLE session ADD COLUMN id TEXT"),
        .ddl("ALTER TABLE session ADD COLUMN address TEXT"),
        .ddl("ALTER TABLE session ADD COLUMN device TEXT"),
        .ddl("ALTER TABLE session ADD COLUMN used_at TEXT"),
        .ddl("ALTER TABLE session ADD COLUMN duty TEXT"),
        .ddl("CREATE UNIQUE INDEX session_by_id ON session (id)"),
        .ddl("ALTER TABLE sign_in_failure ADD COLUMN address TEXT"),
        .ddl("CREATE INDEX sign_in_failure_by_time ON sign_in_failure (at)"),
        .ddl("""
            CREATE TABLE two_factor (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL UNIQUE REFERENCES user_account (id),
                secret TEXT NOT NULL,
                made_at TEXT NOT NULL,
                confirmed_at TEXT,
                last_step BIGINT NOT NULL
            )
            """),
        .ddl("""
            CREATE TABLE recovery_code (
                user_id TEXT NOT NULL REFERENCES user_account (id),
                digest TEXT NOT NULL,
                used_at TEXT,
                PRIMARY KEY (user_id, digest)
            )
            """),
        .ddl("""
            CREATE TABLE sign_in_step (
                token_hash TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES user_account (id),
                expires_at TEXT NOT NULL
            )
            """),
        .ddl("""
            CREATE TABLE duty (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES user_account (id),
                owner_id TEXT REFERENCES user_account (id),
                role TEXT NOT NULL,
                region TEXT NOT NULL,
                from_on TEXT NOT NULL CHECK (length(from_on) = 10),
                until_on TEXT CHECK (until_on > from_on),
                reason TEXT NOT NULL,
                granted_by TEXT NOT NULL,
                granted_by_name TEXT NOT NULL,
                granted_at TEXT NOT NULL,
                ended_at TEXT
            )
            """),
        .ddl("CREATE INDEX duty_by_user ON duty (user_id)"),
        .ddl("CREATE INDEX duty_by_owner ON duty (owner_id)"),
        .ddl("""
            CREATE TABLE account_proposal (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES user_account (id),
                kind TEXT NOT NULL,
                name TEXT NOT NULL,
                role TEXT NOT NULL,
                region TEXT NOT NULL,
                reason TEXT NOT NULL,
                proposed_by TEXT NOT NULL,
                proposed_by_name TEXT NOT NULL,
                proposed_at TEXT NOT NULL,
                decided_by TEXT CHECK (decided_by <> proposed_by),
                decided_at TEXT,
                agreed BIGINT CHECK (agreed IN (0, 1))
            )
            """),
        .ddl("CREATE INDEX account_proposal_open ON account_proposal (id) WHERE decided_at IS NULL"),
        .ddl("""
            CREATE TABLE account_notice (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES user_account (id),
                at TEXT NOT NULL,
                message TEXT NOT NULL,
                seen_at TEXT
            )
            """),
        .ddl("CREATE INDEX account_notice_unseen ON account_notice (user_id) WHERE seen_at IS NULL"),
        .ddl("""
            CREATE TABLE emergency_view (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL,
                user_name TEXT NOT NULL,
                role TEXT NOT NULL,
                subject TEXT NOT NULL,
                region TEXT NOT NULL,
                reason TEXT NOT NULL,
                opened_at TEXT NOT NULL,
                until_at TEXT NOT NULL CHECK (until_at > opened_at),
                reviewed_by TEXT CHECK (reviewed_by <> user_id),
                reviewed_at TEXT,
                finding TEXT,
                words TEXT
            )
            """),
        .ddl("CREATE INDEX emergency_view_by_user ON emergency_view (user_id, subject)"),
        .ddl("CREATE INDEX emergency_view_waiting ON emergency_view (id) WHERE reviewed_at IS NULL"),
        .ddl("""
            CREATE TABLE task_assignment (
                id TEXT PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES case_file (id),
                role TEXT NOT NULL,
                user_id TEXT NOT NULL,
                assigned_by TEXT NOT NULL,
                assigned_at TEXT NOT NULL,
                reason TEXT,
                ended_at TEXT
            )
            """),
        .ddl("CREATE UNIQUE INDEX task_assignment_by_case ON task_assignment (case_id, role) WHERE ended_at IS NULL"),
        .ddl("CREATE INDEX task_assignment_by_user ON task_assignment (user_id) WHERE ended_at IS NULL"),
        .ddl("CREATE INDEX access_record_by_time ON access_record (at, id)"),
    ]),
]
