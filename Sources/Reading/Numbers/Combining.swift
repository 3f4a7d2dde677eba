/// 合并。Amounts that belong together: 由X提高到Y, 两个100%, 均达100%, 均为….
enum Combining {
    static func combine(_ amounts: inout [Amount], _ marks: Marks, _ sentence: Range<Int>) {
        share(&amounts, marks)
        raise(&amounts, marks, sentence)
        amounts = amounts.flatMap { repeated($0, marks, sentence) }
        restate(&amounts, marks, sentence)
    }

    // MARK: 每人每月70元和90元

    /// In a list the later amounts are per the same as the first.
    private static func share(_ amounts: inout [Amount], _ marks: Marks) {
        for i in amounts.indices.dropFirst() where amounts[i].unit.sort == .money && amounts[i - 1].unit.head == amounts[i].unit.name {
            let between = amounts[i - 1].range.upperBound ..< max(amounts[i - 1].range.upperBound, amounts[i].range.lowerBound)
            guard between.count == 1, marks[between.lowerBound] == "、" || marks[between.lowerBound] == "和" else { continue }
            amounts[i].unit = amounts[i - 1].unit
        }
    }

    // MARK: 由X提高到Y

    private static func raise(_ amounts: inout [Amount], _ marks: Marks, _ sentence: Range<Int>) {
        var kept: [Amount] = []
        for amount in amounts {
            if let last = kept.last, last.previous == nil, isRaise(from: last, to: amount, marks, sentence) {
                kept[kept.count - 1] = raised(amount, from: last)
            } else {
                kept.append(amount)
                raisePair(&kept, marks, sentence)
            }
        }
        amounts = kept
    }

    /// 由30户80人减到3户9人: two and two.
    private static func raisePair(_ kept: inout [Amount], _ marks: Marks, _ sentence: Range<Int>) {
        guard kept.count >= 4 else { return }
        let four = kept.suffix(4).map { $0 }
        guard four[0].unit == four[2].unit, four[1].unit == four[3].unit, four[0].unit != four[1].unit, four.allSatisfy({ $0.previous == nil }),
              four[0].range.upperBound == four[1].range.lowerBound, four[2].range.upperBound == four[3].range.lowerBound,
              isArrival(four[1].range.upperBound ..< four[2].range.lowerBound, from: four[0], marks, sentence) else { return }
        var first = four[2], second = four[3]
        (first.previous, second.previous) = (four[0].value, four[1].value)
        kept.replaceSubrange(kept.count - 4 ..< kept.count, with: [first, second])
    }

    private static func raised(_ amount: Amount, from last: Amount) -> Amount {
        var raised = amount
        (raised.previous, raised.previousUpper) = (last.value, last.upper)
        if !raised.unit.name.contains("/"), last.unit.name.contains("/") { raised.unit = last.unit }
        raised.range = last.range.lowerBound ..< amount.range.upperBound
        return raised
    }

    /// Both of one unit, with 提高到 or 调整为 between them and 由, 从 or 原 before.
    private static func isRaise(from last: Amount, to amount: Amount, _ marks: Marks, _ sentence: Range<Int>) -> Bool {
        let between = last.range.upperBound ..< max(last.range.upperBound, amount.range.lowerBound)
        return last.unit.head == amount.unit.head && isArrival(between, from: last, marks, sentence)
    }

    private static func isArrival(_ between: Range<Int>, from last: Amount, _ marks: Marks, _ sentence: Range<Int>) -> Bool {
        guard (1 ... 16).contains(between.count), !marks[between].contains(where: { "。;、".unicodeScalars.contains($0) }) else { return false }
        guard !marks[between].dropFirst().contains(",") else { return false }
        guard arrivals.last(marks, in: between) != nil else { return false }
        let before = max(sentence.lowerBound, last.range.lowerBound - 8) ..< last.range.lowerBound
        return departures.last(marks, in: before) != nil || changes.first(marks, in: between) != nil
    }

    private static let arrivals = Lexicon(words: "到 至 为 成")
    private static let departures = Lexicon(words: "由 从 原 自")
    private static let changes = Lexicon(words: "提高 提升 调整 增加 增长 上升 上调 下调 降低 下降 降至 减少 提标 扩大 缩短 缩减 压缩 提至 增至 减至 升至 调至 扩至 涨 调高 变更 改")

    // MARK: one number said of several things

    private static func repeated(_ amount: Amount, _ marks: Marks, _ sentence: Range<Int>) -> [Amount] {
        guard amount.unit.sort == .ratio, amount.origin == .counted else { return [amount] }
        let place = amount.range.lowerBound
        let before = Sentences.clause(marks, at: place, in: sentence).lowerBound ..< place
        let rates = completed(Coordination.parts(marks, rates(before, marks)).map { marks.text($0) })
        if let count = announced(before, marks) {
            return (0 ..< count).map { copy in said(amount, of: rates.count == count ? rates[copy] : nil) }
        }
        let areRates = Coordination.parts(marks, self.rates(before, marks)).allSatisfy { marks.has("率", before: $0.upperBound) || marks.has("度", before: $0.upperBound) }
        guard alike.last(marks, in: before) != nil, rates.count > 1, areRates else { return [amount] }
        return rates.map { said(amount, of: $0) }
    }

    /// 镇和村覆盖率: 镇覆盖率, 村覆盖率.
    private static func completed(_ parts: [String]) -> [String] {
        guard let last = parts.last, last.hasSuffix("率"), last.count > 3 else { return parts }
        return parts.map { $0.hasSuffix("率") ? $0 : $0 + last.suffix(3) }
    }

    private static func said(_ amount: Amount, of phrase: String?) -> Amount {
        var copy = amount
        copy.phrase = phrase
        return copy
    }

    /// The words up to 均 or the quotation mark.
    private static func rates(_ before: Range<Int>, _ marks: Marks) -> Range<Int> {
        let end = marks[before].suffix(8).firstIndex { $0 == "均" || $0 == "都" || $0 == "“" || $0 == "皆" } ?? before.upperBound
        return before.lowerBound ..< max(before.lowerBound, end)
    }

    /// 两个100%, 三个100%.
    private static func announced(_ before: Range<Int>, _ marks: Marks) -> Int? {
        guard before.count > 1, marks[before.upperBound - 1] == "个", let count = digit(marks[before.upperBound - 2]), (2 ... 9).contains(count) else { return nil }
        return Int(count)
    }

    private static func digit(_ mark: Unicode.Scalar) -> Int64? { mark.isDigit ? Int64(mark.value - 0x30) : ChineseDigits.digit(mark) }

    private static let alike = Lexicon(words: "均 都 皆 均达 均为")

    // MARK: 6起,均为…

    private static func restate(_ amounts: inout [Amount], _ marks: Marks, _ sentence: Range<Int>) {
        for amount in amounts where amount.origin == .counted && amount.upper == nil && amount.unit.sort != .ratio {
            let comma = amount.range.upperBound
            guard comma < sentence.upperBound, marks[comma] == ",", let (_, start) = restatements.match(marks, at: comma + 1, until: sentence.upperBound) else { continue }
            let clause = Sentences.clause(marks, at: start, in: sentence)
            guard !marks[start ..< clause.upperBound].contains(where: \.isDigit) else { continue }
            var copy = amount
            copy.phrase = "其中:" + marks.text(start ..< clause.upperBound).trimmed
            copy.range = comma + 1 ..< clause.upperBound
            copy.origin = .claimed
            amounts.append(copy)
        }
        amounts.sort { $0.range.lowerBound < $1.range.lowerBound }
    }

    private static let restatements = Lexicon(words: "均为 全部为 全是 都是 均系 全为 均属")
}
