/// 领取人数。现有对象200人, 发放补助300人: more are paid than there are, so that the payees are a wider group, or one number is wrong.
enum Payees {
    /// Sentences between those who stand in the register and those who were paid.
    private static let reach = 2

    static func findings(_ text: CheckedText) -> [Finding] {
        text.sentences.enumerated().flatMap { index, sentence in
            sentence.quantities.compactMap { paid in
                guard isPaid(paid, in: sentence), let count = paid.value, let stock = stock(before: paid, index, text), let standing = stock.value else { return nil }
                guard count > standing else { return nil }
                let message = "发放\(paid.spoken)，多于现有“\(stock.indicator)”\(stock.spoken)；领取的人另有范围或者跨年度的，请注明口径"
                return Finding(check: .payee, weight: .question, message: message, places: [stock.place, paid.place])
            }
        }
    }

    /// 发放…金391人263.68万元: people, with money right behind them.
    private static func isPaid(_ quantity: Quantity, in sentence: CheckedText.Sentence) -> Bool {
        guard quantity.unit == "人", quantity.kind == .actual, quantity.comparison == .exactly, quantity.indicator.contains("发放") else { return false }
        return sentence.quantities.contains { $0.unit == "元" && $0.range.lowerBound == quantity.range.upperBound }
    }

    /// The nearest register of 对象 of the same line of business before it, in the same paragraph.
    private static func stock(before paid: Quantity, _ index: Int, _ text: CheckedText) -> Quantity? {
        let paragraph = text.reading.outline.sentences[index].paragraph
        let near = text.sentences[max(0, index - reach) ... index].enumerated().filter { text.reading.outline.sentences[max(0, index - reach) + $0.offset].paragraph == paragraph }
        return near.flatMap(\.element.quantities).last { stock in
            stock.place.range.upperBound <= paid.place.range.lowerBound && stock.unit == "人" && stock.kind == .stock && stock.comparison == .exactly
                && stock.indicator.hasSuffix("对象") && BusinessLine.of(stock) == BusinessLine.of(paid)
        }
    }
}
