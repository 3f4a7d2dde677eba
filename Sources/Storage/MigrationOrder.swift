/// 迁移的先后。Some engines make no reference to a table that isn't there: a migration stands behind those that make what it refers to.
///
/// Otherwise the order given is kept, and within an owner always.
struct MigrationOrder {
    private let migrations: [Migration]
    private let makers: [String: Int]
    private var ordered: [Migration] = []
    private var seen: Set<Int> = []

    static func ordered(_ migrations: [Migration]) -> [Migration] {
        var order = MigrationOrder(migrations)
        for index in migrations.indices { order.visit(index) }
        return order.ordered
    }

    private init(_ migrations: [Migration]) {
        self.migrations = migrations
        makers = Dictionary(migrations.enumerated().flatMap { index, migration in migration.tables(after: ["CREATE", "TABLE"]).map { ($0, index) } }) { first, _ in first }
    }

    private mutating func visit(_ index: Int) {
        guard seen.insert(index).inserted else { return }
        let migration = migrations[index]
        if let before = migrations[..<index].lastIndex(where: { $0.owner == migration.owner }) { visit(before) }
        for table in migration.tables(after: ["REFERENCES"]) + migration.tables(after: ["ALTER", "TABLE"]) + migration.tables(after: ["FROM"]) {
            if let maker = makers[table] { visit(maker) }
        }
        ordered.append(migration)
    }
}

extension Migration {
    /// The names that follow these words in its DDL.
    fileprivate func tables(after words: [String]) -> [String] {
        steps.flatMap { step -> [String] in
            guard case .ddl(let text) = step else { return [] }
            let tokens = SQLToken.tokens(of: text.description).filter(\.isSignificant)
            return tokens.indices.dropFirst(words.count).filter { index in
                tokens[(index - words.count) ..< index].map(\.keyword) == words
            }.map { tokens[$0].text }
        }
    }
}
