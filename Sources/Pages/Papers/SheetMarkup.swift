extension Sheet: Part {
    public var markup: Markup {
        """
        <article class="sheet" aria-label="\(title) \(number)">
        <header><p class="unit">\(unit)</p><h2>\(title)</h2><p class="number">\(number)</p></header>
        \(if: !addressee.isEmpty, "<p class=\"addressee\">\(addressee)：</p>")
        \(each: numberedBlocks, { Self.drawn($0.block, $0.number) })
        <div class="closing">
        <div class="signatures">\(each: signatures, { "<p>\($0)：<span class=\"rule\"></span></p>" })\(if: !signatures.isEmpty, "<p>日期：<span class=\"rule\"></span></p>")</div>
        <div class="seal"><p>\(unit)</p><p>（印章）</p><p>\(date)</p></div>
        </div>
        \(receipt.map(drawn))
        <footer><span>\(unit) · \(title)</span><span class="code">查验码 \(traceCode)</span></footer>
        </article>

        """
    }

    private static func drawn(_ block: Block, _ number: String) -> Markup {
        switch block {
        case .paragraph(let text): "<p>\(text)</p>\n"
        case .facts(let facts): "<dl class=\"facts\">\(each: facts, { "<div><dt>\($0.label)</dt><dd>\($0.text)</dd></div>" })</dl>\n"
        case .table(let table): table.markup
        case .section(let title, let blocks): "<section class=\"numbered\"><h3>\(number)、\(title)</h3>\n\(each: blocks, { drawn($0, "") })</section>\n"
        case .grounds(let texts):
            """
            <section class="grounds"><h3>依据</h3><ul>\(each: texts.enumerated(), { "<li>\(mark($0.offset)) \($0.element)</li>" })</ul></section>

            """
        case .remedies(let text): "<section class=\"objection\"><h3>如有异议</h3><p>\(text)</p></section>\n"
        }
    }

    private func drawn(_ receipt: Receipt) -> Markup {
        """
        <section class="receipt-slip"><h3>送达回执</h3>
        <table class="ledger"><caption>\(title) \(number)</caption>
        <tbody>\(each: receipt.facts, { "<tr><th scope=\"row\">\($0.label)</th><td>\($0.text)</td></tr>" })\
        \(each: receipt.blanks, { "<tr><th scope=\"row\">\($0)</th><td></td></tr>" })</tbody></table></section>

        """
    }
}

extension Sheet.Table: Part {
    public var markup: Markup {
        """
        <div class="\(isReckoning ? "arithmetic-box" : "ledger-region")" role="region" aria-label="\(caption)" tabindex="0"><table class="\(isReckoning ? "arithmetic" : "ledger")">
        <caption>\(caption)</caption>
        <thead><tr>\(each: columns, { "<th scope=\"col\" class=\"\($0.kind.rawValue)\">\($0.title)</th>" })</tr></thead>
        <tbody>
        \(each: rows, row)</tbody>
        </table></div>

        """
    }

    /// What is reckoned stands as the head of its line.
    private func row(_ row: Sheet.Row) -> Markup {
        guard isReckoning, let item = row.cells.first else { return "<tr>\(each: zip(columns, row.cells), { cell($0, $1) })</tr>\n" }
        return """
            <tr\(attribute: "class", row.isTotal ? "total" : nil)><th scope="row">\(text(item))</th>\
            \(each: zip(columns, row.cells).dropFirst(), { cell($0, $1) })</tr>

            """
    }

    private func cell(_ column: Sheet.Column, _ cell: Sheet.Cell) -> Markup {
        "<td class=\"\(column.kind.rawValue)\(if: isReckoning && column.kind == .text, " basis")\" data-label=\"\(column.title)\">\(text(cell))</td>"
    }

    private func text(_ cell: Sheet.Cell) -> Markup { "\(cell.text)\(if: !cell.note.isEmpty, "<span class=\"note\">\(cell.note)</span>")" }
}
