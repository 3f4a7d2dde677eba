extension OfficialPaper: Part {
    public var markup: Markup {
        """
        <article class="official" aria-label="\(title)">
        <header><h2>\(title)</h2>\(if: !number.isEmpty, "<p class=\"number\">\(number)</p>")</header>
        \(if: !addressee.isEmpty, "<p class=\"addressee\">\(addressee)：</p>")
        \(Self.drawn(blocks))
        \(if: !annexes.isEmpty, "<div class=\"annexes\">\(each: annexLines, { "<p>\($0)</p>" })</div>")
        <div class="signed"><p>\(unit)</p><p>\(date)</p></div>
        \(each: Array(annexes.enumerated()), { annex($0.offset, $0.element) })
        \(if: !footer.isEmpty, "<footer>\(footer)</footer>")
        </article>

        """
    }

    private func annex(_ index: Int, _ annex: Annex) -> Markup {
        "<section class=\"annex\"><p class=\"annex-mark\">\(annexMark(index))</p><h3>\(annex.title)</h3>\n\(Self.drawn(annex.blocks))</section>\n"
    }

    private static func drawn(_ blocks: [Block]) -> Markup { "\(each: numbered(blocks), { drawn($0.block, $0.number) })" }

    private static func drawn(_ block: Block, _ number: String) -> Markup {
        switch block {
        case .heading(.first, let text): "<h3 class=\"first\">\(number)\(text)</h3>\n"
        case .heading(.second, let text): "<h4 class=\"second\">\(number)\(text)</h4>\n"
        case .heading(_, let text): "<h5 class=\"third\">\(number)\(text)</h5>\n"
        case .paragraph(let runs): "<p>\(each: runs, drawn)</p>\n"
        case .table(let table): table.markup
        }
    }

    private static func drawn(_ run: Run) -> Markup {
        let text: Markup = switch run.style {
        case .plain: "\(run.text)"
        case .strong: "<strong>\(run.text)</strong>"
        case .mark: "<sup>\(run.text)</sup>"
        }
        return run.href.map { "<a class=\"figure\" href=\"\(href: $0)\">\(text)</a>" } ?? text
    }
}
