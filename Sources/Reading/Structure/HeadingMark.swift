/// 标题序号。一、（一）1.（1）一是: what opens a heading, and how deep it lies.
struct HeadingMark: Sendable {
    enum Level: Int, Sendable, Comparable {
        case title, chapter, first, second, third, fourth, item
        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }

    let level: Level
    /// The place after the mark.
    let end: Int

    static func read(_ marks: Marks, at place: Int) -> HeadingMark? {
        guard place < marks.count else { return nil }
        switch marks[place] {
        case "(": return bracketed(marks, at: place)
        case "第": return chapter(marks, at: place)
        case let mark where mark.isDigit: return numbered(marks, at: place)
        case let mark where (0x2460 ... 0x2473).contains(mark.value): return HeadingMark(level: .fourth, end: place + 1)
        case let mark where ChineseDigits.isNumeral(mark): return counted(marks, at: place)
        default: return nil
        }
    }

    /// （一） and （1）.
    private static func bracketed(_ marks: Marks, at place: Int) -> HeadingMark? {
        guard let close = marks[place...].prefix(5).firstIndex(of: ")"), close > place + 1 else { return nil }
        let inside = marks[place + 1 ..< close], end = close + (close + 1 < marks.count && marks[close + 1] == "、" ? 2 : 1)
        if inside.allSatisfy(ChineseDigits.isNumeral) { return HeadingMark(level: .second, end: end) }
        return inside.allSatisfy(\.isDigit) ? HeadingMark(level: .fourth, end: end) : nil
    }

    /// 第一章, 第一部分.
    private static func chapter(_ marks: Marks, at place: Int) -> HeadingMark? {
        var i = place + 1
        while i < marks.count, ChineseDigits.isNumeral(marks[i]) { i += 1 }
        guard i > place + 1 else { return nil }
        if let word = ["章", "部分", "节", "篇"].first(where: { marks.has($0, at: i) }) { return HeadingMark(level: .chapter, end: i + word.unicodeScalars.count) }
        return i < marks.count && (marks[i] == "," || marks[i] == "、") ? HeadingMark(level: .item, end: i + 1) : nil
    }

    /// 1. and 1、, but not 1.5.
    private static func numbered(_ marks: Marks, at place: Int) -> HeadingMark? {
        var i = place
        while i < marks.count, marks[i].isDigit { i += 1 }
        guard i - place <= 2, i + 1 < marks.count, marks[i] == "." || marks[i] == "、", !marks[i + 1].isDigit else { return nil }
        return HeadingMark(level: .third, end: i + 1)
    }

    /// 一、 and 一是.
    private static func counted(_ marks: Marks, at place: Int) -> HeadingMark? {
        var i = place
        while i < marks.count, ChineseDigits.isNumeral(marks[i]) { i += 1 }
        guard i - place <= 3, i < marks.count else { return nil }
        switch marks[i] {
        case "、", ".": return HeadingMark(level: .first, end: i + 1)
        case "是", "要": return i - place == 1 ? HeadingMark(level: .item, end: i + 1) : nil
        default: return nil
        }
    }
}
