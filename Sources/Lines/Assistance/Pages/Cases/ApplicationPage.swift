import Kernel
import Pages
import Values

/// 办件：最低生活保障申请。Left, the facts in the order of the form; right, the steps with their clocks, and the sheets.
let applicationPage = Page("applications/{id}", "最低生活保障申请") { visit in
    let dossier = try visit.reader.dossier(of: try visit.id())
    let view = try visit.reader.view(of: dossier)
    let acts = try visit.reader.acts(on: dossier)
    return Page.Body("\(dossier.file.title) · 最低生活保障申请", breadcrumbs: [("申请", "/assistance/applications")], acts: acts) { caseMarkup(view) }
}

/// 办件的一页。
struct CaseView: Sendable {
    let head: RecordHeadView
    /// What to know before going on.
    let notices: [NoticeBoxView]
    /// In the order of the form, then what was found and decided.
    let panels: [PanelView]
    let side: [PanelView]
    let sideTitle: String
}

func caseMarkup(_ view: CaseView) -> Markup {
    """
    \(view.head)
    \(each: view.notices)
    \(SplitView(main: "\(each: view.panels)", side: "\(each: view.side)", sideTitle: view.sideTitle))
    """
}

extension Reader {
    fileprivate func view(of dossier: Dossier) throws -> CaseView {
        CaseView(
            head: try head(of: dossier), notices: notices(on: dossier),
            panels: try [applicationPanel(dossier)] + declarationPanels(dossier.declaration, verdicts: dossier.finding?.members ?? [])
                + surveyPanels(dossier) + findingPanels(dossier) + noticePanels(dossier) + [documentPanel(dossier), historyPanel(dossier.history)],
            side: [PanelView("办理步骤", steps(of: dossier).markup), sheetPanel(dossier)], sideTitle: "办理步骤和文书")
    }

    private func head(of dossier: Dossier) throws -> RecordHeadView {
        var tags = [TagView(dossier.state.title, dossier.state.isFinal ? .plain : .warn)]
        if let clock = nearestClock(dossier.clocks) { tags.append(TagView("\(clock.title)：\(timeLeft(clock).text)", timeLeft(clock).tone)) }
        let people = "家庭成员 \(dossier.declaration.members.count) 人"
        return RecordHeadView(facts: [dossier.file.number, people, try regionPath(dossier.application.region)], tags: tags)
    }

    /// What stands between this case and its next step.
    private func notices(on dossier: Dossier) -> [NoticeBoxView] {
        guard !dossier.state.isFinal, let awaits = dossier.state.awaits else { return [] }
        let unsigned = dossier.declaration.members.filter { $0.condition.isPresent && $0.hasConsented != true }.map(\.name.shown)
        let consent = unsigned.isEmpty ? "" : "\(unsigned.joined(separator: "、"))还没有签署核对授权书，签齐后才能受理和核对。"
        return [NoticeBoxView(consent.isEmpty ? .info : .warn, "下一步：\(awaits)", consent)]
    }

    private func applicationPanel(_ dossier: Dossier) throws -> PanelView {
        let application = dossier.application
        var facts: [FactsView.Fact] = [
            .init("申请人", .link(dossier.applicant.name.shown, href: "/people/persons/\(application.applicant.text)")),
            .init("公民身份号码", try dossier.applicant.residentID.map { .text(Masked.residentID(try open($0))) } ?? .absent),
            .init("联系电话", try dossier.applicant.phone.map { .text(Masked.phone(try open($0))) } ?? .absent),
            .init("家庭", .link(dossier.file.title, href: "/people/households/\(application.household.text)")),
            .init("申请日期", application.appliedOn.shown), .init("受理日期", application.acceptedOn.map { .text($0.shown) } ?? .absent),
            .init("城乡", application.area.label), .init("申请渠道", application.channel.label),
        ]
        if let ground = application.ground { facts.append(.init("单人户情形", ground.label)) }
        if let level = application.level { facts.append(.init("确认层级", level.label)) }
        facts.append(.init("近亲属备案", application.nearRelative.map { .text($0) } ?? .absent))
        return PanelView("申请", FactsView(facts).markup)
    }

    private func sheetPanel(_ dossier: Dossier) -> PanelView {
        let links = dossier.sheets
        guard !links.isEmpty else { return PanelView("文书", EmptyView("还没有文书", "受理、公示和作出决定后，可在这里打印。").markup) }
        return PanelView("文书", "<ul class=\"sheets\">\(each: links, { "<li>\($0)</li>" })</ul>")
    }
}
