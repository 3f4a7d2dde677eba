import Storage
import Values

/// PostgreSQL 连接。A session for the time of one lease, inside one transaction.
final class PostgresConnection: Connection {
    let dialect = Dialect.postgres
    let asOf: Instant?
    private let link: Link
    private let token: LeaseToken
    let isDistant = true
    private var depth = 0
    /// How often something was written.
    private var writings = 0
    /// What cost the transaction, even if the work around it went on.
    private(set) var fatal: StorageError?

    init(_ link: Link, _ token: LeaseToken, asOf: Instant? = nil) {
        self.link = link
        self.token = token
        self.asOf = asOf
    }

    @discardableResult
    func run(_ statement: Statement) throws -> Int {
        let (sql, binds) = statement.rendered(for: dialect)
        writings += 1
        return try watching {
            let answer = try link.start(sql, Parameters(binds))
            try answer.finish()
            return answer.changed
        }
    }

    func post(_ statement: Statement) throws {
        let (sql, binds) = statement.rendered(for: dialect)
        writings += 1
        try watching { try link.post(sql, Parameters(binds)) }
    }

    func ask(_ statement: Statement) throws -> Asked {
        let (sql, binds) = statement.rendered(for: dialect)
        let heard = try watching { try link.ask(sql, Parameters(binds)) }
        return Asked(isCurrent: { [self, writings] in self.writings == writings }) { [self] in
            if heard.rows == nil { try watching { try link.flush() } }
            guard let rows = heard.rows else { throw StorageError.other("没有听到答复：\(sql)") }
            return try rows.get()
        }
    }

    func each(_ statement: Statement, _ body: (Row) throws -> Void) throws {
        let (sql, binds) = statement.rendered(for: dialect)
        let answer = try watching { try link.start(sql, Parameters(binds)) }
        while let row = try watching({ try answer.next() }) {
            do { try body(row) } catch {
                try watching { try answer.finish() }
                throw error
            }
        }
    }

    func savepoint<Outcome>(_ body: () throws -> Outcome) throws -> Outcome {
        // What was posted before must not fail inside, nor what is posted inside after it.
        try hear()
        try watching { try link.queue("SAVEPOINT step") }
        depth += 1
        defer { depth -= 1 }
        do {
            let outcome = try body()
            try hear()
            try watching { try link.queue("RELEASE step") }
            return outcome
        } catch {
            // What was posted and not heard goes with the rest; the server must be past it.
            _ = Result { try hear() }
            guard fatal == nil else { throw error }
            writings += 1
            try watching {
                try link.queue("ROLLBACK TO step")
                try link.queue("RELEASE step")
            }
            throw error
        }
    }

    private func hear() throws {
        if link.hasPosted { try watching { try link.flush() } }
    }

    @discardableResult
    func insert(into table: String, _ columns: [String], rows: some Sequence<[StoredValue]>) throws -> Int {
        let names = try columns.map { try Statement(identifier: $0) }.joined(", ")
        let target: Statement = "\(try Statement(identifier: table)) (\(names))"
        let sql = target.rendered(for: dialect).sql
        writings += 1
        return try watching { try BulkInsert(table: table, width: columns.count, target: sql).run(rows, on: link) }
    }

    /// Writes that failed cost the whole transaction unless a savepoint stands around them.
    private func watching<Outcome>(_ body: () throws -> Outcome) throws -> Outcome {
        if token.isCancelled { throw CancellationError() }
        do {
            return try body()
        } catch let error as StorageError {
            if token.isCancelled, error == .tooSlow { throw CancellationError() }
            if error.isFatalToTransaction || depth == 0 { fatal = fatal ?? error }
            throw error
        }
    }
}
