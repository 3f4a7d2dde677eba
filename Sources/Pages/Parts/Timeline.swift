/// 一生的记录。Everything all lines know, by year, newest first.
public struct TimelineView: Part, Hashable {
    public let years: [Year]

    public struct Year: Hashable, Sendable {
        public let title: String
        public let entries: [Entry]

        public init(_ title: String, _ entries: [Entry]) {
            self.title = title
            self.entries = entries
        }
    }

    public struct Entry: Hashable, Sendable {
        public let date: String
        public let what: String
        public let text: String
        public let href: String?
        public let tag: TagView?

        public init(_ date: String, _ what: String, _ text: String = "", href: String? = nil, tag: TagView? = nil) {
            self.date = date
            self.what = what
            self.text = text
            self.href = href
            self.tag = tag
        }
    }

    public init(_ years: [Year]) {
        self.years = years
    }

    public var markup: Markup {
        "<div class=\"timeline\">\(each: years, { "<h3>\($0.title)</h3><ol>\(each: $0.entries, drawn)</ol>" })</div>"
    }

    private func drawn(_ entry: Entry) -> Markup {
        """
        <li><span class="date">\(entry.date)</span><span class="entry">\(title(entry)) \(entry.tag)\
        \(if: !entry.text.isEmpty, "<span class=\"note\">\(entry.text)</span>")</span></li>
        """
    }

    private func title(_ entry: Entry) -> Markup {
        entry.href.map { "<a href=\"\(href: $0)\">\(entry.what)</a>" } ?? "<b>\(entry.what)</b>"
    }
}
