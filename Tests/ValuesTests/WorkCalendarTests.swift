import Testing
@testable import Values

@Suite("工作日历")
struct WorkCalendarTests {
    let calendar = WorkCalendar.shipped

    @Test func theTableIsInOrder() {
        #expect(publishedHolidays.map(\.year) == Array(2004...2026))
        for year in publishedHolidays {
            for worked in year.daysOn { #expect(worked.weekday > 5, "\(worked.typed) is a weekday anyway") }
            #expect(Set(year.daysOn).isDisjoint(with: year.daysOff))
            for date in year.daysOff + year.daysOn { #expect((try? CivilDate(typed: date.typed)) == date) }
        }
    }

    /// 2025年、2026年的放假和调休。Every weekday off and every weekend day worked, and no other.
    @Test(arguments: [
        (2025, ["0101-0101", "0128-0204", "0404-0406", "0501-0505", "0531-0602", "1001-1008"], ["0126", "0208", "0427", "0928", "1011"]),
        (2026, ["0101-0103", "0215-0223", "0404-0406", "0501-0505", "0619-0621", "0925-0927", "1001-1007"],
         ["0104", "0214", "0228", "0509", "0920", "1010"]),
    ])
    func publishedYears(_ year: Int, _ off: [String], _ on: [String]) throws {
        var date = try CivilDate(year: year, month: 1, day: 1)
        while date.year == year {
            let key = String(date.typed.filter { $0 != "-" }.suffix(4))
            let isOff = off.contains { $0.prefix(4) <= key && key <= $0.suffix(4) }
            #expect(calendar.isWorkday(date) == (on.contains(key) || (!isOff && date.weekday <= 5)), "\(date.typed)")
            date = date.adding(days: 1)
        }
    }

    @Test("工作日期限", arguments: [
        ("2026-02-10", 20, "2026-03-16"), ("2026-09-18", 20, "2026-10-22"), ("2026-02-13", 1, "2026-02-14"),
        ("2024-09-20", 30, "2024-11-06"),     // A019
        ("2024-09-30", 1, "2024-10-08"), ("2024-10-01", 1, "2024-10-08"), ("2024-09-27", 1, "2024-09-29"),
        ("2024-09-20", 0, "2024-09-20"), ("2024-09-20", -3, "2024-09-20"),
    ])
    func workingDays(_ start: String, _ count: Int, _ due: String) throws {
        let expected = try Due(date: day(due), provisional: false)
        #expect(try calendar.due(after: day(start), workingDays: count) == expected)
        #expect(try calendar.due(after: day(start), .workingDays(count)) == expected)
    }

    @Test("自然日期限，末日放假的顺延", arguments: [
        ("2024-07-01", 30, "2024-07-31"),     // 始日不计入
        ("2024-06-28", 1, "2024-07-01"),      // 周六顺延至周一
        ("2024-09-01", 30, "2024-10-08"),     // 国庆节顺延
        ("2024-09-28", 1, "2024-09-29"),      // 调休上班的周日不顺延
        ("2024-07-30", 2, "2024-08-01"),
    ])
    func calendarDays(_ start: String, _ count: Int, _ due: String) throws {
        #expect(try calendar.due(after: day(start), calendarDays: count) == Due(date: day(due), provisional: false))
    }

    @Test("按月期限", arguments: [
        ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-03-31", 6, "2024-09-30"), ("2024-04-01", 6, "2024-10-08"), ("2024-02-29", 12, "2025-02-28"),
        ("2024-06-15", 3, "2024-09-18"),      // 9月15日为中秋节假期，17日止
    ])
    func months(_ start: String, _ count: Int, _ due: String) throws {
        #expect(try calendar.due(after: day(start), months: count) == Due(date: day(due), provisional: false))
    }

    @Test func unpublishedYearsAreProvisional() throws {
        #expect(try calendar.due(after: day("2026-12-31"), workingDays: 1) == Due(date: day("2027-01-04"), provisional: true))
        #expect(try calendar.due(after: day("2026-12-30"), workingDays: 1) == Due(date: day("2026-12-31"), provisional: false))
        #expect(try calendar.due(after: day("2026-12-01"), calendarDays: 31) == Due(date: day("2027-01-04"), provisional: true))
        #expect(try calendar.due(after: day("2003-06-02"), calendarDays: 30).provisional)
        #expect(try calendar.due(after: day("2026-12-31"), workingDays: 1).shown == "2027年1月4日（暂定）")
    }

    @Test("未公布年份的法定假日", arguments: [
        ("2027-01-01", false), ("2027-05-03", true), ("2028-05-01", false), ("2028-05-02", false), ("2028-05-03", true),
        ("2029-10-01", false), ("2029-10-03", false), ("2029-10-04", true), ("2003-05-02", false), ("1999-10-01", false), ("2027-07-01", true),
    ])
    func fixedHolidays(_ date: String, _ isWorked: Bool) throws {
        #expect(try calendar.isWorkday(day(date)) == isWorked)
    }

    @Test func aPlaceMayHaveItsOwnDays() throws {
        let leave = try day("2024-04-11")
        let local = calendar.adding(off: [leave], on: [try day("2024-04-13")])
        #expect(calendar.isWorkday(leave))
        #expect(!local.isWorkday(leave))
        #expect(try local.due(after: day("2024-04-10"), workingDays: 2).date == day("2024-04-13"))
    }

    @Test func workingDaysBetween() throws {
        #expect(try calendar.workingDays(from: day("2024-09-29"), until: day("2024-10-09")) == 3)
        #expect(try calendar.workingDays(from: day("2024-10-01"), until: day("2024-10-08")) == 0)
        #expect(try calendar.workingDays(from: day("2024-10-09"), until: day("2024-10-01")) == 0)
    }

    @Test func endlessLimitsEnd() throws {
        #expect(try calendar.due(after: day("2024-01-01"), workingDays: .max).date == .latest)
        #expect(try calendar.due(after: day("2024-01-01"), calendarDays: .max).date == .latest)
    }
}

@Suite("期限长度")
struct SpanTests {
    @Test(arguments: ["", "30", "个工作日", "三十日", "-1日", "36526日", "3周", "1.5年", "99999999999999999999日", "30 个"])
    func badSpansAreRefused(_ text: String) {
        #expect(refusal(of: text, as: Span.self)?.kind == .invalid)
    }

    @Test(arguments: [
        ("30个工作日", Span.workingDays(30)), ("３０工作日", .workingDays(30)), ("30 个工作日", .workingDays(30)), ("7日", .calendarDays(7)),
        ("7天", .calendarDays(7)), ("7个自然日", .calendarDays(7)), ("3个月", .months(3)), ("1年", .months(12)), ("0日", .calendarDays(0)),
    ])
    func spansAreRead(_ text: String, _ span: Span) {
        #expect(read(text) == span)
    }

    @Test(arguments: ["30", "working-days", "working-days:", "working-days:-1", "weeks:3", "months:x"])
    func machinesNameTheUnit(_ text: String) {
        #expect(throws: Refusal.self) { try Span(stored: .text(text)) }
    }

    @Test func facesRoundTrip() throws {
        try expectFaces(Span.workingDays(30), .calendarDays(7), .months(3))
        #expect([Span.workingDays(30), .calendarDays(7), .months(3)].map(\.shown) == ["30个工作日", "7日", "3个月"])
    }
}
