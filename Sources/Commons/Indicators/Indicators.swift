import Kernel

/// 指标。Every figure the bureau answers for, with its definition, its history and the rows behind it.
let indicators = Line(
    indicatorsName, "指标",
    actions: [AddManualIndicator.self, EnterAmount.self, RetractAmount.self, CloseSeries.self, ReopenSeries.self],
    inquiries: [ReadIndicator.self],
    listings: [catalogue, monthlyTotals, entries],
    records: [ManualSeries.self, ManualEntry.self, ManualRetraction.self, SeriesClosing.self],
    importers: [ImportedAmount.self],
    pages: [boardPage, indicatorPage],
    forms: [enterForm, retractForm],
    migrations: indicatorMigrations,
    offers: manualIndicators)

/// The line by name, where its own value would be read while it is made.
let indicatorsName = "indicators"
