/// 事实。Names and values, in the order of the form.
public struct FactsView: Part, Hashable {
    public let facts: [Fact]

    public struct Fact: Hashable, Sendable {
        public let label: String
        public let value: CellView
        /// A masked value can be shown by the act behind this button; it asks for a reason.
        public let reveal: LinkView?

        public init(_ label: String, _ text: String, reveal: LinkView? = nil) {
            self.init(label, .text(text), reveal: reveal)
        }

        public init(_ label: String, _ value: CellView, reveal: LinkView? = nil) {
            self.label = label
            self.value = value
            self.reveal = reveal
        }
    }

    public init(_ facts: [Fact]) {
        self.facts = facts
    }

    public var markup: Markup {
        "<dl class=\"facts\">\(each: facts, { "<div><dt>\($0.label)</dt><dd>\($0.value.content)\(reveal($0))</dd></div>" })</dl>"
    }

    private func reveal(_ fact: Fact) -> Markup? {
        fact.reveal.map { " <a class=\"reveal\" href=\"\(href: $0.href)\" aria-label=\"\($0.title)\(fact.label)\">\($0.title)</a>" }
    }
}
