import Values

/// 检索条件。A condition that holds where the column's owner is found under every word typed; it works on both engines.
///
/// Pairs may meet in another order than typed, so a hit can, rarely, lack the typed text as one piece.
/// Text without a letter, digit or character finds nothing.
///
///     "SELECT p.id FROM person AS p WHERE \(matching("p.id", in: "person_search", typed))"
///
/// - Parameters:
///   - column: the owner's identifier, as given to `index(_:words:in:)`
///   - table: a search table made by `Migration.Step.search`
///   - typed: what the person typed, as it is
public func matching(_ column: Statement, in table: StaticString, _ typed: String) -> Statement {
    let words = SearchWords.asked(typed)
    guard !words.isEmpty else { return "1 = 0" }
    return column + Statement(pieces: [.search(SearchQuery(table: table.description, words: words))])
}

/// 检索所得。What is found under every word typed, as a source of rows `owner` and `place`, to stand behind FROM; nil where the
/// text asks for nothing. `place` is unique and is the order in which the engine finds, so that the first rows come without sorting all.
public func found(in table: StaticString, _ typed: String) -> Statement? {
    let words = SearchWords.asked(typed)
    guard !words.isEmpty else { return nil }
    return Statement(pieces: [.search(SearchQuery(table: table.description, words: words, isSource: true))])
}

/// A search that takes its form when the statement is rendered.
struct SearchQuery: Hashable, Sendable {
    struct Word: Hashable, Sendable {
        let text: String
        /// Whether every word that begins with this text is meant.
        let opens: Bool
    }

    let table: String
    let words: [Word]
    /// A source of rows rather than a condition on a column.
    var isSource = false

    func render(into rendering: inout Rendering) {
        if isSource { renderSource(into: &rendering) } else { renderCondition(into: &rendering) }
    }

    private func renderSource(into rendering: inout Rendering) {
        switch rendering.dialect {
        case .sqlite:
            rendering.sql += "(SELECT k.owner AS owner, f.rowid AS place FROM \(table) AS f CROSS JOIN \(table)_key AS k WHERE k.id = f.rowid AND f.\(table) MATCH "
            rendering.bind(.text(words.map(\.fts5).joined(separator: " AND ")))
            rendering.sql += ")"
        case .postgres:
            rendering.sql += "(SELECT f.owner AS owner, f.owner AS place FROM \(table) AS f WHERE f.words @@ CAST("
            rendering.bind(.text(words.map(\.tsquery).joined(separator: " & ")))
            rendering.sql += " AS tsquery))"
        }
    }

    private func renderCondition(into rendering: inout Rendering) {
        switch rendering.dialect {
        case .sqlite:
            rendering.sql += " IN (SELECT k.owner FROM \(table) AS f JOIN \(table)_key AS k ON k.id = f.rowid WHERE f.\(table) MATCH "
            rendering.bind(.text(words.map(\.fts5).joined(separator: " AND ")))
            rendering.sql += ")"
        case .postgres:
            rendering.sql += " IN (SELECT f.owner FROM \(table) AS f WHERE f.words @@ CAST("
            rendering.bind(.text(words.map(\.tsquery).joined(separator: " & ")))
            rendering.sql += " AS tsquery))"
        }
    }
}

extension SearchQuery.Word {
    /// A string of FTS5's query language: quotes inside are doubled, so that nothing typed is read as an operator.
    fileprivate var fts5: String {
        "\"" + text.doubling("\"") + "\"" + (opens ? " *" : "")
    }

    /// A lexeme of tsquery, quoted.
    fileprivate var tsquery: String {
        "'" + text.doubling("\\").doubling("'") + "'" + (opens ? ":*" : "")
    }
}

extension String {
    fileprivate func doubling(_ mark: Character) -> String {
        String(flatMap { $0 == mark ? [$0, $0] : [$0] })
    }
}
