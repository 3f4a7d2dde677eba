/// 升降。由700元提高到690元: what is said to rise has risen.
enum Raises {
    private static let up = ["提高", "提升", "增加", "增长", "上升", "上调", "增至", "提至", "升至", "调高", "提标", "扩大"]
    private static let down = ["降低", "下降", "降至", "减少", "下调", "缩减", "压缩", "缩短", "减至"]

    static func findings(_ text: CheckedText) -> [Finding] {
        text.sentences.flatMap { sentence in
            sentence.quantities.compactMap { quantity in
                guard let value = quantity.value, let previous = quantity.previous, value != previous else { return nil }
                let rises = sentence.marks.has(anyOf: up, in: quantity.range), falls = sentence.marks.has(anyOf: down, in: quantity.range)
                guard rises != falls, rises == (value < previous) else { return nil }
                return Finding(check: .raise, weight: .fault, message: "说的是\(rises ? "提高" : "降低")，数却由\(previous)变成\(value)\(quantity.unit)", places: [quantity.place])
            }
        }
    }
}
