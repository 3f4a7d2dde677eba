/// 标准×人数。每人每月80元, 500人次, 发放4万元: what was paid follows from the rate and the heads.
enum Allowances {
    static func findings(_ text: CheckedText) -> [Finding] {
        text.sentences.flatMap { sentence in perTime(sentence) + perHead(text, sentence) }
    }

    // MARK: person-times

    /// A rate, then money and person-times side by side.
    private static func perTime(_ sentence: CheckedText.Sentence) -> [Finding] {
        sentence.quantities.indices.dropFirst().compactMap { index in
            let paid = sentence.quantities[index - 1], times = sentence.quantities[index]
            guard paid.unit == "元", times.unit == "人次", paid.range.upperBound == times.range.lowerBound, paid.comparison == .exactly else { return nil }
            guard let money = paid.value, let count = times.value, let rate = sentence.quantities[..<index].last(where: isRate), let unit = rate.value,
                  let due = unit.times(count), !isNear(due, money) else { return nil }
            let message = "\(count)人次×\(unit)元＝\(due)元，文中发放\(money)元；如人次不等于人月，请注明口径"
            return Finding(check: .allowance, weight: .question, message: message, places: [rate.place, paid.place, times.place])
        }
    }

    // MARK: heads and months

    /// Two rates for two ages, with the heads of all and of the elder ones, and the sum paid.
    private static func perHead(_ text: CheckedText, _ sentence: CheckedText.Sentence) -> [Finding] {
        guard let first = sentence.quantities.firstIndex(where: isRate) else { return [] }
        let rates = sentence.quantities[first...].prefix { isRate($0) || $0.unit == "岁" }.filter(isRate)
        guard let last = rates.last, let lastIndex = sentence.quantities.firstIndex(where: { $0.range == last.range }),
              let paid = sentence.quantities[(lastIndex + 1)...].first, paid.unit == "元", let money = paid.value, paid.comparison == .exactly else { return [] }
        let heads = sentence.quantities[..<first].filter { $0.unit == "人" && $0.kind == .stock && $0.comparison == .exactly }
        guard let monthly = monthly(rates.compactMap(\.value), heads.compactMap(\.value)), let yearly = monthly.value.times(Figure(12)),
              monthly.value > .zero, !isWholeMonths(money, monthly.value) else { return [] }
        let message = "\(monthly.words)＝每月\(monthly.value)元，十二个月为\(yearly)元，文中发放\(money)元，不合整月；请核对截止日期和人数变动"
        return [Finding(check: .allowance, weight: .question, message: message, places: heads.map(\.place) + rates.map(\.place) + [paid.place])]
    }

    /// One rate and one head count; or two of each, where the second head count is part of the first.
    private static func monthly(_ rates: [Figure], _ heads: [Figure]) -> (value: Figure, words: String)? {
        if rates.count == 1, heads.count == 1 { return rates[0].times(heads[0]).map { ($0, "\(heads[0])人×\(rates[0])元") } }
        guard rates.count == 2, heads.count == 2, let rest = heads[0].minus(heads[1]), rest > .zero,
              let low = rest.times(rates[0]), let high = heads[1].times(rates[1]), let sum = low.plus(high) else { return nil }
        return (sum, "（\(heads[0])－\(heads[1])）人×\(rates[0])元＋\(heads[1])人×\(rates[1])元")
    }

    private static func isRate(_ quantity: Quantity) -> Bool { quantity.unit == "元/人/月" && quantity.value != nil }

    /// Within a hundredth of one to twelve months.
    private static func isWholeMonths(_ paid: Figure, _ monthly: Figure) -> Bool {
        (1 ... 12).contains { months in monthly.times(Figure(Int64(months))).map { isNear($0, paid) } ?? false }
    }

    private static func isNear(_ a: Figure, _ b: Figure) -> Bool {
        guard let difference = a.minus(b), let limit = b.times(Figure(1, exponent: -2)) else { return true }
        return difference < limit && Figure(-difference.mantissa, exponent: difference.exponent) < limit
    }
}
