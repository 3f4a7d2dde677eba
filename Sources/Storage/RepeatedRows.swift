import Values

/// 随记录而行的行。Rows of a record in a table of their own are written, replaced and removed with it, in one transaction, by one hand.
///
/// On PostgreSQL a reference from them is checked by reading the newest page of the record's key, where every other act of the kind is just writing:
/// SERIALIZABLE takes that for crossing, and most acts would be tried again. So there the reference is kept as words on the column, and what would
/// break it is looked for by the check of the whole database.
extension Connection {
    func releaseRepeatedRows() throws {
        guard dialect == .postgres else { return }
        let found = try all("""
            SELECT c.relname, k.conname, r.relname FROM pg_constraint AS k
            JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_class AS r ON r.oid = k.confrelid
            JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
            WHERE k.contype = 'f' AND a.attname = 'parent_id' AND cardinality(k.conkey) = 1 AND c.relnamespace = CAST(current_schema() AS regnamespace)
            ORDER BY c.relname
            """) { (table: try $0.read(0) as String, constraint: try $0.read(1) as String, record: try $0.read(2) as String) }
        for reference in found {
            try Identifier.check(reference.record)
            let table = try Statement(identifier: reference.table)
            try run("COMMENT ON COLUMN \(table).parent_id IS \(Statement(trusted: "'\(reference.record)'"))")
            try run("ALTER TABLE \(table) DROP CONSTRAINT \(try Statement(identifier: reference.constraint))")
        }
    }

    /// Every table of such rows that holds some without their record, in plain words.
    public func strayRows() throws -> [String] {
        guard dialect == .postgres else { return [] }
        let kept = try all("""
            SELECT c.relname, d.description FROM pg_description AS d JOIN pg_class AS c ON c.oid = d.objoid
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.objsubid
            WHERE d.classoid = CAST('pg_class' AS regclass) AND a.attname = 'parent_id' AND c.relnamespace = CAST(current_schema() AS regnamespace)
            ORDER BY c.relname
            """) { (table: try $0.read(0) as String, record: try $0.read(1) as String) }
        return try kept.compactMap { table, record in
            let rows = try Statement(identifier: table), records = try Statement(identifier: record)
            let strays: Int = try value("SELECT count(*) FROM \(rows) AS r WHERE NOT EXISTS (SELECT 1 FROM \(records) AS p WHERE p.id = r.parent_id)") ?? 0
            return strays == 0 ? nil : "表 \(table) 有 \(strays) 行找不到所属的 \(record)"
        }
    }
}
