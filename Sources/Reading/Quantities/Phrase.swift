/// 指标名称。The words that say what an amount is of: those before it (发放补贴30万元) or after it (新建3所学校).
struct Phrase {
    let marks: Marks
    let sentence: Range<Int>
    let amounts: [Amount]
    let dates: [DateMention]

    /// The phrase of each amount of the sentence, in order.
    func all() -> [String] {
        var phrases: [String] = []
        for index in amounts.indices {
            let last = phrases.last.map { (amount: amounts[index - 1], phrase: $0) }
            phrases.append(phrase(at: index, after: last))
        }
        return phrases
    }

    /// The phrase, and for 20户45人 which of the two it is.
    private func phrase(at index: Int, after last: (amount: Amount, phrase: String)?) -> String {
        let bare = last.map { (amount: $0.amount, phrase: Trimming.unpaired($0.phrase)) }
        return words(at: index, after: bare) + (isPaired(index) ? Trimming.pairs[amounts[index].unit.name] ?? "" : "")
    }

    private func isPaired(_ index: Int) -> Bool {
        let range = amounts[index].range
        return (index > 0 && amounts[index - 1].range.upperBound == range.lowerBound) || (index + 1 < amounts.count && amounts[index + 1].range.lowerBound == range.upperBound)
    }

    private func words(at index: Int, after last: (amount: Amount, phrase: String)?) -> String {
        let amount = amounts[index]
        if let phrase = amount.phrase { return Trimming.lead(phrase) }
        let clause = Sentences.clause(marks, at: amount.range.lowerBound, in: sentence)
        let before = amount.isRaise ? beforeRaise(beforeRange(index, clause)) : beforeRange(index, clause), after = afterRange(index, clause)
        let lead = Trimming.lead(marks.text(before)), tail = Trimming.tail(marks.text(after))
        if amount.origin == .checklist || amount.origin == .rhythm { return (marks.text(amount.range) + tail).trimmed }
        if amount.unit.sort == .age { return Trimming.joined(tail.isEmpty ? lead : tail, "年龄") }
        if lead.isEmpty, Trimming.takesPart.contains(tail), let last { return last.phrase + tail }
        if lead.isEmpty, isBound(index, after), let last, clause.contains(last.amount.range.lowerBound) { return last.phrase }
        if lead.isEmpty, let standard = standard(after) { return standard }
        if isBound(index, after) { return lead.isEmpty ? earlier(clause) ?? last?.phrase ?? "" : carried(lead, after: last, index) }
        return Trimming.joined(Trimming.verb(lead), tail)
    }

    /// From the start of the clause, or the end of the amount before.
    private func beforeRange(_ index: Int, _ clause: Range<Int>) -> Range<Int> {
        let end = amounts[index].range.lowerBound
        let previous = amounts[..<index].lastIndex { $0.range.upperBound > clause.lowerBound && $0.unit.sort != .age }
        var start = min(max(clause.lowerBound, previous.map { amounts[$0].range.upperBound } ?? clause.lowerBound), end)
        if let previous, !isBound(previous, afterRange(previous, clause)), let joint = marks[start ..< end].lastIndex(where: Self.isJoint) { start = joint + 1 }
        let date = dates.last { $0.range.lowerBound >= start && $0.range.lowerBound <= start + 3 && $0.range.upperBound <= end }
        return (date?.range.upperBound ?? start) ..< end
    }

    private static func isJoint(_ mark: Unicode.Scalar) -> Bool { mark == "、" || mark == "和" || mark == "及" || mark == "与" }

    /// 覆盖率从2020年的: what rises stands before 从.
    private func beforeRaise(_ before: Range<Int>) -> Range<Int> {
        let from = marks[before].suffix(10).lastIndex { $0 == "从" || $0 == "由" }
        return before.lowerBound ..< (from.map { $0 > before.lowerBound ? $0 : before.upperBound } ?? before.upperBound)
    }

    /// To the next amount, stroke or stop.
    private func afterRange(_ index: Int, _ clause: Range<Int>) -> Range<Int> {
        let start = min(amounts[index].range.upperBound, clause.upperBound)
        let next = amounts[(index + 1)...].first { $0.unit.sort != .age }?.range.lowerBound ?? clause.upperBound
        return start ..< max(start, min(next, clause.upperBound))
    }

    /// Whether the words that matter stand before: the amount ends its part of the sentence.
    private func isBound(_ index: Int, _ after: Range<Int>) -> Bool {
        guard let first = after.first else { return true }
        return "、)(”及和与以并".unicodeScalars.contains(marks[first]) || marks.has("的标准", at: first)
    }

    /// 调高补助标准,由70元调整为90元: the words of the clause before.
    private func earlier(_ clause: Range<Int>) -> String? {
        guard clause.lowerBound - 2 >= sentence.lowerBound else { return nil }
        let before = Sentences.clause(marks, at: clause.lowerBound - 2, in: sentence)
        return marks[before].contains(where: \.isDigit) ? nil : Trimming.lead(marks.text(before))
    }

    /// 每人每月80元的标准…发放护理补贴: 护理补贴标准.
    private func standard(_ after: Range<Int>) -> String? {
        guard marks.has("的标准", at: after.lowerBound), let verb = marks.first(of: "发放", in: after) else { return nil }
        let thing = Trimming.tail(marks.text(verb + 2 ..< after.upperBound))
        return thing.isEmpty ? nil : thing + "标准"
    }

    /// 低保新增…、停发…: a bare verb speaks of what was named before.
    private func carried(_ lead: String, after last: (amount: Amount, phrase: String)?, _ index: Int) -> String {
        guard let last, Trimming.changes.contains(lead), let subject = Trimming.subject(of: last.phrase) else { return lead }
        return subject + lead
    }
}
