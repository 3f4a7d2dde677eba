import Commons
import Hummingbird
import Kernel
import Pages
import Values

/// 打印件。`/desk/prints/{id}`: how far the book is; `.pdf` behind it: the book, for whoever ordered it.
struct PrintPages: Sendable {
    let services: Services

    private var orders: PrintOrders { PrintOrders(services: services) }

    func add(to router: Router<DeskContext>) {
        router.get("/desk/prints/{id}") { try await show($0, $1) }
        router.get("/desk/prints/{id}/book.pdf") { try await fetch($0, $1) }
        for line in services.house.lines {
            for listing in line.listings where listing.papers != nil {
                router.get("/\(line.name)/\(listing.name).pdf") { request, context in try await all(of: listing, line, request, context) }
            }
        }
    }

    private func order(_ context: DeskContext) async throws -> PrintOrders.Order {
        let actor = try context.signedIn().actor
        guard let id = ID<PrintOrders.Order>(rawValue: try context.parameters.require("id")) else { throw Refusal.absent("没有这份打印件，请回台账重新选择打印") }
        return try await orders.order(id, of: actor)
    }

    private func show(_ request: Request, _ context: DeskContext) async throws -> Response {
        let order = try await order(context), shell = Shell(services: services, request: request, session: try context.signedIn())
        return shell.page("打印件", trail: [LinkView("工作台", href: "/desk/workbench")], content: Self.content(order, at: request.uri.path))
    }

    private static func content(_ order: PrintOrders.Order, at path: String) -> Markup {
        guard order.finishedAt != nil else {
            return NoticeBoxView(.info, "正在排印 \(order.wanted) 行的文书", "离开这一页也会做完，一千份约需几秒。", links: [LinkView("刷新看进度", href: path)]).markup
        }
        if let fault = order.fault { return NoticeBoxView(.stop, "没有印成", fault).markup }
        let papers = order.papers ?? 0, without = order.wanted - papers
        let rest = without > 0 ? "另有 \(without) 行没有文书（如审核意见）。" : ""
        return ReceiptView("已排好 \(papers) 份文书，每份另起一页", next: "\(rest)下载后打印；打印件只为您保存一天", links: [LinkView("下载 PDF", href: "\(path)/book.pdf")]).markup
    }

    private func fetch(_ request: Request, _ context: DeskContext) async throws -> Response {
        let order = try await order(context), actor = try context.signedIn().actor
        guard order.finishedAt != nil, order.fault == nil else { throw Refusal.outOfOrder("打印件还没有做好，请稍后刷新再下载") }
        let bytes = try await orders.content(of: order)
        try await services.counter.access.write(AccessNote(.export, order.listing, detail: "PDF", rows: order.papers), by: actor, at: services.counter.clock.now())
        return .pdf(bytes, named: "文书 \(order.papers ?? 0) 份")
    }

    /// The papers of everything the filter lets through.
    private func all(of listing: Listing, _ line: Line, _ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, query = Query(request)
        let filters = query.without(["after", "before", "sort", "limit", "columns"]).dictionary
        let ids = try await services.counter.ids(of: listing, ListingRequest(filters: filters, sort: query["sort"]), atMost: PrintOrders.atMost, as: actor)
        return try await orders.answer(listing, of: line, ids, as: actor)
    }
}
