/// 清洗。Makes one line of a document readable: the same sign for the same thing, and nothing that only printing put there.
enum Cleaning {
    /// - Parameter isTraditional: of the whole document; a line may be so by itself.
    static func line(_ original: Marks, _ range: Range<Int>, _ isTraditional: Bool) -> Manuscript.Paragraph {
        let isTraditional = isTraditional || Simplified.isTraditional(original[range])
        var line = Manuscript.Paragraph()
        for place in range {
            guard let mark = plain(original[place]) else { continue }
            line.marks.append(isTraditional ? Simplified.of(mark) : mark)
            line.places.append(place)
        }
        return withoutNoise(line)
    }

    /// The one sign we read for a sign; nil for what nobody sees.
    private static func plain(_ mark: Unicode.Scalar) -> Unicode.Scalar? {
        switch mark.value {
        case 0xFF01 ... 0xFF5D: Unicode.Scalar(mark.value - 0xFEE0)
        case 0x3000, 0xA0, 0x2000 ... 0x200A, 0x202F, 0x205F: " "
        case 0x200B ... 0x200F, 0xFEFF, 0xAD, 0x2060, 0x00 ... 0x08, 0x0E ... 0x1F: nil
        default: signs[mark] ?? mark
        }
    }

    private static let signs: [Unicode.Scalar: Unicode.Scalar] = [
        "「": "“", "」": "”", "『": "“", "』": "”", "〝": "“", "〞": "”", "﹪": "%", "．": ".", "。": "。", "︰": ":", "﹕": ":", "﹔": ";",
        "～": "~", "〜": "~", "∼": "~", "–": "—", "―": "—", "─": "—", "−": "-", "－": "-", "‐": "-", "‑": "-", "‒": "-",
        "•": "·", "・": "·", "‧": "·", "㈠": "一", "〇": "零", "○": "○", "／": "/", "∕": "/",
    ]

    private static func withoutNoise(_ line: Manuscript.Paragraph) -> Manuscript.Paragraph {
        var kept = Manuscript.Paragraph()
        for (i, mark) in line.marks.enumerated() {
            guard let sign = followsNumber(mark, kept.marks, line.marks.dropFirst(i + 1).first) ? " " : sign(mark, at: i, in: line.marks, after: kept.marks.last) else { continue }
            kept.marks.append(sign)
            kept.places.append(line.places[i])
        }
        while kept.marks.last == " " {
            kept.marks.removeLast()
            kept.places.removeLast()
        }
        return kept
    }

    /// 3. 2024年: the space between a heading's number and a year is no noise.
    private static func followsNumber(_ mark: Unicode.Scalar, _ kept: Marks, _ next: Unicode.Scalar?) -> Bool {
        guard mark == " ", kept.last == ".", next?.isDigit == true else { return false }
        let digits = kept.dropLast().reversed().prefix { $0.isDigit }.count, before = kept.dropLast(digits + 1).last
        return (1 ... 2).contains(digits) && (before == nil || before == "。" || before == ";")
    }

    private static func sign(_ mark: Unicode.Scalar, at i: Int, in marks: Marks, after last: Unicode.Scalar?) -> Unicode.Scalar? {
        switch mark {
        case " ", "\t": isDivider(at: i, in: marks, after: last) ? " " : nil
        case "?", "\u{FFFD}": isLost(at: i, in: marks) ? nil : mark
        case "—": dash(at: i, in: marks, after: last)
        default: mark
        }
    }

    /// A space is kept between Latin words and between the cells of a row; all others are printing.
    private static func isDivider(at i: Int, in marks: Marks, after last: Unicode.Scalar?) -> Bool {
        guard let last, last != " ", let next = marks[(i + 1)...].first(where: { $0 != " " && $0 != "\t" }) else { return false }
        if last.isLetter && next.isLetter { return true }
        let isWide = marks[i] == "\t" || (i + 1 < marks.count && (marks[i + 1] == " " || marks[i + 1] == "\t"))
        return isWide && last.isDigit && next.isDigit
    }

    /// A question mark between a digit and a word (5?月2日) is a sign that was lost on the way.
    private static func isLost(at i: Int, in marks: Marks) -> Bool {
        guard i > 0, i + 1 < marks.count else { return false }
        return marks[i - 1].isDigit && (marks[i + 1].isHan || marks[i + 1].isDigit)
    }

    /// One dash joins (2—3家); a long one divides, unless figures stand on both sides.
    private static func dash(at i: Int, in marks: Marks, after last: Unicode.Scalar?) -> Unicode.Scalar? {
        if i > 0, marks[i - 1] == "—" { return nil }
        let end = marks[i...].firstIndex { $0 != "—" } ?? marks.count
        let next = end < marks.count ? marks[end...].first { $0 != " " } : nil
        return end == i + 1 || (last?.isDigit == true && next?.isDigit == true) ? "-" : "—"
    }
}
