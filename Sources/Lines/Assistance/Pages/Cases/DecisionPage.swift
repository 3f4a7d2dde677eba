import Commons
import Kernel
import Pages
import Values

/// 决定：what was decided on one day, why, by which arithmetic and which rulings; from here to its sheet and to the case.
let decisionPage = Page("decisions/{id}", "决定") { visit in
    let reader = visit.reader, decision: Decision = try reader.find(try visit.id())
    try reader.requireDuty(decision.region)
    let file = try reader.caseFile(id: decision.caseID)
    let panels = try [PanelView("决定", reader.conclusion(decision))] + members(decision) + reader.reckoningPanels(decision) + reader.correctionPanels(decision)
    let marks = try reader.correctionMarks(decision), isOver = try reader.correction(of: decision.id) != nil
    let beginnings = [isOver || !Decision.correctable.contains(decision.kind) ? nil : ProposeCorrection.name, decision.sheetTitle == nil ? nil : FixClericalError.name]
    let acts = (decision.sheetLink.map { [PageAct($0.title, $0.href, primary: true)] } ?? []) + beginnings.compactMap(\.self).compactMap { reader.act($0, on: decision.id.text) }
    return Page.Body("\(decision.kind.label) · \(file?.title ?? "")", breadcrumbs: file.map { [($0.number, "/assistance/\($0.process)s/\($0.id)")] } ?? [], acts: acts) {
        "\(each: marks, { $0.markup })\(each: panels, { $0.markup })"
    }
}

/// 哪些人计入，为什么。
private func members(_ decision: Decision) -> [PanelView] {
    guard !decision.members.isEmpty else { return [] }
    let rows = decision.members.map { TableRowView([.text($0.name), .tag($0.isCounted ? TagView("计入", .ok) : TagView("不计入", .plain)), .text($0.reason), .text($0.basis)]) }
    let columns = ["成员", "是否计入", "理由", "依据"].map { ColumnView($0) }
    return [PanelView("家庭成员", TableView(id: "members", caption: "共同生活的家庭成员", columns: columns, rows: rows, empty: EmptyView("没有成员", "")).markup)]
}
