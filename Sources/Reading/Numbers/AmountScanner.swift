/// 数量扫描。Finds every amount and date of one sentence, in order.
struct AmountScanner {
    let marks: Marks
    let sentence: Range<Int>
    /// In a heading 四项“重点工程” only counts what follows.
    let isHeading: Bool

    private(set) var amounts: [Amount] = []
    private(set) var dates: [DateMention] = []
    private var i: Int
    private var previousEnd: Int

    init(_ marks: Marks, _ sentence: Range<Int>, isHeading: Bool = false) {
        (self.marks, self.sentence, self.isHeading) = (marks, sentence, isHeading)
        (i, previousEnd) = (sentence.lowerBound, sentence.lowerBound)
        while i < sentence.upperBound { step() }
        Combining.combine(&amounts, marks, sentence)
    }

    private mutating func step() {
        let mark = marks[i]
        if mark.isDigit || mark.isMask || ChineseDigits.isNumeral(mark) { return number() }
        if mark == "每" { return each() }
        if mark == "“", let checklist = Checklists.read(marks, at: i, in: sentence) { return keep([checklist]) }
        if mark == "百", marks.has("百分之", at: i), let share = share() { return keep([share]) }
        let claims = Claims.read(marks, at: i, in: sentence)
        if claims.isEmpty { i += 1 } else { keep(claims) }
    }

    private mutating func keep(_ found: [Amount]) {
        amounts += found
        i = max(i + 1, found.map(\.range.upperBound).max() ?? i)
        if found.last?.unit.sort != .age { previousEnd = i }
    }

    private mutating func number() {
        if isFree, let date = DateMention.read(marks, at: i, until: sentence.upperBound) {
            dates.append(date)
            i = date.range.upperBound
            return
        }
        if marks[i] == "百", marks.has("百分之", at: i), let share = share() { return keep([share]) }
        if marks[i] == "零" {
            let claims = Claims.read(marks, at: i, in: sentence)
            if !claims.isEmpty { return keep(claims) }
        }
        let start = max(previousEnd, clauseStart)
        if let amount = CountedAmount(marks: marks, sentence: sentence).read(at: i, after: start), !isHeading || amount.script == .arabic { return keep([amount]) }
        skipNumber()
    }

    /// Not the tail of a word or of another number.
    private var isFree: Bool { i == sentence.lowerBound || !(marks[i - 1].isDigit || marks[i - 1].isLetter || marks[i - 1] == "." || marks[i - 1] == "第") }

    private var clauseStart: Int { Sentences.clause(marks, at: i, in: sentence).lowerBound }

    private mutating func skipNumber() {
        let wasDigit = marks[i].isDigit || marks[i].isMask, isOrdinal = i > sentence.lowerBound && marks[i - 1] == "第"
        i += 1
        while isOrdinal, i < sentence.upperBound, ChineseDigits.isNumeral(marks[i]) { i += 1 }
        while wasDigit, i < sentence.upperBound, marks[i].isDigit || marks[i].isMask || (marks[i] == "." && i + 1 < sentence.upperBound && marks[i + 1].isDigit) { i += 1 }
    }

    /// 每日 is a rhythm; 每千名 only says per what.
    private mutating func each() {
        if let rhythm = Rhythms.read(marks, at: i, in: sentence) { return keep([rhythm]) }
        i += 1
        while i < sentence.upperBound, ChineseDigits.isNumeral(marks[i]) || marks[i].isDigit { i += 1 }
    }

    /// 百分之八十.
    private func share() -> Amount? {
        guard let numeral = i + 3 < sentence.upperBound ? Numeral.read(marks, at: i + 3, until: sentence.upperBound) : nil, let value = numeral.value else { return nil }
        return Amount(range: i ..< numeral.range.upperBound, value: value, unit: .percent, script: numeral.script)
    }
}
