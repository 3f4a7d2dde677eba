extension CivilDate {
    static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    static func daysIn(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01, which is 0. Years are counted from March, so that February 29 ends one.
    var dayNumber: Int {
        let marchYear = month > 2 ? year : year - 1
        let (century, yearOfEra) = (marchYear / 400, marchYear % 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return century * 146_097 + dayOfEra - 719_468
    }

    /// The day with this number; numbers outside 1850–2199 give the end that is nearer.
    init(dayNumber: Int) {
        let bounded = min(max(dayNumber, CivilDate.earliest.dayNumber), CivilDate.latest.dayNumber)
        let shifted = bounded + 719_468
        let (era, dayOfEra) = (shifted / 146_097, shifted % 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        self.init(knownYear: year, month: month, day: dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// 星期：1 is Monday, 7 is Sunday.
    public var weekday: Int {
        // 1970-01-01 was a Thursday.
        let offset = (dayNumber + 3) % 7
        return (offset < 0 ? offset + 7 : offset) + 1
    }

    public var monthOf: Month { Month(index: year * 12 + month - 1) }

    public func adding(days: Int) -> CivilDate {
        let (sum, overflowed) = dayNumber.addingReportingOverflow(days)
        return overflowed ? (days < 0 ? .earliest : .latest) : CivilDate(dayNumber: sum)
    }

    /// The corresponding day so many months on; where there is none, the last day of that month.
    /// 《中华人民共和国民法典》第二百零二条。
    public func adding(months: Int) -> CivilDate {
        let target = monthOf.adding(months)
        let last = CivilDate.daysIn(year: target.year, month: target.month)
        return CivilDate(knownYear: target.year, month: target.month, day: min(day, last))
    }

    /// Years as twelve months each: from February 29 to February 28 of a common year.
    public func adding(years: Int) -> CivilDate {
        let (months, overflowed) = years.multipliedReportingOverflow(by: 12)
        return adding(months: overflowed ? (years < 0 ? Int.min : Int.max) : months)
    }

    /// Days from this day to another: 1 to tomorrow, negative to the past.
    public func days(until other: CivilDate) -> Int { other.dayNumber - dayNumber }

    /// 周岁。The age on a day of one born on this day: full years, the birthday itself counting as attained.
    /// One born on February 29 attains it on February 28 of a common year. Negative before birth.
    public func age(on day: CivilDate) -> Int {
        let years = day.year - year
        return adding(years: years) <= day ? years : years - 1
    }
}
