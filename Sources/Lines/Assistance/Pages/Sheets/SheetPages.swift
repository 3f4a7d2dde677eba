import Commons
import Kernel
import Pages
import Values

/// 受理通知书。
let acceptanceSheet = Page("applications/{id}/acceptance", "受理通知书") { visit in
    let dossier = try visit.reader.dossier(of: try visit.id())
    return try dossier.body("受理通知书", try visit.reader.acceptance(of: dossier))
}

/// 补正材料告知书。
let supplementSheet = Page("applications/{id}/supplement", "补正材料告知书") { visit in
    let dossier = try visit.reader.dossier(of: try visit.id())
    return try dossier.body("补正材料告知书", try visit.reader.supplement(of: dossier))
}

/// 公示。The one asked for, otherwise the last.
let noticeSheet = Page("applications/{id}/notice", "公示") { visit in
    let dossier = try visit.reader.dossier(of: try visit.id())
    let asked = visit.query["notice"].flatMap(ID<PublicNotice>.init(rawValue:))
    guard let notice = dossier.notices.last(where: { asked == nil || $0.id == asked }) else { throw Refusal.absent("这件还没有公示") }
    return try dossier.body("公示", try visit.reader.posting(of: notice, dossier))
}

/// 决定的文书：确认、不予确认、终止、调整、渐退、停发。
let decisionSheet = Page("decisions/{id}/sheet", "决定文书") { visit in
    let reader = visit.reader, decision: Decision = try reader.find(try visit.id())
    try reader.requireDuty(decision.region)
    let papers = try reader.papers(of: decision), file = try reader.caseFile(id: decision.caseID)
    guard let title = papers.first?.title else { throw Refusal.absent("这一步不出具文书") }
    let back = file.map { ($0.title, "/assistance/\($0.process)s/\($0.id)") } ?? ("社会救助", "/assistance")
    return Page.Body(title, breadcrumbs: [back], sheets: papers)
}

extension Reader {
    /// What is handed to the household; nothing for an opinion or a review without change.
    func papers(of decision: Decision) throws -> [Sheet] {
        try decision.sheetTitle.map { [try sheet(of: decision, $0, number: try caseFile(id: decision.caseID)?.number ?? "")] } ?? []
    }
}

extension Dossier {
    fileprivate func body(_ title: String, _ sheet: Sheet) throws -> Page.Body {
        Page.Body(title, breadcrumbs: [(file.title, application.link)], sheets: [sheet])
    }
}

extension Decision {
    /// nil where nothing is handed to the household: an opinion, a review without change.
    var sheetTitle: String? {
        switch kind {
        case .firstOpinion, .reviewed: nil
        case .confirmed: "最低生活保障确认通知书"
        case .refused: "不予确认最低生活保障告知书"
        case .terminated: "终止审核确认告知书"
        case .adjusted, .repriced: isReduced ? "最低生活保障金减发通知书" : "最低生活保障金调整通知书"
        case .gradualExit: "最低生活保障渐退通知书"
        case .stopped: "停止最低生活保障告知书"
        case .corrected: "最低生活保障决定更正通知书"
        case .revoked: "最低生活保障决定撤销通知书"
        }
    }

    var sheetLink: LinkView? { sheetTitle.map { LinkView("\($0)（\(decidedOn.shown)）", href: "/assistance/decisions/\(id.text)/sheet") } }
    var isReduced: Bool { monthly < previous ?? monthly }
}
