import Kernel
import Values

/// What an interface was told is held against an outline before any value is read: nothing is swallowed in silence.
extension Outline {
    /// The rows of one repeated group: a village's largest household has a tenth of them.
    public static let rowsAtMost = 200

    /// Every fault of form: unknown names, a list where one value belongs, row keys nobody could address.
    public func misfits(in raw: RawFields, at path: [String] = []) -> [Refusal.Problem] {
        raw.names.sorted().flatMap { name -> [Refusal.Problem] in
            let here = path + [name]
            guard let field = self[name] else { return [.init(here, "没有「\(name)」这一项，请核对名称")] }
            guard let value = raw[name], value != .received(.null) else { return [] }
            return field.content.misfits(value, at: here)
        }
    }
}

extension FieldOutline.Content {
    fileprivate func misfits(_ raw: Raw, at path: [String]) -> [Refusal.Problem] {
        switch (self, raw) {
        case (.value, .typed), (.value, .received), (.value, .stored): []
        case (.group(let outline), .group(let fields)): outline.misfits(in: fields, at: path)
        case (.rows, .rows(let rows)) where rows.count > Outline.rowsAtMost: [.init(path, "最多 \(Outline.rowsAtMost) 行，请分几次办理")]
        case (.rows(let outline), .rows(let rows)): rowKeyMisfits(rows, at: path) + rows.flatMap { outline.misfits(in: $0.fields, at: path + [$0.key]) }
        case (.value, _): [.init(path, "这里应当只填一个值")]
        case (.group, _): [.init(path, "这里应当是一个对象，含若干项")]
        case (.rows, _): [.init(path, "这里应当是一个列表，每行一个对象")]
        }
    }

    /// Keys name rows in paths and tables: unique, short, of plain letters and digits.
    private func rowKeyMisfits(_ rows: [RawRow], at path: [String]) -> [Refusal.Problem] {
        var seen: Set<String> = []
        return rows.compactMap { row in
            guard (1 ... 40).contains(row.key.utf8.count), row.key.utf8.allSatisfy(isKeyByte) else {
                return .init(path, "行号「\(row.key.prefix(40))」应由 1 至 40 个字母、数字、- 或 _ 组成")
            }
            return seen.insert(row.key).inserted ? nil : .init(path, "行号「\(row.key)」重复，请改用不同的行号")
        }
    }

    private func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30 ... 0x39, 0x41 ... 0x5A, 0x61 ... 0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}

extension RawFields {
    /// Puts a typed text at a path of dotted names: `members.m1.name`. Rows appear with the first value that names them.
    /// - Throws: `.invalid` naming the path that the outline doesn't know.
    public mutating func type(_ text: String, at path: [String], in outline: Outline) throws(Refusal) {
        try type(text, at: path[...], within: outline, whole: path)
    }

    private mutating func type(_ text: String, at rest: ArraySlice<String>, within outline: Outline, whole: [String]) throws(Refusal) {
        guard let name = rest.first, let field = outline[name] else {
            throw Refusal.invalid("没有「\(whole.joined(separator: "."))」这一项，可填的有：\(outline.names)").at(whole)
        }
        let below = rest.dropFirst()
        switch field.content {
        case .value:
            guard below.isEmpty else { throw Refusal.invalid("「\(name)」下面没有别的项，请核对路径").at(whole) }
            self[name] = .typed(text)
        case .group(let outline):
            var fields = group(name)
            try fields.type(text, at: below, within: outline, whole: whole)
            self[name] = .group(fields)
        case .rows(let outline):
            guard let key = below.first else { throw Refusal.invalid("「\(name)」有多行，请写明行号，如 \(name).1.\(outline.fields.first?.name ?? "")").at(whole) }
            var rows = rows(name)
            var fields = rows.first { $0.key == key }?.fields ?? RawFields()
            try fields.type(text, at: below.dropFirst(), within: outline, whole: whole)
            if let place = rows.firstIndex(where: { $0.key == key }) { rows[place].fields = fields } else { rows.append(RawRow(key: key, fields: fields)) }
            self[name] = .rows(rows)
        }
    }
}

extension Outline {
    fileprivate var names: String { fields.filter { $0.origin != .made }.map(\.name).joined(separator: "、") }
}
