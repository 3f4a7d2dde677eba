import Commons
import Kernel
import Values

let elderRate = Policy<Money>("elder-allowance-rate", "高龄津贴标准", unit: "元/人·月", variants: ElderBand.variants, mayBeSilent: true)
let elderAge = Policy<Int>("elder-allowance-age", "高龄津贴起领年龄", unit: "周岁", mayBeSilent: true)
let elderStart = Policy<ElderStart>("elder-allowance-start", "高龄津贴自何月起发", mayBeSilent: true)
let deathMonth = Policy<Bool>("elder-allowance-death-month", "去世当月仍发高龄津贴", mayBeSilent: true)
let elderFundShare = Policy<BasisPoints>("elder-allowance-fund-share", "高龄津贴资金分担", variants: FundSource.variants, mayBeSilent: true)

private let city = RegionCode.elderDemonstration
private let since = CivilDate(written: 2012, 12, 12)
private let invented = "〔示范〕"

let elderRulings: [ShippedRuling] = [
    elderRate.ships(.yuan(50), variant: ElderBand.eighty.rawValue, in: city, from: since, cite: "001 号材料：80—99 周岁每人每月 50 元；起始日为示范"),
    elderRate.ships(.yuan(1000), variant: ElderBand.hundred.rawValue, in: city, from: since, cite: "001 号材料：100 周岁及以上每人每月 1000 元；起始日为示范"),
    elderAge.ships(80, in: city, from: since, cite: "001 号材料：80—99 周岁每人每月 50 元；起始日为示范"),
    elderStart.ships(.birthdayMonth, in: city, from: since, cite: invented + "满龄当月起发"),
    deathMonth.ships(true, in: city, from: since, cite: invented + "去世当月照发，次月停发"),
    elderFundShare.ships(.percent(70), variant: FundSource.local.rawValue, in: city, from: since, cite: invented + "本级承担 70%"),
    elderFundShare.ships(.percent(30), variant: FundSource.lottery.rawValue, in: city, from: since, cite: invented + "福彩公益金承担 30%"),
]

extension RegionCode {
    /// 示范市。
    fileprivate static var elderDemonstration: RegionCode { (try? RegionCode("000181")) ?? .country }
}

extension Reader {
    /// The rules of a month; nil where the place gives no such allowance.
    func elderLaw(in month: Month, _ region: RegionCode) throws -> ElderLaw? {
        let book = rulings(on: month.first, in: region)
        guard let age = try book.find(elderAge), let start = try book.find(elderStart), let death = try book.find(deathMonth) else { return nil }
        var rates: [ElderBand: Money] = [:]
        for band in ElderBand.allCases { rates[band] = try book.find(elderRate, band)?.value }
        return ElderLaw(from: age.value, start: start.value, isDeathMonthPaid: death.value, rates: rates)
    }
}
