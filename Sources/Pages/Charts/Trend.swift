/// 走势图。One line over months, drawn on the server; its title and description say in words what it shows, and a table stands beside or behind it.
///
/// The zero line is drawn. A month without an amount interrupts the line; one alone between gaps is a dot.
public struct TrendView: Part, Hashable {
    public let title: String
    public let points: [Point]
    /// 目标线。
    public let target: Mark?
    public let size: Size

    public struct Point: Hashable, Sendable {
        /// 2024年3月.
        public let label: String
        public let amount: Int64?
        /// 1,234 户.
        public let shown: String

        public init(_ label: String, _ amount: Int64?, shown: String) { (self.label, self.amount, self.shown) = (label, amount, shown) }
    }

    public struct Mark: Hashable, Sendable {
        public let amount: Int64
        public let shown: String

        public init(_ amount: Int64, shown: String) { (self.amount, self.shown) = (amount, shown) }
    }

    /// A small one among many, or one that fills the page.
    public enum Size: String, Hashable, Sendable { case small, large }

    public init(_ title: String, _ points: [Point], target: Mark? = nil, size: Size = .small) {
        self.title = title
        self.points = points
        self.target = target
        self.size = size
    }
}

extension TrendView {
    private var width: Int64 { size == .small ? 2_400 : 7_200 }
    private var height: Int64 { size == .small ? 560 : 2_200 }
    /// Room for the dots at the ends and, in a large one, for words above and below.
    private var margin: Int64 { size == .small ? 40 : 260 }

    private var amounts: [Int64] { points.compactMap(\.amount) + (target.map { [$0.amount] } ?? []) }
    private var top: Int64 { max(amounts.max() ?? 0, 0) }
    private var bottom: Int64 { min(amounts.min() ?? 0, 0) }

    /// Tenths of a unit of the drawing.
    private func x(_ index: Int) -> Int64 {
        points.count < 2 ? width / 2 : margin + Int64(index) * (width - 2 * margin) / Int64(points.count - 1)
    }

    /// Amounts can be larger than what may be multiplied: the span is brought to at most a million parts first.
    private func y(_ amount: Int64) -> Int64 {
        let span = max(top - bottom, 1), part = max(span / 1_000_000, 1)
        return height - margin - (amount - bottom) / part * (height - 2 * margin) / max(span / part, 1)
    }

    /// What the line says, in words.
    public var description: String {
        let known = points.filter { $0.amount != nil }
        guard let first = known.first, let last = known.last, let least = known.min(by: { ($0.amount ?? 0) < ($1.amount ?? 0) }),
              let most = known.max(by: { ($0.amount ?? 0) < ($1.amount ?? 0) }) else { return "没有数据" }
        let gaps = points.count - known.count
        return "\(first.label) \(first.shown)，\(last.label) \(last.shown)；最低\(least.label) \(least.shown)，最高\(most.label) \(most.shown)"
            + (gaps > 0 ? "；\(gaps) 个月没有数" : "") + (target.map { "；目标 \($0.shown)" } ?? "")
    }

    public var markup: Markup {
        """
        <svg class="trend \(size.rawValue)" viewBox="0 0 \(tenths(width)) \(tenths(height))" role="img">
        <title>\(title)</title><desc>\(description)</desc>
        <line class="zero" x1="0" x2="\(tenths(width))" y1="\(tenths(y(0)))" y2="\(tenths(y(0)))"/>
        \(some: target, { "<line class=\"target\" x1=\"0\" x2=\"\(tenths(width))\" y1=\"\(tenths(y($0.amount)))\" y2=\"\(tenths(y($0.amount)))\"/>" })\
        \(each: runs, run)\(some: lastKnown, dot)\(if: size == .large, words)
        </svg>
        """
    }

    private var lastKnown: (index: Int, amount: Int64)? {
        points.indices.reversed().lazy.compactMap { index in points[index].amount.map { (index, $0) } }.first
    }

    /// Stretches of months with amounts.
    private var runs: [[(index: Int, amount: Int64)]] {
        var runs: [[(index: Int, amount: Int64)]] = [], open: [(index: Int, amount: Int64)] = []
        for (index, point) in points.enumerated() {
            if let amount = point.amount { open.append((index, amount)) } else if !open.isEmpty { runs.append(open); open = [] }
        }
        return open.isEmpty ? runs : runs + [open]
    }

    private func run(_ run: [(index: Int, amount: Int64)]) -> Markup {
        guard run.count > 1, let first = run.first else { return run.first.map(dot) ?? .empty }
        let rest = run.dropFirst().map { "L\(tenths(x($0.index))) \(tenths(y($0.amount)))" }.joined()
        return "<path class=\"line\" d=\"M\(tenths(x(first.index))) \(tenths(y(first.amount)))\(rest)\"/>"
    }

    private func dot(_ point: (index: Int, amount: Int64)) -> Markup {
        "<circle class=\"dot\" cx=\"\(tenths(x(point.index)))\" cy=\"\(tenths(y(point.amount)))\" r=\"\(size == .small ? "2.5" : "4")\"/>"
    }

    /// First and last month below, the last amount and the target where they lie.
    private var words: Markup {
        let last = lastKnown
        return """
            \(some: points.first, { "<text class=\"month\" x=\"\(tenths(margin))\" y=\"\(tenths(height - 60))\">\($0.label)</text>" })\
            \(some: points.last, { "<text class=\"month end\" x=\"\(tenths(width - margin))\" y=\"\(tenths(height - 60))\">\($0.label)</text>" })\
            \(some: last, { last in
                "<text class=\"amount end\" x=\"\(tenths(x(last.index)))\" y=\"\(tenths(max(y(last.amount) - 90, 120)))\">\(points[last.index].shown)</text>"
            })\
            \(some: target, { "<text class=\"goal\" x=\"\(tenths(margin))\" y=\"\(tenths(max(y($0.amount) - 60, 120)))\">目标 \($0.shown)</text>" })
            """
    }

    private func tenths(_ value: Int64) -> String { value % 10 == 0 ? "\(value / 10)" : "\(value / 10).\(abs(value % 10))" }
}

/// 一组小图。Figures side by side on one grid: name, amount, how it changed, and its line.
public struct FiguresView: Part, Hashable {
    public let figures: [Figure]

    public struct Figure: Hashable, Sendable {
        public let title: String
        public let href: String
        public let amount: String
        public let unit: String
        /// 「比上月 +12 户（+1.2%）」
        public let changes: [String]
        /// 手工填报、缺 3 个月.
        public let note: String?
        public let trend: TrendView

        public init(_ title: String, href: String, amount: String, unit: String, changes: [String], note: String?, trend: TrendView) {
            self.title = title
            self.href = href
            self.amount = amount
            self.unit = unit
            self.changes = changes
            self.note = note
            self.trend = trend
        }
    }

    public init(_ figures: [Figure]) { self.figures = figures }

    public var markup: Markup {
        """
        <ul class="figures-grid">\(each: figures, { figure in
            """
            <li><a href="\(href: figure.href)"><span class="title">\(figure.title)</span>\
            <span class="number">\(figure.amount)<span class="unit"> \(figure.unit)</span></span></a>\
            \(each: figure.changes, { "<span class=\"change\">\($0)</span>" })\(some: figure.note, { "<span class=\"note\">\($0)</span>" })
            \(figure.trend)</li>

            """
        })</ul>
        """
    }
}
