/// 表单。A page of sections that posts to one address; with scripts it also saves its draft and tells the likely result.
public struct FormView: Hashable, Sendable {
    /// An h2 above the form; leave it out where the page's h1 says it.
    public let title: String?
    public let action: String
    public let hidden: [HiddenView]
    public let sections: [SectionView]
    /// Gathered at the top, each a link to its field. Give the same text to the field's `problem`.
    public let errors: [ErrorView]
    public let buttons: [ButtonView]
    /// What Enter does; the first button when nil. Give long forms something harmless (试算, 保存草稿).
    public let onEnter: ButtonView?
    public let draft: DraftView?
    public let estimate: EstimateView?

    public init(
        title: String? = nil, action: String, hidden: [HiddenView], sections: [SectionView], errors: [ErrorView] = [],
        buttons: [ButtonView], onEnter: ButtonView? = nil, draft: DraftView? = nil, estimate: EstimateView? = nil
    ) {
        self.title = title
        self.action = action
        self.hidden = hidden
        self.sections = sections
        self.errors = errors
        self.buttons = buttons
        self.onEnter = onEnter
        self.draft = draft
        self.estimate = estimate
    }
}

/// 一处错误。An empty path is about the whole form.
public struct ErrorView: Hashable, Sendable {
    public let path: [String]
    public let message: String

    public init(_ path: [String], _ message: String) {
        self.path = path
        self.message = message
    }
}

/// 草稿。The form is posted to `href` by itself while it is filled in; `state` says what is saved, e.g. 草稿保存于 14:32.
public struct DraftView: Hashable, Sendable {
    public let href: String
    public let state: String

    public init(href: String, state: String = "") {
        self.href = href
        self.state = state
    }
}

/// 试算。Stands beside the form; the answer of posting the form to `href` (a fragment of HTML) replaces `content`.
public struct EstimateView: Hashable, Sendable {
    public let title: String
    public let href: String
    public let content: Markup

    public init(_ title: String = "试算", href: String, content: Markup) {
        self.title = title
        self.href = href
        self.content = content
    }
}

extension FormView: Part {
    public var markup: Markup {
        """
        \(summary)\(some: title, { "<h2>\($0)</h2>" })
        <form class="form\(if: estimate != nil, " beside")" method="post" action="\(href: action)" novalidate\
        \(attribute: "enctype", sections.contains(where: \.hasAttachment) ? "multipart/form-data" : nil)\
        \(attribute: "data-draft", draft.map { Href.isSafe($0.href) ? $0.href : "#" })\
        \(attribute: "data-estimate", estimate.map { Href.isSafe($0.href) ? $0.href : "#" }) data-guard>
        \((onEnter ?? buttons.first)?.unseen)\(each: hidden)
        <div class="sheet-of-form">
        \(each: sections.enumerated(), { $0.element.drawn(number: $0.offset + 1, action: action) })
        <div class="buttons">\(each: buttons)\(some: draft, { "<span class=\"draft-state\" role=\"status\">\($0.state)</span>" })</div>
        </div>
        \(estimate)
        </form>
        """
    }

    private var summary: Markup {
        guard !errors.isEmpty else { return .empty }
        let ids = Set(sections.flatMap(\.ids))
        return """
            <div class="errors" role="alert" tabindex="-1" data-focus>
            <h2>有 \(errors.count) 处需要改正</h2>
            <ul>\(each: errors, { "<li>\(line($0, ids: ids))</li>" })</ul>
            </div>
            """
    }

    private func line(_ error: ErrorView, ids: Set<String>) -> Markup {
        let id = FieldView.id(error.path)
        return ids.contains(id) ? "<a href=\"#\(id)\">\(error.message)</a>" : "\(error.message)"
    }
}

extension EstimateView: Part {
    public var markup: Markup {
        """
        <aside class="estimate" aria-label="\(title)">
        <h2>\(title)</h2>
        <div data-estimate-answer aria-live="polite">\(content)</div>
        <p class="hint">这是按已填内容作的试算，不是决定；以审核确认的结果为准。</p>
        </aside>
        """
    }
}
