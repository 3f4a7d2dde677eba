/// 库表。One table as it stands in a database, told alike for every engine.
///
/// A search table is told as what it means, owner and words, whatever the engine keeps it in.
public struct StoredTable: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case rows, search }

    public enum ColumnType: String, Hashable, Sendable { case text, integer }

    public struct Column: Hashable, Sendable {
        public let name: String
        public let type: ColumnType

        public init(_ name: String, _ type: ColumnType) { (self.name, self.type) = (name, type) }
    }

    public let name: String
    public let kind: Kind
    /// In declared order.
    public let columns: [Column]
    /// The columns of the primary key; empty where there is none.
    public let key: [String]
    /// The tables that its rows refer to, itself among them if they do.
    public let references: Set<String>

    public init(_ name: String, kind: Kind = .rows, columns: [Column], key: [String], references: Set<String> = []) {
        (self.name, self.kind, self.columns, self.key, self.references) = (name, kind, columns, key, references)
    }

    static func search(_ name: String) -> StoredTable {
        StoredTable(name, kind: .search, columns: [Column("owner", .text), Column("words", .text)], key: ["owner"])
    }

    /// What its rows are ordered by: the key, or every column where there is none.
    public var order: [String] { key.isEmpty ? columns.map(\.name) : key }

    /// Where the key stands among the columns.
    var keyPlaces: [Int] { key.compactMap { name in columns.firstIndex { $0.name == name } } }
}

extension Sequence where Element == StoredTable {
    /// Every table after those it refers to; among equals by name, search tables last. Rings are cut where the names say.
    public var inOrderOfReference: [StoredTable] {
        let byName = Dictionary(map { ($0.name, $0) }) { first, _ in first }
        var ordered: [StoredTable] = [], seen: Set<String> = []
        func visit(_ table: StoredTable) {
            guard seen.insert(table.name).inserted else { return }
            for name in table.references.sorted() { if let other = byName[name] { visit(other) } }
            ordered.append(table)
        }
        for table in byName.values.sorted(by: { ($0.kind == .search ? 1 : 0, $0.name) < ($1.kind == .search ? 1 : 0, $1.name) }) { visit(table) }
        return ordered
    }
}
