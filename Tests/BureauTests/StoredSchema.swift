import Storage
import Values

/// 表结构。What the migrated database says of itself: tables, unique constraints, references.
struct StoredSchema: Sendable {
    struct Reference: Hashable, Sendable { let table: String, column: String, target: String }

    /// The tables that were asked for; what the engine keeps beside a search table is its own affair.
    let tables: Set<String>
    /// Table → the columns of each unique constraint, the primary key first.
    let unique: [String: [[String]]]
    let references: Set<Reference>
    /// Table → columns that may not be empty.
    let required: [String: Set<String>]

    init(_ connection: any Connection) throws {
        let found = try connection.all("SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'") { row in
            (name: try row.read(0) as String, type: try row.read(1) as String)
        }
        let searches = Set(found.filter { $0.type == "virtual" }.map(\.name)), keys = Set(searches.map { $0 + "_key" })
        let plain = found.filter { $0.type == "table" && !keys.contains($0.name) }.map(\.name)
        var unique: [String: [[String]]] = [:], required: [String: Set<String>] = [:], references: Set<Reference> = []
        for table in plain {
            unique[table] = try Self.unique(of: table, connection)
            required[table] = Set(try connection.all("SELECT name FROM pragma_table_info(\(table)) WHERE \"notnull\" = 1 OR pk > 0") { try $0.read(0) as String })
            references.formUnion(try connection.all("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(\(table))") { row in
                Reference(table: table, column: try row.read(0), target: try row.read(1))
            })
        }
        // On PostgreSQL the words of an owner are one row of the table itself.
        for search in searches { (unique[search], required[search]) = ([["owner"]], ["owner", "words"]) }
        tables = searches.union(plain)
        self.unique = unique
        self.required = required
        self.references = references
    }

    private static func unique(of table: String, _ connection: any Connection) throws -> [[String]] {
        let indexes = try connection.all("SELECT name, origin FROM pragma_index_list(\(table)) WHERE \"unique\" = 1 ORDER BY origin = 'pk' DESC, seq DESC") { try $0.read(0) as String }
        let listed = try indexes.map { index in
            try connection.all("SELECT name FROM pragma_index_info(\(index)) ORDER BY seqno") { try $0.read(0) as String }
        }
        // A number that is the key itself has no index of its own.
        let key = try connection.all("SELECT name FROM pragma_table_info(\(table)) WHERE pk > 0 ORDER BY pk") { try $0.read(0) as String }
        return key.isEmpty || listed.contains(key) ? listed : [key] + listed
    }
}
