/// 计划的分布。A plan lies by the county that keeps it, and all that hangs on it lies with it.
let planTables: [Distribution] = [
    .by(.region, "plan_document", "region"),
    .with("plan_document", "document_heading", "document_id"),
    .with("plan_document", "document_passage", "document_id"),
    .with("plan_document", "document_aim", "document_id"),
    .with("plan_document", "document_quantity", "document_id"),
    .by(.region, "work_plan", "region"),
    .with("work_plan", "plan_edition", "plan_id"),
    .with("work_plan", "plan_measure", "plan_id"),
    .with("plan_measure", "plan_target", "measure_id"),
    .with("plan_target", "target_binding", "target_id"),
    .with("plan_target", "target_point", "target_id"),
    .with("plan_target", "target_point_past", "target_id"),
    .with("plan_target", "milestone", "target_id"),
    .with("plan_measure", "plan_evidence", "measure_id"),
    .with("plan_target", "delay_reason", "target_id"),
]

let planCrossings: [Crossing] = [Crossing("plan_evidence", "attachment", "an attachment that came with an act is never swept")]
