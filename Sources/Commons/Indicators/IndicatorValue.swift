import Values

/// 指标值。One amount, with everything that must stand beside it to be believed.
public struct IndicatorValue: Sendable {
    public let indicator: Indicator
    public let period: IndicatorPeriod
    public let region: RegionCode
    public let category: String?
    /// In the unit's smallest part; nil where nothing is known.
    public let amount: Int64?
    /// Until when the acts behind it are counted.
    public let moment: Instant
    /// The month whose end a stock or standard stands for; nil where nothing is known, and for flows.
    public let asOf: Month?
    /// Months of the period of which nothing is known: not yet over, before the registers begin, or not reported.
    public let missing: [Month]

    public init(_ indicator: Indicator, over period: IndicatorPeriod, in region: RegionCode, category: String? = nil, amount: Int64?, moment: Instant,
                asOf: Month? = nil, missing: [Month] = []) {
        self.indicator = indicator
        self.period = period
        self.region = region
        self.category = category
        self.amount = amount
        self.moment = moment
        self.asOf = asOf
        self.missing = missing
    }

    public var code: String { indicator.code }
    public var name: String { indicator.name }
    public var unit: IndicatorUnit { indicator.unit }
    public var isManual: Bool { indicator.isManual }
    public var isComplete: Bool { amount != nil && missing.isEmpty }

    /// 1,234 户; 「暂无数据」 where nothing is known.
    public var shown: String { amount.map(unit.shown) ?? "暂无数据" }
}
