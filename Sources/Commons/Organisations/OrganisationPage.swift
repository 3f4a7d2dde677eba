import Kernel
import Pages
import Values

/// 机构档案。What it is, who answers for it, what changed, and what every line has to do with it.
let organisationPage = Page("organisations/{id}", "机构档案") { visit in
    let reader = visit.reader, organisation: Organisation = try reader.find(try visit.id())
    try reader.requireScope(organisation.region, of: "这家机构的档案")
    let view = try reader.view(of: organisation)
    return Page.Body(organisation.name, breadcrumbs: [("机构登记", "/organisations/register")], acts: reader.acts(on: organisation)) { organisationMarkup(view) }
}

struct OrganisationView: Sendable {
    let head: RecordHeadView
    let pending: NoticeBoxView?
    let facts: FactsView
    /// nil while it bore one name only.
    let names: TableView?
    let timeline: TimelineView
}

func organisationMarkup(_ view: OrganisationView) -> Markup {
    """
    \(view.head)\(view.pending)
    \(SplitView(main: PanelView("经历", view.timeline.markup).markup, side: "\(PanelView("登记", view.facts.markup))\(view.names)", sideTitle: "登记事项"))
    """
}

extension Reader {
    fileprivate func acts(on organisation: Organisation) -> [PageAct] {
        guard actor.covers(organisation.region), organisation.status != .cancelled else { return [] }
        return acts(on: Term<ID<Organisation>>.organisation.name, organisation.id.text).filter { act in
            let isConfirming = act.href.contains("/do/\(ConfirmCreditCode.name)?")
            return isConfirming ? organisation.pendingCode != nil && organisation.pendingBy != actor.user : true
        }
    }

    fileprivate func view(of organisation: Organisation) throws -> OrganisationView {
        let tone: Tone = switch organisation.status { case .active: .ok; case .suspended: .warn; case .cancelled: .stop }
        let names = try names(of: organisation.id)
        return OrganisationView(head: RecordHeadView(facts: [organisation.kind.label, organisation.creditCode?.code ?? "没有信用代码", try regionPath(organisation.region)],
                                                     tags: [TagView("\(organisation.status.label)（\(organisation.statusOn.shown)起）", tone)]),
                                pending: organisation.pendingCode.map { _ in NoticeBoxView(.warn, "信用代码等待复核", "已有人提出更正，须由另一人对照证书复核。") },
                                facts: try facts(of: organisation), names: names.count > 1 ? table(names) : nil,
                                timeline: timelineView(try timeline(of: [organisation.id.text], from: house.lines)))
    }

    /// Numbers are masked.
    private func facts(of organisation: Organisation) throws -> FactsView {
        FactsView([
            .init("统一社会信用代码", organisation.creditCode?.code ?? "没有登记"), .init("成立日期", organisation.foundedOn.shown),
            .init("法定代表人（负责人）", organisation.representative.map { .text($0) } ?? .absent),
            .init("负责人电话", try organisation.representativePhone.map { .text(Masked.phone(try open($0))) } ?? .absent),
            .init("住址", organisation.address.map { .text($0) } ?? .absent),
            .init("联系电话", try organisation.phone.map { .text(Masked.phone(try open($0))) } ?? .absent),
        ])
    }

    private func table(_ names: [OrganisationName]) -> TableView {
        TableView(id: "names", caption: "名称沿革", columns: [ColumnView("名称"), ColumnView("起止")],
                  rows: names.reversed().map { TableRowView([.text($0.name), .text(lasting($0.from, $0.until))]) }, empty: EmptyView("没有改过名", ""))
    }
}
