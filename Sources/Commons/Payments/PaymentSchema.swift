import Storage

/// 待遇发放的表。
let paymentMigrations = [
    Migration(owner: "payments", number: 1, why: "一个月发一次、发准、可核：冻结、名册、请领、检查、签批、报盘、回盘、对账各有一张表", steps: [
        .ddl("""
            CREATE TABLE payment_run (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN ('month', 'one-off')),
                title TEXT NOT NULL,
                month TEXT NOT NULL CHECK (length(month) = 7),
                region TEXT NOT NULL,
                channel TEXT NOT NULL,
                basis TEXT,
                opened_by TEXT NOT NULL,
                opened_by_name TEXT NOT NULL,
                opened_at TEXT NOT NULL CHECK (length(opened_at) = 24),
                frozen_at TEXT CHECK (length(frozen_at) = 24),
                inputs BIGINT NOT NULL,
                done BIGINT NOT NULL,
                lines BIGINT NOT NULL,
                posted BIGINT NOT NULL,
                settled BIGINT NOT NULL,
                input_hash TEXT,
                roster_hash TEXT,
                proof_hash TEXT,
                checked_at TEXT,
                closed_at TEXT
            )
            """),
        .ddl("CREATE INDEX payment_run_by_month ON payment_run (month, region)"),
        .ddl("""
            CREATE TABLE payment_section (
                run_id TEXT NOT NULL REFERENCES payment_run (id),
                position BIGINT NOT NULL,
                programme TEXT NOT NULL,
                month TEXT NOT NULL CHECK (length(month) = 7),
                arrears BIGINT NOT NULL CHECK (arrears IN (0, 1)),
                cursor TEXT NOT NULL,
                finished BIGINT NOT NULL CHECK (finished IN (0, 1)),
                PRIMARY KEY (run_id, position)
            )
            """),
        .ddl("""
            CREATE TABLE payment_changed (
                run_id TEXT NOT NULL REFERENCES payment_run (id),
                programme TEXT NOT NULL,
                subject TEXT NOT NULL,
                PRIMARY KEY (run_id, programme, subject)
            ) WITHOUT ROWID
            """),
        .ddl("""
            CREATE TABLE payment_input (
                run_id TEXT NOT NULL,
                programme TEXT NOT NULL,
                month TEXT NOT NULL,
                subject TEXT NOT NULL,
                person_id TEXT NOT NULL,
                payee_id TEXT NOT NULL,
                region TEXT NOT NULL,
                amount_fen BIGINT,
                born_on TEXT NOT NULL,
                died_on TEXT,
                account_id TEXT,
                holder_matches BIGINT NOT NULL,
                PRIMARY KEY (run_id, programme, month, subject, person_id)
            ) WITHOUT ROWID
            """),
        .ddl("""
            CREATE TABLE payment_line (
                id TEXT PRIMARY KEY,
                run_id TEXT NOT NULL REFERENCES payment_run (id),
                number BIGINT NOT NULL,
                programme TEXT NOT NULL,
                month TEXT NOT NULL CHECK (length(month) = 7),
                subject TEXT NOT NULL,
                payee_id TEXT NOT NULL,
                region TEXT NOT NULL,
                people BIGINT NOT NULL,
                reason TEXT NOT NULL,
                code TEXT,
                due_fen BIGINT NOT NULL,
                previous_fen BIGINT NOT NULL,
                offset_fen BIGINT NOT NULL CHECK (offset_fen >= 0),
                amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0),
                difference_fen BIGINT NOT NULL,
                account_id TEXT,
                digest BIGINT NOT NULL,
                CHECK (difference_fen = amount_fen + offset_fen - previous_fen)
            ) WITHOUT ROWID
            """),
        .ddl("CREATE UNIQUE INDEX payment_line_by_run ON payment_line (run_id, number)"),
        .ddl("CREATE UNIQUE INDEX payment_line_by_subject ON payment_line (programme, month, subject, run_id)"),
        .ddl("CREATE INDEX payment_line_by_payee ON payment_line (payee_id, month)"),
        .ddl("CREATE INDEX payment_line_held ON payment_line (programme, subject) WHERE reason = 'held'"),
        .ddl("""
            CREATE TABLE payment_claim (
                id TEXT PRIMARY KEY,
                line_id TEXT NOT NULL REFERENCES payment_line (id),
                run_id TEXT NOT NULL,
                programme TEXT NOT NULL,
                month TEXT NOT NULL,
                person_id TEXT NOT NULL,
                amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0),
                effective BIGINT CHECK (effective = 1)
            ) WITHOUT ROWID
            """),
        .ddl("CREATE UNIQUE INDEX payment_claim_once ON payment_claim (programme, month, person_id) WHERE effective = 1"),
        .ddl("CREATE INDEX payment_claim_by_line ON payment_claim (line_id)"),
        .ddl("CREATE INDEX payment_claim_by_person ON payment_claim (person_id, month)"),
        .ddl("""
            CREATE TABLE payment_adjustment (
                id TEXT PRIMARY KEY,
                claim_id TEXT NOT NULL REFERENCES payment_claim (id),
                line_id TEXT NOT NULL REFERENCES payment_line (id),
                programme TEXT NOT NULL,
                month TEXT NOT NULL,
                subject TEXT NOT NULL,
                amount_fen BIGINT NOT NULL CHECK (amount_fen <> 0),
                recovery_id TEXT,
                effective BIGINT CHECK (effective = 1)
            )
            """),
        .ddl("CREATE INDEX payment_adjustment_by_claim ON payment_adjustment (claim_id)"),
        .ddl("CREATE INDEX payment_adjustment_by_subject ON payment_adjustment (programme, month, subject)"),
        .ddl("CREATE INDEX payment_adjustment_by_line ON payment_adjustment (line_id)"),
        .ddl("""
            CREATE TABLE payment_tally (
                run_id TEXT NOT NULL REFERENCES payment_run (id),
                programme TEXT NOT NULL,
                arrears BIGINT NOT NULL,
                reason TEXT NOT NULL,
                lines BIGINT NOT NULL,
                people BIGINT NOT NULL,
                due_fen BIGINT NOT NULL,
                previous_fen BIGINT NOT NULL,
                offset_fen BIGINT NOT NULL,
                amount_fen BIGINT NOT NULL,
                PRIMARY KEY (run_id, programme, arrears, reason)
            )
            """),
        .ddl("""
            CREATE TABLE payment_finding (
                id TEXT PRIMARY KEY,
                run_id TEXT NOT NULL REFERENCES payment_run (id),
                line_id TEXT REFERENCES payment_line (id),
                code TEXT NOT NULL,
                detail TEXT NOT NULL,
                found_at TEXT NOT NULL,
                resolved_at TEXT
            )
            """),
        .ddl("CREATE INDEX payment_finding_by_run ON payment_finding (run_id, id)"),
        .ddl("CREATE INDEX payment_finding_by_line ON payment_finding (line_id)"),
        .ddl("""
            CREATE TABLE payment_signature (
                run_id TEXT NOT NULL REFERENCES payment_run (id),
                step TEXT NOT NULL,
                actor TEXT NOT NULL,
                name TEXT NOT NULL,
                signed_at TEXT NOT NULL,
                roster_hash TEXT NOT NULL,
                PRIMARY KEY (run_id, step),
                UNIQUE (run_id, actor)
            )
            """),
        .ddl("""
            CREATE TABLE payment_batch (
                id TEXT PRIMARY KEY,
                run_id TEXT NOT NULL REFERENCES payment_run (id),
                number BIGINT NOT NULL,
                reissues TEXT REFERENCES payment_batch (id),
                channel TEXT NOT NULL,
                rows BIGINT NOT NULL,
                sum_fen BIGINT NOT NULL,
                file_hash TEXT,
                filed_at TEXT,
                filed_by_name TEXT,
                return_hash TEXT,
                returned_at TEXT,
                credited BIGINT NOT NULL,
                credited_fen BIGINT NOT NULL,
                failed BIGINT NOT NULL,
                failed_fen BIGINT NOT NULL,
                UNIQUE (run_id, number)
            )
            """),
        .ddl("CREATE UNIQUE INDEX payment_batch_return ON payment_batch (return_hash) WHERE return_hash IS NOT NULL"),
        .ddl("""
            CREATE TABLE payment_file (
                id TEXT PRIMARY KEY,
                batch_id TEXT NOT NULL REFERENCES payment_batch (id),
                piece BIGINT NOT NULL,
                last_seq BIGINT NOT NULL,
                sealed TEXT NOT NULL,
                UNIQUE (batch_id, piece)
            )
            """),
        .ddl("""
            CREATE TABLE payment_batch_row (
                batch_id TEXT NOT NULL REFERENCES payment_batch (id),
                seq BIGINT NOT NULL,
                line_id TEXT NOT NULL REFERENCES payment_line (id),
                account_id TEXT NOT NULL,
                amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
                PRIMARY KEY (batch_id, seq),
                UNIQUE (batch_id, line_id)
            ) WITHOUT ROWID
            """),
        .ddl("""
            CREATE TABLE payment_result (
                line_id TEXT NOT NULL REFERENCES payment_line (id),
                batch_id TEXT NOT NULL REFERENCES payment_batch (id),
                seq BIGINT NOT NULL,
                credited BIGINT NOT NULL CHECK (credited IN (0, 1)),
                code TEXT,
                on_day TEXT NOT NULL,
                amount_fen BIGINT NOT NULL,
                PRIMARY KEY (line_id, batch_id)
            ) WITHOUT ROWID
            """),
        .ddl("CREATE UNIQUE INDEX payment_result_by_batch ON payment_result (batch_id, seq)"),
        .ddl("CREATE UNIQUE INDEX payment_result_once ON payment_result (line_id) WHERE credited = 1"),
        .ddl("CREATE INDEX payment_result_failed ON payment_result (batch_id, seq) WHERE credited = 0"),
        .ddl("""
            CREATE TABLE payment_hold (
                id TEXT PRIMARY KEY,
                person_id TEXT NOT NULL REFERENCES person (id),
                programme TEXT,
                code TEXT NOT NULL,
                reason TEXT NOT NULL,
                region TEXT NOT NULL,
                held_on TEXT NOT NULL,
                held_by_name TEXT NOT NULL,
                released_on TEXT CHECK (released_on >= held_on),
                release_reason TEXT
            )
            """),
        .ddl("CREATE INDEX payment_hold_open ON payment_hold (person_id) WHERE released_on IS NULL"),
        .ddl("""
            CREATE TABLE payment_fund_split (
                run_id TEXT NOT NULL REFERENCES payment_run (id),
                programme TEXT NOT NULL,
                source TEXT NOT NULL,
                share_points BIGINT NOT NULL,
                amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0),
                cite TEXT NOT NULL,
                PRIMARY KEY (run_id, programme, source)
            )
            """),
        .ddl("""
            CREATE TABLE payment_budget (
                id TEXT PRIMARY KEY,
                programme TEXT NOT NULL,
                source TEXT NOT NULL,
                region TEXT NOT NULL,
                amount_fen BIGINT NOT NULL CHECK (amount_fen <> 0),
                basis TEXT NOT NULL,
                recorded_on TEXT NOT NULL,
                recorded_by_name TEXT NOT NULL
            )
            """),
        .ddl("CREATE INDEX payment_budget_by_region ON payment_budget (region, programme, id)"),
        .ddl("""
            CREATE TABLE payment_recovery (
                id TEXT PRIMARY KEY,
                programme TEXT NOT NULL,
                subject TEXT NOT NULL,
                payee_id TEXT NOT NULL REFERENCES person (id),
                region TEXT NOT NULL,
                line_id TEXT REFERENCES payment_line (id),
                from_month TEXT NOT NULL,
                through_month TEXT NOT NULL,
                amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
                cause TEXT NOT NULL,
                found_on TEXT NOT NULL,
                instalment_fen BIGINT CHECK (instalment_fen > 0),
                offset_basis TEXT
            )
            """),
        .ddl("CREATE INDEX payment_recovery_by_region ON payment_recovery (region, id)"),
        .ddl("CREATE INDEX payment_recovery_by_payee ON payment_recovery (payee_id, programme)"),
        .ddl("""
            CREATE TABLE payment_recovery_step (
                id TEXT PRIMARY KEY,
                recovery_id TEXT NOT NULL REFERENCES payment_recovery (id),
                kind TEXT NOT NULL,
                amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
                line_id TEXT,
                note TEXT,
                on_day TEXT NOT NULL,
                by_name TEXT NOT NULL
            )
            """),
        .ddl("CREATE INDEX payment_recovery_step_by_recovery ON payment_recovery_step (recovery_id, id)"),
        .ddl("CREATE UNIQUE INDEX payment_recovery_step_by_line ON payment_recovery_step (recovery_id, line_id) WHERE line_id IS NOT NULL"),
        .ddl("""
            CREATE TABLE payment_one_off (
                run_id TEXT NOT NULL REFERENCES payment_run (id),
                subject TEXT NOT NULL,
                person_id TEXT NOT NULL REFERENCES person (id),
                payee_id TEXT NOT NULL REFERENCES person (id),
                amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
                PRIMARY KEY (run_id, subject, person_id)
            )
            """),
        .ddl("""
            CREATE TABLE organisation_claim (
                id TEXT PRIMARY KEY,
                organisation_id TEXT NOT NULL REFERENCES organisation (id),
                programme TEXT NOT NULL,
                period TEXT NOT NULL,
                basis TEXT NOT NULL,
                region TEXT NOT NULL,
                amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
                made_on TEXT NOT NULL,
                made_by_name TEXT NOT NULL,
                withdrawn_on TEXT,
                effective BIGINT CHECK (effective = 1)
            )
            """),
        .ddl("CREATE UNIQUE INDEX organisation_claim_once ON organisation_claim (organisation_id, programme, period, basis) WHERE effective = 1"),
        .ddl("CREATE INDEX organisation_claim_by_region ON organisation_claim (region, id)"),
    ]),
]

/// 机构请领列入批次，机构有自己的收款账户。
let organisationPaymentMigrations = [
    Migration(owner: "organisation-payments", number: 1, why: "机构请领列入批次发放：批次记明付给机构，请领记明列入哪一批，机构有自己的收款账户", steps: [
        .ddl("ALTER TABLE payment_run ADD COLUMN payees TEXT CHECK (payees = 'organisations')"),
        .ddl("ALTER TABLE organisation_claim ADD COLUMN run_id TEXT"),
        .ddl("CREATE INDEX organisation_claim_by_run ON organisation_claim (run_id) WHERE run_id IS NOT NULL"),
        .ddl("CREATE INDEX organisation_claim_waiting ON organisation_claim (programme, period) WHERE effective = 1 AND run_id IS NULL"),
        .ddl("""
            CREATE TABLE organisation_account (
                id TEXT PRIMARY KEY,
                organisation_id TEXT NOT NULL REFERENCES organisation (id),
                holder TEXT NOT NULL,
                bank TEXT NOT NULL,
                number TEXT NOT NULL,
                number_index TEXT NOT NULL,
                region TEXT NOT NULL,
                from_on TEXT NOT NULL CHECK (length(from_on) = 10),
                until_on TEXT CHECK (until_on >= from_on)
            )
            """),
        .ddl("CREATE UNIQUE INDEX organisation_account_in_use ON organisation_account (organisation_id) WHERE until_on IS NULL"),
        .ddl("CREATE INDEX organisation_account_by_number ON organisation_account (number_index)"),
        .ddl("CREATE INDEX organisation_account_by_region ON organisation_account (region, id)"),
    ]),
    Migration(owner: "one-off-lists", number: 1, why: "一次性发放可以按导入或者列入的名单：同一名目一人只有一行有效，列入批次的记明批次", steps: [
        .ddl("""
            CREATE TABLE one_off_due (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                person_id TEXT NOT NULL REFERENCES person (id),
                payee_id TEXT NOT NULL REFERENCES person (id),
                amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
                basis TEXT NOT NULL,
                region TEXT NOT NULL,
                listed_on TEXT NOT NULL CHECK (length(listed_on) = 10),
                listed_by_name TEXT NOT NULL,
                run_id TEXT,
                effective BIGINT CHECK (effective = 1)
            )
            """),
        .ddl("CREATE UNIQUE INDEX one_off_due_once ON one_off_due (name, person_id) WHERE effective = 1"),
        .ddl("CREATE INDEX one_off_due_by_run ON one_off_due (run_id) WHERE run_id IS NOT NULL"),
        .ddl("CREATE INDEX one_off_due_by_person ON one_off_due (person_id)"),
        .ddl("CREATE INDEX one_off_due_by_region ON one_off_due (region, id)"),
    ]),
    Migration(owner: "benefit-choices", number: 1, why: "两项待遇只能择一的，记下本人选了哪一项、自何月起、凭什么", steps: [
        .ddl("""
            CREATE TABLE payment_choice (
                id TEXT PRIMARY KEY,
                person_id TEXT NOT NULL REFERENCES person (id),
                chosen TEXT NOT NULL,
                declined TEXT NOT NULL CHECK (declined <> chosen),
                from_month TEXT NOT NULL CHECK (length(from_month) = 7),
                note TEXT NOT NULL,
                region TEXT NOT NULL,
                made_on TEXT NOT NULL CHECK (length(made_on) = 10),
                made_by_name TEXT NOT NULL
            )
            """),
        .ddl("CREATE INDEX payment_choice_by_person ON payment_choice (person_id, from_month)"),
        .ddl("CREATE INDEX payment_choice_by_region ON payment_choice (region, id)"),
    ]),
]

/// 回盘文件登记到一半时，记得是哪一份。
let returnMigrations = [
    Migration(owner: "payment-returns", number: 1, why: "一批按哪一份回盘文件登记，登记第一笔之前就记下：中断之后只接着登记同一份", steps: [
        .ddl("ALTER TABLE payment_batch ADD COLUMN return_begun TEXT CHECK (length(return_begun) = 64)"),
    ]),
]
