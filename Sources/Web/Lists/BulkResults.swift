import Commons
import Hummingbird
import Kernel
import Pages
import Values

/// 批量办理结果。`/desk/bulk/{id}`: what became of each; what was refused can be chosen again at once.
struct BulkResults: Sendable {
    let services: Services

    func add(to router: Router<DeskContext>) {
        router.get("/desk/bulk/{id}") { try await answer($0, $1) }
    }

    private func answer(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn()
        guard let id = ID<JournalEntry>(rawValue: try context.parameters.require("id")) else { throw Refusal.absent("没有这次批量办理，请核对编号") }
        let report = try await services.counter.report(ofBulk: id, as: session.actor), action = try services.house.action(report.permission)
        let shell = Shell(services: services, request: request, session: session)
        return shell.page("批量\(action.title)的结果", trail: trail(report), content: "\(summary(report, request))\(content(report, session))")
    }

    private func place(_ report: BulkReport) -> (line: Line, listing: Listing)? {
        let names = (report.listing ?? "").split(separator: ".").map(String.init)
        guard names.count == 2, let line = services.house.line(names[0]), let listing = line.listing(names[1]) else { return nil }
        return (line, listing)
    }

    private func trail(_ report: BulkReport) -> [LinkView] {
        guard let (line, listing) = place(report) else { return [LinkView("工作台", href: "/desk/workbench")] }
        return [LinkView(line.title, href: "/\(line.name)"), LinkView(listing.title, href: "/\(line.name)/\(listing.name)")]
    }

    private func summary(_ report: BulkReport, _ request: Request) -> Markup {
        guard report.isFinished else {
            return NoticeBoxView(.info, report.sentence, "正在后台办理，离开这一页也会办完。", links: [LinkView("刷新看进度", href: request.uri.path)]).markup
        }
        let next = report.refused > 0 ? "未办成的逐件写明了原因，改正后可以在下面再选再办" : "都已办好并记入日志"
        return ReceiptView(report.sentence, next: next).markup
    }

    /// The refused ones stand first: they are what is left to do.
    private func content(_ report: BulkReport, _ session: Session) -> Markup {
        let order: [BulkState] = [.refused, .waiting, .done], place = place(report)
        let acts = place.map { $0.line.bulkActs(on: $0.listing, for: session.actor.role) } ?? []
        let isChosen = report.isFinished && report.refused > 0 && !acts.isEmpty
        let rows = order.flatMap { state in report.results.filter { $0.state == state } }.map { row($0, isChosen: isChosen) }
        let table = TableView(id: "results", caption: "逐件结果", columns: [ColumnView("对象"), ColumnView("结果"), ColumnView("说明")], rows: rows,
                              empty: EmptyView("没有选中任何一件", "请回到台账选择。")).markup
        guard isChosen, let place else { return table }
        return SelectionView(action: "/\(place.line.name)/bulk/\(place.listing.name)", hidden: [HiddenView(Forgery.field, session.csrf)], boxes: [],
                             acts: acts.map { Choice(code: $0.name, label: $0.title) }, buttons: [ButtonView("对选中的再办理")], content: table).markup
    }

    private func row(_ result: BulkResult, isChosen: Bool) -> TableRowView {
        let box = ChoiceBoxView(ListingSelection.row + result.subject.id, value: "-", label: result.subject.label, isOn: true)
        let name = result.link.map { CellView.link(result.subject.label, href: $0) } ?? .text(result.subject.label)
        let tone: Tone = switch result.state { case .done: .ok; case .refused: .stop; case .waiting: .plain }
        return TableRowView([name, .tag(TagView(result.state.label, tone)), .text(result.message)], choice: isChosen && result.state == .refused ? box : nil)
    }
}
