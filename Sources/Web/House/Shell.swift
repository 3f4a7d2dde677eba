import Commons
import Hummingbird
import Kernel
import Pages
import Values

/// 业务框架的填写。Draws the frame around a page for one reader: the rooms their role may enter, who they are, the way here.
struct Shell: Sendable {
    let services: Services
    let request: Request
    let session: Session

    var actor: Actor { session.actor }

    func page(_ title: String, trail: [LinkView] = [], acts: [ActLink] = [], content: Markup, status: HTTPResponse.Status = .ok) -> Response {
        let frame = Frame(site: services.site(for: request),
                          reader: ReaderView(name: actor.name, role: actor.role.label, logOutHref: "/sign-out", tokenName: Forgery.field, token: session.csrf,
                                             href: services.house.line("users") == nil ? nil : "/users/me", switches: switches),
                          search: SearchView(action: "/desk/search", query: request.uri.path == "/desk/search" ? Query(request)["q"] ?? "" : ""),
                          rooms: rooms, trail: trail, title: title, acts: acts, content: content)
        return .page(frame.markup, status: status)
    }

    /// 「以 … 身份办理」: the duties that aren't chosen, and the way back to the own.
    private var switches: [OneButtonForm] {
        let others = session.duties.filter { $0.id != session.duty }.map { ("以\($0.title)身份办理", $0.id.text) }
        let own = session.duty == nil ? [] : [("回到本人岗位", "")]
        return (own + others).map { title, duty in
            OneButtonForm(action: "/users/do/switch-duty", hidden: [HiddenView(Forgery.field, session.csrf), HiddenView("duty", duty)],
                          button: ButtonView(title, weight: .quiet))
        }
    }

    // MARK: Rooms

    private var rooms: [RoomLink] {
        var keys: Set<String> = []
        return services.house.lines.flatMap { line -> [(String, String)] in
            let pages = line.menu(for: actor.role)
            if line.name == "desk" { return pages.map { ($0.title, "/\(line.name)/\($0.path)") } }
            return line.isOpen(to: actor.role) ? [(line.title, "/\(line.name)")] : []
        }.map { title, href in
            let letter = href.split(separator: "/").last?.first.map(String.init)
            let key = letter.flatMap { keys.insert($0).inserted ? $0 : nil }
            return RoomLink(title, href: href, key: key, isCurrent: isCurrent(href))
        }
    }

    private func isCurrent(_ href: String) -> Bool {
        request.uri.path == href || request.uri.path.hasPrefix(href + "/")
    }
}

extension Line {
    func menu(for role: Role) -> [Page] { pages.filter { $0.isInMenu && $0.roles.contains(role) } }
    func listings(for role: Role) -> [Listing] { listings.filter { $0.roles.contains(role) } }
    func inquiries(for role: Role) -> [AnyInquiry] { inquiries.filter { $0.roles.contains(role) } }
    /// Acts that begin something new: they need no subject to start from.
    func beginnings(for role: Role) -> [AnyAction] { actions.filter { $0.subjectTerm == nil && $0.roles.contains(role) } }

    /// Whether there is anything in this line for a role.
    func isOpen(to role: Role) -> Bool {
        !menu(for: role).isEmpty || !listings(for: role).isEmpty || !inquiries(for: role).isEmpty || !beginnings(for: role).isEmpty
    }
}
