/// 重复的行。A list of the same fields, e.g. household members; rows are added and removed by buttons that work without scripts.
///
/// The add button submits `_add=<path>`, a remove button `_remove=<path>.<key>`, to the form's own address.
public struct RowsView: Hashable, Sendable {
    public let path: [String]
    public let label: String
    public let hint: String?
    public let problem: String?
    public let rows: [RowView]
    /// Nil when no more may be added.
    public let addTitle: String?

    public init(
        _ path: [String], _ label: String, rows: [RowView], addTitle: String?, hint: String? = nil, problem: String? = nil
    ) {
        self.path = path
        self.label = label
        self.rows = rows
        self.addTitle = addTitle
        self.hint = hint
        self.problem = problem
    }

    public var name: String { path.joined(separator: ".") }
    public var id: String { FieldView.id(path) }
}

/// 一行。`key` stays with the row whatever is added before it. Rows may stand inside a row, two deep.
public struct RowView: Hashable, Sendable {
    public let key: String
    public let title: String
    public let fields: [FieldView]
    public let rows: [RowsView]
    public let isRemovable: Bool

    public init(_ key: String, _ title: String, fields: [FieldView], rows: [RowsView] = [], isRemovable: Bool = true) {
        self.key = key
        self.title = title
        self.fields = fields
        self.rows = rows
        self.isRemovable = isRemovable
    }
}

extension RowsView {
    /// `action` is the form's address; the buttons return to this list there, also with scripts off.
    func drawn(action: String) -> Markup {
        """
        <fieldset class="rows\(if: problem != nil, " wrong")" id="\(id)" tabindex="-1"\(describedBy)>
        <legend>\(label)</legend>
        \(some: hint, { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" })\
        \(some: problem, { "<p class=\"problem\" id=\"\(id)-problem\"><span aria-hidden=\"true\">✕ </span>\($0)</p>" })
        \(each: rows, { drawn($0, action: action) })
        \(some: addTitle, { adding($0, action: action) })
        </fieldset>
        """
    }

    private var describedBy: Markup {
        let ids = (hint == nil ? [] : ["\(id)-hint"]) + (problem == nil ? [] : ["\(id)-problem"])
        return "\(attribute: "aria-describedby", ids.isEmpty ? nil : ids.joined(separator: " "))"
    }

    private func drawn(_ row: RowView, action: String) -> Markup {
        """
        <fieldset class="row" id="\(FieldView.id(path + [row.key]))">
        <legend>\(row.title)</legend>
        <div class="fields">\(each: row.fields)</div>
        \(each: row.rows, { $0.drawn(action: action) })
        \(if: row.isRemovable, removal(of: row, action: action))
        </fieldset>
        """
    }

    private func adding(_ title: String, action: String) -> Markup {
        ButtonView(title, name: "_add", value: name, formAction: "\(action)#\(id)").markup
    }

    private func removal(of row: RowView, action: String) -> Markup {
        ButtonView("删除", name: "_remove", value: "\(name).\(row.key)", weight: .quiet, formAction: "\(action)#\(id)")
            .drawn(label: "删除 \(row.title)")
    }
}
