/// 每张表的分布，按登记和业务的次序。Every table once; docs/scale.md prints it.
public let distribution: [Distribution] = storageTables + kernelTables + registerTables + accessTables + exchangeTables + assistanceTables + paymentTables
    + indicatorTables
    + planTables
    + summaryTables + [
    .by(.region, "place_name", "region", [["naming"]: .born]),
    .with("place_name", "naming", "place"),
    .with("place_name", "place_name_search", "owner"),
]

/// 跨键引用，逐个说明由谁保证。YugabyteDB checks them all by itself; what is said here is for Citus.
public let crossings: [Crossing] = [
    Crossing("household", "head_id", person), Crossing("membership", "person_id", person), Crossing("declaration_member", "person_id", person),
    Crossing("application", "applicant_id", person), Crossing("allowance", "head_id", person), Crossing("person", "merged_into", person),
    Crossing("duplicate_pair", "b", person), Crossing("person_merge", "kept_id", person),
    Crossing("allowance_member", "allowance_id", "an allowance is removed only by withdrawing an import, which removes its members first"),
    Crossing("person_change", "attachment", attachment), Crossing("notice_evidence", "photo", attachment), Crossing("service", "proof", attachment),
    Crossing("application_document", "attachment", attachment), Crossing("visit_document", "attachment", attachment),
] + paymentCrossings
    + indicatorCrossings
    + planCrossings

let person = "a person is removed only by withdrawing an import; there the withdrawal must look for references itself, as the foreign key does on one node"
private let attachment = "an attachment that came with an act is never swept"

private let storageTables: [Distribution] = [.reference("schema_migration")]

private let kernelTables: [Distribution] = [
    // The act's id is what makes repeating safe, so nothing but the id may lay the journal.
    .by(.own, "journal", "id"),
    .reference("journal_block"),
    .by(.region, "case_file", "region", [["number"]: .serial]),
    .with("case_file", "case_clock", "case_id"),
    .with("case_clock", "clock_pause", "clock_id"),
    .reference("ruling"),
    .by(.own, "case_serial", "series"),
    .by(.user, "draft", "user_id"),
    .by(.own, "job", "id"),
    .by(.own, "outbox", "key"),
    .reference("mark"),
    .by(.own, "carried_attachment", "attachment"),
    .by(.region, "access_record", "region"),
]

private let registerTables: [Distribution] = [
    .reference("region"), .reference("region_successor"), .reference("region_change"), .reference("region_change_part"),
    .by(.person, "person", "id", [["resident_index"]: .index]),
    .with("person", "person_search", "owner"),
    .with("person", "person_address_search", "owner"),
    .with("person", "person_version", "person_id"),
    .with("person", "person_change", "person_id"),
    .by(.person, "duplicate_pair", "a"),
    .by(.person, "person_merge", "absorbed_id"),
    .with("person", "person_reveal", "person_id", [["act"]: .act]),
    .by(.region, "household", "region"),
    .with("household", "membership", "household_id"),
    .with("household", "former_residence", "household_id"),
    // Some two million in the whole country, and changed seldom: whole on every node, one credit code stays one.
    .reference("organisation"), .reference("organisation_search"), .reference("organisation_name"), .reference("organisation_change"),
    .by(.own, "attachment", "id"),
    .by(.region, "notice", "region"),
    .with("notice", "notice_evidence", "notice_id"),
    .with("notice", "notice_objection", "notice_id"),
    .by(.region, "service", "region", [["document_id"]: .sameCounty]),
    .with("service", "dispute", "service_id"),
    .by(.person, "payment_account", "payee_id"),
    .by(.own, "bulk", "id"),
    .with("bulk", "bulk_result", "bulk"),
    .by(.own, "print_order", "id"),
    .by(.own, "stored_piece", "name"),
    .reference("node"),
    .by(.user, "saved_view", "user_id"),
]

private let accessTables: [Distribution] = [
    // A million colleagues in the whole country.
    .reference("user_account"),
    .by(.user, "account_state", "user_id"),
    .by(.user, "session", "user_id", [["token_hash"]: .token]),
    .by(.own, "sign_in_failure", "username"),
    .by(.user, "two_factor", "user_id"),
    .by(.user, "recovery_code", "user_id"),
    .by(.own, "sign_in_step", "token_hash"),
    .by(.own, "asked", "key"),
    .by(.user, "duty", "user_id"),
    .by(.user, "account_proposal", "user_id"),
    .by(.user, "account_notice", "user_id"),
    .by(.user, "emergency_view", "user_id"),
    .with("case_file", "task_assignment", "case_id"),
]

private let exchangeTables: [Distribution] = [
    .by(.region, "import_run", "region"),
    .with("import_run", "import_column", "parent_id"),
    .with("import_run", "import_piece", "import_id"),
    .with("import_run", "import_change", "import_id"),
    .with("import_run", "import_leftover", "import_id"),
    .with("import_run", "import_reconciliation", "import_id"),
    .with("import_run", "import_difference", "import_id"),
    .reference("import_mapping"),
    .by(.own, "outside_number", "number"),
    .reference("outbound_template"), .reference("outbound_profile"), .reference("outbound_column"),
    .by(.own, "outbound_run", "act"),
]

private let assistanceTables: [Distribution] = [
    .with("household", "declaration", "household_id"),
    .with("declaration", "declaration_member", "parent_id"),
    .with("declaration_member", "declaration_circumstance", "parent_id"),
    .with("declaration_member", "declaration_income", "parent_id"),
    .with("declaration_member", "declaration_outgoing", "parent_id"),
    .with("declaration_member", "declaration_asset", "parent_id"),
    .with("declaration", "declaration_shared_income", "parent_id"),
    .with("declaration", "declaration_rigid_cost", "parent_id"),
    .with("declaration", "declaration_supporter", "parent_id"),
    .with("declaration_supporter", "declaration_supported", "parent_id"),
    .with("household", "application", "household_id"),
    .with("application", "application_document", "parent_id"),
    .with("application", "application_supplement", "parent_id"),
    .with("application", "economic_check", "application_id"),
    .with("economic_check", "check_hit", "parent_id"),
    .with("application", "household_visit", "application_id"),
    .with("household_visit", "visit_surveyor", "parent_id"),
    .with("household_visit", "visit_document", "parent_id"),
    .with("application", "deliberation", "application_id"),
    .with("application", "public_notice", "application_id"),
    .with("application", "objection", "application_id"),
    .with("household", "decision", "household_id"),
    .with("decision", "decision_reason", "parent_id"),
    .with("decision", "decision_member", "parent_id"),
    .with("decision", "decision_line", "parent_id"),
    .with("decision", "decision_ruling", "parent_id"),
    .with("application", "first_opinion", "application_id"),
    .with("household", "allowance", "household_id"),
    .with("allowance", "allowance_period", "allowance_id"),
    // The guard that nobody is in two households is the person's, so the row is laid by him.
    .by(.person, "allowance_member", "person_id"),
    .with("allowance", "allowance_review", "allowance_id"),
    .with("decision", "correction", "decision_id"),
    .with("decision", "clerical_fix", "decision_id"),
]
