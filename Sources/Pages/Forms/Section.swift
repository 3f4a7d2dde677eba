/// 表单的一节。What is known is shown as facts; what is not is asked.
public struct SectionView: Hashable, Sendable {
    /// Nil where the page's title says it.
    public let title: String?
    public let hint: String?
    public let facts: FactsView?
    public let fields: [FieldView]
    public let rows: [RowsView]
    /// A section that can be folded away; `.folded` when it is done. One with a problem always stands open.
    public let fold: Fold

    public enum Fold: Hashable, Sendable { case fixed, open, folded }

    public init(
        _ title: String? = nil, hint: String? = nil, facts: FactsView? = nil, fields: [FieldView] = [],
        rows: [RowsView] = [], fold: Fold = .fixed
    ) {
        self.title = title
        self.hint = hint
        self.facts = facts
        self.fields = fields
        self.rows = rows
        self.fold = fold
    }

    func drawn(number: Int, action: String) -> Markup {
        let content: Markup = """
            \(some: hint, { "<p class=\"hint\">\($0)</p>" })\(facts)
            \(if: !fields.isEmpty, "<div class=\"fields\">\(each: fields)</div>")
            \(each: rows, { $0.drawn(action: action) })
            """
        guard let title else { return "<div class=\"section\">\(content)</div>" }
        let heading: Markup = "<h2 id=\"section-\(number)\">\(title)</h2>"
        return fold == .fixed
            ? "<section class=\"section\" aria-labelledby=\"section-\(number)\">\(heading)\(content)</section>"
            : """
            <details class="section"\(flag: "open", fold == .open || hasProblem)>
            <summary>\(heading)</summary><div>\(content)</div></details>
            """
    }

    var hasProblem: Bool { fields.contains { $0.problem != nil } || rows.contains(where: \.hasProblem) }

    /// The ids that stand in this section, for errors to link to.
    var ids: [String] { fields.filter { $0.control != .hidden }.map(\.id) + rows.flatMap(\.ids) }

    var hasAttachment: Bool { fields.contains(where: \.isAttachment) || rows.contains(where: \.hasAttachment) }
}

extension RowsView {
    var hasProblem: Bool {
        problem != nil || rows.contains { $0.fields.contains { $0.problem != nil } || $0.rows.contains(where: \.hasProblem) }
    }

    var ids: [String] {
        [id] + rows.flatMap { row in
            [FieldView.id(path + [row.key])] + row.fields.filter { $0.control != .hidden }.map(\.id) + row.rows.flatMap(\.ids)
        }
    }

    var hasAttachment: Bool {
        rows.contains { $0.fields.contains(where: \.isAttachment) || $0.rows.contains(where: \.hasAttachment) }
    }
}

extension FieldView {
    var isAttachment: Bool { if case .attachment = control { true } else { false } }
}
