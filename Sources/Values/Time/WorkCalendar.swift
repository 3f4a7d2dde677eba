/// 工作日历。Which days are worked: weekends, statutory holidays and the days worked in exchange (调休).
///
/// In a year that is not published, weekends and the holidays fixed by law are off, and every due date is provisional.
public struct WorkCalendar: Sendable {
    /// 放假的日子，周末不必列出。
    private let off: Set<CivilDate>
    /// 调休上班的周末。
    private let on: Set<CivilDate>
    public let firstPublishedYear: Int
    public let lastPublishedYear: Int

    public init(off: Set<CivilDate>, on: Set<CivilDate>, publishedYears: ClosedRange<Int>) {
        self.off = off
        self.on = on
        firstPublishedYear = publishedYears.lowerBound
        lastPublishedYear = publishedYears.upperBound
    }

    /// The same calendar with what one place orders besides, such as 三月三 or an emergency leave.
    public func adding(off moreOff: Set<CivilDate>, on moreOn: Set<CivilDate> = []) -> WorkCalendar {
        WorkCalendar(off: off.subtracting(moreOn).union(moreOff), on: on.subtracting(moreOff).union(moreOn),
                     publishedYears: firstPublishedYear...lastPublishedYear)
    }

    public func isWorkday(_ date: CivilDate) -> Bool {
        if on.contains(date) { return true }
        if off.contains(date) || date.weekday > 5 { return false }
        return isPublished(date) || !FixedHolidays.contains(date)
    }

    public func isPublished(_ date: CivilDate) -> Bool {
        (firstPublishedYear...lastPublishedYear).contains(date.year)
    }
}

extension WorkCalendar {
    /// 期限的最后一日。The starting day is not counted (《中华人民共和国民法典》第二百零一条).
    public func due(after start: CivilDate, _ span: Span) -> Due {
        switch span {
        case .workingDays(let count): due(after: start, workingDays: count)
        case .calendarDays(let count): due(after: start, calendarDays: count)
        case .months(let count): due(after: start, months: count)
        }
    }

    /// The n-th working day after the start. With none to wait for, the start itself.
    public func due(after start: CivilDate, workingDays: Int) -> Due {
        var date = start
        var left = workingDays
        while left > 0, date < .latest {
            date = date.adding(days: 1)
            if isWorkday(date) { left -= 1 }
        }
        return Due(date: date, provisional: !isPublished(start) || !isPublished(date))
    }

    /// The n-th day after the start; one that is off moves to the next working day (第二百零三条).
    public func due(after start: CivilDate, calendarDays: Int) -> Due {
        rolled(start.adding(days: calendarDays))
    }

    /// The corresponding day n months on (第二百零二条); one that is off moves to the next working day (第二百零三条).
    public func due(after start: CivilDate, months: Int) -> Due {
        rolled(start.adding(months: months))
    }

    /// Working days from one day until another, counting the first and not the last, as a `Period` does.
    public func workingDays(from: CivilDate, until: CivilDate) -> Int {
        var count = 0
        var date = from
        while date < until {
            if isWorkday(date) { count += 1 }
            date = date.adding(days: 1)
        }
        return count
    }

    private func rolled(_ last: CivilDate) -> Due {
        var date = last
        while !isWorkday(date), date < .latest { date = date.adding(days: 1) }
        return Due(date: date, provisional: !isPublished(last) || !isPublished(date))
    }
}

/// Holidays on fixed days of the solar calendar, as the law of the year has them.
///
/// 《全国年节及纪念日放假办法》：国务院令第270号（自2000年）, 第513号（自2008年）, 第795号（自2025年）.
/// Holidays of the lunar calendar wait for the yearly notice.
enum FixedHolidays {
    static func contains(_ date: CivilDate) -> Bool {
        switch date.month {
        case 1: date.day == 1
        case 5: date.day <= labourDays(in: date.year)
        case 10: date.day <= (date.year < 2000 ? 2 : 3)
        default: false
        }
    }

    private static func labourDays(in year: Int) -> Int {
        switch year {
        case ..<2000: 1
        case ..<2008: 3
        case ..<2025: 1
        default: 2
        }
    }
}
