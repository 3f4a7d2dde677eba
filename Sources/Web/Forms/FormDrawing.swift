import Kernel
import Pages
import Values

/// 推导的表单。Draws the fields of an outline with what was typed in them and what is wrong with them.
struct FormDrawing: Sendable {
    let outline: Outline
    let values: RawFields
    let problems: [Refusal.Problem]
    /// The regions this person may choose among; too many or none: the code is typed.
    var regions: [Choice] = []
    /// The names of the files already uploaded, by attachment.
    var files: [String: String] = [:]

    /// The fields of one section: what is asked, then the repeated groups.
    struct Parts {
        var fields: [FieldView] = []
        var rows: [RowsView] = []

        mutating func add(_ other: Parts) {
            fields += other.fields
            rows += other.rows
        }
    }

    /// Sections of a layout, then whatever it names nowhere; without a layout one section holds all.
    func sections(_ layout: FormLayout?, title: String) -> [SectionView] {
        var remaining = outline.fields
        var sections: [SectionView] = []
        for section in layout?.sections ?? [] {
            let chosen = section.fields.compactMap { name in remaining.first { $0.name == name } }
            remaining.removeAll { section.fields.contains($0.name) }
            sections.append(self.section(section.title, hint: section.hint, chosen, folded: section.isFolded))
        }
        let asked = remaining.filter { $0.origin == .asked }
        if !asked.isEmpty { sections.append(section(sections.isEmpty ? title : "其他", hint: nil, asked)) }
        let carried = remaining.filter { $0.origin == .carried }
        guard !carried.isEmpty else { return sections }
        let hidden = parts(carried, values, []).fields
        guard let last = sections.popLast() else { return [SectionView(title, fields: hidden)] }
        return sections + [SectionView(last.title, hint: last.hint, fields: last.fields + hidden, rows: last.rows, fold: last.fold)]
    }

    private func section(_ title: String, hint: String?, _ fields: [FieldOutline], folded: Bool = false) -> SectionView {
        let parts = parts(fields, values, [])
        return SectionView(title, hint: hint, fields: parts.fields, rows: parts.rows, fold: folded ? .folded : .fixed)
    }

    private func parts(_ fields: [FieldOutline], _ values: RawFields, _ path: [String]) -> Parts {
        var parts = Parts()
        for field in fields where field.origin != .made {
            let here = path + [field.name]
            switch field.content {
            case .value(let kind, _): parts.fields.append(view(field, kind, values[field.name], here))
            case .group(let outline): parts.add(self.parts(outline.fields, values.group(field.name), here))
            case .rows(let outline): parts.rows.append(rows(field, outline, values.rows(field.name), here))
            }
        }
        return parts
    }

    private func view(_ field: FieldOutline, _ kind: FieldKind, _ raw: Raw?, _ path: [String]) -> FieldView {
        let value = kind.typed(raw)
        // A hint about writing codes is of no use where one chooses among names.
        let hint = isChosen(field) ? nil : field.hint
        return FieldView(path, field.label, control(field, kind, value, inRow: path.count > 2), value: value, hint: hint, problem: problem(at: path), required: field.isRequired)
    }

    private func isChosen(_ field: FieldOutline) -> Bool { field.nature == .region && !regions.isEmpty }

    private func control(_ field: FieldOutline, _ kind: FieldKind, _ value: String, inRow: Bool) -> FieldView.Control {
        if field.origin == .carried { return .hidden }
        switch kind {
        case .reference where isChosen(field): return .choice(regions)
        case .reference: return .text()
        case .attachment: return .attachment(accept: "image/*,application/pdf", camera: true, multiple: inRow && value.isEmpty, uploaded: files[value])
        default: return FieldView.Control(kind)
        }
    }

    private func rows(_ field: FieldOutline, _ outline: Outline, _ rows: [RawRow], _ path: [String]) -> RowsView {
        let views = rows.enumerated().map { number, row -> RowView in
            let here = path + [row.key], parts = parts(outline.fields, row.fields, here)
            // The row is there even when nothing in it was filled in.
            let mark = FieldView(here, "", .hidden, value: "1", required: false)
            return RowView(row.key, "\(field.label) \(number + 1)", fields: [mark] + parts.fields, rows: parts.rows)
        }
        let mayAdd = rows.count < FormReader.rowsAtMost
        return RowsView(path, field.label, rows: views, addTitle: mayAdd ? "添加\(field.label)" : nil, hint: field.hint, problem: problem(at: path))
    }

    private func problem(at path: [String]) -> String? { problems.first { $0.path == path }?.message }
}

extension RawFields {
    /// The ids of the attachments in fields that ask for one, at any depth.
    func enclosures(in outline: Outline) -> [String] {
        outline.fields.flatMap { field -> [String] in
            switch field.content {
            case .value(.attachment, _): text(field.name).flatMap { $0.isEmpty ? nil : [$0] } ?? []
            case .value: []
            case .group(let outline): group(field.name).enclosures(in: outline)
            case .rows(let outline): rows(field.name).flatMap { $0.fields.enclosures(in: outline) }
            }
        }
    }
}
