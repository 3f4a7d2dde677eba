import Commons
import Kernel
import Pages
import Storage
import Values

/// 总结页：where it stands, what is wrong with its numbers, and the text itself, line by line.
let summaryPage = Page("summaries/{id}", "工作总结") { visit in
    let reader = visit.reader, summary = try reader.summary(try visit.id())
    let file = try reader.caseFile(summary.id), standing = try reader.standing(of: summary), acts = try reader.moves(of: file)
    let view = SummaryView(standing: standing, file: file, stage: try reader.house.process(file.process).edition(on: file.editionOn).state(file.state)?.title ?? file.state,
                           paper: standing.paper(isMarked: true, on: reader.today), isEditable: acts.contains { $0.name == EditSummaryLine.name },
                           past: try reader.actor.covers(summary.region) ? reader.past(of: summary.id) : [])
    let byLine = [EditSummaryLine.name, RestoreSummaryLine.name], onward = [ReviewSummary.name, ApproveSummary.name]
    let buttons = acts.filter { !byLine.contains($0.name) }.map { PageAct($0, on: summary.id.text, primary: onward.contains($0.name)) }
    let papers = [PageAct("打印、下载", "\(summary.link)/paper"), PageAct("重算数字", "\(summary.link)/verify")]
    return Page.Body(summary.title, breadcrumbs: [("计划与总结", "/planning"), ("工作总结", "/planning/summaries")], acts: buttons + papers) { view.markup }
}

struct SummaryView: Sendable {
    let standing: SummaryStanding
    let file: CaseFile
    let stage: String
    let paper: OfficialPaper
    let isEditable: Bool
    let past: [SummaryLinePast]

    private var summary: WorkSummary { standing.summary }

    var markup: Markup {
        """
        \(RecordHeadView(facts: [file.number, summary.period.shown, "\(summary.draftedByName) \(summary.draftedAt.shown) 起草", "查验码 \(summary.code)"], tags: [TagView(stage, tone)]))
        \(each: notices)
        \(some: summary.frozenAt, { PanelView("批准与冻结", FactsView(frozen($0)).markup).markup })
        \(if: isEditable, PanelView("逐段修改", editing.markup).markup)
        \(PanelView(isEditable ? "预览" : "全文", paper.markup))
        \(if: !past.isEmpty, PanelView("修改记录", history.markup).markup)
        """
    }

    private var tone: Tone { file.state == SummaryStates.approved.name ? .ok : file.state == SummaryStates.abandoned.name ? .stop : .warn }

    private func frozen(_ at: Instant) -> [FactsView.Fact] {
        [.init("批准", "\(summary.frozenByName ?? "")，\(at.shown)"), .init("冻结摘要", summary.frozenHash ?? ""), .init("数字", "\(standing.figures.count) 个")]
    }

    private var notices: [NoticeBoxView] {
        let over = standing.figures.filter { $0.state == .typedOver }, dropped = standing.figures.count { $0.state == .dropped }
        var boxes: [NoticeBoxView] = []
        if !over.isEmpty {
            let list = over.map { "〔\($0.figure.number)〕\($0.figure.name)系统数为\($0.figure.shown)" }.joined(separator: "；")
            boxes.append(NoticeBoxView(.warn, "\(over.count) 个数已改动，与系统不符", list))
        }
        if !standing.faults.isEmpty {
            boxes.append(NoticeBoxView(.stop, "\(standing.faults.count) 处写法与数字不符", standing.faultWords + "。改正以后才能送审核、批准。"))
        }
        if !standing.loose.isEmpty {
            boxes.append(NoticeBoxView(.warn, "\(standing.loose.count) 个数没有来历", "请逐个核实出处：" + standing.loose.prefix(12).map(\.words).joined(separator: "、")))
        }
        if dropped > 0, isEditable { boxes.append(NoticeBoxView(.info, "\(dropped) 个数已从文中删去", "数据依据里不再列出。")) }
        return boxes
    }

    private var history: SummaryHistoryView {
        let now = Dictionary(standing.lines.map { ($0.id, $0.text) }, uniquingKeysWith: { first, _ in first })
        return SummaryHistoryView(past: past, now: now, isEditable: isEditable)
    }

    private var editing: TableView {
        let rows = standing.lines.enumerated().map { index, line in
            TableRowView([.text("\(index + 1)"), .text(line.level == 0 ? "正文" : "\(line.level) 级标题"), .text(SummaryText.withoutMarks(line.text)),
                          line.isEdited ? .tag(TagView("人工改过")) : .absent], href: "/planning/do/\(EditSummaryLine.name)?line=\(line.id.text)")
        }
        return TableView(id: "lines", caption: "点序号修改这一段", columns: [.init("序号", .number), .init("层次", .code), .init("文字"), .init("改动")], rows: rows,
                         empty: EmptyView("没有段落", "请重新起草"))
    }
}

/// 成文：the paper alone, with its twins in Word and PDF. `?marks=0` leaves marks and sources away.
let summaryPaperPage = Page("summaries/{id}/paper", "总结成文") { visit in
    let reader = visit.reader, summary = try reader.summary(try visit.id())
    let isMarked = visit.query["marks"] != "0" && summary.kind != .nextPlan
    return Page.Body(summary.title, breadcrumbs: [(summary.title, summary.link)], paper: try reader.standing(of: summary).paper(isMarked: isMarked, on: reader.today))
}

/// 重算比对：every number then and now.
let summaryVerifyPage = Page("summaries/{id}/verify", "重算数字") { visit in
    let reader = visit.reader, summary = try reader.summary(try visit.id()), verification = try reader.verify(summary)
    let rows = (verification.differences + verification.compared.filter(\.isSame)).map { compared in
        let figure = compared.figure, why = [compared.why, compared.entry.fault ?? ""].filter { !$0.isEmpty }.joined(separator: "；")
        let tag = compared.entry.fault != nil ? TagView("写法不符", .stop) : compared.isSame ? TagView("相同", .ok) : TagView("不同", .late)
        return TableRowView([.text("〔\(figure.number)〕"), .link(figure.name + "（\(figure.role.label)）", href: figure.link), .text(figure.shown), .text(compared.nowShown),
                             .tag(tag), why.isEmpty ? .absent : .text(why)])
    }
    let isSound = verification.isSound, differs = !verification.differences.isEmpty
    let box = NoticeBoxView(!isSound ? .stop : differs ? .warn : .info, verification.conclusion, differs ? "总结的文字不会跟着变；需要更正的，请另行起草并注明。" : "")
    let table = TableView(id: "verify", caption: "逐个重算", columns: [.init("序号", .code), .init("指标"), .init("起草时", .number), .init("现在", .number), .init("结论"), .init("原因")],
                          rows: rows, empty: EmptyView("没有数字", "这份总结里没有来自指标的数"))
    return Page.Body("重算数字：\(summary.title)", breadcrumbs: [("工作总结", "/planning/summaries"), (summary.title, summary.link)]) { "\(box)\(table)" }
}

/// 总结台账。
let summaryListing = Listing(
    "summaries", "工作总结", of: SummaryRow.self, sorted: [.descending(.draftedAt), .ascending(Term<ID<WorkSummary>>.id)],
    filters: [.equals(.summaryNumber), .equals(.summaryKind), .equals(.summaryState), .within(.region)], totals: [.count("份")], emptyText: "起草的总结会出现在这里；点“起草总结”由系统写出初稿",
    link: { "/planning/summaries/\($0.text("id") ?? "")" }, subject: .summary
) { query in
    let below = "\(query.within("s.region"))" as Statement, above = query.actor.region.ancestors.map { "\($0)" as Statement }.joined(", ")
    return """
        SELECT s.id AS id, c.number AS number, s.title AS title, s.kind AS kind, c.state AS state, s.region AS region, s.drafted_by_name AS drafted_by_name,
               s.drafted_at AS drafted_at, s.frozen_by_name AS frozen_by_name, s.code AS code
        FROM work_summary AS s JOIN case_file AS c ON c.id = s.id
        WHERE (\(below) OR (s.frozen_at IS NOT NULL AND s.region IN (\(above))))
        """
}

struct SummaryRow: Shaped {
    let id: ID<WorkSummary>, number: String, title: String, kind: SummaryKind, state: SummaryState, region: RegionCode
    let draftedByName: String, draftedAt: Instant, frozenByName: String?, code: String

    static let shape = Shape<SummaryRow> {
        Field(.summaryNumber, \.number)
        Field(.summaryTitle, \.title)
        Field(.summaryKind, \.kind)
        Field(.summaryState, \.state)
        Field(.draftedByName, \.draftedByName)
        Field(.draftedAt, \.draftedAt)
        Field(.frozenByName, \.frozenByName)
        Field(.summaryCode, \.code)
        Field(.region, \.region)
        Field(.id, \.id)
    }

    init(from reading: Reading<SummaryRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.summaryNumber)
        title = try reading(.summaryTitle)
        kind = try reading(.summaryKind)
        state = try reading(.summaryState)
        region = try reading(.region)
        draftedByName = try reading(.draftedByName)
        draftedAt = try reading(.draftedAt)
        frozenByName = try reading(.frozenByName)
        code = try reading(.summaryCode)
    }
}
