import Kernel
import Pages
import Values

/// 变更详情。Before and after, the papers, and the step that is open.
let changePage: Page = Page("changes/{id}", "档案变更") { visit in
    let reader = visit.reader, change: PersonChange = try reader.find(try visit.id()), file = try reader.caseFile(change.id)
    try reader.requireScope(change.region, of: "这件变更")
    let person = try reader.standing(change.person)
    let isOwn = change.requestedBy == reader.actor.user
    let acts = try reader.moves(of: file).filter { $0.name == WithdrawChange.name ? isOwn && change.kind != .death : !isOwn }
    let view = try reader.view(of: change, file, person)
    return Page.Body("\(change.kind.label) \(file.number)", breadcrumbs: [("档案变更", "/people/changes"), (person.name.shown, "/people/persons/\(person.id.text)")],
                     acts: acts.map { PageAct($0, on: change.id.text, primary: $0.name == ApproveChange.name) }) { changeMarkup(view) }
}

struct ChangeView: Sendable {
    let state: RecordHeadView
    let table: TableView
    let facts: FactsView
}

func changeMarkup(_ view: ChangeView) -> Markup { "\(view.state)\(view.table)\(PanelView("申请与复核", view.facts.markup))" }

extension Reader {
    fileprivate func view(of change: PersonChange, _ file: CaseFile, _ person: Person) throws -> ChangeView {
        let standing = try standing(of: file)
        let rows = try rows(of: change, before: try self.person(change.person, version: change.baseVersion) ?? person)
        let table = TableView(id: "change", caption: "变更内容", columns: [ColumnView("项目"), ColumnView("变更前"), ColumnView("变更后")], rows: rows.map {
            TableRowView([.text($0.label), $0.before.map { .text($0) } ?? .absent, $0.after.map { .text($0) } ?? .absent])
        }, empty: EmptyView("没有可显示的内容", ""))
        return ChangeView(state: RecordHeadView(facts: [change.kind.label, standing.awaits ?? standing.state], tags: [TagView(standing.state, tone(file))]), table: table,
                          facts: try facts(of: change))
    }

    private func tone(_ file: CaseFile) -> Tone {
        switch file.state {
        case ChangeStage.approved.name: .ok
        case ChangeStage.refused.name: .stop
        case ChangeStage.withdrawn.name: .plain
        default: .warn
        }
    }

    private func rows(of change: PersonChange, before: Person) throws -> [(label: String, before: String?, after: String?)] {
        switch change.kind {
        case .essentials: return try essentials(of: change, before)
        case .number:
            let after = try change.residentID.map(open)
            let isOther = change.documentKind != nil
            return [("公民身份号码", try before.residentID.map { try open($0).masked }, after?.masked)]
                + (isOther || before.documentKind != nil ? [("证件种类", before.documentKind?.label, isOther ? change.documentKind?.label : before.documentKind?.label)] : [])
                + (isOther ? [("证件号码", try before.documentNumber.map { try open($0).masked }, try change.documentNumber.map { try open($0).masked })] : [])
                + (after.map { [("性别", before.sex.shown, $0.sex.shown), ("出生日期", before.bornOn.shown, $0.birth.shown)] } ?? [])
        case .death: return [("死亡日期", nil, change.diedOn?.shown)]
        case .revival: return [("死亡日期", before.diedOn?.shown, nil)]
        }
    }

    private func essentials(of change: PersonChange, _ before: Person) throws -> [(label: String, before: String?, after: String?)] {
        [change.name.map { ("姓名", before.name.shown, $0.shown) }, change.sex.map { ("性别", before.sex.shown, $0.shown) },
         change.bornOn.map { ("出生日期", before.bornOn.shown, $0.shown) }, change.isBirthEstimated.map { ("出生日期为估计", before.isBirthEstimated.shown, $0.shown) },
         try change.movesTo.map { ("户籍地", try regionPath(before.region), try regionPath($0)) }].compactMap { $0 }
    }

    private func facts(of change: PersonChange) throws -> FactsView {
        let file = try change.attachment.flatMap { try first(Attachment.self, where: "id = \($0.id)") }
        let facts: [FactsView.Fact?] = [
            .init("申请人", change.requestedByName), .init("申请时刻", change.requestedAt.shown),
            try change.reason.map { .init("理由", try open($0).text) },
            .init("证明材料", file.map { .link($0.filename, href: "/attachments/\($0.id.text)") } ?? .absent),
            change.decidedByName.map { .init("复核人", $0) }, change.decidedAt.map { .init("复核时刻", $0.shown) },
            try change.answer.map { .init("复核意见", try open($0).text) },
        ]
        return FactsView(facts.compactMap { $0 })
    }
}
