import Commons
import Values

/// 写出来的数。One number as a summary writes it, and what it stands for.
struct Stated: Sendable, Hashable {
    let role: FigureRole
    /// In the unit's smallest part; of a change with its sign.
    let amount: Int64
    let unit: IndicatorUnit

    var shown: String { WrittenAmount.text(amount, unit) }
}

/// 数的用途。What a number of a summary says of its indicator.
enum FigureRole: String, CodeList {
    case value, previous, before, change, growth, target, completion

    var label: String {
        switch self {
        case .value: "本期数"
        case .previous: "上年同期数"
        case .before: "调整前标准"
        case .change: "增减数"
        case .growth: "增减幅度"
        case .target: "年度目标"
        case .completion: "完成率"
        }
    }
}

/// 公文里的写法。Amounts as documents of the office write them: no commas, no space before the unit, large sums in 万元.
enum WrittenAmount {
    static func text(_ amount: Int64, _ unit: IndicatorUnit) -> String {
        let size = amount.magnitude
        if isLarge(size, unit) { return decimal(rounded(size, by: 100 * power(unit.scale)), 2) + "万元" }
        return decimal(size, unit.scale) + unit.name
    }

    /// Money from 一万元 on is written in 万元.
    private static func isLarge(_ size: UInt64, _ unit: IndicatorUnit) -> Bool { unit.name == "元" && size >= 10_000 * power(unit.scale) }

    /// The least difference worth a word beside such an amount: of money a step of the last digit that is written, and never less than 一元.
    static func step(beside amount: Int64, _ unit: IndicatorUnit) -> UInt64 {
        guard unit.name.hasPrefix("元") else { return 1 }
        return (isLarge(amount.magnitude, unit) ? 100 : 1) * power(unit.scale)
    }

    /// Half up.
    private static func rounded(_ amount: UInt64, by step: UInt64) -> UInt64 { amount / step + (amount % step * 2 >= step ? 1 : 0) }

    static func power(_ exponent: Int) -> UInt64 { (0 ..< exponent).reduce(1) { power, _ in power * 10 } }

    /// Without zeros that say nothing.
    static func decimal(_ amount: UInt64, _ places: Int) -> String {
        let (whole, part) = amount.quotientAndRemainder(dividingBy: power(places))
        var digits = String(part)
        digits = String(repeating: "0", count: max(0, places - digits.count)) + digits
        while digits.last == "0" { digits.removeLast() }
        return String(whole) + (places == 0 || digits.isEmpty ? "" : "." + digits)
    }
}

/// 增减。How a number moved: the words follow from the numbers, never from a wish.
enum Movement: Sendable, Hashable {
    /// Nothing to compare with.
    case unknown
    case level
    /// It moved by less than the text can say.
    case nearly
    /// From nothing; a percentage of nothing is no number.
    case first
    case began
    case rose(Stated)
    case fell(Stated)

    /// 一位小数的百分数; of a rate the points between.
    private static let perMille = IndicatorUnit("%", scale: 1)

    /// - Parameter isFirst: nothing was counted in any earlier period that is known.
    init(_ value: Int64, before: Int64?, unit: IndicatorUnit, isFirst: Bool = false) {
        guard let before else { self = .unknown; return }
        guard value != before else { self = .level; return }
        if unit.name == "%" { self = Self.moved(.init(role: .change, amount: value - before, unit: IndicatorUnit("个百分点", scale: unit.scale))); return }
        guard before > 0 else { self = before == 0 && value > 0 ? (isFirst ? .first : .began) : Self.moved(.init(role: .change, amount: value - before, unit: unit)); return }
        let share = Self.perMille(of: value - before, to: before)
        if share == 0, (value - before).magnitude < WrittenAmount.step(beside: value, unit) { self = .nearly; return }
        // Too little for a percentage of one decimal, or a percentage of a handful: the number itself says it.
        let isHandful = !unit.name.hasPrefix("元") && before.magnitude < 10 * WrittenAmount.power(unit.scale)
        self = Self.moved(share == 0 || isHandful ? .init(role: .change, amount: value - before, unit: unit) : .init(role: .growth, amount: share, unit: Self.perMille))
    }

    private static func moved(_ stated: Stated) -> Movement { stated.amount > 0 ? .rose(stated) : .fell(stated) }

    /// Tenths of a per cent, half away from zero.
    static func perMille(of part: Int64, to whole: Int64) -> Int64 {
        guard whole != 0 else { return 0 }
        let above = Int128(part) * 2_000, below = Int128(whole) * 2, isNegative = (above < 0) != (below < 0)
        let rounded = (above.magnitude + below.magnitude / 2) / below.magnitude
        return Int64(clamping: rounded) * (isNegative ? -1 : 1)
    }
}

/// 完成情况。A number against its target.
struct Completion: Sendable, Hashable {
    let target: Int64
    let bound: Bound

    /// 完成率 only where there is something to complete.
    func rate(_ value: Int64) -> Stated? {
        guard target > 0, bound != .atMost else { return nil }
        return Stated(role: .completion, amount: Movement.perMille(of: value, to: target), unit: IndicatorUnit("%", scale: 1))
    }

    func isMet(by value: Int64) -> Bool { bound == .atMost ? value <= target : value >= target }
}

/// 一句话的零件。
enum SentencePiece: Sendable, Hashable {
    case words(String)
    case figure(Stated)

    var shown: String {
        switch self {
        case .words(let words): words
        case .figure(let stated): stated.shown
        }
    }
}

/// 句式。One clause for one indicator, by its nature; no words of praise, no word that the numbers do not bear.
enum Wording {
    static func clause(_ fact: SummaryFact) -> [SentencePiece] {
        guard let value = fact.value else { return [.words("\(fact.name)暂无数据，\(fact.isManual ? "待填报" : "登记中还没有这一期的记录")")] }
        let stated = Stated(role: .value, amount: value, unit: fact.unit)
        let whole = switch fact.nature {
        case .standard: standard(fact, stated)
        case .stock: [.words(fact.asOf.map { "截至\($0)，" } ?? "") ] + named(fact, stated) + moved(fact, value, since: "上年末")
        case .flow, .rate: named(fact, stated) + moved(fact, value, since: "上年同期")
        }
        return whole + completed(fact, value) + partial(fact)
    }

    private static func named(_ fact: SummaryFact, _ stated: Stated) -> [SentencePiece] {
        let needsLink = fact.unit.name == "%" || fact.name.hasSuffix("率") || fact.name.hasSuffix("标准")
        return [.words(fact.name + (needsLink ? "为" : "")), .figure(stated)]
    }

    /// 标准只说由多少到多少。
    private static func standard(_ fact: SummaryFact, _ stated: Stated) -> [SentencePiece] {
        guard let before = fact.before, before != stated.amount else { return [.words(fact.name + "为"), .figure(stated)] }
        let start = fact.since.map { "自\($0)起，" } ?? "", verb = stated.amount > before ? "提高到" : "降低到"
        return [.words(start + fact.name + "由"), .figure(.init(role: .before, amount: before, unit: fact.unit)), .words(verb), .figure(stated)]
    }

    private static func moved(_ fact: SummaryFact, _ value: Int64, since: String) -> [SentencePiece] {
        switch Movement(value, before: fact.previous, unit: fact.unit, isFirst: fact.isFirst) {
        case .unknown: []
        case .level: [.words("，与\(since)持平")]
        case .nearly: [.words("，与\(since)基本持平")]
        case .first: [.words("，为首次发生")]
        case .began: [.words("，\(since)没有")]
        case .rose(let change): [.words(rising(change, since)), .figure(change)]
        case .fell(let change): [.words(falling(change, since)), .figure(change)]
        }
    }

    private static func rising(_ change: Stated, _ since: String) -> String {
        change.role == .growth ? "，比\(since)增长" : change.unit.name == "个百分点" ? "，比\(since)提高" : "，比\(since)增加"
    }

    private static func falling(_ change: Stated, _ since: String) -> String {
        change.role == .growth ? "，比\(since)下降" : change.unit.name == "个百分点" ? "，比\(since)降低" : "，比\(since)减少"
    }

    private static func completed(_ fact: SummaryFact, _ value: Int64) -> [SentencePiece] {
        guard let goal = fact.target else { return [] }
        let target = SentencePiece.figure(.init(role: .target, amount: goal.target, unit: fact.unit))
        if goal.bound == .atMost { return goal.isMet(by: value) ? [.words("，控制在年度目标"), target, .words("以内")] : [.words("，超出年度目标"), target] }
        guard let rate = goal.rate(value) else { return [] }
        if goal.isMet(by: value) { return [.words("，完成年度目标"), target, .words("的"), .figure(rate)] }
        return [.words("，为年度目标"), target, .words("的"), .figure(rate), .words("，尚未完成")]
    }

    private static func partial(_ fact: SummaryFact) -> [SentencePiece] {
        fact.missing.isEmpty ? [] : [.words("（\(fact.missing)的数据尚缺，未计入）")]
    }
}

/// 写总结用的一个事实。Everything that one clause is made of.
struct SummaryFact: Sendable {
    var code: String
    /// What the sentence calls it: the plan's words, or the indicator's name.
    var name: String
    var unit: IndicatorUnit
    var nature: Indicator.Nature
    var value: Int64?
    /// 上年同期 or 上年末; nil where nothing is known.
    var previous: Int64?
    var isFirst = false
    /// Standards: what held before it changed within the period, and since when the new one holds.
    var before: Int64?
    var since: String?
    /// Stocks: as at the end of which month.
    var asOf: String?
    var target: Completion?
    /// 2月、3月; empty when nothing is missing.
    var missing = ""
    var isManual = false
    var counting = Counting.total
    /// Until when the acts behind it were counted.
    var moment: Instant?
    /// 口径 and 来源 of what is no indicator; nil for one, whose own are taken.
    var definition: String?
    var basis: String?
}
