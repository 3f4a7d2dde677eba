/// 数字。A number as it stands in a text: Arabic or Chinese digits, with what loosens it (余、多、几) and what hides it (3xx).
struct Numeral: Sendable {
    enum Script: Sendable { case arabic, chinese }

    /// nil when the text itself masks the digits.
    let value: Figure?
    let script: Script
    /// 余、多、几、来: at least.
    let isLoose: Bool
    let range: Range<Int>

    /// The numeral that starts at the place.
    static func read(_ marks: Marks, at place: Int, until end: Int) -> Numeral? {
        let mark = marks[place]
        if mark.isDigit || mark.isMask { return arabic(marks, at: place, until: end) }
        if mark == "百" || ChineseDigits.isNumeral(mark) { return chinese(marks, at: place, until: end) }
        return nil
    }

    /// 350.5万, 1,234, 60万余, 3xx余万, 2000多.
    private static func arabic(_ marks: Marks, at place: Int, until end: Int) -> Numeral? {
        guard let digits = ArabicDigits.read(marks, at: place, until: end) else { return nil }
        var value = digits.value, i = digits.end, isLoose = false
        if let tail = loose(marks, at: i, until: end) { (isLoose, i) = (true, tail) }
        var scale = 0
        while i < end, let powers = ChineseDigits.powers[marks[i]], !isOtherWord(marks, at: i, until: end) {
            value = value?.shifted(powers)
            scale += powers
            i += 1
        }
        if let rest = remainder(marks, at: i, until: end, below: scale), let whole = value, let sum = rest.value.flatMap(whole.plus) {
            return Numeral(value: sum, script: .arabic, isLoose: rest.isLoose, range: place ..< rest.range.upperBound)
        }
        if let tail = loose(marks, at: i, until: end) { (isLoose, i) = (true, tail) }
        return Numeral(value: value, script: .arabic, isLoose: isLoose, range: place ..< i)
    }

    /// 3万5千, 1亿2000万: the smaller part of a number.
    private static func remainder(_ marks: Marks, at place: Int, until end: Int, below scale: Int) -> Numeral? {
        guard scale > 0, place < end, marks[place].isDigit, let rest = arabic(marks, at: place, until: end), let value = rest.value else { return nil }
        return value < Figure(1, exponent: scale) ? rest : nil
    }

    private static func chinese(_ marks: Marks, at place: Int, until end: Int) -> Numeral? {
        var i = place
        while i < end, ChineseDigits.isNumeral(marks[i]) { i += 1 }
        guard i > place, var value = ChineseDigits.value(marks[place ..< i]) else { return nil }
        let tail = loose(marks, at: i, until: end)
        if let tail { i = tail }
        while tail != nil, i < end, let powers = ChineseDigits.powers[marks[i]] {
            value = value.shifted(powers)
            i += 1
        }
        return Numeral(value: value, script: .chinese, isLoose: tail != nil, range: place ..< i)
    }

    private static func loose(_ marks: Marks, at i: Int, until end: Int) -> Int? {
        guard i < end, marks[i] == "余" || marks[i] == "多" || marks[i] == "几" || marks[i] == "来" || marks[i] == "+" else { return nil }
        return i + 1
    }

    /// 千克, 千米, 千瓦 are units, not thousands.
    private static func isOtherWord(_ marks: Marks, at i: Int, until end: Int) -> Bool {
        marks[i] == "千" && i + 1 < end && (marks[i + 1] == "克" || marks[i + 1] == "米" || marks[i + 1] == "瓦" || marks[i + 1] == "伏")
    }
}

/// Digits 0–9, thousands commas, one point; and masks among them.
enum ArabicDigits {
    static func read(_ marks: Marks, at place: Int, until end: Int) -> (value: Figure?, end: Int)? {
        var text = "", i = place, isMasked = false, hasPoint = false
        while i < end {
            let mark = marks[i]
            if mark.isDigit {
                text.unicodeScalars.append(mark)
            } else if mark.isMask {
                isMasked = true
            } else if mark == ".", !hasPoint, i > place, i + 1 < end, marks[i + 1].isDigit || marks[i + 1].isMask {
                text += "."
                hasPoint = true
            } else if mark != "," || hasPoint || !isThousands(marks, comma: i, from: place, until: end) {
                break
            }
            i += 1
        }
        if isMasked { return (nil, i) }
        return Figure(text).map { ($0, i) }
    }

    /// A comma with one to three digits before it and exactly three after it.
    private static func isThousands(_ marks: Marks, comma: Int, from place: Int, until end: Int) -> Bool {
        let before = comma - (marks[place ..< comma].lastIndex(of: ",") ?? place - 1) - 1
        guard (1 ... 3).contains(before), comma + 3 < end, marks[comma + 1 ... comma + 3].allSatisfy(\.isDigit) else { return false }
        return comma + 4 >= end || !marks[comma + 4].isDigit
    }
}
