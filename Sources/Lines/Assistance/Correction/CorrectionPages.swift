import Commons
import Kernel
import Pages
import Storage
import Values

/// 更正：which decision, what was wrong in it, and what the facts as put right would come to.
let correctionPage = Page("corrections/{id}", "低保决定的更正") { visit in
    let reader = visit.reader, correction: Correction = try reader.find(try visit.id())
    try reader.requireDuty(correction.region)
    let file = try reader.caseFile(correction.id), original = try reader.find(correction.decision), state = try reader.state(of: file)
    let facts = FactsView([
        .init("编号", file.number), .init("状态", .tag(TagView(state.title, state.isFinal ? .plain : .warn))), .init("由来", correction.cause.label),
        .init("原决定", .link("\(original.kind.label)（\(original.decidedOn.shown)）", href: "/assistance/decisions/\(original.id.text)")),
        .init("哪一认定有误", correction.finding), .init("提出", "\(correction.proposedBy)，\(correction.proposedOn.shown)"),
        .init("所据争议", correction.dispute.map { .link("打开争议", href: "/notices/disputes/\($0.text)") } ?? .absent),
        .init("更正决定", correction.result.map { .link("打开更正决定", href: "/assistance/decisions/\($0.text)") } ?? .absent),
    ])
    let estimate = try EstimateAnswerView { try reader.rejudged(original, by: correction).judged }
    let panels = [PanelView("理由和证据", "<p>\(correction.reason.text)</p>"), PanelView("按改正后的事实和\(original.lawOn.shown)的规定", estimateMarkup(estimate))]
        + reader.declarationPanels(try reader.find(correction.declaration), verdicts: [])
        + (correction.declined.map { [PanelView("不予更正的理由", "<p>\($0.text)</p>")] } ?? []) + [reader.historyPanel(try reader.history(of: correction.id.text))]
    let acts = try reader.moves(of: file).map { PageAct($0, on: correction.id.text, primary: $0.name == DecideCorrection.name) }
    return Page.Body(file.title, breadcrumbs: [("更正", "/assistance/corrections")], acts: acts) { "\(facts)\(each: panels, { $0.markup })" }
}

/// 文书补正通知书。
let fixSheet = Page("fixes/{id}/sheet", "文书补正通知书") { visit in
    let reader = visit.reader, fix: ClericalFix = try reader.find(try visit.id()), decision = try reader.find(fix.decision)
    try reader.requireDuty(fix.region)
    let office = try reader.office(in: fix.region, on: fix.fixedOn), file = try reader.caseFile(id: decision.caseID)
    let sheet = Sheet(
        unit: office.unit, title: "文书补正通知书", number: file?.number ?? "", addressee: try reader.find(try reader.addressee(of: decision)).name.shown,
        body: ["我们于\(decision.decidedOn.shown)作出的“\(decision.sheetTitle ?? decision.kind.label)”文字有误，现予补正：\(fix.item)由“\(fix.was)”补正为“\(fix.becomes)”。",
               "原因：\(fix.reason)。原文书的结论、金额和起止月份不变，申请行政复议、提起行政诉讼的期限仍从原文书送达之日起算。"],
        basis: [], objection: "", signatures: ["被送达人签名", "送达人签名"], date: fix.fixedOn.shown, traceCode: fix.id.traceCode)
    return Page.Body("文书补正通知书", breadcrumbs: [("决定", "/assistance/decisions/\(decision.id.text)")], sheets: [sheet])
}

extension Reader {
    /// What stands above a decision that was put right, or that puts another right.
    func correctionMarks(_ decision: Decision) throws -> [NoticeBoxView] {
        let after = try correction(of: decision.id).map { later in
            NoticeBoxView(.warn, "本决定已于\(later.decidedOn.shown)\(later.kind == .revoked ? "撤销" : "更正")", "内容保留备查，以更正后的决定为准。",
                          links: [LinkView("打开更正后的决定", href: "/assistance/decisions/\(later.id.text)")])
        }
        let before = decision.corrects.map { NoticeBoxView(.info, "本决定更正了先前的决定", links: [LinkView("打开原决定", href: "/assistance/decisions/\($0.text)")]) }
        return [after, before].compactMap(\.self)
    }

    /// Slips put right on this document, and its service.
    func correctionPanels(_ decision: Decision) throws -> [PanelView] {
        let fixes = try fixes(of: decision.id).map { fix in
            TableRowView([.text(fix.fixedOn.shown), .text(fix.item), .text("由“\(fix.was)”补正为“\(fix.becomes)”"), .text(fix.fixedBy)], href: "/assistance/fixes/\(fix.id.text)/sheet")
        }
        let table = TableView(id: "fixes", caption: "文书补正", columns: ["日期", "项目", "内容", "补正人"].map { ColumnView($0) }, rows: fixes, empty: EmptyView("没有补正", ""))
        let service = try service(of: decision.id.text).map { service in
            PanelView("送达", "<p><a href=\"\(href: "/notices/services/\(service.id.text)")\">\(service.servedOn.map { "\($0.shown)送达，看送达经过和救济期限" } ?? "尚未送达，去登记")</a></p>")
        }
        return (fixes.isEmpty ? [] : [PanelView("补正", table.markup)]) + [service].compactMap(\.self)
    }

    /// The form of an act, for those who may do it.
    func act(_ name: String, of line: String = "assistance", on subject: String) -> PageAct? {
        guard let action = house.line(line)?.action(name), action.roles.contains(actor.role) else { return nil }
        return PageAct(action, on: subject)
    }
}

/// 更正台账。
let corrections = Listing(
    "corrections", "低保决定更正台账", of: CorrectionRow.self, sorted: [.descending(.proposedOn), .descending(Term<ID<Correction>>.id)],
    filters: [.equals(.correctionCause), .within(.region), .atLeast(.proposedOn, "提出日期")], totals: [.count("件")],
    emptyText: "提出的更正会出现在这里", link: { "/assistance/corrections/\($0.text("id") ?? "")" }
) { query in
    """
    SELECT k.id AS id, c.number AS number, c.title AS title, k.cause AS cause, k.wrong_finding AS wrong_finding, k.proposed_on AS proposed_on,
           c.closed_on AS closed_on, k.region AS region
    FROM correction AS k JOIN case_file AS c ON c.id = k.id WHERE \(query.within("k.region"))
    """
}

struct CorrectionRow: Shaped {
    let id: ID<Correction>, number: String, title: String, cause: CorrectionCause, finding: String, proposedOn: CivilDate, closedOn: CivilDate?, region: RegionCode

    static let shape = Shape<CorrectionRow> {
        Field(.caseNumber, \.number)
        Field(.correctionTitle, \.title)
        Field(.correctionCause, \.cause)
        Field(.wrongFinding, \.finding)
        Field(.proposedOn, \.proposedOn)
        Field(.correctionClosedOn, \.closedOn)
        Field(.region, \.region)
        Field(.id, \.id)
    }

    init(from reading: Reading<CorrectionRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.caseNumber)
        title = try reading(.correctionTitle)
        cause = try reading(.correctionCause)
        finding = try reading(.wrongFinding)
        proposedOn = try reading(.proposedOn)
        closedOn = try reading(.correctionClosedOn)
        region = try reading(.region)
    }
}

extension Term where Value == String {
    static var correctionTitle: Term<String> { Term("title", "更正事项") }
}
extension Term where Value == CivilDate {
    static var correctionClosedOn: Term<CivilDate> { Term("closed_on", "办结日期") }
}
