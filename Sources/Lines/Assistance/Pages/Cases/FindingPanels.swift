import Kernel
import Pages
import Values

/// 结论和核算。What was found or decided, the arithmetic that adds up, every ruling with its document.
extension Reader {
    func findingPanels(_ dossier: Dossier) throws -> [PanelView] {
        guard let finding = dossier.finding else { return dossier.state.isFinal ? [] : [PanelView("测算", estimateMarkup(try estimate(of: dossier)))] }
        return [PanelView(finding.kind == .firstOpinion ? "审核意见" : "决定", conclusion(finding, text: dossier.opinions.last?.text))] + reckoningPanels(finding)
    }

    /// Before anybody has found anything: what the rules say of the facts so far, or what they still ask for.
    private func estimate(of dossier: Dossier) throws -> EstimateAnswerView {
        try EstimateAnswerView { try assessment(of: dossier.application).assessment }
    }

    /// The arithmetic and the rulings of a decision.
    func reckoningPanels(_ decision: Decision) -> [PanelView] {
        let lines = decision.lines.withoutMembers(decision.members)
        guard !lines.isEmpty else { return [] }
        let table = ArithmeticView("按 \(decision.lawOn.shown) 的规定", of: lines)
        return [PanelView("核算", table.markup), PanelView("所用规定", rulings(decision).markup)]
    }

    func conclusion(_ decision: Decision, text: LongText? = nil) -> Markup {
        let facts = FactsView([
            .init("结论", decision.conclusion?.label ?? decision.kind.label), .init("月保障金", decision.monthly == .zero ? .absent : .text(decision.monthly.shown)),
            .init("自何月起", decision.from.map { .text($0.shown) } ?? .absent), .init("\(decision.kind.label)日期", decision.decidedOn.shown), .init("办理人", decision.decidedBy),
            .init("送达", decision.deliveredOn.map { .text("\($0.shown)，\(decision.delivery?.label ?? "")") } ?? .absent),
        ])
        let note = decision.note ?? text
        return "\(facts)\(reasons(decision))\(some: note, { "<p>\($0.text)</p>" })"
    }

    /// 理由；for a refusal, which fact would have to differ.
    private func reasons(_ decision: Decision) -> Markup {
        """
        <h3>理由</h3>
        <ul class="reasons">\(each: decision.reasons, {
            "<li>\($0.sentence)\(some: $0.remedy, { "<br><b>哪一事实需要不同：</b>\($0)" })<br><span class=\"note\">依据：\($0.basis)</span></li>"
        })</ul>
        """
    }

    private func rulings(_ decision: Decision) -> TableView {
        let rows = decision.rulings.map { TableRowView([.text($0.title), .text($0.value), .text($0.source)]) }
        return TableView(id: "rulings", caption: "所用规定及出处", columns: [ColumnView("规定"), ColumnView("取值"), ColumnView("出处")], rows: rows,
                         empty: EmptyView("没有引用当地规定", "核算引用的每条规定会列在这里。"))
    }
}

extension ArithmeticView {
    /// 测算表：the lines as they were kept with the decision.
    init(_ caption: String, of lines: [LineEntry]) {
        self.init(caption, lines.map { .init($0.label, $0.amount ?? "", detail: $0.detail ?? "", basis: $0.basis ?? "", isTotal: $0.kind == .total) })
    }
}

extension [LineEntry] {
    /// Without the opening verdicts on members, who stand in a table of their own.
    func withoutMembers(_ members: [VerdictEntry]) -> [LineEntry] {
        let names = Set(members.map(\.name))
        return Array(drop { $0.kind == .note && $0.amount == nil && names.contains($0.label) })
    }

    /// What adds up, and the condition it was measured by: enough for a printed page. Subtotals of one person and zeros are left out;
    /// where another month's rulings give the amount, the amount that is not paid is left out too.
    var reckoned: [LineEntry] {
        let subtotals = Set(filter { $0.kind == .total && $0.detail == "小计" }.map(\.label))
        let kept = filter { line in
            let isRepeated = subtotals.contains(line.label) && (line.kind == .total || line.detail == "见上")
            return !isRepeated && !line.isNothing && (line.amount != nil || line.isCondition || line.isTurn || line.isDifference)
        }
        guard let turn = kept.firstIndex(where: \.isTurn), let condition = kept[..<turn].lastIndex(where: \.isCondition) else { return kept }
        return Array(kept[...condition] + kept[turn...])
    }
}

extension LineEntry {
    /// What the months before came to, told on the sheet in a sentence of its own.
    static let differenceTotal = "差额合计"
    fileprivate var isDifference: Bool { label.hasSuffix("差额") || label == Self.differenceTotal }
    fileprivate var isCondition: Bool { label == "收入条件" }
    fileprivate var isTurn: Bool { label == "发放月份的规定" }
    fileprivate var isNothing: Bool { kind == .plus && amount == ExactMoney.zero.shown }
}
