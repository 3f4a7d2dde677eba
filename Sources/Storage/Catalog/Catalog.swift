import Values

/// 库表目录。What stands in a database, read from the engine's own catalog and not from our declarations.
extension Connection {
    /// Every table, in an order in which references hold; search tables last. The note of a move is no part of it.
    /// - Throws: `StorageError.other` for a column that is neither text nor integer, or a database that doesn't order by bytes.
    public func tables() throws -> [StoredTable] {
        let tables = switch dialect {
        case .sqlite: try tablesOfSQLite()
        case .postgres: try tablesOfPostgres()
        }
        return tables.filter { $0.name != StoreStanding.table }.inOrderOfReference
    }

    fileprivate typealias Listed = (table: String, column: String, type: String, place: Int)

    fileprivate func tables(_ columns: [Listed], key: [Listed], references: [(String, String)], search: Set<String>) throws -> [StoredTable] {
        let keys = Dictionary(grouping: key, by: \.table), referred = Dictionary(grouping: references, by: \.0)
        return try Dictionary(grouping: columns, by: \.table).map { name, columns in
            if search.contains(name) { return .search(name) }
            let columns = try columns.sorted { $0.place < $1.place }.map { column in
                guard let type = StoredTable.ColumnType(declared: column.type) else {
                    throw StorageError.other("列 \(name).\(column.column) 的类型 \(column.type) 既非文本也非整数")
                }
                return StoredTable.Column(column.column, type)
            }
            let key = (keys[name] ?? []).sorted { $0.place < $1.place }.map(\.column)
            return StoredTable(name, columns: columns, key: key, references: Set((referred[name] ?? []).map(\.1)))
        }
    }

    fileprivate func listed(_ statement: Statement) throws -> [Listed] {
        try all(statement) { (try $0.read(0), try $0.read(1), try $0.read(2), try $0.read(3)) }
    }

    fileprivate func pairs(_ statement: Statement) throws -> [(String, String)] { try all(statement) { (try $0.read(0), try $0.read(1)) } }
}

// MARK: SQLite

extension Connection {
    /// A virtual table is one of our search tables; its shadows and its key table belong to it.
    private func tablesOfSQLite() throws -> [StoredTable] {
        let known = Dictionary(try pairs("SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND substr(name, 1, 7) <> 'sqlite_'")) { first, _ in first }
        let search = Set(known.filter { $0.value == "virtual" }.keys)
        let plain = known.filter { $0.value == "table" && !($0.key.hasSuffix("_key") && search.contains(String($0.key.dropLast(4)))) }.keys
        let inSchema: Statement = "FROM pragma_table_list AS t, pragma_table_info(t.name) AS c WHERE t.schema = 'main' AND t.type IN ('table', 'virtual')"
        let wanted = search.union(plain)
        let columns = try listed("SELECT t.name, c.name, c.type, c.cid \(inSchema)").filter { wanted.contains($0.table) }
        let key = try listed("SELECT t.name, c.name, c.type, c.pk \(inSchema) AND c.pk > 0")
        let references = try pairs("""
            SELECT t.name, r."table" FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS r WHERE t.schema = 'main' AND t.type = 'table'
            """)
        return try tables(columns, key: key, references: references, search: search)
    }
}

// MARK: PostgreSQL

extension Connection {
    /// A table with a `tsvector` is one of our search tables. Parts of a partitioned table belong to it.
    private func tablesOfPostgres() throws -> [StoredTable] {
        try requireByteOrder()
        let ours: Statement = "c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = CAST(current_schema() AS regnamespace)"
        let columns = try listed("""
            SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT), format_type(a.atttypid, a.atttypmod), CAST(a.attnum AS BIGINT)
            FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid WHERE \(ours) AND a.attnum > 0 AND NOT a.attisdropped
            """)
        let key = try listed("""
            SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT), 'text', CAST(u.place AS BIGINT)
            FROM pg_class AS c JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
            CROSS JOIN LATERAL unnest(CAST(i.indkey AS INT2[])) WITH ORDINALITY AS u (attnum, place)
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = u.attnum WHERE \(ours)
            """)
        let references = try pairs("""
            SELECT CAST(c.relname AS TEXT), CAST(r.relname AS TEXT)
            FROM pg_constraint AS f JOIN pg_class AS c ON c.oid = f.conrelid JOIN pg_class AS r ON r.oid = f.confrelid WHERE f.contype = 'f' AND \(ours)
            """)
        return try tables(columns, key: key, references: references, search: Set(columns.filter { $0.type == "tsvector" }.map(\.table)))
    }

    /// Rows stand in the order of their bytes on both engines, or the same rows would make another dump.
    private func requireByteOrder() throws {
        let collation = try value("SELECT CAST(datcollate AS TEXT) FROM pg_database WHERE datname = current_database()") ?? ""
        guard ["C", "POSIX", "C.UTF-8", "C.utf8"].contains(collation) else {
            throw StorageError.other("数据库的排序规则是 \(collation)，应为 C。请用 CREATE DATABASE … LC_COLLATE 'C' TEMPLATE template0 另建")
        }
    }
}

extension StoredTable.ColumnType {
    /// SQLite's and PostgreSQL's names for the two types of a migration.
    fileprivate init?(declared: String) {
        switch declared.lowercased() {
        case "text": self = .text
        case "integer", "bigint": self = .integer
        default: return nil
        }
    }
}
