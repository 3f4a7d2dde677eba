import Values

/// 先装后建。What is put aside while a database is filled: on PostgreSQL every index and constraint but the primary keys.
///
/// Each is kept as the statement that makes it again, in the note of the move, before it is dropped: a fill that is killed knows what is missing.
/// References among rows that come in slices hold only at the end, and an index is made faster over rows than row by row.
extension Connection {
    /// Does nothing where it has been done, or where the engine doesn't need it.
    public func setAside() throws {
        guard dialect == .postgres, try waitingAside().isEmpty else { return }
        for (number, part) in try parts().enumerated() {
            let name = "aside \(part.rank) \(String(String(1_000_000 + number).dropFirst()))"
            try run("INSERT INTO store_move (part, state, id, place, at, detail) SELECT \(name), 'aside', id, place, at, \(part.made) FROM store_move WHERE part = 'state'")
        }
        // References first: they hold on to what the others would drop.
        for part in try parts().sorted(by: { $0.rank > $1.rank }) { try run(Statement(trusted: part.dropped)) }
    }

    /// What waits to be made again, unique constraints first, references last.
    public func waitingAside() throws -> [String] {
        guard dialect == .postgres else { return [] }
        return try all("SELECT part FROM store_move WHERE state = 'aside' ORDER BY part") { try $0.read(0) }
    }

    /// Makes one of them again.
    public func putBack(_ part: String) throws {
        guard let made: String = try value("SELECT detail FROM store_move WHERE part = \(part)") else { return }
        try run("SET LOCAL maintenance_work_mem = '256MB'")
        try run(Statement(trusted: made))
        try run("DELETE FROM store_move WHERE part = \(part)")
    }

    /// Tells the planner what came in. Only our own tables: others in the database may come and go meanwhile.
    public func learnSizes() throws {
        guard dialect == .postgres else { return }
        for table in try tables() { try run("ANALYZE \(Statement(identifier: table.name))") }
    }

    private typealias Part = (rank: Int, made: String, dropped: String)

    private func parts() throws -> [Part] {
        let ours: Statement = "c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relname <> 'store_move'"
        let constraints = try all("""
            SELECT quote_ident(c.relname), quote_ident(k.conname), pg_get_constraintdef(k.oid), CAST(k.contype AS TEXT)
            FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid WHERE k.contype IN ('f', 'u') AND \(ours) ORDER BY 1, 2
            """) { row -> Part in
            let table: String = try row.read(0), name: String = try row.read(1), definition: String = try row.read(2)
            return (try row.read(3) as String == "u" ? 1 : 3, "ALTER TABLE \(table) ADD CONSTRAINT \(name) \(definition)", "ALTER TABLE \(table) DROP CONSTRAINT \(name)")
        }
        let indexes = try all("""
            SELECT quote_ident(x.relname), pg_get_indexdef(i.indexrelid)
            FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid JOIN pg_class AS x ON x.oid = i.indexrelid
            WHERE \(ours) AND NOT i.indisprimary AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conindid = i.indexrelid AND k.contype = 'u') ORDER BY 1
            """) { row -> Part in (2, try row.read(1), "DROP INDEX \(try row.read(0) as String)") }
        return constraints + indexes
    }
}
