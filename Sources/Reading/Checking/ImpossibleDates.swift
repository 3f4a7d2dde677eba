/// 日期核校。6月31日, 13月, 2月30日.
enum ImpossibleDates {
    static func findings(_ text: CheckedText) -> [Finding] {
        zip(text.reading.outline.sentences, text.reading.dates).flatMap { sentence, dates in
            dates.compactMap { date in
                guard let month = date.month, let day = date.day else { return nil }
                let year = date.year ?? sentence.occasion.year ?? ""
                let length = Day.length(of: month, in: month == 2 && Int(year) == nil ? "2000" : year)
                guard day > length else { return nil }
                return finding("没有\(month)月\(day)日这一天：\(month)月只有\(length)天", date.range, sentence, text)
            }
        } + text.reading.outline.sentences.flatMap { months($0, text) }
    }

    /// 13月, but not 13个月.
    private static func months(_ sentence: TextOutline.Sentence, _ text: CheckedText) -> [Finding] {
        let marks = text.reading.manuscript.paragraphs[sentence.paragraph].marks
        return sentence.range.compactMap { i in
            guard marks[i] == "月", i - 2 >= sentence.range.lowerBound, marks[i - 1].isDigit, marks[i - 2].isDigit else { return nil }
            guard i < 3 || !(marks[i - 3].isDigit || marks[i - 3] == "."), let month = Int(marks.text(i - 2 ..< i)), month > 12 else { return nil }
            return finding("没有\(month)月", i - 2 ..< i + 1, sentence, text)
        }
    }

    private static func finding(_ message: String, _ range: Range<Int>, _ sentence: TextOutline.Sentence, _ text: CheckedText) -> Finding {
        let places = text.reading.manuscript.paragraphs[sentence.paragraph].places
        let original = places[range.lowerBound] ..< places[range.upperBound - 1] + 1
        return Finding(check: .date, weight: .fault, message: message, places: [.init(range: original, line: text.reading.manuscript.line(of: original.lowerBound))])
    }
}
