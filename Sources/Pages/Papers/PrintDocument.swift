/// 打印页。One paper, or many printed in bulk, each beginning on its own page. Its markup is the whole document.
public struct PrintDocument: Part, Hashable {
    public let site: Site
    public let title: String
    public let back: LinkView
    /// The same papers as a PDF.
    public let pdf: LinkView?
    /// The same as a Word document.
    public let word: LinkView?
    public let content: Markup

    public init(site: Site, title: String, back: LinkView, pdf: LinkView? = nil, sheets: [Sheet]) {
        self.init(site: site, title: title, back: back, pdf: pdf, content: "\(each: sheets)")
    }

    /// - Parameter content: one paper or more, already drawn.
    public init(site: Site, title: String, back: LinkView, pdf: LinkView? = nil, word: LinkView? = nil, content: Markup) {
        self.site = site
        self.title = title
        self.back = back
        self.pdf = pdf
        self.word = word
        self.content = content
    }

    public var markup: Markup {
        site.document(
            title: title, room: "sheets",
            body: """
                <main id="content" tabindex="-1">
                <div class="sheet-tools"><h1>\(title)</h1><p class="links">\(back)\(word)\(pdf)\
                <button class="button primary" type="button" data-print hidden>打印</button></p></div>
                \(content)
                </main>
                """)
    }
}
