import Kernel
import Storage
import Values

/// 列名对照。Finds the term for each heading: by what was chosen the last time for the same headings, by its label or name, by other names it goes by.
struct ColumnGuess {
    let importer: any Importing.Type

    func columns(_ headings: [String], remembered: [Int: String?]) -> [ImportColumn] {
        var taken: Set<String> = []
        return headings.enumerated().map { index, heading in
            let guess = remembered.keys.contains(index) ? remembered[index] ?? nil : field(heading)
            let field = guess.flatMap { importer.outline[$0] != nil && taken.insert($0).inserted ? $0 : nil }
            return ImportColumn(index + 1, heading, field)
        }
    }

    private func field(_ heading: String) -> String? {
        let plain = Self.plain(heading)
        guard !plain.isEmpty else { return nil }
        return importer.outline.fields.first { field in
            [field.label, field.name].contains { Self.plain($0) == plain } || (importer.synonyms[field.name] ?? []).contains { Self.plain($0) == plain }
        }?.name
    }

    /// 「公民身份号码（必填）*」 reads as 公民身份号码: marks, spaces and what stands in brackets are left out.
    static func plain(_ heading: String) -> String {
        var depth = 0, plain = ""
        for character in heading {
            switch character {
            case "（", "(", "【", "[": depth += 1
            case "）", ")", "】", "]": depth = max(0, depth - 1)
            case "*", "＊", ":", "：", "\u{FEFF}": break
            default: if depth == 0, !character.isWhitespace { plain.append(contentsOf: character.lowercased()) }
            }
        }
        return plain
    }

    /// The same headings in the same order have the same signature.
    static func signature(_ headings: [String]) -> String { headings.map(plain).joined(separator: "|") }
}

extension Outline {
    /// What a mapping lacks or says twice, as problems of the form.
    func problems(with columns: [ImportColumn]) -> [Refusal.Problem] {
        var problems: [Refusal.Problem] = [], seen: [String: String] = [:]
        for column in columns {
            guard let field = column.field else { continue }
            if self[field] == nil { problems.append(.init(["columns", column.key, "field"], "没有「\(field)」这个数据项")) }
            if let other = seen.updateValue(column.heading, forKey: field) {
                problems.append(.init(["columns", column.key, "field"], "「\(other)」和「\(column.heading)」两列都对应「\(self[field]?.label ?? field)」，请只选一列"))
            }
        }
        let missing = fields.filter { $0.isRequired && $0.origin != .made && seen[$0.name] == nil }
        if !missing.isEmpty { problems.append(.init([], "缺少必填的列：\(missing.map(\.label).joined(separator: "、"))。请选出对应的列，或者补上后重新上传")) }
        return problems
    }
}

extension Reader {
    /// What was chosen the last time for these headings.
    func rememberedColumns(_ importer: any Importing.Type, _ headings: [String]) throws -> [Int: String?] {
        let rows = try connection.all("SELECT position, field FROM import_mapping WHERE importer = \(importer.name) AND signature = \(ColumnGuess.signature(headings))") {
            (position: try $0.read(0) as Int, field: try $0.read(1) as String?)
        }
        return Dictionary(rows.map { ($0.position, $0.field) }, uniquingKeysWith: { first, _ in first })
    }
}

extension Desk {
    func remember(_ columns: [ImportColumn], for importer: any Importing.Type) throws {
        let signature = ColumnGuess.signature(columns.map(\.heading))
        try connection.run("DELETE FROM import_mapping WHERE importer = \(importer.name) AND signature = \(signature)")
        for (position, column) in columns.enumerated() {
            try connection.run("INSERT INTO import_mapping (importer, signature, position, field) VALUES (\(importer.name), \(signature), \(position), \(column.field))")
        }
    }
}
