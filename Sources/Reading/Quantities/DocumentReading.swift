/// 读文稿。Everything read from one document: its outline and its quantities.
public struct DocumentReading: Sendable {
    public let manuscript: Manuscript
    public let outline: TextOutline
    public let quantities: [Quantity]
    /// The dates of each sentence of the outline.
    let dates: [[DateMention]]

    public init(_ text: String) {
        let manuscript = Manuscript(text)
        let outline = TextOutline(manuscript)
        var quantities: [Quantity] = [], dates: [[DateMention]] = []
        for (index, sentence) in outline.sentences.enumerated() {
            let reader = SentenceReader(manuscript, sentence, at: index)
            quantities += reader.quantities()
            dates.append(reader.scanner.dates)
        }
        (self.manuscript, self.outline, self.quantities, self.dates) = (manuscript, outline, quantities, dates)
    }
}

/// Makes quantities of the amounts of one sentence.
struct SentenceReader {
    let manuscript: Manuscript
    let sentence: TextOutline.Sentence
    let index: Int
    let scanner: AmountScanner

    init(_ manuscript: Manuscript, _ sentence: TextOutline.Sentence, at index: Int) {
        (self.manuscript, self.sentence, self.index) = (manuscript, sentence, index)
        scanner = AmountScanner(manuscript.paragraphs[sentence.paragraph].marks, sentence.range, isHeading: sentence.isHeading)
    }

    private var paragraph: Manuscript.Paragraph { manuscript.paragraphs[sentence.paragraph] }

    func quantities() -> [Quantity] {
        let amounts = scanner.amounts, marks = paragraph.marks
        let phrases = Phrase(marks: marks, sentence: sentence.range, amounts: amounts, dates: scanner.dates).all()
        let kinds = Kinds(marks: marks, sentence: sentence.range, occasion: sentence.occasion)
        var found: [Quantity] = [], last: Quantity.Kind?
        for (amount, phrase) in zip(amounts, phrases) {
            let kind = kinds.kind(of: amount, phrase: phrase, after: last)
            if kind != .standard { last = kind }
            found += made(amount, phrase, kind)
        }
        return found
    }

    /// A range is two quantities, 下限 and 上限.
    private func made(_ amount: Amount, _ phrase: String, _ kind: Quantity.Kind) -> [Quantity] {
        guard let upper = amount.upper else { return [quantity(amount, phrase, kind, amount.value, amount.previous, amount.comparison)] }
        return [quantity(amount, phrase + "(下限)", kind, amount.value, amount.previous, .atLeast),
                quantity(amount, phrase + "(上限)", kind, upper, amount.previousUpper, .atMost)]
    }

    private func quantity(_ amount: Amount, _ phrase: String, _ kind: Quantity.Kind, _ value: Figure?, _ previous: Figure?, _ comparison: Comparison) -> Quantity {
        let periods = Periods(occasion: sentence.occasion, dates: scanner.dates, marks: paragraph.marks, sentence: sentence.range)
        let period = periods.period(of: amount, kind)
        let start = paragraph.places[amount.range.lowerBound], end = paragraph.places[max(amount.range.lowerBound, amount.range.upperBound - 1)] + 1
        return Quantity(indicator: phrase, comparison: comparison, value: value, unit: amount.unit.name, previous: previous, from: period.from, until: period.until, kind: kind,
                        place: .init(range: start ..< end, line: manuscript.line(of: start)), sentence: words(around: amount), path: sentence.path,
                        isInDigits: amount.script == .arabic, origin: amount.origin, range: amount.range, sentenceIndex: index)
    }

    /// The clause of the amount, with up to three on either side that hold amounts too.
    private func words(around amount: Amount) -> String {
        let marks = paragraph.marks
        var range = Sentences.clause(marks, at: amount.range.lowerBound, in: sentence.range)
        range = range.lowerBound ..< max(range.upperBound, amount.range.upperBound)
        for _ in 0 ..< 3 where range.lowerBound > sentence.range.lowerBound + 1 {
            let before = Sentences.clause(marks, at: range.lowerBound - 2, in: sentence.range)
            guard before.upperBound < range.lowerBound, holdsAmount(before) else { break }
            range = before.lowerBound ..< range.upperBound
        }
        for _ in 0 ..< 3 where range.upperBound + 1 < sentence.range.upperBound {
            let after = Sentences.clause(marks, at: range.upperBound + 1, in: sentence.range)
            guard after.lowerBound > range.upperBound, holdsAmount(after) else { break }
            range = range.lowerBound ..< after.upperBound
        }
        return manuscript.original(range, of: paragraph).trimmed
    }

    /// Amounts stand in order, so that the first one past the start decides.
    private func holdsAmount(_ range: Range<Int>) -> Bool {
        var low = 0, high = scanner.amounts.count
        while low < high {
            let middle = (low + high) / 2
            if scanner.amounts[middle].range.lowerBound < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < scanner.amounts.count && range.contains(scanner.amounts[low].range.lowerBound)
    }
}
