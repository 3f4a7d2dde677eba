/// A day and a time of day as sheets count them: days since the turn of 1900 or 1904, the time as a part of a day.
struct SerialDate {
    private let days: Int
    private let seconds: Int

    /// Nil when it is no day the sheet's own calendar knows.
    init?(_ serial: Double) {
        guard serial >= 0, serial < 2_958_466 else { return nil }
        let whole = Int(serial), second = Int(((serial - Double(whole)) * 86_400).rounded())
        (days, seconds) = second == 86_400 ? (whole + 1, 0) : (whole, second)
    }

    /// In ISO form, as exact as the format shows it; nil for a day that doesn't exist, such as 29 February 1900.
    func text(as format: CellFormat, startsIn1904: Bool) -> String? {
        if format == .elapsed { return clock(hours: days * 24 + seconds / 3600) }
        if format == .time, days == 0 { return clock(hours: seconds / 3600) }
        guard let date = date(startsIn1904) else { return nil }
        let text = "\(padded(date.year, 4))-\(padded(date.month, 2))"
        if format == .month, date.day == 1, seconds == 0 { return text }
        let whole = "\(text)-\(padded(date.day, 2))"
        return seconds == 0 || format == .date || format == .month ? whole : "\(whole) \(clock(hours: seconds / 3600))"
    }

    private func clock(hours: Int) -> String { "\(padded(hours, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))" }

    private func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// In the older calendar day 60 is a 29 February 1900 that never was, so days before it stand one later.
    private func date(_ startsIn1904: Bool) -> (year: Int, month: Int, day: Int)? {
        if startsIn1904 { return Self.civil(days - 24_107) }
        guard days != 0, days != 60 else { return nil }
        return Self.civil(days - (days < 60 ? 25_568 : 25_569))
    }

    /// The civil day so many days after 1 January 1970, by eras of 400 years that begin in March.
    private static func civil(_ daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = shifted / 146_097, ofEra = shifted % 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * ofYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
