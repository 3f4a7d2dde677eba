import CPQ
import Storage
import Values

/// 答复。The rows of one statement, taken from the server one by one. When the same session is needed for another statement
/// meanwhile, the rest is kept in memory.
final class Answer {
    private let statement: Link.Prepared
    private unowned let link: Link
    private var kept: [Row] = []
    private var keptFrom = 0
    private var isComplete = false
    /// How many rows the statement changed, once it is complete.
    private(set) var changed = 0

    init(_ statement: Link.Prepared, on link: Link) {
        self.statement = statement
        self.link = link
    }

    func next() throws(StorageError) -> Row? {
        if keptFrom < kept.count {
            defer { keptFrom += 1 }
            return kept[keptFrom]
        }
        return try arriving()
    }

    /// Reads what is left and forgets it: the session is free again.
    func finish() throws(StorageError) {
        while !isComplete { _ = try arriving(isWanted: false) }
    }

    func keepTheRest() throws(StorageError) {
        while let row = try arriving() { kept.append(row) }
    }

    private func arriving(isWanted: Bool = true) throws(StorageError) -> Row? {
        guard !isComplete else { return nil }
        guard let result = link.result() else {
            isComplete = true
            try link.readMark()
            return nil
        }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_SINGLE_TUPLE:
            guard isWanted else { return nil }
            do { return try row(result) } catch {
                // A column of a kind that we don't read: the session must stay usable.
                try finish()
                throw error
            }
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
            changed = Link.changed(by: result)
            return try arriving()
        default:
            isComplete = true
            throw try link.fail(link.error(result, running: statement.sql))
        }
    }

    private func row(_ result: OpaquePointer) throws(StorageError) -> Row {
        let columns = statement.columns ?? describe(result)
        var values: [StoredValue] = []
        values.reserveCapacity(columns.count)
        for index in columns.indices { values.append(try value(result, index, columns)) }
        return Row(columns: columns, values: values)
    }

    private func describe(_ result: OpaquePointer) -> [String] {
        let columns = (0 ..< PQnfields(result)).map { String(cString: PQfname(result, $0)) }
        statement.columns = columns
        statement.readings = (0 ..< PQnfields(result)).map { ColumnType.reading(of: PQftype(result, $0)) }
        return columns
    }

    private func value(_ result: OpaquePointer, _ index: Int, _ columns: [String]) throws(StorageError) -> StoredValue {
        let column = Int32(index)
        guard PQgetisnull(result, 0, column) == 0 else { return .null }
        let start = PQgetvalue(result, 0, column), length = Int(PQgetlength(result, 0, column))
        let bytes = UnsafeRawBufferPointer(start: start, count: length)
        switch statement.readings[index] {
        case .text: return .text(String(decoding: bytes, as: UTF8.self))
        case .boolean: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case .integer:
            guard let integer = Int64(String(decoding: bytes, as: UTF8.self)) else { throw .other("列 \(columns[index]) 的整数超出范围") }
            return .integer(integer)
        case nil: throw .other("列 \(columns[index]) 既非文本也非整数；求和、相除请转为 BIGINT 或在程序中计算")
        }
    }
}
