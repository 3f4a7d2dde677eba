import Values

/// 检索表。The words of each owner, kept beside the rows they describe and changed in the same transaction.
///
/// SQLite: an FTS5 table `<name>` and a key table `<name>_key` that gives each owner a rowid, so that replacing an owner's
/// words finds them by index. The tokenizer is told to take every letter, mark and unassigned character into a word:
/// SQLite's Unicode tables are older than the rare characters of some names. Pairs are looked up whole, so positions
/// (`detail`) and lengths (`columnsize`) are not kept; `prefix` serves the search by one character.
///
/// PostgreSQL: a table `<name>` with a tsvector made of the words as they are, without its parser.
struct SearchTable {
    let name: String
    private var table: Statement { Statement(trusted: name) }
    private var key: Statement { Statement(trusted: name + "_key") }

    /// - Throws: `StorageError.other` if the name is not an identifier.
    init(named name: String) throws(StorageError) {
        try Identifier.check(name)
        self.name = name
    }

    func creation(for dialect: Dialect) -> [Statement] {
        switch dialect {
        case .sqlite: [
            "CREATE TABLE \(key) (id INTEGER PRIMARY KEY, owner TEXT NOT NULL UNIQUE) STRICT",
            """
            CREATE VIRTUAL TABLE \(table) USING fts5(words, detail = none, columnsize = 0, prefix = 1,
            tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co Cn'")
            """,
        ]
        case .postgres: [
            "CREATE TABLE \(table) (owner TEXT PRIMARY KEY, words TSVECTOR NOT NULL)",
            "CREATE INDEX \(Statement(trusted: name + "_words")) ON \(table) USING gin (words)",
        ]
        }
    }

    func replace(_ owner: String, _ words: [String], on connection: any Connection) throws {
        let text = words.joined(separator: " ")
        switch connection.dialect {
        case .sqlite: try replaceInSQLite(owner, text, on: connection)
        case .postgres: try replaceInPostgres(owner, text, on: connection)
        }
    }

    /// Enters owners that the table doesn't know yet, each with its words joined by spaces: two prepared statements for all of them.
    /// - Throws: `StorageError.unique` if it knows one of them.
    func add(_ owners: [(owner: String, words: String)], on connection: any Connection) throws {
        let owners = owners.filter { !$0.words.isEmpty }
        switch connection.dialect {
        case .sqlite:
            let last: Int = try connection.value("SELECT coalesce(max(id), 0) FROM \(key)") ?? 0
            try connection.insert(into: name + "_key", ["id", "owner"], rows: owners.indices.lazy.map { [.integer(Int64(last + 1 + $0)), .text(owners[$0].owner)] })
            try connection.insert(into: name, ["rowid", "words"], rows: owners.indices.lazy.map { [.integer(Int64(last + 1 + $0)), .text(owners[$0].words)] })
        case .postgres:
            try connection.insert(into: name, ["owner", "words"], rows: owners.lazy.map { [.text($0.owner), .text(Self.lexemes($0.words))] })
        }
    }

    /// Words as the text of a tsvector: each quoted, so that none is parsed.
    private static func lexemes(_ words: String) -> String {
        words.split(separator: " ").map { word in
            "'" + word.reduce(into: "") { $0 += $1 == "'" || $1 == "\\" ? "\($1)\($1)" : "\($1)" } + "'"
        }.joined(separator: " ")
    }

    private func replaceInSQLite(_ owner: String, _ words: String, on connection: any Connection) throws {
        let upsert: Statement = """
            INSERT INTO \(key) (owner) VALUES (\(owner)) ON CONFLICT (owner) DO UPDATE SET owner = excluded.owner RETURNING id
            """
        guard let id: Int = try connection.value(upsert) else { throw StorageError.other("检索表 \(name) 没有给出行号") }
        try connection.run("DELETE FROM \(table) WHERE rowid = \(id)")
        if words.isEmpty {
            try connection.run("DELETE FROM \(key) WHERE id = \(id)")
        } else {
            try connection.run("INSERT INTO \(table) (rowid, words) VALUES (\(id), \(words))")
        }
    }

    private func replaceInPostgres(_ owner: String, _ words: String, on connection: any Connection) throws {
        guard !words.isEmpty else {
            try connection.post("DELETE FROM \(table) WHERE owner = \(owner)")
            return
        }
        try connection.post("""
            INSERT INTO \(table) (owner, words) VALUES (\(owner), array_to_tsvector(string_to_array(\(words), ' ')))
            ON CONFLICT (owner) DO UPDATE SET words = excluded.words
            """)
    }
}
