import Storage
import Values

/// Carries a record between its shape and its table, and its repeated rows to and from their tables.
struct RecordTable {
    let name: Statement
    let columnList: Statement
    private let columns: [ChildTable.Column]

    init<R: Record>(_ type: R.Type) { self.init(R.table, ChildTable.columns(of: R.shape)) }

    private init(_ table: String, _ columns: [ChildTable.Column]) {
        name = Statement(name: table)
        self.columns = columns
        columnList = columns.filter { $0.child == nil }.map { Statement(name: $0.name) }.joined(", ")
    }

    private var plain: [ChildTable.Column] { columns.filter { $0.child == nil } }

    /// A row as `columnList` selects it.
    func raw(_ row: Row) throws -> RawFields {
        RawFields(Dictionary(plain.enumerated().map { ($1.name, Raw.stored(row[$0])) }, uniquingKeysWith: { first, _ in first }))
    }

    func withChildren(_ raw: RawFields, _ connection: any Connection) throws -> RawFields {
        guard columns.count > plain.count, let id = raw.text("id") else { return raw }
        return try Self.loading(columns, of: id, into: raw, connection)
    }

    private static func loading(_ columns: [ChildTable.Column], of parent: String, into raw: RawFields, _ connection: any Connection) throws -> RawFields {
        var raw = raw
        for column in columns {
            guard let child = column.child else { continue }
            raw[column.name] = .rows(try rows(of: child, parent: parent, connection))
        }
        return raw
    }

    private static func rows(of child: ChildTable, parent: String, _ connection: any Connection) throws -> [RawRow] {
        let table = RecordTable(child.name, child.columns)
        let found = try connection.all("SELECT key, \(table.columnList) FROM \(table.name) WHERE parent_id = \(parent) ORDER BY position") { row in
            let fields = table.plain.enumerated().map { ($1.name, Raw.stored(row[$0 + 1])) }
            return RawRow(key: try row.read(0), fields: RawFields(Dictionary(fields, uniquingKeysWith: { first, _ in first })))
        }
        return try found.map { RawRow(key: $0.key, fields: try loading(child.columns, of: "\(parent)/\($0.key)", into: $0.fields, connection)) }
    }

    // MARK: Writing

    func insert(_ raw: RawFields, _ connection: any Connection) throws {
        try connection.run("INSERT INTO \(name) (\(columnList)) VALUES (\(values(raw).joined(", ")))")
        try insertChildren(raw, parent: raw.text("id") ?? "", connection)
    }

    func update(_ raw: RawFields, where condition: Statement, _ connection: any Connection) throws -> Int {
        let assignments = zip(plain, values(raw)).map { Statement(name: $0.name) + " = " + $1 }.joined(", ")
        let changed = try connection.run("UPDATE \(name) SET \(assignments) WHERE \(condition)")
        guard changed > 0, let id = raw.text("id") else { return changed }
        for column in columns { try column.child.map { try Self.clear($0, under: id, connection) } }
        try insertChildren(raw, parent: id, connection)
        return changed
    }

    private func values(_ raw: RawFields) -> [Statement] {
        plain.map { column in
            if case .stored(let value) = raw[column.name] { Statement(value) } else { Statement(StoredValue.null) }
        }
    }

    private func insertChildren(_ raw: RawFields, parent: String, _ connection: any Connection) throws {
        for column in columns {
            guard let child = column.child else { continue }
            let table = RecordTable(child.name, child.columns)
            for (position, row) in raw.rows(column.name).enumerated() {
                try connection.run("""
                    INSERT INTO \(table.name) (parent_id, key, position, \(table.columnList))
                    VALUES (\(parent), \(row.key), \(position), \(table.values(row.fields).joined(", ")))
                    """)
                try table.insertChildren(row.fields, parent: "\(parent)/\(row.key)", connection)
            }
        }
    }

    private static func clear(_ child: ChildTable, under parent: String, _ connection: any Connection) throws {
        for column in child.columns { try column.child.map { try clear($0, under: "\(parent)/", connection) } }
        let table = Statement(name: child.name)
        let below = parent.hasSuffix("/")
        // "/" sorts just before "0": every key below this parent lies between the two.
        try connection.run(below
            ? "DELETE FROM \(table) WHERE parent_id >= \(parent) AND parent_id < \(String(parent.dropLast()) + "0")"
            : "DELETE FROM \(table) WHERE parent_id = \(parent)")
    }
}

extension Statement {
    /// A bound value without its type.
    init(_ value: StoredValue) { self = "\(value)" }
}
