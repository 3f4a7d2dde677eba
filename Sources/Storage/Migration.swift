/// 迁移。One numbered step forward of an owner's schema. Once landed it is never edited; a correction is the next number.
public struct Migration: Sendable {
    public enum Step: Sendable {
        /// Statements parted by `;`, written once with the types TEXT and BIGINT. See `DataDefinition`.
        case ddl(StaticString)
        /// A search table of this name, filled by `Connection.index(_:words:in:)`.
        case search(table: StaticString)
        /// Tables that these migrations make, once more under other names, with their constraints and indexes: to measure beside them.
        case again(tables: [String: String], from: [Migration])
    }

    /// The line the tables belong to, e.g. `assistance`.
    public let owner: String
    /// Counts up within the owner.
    public let number: Int
    /// Why, in one sentence, kept with the database.
    public let why: String
    public let steps: [Step]

    public init(owner: String, number: Int, why: String, steps: [Step]) {
        self.owner = owner
        self.number = number
        self.why = why
        self.steps = steps
    }

    /// - Throws: `StorageError.other` if a step uses what the engines do not share.
    func statements(for dialect: Dialect) throws(StorageError) -> [Statement] {
        var statements: [Statement] = []
        for step in steps {
            switch step {
            case .ddl(let text): statements += try DataDefinition.statements(in: text.description, for: dialect)
            case .search(let table): statements += try SearchTable(named: table.description).creation(for: dialect)
            case .again(let names, let migrations): for migration in migrations { statements += try migration.definitions(of: names, for: dialect) }
            }
        }
        return statements
    }

    private func definitions(of names: [String: String], for dialect: Dialect) throws(StorageError) -> [Statement] {
        var statements: [Statement] = []
        for case .ddl(let text) in steps { statements += try DataDefinition.statements(in: text.description, for: dialect, renaming: names) }
        return statements
    }
}
