import Values

/// 逐行读写。Rows of a table in the order of its key, whichever table and engine.
extension Connection {
    /// Hands over the rows in key order, in bytes' order, values in declared order. The words of an owner come sorted, each once.
    /// - Parameter start: where to go on from.
    public func eachRow(of table: StoredTable, from start: TablePlace = .beginning, _ body: ([StoredValue]) throws -> Void) throws {
        let statement = try table.selection(from: start)
        guard table.kind == .search else { return try each(statement) { try body($0.values) } }
        try each(statement) { row in
            guard row.count == 2, case .text(let words) = row[1] else { throw StorageError.other("检索表 \(table.name) 的行不完整") }
            try body([row[0], .text(Self.canonical(words))])
        }
    }

    /// Enters rows that `eachRow` of the same table gave.
    public func enter(_ rows: [[StoredValue]], into table: StoredTable) throws {
        guard table.kind == .search else {
            try insert(into: table.name, table.columns.map(\.name), rows: rows)
            return
        }
        try index(new: rows.map { row in
            guard row.count == 2, case .text(let owner) = row[0], case .text(let words) = row[1] else { throw StorageError.other("检索表 \(table.name) 的行不完整") }
            return (owner, words)
        }, in: table.name)
    }

    /// How far the rows that `enter` put in reach, if they came in order.
    public func reached(in table: StoredTable) throws -> TablePlace {
        guard !table.key.isEmpty else { return .count(try rowCount(of: table)) }
        let key = try first(table.lastKey(for: dialect)) { $0.values }
        return key.map(TablePlace.after) ?? .beginning
    }

    public func rowCount(of table: StoredTable) throws -> Int {
        try value("SELECT count(*) FROM \(try Statement(identifier: table.source(for: dialect)))") ?? 0
    }

    /// By bytes and each once: the engines keep them in other orders.
    private static func canonical(_ words: String) -> String {
        var sorted = words.utf8.split(separator: UInt8(ascii: " ")).map(Array.init)
        sorted.sort { $0.lexicographicallyPrecedes($1) }
        var text: [UInt8] = [], last: [UInt8] = []
        for word in sorted where word != last {
            if !text.isEmpty { text.append(UInt8(ascii: " ")) }
            text += word
            last = word
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// A place between the rows of a table.
public enum TablePlace: Hashable, Sendable {
    case beginning
    /// Behind the row of this key.
    case after([StoredValue])
    /// Behind so many rows: where there is no key.
    case count(Int)
}

extension StoredTable {
    fileprivate func selection(from start: TablePlace) throws -> Statement {
        guard kind == .rows else { return try words(from: start) }
        let names = try columns.map { try Statement(identifier: $0.name) }.joined(", ")
        // Only where there is no key can a value be missing among those ordered by.
        let nulls: Statement = key.isEmpty ? " NULLS FIRST" : ""
        let ordering = try order.map { try Statement(identifier: $0) + nulls }.joined(", ")
        return "SELECT \(names) FROM \(try Statement(identifier: name)) \(try condition(start)) ORDER BY \(ordering) \(Self.skipping(start))"
    }

    private func condition(_ start: TablePlace) throws -> Statement {
        guard case .after(let values) = start else { return "" }
        let names = try key.map { try Statement(identifier: $0) }.joined(", ")
        return "WHERE (\(names)) > (\(values.map { "\($0)" as Statement }.joined(", ")))"
    }

    private static func skipping(_ start: TablePlace) -> Statement {
        guard case .count(let count) = start, count > 0 else { return "" }
        return "LIMIT 9223372036854775807 OFFSET \(count)"
    }

    private func words(from start: TablePlace) throws -> Statement {
        let table = try Statement(identifier: name), keys = Statement(trusted: name + "_key")
        var sqlite: Statement = "SELECT k.owner, f.words FROM \(keys) AS k JOIN \(table) AS f ON f.rowid = k.id"
        var postgres: Statement = "SELECT f.owner, array_to_string(tsvector_to_array(f.words), ' ') FROM \(table) AS f"
        if case .after(let key) = start, let owner = key.first {
            sqlite = sqlite + " WHERE k.owner > \(owner)"
            postgres = postgres + " WHERE f.owner > \(owner)"
        }
        return .either(sqlite: sqlite + " ORDER BY k.owner", postgres: postgres + " ORDER BY f.owner")
    }

    fileprivate func lastKey(for dialect: Dialect) throws -> Statement {
        let names = try key.map { try Statement(identifier: $0) }
        return "SELECT \(names.joined(", ")) FROM \(try Statement(identifier: source(for: dialect))) ORDER BY \(names.map { $0 + " DESC" }.joined(", ")) LIMIT 1"
    }

    /// Where an engine keeps its rows, one for each.
    fileprivate func source(for dialect: Dialect) -> String { kind == .search && dialect == .sqlite ? name + "_key" : name }
}
