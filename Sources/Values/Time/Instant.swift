/// 时刻。A point in time to the millisecond, written in UTC with a fixed width, so that texts sort as times do.
///
/// People read it in Beijing time (UTC+8). The range is that of `CivilDate`; what lies outside is brought to its end.
public struct Instant: FieldValue, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    let milliseconds: Int64

    static let perDay: Int64 = 86_400_000
    private static let beijing: Int64 = 8 * 3_600_000
    private static let earliest = Int64(CivilDate.earliest.adding(days: 1).dayNumber) * perDay
    private static let latest = Int64(CivilDate.latest.dayNumber) * perDay - 1

    init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Instant.earliest), Instant.latest)
    }

    public init(secondsSince1970 seconds: Double) {
        let milliseconds = (seconds * 1000).rounded()
        let bounded = min(max(milliseconds, Double(Instant.earliest)), Double(Instant.latest))
        self.init(milliseconds: seconds.isNaN ? 0 : Int64(bounded))
    }

    /// Midnight in Beijing at the start of this day.
    public init(startOf date: CivilDate) {
        self.init(milliseconds: Int64(date.dayNumber) * Instant.perDay - Instant.beijing)
    }

    public var secondsSince1970: Double { Double(milliseconds) / 1000 }

    public func adding(seconds: Double) -> Instant {
        Instant(milliseconds: milliseconds + Instant(secondsSince1970: seconds).milliseconds)
    }

    /// The day in Beijing.
    public var date: CivilDate { Instant.split(milliseconds + Instant.beijing).date }

    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    private static func split(_ milliseconds: Int64) -> (date: CivilDate, ofDay: Int) {
        let ofDay = (milliseconds % perDay + perDay) % perDay
        return (CivilDate(dayNumber: Int((milliseconds - ofDay) / perDay)), Int(ofDay))
    }
}

extension Instant {
    public static var kind: FieldKind { .text }
    public static var maximumLength: Int { 30 }

    /// Reads the stored text, or a date and a time of day in Beijing: 2024-07-01 16:00.
    public init(typed text: String) throws(Refusal) {
        let narrow = try Door.narrow(text, for: Instant.self)
        if narrow.hasSuffix("Z") {
            try self.init(stored: .text(narrow))
            return
        }
        var scan = Scan(narrow)
        guard let date = try scan.date(), scan.mark(" ", "T") != nil,
              let ofDay = scan.timeOfDay(), scan.isAtEnd else {
            throw .invalid("请填写日期和时间，如 2024-07-01 16:00")
        }
        self.init(milliseconds: Instant(startOf: date).milliseconds + Int64(ofDay))
    }

    /// 2024-07-01T08:00:00.000Z
    public var typed: String {
        let (date, ofDay) = Instant.split(milliseconds)
        let seconds = ofDay / 1000
        let time = decimal([(seconds / 3600, 2), (seconds / 60 % 60, 2), (seconds % 60, 2)], separator: UInt8(ascii: ":"))
        return "\(date.typed)T\(time).\(decimal([(ofDay % 1000, 3)], separator: 0))Z"
    }

    /// 2024年7月1日 16:00, in Beijing.
    public var shown: String { "\(date.shown) \(shownTime)" }

    /// 16:00, in Beijing.
    public var shownTime: String {
        let minutes = Instant.split(milliseconds + Instant.beijing).ofDay / 60_000
        return decimal([(minutes / 60, 2), (minutes % 60, 2)], separator: UInt8(ascii: ":"))
    }

    public init(stored: StoredValue) throws(Refusal) {
        let text = try stored.text(as: "时刻")
        var scan = Scan(text)
        guard text.utf8.count == 24, let date = try scan.date(), scan.mark("T") != nil,
              let ofDay = scan.timeOfDay(), scan.mark("Z") != nil else {
            throw .invalid("时刻应为 2024-07-01T08:00:00.000Z 这样的文本")
        }
        self.init(milliseconds: Int64(date.dayNumber) * Instant.perDay + Int64(ofDay))
    }

    public var stored: StoredValue { .text(typed) }
}

extension Scan {
    /// 16:00, 16:00:30 or 16:00:30.250, as milliseconds of the day.
    mutating func timeOfDay() -> Int? {
        guard let hour = number(digits: 1...2), hour < 24, mark(":") != nil,
              let minute = number(digits: 2...2), minute < 60 else { return nil }
        var milliseconds = (hour * 60 + minute) * 60_000
        guard mark(":") != nil else { return milliseconds }
        guard let second = number(digits: 2...2), second < 60 else { return nil }
        milliseconds += second * 1000
        guard mark(".") != nil else { return milliseconds }
        guard let fraction = number(digits: 3...3) else { return nil }
        return milliseconds + fraction
    }
}
