import Kernel
import Pages
import Values

/// 总结成文。The official paper of a summary: with its marks and the table of sources, or clean, to be sent out.
extension SummaryStanding {
    /// - Parameters:
    ///   - isMarked: each number with its mark, and an annex that says where each comes from.
    func paper(isMarked: Bool, on day: CivilDate) -> OfficialPaper {
        let byNumber = Dictionary(figures.map { ($0.figure.number, $0) }, uniquingKeysWith: { first, _ in first })
        let blocks = lines.map { line -> OfficialPaper.Block in
            if let level = OfficialPaper.Level(rawValue: line.level) { return .heading(level, SummaryText.withoutMarks(line.text)) }
            return .paragraph(isMarked ? Self.runs(line.text, byNumber) : [.init(SummaryText.withoutMarks(line.text))])
        }
        let shown = figures.filter { $0.state != .dropped }
        let annexes = isMarked && !shown.isEmpty ? [OfficialPaper.Annex("数据依据", [.table(Self.sources(shown))])] : []
        let state = summary.frozenHash == nil ? "（草稿，未经批准）" : "　冻结摘要 \(summary.frozenHash?.prefix(16) ?? "")"
        return OfficialPaper(title: summary.title, blocks: blocks, unit: summary.unit, date: (summary.frozenAt?.date ?? day).shown, annexes: annexes,
                             footer: "查验码 \(summary.code)\(state)")
    }

    private static func runs(_ text: String, _ figures: [Int: BoundFigure]) -> [OfficialPaper.Run] {
        var runs: [OfficialPaper.Run] = []
        for part in SummaryText.parts(text) {
            switch part {
            case .words(let words): runs.append(.init(words))
            case .mark(let number): bind(number, figures[number], &runs)
            }
        }
        return runs
    }

    /// The number itself leads to its source, too.
    private static func bind(_ number: Int, _ entry: BoundFigure?, _ runs: inout [OfficialPaper.Run]) {
        guard let entry else { return runs.append(.init(SummaryText.mark(number), .mark)) }
        let link = entry.figure.link
        if entry.state == .bound, let last = runs.popLast() {
            runs.append(.init(String(last.text.dropLast(entry.figure.shown.count)), last.style, href: last.href))
            runs.append(.init(entry.figure.shown, href: link))
        }
        runs.append(.init(SummaryText.mark(number) + (entry.state == .typedOver ? "（已改动）" : entry.fault == nil ? "" : "（写法与数字不符）"), .mark, href: link))
    }

    private static func sources(_ entries: [BoundFigure]) -> Sheet.Table {
        Sheet.Table("数据依据", columns: [.init("序号", .code, share: 3), .init("追溯码", .code, share: 5), .init("指标", share: 10), .init("文中数", share: 6), .init("期间", share: 6),
                                  .init("来源", share: 5)], texts: entries.map { entry in
            let figure = entry.figure
            let source = entry.state == .typedOver ? "已改动，系统数为\(figure.shown)" : figure.isManual ? "手工填报" : "系统计算"
            return [SummaryText.mark(figure.number), figure.code, figure.name + (figure.role == .value ? "" : "（\(figure.role.label)）"),
                    entry.state == .typedOver ? entry.typed : figure.shown, figure.period.shown, source]
        })
    }
}
