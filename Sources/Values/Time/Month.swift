/// 月份。A calendar month, from 1850-01 to 2199-12; reckoning stops at these ends.
public struct Month: FieldValue, Comparable {
    /// Months since the year 0.
    let index: Int

    public var year: Int { index / 12 }
    public var month: Int { index % 12 + 1 }

    /// - Throws: when the month is not 1–12 or the year lies outside 1850–2199.
    public init(year: Int, month: Int) throws(Refusal) {
        self = try CivilDate(year: year, month: month, day: 1).monthOf
    }

    /// The month with this index; one outside 1850–2199 gives the end that is nearer.
    init(index: Int) {
        self.index = min(max(index, CivilDate.years.lowerBound * 12), CivilDate.years.upperBound * 12 + 11)
    }

    public static func < (left: Month, right: Month) -> Bool { left.index < right.index }

    public var first: CivilDate { CivilDate(knownYear: year, month: month, day: 1) }
    public var last: CivilDate {
        CivilDate(knownYear: year, month: month, day: CivilDate.daysIn(year: year, month: month))
    }

    public var next: Month { adding(1) }
    public var previous: Month { adding(-1) }

    public func adding(_ months: Int) -> Month {
        let (sum, overflowed) = index.addingReportingOverflow(months)
        return Month(index: overflowed ? (months < 0 ? Int.min : Int.max) : sum)
    }

    /// Months from this one to another: 1 to the next, negative to the past.
    public func months(until other: Month) -> Int { other.index - index }

    public func contains(_ date: CivilDate) -> Bool { date.monthOf == self }
}

extension Month {
    public static var kind: FieldKind { .month }
    public static var maximumLength: Int { 20 }

    /// Reads 2024-07, 2024/7, 2024.7, 2024年7月 and 202407.
    public init(typed text: String) throws(Refusal) {
        let narrow = try Door.narrow(text, for: Month.self)
        var scan = Scan(narrow)
        guard let month = try scan.month(), scan.isAtEnd else { throw .invalid("请填写月份，如 2024-07") }
        self = month
    }

    /// 2024-07
    public var typed: String { decimal([(year, 4), (month, 2)], separator: UInt8(ascii: "-")) }

    /// 2024年7月
    public var shown: String { "\(year)年\(month)月" }

    public init(stored: StoredValue) throws(Refusal) {
        let text = try stored.text(as: "月份")
        var scan = Scan(text)
        guard let year = scan.number(digits: 4...4), scan.mark("-") != nil,
              let month = scan.number(digits: 2...2), scan.isAtEnd else {
            throw .invalid("月份应为 2024-07 这样的七位文本")
        }
        try self.init(year: year, month: month)
    }

    public var stored: StoredValue { .text(typed) }
}

extension Scan {
    /// A month with any of the usual marks, or none; nil when it is not written like a month.
    mutating func month() throws(Refusal) -> Month? {
        guard let first = number(digits: 4...6) else { return nil }
        guard let mark = mark("-", "/", ".", "年") else {
            guard first >= 1000_00 else { return nil }
            return try Month(year: first / 100, month: first % 100)
        }
        guard let month = number(digits: 1...2) else { return nil }
        if mark == "年" { _ = self.mark("月") }
        return try Month(year: first, month: month)
    }
}
