/// 建表语句。Schema text written once and turned into what each engine takes.
///
/// Columns are TEXT or BIGINT. On SQLite, BIGINT becomes INTEGER and every table STRICT; on PostgreSQL, `WITHOUT ROWID` is
/// left out. Words that only one engine knows, or that would let a group of writes fail for one of them (DEFERRABLE), are refused.
enum DataDefinition {
    private static let refused: Set<String> = [
        "INTEGER", "INT", "SMALLINT", "REAL", "DOUBLE", "FLOAT", "NUMERIC", "DECIMAL", "BOOLEAN", "BLOB", "BYTEA", "VARCHAR",
        "TIMESTAMP", "JSON", "JSONB", "SERIAL", "BIGSERIAL", "AUTOINCREMENT", "DEFERRABLE", "TRIGGER", "PRAGMA", "STRICT",
    ]

    /// The statements of a text, parted at `;` outside quotes and comments.
    /// - Throws: `StorageError.other` naming a word the engines do not share.
    static func statements(in text: String, for dialect: Dialect) throws(StorageError) -> [Statement] {
        let tokens = SQLToken.tokens(of: text)
        if let word = tokens.compactMap(\.keyword).first(where: refused.contains) {
            throw .other("建表语句只用 TEXT 与 BIGINT 两种类型，且不用 \(word)")
        }
        return tokens.split(whereSeparator: { $0 == .end }).map(Array.init).compactMap { tokens in
            guard tokens.contains(where: \.isSignificant) else { return nil }
            let mapped = dialect == .sqlite ? forSQLite(tokens) : forPostgres(tokens)
            return Statement(trusted: mapped.map(\.text).joined())
        }
    }

    /// The same, of what makes certain tables and their indexes, each name given another wherever it stands or leads another name.
    static func statements(in text: String, for dialect: Dialect, renaming names: [String: String]) throws(StorageError) -> [Statement] {
        let chosen = SQLToken.tokens(of: text).split(separator: .end).filter { names.keys.contains(subject(of: Array($0))) }
        let renamed = chosen.map { $0.map { $0.renamed(names).text }.joined() }.joined(separator: ";")
        return try statements(in: renamed, for: dialect)
    }

    /// The table that a statement makes or changes, or puts an index on.
    private static func subject(of tokens: [SQLToken]) -> String {
        let significant = tokens.filter(\.isSignificant)
        return significant.firstIndex { ["TABLE", "ON"].contains($0.keyword) }.flatMap { significant.dropFirst($0 + 1).first?.text } ?? ""
    }

    private static func forSQLite(_ tokens: [SQLToken]) -> [SQLToken] {
        var mapped = tokens.map { $0.keyword == "BIGINT" ? .word("INTEGER") : $0 }
        let keywords = tokens.filter(\.isSignificant)
        guard keywords.prefix(2).map(\.keyword) == ["CREATE", "TABLE"],
            let last = mapped.lastIndex(where: \.isSignificant) else { return mapped }
        mapped.insert(.symbol(mapped[last].keyword == "ROWID" ? ", STRICT" : " STRICT"), at: last + 1)
        return mapped
    }

    private static func forPostgres(_ tokens: [SQLToken]) -> [SQLToken] {
        tokens.filter { $0.keyword != "WITHOUT" && $0.keyword != "ROWID" }
    }
}

/// The little of SQL's lexis that tells words from quoted text and comments.
enum SQLToken: Hashable {
    case word(String), quoted(String), comment(String), symbol(String), space(String), end

    var text: String {
        switch self {
        case .word(let text), .quoted(let text), .comment(let text), .symbol(let text), .space(let text): text
        case .end: ";"
        }
    }

    var isSignificant: Bool {
        switch self {
        case .word, .quoted, .symbol: true
        case .comment, .space, .end: false
        }
    }

    fileprivate func renamed(_ names: [String: String]) -> SQLToken {
        guard case .word(let text) = self, let name = names.first(where: { text == $0.key || text.hasPrefix($0.key + "_") }) else { return self }
        return .word(name.value + text.dropFirst(name.key.count))
    }

    /// The word in capitals; nil for all else.
    var keyword: String? {
        guard case .word(let text) = self else { return nil }
        return text.uppercased()
    }

    static func tokens(of text: String) -> [SQLToken] {
        var tokens: [SQLToken] = []
        var rest = Substring(text)
        while let first = rest.first {
            let token = next(in: rest, first)
            tokens.append(token)
            rest = rest.dropFirst(token.text.count)
        }
        return tokens
    }

    private static func next(in rest: Substring, _ first: Character) -> SQLToken {
        switch first {
        case ";": .end
        case "'", "\"": .quoted(quoted(rest, by: first))
        case "-" where rest.hasPrefix("--"): .comment(String(rest.prefix { !$0.isNewline }))
        case "/" where rest.hasPrefix("/*"): .comment(blockComment(rest))
        case _ where first.isWhitespace: .space(String(rest.prefix(while: \.isWhitespace)))
        case _ where isWord(first): .word(String(rest.prefix(while: isWord)))
        default: .symbol(String(first))
        }
    }

    private static func isWord(_ character: Character) -> Bool {
        character == "_" || character.isLetter || character.isNumber
    }

    /// Up to the closing mark. A doubled mark ends one quoted piece and opens the next, which comes to the same text.
    private static func quoted(_ rest: Substring, by mark: Character) -> String {
        let inside = rest.dropFirst().prefix { $0 != mark }
        return String(rest.prefix(inside.count + 2))
    }

    private static func blockComment(_ rest: Substring) -> String {
        guard let end = rest.dropFirst(2).firstRange(of: "*/") else { return String(rest) }
        return String(rest[..<end.upperBound])
    }
}
