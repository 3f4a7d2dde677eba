/// 部分与总数。共60个,其中甲类25个、乙类35个: no part is larger than its whole, nor are they together.
enum Parts {
    static func findings(_ text: CheckedText) -> [Finding] {
        text.sentences.flatMap { sentence in
            groups(in: sentence).compactMap { whole, parts, isNamed in finding(whole, parts, isNamed) }
        }
    }

    private static func finding(_ whole: Quantity, _ parts: [Quantity], _ isNamed: Bool) -> Finding? {
        guard let total = whole.value, whole.comparison == .exactly else { return nil }
        if let larger = parts.first(where: { ($0.value ?? .zero) > total && $0.comparison != .about }) {
            let message = "部分大于总数：“\(larger.indicator)”\(larger.spoken)，而总数“\(whole.indicator)”只有\(whole.spoken)"
            return Finding(check: .parts, weight: .fault, message: message, places: [whole.place, larger.place])
        }
        guard isNamed, parts.count > 1, parts.allSatisfy({ $0.comparison == .exactly && $0.value != nil }), let sum = sum(parts) else { return nil }
        let added = parts.compactMap { $0.value?.description }.joined(separator: "＋"), named = "总数“\(whole.indicator)”\(whole.spoken)"
        let places = [whole.place] + parts.map(\.place)
        if sum > total { return Finding(check: .parts, weight: .fault, message: "各部分相加 \(added)＝\(sum)，大于\(named)", places: places) }
        guard sum < total, let rest = total.minus(sum), let limit = total.times(Figure(2, exponent: -2)), rest < limit else { return nil }
        return Finding(check: .parts, weight: .question, message: "各部分相加 \(added)＝\(sum)，与\(named)差\(rest)，请核对是否漏列或写错", places: places)
    }

    private static func sum(_ parts: [Quantity]) -> Figure? {
        parts.reduce(Figure.zero as Figure?) { sum, part in part.value.flatMap { sum?.plus($0) } }
    }

    /// Each whole with its parts: those after 其中, and those in the brackets right behind it.
    private static func groups(in sentence: CheckedText.Sentence) -> [(Quantity, [Quantity], Bool)] {
        sentence.quantities.indices.flatMap { index -> [(Quantity, [Quantity], Bool)] in
            let whole = sentence.quantities[index]
            guard whole.isCount || whole.isMoney && !whole.unit.contains("/") else { return [] }
            let later = sentence.quantities[(index + 1)...].filter { $0.unit == whole.unit && $0.origin == .counted }
            let inBrackets = bracketed(whole, later, sentence).map { (whole, $0, false) }, afterwards = named(whole, later, sentence).map { (whole, $0, true) }
            return [inBrackets, afterwards].compactMap { $0 }
        }
    }

    private static func bracketed(_ whole: Quantity, _ later: [Quantity], _ sentence: CheckedText.Sentence) -> [Quantity]? {
        guard let open = opening(after: whole, sentence), let close = sentence.marks[open ..< sentence.range.upperBound].firstIndex(of: ")") else { return nil }
        let parts = later.filter { $0.range.lowerBound > open && $0.range.upperBound <= close }
        return parts.isEmpty ? nil : parts
    }

    /// The bracket behind the whole, or behind its twin (20户45人().
    private static func opening(after whole: Quantity, _ sentence: CheckedText.Sentence) -> Int? {
        let twin = sentence.quantities.first { $0.range.lowerBound == whole.range.upperBound }
        let end = twin?.range.upperBound ?? whole.range.upperBound
        return end < sentence.range.upperBound && sentence.marks[end] == "(" ? end : nil
    }

    /// Nothing of the same unit stands between the whole and 其中; the parts run on until the words turn to something else.
    private static func named(_ whole: Quantity, _ later: [Quantity], _ sentence: CheckedText.Sentence) -> [Quantity]? {
        guard let first = later.first else { return nil }
        let between = sentence.between(whole, first)
        guard sentence.marks.has("其中", in: between), !sentence.marks[between].contains("(") else { return nil }
        var parts = [first]
        for part in later.dropFirst() {
            let between = parts[parts.count - 1].range.upperBound ..< part.range.lowerBound
            guard !between.isEmpty, !turns(sentence.marks, between) else { break }
            parts.append(part)
        }
        return parts
    }

    private static func turns(_ marks: Marks, _ between: Range<Int>) -> Bool {
        marks.has(anyOf: ["累计", "发放", "开展", "新增", "共", "同比", "其中", "全年", "占", "办理", "停发", "完成", "服务", "举办", "含"], in: between) || between.count > 24
    }
}
