import Kernel

/// 手工填报的指标。What bureaus answer for although no register of ours counts it yet: names, units and definitions; never values.
///
/// When a line takes one over, its own offer bears the name and the entry here goes.
let manualIndicators: [any Offer] = assistanceSeries + childrenSeries + elderCareSeries + burialSeries + marriageSeries + otherSeries

/// 按台账填报的指标。
func series(_ code: String, _ name: String, _ area: String, _ unit: IndicatorUnit, _ nature: Indicator.Nature, _ definition: String, by office: String,
            words: [String] = []) -> Indicator {
    Indicator("manual.\(code)", name, area: area, unit: unit, nature, definition: definition, basis: "\(office)按台账填报", words: words, from: .entered)
}

extension IndicatorUnit {
    static let years = IndicatorUnit("岁"), levels = IndicatorUnit("级"), rounds = IndicatorUnit("轮"), beds = IndicatorUnit("张"), items = IndicatorUnit("项")
    static let hoursADay = IndicatorUnit("小时/日"), householdVisits = IndicatorUnit("户次"), acts = IndicatorUnit("起"), spanOfYears = IndicatorUnit("年")
}
