import Glibc
import GRDB
import GRDBSQLite
import Storage
import Values

/// SQLite 连接。The driver's connection for the time of one lease.
final class SQLiteConnection: Storage.Connection {
    let dialect = Dialect.sqlite
    private let database: GRDB.Database
    /// Statements whose rows are being handed out: the cached one must not be started again underneath.
    private var running: Set<String> = []
    /// The error that cost the transaction, even if the work around it went on.
    private var fatal: StorageError?

    init(_ database: GRDB.Database) {
        self.database = database
    }

    @discardableResult
    func run(_ statement: Storage.Statement) throws -> Int {
        let (sql, binds) = statement.rendered(for: dialect)
        return try watching { () -> Int in
            let before = database.totalChangesCount
            try prepared(sql).execute(arguments: StatementArguments(binds.map { try $0.bound() }))
            return database.totalChangesCount == before ? 0 : database.changesCount
        }
    }

    func each(_ statement: Storage.Statement, _ body: (Storage.Row) throws -> Void) throws {
        try step(through: statement) { prepared, columns in try body(Storage.Row(columns: columns, values: try prepared.storedValues(columns))) }
    }

    func each(_ statement: Storage.Statement, stretch rows: Int, _ body: (PackedRows) throws -> Void) throws {
        var stretch = PackedRows([])
        try step(through: statement) { prepared, columns in
            if stretch.columns.isEmpty { stretch = PackedRows(columns, reserving: rows) }
            try prepared.add(to: &stretch)
            guard stretch.count >= rows else { return }
            try body(stretch)
            stretch.clear()
        }
        if !stretch.isEmpty { try body(stretch) }
    }

    /// Stands on one row of the answer after another.
    private func step(through statement: Storage.Statement, _ body: (GRDB.Statement, _ columns: [String]) throws -> Void) throws {
        let (sql, binds) = statement.rendered(for: dialect)
        let prepared = try watching { try self.prepared(sql) }
        let isFirst = running.insert(sql).inserted
        defer { if isFirst { running.remove(sql) } }
        let columns = prepared.columnNames
        let rows = try watching {
            try GRDB.Row.fetchCursor(prepared, arguments: StatementArguments(binds.map { try $0.bound() }))
        }
        while try watching({ try rows.next() }) != nil { try body(prepared, columns) }
    }

    func savepoint<Outcome>(_ body: () throws -> Outcome) throws -> Outcome {
        try run("SAVEPOINT step")
        do {
            let outcome = try body()
            try run("RELEASE step")
            return outcome
        } catch {
            guard fatal == nil, database.isInsideTransaction else { throw error }
            try run("ROLLBACK TO step")
            try run("RELEASE step")
            throw error
        }
    }

    @discardableResult
    func insert(into table: String, _ columns: [String], rows: some Sequence<[StoredValue]>) throws -> Int {
        let statement = try insertion(into: table, columns)
        defer { statement.forget() }
        var count = 0, ready = PackedRows(columns, reserving: 1)
        for row in rows {
            guard row.count == columns.count else {
                throw StorageError.other("批量写入 \(table) 的第 \(count + 1) 行有 \(row.count) 个值，应有 \(columns.count) 个")
            }
            ready.clear()
            for value in row { ready.add(value) }
            try watching { try statement.insert(ready) }
            count += 1
        }
        return count
    }

    @discardableResult
    func insert(into table: String, _ rows: PackedRows) throws -> Int {
        guard !rows.isEmpty else { return 0 }
        try rows.requireWhole(for: table)
        let statement = try insertion(into: table, rows.columns)
        defer { statement.forget() }
        try watching { try statement.insert(rows) }
        return rows.count
    }

    private func insertion(into table: String, _ columns: [String]) throws -> GRDB.Statement {
        let names = try columns.map { try Storage.Statement(identifier: $0) }.joined(", ")
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let into: Storage.Statement = "INSERT INTO \(try Storage.Statement(identifier: table)) (\(names)) VALUES "
        return try watching { try prepared(into.rendered(for: dialect).sql + "(\(marks))") }
    }

    private func prepared(_ sql: String) throws -> GRDB.Statement {
        running.contains(sql) ? try database.makeStatement(sql: sql) : try database.cachedStatement(sql: sql)
    }

    private func watching<Outcome>(_ body: () throws -> Outcome) throws -> Outcome {
        do {
            return try translatingErrors(body)
        } catch let error as StorageError {
            if error.isFatalToTransaction { fatal = fatal ?? error }
            throw error
        }
    }
}

extension SQLiteConnection {
    func begin() throws {
        try watching { try database.beginTransaction(.immediate) }
    }

    func commit() throws {
        try watching { try database.commit() }
    }

    /// - Throws: what cost the transaction, if it is lost.
    func checkTransaction() throws(StorageError) {
        if let fatal { throw fatal }
        guard database.isInsideTransaction else { throw .other("事务在写入途中被结束") }
    }

    /// Rolls back, if the engine has not done so itself.
    /// - Returns: what callers are told: the error, or that not even rolling back was possible.
    func rollback(after error: any Error) -> any Error {
        do {
            if database.isInsideTransaction { try watching { try database.rollback() } }
            return error
        } catch {
            return StorageError.io("回滚失败：\(error)")
        }
    }
}

extension StoredValue {
    /// - Throws: `StorageError.other` for text with a NUL, which the engine would cut off there.
    fileprivate func bound() throws -> DatabaseValue {
        switch self {
        case .null: return .null
        case .integer(let integer): return integer.databaseValue
        case .text(let text):
            guard !text.holdsNull else { throw StorageError.other("文本中含有空字符（U+0000），不能保存") }
            return text.databaseValue
        }
    }
}

extension String {
    /// Whether it has a NUL, looked for as fast as memory is read.
    fileprivate var holdsNull: Bool {
        var text = self
        return text.withUTF8 { units in units.baseAddress.map { memchr($0, 0, units.count) != nil } ?? false }
    }
}

extension GRDB.Statement {
    /// Binds row after row and steps once for each, without the driver's own values in between. Texts are bound where they lie, which is where they
    /// stay until all rows are in; a value that the row before had in the same place stays bound.
    fileprivate func insert(_ rows: PackedRows) throws {
        // The driver leaves a cached statement standing where it last stood; one that stands can't be bound.
        sqlite3_reset(sqliteStatement)
        let width = rows.columns.count
        try rows.bytes.withUnsafeBufferPointer { bytes in
            guard bytes.baseAddress.map({ memchr($0, 0, bytes.count) == nil }) ?? true else { throw StorageError.other("文本中含有空字符（U+0000），不能保存") }
            try rows.cells.withUnsafeBufferPointer { cells in
                for start in stride(from: 0, to: cells.count, by: width) {
                    for column in 0 ..< width where start == 0 || cells[start + column] != cells[start + column - width] {
                        try bind(cells[start + column], among: bytes, at: Int32(column + 1))
                    }
                    let code = sqlite3_step(sqliteStatement)
                    guard code == SQLITE_DONE else { throw failure(code) }
                    sqlite3_reset(sqliteStatement)
                }
            }
        }
    }

    /// Lets go of what was bound where it lay.
    fileprivate func forget() {
        sqlite3_reset(sqliteStatement)
        sqlite3_clear_bindings(sqliteStatement)
    }

    private func bind(_ cell: PackedRows.Cell, among bytes: UnsafeBufferPointer<UInt8>, at place: Int32) throws {
        let code: Int32
        switch cell {
        case .null: code = sqlite3_bind_null(sqliteStatement, place)
        case .integer(let integer): code = sqlite3_bind_int64(sqliteStatement, place, integer)
        case .text(let start, let count):
            if let base = bytes.baseAddress, count > 0 {
                // Without a destructor the engine reads the text where it lies (SQLITE_STATIC).
                let text = UnsafeRawPointer(base + start).assumingMemoryBound(to: CChar.self)
                code = sqlite3_bind_text(sqliteStatement, place, text, Int32(count), nil)
            } else {
                code = sqlite3_bind_text(sqliteStatement, place, "", 0, Self.copied)
            }
        }
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        let connection = sqlite3_db_handle(sqliteStatement)
        return DatabaseError(resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)), message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }

    /// SQLITE_TRANSIENT.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    /// The row on which the statement stands, read from the engine without the driver's own values in between.
    /// - Throws: `StorageError.other` for a fraction or raw bytes: columns are text or integers.
    fileprivate func storedValues(_ columns: [String]) throws -> [StoredValue] {
        var values: [StoredValue] = []
        values.reserveCapacity(columns.count)
        for index in columns.indices {
            let column = Int32(index)
            switch sqlite3_column_type(sqliteStatement, column) {
            case SQLITE_NULL: values.append(.null)
            case SQLITE_INTEGER: values.append(.integer(sqlite3_column_int64(sqliteStatement, column)))
            case SQLITE_TEXT: values.append(.text(text(in: column)))
            default: throw Self.unreadable(columns[index])
            }
        }
        return values
    }

    /// The row on which the statement stands, behind others.
    /// - Throws: as `storedValues`.
    fileprivate func add(to rows: inout PackedRows) throws {
        for index in rows.columns.indices {
            let column = Int32(index)
            switch sqlite3_column_type(sqliteStatement, column) {
            case SQLITE_NULL: rows.add(.null as PackedRows.Cell)
            case SQLITE_INTEGER: rows.add(sqlite3_column_int64(sqliteStatement, column))
            case SQLITE_TEXT: rows.add(units(in: column))
            default: throw Self.unreadable(rows.columns[index])
            }
        }
    }

    private func text(in column: Int32) -> String { String(decoding: units(in: column), as: UTF8.self) }

    /// A text where the engine holds it, until the next step.
    private func units(in column: Int32) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: sqlite3_column_text(sqliteStatement, column), count: Int(sqlite3_column_bytes(sqliteStatement, column)))
    }

    private static func unreadable(_ column: String) -> StorageError { .other("列 \(column) 既非文本也非整数；求和、相除请转为 BIGINT 或在程序中计算") }
}
