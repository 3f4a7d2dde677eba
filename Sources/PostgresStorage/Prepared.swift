import CPQ
import Storage
import Values

/// 已备语句。A statement that the server knows by a name, and how the rows of its answers are read.
final class Prepared {
    let name: String, sql: String
    private var columns: [String]?
    private var readings: [ColumnType.Reading?] = []

    init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// - Throws: `StorageError.other` for a column of a kind that we don't read.
    func row(_ number: Int32, of result: OpaquePointer) throws(StorageError) -> Row {
        let columns = columns ?? describe(result)
        var values: [StoredValue] = []
        values.reserveCapacity(columns.count)
        for index in columns.indices { values.append(try value(result, number, index, columns)) }
        return Row(columns: columns, values: values)
    }

    private func describe(_ result: OpaquePointer) -> [String] {
        let found = (0 ..< PQnfields(result)).map { String(cString: PQfname(result, $0)) }
        columns = found
        readings = (0 ..< PQnfields(result)).map { ColumnType.reading(of: PQftype(result, $0)) }
        return found
    }

    private func value(_ result: OpaquePointer, _ number: Int32, _ index: Int, _ columns: [String]) throws(StorageError) -> StoredValue {
        let column = Int32(index)
        guard PQgetisnull(result, number, column) == 0 else { return .null }
        let start = PQgetvalue(result, number, column), length = Int(PQgetlength(result, number, column))
        let bytes = UnsafeRawBufferPointer(start: start, count: length)
        switch readings[index] {
        case .text: return .text(String(decoding: bytes, as: UTF8.self))
        case .boolean: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case .integer:
            guard let integer = Int64(String(decoding: bytes, as: UTF8.self)) else { throw .other("列 \(columns[index]) 的整数超出范围") }
            return .integer(integer)
        case nil: throw .other("列 \(columns[index]) 既非文本也非整数；求和、相除请转为 BIGINT 或在程序中计算")
        }
    }
}
