/// 总结和核校的分布。A summary lies by the county that makes it; its code is reckoned from its own id.
let summaryTables: [Distribution] = [
    .by(.region, "work_summary", "region", [["code"]: .born]),
    .with("work_summary", "summary_line", "summary_id"),
    .with("work_summary", "summary_line_past", "summary_id"),
    .with("work_summary", "summary_figure", "summary_id", [["code"]: .born]),
    .by(.region, "figure_check", "region"),
    .with("figure_check", "figure_check_row", "check_id"),
]
