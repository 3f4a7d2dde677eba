/// 简明框架。For logging in and for errors: the bureau's name and one matter.
public struct PlainFrame: Part, Hashable {
    public let site: Site
    public let title: String
    public let content: Markup

    public init(site: Site, title: String, content: Markup) {
        self.site = site
        self.title = title
        self.content = content
    }

    public var markup: Markup {
        site.document(
            title: title, room: "plain",
            body: """
                <header class="masthead"><a class="product" href="/"><b>\(site.product)</b> <span>\(site.bureau)</span></a>\
                <div class="reader">\(site.elderLink)</div></header>
                <main id="content" tabindex="-1">
                <h1>\(title)</h1>
                \(content)
                </main>
                """)
    }
}

/// 大厅框架。For citizens: large, plain, no account needed.
public struct HallFrame: Part, Hashable {
    public let site: Site
    public let trail: [LinkView]
    public let title: String
    public let content: Markup
    /// Who to call and when, at the foot of every page.
    public let contact: String
    /// Search engines may keep it.
    public let isIndexed: Bool

    public init(site: Site, trail: [LinkView] = [], title: String, content: Markup, contact: String, isIndexed: Bool = true) {
        self.site = site
        self.trail = trail
        self.title = title
        self.content = content
        self.contact = contact
        self.isIndexed = isIndexed
    }

    public var markup: Markup {
        site.document(
            title: title, room: Room.hall.rawValue, isIndexed: isIndexed,
            body: """
                <header class="masthead"><a class="product" href="/hall"><b>\(site.bureau)</b> <span>办事大厅</span></a>\
                <div class="reader">\(site.elderLink)</div></header>
                <main id="content" tabindex="-1">
                \(if: !trail.isEmpty, "<nav class=\"trail\" aria-label=\"所在位置\"><ol>\(each: trail, { "<li>\($0)</li>" })<li aria-current=\"page\">\(title)</li></ol></nav>")
                <h1>\(title)</h1>
                \(content)
                </main>
                <footer class="foot"><p>\(contact)</p></footer>
                """)
    }
}
