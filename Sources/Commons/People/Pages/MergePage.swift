import Kernel
import Pages
import Values

/// 合并详情。The two side by side; whoever approves compares them here.
let mergePage: Page = Page("merges/{id}", "档案合并") { visit in
    let reader = visit.reader, merge: PersonMerge = try reader.find(try visit.id()), file = try reader.caseFile(merge.id)
    try reader.requireScope(merge.region, of: "这件合并")
    let kept = try reader.find(merge.kept), absorbed = try reader.find(merge.absorbed)
    let isOwn = merge.proposedBy == reader.actor.user
    let moves = try reader.moves(of: file).filter { ($0.name == WithdrawMerge.name) == isOwn }
    let undo = merge.stands ? reader.house.line(people.name)?.action(UndoMerge.name).flatMap { $0.roles.contains(reader.actor.role) ? $0 : nil } : nil
    let acts = (moves + [undo].compactMap { $0 }).map { PageAct($0, on: merge.id.text, primary: $0.name == ApproveMerge.name) }
    let head = try reader.head(of: merge, file), facts = try reader.facts(of: merge), comparison = try reader.comparison(kept, absorbed)
    return Page.Body("档案合并 \(file.number)", breadcrumbs: [("档案合并", "/people/merges"), (kept.name.shown, "/people/persons/\(kept.id.text)")], acts: acts) {
        "\(head)\(PanelView("提出与复核", facts.markup))\(comparisonMarkup(comparison))"
    }
}

/// 合并的表单。The two side by side above the reason, and a way to keep the other one instead.
let mergeForm: FormPage = FormPage(ProposeMerge.self) { visit in
    let sections = [FormLayout.Section("合并", fields: ["kept", "absorbed", "reason"])]
    guard let kept = visit.values.text("kept").flatMap(ID<Person>.init(rawValue:)), let absorbed = visit.values.text("absorbed").flatMap(ID<Person>.init(rawValue:)) else {
        return FormLayout(sections: sections, preface: EmptyView("要合并哪两份档案？", "请从人员档案的「查重与合并」或者「疑似重复」里选定，再来这里。").markup)
    }
    let reader = visit.reader, first = try reader.find(kept), second = try reader.find(absorbed)
    try reader.requireDuty(of: first)
    try reader.requireDuty(of: second)
    let swap = LinkView("对调：改为保留「\(second.name.shown)」的这一份", href: address("/people/do/\(ProposeMerge.name)", ["kept": absorbed.text, "absorbed": kept.text]))
    return FormLayout(sections: sections, preface: "\(reader.obstacle(first, second))\(comparisonMarkup(try reader.comparison(first, second)))<p class=\"links\">\(swap)</p>")
}

extension Reader {
    /// What stands in the way, told before the form is filled in.
    fileprivate func obstacle(_ kept: Person, _ absorbed: Person) -> NoticeBoxView? {
        do throws(Refusal) { try requireMergeable(kept, absorbed); return nil } catch { return NoticeBoxView(.stop, "这两份还不能合并", error.message) }
    }

    fileprivate func head(of merge: PersonMerge, _ file: CaseFile) throws -> RecordHeadView {
        let standing = try standing(of: file)
        guard merge.undoneAt == nil else { return RecordHeadView(facts: ["两份档案已各自恢复"], tags: [TagView("已撤销", .stop)]) }
        return RecordHeadView(facts: [standing.awaits ?? standing.state], tags: [TagView(standing.state, merge.stands ? .ok : .warn)])
    }

    fileprivate func facts(of merge: PersonMerge) throws -> FactsView {
        let facts: [FactsView.Fact?] = [
            .init("提出人", merge.proposedByName), .init("提出时刻", merge.proposedAt.shown), .init("理由", try open(merge.reason).text),
            merge.decidedByName.map { .init("复核人", $0) }, merge.decidedAt.map { .init("复核时刻", $0.shown) }, try merge.answer.map { .init("复核意见", try open($0).text) },
            merge.undoneByName.map { .init("撤销人", $0) }, merge.undoneAt.map { .init("撤销时刻", $0.shown) }, try merge.undoReason.map { .init("撤销理由", try open($0).text) },
        ]
        return FactsView(facts.compactMap { $0 })
    }
}
