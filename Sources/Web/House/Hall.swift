import Commons
import Hummingbird
import Kernel
import Pages
import Storage
import Values

/// 办事大厅。`/hall`: for everyone, without an account, without scripts, without cookies to read.
///
/// A visitor gets only what a line declares open to visitors: pages, inquiries and acts. Anything else isn't there.
struct Hall: Sendable {
    let services: Services
    let limits: HallLimits

    init(services: Services) {
        self.services = services
        limits = HallLimits(services.counter)
    }

    static let actor = Actor.visitor(in: .country)
    static let progress = "progress"

    func add(to router: Router<DeskContext>) {
        router.get("hall") { request, _ in try await home(request) }
        router.get("hall/search") { request, _ in try await search(request) }
        router.get("robots.txt") { _, _ in Self.robots }
        HallProgress(hall: self).add(to: router)
        HallReceipts(hall: self).add(to: router)
        for line in services.house.lines {
            for page in line.pages where page.roles.contains(.visitor) { add(page, to: router) }
            for inquiry in line.inquiries where inquiry.roles.contains(.visitor) && inquiry.name != Self.progress {
                HallInquiry(hall: self, line: line, inquiry: inquiry).add(to: router)
            }
            for action in line.actions where action.roles.contains(.visitor) { HallForm(hall: self, line: line, action: action).add(to: router) }
        }
    }

    private func add(_ page: Page, to router: Router<DeskContext>) {
        router.get(RouterPath("/hall/\(page.path)")) { try await draw(page, $0, $1) }
    }

    // MARK: Frame

    /// - Parameter isIndexed: search engines may keep it; never what speaks of persons.
    func page(_ title: String, trail: [LinkView]? = nil, content: Markup, status: HTTPResponse.Status = .ok, isIndexed: Bool = false, _ request: Request) -> Response {
        let frame = HallFrame(site: services.site(for: request), trail: trail ?? [LinkView("办事大厅", href: "/hall")], title: title, content: content,
                              contact: "有疑问，请到户籍地乡镇人民政府、街道办事处，或者\(services.bureau)询问。查询和提意见都不收费。", isIndexed: isIndexed)
        var response = Response.page(frame.markup, status: status)
        if !isIndexed { response.headers.set("X-Robots-Tag", "noindex, nofollow, noarchive") }
        return response
    }

    /// Search engines read the entrance and what is said of services and standards.
    private static let robots = Response(status: .ok, headers: [.contentType: "text/plain; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(string: """
        User-agent: *
        Allow: /hall$
        Allow: /hall/services/
        Allow: /hall/standards
        Disallow: /

        """)))

    private static func mayBeIndexed(_ page: Page) -> Bool { page.path.hasPrefix("services/") || page.path == "standards" }

    // MARK: Pages that lines draw

    private func draw(_ page: Page, _ request: Request, _ context: DeskContext) async throws -> Response {
        let query = Query(request).dictionary, parameters = page.parameters(in: context)
        let body = try await services.counter.read(as: Self.actor) { try page.body(Visit(reader: $0, parameters: parameters, query: query)) }
        let trail = [LinkView("办事大厅", href: "/hall")] + body.breadcrumbs.map { LinkView($0.title, href: $0.href) }
        return self.page(body.title, trail: trail, content: body.render(), isIndexed: Self.mayBeIndexed(page), request)
    }

    // MARK: Entrance

    /// What is open to everyone, in the order of the lines.
    private var entries: [EntriesView.Entry] {
        let progress = hasProgress ? [EntriesView.Entry("查办理进度", "", href: "/hall/\(Self.progress)")] : []
        let declared = services.house.lines.flatMap { line in
            line.menu(for: .visitor).map { EntriesView.Entry($0.title, "", href: "/hall/\($0.path)") }
                + line.inquiries(for: .visitor).filter { $0.name != Self.progress }.map { EntriesView.Entry($0.hallTitle, "", href: "/hall/ask/\($0.name)") }
        }
        return declared.prefix(1) + progress + declared.dropFirst()
    }

    private var hasProgress: Bool { services.house.lines.flatMap(\.inquiries).contains { $0.name == Self.progress && $0.roles.contains(.visitor) } }

    private func home(_ request: Request) async throws -> Response {
        page("您想办什么？", trail: [], content: "\(searchBox(""))\(EntriesView(entries))<p class=\"note\"><a href=\"/sign-in\">工作人员登录</a></p>", isIndexed: true, request)
    }

    private func searchBox(_ text: String) -> Markup {
        """
        <form class="search" method="get" action="/hall/search" role="search">
        <label class="unseen" for="q">搜索要办的事，或者社区、村的名称</label>
        <input id="q" name="q" type="search" value="\(text)" placeholder="搜索，如：低保、公示、社区名" maxlength="40">
        <button class="button primary" type="submit">搜索</button></form>
        """
    }

    /// Entries by their words, places by their names; a case number leads to the progress.
    private func search(_ request: Request) async throws -> Response {
        let text = String((Query(request)["q"] ?? "").prefix(40)).filter { !$0.isWhitespace }
        let words = Self.pairs(text)
        var found = entries.filter { entry in !words.isEmpty && words.contains { entry.title.contains($0) } }
        if text.count > 1 {
            let places = try await services.counter.read(as: Self.actor) { reader in
                try reader.regions(below: .country).filter { $0.code.level == .community && ($0.name.contains(text) || text.contains($0.name)) }.prefix(20).map { $0 }
            }
            found += places.map { EntriesView.Entry("\($0.name)公示栏", "", href: "/hall/board?region=\($0.code.code)") }
        }
        if text.contains(where: \.isNumber), hasProgress { found.insert(EntriesView.Entry("查办理进度", "", href: "/hall/\(Self.progress)"), at: 0) }
        let result = found.isEmpty ? EmptyView("没有找到", "换个说法试试，或者从大厅首页选择要办的事。", act: ActLink("回到大厅首页", href: "/hall")).markup : EntriesView(found).markup
        return page("搜索", content: "\(searchBox(text))\(result)", request)
    }

    /// Two characters each; a single one by itself.
    private static func pairs(_ text: String) -> [String] {
        let characters = Array(text)
        guard characters.count > 1 else { return text.isEmpty ? [] : [text] }
        return zip(characters, characters.dropFirst()).map { String([$0, $1]) }
    }
}

extension AnyInquiry {
    /// 「我符合哪些政策」 for what staff call 试算.
    var hallTitle: String { title.hasSuffix("试算") ? "我符合条件吗？（\(title)）" : title }
}

extension Page {
    /// What the address says in the braces of the path.
    func parameters(in context: DeskContext) -> [String: String] {
        var parameters: [String: String] = [:]
        for segment in path.split(separator: "/") where segment.hasPrefix("{") && segment.hasSuffix("}") {
            let name = String(segment.dropFirst().dropLast())
            parameters[name] = context.parameters.get(name)
        }
        return parameters
    }
}
