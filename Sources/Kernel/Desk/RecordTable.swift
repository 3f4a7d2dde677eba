import Storage
import Values

/// Carries a record between its shape and its table, and its repeated rows to and from their tables. Made once a type.
final class RecordTable: Sendable {
    private let names: [String]
    private let children: [(column: String, table: RecordTable)]
    private let table: Statement
    private let columnList: Statement
    /// `SELECT` and the columns, up to the condition.
    private let selection: Statement
    private let insertion: Statement
    private let childSelection: Statement
    private let childInsertion: Statement

    static func of<R: Record>(_ type: R.Type) -> RecordTable {
        let shape = R.shape
        return shape.table.load() ?? shape.table.storeIfNil(RecordTable(R.table, ChildTable.columns(of: shape)))
    }

    private init(_ name: String, _ columns: [ChildTable.Column]) {
        names = columns.filter { $0.child == nil }.map(\.name)
        children = columns.compactMap { column in column.child.map { (column.name, RecordTable($0.name, $0.columns)) } }
        table = Statement(name: name)
        columnList = names.map { Statement(name: $0) }.joined(", ")
        selection = "SELECT \(columnList) FROM \(table) WHERE "
        insertion = "INSERT INTO \(table) (\(columnList)) VALUES ("
        childSelection = "SELECT key, position, \(columnList) FROM \(table) WHERE parent_id = "
        childInsertion = "INSERT INTO \(table) (parent_id, key, position, \(columnList)) VALUES "
    }

    // MARK: Reading

    /// One record that was asked for, with its repeated rows.
    struct Sought {
        fileprivate let id: String, row: Asked, below: [Asked]

        /// Nothing was written since that could have changed it.
        var stands: Bool { row.stands }
    }

    /// The row of one record with its repeated rows, asked for together.
    func seek(_ id: String, _ connection: any Connection) throws -> Sought {
        Sought(id: id, row: try connection.ask(selection + "id = \(id)"), below: try children.map { try connection.ask($0.table.childSelection + "\(id)") })
    }

    func found(_ sought: Sought, _ connection: any Connection) throws -> RawFields? {
        guard let row = try sought.row.rows().first else { return nil }
        var fields = fields(row, from: 0)
        for (child, rows) in zip(children, sought.below) { fields[child.column] = .rows(try child.table.rows(try rows.rows(), of: sought.id, connection)) }
        return fields
    }

    /// The rows that meet a condition, each with its repeated rows.
    func select(where condition: Statement, _ connection: any Connection) throws -> [RawFields] {
        let found = try connection.all(selection + condition) { self.fields($0, from: 0) }
        guard !children.isEmpty else { return found }
        return try found.map { try loading($0, of: $0.text("id") ?? "", connection) }
    }

    private func fields(_ row: Row, from first: Int) -> RawFields {
        RawFields(names: names, names.indices.map { .stored(row[first + $0]) })
    }

    private func loading(_ fields: RawFields, of parent: String, _ connection: any Connection) throws -> RawFields {
        var fields = fields
        for child in children { fields[child.column] = .rows(try child.table.rows(of: parent, connection)) }
        return fields
    }

    private func rows(of parent: String, _ connection: any Connection) throws -> [RawRow] {
        try rows(try connection.all(childSelection + "\(parent)") { $0 }, of: parent, connection)
    }

    /// In their order: a handful, cheaper put in order here than by the engine.
    private func rows(_ rows: [Row], of parent: String, _ connection: any Connection) throws -> [RawRow] {
        let placed = try rows.map { (place: try $0.read(1) as Int, row: RawRow(key: try $0.read(0), fields: fields($0, from: 2))) }
        let found = placed.sorted { $0.place < $1.place }.map(\.row)
        guard !children.isEmpty else { return found }
        return try found.map { RawRow(key: $0.key, fields: try loading($0.fields, of: "\(parent)/\($0.key)", connection)) }
    }

    // MARK: Writing

    func insert(_ raw: RawFields, _ connection: any Connection) throws {
        try connection.post(insertion + Statement(row: values(raw)) + ")")
        if !children.isEmpty { try insertChildren(raw, parent: raw.text("id") ?? "", connection) }
    }

    func update(_ raw: RawFields, where condition: Statement, _ connection: any Connection) throws -> Int {
        let assignments = names.map { Statement(name: $0) + " = " + Statement(stored(raw, $0)) }.joined(", ")
        let changed = try connection.run("UPDATE \(table) SET \(assignments) WHERE \(condition)")
        guard changed > 0, !children.isEmpty, let id = raw.text("id") else { return changed }
        for child in children { try child.table.clear(under: id, isBelow: false, connection) }
        try insertChildren(raw, parent: id, connection)
        return changed
    }

    private func values(_ raw: RawFields) -> [StoredValue] { names.map { stored(raw, $0) } }

    private func stored(_ raw: RawFields, _ name: String) -> StoredValue {
        if case .stored(let value) = raw[name] { value } else { .null }
    }

    private func insertChildren(_ raw: RawFields, parent: String, _ connection: any Connection) throws {
        for child in children {
            let rows = raw.rows(child.column)
            for first in stride(from: 0, to: rows.count, by: Self.rowsAtOnce) {
                let some = rows.indices[first ..< min(first + Self.rowsAtOnce, rows.count)]
                let values = some.map { "(\(Statement(row: [.text(parent), .text(rows[$0].key), .integer(Int64($0))] + child.table.values(rows[$0].fields))))" as Statement }
                try connection.post(child.table.childInsertion + values.joined(", "))
            }
            guard !child.table.children.isEmpty else { continue }
            for row in rows { try child.table.insertChildren(row.fields, parent: "\(parent)/\(row.key)", connection) }
        }
    }

    /// Few enough that a statement of each length stays prepared.
    private static let rowsAtOnce = 8

    /// Removes the rows of a parent and the rows inside them; `/` sorts just before `0`, so what lies below is a range.
    private func clear(under parent: String, isBelow: Bool, _ connection: any Connection) throws {
        for child in children { try child.table.clear(under: parent, isBelow: true, connection) }
        try connection.post(isBelow
            ? "DELETE FROM \(table) WHERE parent_id >= \(parent + "/") AND parent_id < \(parent + "0")"
            : "DELETE FROM \(table) WHERE parent_id = \(parent)")
    }
}

extension Statement {
    /// A bound value without its type.
    init(_ value: StoredValue) { self = "\(value)" }
}
