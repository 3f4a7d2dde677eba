/// 指标的分布。Totals lie by the county they are of; what is few and read by every page lies whole on every node.
let indicatorTables: [Distribution] = [
    .by(.region, "indicator_total", "region"),
    .reference("indicator_fold"), .reference("indicator_catalogue"), .reference("indicator_series"),
    .by(.region, "indicator_entry", "region"), .by(.region, "indicator_retraction", "region", [["entry"]: .sameCounty]), .by(.region, "indicator_closing", "region"),
]

let indicatorCrossings: [Crossing] = [
    Crossing("indicator_entry", "attachment", "an attachment that came with an act is never swept"),
]
