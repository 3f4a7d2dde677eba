import Storage
import Values

/// 第一处不同。Where two databases part: table, key, column.
public struct Difference: Hashable, Sendable, CustomStringConvertible {
    public let table: String
    public let key: String
    /// Nil where a whole row, or the table itself, is on one side only.
    public let column: String?
    public let left: String
    public let right: String

    public var description: String {
        "\(table)（\(key)）" + (column.map { "的 \($0) 列：\(left)，另一边是 \(right)" } ?? "：\(left)，另一边\(right)")
    }
}

extension Database {
    /// The first difference in each table that isn't alike; sound digests have been compared before, so this may read twice.
    public func differences(from other: any Database, in names: [String]) async throws -> [Difference] {
        var found: [Difference] = []
        for name in names {
            let left = try await read { try $0.tables().first { $0.name == name } }, right = try await other.read { try $0.tables().first { $0.name == name } }
            guard let left, let right else {
                found.append(Difference(table: name, key: "整表", column: nil, left: left == nil ? "没有" : "有", right: right == nil ? "没有" : "有"))
                continue
            }
            guard left.columns == right.columns else {
                found.append(Difference(table: name, key: "列", column: nil, left: left.shownColumns, right: "是 \(right.shownColumns)"))
                continue
            }
            if let difference = try await firstDifference(from: other, in: left) { found.append(difference) }
        }
        return found
    }

    private func firstDifference(from other: any Database, in table: StoredTable) async throws -> Difference? {
        var place = TablePlace.beginning, count = 0
        while true {
            let here = try await slice(of: table, from: place), there = try await other.slice(of: table, from: place)
            for index in 0 ..< max(here.count, there.count) {
                let left = index < here.count ? here[index] : nil, right = index < there.count ? there[index] : nil
                if let difference = table.difference(left, right) { return difference }
            }
            guard let last = here.last else { return nil }
            count += here.count
            place = table.key.isEmpty ? .count(count) : .after(table.keyValues(of: last))
        }
    }

    private func slice(of table: StoredTable, from place: TablePlace, limit: Int = 2_000) async throws -> [[StoredValue]] {
        try await read { connection in
            var rows: [[StoredValue]] = []
            do {
                try connection.eachRow(of: table, from: place) { row in
                    rows.append(row)
                    if rows.count == limit { throw EnoughRows() }
                }
            } catch is EnoughRows {}
            return rows
        }
    }
}

private struct EnoughRows: Error {}

extension StoredTable {
    fileprivate var shownColumns: String { columns.map { "\($0.name) \($0.type.rawValue)" }.joined(separator: "、") }

    func keyValues(of row: [StoredValue]) -> [StoredValue] { key.compactMap { name in columns.firstIndex { $0.name == name }.map { row[$0] } } }

    /// Values are compared by their bytes: two texts that mean the same sign aren't the same row.
    func difference(_ left: [StoredValue]?, _ right: [StoredValue]?) -> Difference? {
        guard let left, let right else {
            guard let row = left ?? right else { return nil }
            return Difference(table: name, key: shownKey(of: row), column: nil, left: left == nil ? "没有这一行" : "有这一行", right: right == nil ? "没有" : "有")
        }
        let keys = (CanonicalForm.row(keyValues(of: left)), CanonicalForm.row(keyValues(of: right)))
        guard keys.0 == keys.1 else {
            return Difference(table: name, key: shownKey(of: left), column: nil, left: "有这一行", right: "这里是 \(shownKey(of: right))")
        }
        for (index, column) in columns.enumerated() where CanonicalForm.row([left[index]]) != CanonicalForm.row([right[index]]) {
            return Difference(table: name, key: shownKey(of: left), column: column.name, left: left[index].shown, right: right[index].shown)
        }
        return nil
    }

    private func shownKey(of row: [StoredValue]) -> String { (key.isEmpty ? row : keyValues(of: row)).map(\.shown).joined(separator: "，") }
}

extension StoredValue {
    fileprivate var shown: String {
        switch self {
        case .null: "空"
        case .integer(let number): "\(number)"
        case .text(let text): "「\(text)」"
        }
    }
}
