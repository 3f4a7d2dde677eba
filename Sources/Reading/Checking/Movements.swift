/// 增减变动。年初、新增、停发、年末: the closing stock follows from the opening one; without an opening one the net change is shown.
enum Movements {
    private static let gains = ["新增", "新纳入", "增加", "调入"], losses = ["停发", "退出", "取消", "减少", "注销", "核减", "清退"]

    static func findings(_ text: CheckedText) -> [Finding] {
        let stocks = text.reading.quantities.filter(\.isCount)
        let openings = stocks.filter { ["年初", "上年末", "去年底", "期初"].contains(where: $0.indicator.contains) }
        let closings = stocks.filter { $0.kind == .stock && ["年末", "年底", "期末", "目前", "现有"].contains(where: $0.sentence.contains) }
        return text.sentences.flatMap { sentence in
            sentence.quantities.compactMap { gain in
                guard let subject = subject(of: gain, gains), let loss = loss(after: gain, subject, in: sentence.quantities) else { return nil }
                guard let more = gain.value, let less = loss.value, let net = more.minus(less) else { return nil }
                func isSame(_ stock: Quantity) -> Bool { stock.unit == gain.unit && subject.count >= 2 && stock.indicator.contains(subject) }
                return compared(subject, gain, loss, net, from: openings.first(where: isSame), to: closings.first(where: isSame))
            }
        }
    }

    private static func compared(_ subject: String, _ gain: Quantity, _ loss: Quantity, _ net: Figure, from opening: Quantity?, to closing: Quantity?) -> Finding? {
        guard let start = opening?.value, let closing, let end = closing.value, let due = start.plus(net) else {
            let change = (net < .zero ? "净减" : "净增") + net.description.replacing("-", with: "") + gain.unit
            return Finding(check: .movement, weight: .note, message: "“\(subject)”\(change)，文中没有期初数，无法与期末数核对", places: [gain.place, loss.place])
        }
        guard due != end else { return nil }
        let message = "“\(subject)”期初\(start)，净变动\(net)，期末应为\(due)，文中写的是\(end)\(gain.unit)"
        return Finding(check: .movement, weight: .fault, message: message, places: [gain.place, loss.place, closing.place])
    }

    /// 低保 of 低保新增; nil when the words name no gain.
    private static func subject(of quantity: Quantity, _ verbs: [String]) -> String? {
        let phrase = Trimming.unpaired(quantity.indicator)
        guard let verb = verbs.first(where: { phrase.hasSuffix($0) }), quantity.isCount else { return nil }
        let subject = String(phrase.dropLast(verb.count))
        return subject.isEmpty ? nil : subject
    }

    private static func loss(after gain: Quantity, _ subject: String, in quantities: [Quantity]) -> Quantity? {
        quantities.first { $0.unit == gain.unit && Self.subject(of: $0, losses) == subject }
    }
}
