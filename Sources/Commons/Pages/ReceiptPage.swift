import Kernel
import Pages
import Values

/// 办理回执。What an act brought about, its number, and the way on.
let receiptPage = Page("receipt/{act}", "办理回执", roles: .everyone) { visit in
    let reader = visit.reader, id: ID<JournalEntry> = try visit.id("act")
    guard let line = try reader.journalLine(id) else { throw Refusal.absent("没有这条办理记录，请核对编号") }
    guard reader.maySee(line) else { throw Refusal.forbidden("这件事不在您的管辖范围内，请联系所属区域的经办人员") }
    let view = try reader.receipt(of: line)
    return Page.Body(reader.house.actionTitle(line.action), breadcrumbs: [("工作台", "/desk/workbench")]) { "\(view.receipt)\(view.facts)" }
}

struct ReceiptPageView: Sendable {
    let receipt: ReceiptView
    let facts: FactsView
}

extension Reader {
    /// Whoever did it, and everyone whose region it lies in.
    func maySee(_ line: JournalLine) -> Bool { line.actor == actor.user || actor.covers(line.region) }

    fileprivate func receipt(of line: JournalLine) throws -> ReceiptPageView {
        let file = try caseFile(id: line.subject)
        let number = file.flatMap { line.message.contains($0.number) ? nil : $0.number }
        let receipt = ReceiptView(line.message, number: number, next: try next(after: file), links: try links(line, file))
        return ReceiptPageView(receipt: receipt, facts: FactsView([
            .init("事项", house.actionTitle(line.action)), .init("经办人", "\(line.actorName)（\(line.role.label)）"), .init("时刻", line.at.shown),
            .init("区域", try placeName(line.region)), .init("办理编号", line.id.text),
            .init("日志封存", line.block.map { "第 \($0) 块" } ?? "待封存"),
        ]))
    }

    private func next(after file: CaseFile?) throws -> String {
        guard let file else { return "没有待办的步骤。" }
        let standing = try standing(of: file)
        guard file.closedOn == nil else { return "这件已办结（\(standing.state)）。" }
        let clock = try nearest(clocks(of: file)).map { "，\($0.title)截止 \($0.dueOn.shownWithWeekday)" } ?? ""
        return "现在是「\(standing.state)」\(standing.awaits.map { "，\($0)" } ?? "")\(clock)。"
    }

    private func links(_ line: JournalLine, _ file: CaseFile?) throws -> [LinkView] {
        guard Set<Role>.readers.contains(actor.role) else { return [LinkView("回工作台", href: "/desk/workbench")] }
        let record = try line.link ?? file.map { try link(to: $0) }
        return [record.map { LinkView("打开\(file == nil ? "记录" : "办件")", href: $0) }, LinkView("回工作台", href: "/desk/workbench")].compactMap { $0 }
    }
}
