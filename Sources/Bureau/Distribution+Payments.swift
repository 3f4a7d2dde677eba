/// 发放与账簿的分布。The work of a month lies by the county that runs it; what must be unique for a person lies by him.
let paymentTables: [Distribution] = [
    .by(.region, "payment_run", "region"),
    .with("payment_run", "payment_section", "run_id"),
    .with("payment_run", "payment_changed", "run_id"),
    .with("payment_run", "payment_input", "run_id"),
    .with("payment_run", "payment_line", "run_id"),
    // One claim a person, programme and month, whichever county runs the month.
    .by(.person, "payment_claim", "person_id"),
    .with("payment_line", "payment_adjustment", "line_id"),
    .with("payment_run", "payment_tally", "run_id"),
    .with("payment_run", "payment_finding", "run_id"),
    .with("payment_run", "payment_signature", "run_id"),
    .with("payment_run", "payment_batch", "run_id", [["return_hash"]: .sameCounty]),
    .with("payment_batch", "payment_batch_row", "batch_id"),
    .with("payment_batch", "payment_file", "batch_id"),
    .with("payment_line", "payment_result", "line_id", [["batch_id", "seq"]: .sameCounty]),
    .by(.person, "payment_hold", "person_id"),
    .with("payment_run", "payment_fund_split", "run_id"),
    .by(.region, "payment_budget", "region"),
    .by(.region, "payment_recovery", "region"),
    .with("payment_recovery", "payment_recovery_step", "recovery_id"),
    .with("payment_run", "payment_one_off", "run_id"),
    .by(.own, "organisation_claim", "organisation_id"),
    .by(.own, "organisation_account", "organisation_id"),
    .by(.person, "one_off_due", "person_id"),
    .by(.person, "payment_choice", "person_id"),
    .by(.person, "payee_change", "person_id"),
    .by(.own, "ledger_entry", "subject", [["reverses"]: .reversal]),
    .with("ledger_entry", "ledger_posting", "entry_id"),
    .by(.own, "ledger_delta", "entry_id"),
    .by(.own, "ledger_total", "account"),
]

let paymentCrossings: [Crossing] = [
    Crossing("payment_claim", "line_id", line), Crossing("payment_adjustment", "claim_id", "a claim is never removed: it only stops being effective"),
    Crossing("payment_one_off", "person_id", person), Crossing("payment_one_off", "payee_id", person), Crossing("payment_recovery", "payee_id", person),
    Crossing("one_off_due", "payee_id", person), Crossing("payee_change", "payee_id", person),
    Crossing("ledger_entry", "reverses", "a reversal has the subject of what it reverses, so both lie together"),
]

private let line = "a line is written in the transaction that claims, and never removed"
