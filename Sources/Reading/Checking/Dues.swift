/// 应付未付。应支出30万元: what is owed is not what was paid, and is not added to it.
enum Dues {
    private static let words = ["应支出", "应发放", "应付", "应拨", "应补发", "应兑现", "待支付", "待发放", "待拨付"]

    static func findings(_ text: CheckedText) -> [Finding] {
        text.sentences.flatMap { sentence in
            sentence.quantities.compactMap { quantity in
                guard quantity.isMoney, !quantity.unit.contains("/"), quantity.kind == .actual, let word = words.first(where: quantity.indicator.contains) else { return nil }
                let message = "“\(quantity.indicator)”\(quantity.spoken)是\(word)的数，不是已经支付的数；汇总时不要与实际支出相加"
                return Finding(check: .due, weight: .note, message: message, places: [quantity.place])
            }
        }
    }
}
