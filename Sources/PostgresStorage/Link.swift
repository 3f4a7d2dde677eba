import CPQ
import Storage
import Values

/// 连线。One session with the server, used by one thread. It stays in pipeline mode, so that what needs no answer (BEGIN, SAVEPOINT,
/// preparing) travels with the next statement instead of costing a journey of its own.
final class Link {
    let handle: OpaquePointer
    private var prepared: [Shape: Prepared] = [:]
    private var lastName = 0
    /// Commands sent whose answers were not read yet.
    private var unread: [Command] = []
    /// The answer whose rows are being handed out.
    private weak var running: Answer?
    /// Whether the server, or the way to it, is gone.
    private(set) var isLost = false

    /// The same text with values of other types is another statement to the server.
    private struct Shape: Hashable {
        let sql: String, types: [UInt32]
    }

    private enum Command {
        case plain(String)
        case prepare(Shape)
        case execute(Prepared)
        case ask(Prepared, Heard)

        var sql: String {
            switch self {
            case .plain(let sql): sql
            case .prepare(let shape): shape.sql
            case .execute(let statement): statement.sql
            case .ask(let statement, _): statement.sql
            }
        }
    }

    /// Where the rows of a question are put when they come.
    final class Heard {
        fileprivate(set) var rows: Result<[Row], StorageError>?
    }

    /// Another node changed the schema: what was prepared no longer fits.
    private var areStale = false
    private static let preparedAtMost = 400

    init(to address: ServerAddress) throws(StorageError) {
        handle = try address.connect()
        guard PQenterPipelineMode(handle) == 1 else { throw .connection("连接不能进入流水方式") }
    }

    deinit { PQfinish(handle) }

    // MARK: Sending

    /// Sends a command with the next statement; what it says is heard there. The few there are stay prepared: an act begins and ends with one.
    func queue(_ sql: String) throws(StorageError) {
        try settle()
        _ = try send(sql, try Parameters([]))
        unread.append(.plain(sql))
    }

    /// Sends a statement and hands out its answer as it comes.
    func start(_ sql: String, _ parameters: Parameters) throws(StorageError) -> Answer {
        try settle()
        let statement = try send(sql, parameters)
        unread.append(.execute(statement))
        try sent(PQpipelineSync(handle))
        let answer = Answer(statement, on: self)
        running = answer
        try readUnread(upTo: statement)
        return answer
    }

    /// Sends a statement with the next one that is waited for; what it says is heard there.
    func post(_ sql: String, _ parameters: Parameters) throws(StorageError) {
        try settle()
        try makeRoom()
        unread.append(.execute(try send(sql, parameters)))
    }

    /// The same, keeping what it answers.
    func ask(_ sql: String, _ parameters: Parameters) throws(StorageError) -> Heard {
        try settle()
        try makeRoom()
        let heard = Heard()
        unread.append(.ask(try send(sql, parameters), heard))
        return heard
    }

    /// Whether a statement is on its way that nobody waited for yet.
    var hasPosted: Bool {
        unread.contains { command in
            switch command {
            case .plain, .prepare: false
            case .execute, .ask: true
            }
        }
    }

    /// So many may be on their way: the server must not wait for us to read while we wait for it to take more.
    private func makeRoom() throws(StorageError) {
        if unread.count >= 64 { try flush() }
    }

    /// Sends one statement with many sets of values, and waits for all of them at once.
    /// - Returns: how many rows were changed.
    func runAll(_ sql: String, _ sets: [Parameters]) throws(StorageError) -> Int {
        guard !sets.isEmpty else { return 0 }
        try settle()
        var changed = 0
        for batch in stride(from: 0, to: sets.count, by: 256) {
            for parameters in sets[batch ..< min(batch + 256, sets.count)] { unread.append(.execute(try send(sql, parameters))) }
            try sent(PQpipelineSync(handle))
            changed += try finish()
        }
        return changed
    }

    /// Waits for everything that was queued.
    func flush() throws(StorageError) {
        try settle()
        guard !unread.isEmpty else { return }
        try sent(PQpipelineSync(handle))
        _ = try finish()
    }

    private func send(_ sql: String, _ parameters: Parameters) throws(StorageError) -> Prepared {
        let shape = Shape(sql: sql, types: parameters.types)
        let statement: Prepared
        if let known = prepared[shape] { statement = known } else { statement = try prepare(shape) }
        try sent(parameters.withPointers { PQsendQueryPrepared(handle, statement.name, Int32(parameters.count), $0, nil, nil, 0) })
        return statement
    }

    private func prepare(_ shape: Shape) throws(StorageError) -> Prepared {
        if prepared.count >= Self.preparedAtMost || areStale {
            prepared = [:]
            areStale = false
            try sent(PQsendQueryParams(handle, "DEALLOCATE ALL", 0, nil, nil, nil, nil, 0))
            unread.append(.plain("DEALLOCATE ALL"))
        }
        lastName += 1
        let statement = Prepared(name: "s\(lastName)", sql: shape.sql)
        try sent(PQsendPrepare(handle, statement.name, shape.sql, Int32(shape.types.count), shape.types))
        unread.append(.prepare(shape))
        prepared[shape] = statement
        return statement
    }

    private func sent(_ status: Int32) throws(StorageError) {
        guard status == 1 else {
            isLost = true
            throw .connection("与数据库的连接中断")
        }
    }

    // MARK: Reading

    /// The next result of the command in turn; nil between two commands.
    func result() -> OpaquePointer? { PQgetResult(handle) }

    /// Rows that nobody has taken yet are kept aside before anything else is sent.
    private func settle() throws(StorageError) {
        guard let answer = running else { return }
        running = nil
        try answer.keepTheRest()
    }

    /// Reads what was said to commands sent before a statement; afterwards the statement's own answer is next.
    private func readUnread(upTo statement: Prepared) throws(StorageError) {
        while unread.count > 1 {
            let command = unread.removeFirst()
            if let error = read(command) { throw try fail(error) }
        }
        unread = []
        _ = PQsetSingleRowMode(handle)
    }

    /// Reads everything up to the mark.
    private func finish() throws(StorageError) -> Int {
        var changed = 0
        while let command = unread.first {
            unread.removeFirst()
            if let error = read(command, counting: &changed) { throw try fail(error) }
        }
        try readMark()
        return changed
    }

    private func read(_ command: Command) -> StorageError? {
        var ignored = 0
        return read(command, counting: &ignored)
    }

    private func read(_ command: Command, counting changed: inout Int) -> StorageError? {
        var error: StorageError?
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                changed += Self.changed(by: result)
                if case .ask(let statement, let heard) = command { heard.rows = Self.rows(of: result, statement) }
            default: error = error ?? self.error(result, running: command.sql)
            }
        }
        if error != nil, case .prepare(let shape) = command { prepared[shape] = nil }
        return error
    }

    private static func rows(of result: OpaquePointer, _ statement: Prepared) -> Result<[Row], StorageError> {
        do throws(StorageError) {
            var rows: [Row] = []
            for number in 0 ..< PQntuples(result) { rows.append(try statement.row(number, of: result)) }
            return .success(rows)
        } catch { return .failure(error) }
    }

    /// After an error the server skips what was sent up to the mark. What it skipped was not prepared either.
    func fail(_ error: StorageError) throws(StorageError) -> StorageError {
        for case .prepare(let shape) in unread { prepared[shape] = nil }
        unread = []
        if case .connection = error { isLost = true }
        guard PQstatus(handle) == CONNECTION_OK, !isLost else {
            isLost = true
            return error
        }
        try readMark()
        return error
    }

    /// Reads up to the mark that `PQpipelineSync` set.
    func readMark() throws(StorageError) {
        while PQstatus(handle) == CONNECTION_OK {
            guard let result = PQgetResult(handle) else { continue }
            defer { PQclear(result) }
            if PQresultStatus(result) == PGRES_PIPELINE_SYNC { return }
        }
        isLost = true
        throw .connection("与数据库的连接中断")
    }

    /// What the server says against a statement, told as everybody's error.
    func error(_ result: OpaquePointer?, running sql: String) -> StorageError {
        if StorageError.isStalePlan(result) {
            areStale = true
            prepared = [:]
        }
        return StorageError(result, on: handle, running: sql)
    }

    static func changed(by result: OpaquePointer?) -> Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    // MARK: Bulk

    /// Hands rows to the server as COPY takes them.
    /// - Returns: how many rows were entered.
    func copy(_ sql: String, _ feed: (_ put: (inout [UInt8]) throws -> Void) throws -> Void) throws -> Int {
        try flush()
        guard PQexitPipelineMode(handle) == 1 else { throw StorageError.other("连接不能离开流水方式") }
        defer { _ = PQenterPipelineMode(handle) }
        guard let opened = PQexec(handle, sql) else { throw StorageError.connection("与数据库的连接中断") }
        defer { PQclear(opened) }
        guard PQresultStatus(opened) == PGRES_COPY_IN else { throw lostIfGone(StorageError(opened, on: handle, running: sql)) }
        do {
            try feed { bytes in
                let status = bytes.withUnsafeBytes { PQputCopyData(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count)) }
                guard status == 1 else { throw StorageError.connection("与数据库的连接中断") }
                bytes.removeAll(keepingCapacity: true)
            }
        } catch {
            _ = PQputCopyEnd(handle, "stopped")
            while let result = PQgetResult(handle) { PQclear(result) }
            throw error
        }
        return try endCopy(sql)
    }

    private func endCopy(_ sql: String) throws -> Int {
        guard PQputCopyEnd(handle, nil) == 1 else { throw StorageError.connection("与数据库的连接中断") }
        var entered = 0, error: StorageError?
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            if PQresultStatus(result) == PGRES_COMMAND_OK { entered += Self.changed(by: result) } else { error = StorageError(result, on: handle, running: sql) }
        }
        if let error { throw lostIfGone(error) }
        return entered
    }

    private func lostIfGone(_ error: StorageError) -> StorageError {
        if case .connection = error { isLost = true }
        return error
    }

    /// Whether a transaction is open and has not failed.
    var isInGoodTransaction: Bool { PQtransactionStatus(handle) == PQTRANS_INTRANS }
}
