import Testing
@testable import Values

@Suite("日期")
struct CivilDateTests {
    @Test(arguments: [
        "", "昨天", "2024", "2024-07", "2024-7-32", "2024-13-01", "2024-00-01", "2024-01-00", "2023-02-29", "1900-02-29", "2024-04-31",
        "1849-12-31", "2200-01-01", "20240732", "2024070", "202407011", "2024-07-01x", "2024-07/01", "2024年7-1", "24-07-01",
        "2024-007-01", "-2024-07-01", "2024--07-01",
    ])
    func badDatesAreRefused(_ text: String) {
        #expect(refusal(of: text, as: CivilDate.self)?.kind == .invalid)
    }

    @Test(arguments: [
        ("2024-07-01", "2024-07-01"), ("2024/7/1", "2024-07-01"), ("2024.7.1", "2024-07-01"), ("2024年7月1日", "2024-07-01"),
        ("２０２４年７月１号", "2024-07-01"), ("20240701", "2024-07-01"), (" 2024-2-29 ", "2024-02-29"), ("2000-02-29", "2000-02-29"),
        ("1850-01-01", "1850-01-01"), ("2199-12-31", "2199-12-31"), ("2024年7月1", "2024-07-01"),
    ])
    func datesAreRead(_ text: String, _ expected: String) {
        #expect(read(text, as: CivilDate.self)?.typed == expected)
    }

    @Test(arguments: ["2024-7-1", "20240701", "2024-02-30", "2024-07-01T", "2024/07/01", "2024-07-0１"])
    func machinesWriteTenCharacters(_ text: String) {
        #expect(throws: Refusal.self) { try CivilDate(stored: .text(text)) }
    }

    @Test func peopleReadIt() throws {
        #expect(try day("2024-07-01").shown == "2024年7月1日")
        #expect(try day("2024-07-05").shownWithWeekday == "7月5日（周五）")
        #expect(try day("1969-12-28").weekday == 7)
        #expect(try day("1850-01-01").weekday == 2)
    }

    @Test func everyDayHasItsNumber() {
        var expected = CivilDate.earliest
        for number in CivilDate.earliest.dayNumber...CivilDate.latest.dayNumber {
            let date = CivilDate(dayNumber: number)
            guard date == expected, date.dayNumber == number else {
                Issue.record("\(date.typed) is not day \(number)")
                return
            }
            let isLast = date.day == CivilDate.daysIn(year: date.year, month: date.month)
            let isYearsLast = isLast && date.month == 12
            expected = CivilDate(knownYear: date.year + (isYearsLast ? 1 : 0),
                                 month: isYearsLast ? 1 : date.month + (isLast ? 1 : 0), day: isLast ? 1 : date.day + 1)
        }
    }

    // 《民法典》第二百零二条：没有对应日的，月末日为期间的最后一日。
    @Test("加月", arguments: [
        ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-03-31", 1, "2024-04-30"), ("2024-01-30", 1, "2024-02-29"),
        ("2024-01-15", 1, "2024-02-15"), ("2024-12-31", 2, "2025-02-28"), ("2024-03-31", -1, "2024-02-29"), ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"), ("2024-02-29", 0, "2024-02-29"),
    ])
    func monthsEndOnTheCorrespondingDay(_ start: String, _ months: Int, _ end: String) throws {
        #expect(try day(start).adding(months: months).typed == end)
    }

    @Test(arguments: [("2024-02-28", 1, "2024-02-29"), ("2024-02-28", 2, "2024-03-01"), ("2023-12-31", 1, "2024-01-01"), ("2024-03-01", -1, "2024-02-29")])
    func daysAreAdded(_ start: String, _ days: Int, _ end: String) throws {
        #expect(try day(start).adding(days: days).typed == end)
        #expect(try day(start).days(until: day(end)) == days)
    }

    @Test func reckoningStopsAtTheEnds() throws {
        #expect(try day("2024-01-01").adding(days: .max) == .latest)
        #expect(try day("2024-01-01").adding(days: .min) == .earliest)
        #expect(try day("2024-01-01").adding(months: .max).typed == "2199-12-01")
        #expect(try day("2024-01-01").adding(years: .min).typed == "1850-01-01")
    }

    @Test("周岁", arguments: [
        //  出生         业务日期      周岁
        ("1964-07-01", "2024-06-30", 59), ("1964-07-01", "2024-07-01", 60), ("1964-07-01", "2024-07-02", 60),
        ("2008-02-29", "2024-02-28", 15), ("2008-02-29", "2024-02-29", 16),
        ("2008-02-29", "2026-02-27", 17), ("2008-02-29", "2026-02-28", 18),
        ("2024-07-01", "2024-07-01", 0), ("2024-07-02", "2024-07-01", -1),
    ])
    func ages(_ birth: String, _ on: String, _ age: Int) throws {
        #expect(try day(birth).age(on: day(on)) == age)
    }

    @Test func facesRoundTrip() throws { try expectFaces(.earliest, .latest, day("2024-02-29")) }
}

@Suite("月份")
struct MonthTests {
    @Test(arguments: ["", "2024", "2024-13", "2024-0", "202413", "20241", "2024-07-01", "1849-12", "2024年", "七月"])
    func badMonthsAreRefused(_ text: String) {
        #expect(refusal(of: text, as: Month.self)?.kind == .invalid)
    }

    @Test(arguments: ["2024-07", "2024/7", "2024.7", "2024年7月", "２０２４年７月", "202407", "2024-7"])
    func monthsAreRead(_ text: String) throws {
        #expect(try read(text) == Month(year: 2024, month: 7))
    }

    @Test func reckoning() throws {
        let february = try Month(year: 2024, month: 2)
        #expect(february.first.typed == "2024-02-01")
        #expect(february.last.typed == "2024-02-29")
        #expect(february.previous.previous.typed == "2023-12")
        #expect(february.adding(11).typed == "2025-01")
        #expect(february.months(until: february.adding(-30)) == -30)
        #expect(february.next.shown == "2024年3月")
        #expect(try february.contains(day("2024-02-29")))
        #expect(try !february.contains(day("2024-03-01")))
        #expect(february.adding(.max).typed == "2199-12")
        #expect(february.adding(.min).typed == "1850-01")
    }

    @Test func facesRoundTrip() throws { try expectFaces(Month(year: 1850, month: 1), Month(year: 2199, month: 12)) }
}

@Suite("期间")
struct PeriodTests {
    @Test func anEmptyPeriodIsRefused() throws {
        let first = try day("2024-07-01")
        #expect(throws: Refusal.self) { try Period(from: first, until: first) }
        #expect(throws: Refusal.self) { try Period(from: first, until: first.adding(days: -1)) }
    }

    @Test func theEndDoesNotCount() throws {
        let july = try Period(from: day("2024-07-01"), until: day("2024-08-01"))
        #expect(try !july.contains(day("2024-06-30")))
        #expect(try july.contains(day("2024-07-01")))
        #expect(try july.contains(day("2024-07-31")))
        #expect(try !july.contains(day("2024-08-01")))
        #expect(july.shown == "2024年7月1日至2024年7月31日")
        let running = try Period(from: Month(year: 2024, month: 7))
        #expect(running.contains(try Month(year: 2199, month: 12)))
        #expect(running.shown == "2024年7月至今")
        #expect(try Period(from: running.from, until: running.from.adding(3)).shown == "2024年7月至2024年9月")
    }

    @Test(arguments: [
        (1, 3, 3, 5, false), (1, 4, 3, 5, true), (3, 5, 1, 3, false), (1, nil, 9, nil, true), (1, 3, 3, nil, false), (1, nil, 1, 2, true),
    ] as [(Int, Int?, Int, Int?, Bool)])
    func overlaps(_ from: Int, _ until: Int?, _ otherFrom: Int, _ otherUntil: Int?, _ expected: Bool) throws {
        let one = try Period(from: from, until: until)
        let other = try Period(from: otherFrom, until: otherUntil)
        #expect(one.overlaps(other) == expected)
        #expect(other.overlaps(one) == expected)
    }
}

@Suite("时刻")
struct InstantTests {
    @Test(arguments: [
        "", "2024-07-01", "2024-07-01 24:00", "2024-07-01 16:60", "2024-07-01 16", "2024-07-01T08:00:00Z", "2024-07-01T08:00:00.00Z",
        "2024-02-30T08:00:00.000Z", "2024/07/01T08:00:00.000ZZ",
    ])
    func badInstantsAreRefused(_ text: String) {
        #expect(refusal(of: text, as: Instant.self)?.kind == .invalid)
        #expect(throws: Refusal.self) { try Instant(stored: .text(text)) }
    }

    @Test(arguments: [
        ("2024-07-01 16:00", "2024-07-01T08:00:00.000Z"), ("2024-07-01 07:59:59", "2024-06-30T23:59:59.000Z"),
        ("2024-07-01T08:00:00.123Z", "2024-07-01T08:00:00.123Z"), ("2024年7月1日 0:00", "2024-06-30T16:00:00.000Z"),
    ])
    func beijingTimeIsRead(_ text: String, _ expected: String) {
        #expect(read(text, as: Instant.self)?.typed == expected)
    }

    @Test func theDayTurnsInBeijing() throws {
        let midnight = try Instant(typed: "2024-06-30T16:00:00.000Z")
        #expect(midnight.date.typed == "2024-07-01")
        #expect(midnight.adding(seconds: -0.001).date.typed == "2024-06-30")
        #expect(midnight.shown == "2024年7月1日 00:00")
        #expect(midnight.adding(seconds: 16 * 3600 + 59).shownTime == "16:00")
        #expect(try Instant(startOf: day("2024-07-01")) == midnight)
    }

    @Test func secondsAndTextAgree() throws {
        #expect(Instant(secondsSince1970: 0).typed == "1970-01-01T00:00:00.000Z")
        #expect(Instant(secondsSince1970: -0.001).typed == "1969-12-31T23:59:59.999Z")
        #expect(Instant(secondsSince1970: 1_719_820_800.5).typed == "2024-07-01T08:00:00.500Z")
        #expect(try Instant(typed: "2024-07-01T08:00:00.500Z").secondsSince1970 == 1_719_820_800.5)
        #expect(Instant(secondsSince1970: 1) < Instant(secondsSince1970: 1.001))
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan, 1e300])
    func impossibleSecondsStayInRange(_ seconds: Double) {
        #expect(Instant(secondsSince1970: seconds).typed.utf8.count == 24)
        #expect(Instant(secondsSince1970: 0).adding(seconds: seconds).typed.utf8.count == 24)
    }

    @Test func facesRoundTrip() throws {
        try expectFaces(Instant(secondsSince1970: 0), Instant(secondsSince1970: 1e300), Instant(secondsSince1970: -1e300))
    }
}
