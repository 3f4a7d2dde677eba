import Cryptography
import Storage
import Values

/// 全库摘要。What a database holds, table by table, in one line each.
public struct StoreDigest: Hashable, Sendable {
    /// 一张表的摘要。SHA-256 of its part of the canonical dump.
    public struct Table: Hashable, Sendable {
        public let name: String
        public let rows: Int
        public let digest: String

        var line: String { "\(name) \(rows) \(digest)\n" }
    }

    /// In the order of their names.
    public let tables: [Table]
    /// SHA-256 of the lines of all tables.
    public let overall: String

    init(_ tables: [Table]) throws {
        self.tables = tables.sorted { $0.name < $1.name }
        overall = try Cryptography.hash(Array(self.tables.map(\.line).joined().utf8), .international).hex
    }

    public var rows: Int { tables.reduce(0) { $0 + $1.rows } }

    /// The tables that aren't alike, by name; those that only one side has among them.
    public func differing(from other: StoreDigest) -> [String] {
        let ours = Set(tables), theirs = Set(other.tables)
        return Set(ours.symmetricDifference(theirs).map(\.name)).sorted()
    }
}

extension Connection {
    /// 规范转储。Every table in the order of names, its rows in the order of keys, told piece by piece; memory doesn't grow with the rows.
    ///
    /// - Parameters:
    ///   - leavingOut: tables that aren't wanted.
    ///   - tell: a table, and how many of its rows are done.
    ///   - sink: takes the bytes of the dump; a digest alone needs none.
    public func digest(
        leavingOut: Set<String> = [], tell: (String, Int) -> Void = { _, _ in }, sink: ([UInt8]) throws -> Void = { _ in }
    ) throws -> StoreDigest {
        let tables = try tables().filter { !leavingOut.contains($0.name) }.sorted { $0.name < $1.name }
        let whole = try StoreDigest(tables.map { try digest(of: $0, tell: tell, sink: sink) })
        try sink(Array("all \(whole.rows) \(whole.overall)\n".utf8))
        return whole
    }

    func digest(of table: StoredTable, tell: (String, Int) -> Void = { _, _ in }, sink: ([UInt8]) throws -> Void = { _ in }) throws -> StoreDigest.Table {
        let running = try RunningHash(.international)
        let rows = try write(table, into: running, tell, sink)
        let digest = StoreDigest.Table(name: table.name, rows: rows, digest: try running.finish().hex)
        try sink(Array("end \(rows) \(digest.digest)\n".utf8))
        return digest
    }

    /// - Returns: how many rows.
    private func write(_ table: StoredTable, into running: borrowing RunningHash, _ tell: (String, Int) -> Void, _ sink: ([UInt8]) throws -> Void) throws -> Int {
        var form = CanonicalForm(), rows = 0
        form.head(of: table)
        try eachRow(of: table) { row in
            form.row(row)
            rows += 1
            if form.bytes.count >= 1 << 16 { try form.pass(to: running, sink) }
            if rows % 20_000 == 0 { tell(table.name, rows) }
        }
        try form.pass(to: running, sink)
        tell(table.name, rows)
        return rows
    }
}

extension CanonicalForm {
    /// Hands on what is written, and begins anew.
    fileprivate mutating func pass(to running: borrowing RunningHash, _ sink: ([UInt8]) throws -> Void) throws {
        try running.update(bytes)
        try sink(bytes)
        clear()
    }
}
