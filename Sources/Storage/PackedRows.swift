import Values

/// 备好的行。Rows made ready beside the writer: their texts lie in one stretch of bytes, so that whoever writes them neither makes nor counts a text.
public struct PackedRows: Sendable {
    /// A value where it lies.
    public enum Cell: Hashable, Sendable {
        case null
        case integer(Int64)
        /// Where the text begins among the bytes, and how many they are.
        case text(start: Int, count: Int)
    }

    public let columns: [String]
    public private(set) var cells: [Cell] = []
    public private(set) var bytes: [UInt8] = []

    public init(_ columns: [String], reserving rows: Int = 0) {
        self.columns = columns
        cells.reserveCapacity(rows * columns.count)
        bytes.reserveCapacity(rows * 128)
    }

    /// Whole rows so far.
    public var count: Int { columns.isEmpty ? 0 : cells.count / columns.count }
    public var isEmpty: Bool { cells.isEmpty }

    /// - Throws: `StorageError.other` when the last row has not one value a column.
    public func requireWhole(for table: String) throws(StorageError) {
        guard cells.count == count * columns.count else { throw .other("批量写入 \(table) 的第 \(count + 1) 行有 \(cells.count - count * columns.count) 个值，应有 \(columns.count) 个") }
    }

    /// Puts a text among the bytes, to be added to many rows.
    public mutating func keep(_ text: String) -> Cell {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        return .text(start: start, count: bytes.count - start)
    }

    public mutating func add(_ cell: Cell) { cells.append(cell) }
    public mutating func add(_ integer: Int64) { cells.append(.integer(integer)) }
    public mutating func add(_ text: String) { cells.append(keep(text)) }
    public mutating func add(_ text: String?) { cells.append(text.map { keep($0) } ?? .null) }

    /// A text as an engine holds it.
    public mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        cells.append(.text(start: bytes.count, count: text.count))
        bytes.append(contentsOf: text)
    }

    public mutating func add(_ value: StoredValue) {
        switch value {
        case .null: add(.null as Cell)
        case .integer(let integer): add(integer)
        case .text(let text): add(text)
        }
    }

    /// Row by row, the values of each and the bytes that their texts lie among.
    public func eachRow(_ body: (_ cells: UnsafeBufferPointer<Cell>, _ bytes: UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        try bytes.withUnsafeBufferPointer { bytes in
            try cells.withUnsafeBufferPointer { cells in
                for first in stride(from: 0, to: count * columns.count, by: max(columns.count, 1)) {
                    try body(UnsafeBufferPointer(rebasing: cells[first ..< first + columns.count]), bytes)
                }
            }
        }
    }

    /// Empty again, keeping its room.
    public mutating func clear() {
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// A row as values of its own.
    public subscript(row: Int) -> [StoredValue] {
        cells[row * columns.count ..< (row + 1) * columns.count].map { cell in
            switch cell {
            case .null: .null
            case .integer(let integer): .integer(integer)
            case .text(let start, let count): .text(String(decoding: bytes[start ..< start + count], as: UTF8.self))
            }
        }
    }
}
