/// 分句。Divides a paragraph at 。；！ and before 一是、二是.
enum Sentences {
    /// Longer than any sentence people write; what runs on is cut, so that the work stays in proportion to the text.
    static let maximumLength = 1_500
    /// How far from a figure its clause is looked for.
    static let reach = 160

    static func split(_ marks: Marks, _ range: Range<Int>) -> [Range<Int>] {
        var sentences: [Range<Int>] = [], start = range.lowerBound, depth = 0
        for i in range {
            switch marks[i] {
            case "“", "(", "《": depth += 1
            case "”", ")", "》": depth = max(0, depth - 1)
            case "。", "!": close(at: i + 1)
            case ";" where depth == 0: close(at: i + 1)
            case "?" where depth == 0: close(at: i + 1)
            case _ where i > start && (opensItem(marks, at: i) || i - start >= maximumLength): close(at: i)
            default: break
            }
        }
        close(at: range.upperBound)
        return sentences

        func close(at end: Int) {
            if end > start { sentences.append(start ..< end) }
            (start, depth) = (end, 0)
        }
    }

    /// 一是 after a comma or a colon.
    private static func opensItem(_ marks: Marks, at i: Int) -> Bool {
        guard i > 0, marks[i - 1] == "," || marks[i - 1] == ":", ChineseDigits.isNumeral(marks[i]), let mark = HeadingMark.read(marks, at: i) else { return false }
        return mark.level == .item
    }

    /// The clause that holds the place: what stands between commas, colons and stops, and at most `reach` to either side.
    static func clause(_ marks: Marks, at place: Int, in sentence: Range<Int>) -> Range<Int> {
        var start = place, end = place
        let first = max(sentence.lowerBound, place - reach), last = min(sentence.upperBound, place + reach)
        while start > first, !divides(marks, at: start - 1) { start -= 1 }
        while end < last, !divides(marks, at: end) { end += 1 }
        return start ..< end
    }

    static func divides(_ marks: Marks, at i: Int) -> Bool {
        switch marks[i] {
        case ",", ";", ":", "。", "!", "?", "—": true
        default: false
        }
    }
}
