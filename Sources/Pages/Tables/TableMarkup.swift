extension TableView: Part {
    public var markup: Markup {
        """
        <div class="ledger-region" role="region" aria-labelledby="\(id)-caption" tabindex="0">
        <table class="ledger\(if: narrow == .cards, " cards")">
        <caption id="\(id)-caption">\(caption)</caption>
        <thead><tr>\(if: isChosen, "<th scope=\"col\" class=\"choice\">选择</th>")\(each: columns, heading)</tr></thead>
        <tbody>
        \(each: rows, row)</tbody>
        \(some: rows.isEmpty ? nil : totals, { "<tfoot><tr>\(if: isChosen, "<td></td>")\(each: zip(columns, $0), { cell($0, $1) })</tr></tfoot>" })
        </table>
        \(if: rows.isEmpty, empty.markup)
        </div>
        """
    }

    private var isChosen: Bool { rows.contains { $0.choice != nil } }

    private func choice(_ row: TableRowView) -> Markup {
        isChosen ? "<td class=\"choice\" data-label=\"选择\">\(row.choice)</td>" : .empty
    }

    private func heading(_ column: ColumnView) -> Markup {
        guard let sort = column.sort else { return "<th scope=\"col\" class=\"\(column.kind.rawValue)\">\(column.title)</th>" }
        return """
            <th scope="col" class="\(column.kind.rawValue)"\(attribute: "aria-sort", sort.direction?.rawValue)>\
            <a href="\(href: sort.href)">\(column.title)<span class="arrow" aria-hidden="true">\(arrow(sort))</span></a></th>
            """
    }

    private func arrow(_ sort: SortView) -> Markup {
        switch sort.direction {
        case .ascending: " ▲"
        case .descending: " ▼"
        case nil: " ↕"
        }
    }

    private func row(_ row: TableRowView) -> Markup {
        guard let href = row.href, let first = row.cells.first, let column = columns.first else {
            return "<tr>\(choice(row))\(each: zip(columns, row.cells), { cell($0, $1) })</tr>\n"
        }
        return """
            <tr>\(choice(row))<th scope="row" class="\(column.kind.rawValue)"><a href="\(href: href)">\(first.content)</a></th>\
            \(each: zip(columns, row.cells).dropFirst(), { cell($0, $1) })</tr>

            """
    }

    private func cell(_ column: ColumnView, _ cell: CellView) -> Markup {
        "<td class=\"\(column.kind.rawValue)\" data-label=\"\(column.title)\">\(cell.content)</td>"
    }
}

extension CellView {
    var content: Markup {
        switch self {
        case .text(let text), .money(let text): "\(text)"
        case .link(let text, let href): "<a href=\"\(href: href)\">\(text)</a>"
        case .tag(let tag): tag.markup
        case .absent: "<span class=\"absent\"><span aria-hidden=\"true\">—</span><span class=\"unseen\">无</span></span>"
        }
    }
}
