import Kernel
import Values

/// 增减行。What the buttons 添加 and 删除 do to the values of a form, without scripts.
extension RawFields {
    /// Adds an empty row at the end of the rows a path leads to; a path that leads nowhere changes nothing.
    mutating func addRow(at path: [String], in outline: Outline) {
        guard case .rows? = outline.field(at: path)?.content, let letter = path.last?.first else { return }
        edit(path[...]) { rows in
            guard rows.count < FormReader.rowsAtMost else { return }
            rows.append(RawRow(key: Self.nextKey(after: rows, led: String(letter)[...]), fields: RawFields()))
        }
    }

    mutating func removeRow(at path: [String], in outline: Outline) {
        guard let key = path.last, case .rows? = outline.field(at: Array(path.dropLast()))?.content else { return }
        edit(path.dropLast()) { rows in rows.removeAll { $0.key == key } }
    }

    /// Adds a row like the one a path leads to, right behind it.
    /// - Returns: the path of the new row; nil when there is no such row, or no room for another.
    mutating func repeatRow(at path: [String]) -> [String]? {
        guard let key = path.last else { return nil }
        var made: String?
        edit(path.dropLast()) { rows in
            guard rows.count < FormReader.rowsAtMost, let index = rows.firstIndex(where: { $0.key == key }) else { return }
            let fresh = Self.nextKey(after: rows, led: key.prefix { !$0.isNumber })
            rows.insert(RawRow(key: fresh, fields: rows[index].fields), at: index + 1)
            made = fresh
        }
        return made.map { path.dropLast() + [$0] }
    }

    /// Keys come from outside: a number too large to count on from is no number of ours.
    private static func nextKey(after rows: [RawRow], led letters: Substring) -> String {
        let highest = rows.compactMap { Int($0.key.drop { !$0.isNumber }) }.filter { $0 < 1_000_000 }.max() ?? 0
        return "\(letters)\(highest + 1)"
    }

    private mutating func edit(_ path: ArraySlice<String>, _ change: (inout [RawRow]) -> Void) {
        guard let name = path.first else { return }
        let rest = path.dropFirst()
        if rest.isEmpty {
            var rows = rows(name)
            change(&rows)
            self[name] = .rows(rows)
        } else if case .rows(var rows)? = self[name], let index = rows.firstIndex(where: { $0.key == rest.first }) {
            rows[index].fields.edit(rest.dropFirst(), change)
            self[name] = .rows(rows)
        } else if case .group(var fields)? = self[name] {
            fields.edit(rest, change)
            self[name] = .group(fields)
        }
    }

    /// Sets one value at a path that exists.
    mutating func set(_ value: Raw, at path: ArraySlice<String>) {
        guard let name = path.first else { return }
        let rest = path.dropFirst()
        if rest.isEmpty {
            self[name] = value
        } else if case .rows(var rows)? = self[name], let index = rows.firstIndex(where: { $0.key == rest.first }) {
            rows[index].fields.set(value, at: rest.dropFirst())
            self[name] = .rows(rows)
        } else if case .group(var fields)? = self[name] {
            fields.set(value, at: rest)
            self[name] = .group(fields)
        }
    }
}
