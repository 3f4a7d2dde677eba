import Commons
import Kernel
import Pages
import Values

/// 核对、调查、评议。What was found besides what was declared.
extension Reader {
    func surveyPanels(_ dossier: Dossier) -> [PanelView] {
        var panels: [PanelView] = []
        if !dossier.checks.isEmpty { panels.append(PanelView("信息核对", "\(each: dossier.checks.reversed().map(checkMarkup), \.self)")) }
        if !dossier.visits.isEmpty { panels.append(PanelView("入户调查", "\(each: dossier.visits.reversed().map(visitMarkup), \.self)")) }
        if !dossier.deliberations.isEmpty { panels.append(PanelView("民主评议", "\(each: dossier.deliberations.map(deliberationMarkup), \.self)")) }
        return panels
    }

    private func checkMarkup(_ check: EconomicCheck) -> Markup {
        let rows = check.hits.map { hit in
            TableRowView([.text(hit.member.shown), .text(hit.source.label), .text(hit.finding), .tag(TagView(hit.result.label, hit.result == .confirmed ? .warn : .plain)),
                          cell(hit.explanation ?? "")])
        }
        let table = TableView(id: "check-\(check.id.text)", caption: "核对报告 \(check.reportedOn.shown)", columns: [
            ColumnView("成员"), ColumnView("来源"), ColumnView("命中内容"), ColumnView("处理"), ColumnView("说明"),
        ], rows: rows, empty: EmptyView("没有命中", "各部门数据与申报没有出入。"))
        return "\(table)\(some: check.note, { "<p>\($0.text)</p>" })"
    }

    private func visitMarkup(_ visit: HouseholdVisit) -> Markup {
        FactsView([
            .init("调查日期", visit.visitedOn.shown), .init("方式", "\(visit.method.label)（\(visit.level == .county ? "县级" : "镇街")）"),
            .init("调查人", visit.surveyors.map(\.name.shown).joined(separator: "、")), .init("签字的家庭成员", cell(visit.signedBy?.shown ?? "")),
            .init("与申报", .tag(visit.agrees ? TagView("一致", .ok) : TagView("不一致", .warn))), .init("调查情况", visit.findings.text),
        ]).markup
    }

    private func deliberationMarkup(_ held: Deliberation) -> Markup {
        FactsView([
            .init("评议日期", held.heldOn.shown), .init("参加", "\(held.attendants) 人，其中村（居）民代表 \(held.representatives) 人"),
            .init("赞成", "\(held.votesFor) 人"), .init("评议情况", held.findings.text),
        ]).markup
    }

    // MARK: Notices

    func noticePanels(_ dossier: Dossier) -> [PanelView] {
        guard !dossier.notices.isEmpty else { return [] }
        return [PanelView("公示和异议", "\(each: dossier.notices.map(noticeMarkup), \.self)\(if: !dossier.objections.isEmpty, objectionTable(dossier).markup)")]
    }

    private func noticeMarkup(_ notice: PublicNotice) -> Markup {
        FactsView([
            .init("公示", "\(notice.from.shown)至\(notice.lastDay.shown)"), .init("层级", notice.level == .county ? "县级" : "镇街"), .init("地点", notice.place),
            .init("公示登记", .link("看张贴内容、留证和异议", href: "/notices/notices/\(notice.id.text)")),
        ]).markup
    }

    private func objectionTable(_ dossier: Dossier) -> TableView {
        let rows = dossier.objections.map { objection in
            TableRowView([.text(objection.raisedOn.shown), .text(objection.raisedBy?.shown ?? "不具名"), .text(objection.content.text),
                          .tag(objection.standing), cell(objection.finding?.text ?? "")])
        }
        return TableView(id: "objections", caption: "异议", columns: [ColumnView("日期", .date), ColumnView("提出人"), ColumnView("内容"), ColumnView("处理"), ColumnView("核查情况")],
                         rows: rows, empty: EmptyView("没有异议", "公示期内收到的异议会列在这里。"))
    }

    // MARK: Documents and history

    func documentPanel(_ dossier: Dossier) -> PanelView {
        let documents = dossier.application.documents + dossier.visits.flatMap(\.photos)
        guard !documents.isEmpty else { return PanelView("材料", EmptyView("没有材料", "申请和调查时提交的材料会列在这里。").markup) }
        let uploaded = documents.compactMap { document in document.attachment.flatMap { dossier.files[$0.id] }.map { $0.listed(as: document.kind.label) } }
        let onPaper = documents.filter { $0.attachment == nil }.map { [$0.kind.label, $0.note].compactMap(\.self).joined(separator: "：") }
        return PanelView("材料", """
            \(if: !uploaded.isEmpty, AttachmentListView(uploaded).markup)\
            \(if: !onPaper.isEmpty, "<p>纸质收存：\(onPaper.joined(separator: "、"))</p>")
            """)
    }

    func historyPanel(_ history: [HistoryEntry]) -> PanelView {
        let rows = history.map { entry in
            TableRowView([.text(entry.at.shown), .text("\(entry.actorName)（\(entry.role.label)）"), .text(title(of: entry)), .text(entry.message)],
                         href: "/desk/receipt/\(entry.act.text)")
        }
        return PanelView("经过", TableView(id: "history", caption: "由新到旧", columns: [ColumnView("时间", .date), ColumnView("谁"), ColumnView("事项"), ColumnView("结果")],
                                         rows: rows, empty: EmptyView("还没有经过", "每办一步，都会写在这里。")).markup)
    }

    private func title(of entry: HistoryEntry) -> String {
        house.lines.flatMap(\.actions).first { $0.permission == entry.action }?.title ?? entry.action
    }
}

extension Objection {
    fileprivate var standing: TagView {
        guard resolvedOn != nil else { return TagView("待处理", .warn) }
        return isUpheld == true ? TagView("成立", .stop) : TagView("不成立", .ok)
    }
}
