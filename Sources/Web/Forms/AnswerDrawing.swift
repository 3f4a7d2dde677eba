import Kernel
import Pages
import Values

/// The answer to an inquiry: values as facts, repeated groups as tables.
struct AnswerDrawing: Part {
    let outline: Outline
    let answer: RawFields

    var markup: Markup { PanelView("结果", Self.body(outline, answer, [])).markup }

    private static func body(_ outline: Outline, _ values: RawFields, _ path: [String]) -> Markup {
        var facts: [FactsView.Fact] = [], below: [Markup] = []
        for field in outline.fields {
            switch field.content {
            case .value(let kind, _):
                let text = kind.shown(values[field.name])
                facts.append(.init(field.label, text.isEmpty ? .absent : .text(text)))
            case .group(let outline): below.append(PanelView(field.label, body(outline, values.group(field.name), path + [field.name])).markup)
            case .rows(let outline): below.append(table(field, outline, values.rows(field.name), path + [field.name]).markup)
            }
        }
        return "\(if: !facts.isEmpty, FactsView(facts).markup)\(each: below)"
    }

    private static func table(_ field: FieldOutline, _ outline: Outline, _ rows: [RawRow], _ path: [String]) -> TableView {
        let columns = outline.fields.compactMap { field -> (FieldOutline, FieldKind)? in
            if case .value(let kind, _) = field.content { (field, kind) } else { nil }
        }
        let cells = rows.map { row in
            TableRowView(columns.map { field, kind in
                let text = kind.shown(row.fields[field.name])
                return text.isEmpty ? .absent : .text(text)
            })
        }
        return TableView(id: path.joined(separator: "-"), caption: field.label,
                         columns: columns.map { ColumnView($0.0.label, $0.1 == .money ? .money : .text) }, rows: cells,
                         empty: EmptyView("没有", "这一项没有内容"))
    }
}
