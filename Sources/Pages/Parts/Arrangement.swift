/// 板块。A heading and what stands under it.
public struct PanelView: Part, Hashable {
    public let title: String
    public let acts: [LinkView]
    public let content: Markup

    public init(_ title: String, acts: [LinkView] = [], _ content: Markup) {
        self.title = title
        self.acts = acts
        self.content = content
    }

    public var markup: Markup {
        """
        <section class="panel"><div class="panel-head"><h2>\(title)</h2>\(if: !acts.isEmpty, "<p class=\"links\">\(each: acts)</p>")</div>
        \(content)
        </section>
        """
    }
}

/// 左右两栏。The matter at the left, what accompanies it at the right; one below the other on a phone.
public struct SplitView: Part, Hashable {
    public let main: Markup
    public let side: Markup
    public let sideTitle: String

    public init(main: Markup, side: Markup, sideTitle: String) {
        self.main = main
        self.side = side
        self.sideTitle = sideTitle
    }

    public var markup: Markup {
        "<div class=\"split\"><div class=\"main\">\(main)</div><aside class=\"side\" aria-label=\"\(sideTitle)\">\(side)</aside></div>"
    }
}

/// 抬头。Who or what this record is, on one line that fits a phone: name, facts, live tags.
public struct RecordHeadView: Part, Hashable {
    public let facts: [String]
    public let tags: [TagView]

    public init(facts: [String], tags: [TagView] = []) {
        self.facts = facts
        self.tags = tags
    }

    public var markup: Markup {
        """
        <div class="record-head"><ul class="facts-line">\(each: facts, { "<li>\($0)</li>" })</ul>\
        \(if: !tags.isEmpty, "<p class=\"tags\">\(each: tags, { "\($0) " })</p>")</div>
        """
    }
}

/// 办事入口。The plain entries of the hall.
public struct EntriesView: Part, Hashable {
    public let entries: [Entry]

    public struct Entry: Hashable, Sendable {
        public let title: String
        public let text: String
        public let href: String

        public init(_ title: String, _ text: String, href: String) {
            self.title = title
            self.text = text
            self.href = href
        }
    }

    public init(_ entries: [Entry]) {
        self.entries = entries
    }

    public var markup: Markup {
        """
        <ul class="entries">\(each: entries, {
            "<li><a href=\"\(href: $0.href)\"><span class=\"title\">\($0.title)</span><span class=\"note\">\($0.text)</span></a></li>"
        })</ul>
        """
    }
}
