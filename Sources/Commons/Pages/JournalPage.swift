import Kernel
import Pages
import Values

/// 日志。Who did what, when, to what; which block seals it. Identifiers only.
let journalPage = Page("journal", "日志", roles: [.auditor, .securityAdministrator, .systemAdministrator, .leader], inMenu: true, isOverview: true) { visit in
    let reader = visit.reader
    let day = visit.asked("day", as: CivilDate.self), region = visit.asked("region", as: RegionCode.self)
    let query = JournalQuery(who: visit.text("who"), action: visit.text("act"), subject: visit.text("subject"), region: region.value, day: day.value,
                             older: visit.text("older"), newer: visit.text("newer"))
    let lines = try reader.journal(query, limit: linesShown + 1)
    let window = JournalWindow(lines, query, limit: linesShown)
    let view = JournalView(seal: try reader.sealFacts(), filters: try reader.filters(query, day, region), table: try reader.table(window.lines),
                           pager: window.pager { visit.page($0, $1) })
    return Page.Body("日志", breadcrumbs: [("工作台", "/desk/workbench")]) { "\(view.seal)\(view.filters)\(view.table)\(view.pager)" }
}

private let linesShown = 50

struct JournalView: Sendable {
    let seal: FactsView
    let filters: FiltersView
    let table: TableView
    let pager: PagerView?
}

/// The lines of one page, and whether there are older and newer ones. One line more than a page was read.
struct JournalWindow {
    let lines: [JournalLine]
    let older: String?
    let newer: String?

    init(_ read: [JournalLine], _ query: JournalQuery, limit: Int) {
        let hasMore = read.count > limit, isBackward = query.newer != nil
        lines = isBackward ? Array(read.suffix(limit)) : Array(read.prefix(limit))
        older = isBackward || hasMore ? lines.last?.cursor : nil
        newer = (isBackward ? hasMore : query.older != nil) ? lines.first?.cursor : nil
    }

    func pager(_ address: (String, String) -> String) -> PagerView? {
        guard older != nil || newer != nil else { return nil }
        return PagerView(previousHref: newer.map { address("newer", $0) }, nextHref: older.map { address("older", $0) }, position: "最新的在前")
    }
}

extension Visit {
    /// This page of the journal with the same filters, from another cursor on.
    fileprivate func page(_ direction: String, _ cursor: String) -> String {
        address("/desk/journal", ["who": text("who"), "act": text("act"), "subject": text("subject"), "region": text("region"), "day": text("day"),
                                  "older": direction == "older" ? cursor : nil, "newer": direction == "newer" ? cursor : nil])
    }
}

extension Reader {
    fileprivate func sealFacts() throws -> FactsView {
        let tail = try unsealedTail()
        let waiting = tail.since.map { "\(tail.count) 条，最早在\($0.shown)" } ?? "没有"
        guard let head = try sealedHead() else { return FactsView([.init("封存", "还没有封存过"), .init("待封存", waiting)]) }
        return FactsView([.init("最近封存", "第 \(head.block) 块，\(head.at.shown)"), .init("封条", head.hash), .init("待封存", waiting)])
    }

    fileprivate func filters(_ query: JournalQuery, _ day: Asked<CivilDate>, _ region: Asked<RegionCode>) throws -> FiltersView {
        let acts = house.lines.flatMap(\.actions).map { Choice(code: $0.permission, label: $0.title) }
        let asked = [query.who.map { "经办人为 \($0)" }, query.action.map { "事项为 \(house.actionTitle($0))" }, query.subject.map { "对象为 \($0)" },
                     try region.value.map { "区域为 \(try placeName($0))" }, day.value.map { "日期为 \($0.shown)" }].compactMap { $0 }
        return FiltersView(action: "/desk/journal", sentence: asked.isEmpty ? "本区域的全部日志" : asked.joined(separator: "，"), fields: [
            FieldView(["who"], "经办人", .text(), value: query.who ?? "", hint: "姓名或用户名", required: false),
            FieldView(["act"], "事项", .choice(acts), value: query.action ?? "", required: false),
            FieldView(["subject"], "对象", .text(), value: query.subject ?? "", hint: "办件编号或内部编号", required: false),
            FieldView(["region"], "区域", .text(inputMode: "numeric"), value: region.text, hint: "区划代码", problem: region.problem, required: false),
            FieldView(["day"], "日期", .date, value: day.text, problem: day.problem, required: false),
        ], clearHref: asked.isEmpty ? nil : "/desk/journal")
    }

    fileprivate func table(_ lines: [JournalLine]) throws -> TableView {
        TableView(id: "journal", caption: "日志", columns: [
            ColumnView("时刻", .date), ColumnView("事项"), ColumnView("经办人"), ColumnView("区域"), ColumnView("结果"), ColumnView("对象", .code),
            ColumnView("封存", .code),
        ], rows: try lines.map(row), empty: EmptyView("没有这样的日志", "每办一件事，都会在这里留下一条。请放宽筛选再看。"))
    }

    private func row(_ line: JournalLine) throws -> TableRowView {
        TableRowView([
            .text(line.at.shown), .text(house.actionTitle(line.action)), .text("\(line.actorName)（\(line.role.label)）"), .text(try placeName(line.region)),
            .text(line.message), .link(try caseFile(id: line.subject)?.number ?? line.subject, href: address("/desk/journal", ["subject": line.subject])),
            line.block.map { .text("第 \($0) 块") } ?? .tag(TagView("待封存")),
        ], href: "/desk/receipt/\(line.id.text)")
    }
}
