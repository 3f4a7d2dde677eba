import Commons
import Kernel
import Pages
import Values

/// 采用绑定建议：what each row would bind, by name and definition, above the rows themselves.
let suggestedForm = FormPage(BindSuggested.self) { visit in
    let book = try visit.reader.indicatorBook()
    let rows = visit.values.rows("bindings").enumerated().map { index, row in
        let indicator = row.fields.text("indicator").flatMap(book.find)
        return TableRowView([
            .text("绑定 \(index + 1)"), .text(row.fields.text("words") ?? ""), indicator.map { .link($0.name, href: $0.link) } ?? .text("没有这个指标"),
            .text(indicator?.unit.name ?? ""), .text(indicator?.definition ?? ""),
        ])
    }
    let columns = [ColumnView("行"), ColumnView("目标"), ColumnView("指标"), ColumnView("单位"), ColumnView("口径")]
    let table = TableView(id: "suggested", caption: "将要绑定的", columns: columns, rows: rows, empty: EmptyView("没有把握大的建议", "可以逐个绑定，或添加手工指标。"))
    return FormLayout(sections: [], preface: table.markup)
}
