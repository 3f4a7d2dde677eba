/// 频次。How often a routine runs: 每日巡查制度, 每两小时报送.
enum Rhythms {
    /// Read at 每.
    static func read(_ marks: Marks, at place: Int, in sentence: Range<Int>) -> Amount? {
        guard marks[place] == "每", let (value, unit, end) = interval(marks, at: place + 1, until: sentence.upperBound) else { return nil }
        let clause = Sentences.clause(marks, at: place, in: sentence)
        let rest = end ..< clause.upperBound
        guard !rest.isEmpty, !marks[rest].contains(where: \.isDigit), marks[rest].first != "人", marks[rest].first != "一", routines.first(marks, in: rest) != nil else { return nil }
        return Amount(range: place ..< end, value: value, unit: Unit(name: unit, sort: .time), origin: .rhythm, script: .chinese)
    }

    private static func interval(_ marks: Marks, at place: Int, until end: Int) -> (Figure, String, Int)? {
        guard place < end else { return nil }
        if let (name, after) = single.match(marks, at: place, until: end) { return (Figure(1), name, after) }
        guard let numeral = Numeral.read(marks, at: place, until: end), let value = numeral.value,
              let (unit, after) = Units.lexicon.match(marks, at: numeral.range.upperBound, until: end), unit.sort == .time else { return nil }
        return (value, unit.name, after)
    }

    private static let single = Lexicon<String>([("日", "日"), ("天", "日"), ("周", "周"), ("月", "月"), ("季度", "季度"), ("半年", "半年")])
    private static let routines = Lexicon(words: "制度 报送 报告 巡查 巡访 探访 排查 例会 调度 会商 研判 通报 督查 检查 抽查 消毒 走访 公示")
}
