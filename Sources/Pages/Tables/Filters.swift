/// 筛选。A GET form whose filters read back as a sentence: 「状态为 在保，区域为 城关街道」.
public struct FiltersView: Hashable, Sendable {
    public let action: String
    /// What is shown now, said whole; with how many.
    public let sentence: String
    public let fields: [FieldView]
    /// What the query carries besides the filters, e.g. the sort.
    public let hidden: [HiddenView]
    /// Nil when nothing is filtered.
    public let clearHref: String?
    /// The same rows as CSV, xlsx.
    public let twins: [LinkView]

    public init(
        action: String, sentence: String, fields: [FieldView], hidden: [HiddenView] = [], clearHref: String? = nil, twins: [LinkView] = []
    ) {
        self.action = action
        self.sentence = sentence
        self.fields = fields
        self.hidden = hidden
        self.clearHref = clearHref
        self.twins = twins
    }
}

extension FiltersView: Part {
    public var markup: Markup {
        """
        <form class="filters" method="get" action="\(href: action)" role="search" aria-label="筛选">
        <div class="fields">\(each: hidden)\(each: fields, { $0.drawn(compact: true) })
        <div class="buttons">\(ButtonView("筛选").markup)\
        \(some: clearHref, { "<a class=\"button quiet\" href=\"\(href: $0)\">清除</a>" })</div></div>
        </form>
        <div class="reading">
        <p class="sentence">\(sentence)</p>
        <p class="twins">\(each: twins)<button class="button quiet" type="button" data-print hidden>打印</button></p>
        </div>
        """
    }
}
