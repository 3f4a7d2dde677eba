/// Reads the unit after a number, with what it is per: 元/人/月, 元每人每月, and before it 每人每月50元.
enum UnitReading {
    static func read(_ marks: Marks, at place: Int, until end: Int) -> (unit: Unit, end: Int)? {
        guard Units.others.match(marks, at: place, until: end) == nil,
              let (unit, after) = Units.lexicon.match(marks, at: place, until: end) else { return nil }
        var found = unit, i = after
        while let (divisor, close) = divisor(marks, at: i, until: end, after: unit.sort) {
            found.name += "/" + divisor
            i = close
        }
        return (found, i)
    }

    /// /人, ·月, 每人, (每月).
    private static func divisor(_ marks: Marks, at i: Int, until end: Int, after sort: Unit.Sort) -> (String, Int)? {
        guard i < end else { return nil }
        if marks[i] == "/" || marks[i] == "·" || (marks[i] == "每" && sort == .money) { return Units.divisors.match(marks, at: i + 1, until: end) }
        return nil
    }

    // MARK: what stands before

    /// The unit with what the words before the number divide it by: 每人每月, 每千名老年人, 月收入.
    static func divided(_ unit: Unit, by marks: Marks, in before: Range<Int>) -> Unit {
        guard !unit.name.contains("/"), unit.sort != .ratio, unit.sort != .age else { return unit }
        var divided = unit
        if let group = group(marks, in: before) { divided.name += "/" + group; return divided }
        for part in shares(marks, in: before, of: unit.sort) { divided.name += "/" + part }
        return divided
    }

    /// 每千名老年人, 每万人: the words from 每 to the next verb or the number.
    private static func group(_ marks: Marks, in before: Range<Int>) -> String? {
        for place in before.reversed() where marks[place] == "每" && place + 1 < before.upperBound && "百千万十".unicodeScalars.contains(marks[place + 1]) {
            var end = place + 2
            while end < before.upperBound, end - place <= 8, groupEnds.match(marks, at: end, until: before.upperBound) == nil { end += 1 }
            return marks.text(place + 1 ..< end)
        }
        return nil
    }

    private static let groupEnds = Lexicon(words: "拥有 有 配备 配 达 不 至 养老 床位 社会 持证 社工 , 的 注册 登记")

    /// 每人每月 just before the number, 月收入 somewhere before it.
    private static func shares(_ marks: Marks, in before: Range<Int>, of sort: Unit.Sort) -> [String] {
        var parts: [String] = [], end = skipping(marks, back: before.upperBound, from: before.lowerBound, isMoney: sort == .money)
        while let (words, start) = sharing.match(marks, endingAt: end, from: before.lowerBound) {
            guard sort == .money || !words.contains("人") else { break }
            parts = words + parts
            end = start
        }
        guard sort == .money || sort == .times || sort == .time || parts.isEmpty else { return [] }
        guard sort == .money, parts.isEmpty else { return parts.isEmpty ? [] : ordered(parts) }
        return incomes.last(marks, in: before).map(\.meaning) ?? []
    }

    /// People before months: 每月每人 is 人/月.
    private static func ordered(_ parts: [String]) -> [String] {
        let times: Set<String> = ["月", "年", "日", "天", "季度", "周", "次"]
        return parts.filter { !times.contains($0) } + parts.filter { times.contains($0) }
    }

    /// 每月不少于2次, 每人每月发放50元: the short words between what it is per and the number.
    private static func skipping(_ marks: Marks, back end: Int, from start: Int, isMoney: Bool) -> Int {
        var end = end
        while let (_, place) = between.match(marks, endingAt: end, from: start) ?? Comparison.leading.match(marks, endingAt: end, from: start).map({ ((), $0.start) }) {
            end = place
        }
        return end
    }

    private static let between = Lexicon(words: "发放 给予 补贴 补助 补差 达到 达 为 增加 提高 开展 组织 召开 举办 补 由 从 按 标准 的 走访 探访 上门 巡查 检查 提供 支付 进行 服务")

    /// Where the words begin that say what the number after them is per.
    static func shareStart(_ marks: Marks, before place: Int, from start: Int) -> Int {
        var end = place
        while let (_, begin) = sharing.match(marks, endingAt: end, from: start) { end = begin }
        return end
    }

    private static let sharing = Lexicon<[String]>([
        ("每人", "人"), ("每位", "人"), ("每名", "人"), ("每月", "月"), ("每年", "年"), ("每户", "户"), ("每床", "床"), ("每张", "床"), ("每张床位", "床"), ("每个床位", "床"),
        ("每天", "天"), ("每日", "日"), ("每次", "次"), ("每季度", "季度"), ("每季", "季度"), ("每周", "周"),
        ("每例", "例"), ("每家", "家"), ("每个", "个"), ("每学年", "学年"), ("每学期", "学期"), ("每亩", "亩"), ("每具", "具"), ("每对", "对"),
        ("每半年", "半年"), ("每两年", "两年"),
        ("每村", "村"), ("每个村", "村"), ("每社区", "社区"), ("每个社区", "社区"), ("每站", "站"), ("每人次", "人次"), ("每小时", "小时"), ("每平方米", "平方米"), ("每生", "人"),
        ("人均", "人"), ("户均", "户"), ("每人均", "人"),
    ].map { ($0.0, [$0.1]) } + [("月人均", ["人", "月"]), ("人月均", ["人", "月"]), ("年人均", ["人", "年"]), ("人均每月", ["人", "月"])])

    private static let incomes = Lexicon<[String]>([
        ("人均月收入", ["人", "月"]), ("月人均收入", ["人", "月"]), ("人均年收入", ["人", "年"]),
        ("年人均收入", ["人", "年"]), ("人均年纯收入", ["人", "年"]), ("人月均", ["人", "月"]), ("月人均", ["人", "月"]), ("年人均", ["人", "年"]),
        ("月收入", ["月"]), ("年收入", ["年"]), ("月工资", ["月"]), ("月租金", ["月"]), ("年租金", ["年"]),
    ])
}
