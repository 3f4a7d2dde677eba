/// 翻页。By key, so that it stays quick and steady however long the list is.
public struct PagerView: Part, Hashable {
    public let previousHref: String?
    public let nextHref: String?
    /// E.g. 第 51–100 行.
    public let position: String

    public init(previousHref: String?, nextHref: String?, position: String) {
        self.previousHref = previousHref
        self.nextHref = nextHref
        self.position = position
    }

    public var markup: Markup {
        """
        <nav class="pager" aria-label="翻页">
        \(some: previousHref, { "<a class=\"button secondary\" rel=\"prev\" href=\"\(href: $0)\">← 上一页</a>" })
        <span>\(position)</span>
        \(some: nextHref, { "<a class=\"button secondary\" rel=\"next\" href=\"\(href: $0)\">下一页 →</a>" })
        </nav>
        """
    }
}
