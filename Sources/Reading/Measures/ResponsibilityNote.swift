/// 责任说明。(责任单位:区住建局、各街道;完成时限:6月底前), 由县民政局牵头.
struct ResponsibilityNote: Sendable {
    var duty = Responsibility()
    var deadline: Day?
    /// Whether the sentence says nothing else, so that it speaks of the measures before it.
    var isAlone = false

    private enum Part: Sendable { case leading, responsible, person, deadline }

    private static let labels = Lexicon<Part>(
        words("牵头单位 牵头部门 牵头科室 牵头领导 牵头处室 主办单位", .leading)
            + words("责任单位 责任部门 责任科室 责任处室 配合单位 配合部门 责任主体 承办单位 承办科室 协办单位 配合科室 实施单位", .responsible)
            + words("责任人 责任领导 分管领导 联系人 负责人", .person)
            + words("完成时限 完成时间 完成期限 时间节点 时限要求 办结时限 时限", .deadline))

    private static func words(_ words: String, _ part: Part) -> [(String, Part)] { words.split(separator: " ").map { (String($0), part) } }

    /// Whether a note begins at the place, in brackets or not.
    static func opens(_ marks: Marks, at place: Int) -> Bool {
        guard place < marks.count else { return false }
        return labels.match(marks, at: marks[place] == "(" ? place + 1 : place, until: marks.count) != nil
    }

    static func read(_ marks: Marks, _ sentence: Range<Int>, _ dates: [DateMention], _ occasion: Occasion) -> ResponsibilityNote? {
        var note = ResponsibilityNote(), first: Int?
        var i = sentence.lowerBound
        while i < sentence.upperBound {
            guard let (part, end) = labels.match(marks, at: i, until: sentence.upperBound), end < sentence.upperBound, marks[end] == ":" else { i += 1; continue }
            first = first ?? i
            let value = value(marks, from: end + 1, in: sentence)
            note.set(part, marks, value, dates, occasion)
            i = value.upperBound
        }
        if first == nil { note.duty.leading = leader(marks, sentence) }
        guard !note.duty.isEmpty || note.deadline != nil else { return nil }
        note.isAlone = first.map { $0 - sentence.lowerBound <= 1 } ?? false
        return note
    }

    private mutating func set(_ part: Part, _ marks: Marks, _ value: Range<Int>, _ dates: [DateMention], _ occasion: Occasion) {
        let text = marks.text(value).trimmed
        switch part {
        case .leading: duty.leading = joined(duty.leading, text)
        case .responsible: duty.responsible = joined(duty.responsible, text)
        case .person: duty.person = text
        case .deadline: deadline = Deadline.read(marks, value, dates, occasion, isStated: true)
        }
    }

    private func joined(_ old: String?, _ new: String) -> String { old.map { $0 + "、" + new } ?? new }

    /// To the next label, stop or closing bracket.
    private static func value(_ marks: Marks, from start: Int, in sentence: Range<Int>) -> Range<Int> {
        var end = start, depth = 0
        while end < sentence.upperBound {
            if marks[end] == "(" { depth += 1 }
            if marks[end] == ")" { depth -= 1 }
            if depth < 0 || marks[end] == ";" || marks[end] == "。" || (end > start && labels.match(marks, at: end, until: sentence.upperBound) != nil) { break }
            end += 1
        }
        return start ..< end
    }

    /// (救助科牵头), 由县民政局牵头.
    private static func leader(_ marks: Marks, _ sentence: Range<Int>) -> String? {
        guard let verb = marks.first(of: "牵头", in: sentence), verb > sentence.lowerBound else { return nil }
        var start = verb
        while start > sentence.lowerBound, marks[start - 1].isHan || marks[start - 1] == "、", verb - start < 24, marks[start - 1] != "由" { start -= 1 }
        let opens = start > sentence.lowerBound && (marks[start - 1] == "(" || marks[start - 1] == "由")
        let name = marks.text(start ..< verb).trimmed
        return opens && name.count >= 2 ? name : nil
    }
}
