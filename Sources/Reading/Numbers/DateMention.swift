/// 日期表述。A date, a month, a year, or a stretch of them, as it stands in a sentence.
struct DateMention: Sendable {
    /// How the sentence uses it.
    enum Use: Sendable { case plain, since, asOf, by }

    var range: Range<Int>
    var year: String?
    var month: Int?
    var day: Int?
    /// 1—10月, 2021—2023年: where the stretch ends.
    var lastMonth: Int?
    var lastYear: String?
    var isEndOfYear = false
    var use = Use.plain

    /// The date that starts at the place. 7月, 10月20日, 2024年7月, 2024年, 1-10月, 2024/7/1.
    static func read(_ marks: Marks, at place: Int, until end: Int) -> DateMention? {
        if let found = dotted(marks, at: place, until: end) { return used(found, marks, until: end) }
        var mention = DateMention(range: place ..< place), i = place
        if let year = yearPart(marks, at: i, until: end) { (mention.year, mention.lastYear, i) = year }
        if let months = monthPart(marks, at: i, until: end) {
            (mention.month, mention.lastMonth, i) = months
            if let day = number(marks, at: i, until: end), (1 ... 31).contains(day.value), day.end < end, marks[day.end] == "日" || marks[day.end] == "号" {
                (mention.day, i) = (day.value, day.end + 1)
            }
        }
        guard i > place else { return nil }
        if i < end, marks[i] == "底" || marks[i] == "末" || marks[i] == "终" {
            mention.isEndOfYear = mention.month == nil
            i += 1
        }
        mention.range = place ..< i
        return used(mention, marks, until: end)
    }

    private static func yearPart(_ marks: Marks, at place: Int, until end: Int) -> (String?, String?, Int)? {
        if let (year, after) = Day.year(marks, at: place), after < end {
            if marks[after] == "年" { return (year, nil, after + (marks.has("年度", at: after) ? 2 : 1)) }
            guard joins(marks[after]), let (last, close) = Day.year(marks, at: after + 1), close < end, marks[close] == "年" else { return nil }
            return (year, last, close + 1)
        }
        return nil
    }

    /// 7月, 7月份, 1-10月, 1月至6月.
    private static func monthPart(_ marks: Marks, at place: Int, until end: Int) -> (Int?, Int?, Int)? {
        guard let first = number(marks, at: place, until: end), (1 ... 12).contains(first.value), first.end < end else { return nil }
        var i = first.end, hasMonth = false
        if marks[i] == "月" { (i, hasMonth) = (i + 1, true) }
        if i < end, joins(marks[i]), let last = number(marks, at: i + 1, until: end), (1 ... 12).contains(last.value), last.end < end, marks[last.end] == "月",
           last.end + 1 >= end || marks[last.end + 1] != "息" {
            return (first.value, last.value, last.end + (marks.has("月份", at: last.end) ? 2 : 1))
        }
        guard hasMonth else { return nil }
        return (first.value, nil, i < end && marks[i] == "份" ? i + 1 : i)
    }

    private static func dotted(_ marks: Marks, at place: Int, until end: Int) -> DateMention? {
        guard let (year, after) = Day.year(marks, at: place), after < end, marks[after] == "-" || marks[after] == "/" else { return nil }
        guard let month = number(marks, at: after + 1, until: end), (1 ... 12).contains(month.value), month.end < end, marks[month.end] == marks[after],
              let day = number(marks, at: month.end + 1, until: end), (1 ... 31).contains(day.value) else { return nil }
        return DateMention(range: place ..< day.end, year: year, month: month.value, day: day.value)
    }

    private static func number(_ marks: Marks, at place: Int, until end: Int) -> (value: Int, end: Int)? {
        var i = place, value = 0
        while i < end, i < place + 3, marks[i].isDigit {
            value = value * 10 + Int(marks[i].value - 0x30)
            i += 1
        }
        if i > place { return i - place <= 2 ? (value, i) : nil }
        while i < end, i < place + 3, ChineseDigits.isNumeral(marks[i]) { i += 1 }
        guard i > place, let spelled = ChineseDigits.value(marks[place ..< i]).flatMap({ Int($0.description) }) else { return nil }
        return (spelled, i)
    }

    private static func joins(_ mark: Unicode.Scalar) -> Bool { mark == "-" || mark == "~" || mark == "至" || mark == "到" || mark == "、" }

    private static func used(_ mention: DateMention, _ marks: Marks, until end: Int) -> DateMention {
        var mention = mention
        let start = mention.range.lowerBound, after = mention.range.upperBound
        func leads(_ words: [String]) -> Bool { words.contains { marks.has($0, before: start) } }
        func follows(_ words: [String]) -> Bool { words.contains { marks.has($0, at: after) } }
        if leads(["截至", "截止", "截止到", "截至到", "截止至"]) {
            mention.use = .asOf
        } else if leads(["自", "从"]) || follows(["起", "开始", "以来"]) {
            mention.use = .since
        } else if leads(["到", "至"]) || follows(["前", "以前", "之前"]) {
            mention.use = .by
        }
        return mention
    }
}
