import Kernel
import Storage
import Values

/// 暂存文件。The rows of one import on their way in, in a database of their own.
struct Staging: Sendable {
    let database: any Database

    private static let width = 16
    private static let columns = ["line", "state", "key", "needs", "match"] + (0 ..< width).map { "v\($0)" }

    // MARK: Filling

    func add(_ rows: [ImportRow]) async throws {
        try await database.bulk { connection in
            try connection.insert(into: "staged", Self.columns, rows: rows.lazy.map(Self.stored))
            let faulty = rows.filter { !$0.problems.isEmpty }
            try connection.insert(into: "fault", ["line", "position", "term", "message"], rows: faulty.flatMap { row in
                row.problems.enumerated().map { [.integer(Int64(row.line)), .integer(Int64($0)), .text($1.path.first ?? ""), .text($1.message)] }
            })
        }
    }

    private static func stored(_ row: ImportRow) -> [StoredValue] {
        var values: [StoredValue] = [.integer(Int64(row.line)), .text(row.state.rawValue), text(row.key), text(row.needs), text(row.match)]
        values.reserveCapacity(columns.count)
        for index in 0 ..< width { values.append(index < row.values.count ? text(row.values[index]) : .null) }
        return values
    }

    private static func text(_ text: String?) -> StoredValue { text.map { .text($0) } ?? .null }

    /// Rows of one key blame each other; both lines are named.
    func markDuplicates(at term: String, label: String) async throws {
        try await database.bulk { connection in
            var pairs: [(line: Int, other: Int)] = [], previous: (key: String, line: Int, isAlone: Bool)?
            try connection.each("""
                SELECT key, line FROM staged WHERE key IN (SELECT key FROM staged WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1) ORDER BY key, line
                """) { row in
                let key: String = try row.read(0), line: Int = try row.read(1)
                if let first = previous, first.key == key {
                    if first.isAlone { pairs.append((first.line, line)) }
                    pairs.append((line, first.line))
                    previous?.isAlone = false
                } else {
                    previous = (key, line, true)
                }
            }
            for pair in pairs {
                try connection.run("UPDATE staged SET state = 'duplicate' WHERE line = \(pair.line) AND state <> 'wrong'")
                try Self.blame(pair.line, term, "「\(label)」与第 \(pair.other) 行相同，请只保留一行", connection)
            }
        }
    }

    /// Rows whose need stands nowhere in the table either.
    func markUnmet(at term: String) async throws {
        try await database.bulk { connection in
            let unmet = try connection.all("SELECT line, needs FROM staged WHERE needs IS NOT NULL AND needs NOT IN (SELECT key FROM staged WHERE key IS NOT NULL)") {
                (line: try $0.read(0) as Int, needs: try $0.read(1) as String)
            }
            for row in unmet {
                try connection.run("UPDATE staged SET state = 'wrong' WHERE line = \(row.line)")
                try Self.blame(row.line, term, "上级「\(row.needs)」既不在本表里，也没有登记过，请补上或先导入", connection)
            }
        }
    }

    private static func blame(_ line: Int, _ term: String, _ message: String, _ connection: any Connection) throws {
        let position: Int = try connection.value("SELECT count(*) FROM fault WHERE line = \(line)") ?? 0
        try connection.run("INSERT INTO fault (line, position, term, message) VALUES (\(line), \(position), \(term), \(message))")
    }

    /// Every row was looked at.
    func complete() async throws {
        try await database.write { try $0.run("INSERT INTO mark (name, value) VALUES ('complete', '1')") }
    }

    // MARK: Reading

    var isComplete: Bool {
        get async throws { try await database.read { try $0.value("SELECT count(*) FROM mark WHERE name = 'complete'") ?? 0 } == 1 }
    }

    struct Counts: Sendable, Hashable { var right = 0, wrong = 0, duplicate = 0, present = 0 }

    func counts() async throws -> Counts {
        try await database.read { connection in
            var counts = Counts()
            try connection.each("SELECT state, count(*) FROM staged GROUP BY state") { row in
                let count: Int = try row.read(1)
                switch ImportRow.State(rawValue: try row.read(0)) {
                case .right: counts.right = count
                case .wrong: counts.wrong = count
                case .duplicate: counts.duplicate = count
                case .present: counts.present = count
                case nil: break
                }
            }
            return counts
        }
    }

    /// Rows that may enter, after a line.
    func acceptable(after line: Int, limit: Int) async throws -> [ImportRow] {
        try await rows("state IN ('right', 'present') AND line > \(line) ORDER BY line LIMIT \(limit)")
    }

    /// Rows that entered, before a line, the last first.
    func acceptable(before line: Int, limit: Int) async throws -> [ImportRow] {
        try await rows("state IN ('right', 'present') AND line < \(line) ORDER BY line DESC LIMIT \(limit)")
    }

    func rows(_ condition: Statement) async throws -> [ImportRow] {
        let names = Self.columns.map { Statement(name: $0) }.joined(", ")
        return try await database.read { connection in
            try connection.all("SELECT \(names) FROM staged WHERE \(condition)") { row in
                var found = ImportRow(line: try row.read(0), key: try row.read(2), needs: try row.read(3), values: try (5 ..< Self.columns.count).map { try row.read($0) })
                found.state = ImportRow.State(rawValue: try row.read(1)) ?? .wrong
                found.match = try row.read(4)
                return found
            }
        }
    }

    struct Fault: Sendable, Hashable {
        let line: Int, term: String, message: String
    }

    func faults(from line: Int = 0, limit: Int) async throws -> [Fault] {
        try await database.read { connection in
            try connection.all("SELECT line, term, message FROM fault WHERE line >= \(line) ORDER BY line, position LIMIT \(limit)") {
                Fault(line: try $0.read(0), term: try $0.read(1), message: try $0.read(2))
            }
        }
    }
}
