/// 合计。A 12个、B 15个,合计27个: a total said right after its parts is their sum.
enum Totals {
    static func findings(_ text: CheckedText) -> [Finding] {
        text.sentences.flatMap { sentence in sentence.quantities.indices.compactMap { finding(at: $0, in: sentence) } }
    }

    private static func finding(at index: Int, in sentence: CheckedText.Sentence) -> Finding? {
        let total = sentence.quantities[index]
        guard let value = total.value, total.comparison == .exactly, isTotal(at: index, in: sentence) else { return nil }
        let parts = sentence.quantities[..<index].filter { $0.unit == total.unit }
        guard parts.count > 1, parts.allSatisfy({ $0.comparison == .exactly && $0.value != nil }),
              let sum = parts.reduce(Figure.zero as Figure?, { sum, part in part.value.flatMap { sum?.plus($0) } }), sum != value else { return nil }
        let added = parts.compactMap { $0.value?.description }.joined(separator: "＋")
        return Finding(check: .total, weight: .fault, message: "合计不符：\(added)＝\(sum)，文中写的是\(value)\(total.unit)", places: parts.map(\.place) + [total.place])
    }

    /// 合计 stands right between the last part and the total.
    private static func isTotal(at index: Int, in sentence: CheckedText.Sentence) -> Bool {
        guard index >= 2 else { return false }
        let between = sentence.marks.text(sentence.between(sentence.quantities[index - 1], sentence.quantities[index])).trimmed
        return ["合计", "共计", "总计", "合计共", "三项合计", "两项合计", "以上合计"].contains(between)
    }
}
