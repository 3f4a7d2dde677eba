import Storage

/// The tables of 最低生活保障.
let assistanceMigrations = [declarationTables, applicationTables, decisionTables, allowanceTables, correctionTables]

private let declarationTables = Migration(owner: "assistance", number: 1, why: "家庭情况只增不改：每次申报、核实和变化各成一份，决定指向它所据的一份", steps: [
    .ddl("""
        CREATE TABLE declaration (
            id TEXT PRIMARY KEY,
            household_id TEXT NOT NULL REFERENCES household (id),
            source TEXT NOT NULL,
            as_of TEXT NOT NULL CHECK (length(as_of) = 10),
            area TEXT NOT NULL CHECK (area IN ('urban', 'rural')),
            single_ground TEXT,
            household_class TEXT,
            property_state TEXT,
            note TEXT,
            known_at TEXT NOT NULL CHECK (length(known_at) = 24)
        )
        """),
    .ddl("CREATE INDEX declaration_by_household ON declaration (household_id, id)"),
    .ddl("""
        CREATE TABLE declaration_member (
            parent_id TEXT NOT NULL REFERENCES declaration (id),
            key TEXT NOT NULL,
            position BIGINT NOT NULL,
            person_id TEXT NOT NULL REFERENCES person (id),
            name TEXT NOT NULL,
            born_on TEXT NOT NULL,
            consented BIGINT CHECK (consented IN (0, 1)),
            kinship TEXT NOT NULL,
            co_resident BIGINT CHECK (co_resident IN (0, 1)),
            support_duty BIGINT CHECK (support_duty IN (0, 1)),
            lives_independently BIGINT CHECK (lives_independently IN (0, 1)),
            status TEXT,
            study_level TEXT,
            full_time BIGINT CHECK (full_time IN (0, 1)),
            employed BIGINT CHECK (employed IN (0, 1)),
            able_to_work BIGINT CHECK (able_to_work IN (0, 1)),
            disability_kind TEXT,
            disability_grade BIGINT CHECK (disability_grade BETWEEN 1 AND 4),
            seriously_ill BIGINT CHECK (seriously_ill IN (0, 1)),
            coefficient_class TEXT,
            tier TEXT,
            tier_amount_fen BIGINT CHECK (tier_amount_fen >= 0),
            PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("CREATE INDEX declaration_member_by_person ON declaration_member (person_id)"),
    .ddl("CREATE TABLE declaration_circumstance (parent_id TEXT NOT NULL, key TEXT NOT NULL, position BIGINT NOT NULL, circumstance TEXT NOT NULL, PRIMARY KEY (parent_id, key))"),
    .ddl("""
        CREATE TABLE declaration_income (
            parent_id TEXT NOT NULL, key TEXT NOT NULL, position BIGINT NOT NULL,
            kind TEXT NOT NULL, amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0), span TEXT NOT NULL, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE declaration_outgoing (
            parent_id TEXT NOT NULL, key TEXT NOT NULL, position BIGINT NOT NULL,
            kind TEXT NOT NULL, amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0), span TEXT NOT NULL, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE declaration_asset (
            parent_id TEXT NOT NULL, key TEXT NOT NULL, position BIGINT NOT NULL,
            kind TEXT NOT NULL, name TEXT, amount_fen BIGINT CHECK (amount_fen >= 0), vehicle_kind TEXT, area_m2 BIGINT CHECK (area_m2 >= 0),
            only_home BIGINT CHECK (only_home IN (0, 1)), exemption_reason TEXT, exemption_evidence TEXT, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE declaration_shared_income (
            parent_id TEXT NOT NULL REFERENCES declaration (id), key TEXT NOT NULL, position BIGINT NOT NULL,
            kind TEXT NOT NULL, amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0), span TEXT NOT NULL, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE declaration_rigid_cost (
            parent_id TEXT NOT NULL REFERENCES declaration (id), key TEXT NOT NULL, position BIGINT NOT NULL,
            kind TEXT NOT NULL, amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0), span TEXT NOT NULL, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE declaration_supporter (
            parent_id TEXT NOT NULL REFERENCES declaration (id), key TEXT NOT NULL, position BIGINT NOT NULL,
            name TEXT NOT NULL, kinship TEXT NOT NULL, born_on TEXT, household_size BIGINT CHECK (household_size > 0),
            household_income_fen BIGINT CHECK (household_income_fen >= 0), supported_persons BIGINT, sharing_children BIGINT,
            paid_fen BIGINT CHECK (paid_fen >= 0), court_fen BIGINT CHECK (court_fen >= 0), court_unenforceable BIGINT CHECK (court_unenforceable IN (0, 1)),
            PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("CREATE TABLE declaration_supported (parent_id TEXT NOT NULL, key TEXT NOT NULL, position BIGINT NOT NULL, member TEXT NOT NULL, PRIMARY KEY (parent_id, key))"),
])

private let applicationTables = Migration(owner: "assistance", number: 2, why: "申请和它的卷宗：材料、核对、调查、评议、意见、公示、异议", steps: [
    .ddl("""
        CREATE TABLE application (
            id TEXT PRIMARY KEY,
            household_id TEXT NOT NULL REFERENCES household (id),
            applicant_id TEXT NOT NULL REFERENCES person (id),
            region TEXT NOT NULL,
            area TEXT NOT NULL CHECK (area IN ('urban', 'rural')),
            single_ground TEXT,
            channel TEXT NOT NULL,
            applied_on TEXT NOT NULL CHECK (length(applied_on) = 10),
            accepted_on TEXT CHECK (accepted_on >= applied_on),
            confirmation_level TEXT CHECK (confirmation_level IN ('county', 'township')),
            near_relative TEXT,
            declaration_id TEXT NOT NULL REFERENCES declaration (id),
            closing_note TEXT
        )
        """),
    .ddl("CREATE INDEX application_by_region ON application (region, id)"),
    .ddl("CREATE INDEX application_by_applicant ON application (applicant_id)"),
    .ddl("CREATE INDEX application_by_declaration ON application (declaration_id)"),
    .ddl("""
        CREATE TABLE application_document (
            parent_id TEXT NOT NULL REFERENCES application (id), key TEXT NOT NULL, position BIGINT NOT NULL,
            kind TEXT NOT NULL, attachment TEXT REFERENCES attachment (id), note TEXT, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE application_supplement (
            parent_id TEXT NOT NULL REFERENCES application (id), key TEXT NOT NULL, position BIGINT NOT NULL,
            item TEXT NOT NULL, requested_on TEXT NOT NULL, supplied BIGINT NOT NULL CHECK (supplied IN (0, 1)), PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE economic_check (
            id TEXT PRIMARY KEY,
            application_id TEXT NOT NULL REFERENCES application (id),
            reported_on TEXT NOT NULL,
            note TEXT,
            recorded_on TEXT NOT NULL CHECK (recorded_on >= reported_on)
        )
        """),
    .ddl("CREATE INDEX economic_check_by_application ON economic_check (application_id)"),
    .ddl("""
        CREATE TABLE check_hit (
            parent_id TEXT NOT NULL REFERENCES economic_check (id), key TEXT NOT NULL, position BIGINT NOT NULL,
            name TEXT NOT NULL, source TEXT NOT NULL, finding TEXT NOT NULL, result TEXT NOT NULL, explanation TEXT, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE household_visit (
            id TEXT PRIMARY KEY, application_id TEXT NOT NULL REFERENCES application (id), visited_on TEXT NOT NULL, method TEXT NOT NULL,
            signed_by TEXT, findings TEXT NOT NULL, agrees BIGINT NOT NULL CHECK (agrees IN (0, 1)), level TEXT NOT NULL
        )
        """),
    .ddl("CREATE INDEX household_visit_by_application ON household_visit (application_id)"),
    .ddl("""
        CREATE TABLE visit_surveyor (
            parent_id TEXT NOT NULL REFERENCES household_visit (id),
            key TEXT NOT NULL,
            position BIGINT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE visit_document (
            parent_id TEXT NOT NULL REFERENCES household_visit (id), key TEXT NOT NULL, position BIGINT NOT NULL,
            kind TEXT NOT NULL, attachment TEXT REFERENCES attachment (id), note TEXT, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE deliberation (
            id TEXT PRIMARY KEY, application_id TEXT NOT NULL REFERENCES application (id), held_on TEXT NOT NULL, attendants BIGINT NOT NULL CHECK (attendants > 0),
            representatives BIGINT NOT NULL CHECK (representatives * 3 >= attendants * 2), votes_for BIGINT NOT NULL, findings TEXT NOT NULL
        )
        """),
    .ddl("CREATE INDEX deliberation_by_application ON deliberation (application_id)"),
    .ddl("""
        CREATE TABLE public_notice (
            id TEXT PRIMARY KEY, application_id TEXT NOT NULL REFERENCES application (id), level TEXT NOT NULL, from_on TEXT NOT NULL,
            until_on TEXT NOT NULL CHECK (until_on > from_on), place TEXT NOT NULL, text TEXT NOT NULL
        )
        """),
    .ddl("CREATE INDEX public_notice_by_application ON public_notice (application_id)"),
    .ddl("""
        CREATE TABLE objection (
            id TEXT PRIMARY KEY, application_id TEXT NOT NULL REFERENCES application (id), notice_id TEXT NOT NULL REFERENCES public_notice (id),
            raised_on TEXT NOT NULL, raised_by TEXT, content TEXT NOT NULL, resolved_on TEXT CHECK (resolved_on >= raised_on),
            upheld BIGINT CHECK (upheld IN (0, 1)), finding TEXT
        )
        """),
    .ddl("CREATE INDEX objection_by_application ON objection (application_id)"),
])

private let decisionTables = Migration(owner: "assistance", number: 3, why: "决定连同理由、成员认定、测算和所用规定一并留存，打印和复查都从这里取", steps: [
    .ddl("""
        CREATE TABLE decision (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            case_id TEXT NOT NULL,
            household_id TEXT NOT NULL REFERENCES household (id),
            region TEXT NOT NULL,
            declaration_id TEXT NOT NULL REFERENCES declaration (id),
            law_on TEXT NOT NULL,
            decided_on TEXT NOT NULL,
            decided_by TEXT NOT NULL,
            conclusion TEXT,
            monthly_fen BIGINT NOT NULL CHECK (monthly_fen >= 0),
            previous_fen BIGINT,
            from_month TEXT,
            note TEXT,
            delivered_on TEXT CHECK (delivered_on >= decided_on),
            delivery TEXT
        )
        """),
    .ddl("CREATE INDEX decision_by_case ON decision (case_id, id)"),
    .ddl("CREATE INDEX decision_by_region ON decision (region, decided_on)"),
    .ddl("""
        CREATE TABLE decision_reason (
            parent_id TEXT NOT NULL REFERENCES decision (id), key TEXT NOT NULL, position BIGINT NOT NULL,
            code TEXT NOT NULL, sentence TEXT NOT NULL, remedy TEXT, basis TEXT NOT NULL, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE decision_member (
            parent_id TEXT NOT NULL REFERENCES decision (id), key TEXT NOT NULL, position BIGINT NOT NULL,
            name TEXT NOT NULL, counted BIGINT NOT NULL CHECK (counted IN (0, 1)), reason TEXT NOT NULL, basis TEXT NOT NULL, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE decision_line (
            parent_id TEXT NOT NULL REFERENCES decision (id), key TEXT NOT NULL, position BIGINT NOT NULL,
            kind TEXT NOT NULL, label TEXT NOT NULL, detail TEXT, amount_text TEXT, basis TEXT, ruling TEXT, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE decision_ruling (
            parent_id TEXT NOT NULL REFERENCES decision (id), key TEXT NOT NULL, position BIGINT NOT NULL,
            title TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL, ruling TEXT, PRIMARY KEY (parent_id, key)
        )
        """),
    .ddl("""
        CREATE TABLE first_opinion (
            id TEXT PRIMARY KEY, application_id TEXT NOT NULL REFERENCES application (id), decision_id TEXT NOT NULL REFERENCES decision (id),
            approves BIGINT NOT NULL CHECK (approves IN (0, 1)), text TEXT, given_on TEXT NOT NULL
        )
        """),
    .ddl("CREATE INDEX first_opinion_by_application ON first_opinion (application_id)"),
])

private let allowanceTables = Migration(owner: "assistance", number: 4, why: "待遇按月记两个时间：何月应发，何时知道；更正留痕，同一人不在两户", steps: [
    .ddl("""
        CREATE TABLE allowance (
            id TEXT PRIMARY KEY,
            household_id TEXT NOT NULL REFERENCES household (id),
            application_id TEXT REFERENCES application (id),
            head_id TEXT NOT NULL REFERENCES person (id),
            region TEXT NOT NULL,
            area TEXT NOT NULL CHECK (area IN ('urban', 'rural')),
            single_ground TEXT,
            household_class TEXT NOT NULL CHECK (household_class IN ('A', 'B', 'C')),
            confirmed_on TEXT NOT NULL CHECK (length(confirmed_on) = 10),
            next_review_month TEXT NOT NULL CHECK (length(next_review_month) = 7),
            declaration_id TEXT NOT NULL REFERENCES declaration (id),
            pending_id TEXT REFERENCES declaration (id),
            changed_on TEXT
        )
        """),
    .ddl("CREATE INDEX allowance_by_region ON allowance (region, id)"),
    .ddl("CREATE INDEX allowance_by_head ON allowance (head_id)"),
    .ddl("CREATE INDEX allowance_by_household ON allowance (household_id)"),
    .ddl("CREATE INDEX allowance_by_review ON allowance (next_review_month)"),
    .ddl("""
        CREATE TABLE allowance_period (
            id TEXT PRIMARY KEY,
            allowance_id TEXT NOT NULL REFERENCES allowance (id),
            monthly_fen BIGINT NOT NULL CHECK (monthly_fen >= 0),
            from_month TEXT NOT NULL CHECK (length(from_month) = 7),
            until_month TEXT CHECK (until_month > from_month),
            decision_id TEXT NOT NULL REFERENCES decision (id),
            known_at TEXT NOT NULL CHECK (length(known_at) = 24),
            retracted_at TEXT CHECK (retracted_at >= known_at)
        )
        """),
    .ddl("CREATE UNIQUE INDEX allowance_period_known ON allowance_period (allowance_id, from_month) WHERE retracted_at IS NULL"),
    .ddl("""
        CREATE TABLE allowance_member (
            id TEXT PRIMARY KEY,
            allowance_id TEXT NOT NULL REFERENCES allowance (id),
            person_id TEXT NOT NULL REFERENCES person (id),
            from_month TEXT NOT NULL CHECK (length(from_month) = 7),
            until_month TEXT CHECK (until_month >= from_month)
        )
        """),
    .ddl("CREATE INDEX allowance_member_by_allowance ON allowance_member (allowance_id)"),
    .ddl("CREATE UNIQUE INDEX allowance_member_once ON allowance_member (person_id) WHERE until_month IS NULL"),
    .ddl("""
        CREATE TABLE allowance_review (
            id TEXT PRIMARY KEY, allowance_id TEXT NOT NULL REFERENCES allowance (id), reviewed_on TEXT NOT NULL, household_class TEXT NOT NULL,
            has_changed BIGINT NOT NULL CHECK (has_changed IN (0, 1)), findings TEXT NOT NULL, next_review_month TEXT NOT NULL
        )
        """),
    .ddl("CREATE INDEX allowance_review_by_allowance ON allowance_review (allowance_id)"),
])

private let correctionTables = Migration(owner: "assistance", number: 5, why: "决定有误的另作决定更正，原决定保留；文字错误单独补正", steps: [
    .ddl("ALTER TABLE decision ADD COLUMN corrects_id TEXT REFERENCES decision (id)"),
    .ddl("CREATE INDEX decision_by_corrected ON decision (corrects_id)"),
    .ddl("""
        CREATE TABLE correction (
            id TEXT PRIMARY KEY,
            decision_id TEXT NOT NULL REFERENCES decision (id),
            region TEXT NOT NULL,
            cause TEXT NOT NULL,
            dispute_id TEXT,
            wrong_finding TEXT NOT NULL,
            reason TEXT NOT NULL,
            declaration_id TEXT NOT NULL REFERENCES declaration (id),
            proposed_on TEXT NOT NULL,
            proposed_by TEXT NOT NULL,
            result_id TEXT REFERENCES decision (id),
            declined TEXT,
            CHECK (result_id IS NULL OR declined IS NULL)
        )
        """),
    .ddl("CREATE INDEX correction_by_decision ON correction (decision_id)"),
    .ddl("CREATE INDEX correction_by_region ON correction (region, proposed_on)"),
    .ddl("""
        CREATE TABLE clerical_fix (
            id TEXT PRIMARY KEY,
            decision_id TEXT NOT NULL REFERENCES decision (id),
            region TEXT NOT NULL,
            item TEXT NOT NULL,
            was TEXT NOT NULL,
            becomes TEXT NOT NULL CHECK (becomes <> was),
            reason TEXT NOT NULL,
            fixed_on TEXT NOT NULL,
            fixed_by TEXT NOT NULL
        )
        """),
    .ddl("CREATE INDEX clerical_fix_by_decision ON clerical_fix (decision_id)"),
])
