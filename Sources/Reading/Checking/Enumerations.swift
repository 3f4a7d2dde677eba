/// 列举。甲、乙、丙等3个: what is listed is at most as many as the number says; fewer is only noted.
enum Enumerations {
    static func findings(_ text: CheckedText) -> [Finding] {
        text.sentences.flatMap { sentence in sentence.quantities.compactMap { finding($0, in: sentence) } }
    }

    private static func finding(_ quantity: Quantity, in sentence: CheckedText.Sentence) -> Finding? {
        let end = quantity.range.lowerBound - 1
        guard quantity.isCount, quantity.comparison == .exactly, sentence.marks.has("等", before: end + 1) else { return nil }
        guard let value = quantity.value, Figure(1) < value, value < Figure(21) else { return nil }
        let clause = Sentences.clause(sentence.marks, at: end, in: sentence.range)
        let listed = Figure(Int64(items(sentence.marks, clause.lowerBound ..< end)))
        guard listed > Figure(1), listed != value else { return nil }
        if listed > value { return Finding(check: .list, weight: .fault, message: "列了\(listed)个，却写“等\(quantity.spoken)”", places: [quantity.place]) }
        return Finding(check: .list, weight: .note, message: "“等\(quantity.spoken)”只列出\(listed)个，其余没有写明", places: [quantity.place])
    }

    /// Divided by 、 outside quotation marks and brackets, and by 和 before the last.
    private static func items(_ marks: Marks, _ range: Range<Int>) -> Int {
        var depth = 0, count = 1
        for i in range {
            if "“(《".unicodeScalars.contains(marks[i]) { depth += 1 }
            if "”)》".unicodeScalars.contains(marks[i]) { depth = max(0, depth - 1) }
            if depth == 0, marks[i] == "、" { count += 1 }
        }
        return count
    }
}
