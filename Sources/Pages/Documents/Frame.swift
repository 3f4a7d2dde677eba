/// 业务框架。The frame around every page of the desk: who I am, where I am, what I can do here. Its markup is the whole document.
public struct Frame: Hashable, Sendable {
    public let site: Site
    public let room: Room
    public let reader: ReaderView
    public let search: SearchView
    public let rooms: [RoomLink]
    /// The way here, from the first room; without this page.
    public let trail: [LinkView]
    public let title: String
    public let acts: [ActLink]
    public let content: Markup

    public init(
        site: Site, room: Room = .desk, reader: ReaderView, search: SearchView = SearchView(), rooms: [RoomLink],
        trail: [LinkView] = [], title: String, acts: [ActLink] = [], content: Markup
    ) {
        self.site = site
        self.room = room
        self.reader = reader
        self.search = search
        self.rooms = rooms
        self.trail = trail
        self.title = title
        self.acts = acts
        self.content = content
    }
}

/// 当前用户。
public struct ReaderView: Hashable, Sendable {
    public let name: String
    public let role: String
    public let logOut: OneButtonForm
    /// The own account; nil where there is no page for it.
    public let href: String?
    /// 「以 … 身份办理」: one button a duty.
    public let switches: [OneButtonForm]

    /// - Parameter token: the CSRF token, sent as `tokenName`.
    public init(name: String, role: String, logOutHref: String = "/logout", tokenName: String = "_csrf", token: String, href: String? = nil,
                switches: [OneButtonForm] = []) {
        self.name = name
        self.role = role
        self.href = href
        self.switches = switches
        logOut = OneButtonForm(
            action: logOutHref, hidden: [HiddenView(tokenName, token)], button: ButtonView("退出", weight: .quiet))
    }
}

/// 全局搜索。One box finds everything; submits `q` by GET.
public struct SearchView: Hashable, Sendable {
    public let action: String
    public let query: String

    public init(action: String = "/search", query: String = "") {
        self.action = action
        self.query = query
    }
}

/// 栏目。A room of the house in the navigation; `key` opens it after `g`.
public struct RoomLink: Hashable, Sendable {
    public let title: String
    public let href: String
    public let key: String?
    public let isCurrent: Bool

    public init(_ title: String, href: String, key: String? = nil, isCurrent: Bool = false) {
        self.title = title
        self.href = href
        self.key = key
        self.isCurrent = isCurrent
    }
}

extension Frame: Part {
    public var markup: Markup {
        site.document(
            title: title, room: room.rawValue,
            body: """
                \(masthead)
                <nav class="rooms" aria-label="栏目"><ul>\(each: rooms, drawn)</ul></nav>
                <main id="content" tabindex="-1">
                \(if: !trail.isEmpty, "<nav class=\"trail\" aria-label=\"所在位置\"><ol>\(each: trail, { "<li>\($0)</li>" })<li aria-current=\"page\">\(title)</li></ol></nav>")
                <div class="head"><h1>\(title)</h1>\(if: !acts.isEmpty, "<div class=\"acts\">\(each: acts)</div>")</div>
                \(content)
                </main>
                """)
    }

    private var masthead: Markup {
        """
        <header class="masthead">
        <a class="product" href="/"><b>\(site.product)</b> <span>\(site.bureau)</span></a>
        <form class="search" method="get" action="\(href: search.action)" role="search">
        <label class="unseen" for="search">搜索人、户、件、地名</label>
        <input id="search" name="q" type="search" value="\(search.query)" placeholder="搜索人、户、件、地名（按 / 键）" autocomplete="off" data-search>
        <button class="button secondary" type="submit">搜索</button>
        </form>
        <div class="reader">\(who)\(if: !reader.switches.isEmpty, duties)\(site.elderLink)\(reader.logOut)</div>
        </header>
        """
    }

    private var who: Markup {
        guard let href = reader.href else { return "<span>\(reader.name) · \(reader.role)</span>" }
        return "<a class=\"who\" href=\"\(href: href)\">\(reader.name) · \(reader.role)</a>"
    }

    private var duties: Markup {
        "<details class=\"duties\"><summary>切换身份</summary><div>\(each: reader.switches)</div></details>"
    }

    private func drawn(_ room: RoomLink) -> Markup {
        """
        <li><a href="\(href: room.href)"\(attribute: "aria-current", room.isCurrent ? "true" : nil)\
        \(attribute: "data-key", room.key)>\(room.title)</a></li>
        """
    }
}
