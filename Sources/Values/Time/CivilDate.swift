/// 日期。A day of the Gregorian calendar, without clock or zone, from 1850-01-01 to 2199-12-31.
///
/// Reckoning that would leave this range stops at its end; no period of law reaches there.
public struct CivilDate: FieldValue, Comparable {
    /// yyyymmdd: sorts as the day does, and reads as one in a debugger.
    let packed: Int32

    public var year: Int { Int(packed) / 10_000 }
    public var month: Int { Int(packed) / 100 % 100 }
    public var day: Int { Int(packed) % 100 }

    public static let earliest = CivilDate(packed: 1850_01_01)
    public static let latest = CivilDate(packed: 2199_12_31)

    static let years = 1850...2199

    /// - Throws: when there is no such day, or it lies outside 1850–2199.
    public init(year: Int, month: Int, day: Int) throws(Refusal) {
        guard CivilDate.years.contains(year) else { throw .invalid("年份应在1850年至2199年之间，请核对") }
        guard (1...12).contains(month) else { throw .invalid("月份应在1至12之间，请核对") }
        guard (1...CivilDate.daysIn(year: year, month: month)).contains(day) else {
            throw .invalid("\(year)年\(month)月没有\(day)日，请核对")
        }
        self.init(knownYear: year, month: month, day: day)
    }

    /// A day written into our own source, such as the first of a law. One that doesn't exist is our mistake and stops the program at once.
    public init(written year: Int, _ month: Int, _ day: Int) {
        precondition(CivilDate.years.contains(year) && (1...12).contains(month) && (1...CivilDate.daysIn(year: year, month: month)).contains(day),
                     "no such day")
        self.init(knownYear: year, month: month, day: day)
    }

    /// A day that is known to exist.
    init(knownYear year: Int, month: Int, day: Int) {
        packed = Int32(year * 10_000 + month * 100 + day)
    }

    private init(packed: Int32) { self.packed = packed }

    public static func < (left: CivilDate, right: CivilDate) -> Bool { left.packed < right.packed }
}

extension CivilDate {
    public static var kind: FieldKind { .date }
    public static var maximumLength: Int { 30 }

    /// Reads 2024-07-01, 2024/7/1, 2024.7.1, 2024年7月1日 and 20240701.
    public init(typed text: String) throws(Refusal) {
        let narrow = try Door.narrow(text, for: CivilDate.self)
        var scan = Scan(narrow)
        guard let date = try scan.date(), scan.isAtEnd else { throw .invalid("请填写日期，如 2024-07-01") }
        self = date
    }

    /// 2024-07-01
    public var typed: String { decimal([(year, 4), (month, 2), (day, 2)], separator: UInt8(ascii: "-")) }

    /// 2024年7月1日
    public var shown: String { "\(year)年\(month)月\(day)日" }

    /// 7月5日（周五）
    public var shownWithWeekday: String {
        let names = ["一", "二", "三", "四", "五", "六", "日"]
        return "\(month)月\(day)日（周\(names[weekday - 1])）"
    }

    public init(stored: StoredValue) throws(Refusal) {
        let text = try stored.text(as: "日期")
        guard text.utf8.count == 10 else { throw .invalid("日期应为 2024-07-01 这样的十位文本") }
        var scan = Scan(text)
        guard let year = scan.number(digits: 4...4), scan.mark("-") != nil,
              let month = scan.number(digits: 2...2), scan.mark("-") != nil,
              let day = scan.number(digits: 2...2) else {
            throw .invalid("日期应为 2024-07-01 这样的十位文本")
        }
        try self.init(year: year, month: month, day: day)
    }

    public var stored: StoredValue { .text(typed) }
}

extension Scan {
    /// A date with any of the usual marks, or none; nil when it is not written like a date.
    mutating func date() throws(Refusal) -> CivilDate? {
        guard let first = number(digits: 4...8) else { return nil }
        guard let mark = mark("-", "/", ".", "年") else {
            guard first >= 1000_00_00 else { return nil }
            return try CivilDate(year: first / 10_000, month: first / 100 % 100, day: first % 100)
        }
        guard let month = number(digits: 1...2), self.mark(mark == "年" ? "月" : mark) != nil,
              let day = number(digits: 1...2) else { return nil }
        if mark == "年" { _ = self.mark("日", "号") }
        return try CivilDate(year: first, month: month, day: day)
    }
}
