/// How the sheet shows a number, as far as it changes what the number means.
enum CellFormat: Hashable {
    case plain, percent
    /// 000181: as many digits as there are zeros.
    case padded(Int)
    case date, month, time, dateTime
    /// Hours may pass 24.
    case elapsed

    /// The formats every reader knows by number. 27–36 and 50–58 are those of Chinese editions.
    init(builtIn id: Int) {
        self = switch id {
        case 9, 10: .percent
        case 14...16, 28...31, 51, 53, 54, 58: .date
        case 17, 27, 36, 50, 52, 57: .month
        case 18...21, 32...35, 45, 47, 55, 56: .time
        case 22: .dateTime
        case 46: .elapsed
        default: .plain
        }
    }

    /// Read from a format's code: its first section, without quoted text, colours and places.
    init(code: String) {
        let marks = FormatMarks(code)
        self = if marks.isElapsed { .elapsed }
            else if marks.hasDay || marks.hasMonth && !marks.hasYear { marks.hasTime ? .dateTime : .date }
            else if marks.hasYear { marks.hasTime ? .dateTime : .month }
            else if marks.hasTime { .time }
            else if marks.hasPercent { .percent }
            else if let zeros = marks.zeros, zeros > 1 { .padded(zeros) }
            else { .plain }
    }
}

/// Which letters stand in a number format.
private struct FormatMarks {
    private(set) var hasYear = false, hasMonth = false, hasDay = false, hasTime = false, hasPercent = false, isElapsed = false
    /// How many, when there is nothing else.
    private(set) var zeros: Int? = 0
    private var afterHours = false, openMonth = false

    init(_ code: String) {
        guard code.lowercased() != "general", !code.hasPrefix("G/") else { return }
        var letters = Array(code.unicodeScalars)[...]
        while let letter = letters.popFirst(), letter != ";" {
            switch letter {
            case "\"": skip(&letters, to: "\"")
            case "[": bracket(&letters)
            case "\\", "_", "*": _ = letters.popFirst()
            case "e", "E":
                if letters.first == "+" || letters.first == "-" { zeros = nil } else { mark("y") }
            case "A" where letters.starts(with: "M/PM".unicodeScalars): letters = letters.dropFirst(4)
            default: mark(letter)
            }
        }
        if openMonth { hasMonth = true }
    }

    /// An m is minutes after hours and before seconds, and a month elsewhere.
    private mutating func mark(_ letter: UnicodeScalar) {
        switch letter {
        case "y", "Y": hasYear = true
        case "d", "D", "a", "A": hasDay = true
        case "h", "H": (hasTime, afterHours) = (true, true)
        case "s", "S": (hasTime, openMonth, afterHours) = (true, false, false)
        case "m", "M":
            if !afterHours { openMonth = true }
            zeros = nil
            return
        case "%": hasPercent = true
        case "0": zeros = zeros.map { $0 + 1 }
            return
        default: break
        }
        if openMonth, "yYdDhH".unicodeScalars.contains(letter) { (hasMonth, openMonth) = (true, false) }
        if "yYdD".unicodeScalars.contains(letter) { afterHours = false }
        zeros = nil
    }

    private mutating func bracket(_ letters: inout ArraySlice<UnicodeScalar>) {
        if let first = letters.first, "hHmMsS".unicodeScalars.contains(first) {
            let inside = letters.prefix { $0 != "]" }
            if inside.allSatisfy({ $0 == first }) { (isElapsed, hasTime) = (true, true) }
        }
        skip(&letters, to: "]")
    }

    private func skip(_ letters: inout ArraySlice<UnicodeScalar>, to end: UnicodeScalar) {
        while let letter = letters.popFirst(), letter != end {}
    }
}
