/// 比率。26人,其中持证14人,持证率53.8%: a rate follows from the counts beside it; a share is at most 100%.
enum Rates {
    static func findings(_ text: CheckedText) -> [Finding] {
        text.sentences.flatMap { sentence in
            sentence.quantities.compactMap(beyond) + sentence.quantities.indices.compactMap { wrong(at: $0, in: sentence) }
        }
    }

    private static let shares = ["覆盖率", "合格率", "占比", "满意率", "满意度", "办结率", "火化率", "持证率", "入住率", "知晓率", "参保率", "年检率", "保障率", "供养率", "探访率", "答复率", "安葬率", "利用率", "准确率", "达标率"]

    private static func beyond(_ quantity: Quantity) -> Finding? {
        guard quantity.unit == "%", let value = quantity.value, value > .hundred, shares.contains(where: { quantity.indicator.hasSuffix($0) }) else { return nil }
        return Finding(check: .rate, weight: .fault, message: "“\(quantity.indicator)”不会超过100%，文中写的是\(value)%", places: [quantity.place])
    }

    private static func wrong(at index: Int, in sentence: CheckedText.Sentence) -> Finding? {
        let rate = sentence.quantities[index]
        guard index >= 2, rate.unit == "%", rate.comparison == .exactly, let stated = rate.value else { return nil }
        let part = sentence.quantities[index - 1], whole = sentence.quantities[index - 2]
        guard part.unit == whole.unit, part.isCount || part.isMoney, part.comparison == .exactly, whole.comparison == .exactly else { return nil }
        guard let share = part.value, let total = whole.value, total > share, share > .zero else { return nil }
        guard isShare(rate, of: part, in: whole, sentence), let right = percent(share, of: total, like: stated), isApart(right, stated) else { return nil }
        return Finding(check: .rate, weight: .fault, message: "比率不符：\(share)÷\(total)＝\(right)%，文中“\(rate.indicator)”写的是\(stated)%", places: [whole.place, part.place, rate.place])
    }

    /// 其中 joins part and whole, and the rate speaks of them: 占…, 占比, …率.
    private static func isShare(_ rate: Quantity, of part: Quantity, in whole: Quantity, _ sentence: CheckedText.Sentence) -> Bool {
        let words = sentence.marks.text(sentence.between(part, rate))
        guard sentence.marks.has("其中", in: sentence.between(whole, part)), !["同比", "增长", "提高", "下降", "上年", "去年"].contains(where: words.contains) else { return false }
        return words.contains("占") || words.contains("率") || words.contains("比例")
    }

    /// The share rounded to as many decimals as the text gives.
    static func percent(_ share: Figure, of total: Figure, like stated: Figure) -> Figure? {
        let decimals = max(0, -stated.exponent), low = min(share.exponent, total.exponent)
        guard decimals <= 4, let above = share.units(decimals: -low), let below = total.units(decimals: -low), below > 0, above < Int128(1) << 90 else { return nil }
        let scale = (0 ..< decimals + 2).reduce(Int128(1)) { value, _ in value * 10 }
        let rounded = (above * scale * 2 + below) / (below * 2)
        return Int64(exactly: rounded).map { Figure($0, exponent: -decimals) }
    }

    /// Apart by more than the last digit.
    private static func isApart(_ right: Figure, _ stated: Figure) -> Bool {
        guard let difference = right.minus(stated) else { return false }
        let step = Figure(1, exponent: min(0, stated.exponent))
        return difference > step || Figure(-difference.mantissa, exponent: difference.exponent) > step
    }
}
