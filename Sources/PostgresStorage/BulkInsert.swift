import Storage
import Values

/// 批量写入。A few rows travel together as one prepared statement; many go in by COPY.
struct BulkInsert {
    let table: String
    let width: Int
    /// `table (column, column)`.
    let target: String

    private static let fewAtMost = 64
    private static let chunk = 256 * 1024

    func run(_ rows: some Sequence<[StoredValue]>, on link: Link) throws -> Int {
        var iterator = rows.makeIterator(), few: [[StoredValue]] = []
        while few.count <= Self.fewAtMost, let row = iterator.next() {
            try check(row, number: few.count + 1)
            few.append(row)
        }
        guard few.count > Self.fewAtMost else { return try runFew(few, on: link) }
        return try link.copy("COPY \(target) FROM STDIN") { put in
            var bytes: [UInt8] = [], number = few.count
            bytes.reserveCapacity(Self.chunk + 4096)
            for row in few { try Self.append(row, to: &bytes) }
            while let row = iterator.next() {
                number += 1
                try check(row, number: number)
                try Self.append(row, to: &bytes)
                if bytes.count >= Self.chunk { try put(&bytes) }
            }
            try put(&bytes)
        }
    }

    private func runFew(_ rows: [[StoredValue]], on link: Link) throws -> Int {
        let marks = (1 ... max(width, 1)).map { "$\($0)" }.joined(separator: ", ")
        return try link.runAll("INSERT INTO \(target) VALUES (\(marks))", rows.map { try Parameters($0, areUntyped: true) })
    }

    private func check(_ row: [StoredValue], number: Int) throws(StorageError) {
        guard row.count == width else { throw .other("批量写入 \(table) 的第 \(number) 行有 \(row.count) 个值，应有 \(width) 个") }
    }

    /// COPY's text format: tabs between values, a line feed behind each row, `\N` for NULL.
    private static func append(_ row: [StoredValue], to bytes: inout [UInt8]) throws(StorageError) {
        for (index, value) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            switch value {
            case .null: bytes.append(contentsOf: "\\N".utf8)
            case .integer(let integer): bytes.append(contentsOf: String(integer).utf8)
            case .text(let text): try append(text, to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) throws(StorageError) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            case 0: throw .other("文本中含有空字符（U+0000），不能保存")
            default: bytes.append(byte)
            }
        }
    }
}
