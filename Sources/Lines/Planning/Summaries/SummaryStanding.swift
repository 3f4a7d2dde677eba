import Commons
import Kernel
import Pages
import Reading
import Values

/// 全稿。A summary with its lines and numbers, as they stand.
struct SummaryStanding: Sendable {
    let summary: WorkSummary
    let lines: [SummaryLine]
    let figures: [BoundFigure]
    /// Numbers in the text that nobody bound: typed by hand, or told by people.
    let loose: [(line: Int, words: String)]

    struct BoundFigure: Sendable {
        let figure: SummaryFigure
        let state: BoundState
        /// What stands before its mark where it was typed over.
        let typed: String
        /// What the words beside it say wrongly: 增长 of what fell.
        var fault: String?
    }

    enum BoundState: Sendable { case bound, typedOver, dropped }

    /// - Parameter natures: of the indicators, by code, where they are known.
    init(_ summary: WorkSummary, _ lines: [SummaryLine], _ figures: [SummaryFigure], natures: [String: Indicator.Nature] = [:]) {
        let places = Dictionary(grouping: lines.flatMap { SummaryText.beside(in: $0.text) }, by: \.number)
        self.summary = summary
        self.lines = lines
        self.figures = figures.map { figure in
            let beside = (places[figure.number] ?? []).map(\.beside)
            guard !beside.isEmpty else { return BoundFigure(figure: figure, state: .dropped, typed: "") }
            if let other = beside.first(where: { !SummaryText.isBound(figure.shown, in: $0.before) }) {
                return BoundFigure(figure: figure, state: .typedOver, typed: String(other.before.suffix(12)))
            }
            let fault = beside.lazy.compactMap { ClaimCheck.fault(figure, $0, among: figures, nature: natures[figure.indicator]) }.first
            return BoundFigure(figure: figure, state: .bound, typed: "", fault: fault)
        }
        loose = lines.enumerated().flatMap { index, line in line.level == 0 ? Self.loose(line.text).map { (index + 1, $0) } : [] }
    }

    /// Quantities without a mark right behind them: a number that has its mark is accounted for, and an age only says of whom.
    private static func loose(_ text: String) -> [String] {
        var rest = ""
        for part in SummaryText.parts(text) {
            switch part {
            case .words(let words): rest += words
            case .mark: rest = withoutLastNumber(rest)
            }
        }
        return DocumentReading(rest).quantities.filter { $0.value != nil && $0.unit != "岁" }.map { "\($0.indicator)\($0.shown)" }
    }

    /// Units are no longer than 元/人/月; further back a number belongs to something else.
    private static func withoutLastNumber(_ words: String) -> String {
        guard let last = words.lastIndex(where: { $0.isASCII && $0.isNumber }), words.distance(from: last, to: words.endIndex) <= 9 else { return words }
        return words[...last].reversed().drop { ($0.isASCII && $0.isNumber) || $0 == "." }.reversed() + "，"
    }

    /// Numbers of the system that a person has typed over, as the approver and whoever verifies must be told; empty where there are none.
    var alterations: String {
        let count = figures.count { $0.state == .typedOver }
        let typed = count == 0 ? "" : "；文中有 \(count) 个数被人改动过，与系统不符"
        return faults.isEmpty ? typed : typed + "；文中有 \(faults.count) 处写法与数字不符：\(faultWords)"
    }

    /// Numbers that are right, with words beside them that aren't.
    var faults: [BoundFigure] { figures.filter { $0.fault != nil } }

    var faultWords: String { faults.map { "〔\($0.figure.number)〕\($0.fault ?? "")" }.joined(separator: "；") }

    /// - Throws: while the words beside a number say what it doesn't bear; nobody signs that.
    func requireTrueWords() throws(Refusal) {
        guard !faults.isEmpty else { return }
        throw .outOfOrder("有 \(faults.count) 处写法与数字不符，请退回改正：\(faultWords)")
    }

    /// One text for one summary: what is frozen.
    var frozenText: String {
        let head = [summary.title, summary.unit, summary.region.code, summary.from.typed, summary.through.typed, summary.kind.rawValue, summary.plan?.text ?? "", summary.code]
        let numbers = figures.map { entry in
            let figure = entry.figure
            return ["\(figure.number)", figure.code, figure.role.rawValue, figure.indicator, figure.counting.rawValue, "\(figure.amount)", figure.unit, "\(figure.scale)",
                    figure.shown, figure.moment.typed, figure.name, figure.definition, figure.basis, figure.region.code, figure.from.typed, figure.through.typed,
                    figure.target.map { "\($0)" } ?? "", figure.isManual ? "1" : "0"]
        }
        return ([head] + lines.map { ["\($0.level)", $0.text] } + numbers).map(Self.measured).joined(separator: "\n")
    }

    /// Each part with its length before it, so that no two summaries have one text.
    private static func measured(_ parts: [String]) -> String { parts.map { "\($0.utf8.count):\($0)" }.joined() }

    func digest() throws -> String { try Commons.digest(of: frozenText) }
}

extension Reader {
    /// A summary that the reader may see: of his own region or below it; an approved one also from below.
    func summary(_ id: ID<WorkSummary>) throws -> WorkSummary {
        let summary = try find(id)
        guard actor.covers(summary.region) || (summary.frozenAt != nil && summary.region.contains(actor.region)) else {
            throw Refusal.forbidden(summary.frozenAt == nil ? "这份总结还没有批准，只有本区域的人可以看" : "这份总结不属于您所在的区域")
        }
        return summary
    }

    func lines(of summary: ID<WorkSummary>) throws -> [SummaryLine] { try all(SummaryLine.self, where: "summary_id = \(summary) ORDER BY position, id") }

    func figures(of summary: ID<WorkSummary>) throws -> [SummaryFigure] { try all(SummaryFigure.self, where: "summary_id = \(summary) ORDER BY number") }

    func standing(of summary: WorkSummary) throws -> SummaryStanding {
        let natures = Dictionary(try indicatorBook().all.map { ($0.code, $0.nature) }, uniquingKeysWith: { first, _ in first })
        return SummaryStanding(summary, try lines(of: summary.id), try figures(of: summary.id), natures: natures)
    }
}
