import Commons
import Documents
import Hummingbird
import Kernel
import Pages
import Values

/// 栏目页与手绘页面。`/{line}`: what there is in a line for this reader. `/{line}/{path}`: the pages a line draws itself.
struct LinePages: Sendable {
    let services: Services
    let line: Line

    func add(to router: Router<DeskContext>) {
        router.get(RouterPath("/\(line.name)")) { try await index($0, $1) }
        for page in line.pages {
            router.get(RouterPath("/\(line.name)/\(page.path)")) { try await draw(page, $0, $1) }
            // A paper has a name of its own at the end of its address; what ends in an id has none.
            guard !page.path.hasSuffix("}") else { continue }
            router.get(RouterPath("/\(line.name)/\(page.path).pdf")) { try await print(page, $0, $1) }
            router.get(RouterPath("/\(line.name)/\(page.path).docx")) { try await write(page, $0, $1) }
        }
    }

    // MARK: What there is

    private func index(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), role = session.actor.role
        guard line.isOpen(to: role) else { throw Refusal.forbidden("您的岗位（\(role.label)）在「\(line.title)」没有可办理或查看的事项") }
        let pages = line.menu(for: role).map { EntriesView.Entry($0.title, "", href: "/\(line.name)/\($0.path)") }
        let lists = line.listings(for: role).map { EntriesView.Entry($0.title, "查看、筛选、下载", href: "/\(line.name)/\($0.name)") }
        let intakes = line.intakes.filter { $0.roles.contains(role) }.map { intake in
            EntriesView.Entry(intake.title, intake.guidance.split(separator: "\n").first.map(String.init) ?? "", href: "/\(line.name)/hand-in/\(intake.name)")
        }
        let acts = intakes + line.beginnings(for: role).map { EntriesView.Entry($0.title, $0.guidance, href: "/\(line.name)/do/\($0.name)") }
        let questions = line.inquiries(for: role).map { EntriesView.Entry($0.title, $0.guidance, href: "/\(line.name)/ask/\($0.name)") }
        let panels = [("办理", acts), ("查看", pages + lists), ("试算与查询", questions)].filter { !$0.1.isEmpty }
        return Shell(services: services, request: request, session: session)
            .page(line.title, content: "\(each: panels, { PanelView($0.0, EntriesView($0.1).markup).markup })")
    }

    // MARK: Drawn by hand

    private func draw(_ page: Page, _ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), actor = session.actor, query = Query(request).dictionary, parameters = page.parameters(in: context)
        let shell = Shell(services: services, request: request, session: session), subject = parameters.values.first
        try Self.require(actor, page)
        let emergency = try await emergency(subject, actor), body: Page.Body, asOf: Instant?
        do {
            (body, asOf) = try await self.body(of: page, request, context, in: emergency)
        } catch let refusal as Refusal where refusal.kind == .forbidden && subject != nil && emergency == nil {
            return try await offer(page, refusal, shell)
        }
        try await Readings(services).opened(page, of: line.name, subject: subject, query, in: emergency, by: actor)
        let trail = trail(of: body)
        if body.isSheet {
            let back = trail.last ?? LinkView("回到首页", href: "/")
            func twin(_ title: String, _ ending: String) -> LinkView { LinkView(title, href: "\(request.uri.path).\(ending)\(Query(request).text)") }
            let pdf = body.sheets.isEmpty && body.paper == nil ? nil : twin("下载 PDF", "pdf"), word = body.paper == nil ? nil : twin("下载 Word", "docx")
            return .page(PrintDocument(site: services.site(for: request), title: body.title, back: LinkView("返回\(back.title)", href: back.href), pdf: pdf, word: word,
                                       content: body.render()).markup)
        }
        // In an emergency one reads; what may be done stays with the region's own people.
        let acts = emergency == nil ? body.acts.map { ActLink($0.title, href: $0.href, weight: $0.isPrimary ? .primary : .secondary) } : []
        return shell.page(body.title, trail: trail, acts: acts,
                          content: "\(try await Receipts(services: services).above(shell))\(DataAge.note(asOf))\(some: emergency, { notice($0).markup })\(body.render())")
            .telling(asOf)
    }

    // MARK: In an emergency

    /// One record, opened for a while to somebody whose region doesn't cover it.
    private func emergency(_ subject: String?, _ actor: Actor) async throws -> EmergencyView? {
        guard let subject, actor.role != .visitor else { return nil }
        return try await services.counter.read(as: actor) { try $0.emergencyView(of: subject) }
    }

    private func notice(_ view: EmergencyView) -> NoticeBoxView {
        NoticeBoxView(.warn, "紧急查看，\(view.untilAt.shownTime)自动关闭", "这份档案不在您的管辖范围内，只能看，不能办。每次打开都有记录，并由安全管理员或审计复核。")
    }

    /// A refusal for want of region says how to look all the same, where that may be.
    private func offer(_ page: Page, _ refusal: Refusal, _ shell: Shell) async throws -> Response {
        let path = shell.request.uri.path
        let isOffered = try await services.counter.read(as: shell.actor) { try $0.mayOpenInEmergency(path) }
        guard isOffered else { throw refusal }
        let link = LinkView("紧急查看（须写明理由，逐次复核）", href: "/users/do/open-emergency-view" + Query().with("record", path).text)
        return shell.page(page.title, trail: [LinkView(line.title, href: "/\(line.name)")],
                          content: NoticeBoxView(.stop, refusal.message, links: [link]).markup, status: .forbidden)
    }

    private static func require(_ actor: Actor, _ page: Page) throws(Refusal) {
        guard page.roles.contains(actor.role) else { throw .forbidden("您的岗位（\(actor.role.label)）不能查看「\(page.title)」") }
    }

    /// - Returns: and how far the copy came that it was drawn from; nil when everything was seen.
    private func body(of page: Page, _ request: Request, _ context: DeskContext, in emergency: EmergencyView? = nil) async throws -> (Page.Body, asOf: Instant?) {
        let session = try context.signedIn(), query = Query(request).dictionary, parameters = page.parameters(in: context)
        try Self.require(session.actor, page)
        let reader = emergency?.reader(session.actor) ?? session.actor
        let draw: @Sendable (Reader) throws -> (Page.Body, asOf: Instant?) = { reader in
            (try page.body(Visit(reader: reader, parameters: parameters, query: query, session: session.id.text)), reader.connection.asOf)
        }
        guard page.isOverview else { return try await services.counter.read(as: reader, draw) }
        return try await services.counter.glance(as: reader, since: session.actedAt, draw)
    }

    /// The same papers as a PDF.
    private func print(_ page: Page, _ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, body = try await body(of: page, request, context).0, counter = services.counter
        if let paper = body.paper {
            try await noteExport(of: page, context, "PDF", by: actor)
            return .pdf(try await Papers.pdf(paper, madeAt: counter.clock.now()), named: paper.title)
        }
        guard !body.sheets.isEmpty else { throw Refusal.absent("「\(body.title)」没有 PDF，请打开页面用浏览器打印") }
        try await counter.note(AccessNote(.export, "\(line.name)/\(page.path)", subject: context.parameters.get("id"), detail: "PDF", rows: body.sheets.count), by: actor)
        return .pdf(try await Papers.pdf(body.sheets, title: body.title, madeAt: counter.clock.now()), named: "\(body.title) \(body.sheets[0].number)")
    }

    /// The same paper as a Word document.
    private func write(_ page: Page, _ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, body = try await body(of: page, request, context).0
        guard let paper = body.paper else { throw Refusal.absent("「\(body.title)」没有 Word 文档，请打开页面查看") }
        try await noteExport(of: page, context, "Word", by: actor)
        let bytes = try WordPaper.docx(paper, madeAt: services.counter.clock.now())
        return Response(status: .ok, headers: [
            .contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", .cacheControl: "private, no-store",
            .contentDisposition: "attachment; filename*=UTF-8''\(Query.encoded(paper.title)).docx",
        ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func noteExport(of page: Page, _ context: DeskContext, _ form: String, by actor: Actor) async throws {
        try await services.counter.note(AccessNote(.export, "\(line.name)/\(page.path)", subject: context.parameters.get("id"), detail: form, rows: 1), by: actor)
    }

    /// The way here as the page tells it, otherwise through its line; the desk is where everyone comes from.
    private func trail(of body: Page.Body) -> [LinkView] {
        guard body.breadcrumbs.isEmpty else { return body.breadcrumbs.map { LinkView($0.title, href: $0.href) } }
        return line.name == "desk" ? [] : [LinkView(line.title, href: "/\(line.name)")]
    }
}
