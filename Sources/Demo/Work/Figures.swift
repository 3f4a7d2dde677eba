import Commons
import Kernel
import Storage
import Values

/// 示范市填报的数。Manual series since 2023: where seed 001 states a figure for 2024 the months come to it exactly; other years are near it.
enum Figures {
    private enum Course {
        /// A year's total of 2024, spread over its months.
        case yearly(Int)
        /// A total of some months; the months around go on alike.
        case span(IndicatorPeriod, Int)
        /// What there was at the end of 2024; it grew slowly.
        case level(Int)
        /// Laid down from a month on; before it was another.
        case laid(Int, before: Int, from: Month)
        /// Paid or done once, in this month: nothing in the others of its year, and nothing known of other years.
        case once(Month, Int)
    }

    private static let first = month(2023, 1), anchor = month(2024, 12), raise = month(2024, 7)
    private static let pilot = IndicatorPeriod(month(2023, 7), through: month(2024, 6))
    private static let bothYears = IndicatorPeriod(month(2023, 1), through: month(2024, 12)), tenMonths = IndicatorPeriod(month(2024, 1), through: month(2024, 10))

    private static func month(_ year: Int, _ month: Int) -> Month { CivilDate(written: year, month, 1).monthOf }

    /// By the code behind `manual.`; money in 分, rates in hundredths of a per cent.
    private static let courses: [(String, Course)] = [
        ("destitute-standard", .laid(95_600, before: 94_700, from: raise)), ("destitute-new-households", .yearly(80)), ("destitute-new-people", .yearly(86)),
        ("destitute-stopped-households", .yearly(100)), ("destitute-stopped-people", .yearly(118)), ("service-pilot-destitute", .level(258)),
        ("service-pilot-elders", .level(174)), ("service-pilot-age", .laid(80, before: 80, from: raise)), ("service-pilot-visits", .span(pilot, 8_099)),
        ("service-pilot-spending", .span(pilot, 40_000_000)), ("child-scattered-standard", .laid(135_000, before: 134_000, from: raise)),
        ("minor-risk-levels", .laid(3, before: 3, from: raise)), ("minors-at-risk", .level(4_907)), ("paired-officials", .level(2_010)),
        ("paired-children", .level(5_882)), ("paired-coverage", .laid(10_000, before: 10_000, from: raise)), ("child-visit-rounds", .yearly(3)),
        ("child-needs", .yearly(1_194)), ("children-in-difficulty", .level(279)), ("child-living-paid", .span(tenMonths, 369_760_000)),
        ("child-living-visits", .span(tenMonths, 2_812)), ("dream-grant-paid", .yearly(14_500_000)), ("unsupported-grant-paid", .yearly(1_000_000)),
        ("spring-students", .once(month(2024, 6), 37_698)), ("spring-student-spending", .once(month(2024, 6), 2_459_520_000)), ("child-supervisors", .level(21)),
        ("child-directors", .level(222)), ("child-volunteers", .yearly(130)), ("children-cared", .yearly(1_120)), ("children-donated", .yearly(1_279)),
        ("child-charity-raised", .yearly(73_000_000)), ("adoptions", .yearly(4)), ("adoptions-of-kin", .yearly(4)),
        ("street-care-centres", .laid(1, before: 1, from: raise)), ("home-care-centres", .level(63)), ("canteens-in-use", .level(8)),
        ("rural-happiness-homes", .level(41)), ("elder-activity-rooms", .level(761)), ("street-facility-coverage", .laid(10_000, before: 10_000, from: raise)),
        ("day-care-coverage", .laid(10_000, before: 10_000, from: raise)), ("care-beds", .level(1_349)), ("certified-carers", .level(44)),
        ("home-bed-assessments", .yearly(533)), ("home-service-assessments", .yearly(577)), ("service-list-rate", .laid(10_000, before: 10_000, from: raise)),
        ("home-service-budget", .once(month(2024, 3), 20_000_000)), ("home-service-elders", .level(42)), ("home-service-visits", .yearly(1_104)),
        ("home-service-items", .laid(10, before: 10, from: raise)), ("donated-assets", .once(month(2024, 9), 800_000_000)),
        ("poor-elder-standard", .laid(5_000, before: 5_000, from: raise)), ("poor-elder-paid", .yearly(55_640_000)), ("poor-elder-visits", .yearly(12_303)),
        ("canteen-provincial-funds", .span(bothYears, 124_000_000)), ("canteen-private-funds", .span(bothYears, 90_000_000)), ("canteens-built", .level(12)),
        ("canteen-years", .laid(2, before: 1, from: month(2024, 12))), ("canteen-meals", .span(bothYears, 429_400)), ("canteen-subsidy", .span(bothYears, 127_050_000)),
        ("city-cemeteries", .laid(1, before: 1, from: raise)), ("rural-cemeteries", .level(180)), ("burials-allowed", .yearly(47)),
        ("cremation-rate", .laid(10_000, before: 10_000, from: raise)), ("ash-burial-rate", .laid(10_000, before: 10_000, from: raise)),
        ("burial-subsidy", .yearly(1_626_190_000)), ("marriages", .yearly(3_104)), ("divorce-applications", .yearly(681)), ("divorces", .yearly(418)),
        ("marriage-reissues", .yearly(450)), ("group-ceremonies", .yearly(21)), ("other-ceremonies", .yearly(420)), ("marriage-counselling", .yearly(1_107)),
        ("divorce-counselling", .yearly(186)), ("park-registries", .laid(2, before: 1, from: raise)), ("rescue-desk-hours", .laid(24, before: 24, from: raise)),
        ("rescue-line-hours", .laid(24, before: 24, from: raise)), ("people-rescued", .yearly(52)), ("rural-names-collected", .yearly(2_868)),
    ]

    /// History as it lies in the books; then one figure that is corrected before everybody's eyes.
    static func report(at office: Office, _ dice: inout Dice) async throws {
        guard office.knows("indicators.enter-amount") else { return }
        let last = office.today.monthOf.previous, region = try RegionCode("000181")
        guard first <= last else { return }
        let months = IndicatorPeriod(first, through: last).months, entries = try await office.behind(on: office.today) { counter in
            let known = IndicatorBook(counter.house)
            return try courses.flatMap { code, course in
                guard let indicator = known.find("manual.\(code)") else { return [ManualEntry]() }
                return try months.compactMap { month in
                    guard let amount = amount(course, in: month, salt: code.count) else { return nil }
                    let at = Instant(startOf: month.next.first)
                    return ManualEntry(.make(at: at, using: &dice), indicator: indicator.code, in: region, over: .month(month), amount: amount,
                                       evidence: try LongText(typed: evidence(month)), by: "业务科室", at: at)
                }
            }
        }
        try await office.behind { counter in try await counter.database.bulk { try $0.insertAll(entries) } }
        try await correct(region, at: office, &dice)
    }

    private static func evidence(_ month: Month) -> String {
        month.year == 2024 ? "〔示范〕示范数据，\(month.shown)台账；2024年的数与001号材料一致" : "〔示范〕示范数据，\(month.shown)台账，虚构"
    }

    private static func correct(_ region: RegionCode, at office: Office, _ dice: inout Dice) async throws {
        // A month is known on the first of the next: on that very day only the month before it can have been looked at again.
        let day = office.workday(before: 1), month = day.monthOf.previous
        let known: Int? = try await office.read { reader in
            try reader.connection.value("SELECT amount FROM indicator_entry WHERE indicator = 'manual.marriages' AND from_month = \(month)")
        }
        guard let known else { return }
        try await office.act("indicators.enter-amount", [
            "indicator": .typed("manual.marriages"), "region": .typed(region.code), "from_month": .typed(month.typed), "through_month": .typed(month.typed),
            "amount": .typed("\(known + 2)"), "evidence": .typed("〔示范〕婚姻登记处月报第二稿"), "reason": .typed("月末两对漏报"),
        ], by: "shenhe", on: day, &dice)
    }

    private static func amount(_ course: Course, in month: Month, salt: Int) -> Int64? {
        switch course {
        case .yearly(let total): share(of: scaled(total, to: month.year), in: month, of: IndicatorPeriod.months(12, through: month.adding(12 - month.month)), salt)
        case .span(let period, let total) where period.contains(month): share(of: total, in: month, of: period, salt)
        case .span(let period, let total): Int64(total / period.count)
        case .level(let end): Int64(end + end * anchor.months(until: month) / 700)
        case .laid(let amount, let before, let from): Int64(month >= from ? amount : before)
        case .once(let day, let amount): day.year == month.year ? (day == month ? Int64(amount) : 0) : nil
        }
    }

    /// 2024 as it was; a little less before and more after.
    private static func scaled(_ total: Int, to year: Int) -> Int { total + total * (year - 2024) * 3 / 100 }

    /// A part of a whole number, so that all parts come to it exactly.
    private static func share(of total: Int, in month: Month, of period: IndicatorPeriod, _ salt: Int) -> Int64 {
        let weights = period.months.map { 90 + ($0.month * 37 + salt * 11) % 21 }, all = weights.reduce(0, +)
        let place = period.from.months(until: month), before = weights.prefix(place).reduce(0, +)
        return Int64(total * (before + weights[place]) / all - total * before / all)
    }
}
