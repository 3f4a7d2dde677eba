import Commons

/// 数字旁边的话。What stands around one number of a summary: the words up to it, itself at their end, and those up to the next.
struct Beside: Sendable, Hashable {
    let before: String
    let after: String
    /// Another number follows, and the last clause speaks of that one.
    var isFollowed = false
}

/// 方向。How something is said to have moved.
enum Direction: Sendable, Hashable {
    case rose, fell

    var label: String { self == .rose ? "增长" : "下降" }

    private static let rising = ["增长", "增加", "提高", "上升", "上涨", "提升", "增幅", "升高", "增多", "扩大", "回升", "上调", "净增", "攀升"]
    private static let falling = ["下降", "减少", "降低", "下滑", "回落", "降幅", "减幅", "缩减", "缩小", "下跌", "下调", "净减", "走低"]
    private static let denials = ["没有", "未", "不", "没", "并非", "未能"]
    /// Right before the number only: 同比增16.6%.
    private static let short: [Character: Direction] = ["增": .rose, "升": .rose, "涨": .rose, "多": .rose, "降": .fell, "减": .fell, "少": .fell, "跌": .fell]

    /// The direction that words say of what follows them: the last one counts. 负增长 falls, 没有减少 doesn't.
    init?(in words: String) {
        let said = (Self.rising.map { ($0, Direction.rose) } + Self.falling.map { ($0, Direction.fell) }).compactMap { word, direction in
            words.ranges(of: word).last.map { (range: $0, direction: direction) }
        }
        if let last = said.max(by: { $0.range.upperBound < $1.range.upperBound }) {
            let lead = words[..<last.range.lowerBound], isTurned = lead.hasSuffix("负") || Self.denials.contains { lead.hasSuffix($0) }
            self = isTurned ? last.direction.opposite : last.direction
            return
        }
        guard let close = words.reversed().first(where: { !"了约达为是".contains($0) }), let direction = Self.short[close] else { return nil }
        self = direction
    }

    private var opposite: Direction { self == .rose ? .fell : .rose }

    init?(of change: Int) {
        if change == 0 { return nil }
        self = change > 0 ? .rose : .fell
    }
}

/// 写法核对。Whether the words beside a number of a summary say of it what it bears: its direction, what it is compared with, whether a target was reached.
enum ClaimCheck {
    /// - Parameter figures: all numbers of the summary.
    /// - Returns: what is wrong, addressed to the writer; nil where nothing is.
    static func fault(_ figure: SummaryFigure, _ beside: Beside, among figures: [SummaryFigure], nature: Indicator.Nature? = nil) -> String? {
        let words = beside.before.hasSuffix(figure.shown) ? String(beside.before.dropLast(figure.shown.count)) : beside.before
        let own = figures.filter { $0.indicator == figure.indicator && $0.counting == figure.counting }
        switch figure.role {
        case .growth, .change: return turned(figure, words, beside.after) ?? against(figure, words, nature)
        case .value: return raised(figure, words, own) ?? claimed(figure, beside, own)
        case .target: return bounded(figure, words, own)
        case .completion: return completed(figure, words, beside.after)
        case .previous, .before: return nil
        }
    }

    // MARK: Movements

    private static func turned(_ figure: SummaryFigure, _ words: String, _ after: String) -> String? {
        let tail = clauses(after).first.flatMap { $0.hasPrefix("的") ? String($0.prefix(6)) : nil }
        guard let said = Direction(in: lastClause(words)) ?? tail.flatMap(Direction.init(in:)), let right = Direction(of: figure.amount), said != right else { return nil }
        return "方向写反了：「\(figure.name)」是\(right.label)，不是\(said.label)"
    }

    /// 比上年末 of what stands, 比上年同期 of what happened; never 环比.
    private static func against(_ figure: SummaryFigure, _ words: String, _ nature: Indicator.Nature?) -> String? {
        let clause = lastClause(words)
        if let short = ["环比", "上月", "上季", "上期"].first(where: clause.contains) { return "「\(figure.name)」是和上年比的，不是\(short == "环比" ? "环比" : "和\(short)比")" }
        guard let nature, figure.counting != .increase else { return nil }
        let saysEnd = ["上年末", "去年末", "上年底", "去年底", "年初"].contains(where: clause.contains), saysPeriod = ["同期", "同比"].contains(where: clause.contains)
        if nature == .stock, saysPeriod, !saysEnd { return "「\(figure.name)」是与上年末比的，不是上年同期" }
        if nature != .stock, saysEnd, !saysPeriod { return "「\(figure.name)」是与上年同期比的，不是上年末" }
        return nil
    }

    /// 由728元提高到735元.
    private static func raised(_ figure: SummaryFigure, _ words: String, _ own: [SummaryFigure]) -> String? {
        guard let before = own.first(where: { $0.role == .before && $0.number == figure.number - 1 }), let said = Direction(in: words),
              let right = Direction(of: figure.amount - before.amount), said != right else { return nil }
        return "方向写反了：「\(figure.name)」由\(before.shown)到\(figure.shown)是\(right == .rose ? "提高" : "降低")"
    }

    private static let comparing = ["比上年", "较上年", "比去年", "较去年", "与上年", "与去年", "同上年", "同比", "环比"]

    /// A comparison in words only, right behind the number: 1010户，同比大幅增长.
    private static func claimed(_ figure: SummaryFigure, _ beside: Beside, _ own: [SummaryFigure]) -> String? {
        let all = clauses(beside.after), clauses = beside.isFollowed ? all.dropLast() : all[...]
        let moved = own.first { $0.role == .growth || $0.role == .change }
        for clause in clauses {
            let plain = clause.drop { "且并也均都仍".contains($0) }
            guard comparing.contains(where: plain.hasPrefix) else { continue }
            if plain.contains("持平") {
                if let moved { return "「\(figure.name)」没有持平：\(moved.amount > 0 ? "增长" : "下降")\(moved.shown)" }
            } else if let said = Direction(in: String(plain)) {
                guard let moved else { return "没有数字说明「\(figure.name)」\(said.label)了，请写明来历或者删去这句" }
                if Direction(of: moved.amount) != said { return "方向写反了：「\(figure.name)」是\(moved.amount > 0 ? "增长" : "下降")\(moved.shown)，不是\(said.label)" }
            }
        }
        return nil
    }

    // MARK: Targets

    private static func bounded(_ figure: SummaryFigure, _ words: String, _ own: [SummaryFigure]) -> String? {
        guard let value = own.first(where: { $0.role == .value }) else { return nil }
        let clause = lastClause(words)
        if ["控制在", "未超", "没有超", "没超", "不超", "未突破", "没有突破", "低于"].contains(where: clause.contains) {
            return value.amount > figure.amount ? "「\(figure.name)」\(value.shown)，超出了年度目标\(figure.shown)" : nil
        }
        guard ["超出", "超过", "突破", "高于", "超额"].contains(where: clause.contains), value.amount <= figure.amount else { return nil }
        return "「\(figure.name)」\(value.shown)，没有超出年度目标\(figure.shown)"
    }

    private static func completed(_ figure: SummaryFigure, _ words: String, _ after: String) -> String? {
        let isMet = figure.amount >= 1_000, tail = clauses(after).first.map { String($0) } ?? ""
        if words.contains("超额"), figure.amount <= 1_000 { return "「\(figure.name)」完成\(figure.shown)，不是超额完成" }
        let saysOpen = ["未完成", "没有完成", "没完成", "未达到"].contains(where: tail.contains)
        if saysOpen, isMet { return "「\(figure.name)」完成\(figure.shown)，年度目标已经完成" }
        if !saysOpen, !isMet, ["已完成", "已经完成", "全面完成", "超额完成", "圆满完成", "如期完成"].contains(where: { tail.contains($0) || lastClause(words).contains($0) }) {
            return "「\(figure.name)」为\(figure.shown)，年度目标尚未完成"
        }
        return nil
    }

    // MARK: Clauses

    private static func isBreak(_ mark: Character) -> Bool { "，。；：！？,;:!?".contains(mark) || mark.isNewline }

    private static func lastClause(_ words: String) -> String { words.split(omittingEmptySubsequences: false, whereSeparator: isBreak).last.map { String($0) } ?? words }

    /// Of the first sentence.
    private static func clauses(_ words: String) -> [Substring] {
        let sentence = words.prefix { !"。；！？;!?".contains($0) && !$0.isNewline }
        return sentence.split { isBreak($0) }
    }
}

extension SummaryText {
    /// What stands beside each mark.
    static func beside(in text: String) -> [(number: Int, beside: Beside)] {
        let parts = parts(text)
        func words(_ index: Int) -> String { if parts.indices.contains(index), case .words(let words) = parts[index] { words } else { "" } }
        return parts.indices.compactMap { index in
            guard case .mark(let number) = parts[index] else { return nil }
            let isFollowed = parts.indices.contains(index + 2) || (parts.indices.contains(index + 1) && words(index + 1).isEmpty)
            return (number, Beside(before: words(index - 1), after: words(index + 1), isFollowed: isFollowed))
        }
    }
}
