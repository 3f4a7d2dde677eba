import Values

/// 存放处的状态。Whether a database serves, is being left for another, has been left, or is still being filled from another.
///
/// A database that is being left refuses every write by itself, whoever asks: triggers on every table do it, so that servers already
/// running on it, older programs and a hand at the engine's own tool all meet them. It goes on being read.
public enum StoreStanding: Hashable, Sendable {
    case serving
    /// Its rows are being copied to that place.
    case leaving(StoreMove)
    /// The other place serves.
    case left(StoreMove)
    /// Rows are coming in from that place; it doesn't serve yet.
    case arriving(StoreMove)

    static let table = "store_move"

    public var move: StoreMove? {
        switch self {
        case .serving: nil
        case .leaving(let move), .left(let move), .arriving(let move): move
        }
    }
}

/// 一次搬迁。Both ends bear its id; each names the other.
public struct StoreMove: Hashable, Sendable {
    public let id: String
    /// The other end, as people may read it: without passwords.
    public let place: String
    public let at: Instant

    public init(id: String, place: String, at: Instant) { (self.id, self.place, self.at) = (id, place, at) }
}

extension Connection {
    public func standing() throws -> StoreStanding {
        guard try knows(StoreStanding.table) else { return .serving }
        let found = try first("SELECT state, id, place, at FROM store_move WHERE part = 'state'") { row in
            (state: try row.read(0) as String, move: StoreMove(id: try row.read(1), place: try row.read(2), at: try row.read(3)))
        }
        switch found?.state {
        case nil: return .serving
        case "leaving": return .leaving(found?.move ?? .unknown)
        case "left": return .left(found?.move ?? .unknown)
        default: return .arriving(found?.move ?? .unknown)
        }
    }

    /// From here on every write is refused. What was committed before stands; what had not committed waits for this or is waited for.
    public func leave(_ move: StoreMove) throws {
        try note("leaving", move)
        try refuseWrites(Self.leavingText)
    }

    /// The other place serves now.
    public func markLeft(_ move: StoreMove) throws {
        try note("left", move)
        try refuseWrites(Self.leftText)
    }

    /// The move was given up: it is written again.
    public func stay() throws {
        try allowWrites()
        try run("DELETE FROM store_move WHERE part = 'state'")
    }

    public func arrive(_ move: StoreMove) throws { try note("arriving", move) }

    /// Everything has come: it serves.
    public func markArrived() throws { try run("DELETE FROM store_move") }

    private func note(_ state: String, _ move: StoreMove) throws {
        let table = """
            CREATE TABLE IF NOT EXISTS store_move (
                part TEXT PRIMARY KEY, state TEXT NOT NULL, id TEXT NOT NULL, place TEXT NOT NULL, at TEXT NOT NULL, detail TEXT
            )
            """
        for statement in try DataDefinition.statements(in: table, for: dialect) { try run(statement) }
        try run("DELETE FROM store_move WHERE part = 'state'")
        try run("INSERT INTO store_move (part, state, id, place, at) VALUES ('state', \(state), \(move.id), \(move.place), \(move.at))")
    }

    /// Whether there is a table of this name.
    public func knows(_ table: String) throws -> Bool {
        let count: Int? = try value(.either(
            sqlite: "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = \(table)",
            postgres: "SELECT count(*) FROM pg_class WHERE relname = \(table) AND relnamespace = CAST(current_schema() AS regnamespace)"))
        return (count ?? 0) > 0
    }
}

extension StoreMove {
    fileprivate static let unknown = StoreMove(id: "", place: "", at: Instant(secondsSince1970: 0))
}

// MARK: Refusing

extension Connection {
    private static var leavingText: String { "数据正在搬迁，暂时只能查看，不能办理。请不要关闭页面，搬完之后再提交一次" }
    private static var leftText: String { "数据已经搬到新的地方，这里只能查看，不能办理。请向系统管理员问明新的网址" }

    /// The first part of every trigger's name.
    private static var triggerName: String { "refused_while_moving" }

    private func refuseWrites(_ text: String) throws {
        switch dialect {
        case .sqlite:
            try allowWrites()
            for table in try ownTables() {
                for event in ["INSERT", "UPDATE", "DELETE"] {
                    let name = "\(Self.triggerName)_\(table)_\(event.lowercased())"
                    try run(Statement(trusted: "CREATE TRIGGER \(name) BEFORE \(event) ON \(table) BEGIN SELECT RAISE(ABORT, '\(text)'); END"))
                }
            }
        case .postgres:
            try run(Statement(trusted: """
                CREATE OR REPLACE FUNCTION \(Self.triggerName)() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION '\(text)' USING ERRCODE = '\(movingState)'; END $$
                """))
            for table in try ownTables() where try !isTriggered(table) {
                try run(Statement(trusted: """
                    CREATE TRIGGER \(Self.triggerName) BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON \(table)
                    FOR EACH STATEMENT EXECUTE FUNCTION \(Self.triggerName)()
                    """))
            }
        }
    }

    private func allowWrites() throws {
        switch dialect {
        case .sqlite:
            let names: [String] = try all("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND substr(name, 1, 20) = \(Self.triggerName)") { try $0.read(0) }
            for name in names { try run("DROP TRIGGER \(Statement(name: name))") }
        case .postgres:
            for table in try ownTables() where try isTriggered(table) { try run(Statement(trusted: "DROP TRIGGER \(Self.triggerName) ON \(table)")) }
        }
    }

    private func isTriggered(_ table: String) throws -> Bool {
        let count: Int? = try value("SELECT count(*) FROM pg_trigger WHERE tgrelid = CAST(\(table) AS regclass) AND tgname = \(Self.triggerName)")
        return (count ?? 0) > 0
    }

    /// Every table that may have a trigger: what the engine keeps behind a search table may not, but its keys may, and no words change without them.
    private func ownTables() throws -> [String] {
        let names: [String] = try all(.either(
            sqlite: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
            postgres: """
                SELECT CAST(relname AS TEXT) FROM pg_class
                WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = CAST(current_schema() AS regnamespace) ORDER BY relname
                """)) { try $0.read(0) }
        return try names.filter { $0 != StoreStanding.table }.map { name in
            try Identifier.check(name)
            return name
        }
    }
}

/// What a trigger tells PostgreSQL's clients, beside its text: our own SQLSTATE.
public let movingState = "MZ001"
