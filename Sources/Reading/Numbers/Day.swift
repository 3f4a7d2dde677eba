/// 文中日期。A day as a document names it; the year may be masked (202x), so it is text.
public struct Day: Hashable, Sendable, CustomStringConvertible {
    public let year: String
    public let month: Int
    public let day: Int

    init(year: String, month: Int, day: Int = 1) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The last day of the month; the twenty-eighth or ninth of a February whose year is masked is the former.
    var end: Day { Day(year: year, month: month, day: Self.length(of: month, in: year)) }

    static func length(of month: Int, in year: String) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: Int(year).map { $0 % 4 == 0 && ($0 % 100 != 0 || $0 % 400 == 0) } == true ? 29 : 28
        default: 31
        }
    }

    static func next(_ year: String) -> String? { Int(year).map { String($0 + 1) } }
    static func previous(_ year: String) -> String? { Int(year).map { String($0 - 1) } }

    /// As a machine reads it: 2024-07-01.
    public var description: String { "\(year)-\(pair(month))-\(pair(day))" }
    private func pair(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// Every year the text names, with 年 or, in a title, without.
    static func years(in marks: Marks) -> [String] {
        marks.indices.compactMap { i in
            guard i == 0 || !marks[i - 1].isDigit else { return nil }
            return year(marks, at: i).map(\.year)
        }
    }

    /// Four digits from 1900 to 2099, of which the last two may be masked; or 二零二四.
    static func year(_ marks: Marks, at place: Int) -> (year: String, end: Int)? {
        guard place + 4 <= marks.count else { return nil }
        let four = marks[place ..< place + 4], end = place + 4
        if end < marks.count, marks[end].isDigit || (marks[end] == "." && end + 1 < marks.count && marks[end + 1].isDigit) { return nil }
        if marks.has("19", at: place) || marks.has("20", at: place) {
            let isMasked = four.contains { $0.isMask }
            guard four.allSatisfy({ $0.isDigit || $0.isMask }), !isMasked || (end < marks.count && marks[end] == "年") else { return nil }
            return (Marks(four).text.replacing("X", with: "x").replacing("×", with: "x").replacing("*", with: "x").replacing("_", with: "x"), end)
        }
        guard marks.has("二零", at: place), end < marks.count, marks[end] == "年", four.allSatisfy({ ChineseDigits.digit($0) != nil }) else { return nil }
        return (String(four.reduce(Int64(0)) { $0 * 10 + (ChineseDigits.digit($1) ?? 0) }), end)
    }
}
