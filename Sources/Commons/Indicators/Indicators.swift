import Kernel

/// 指标。Every figure the bureau answers for, with its definition, its history and the rows behind it.
let indicators = Line(
    "indicators", "指标",
    actions: [AddManualIndicator.self, EnterAmount.self],
    inquiries: [ReadIndicator.self],
    listings: [catalogue, monthlyTotals, entries],
    records: [ManualSeries.self, ManualEntry.self],
    migrations: indicatorMigrations,
    offers: manualIndicators)
