/// 逗号分隔文件的写出，一行一段字节: RFC 4180, UTF-8, opening with the byte order mark by which Excel and WPS know it.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe before it, which `CSV.parse` takes off again.
/// Spreadsheets read long digit strings as numbers: lists with identity or account numbers are better sent as xlsx.
public struct CSVEncoder: Sendable {
    private var atStart: Bool
    private let separator: UInt8

    public init(byteOrderMark: Bool = true) { self.init(byteOrderMark: byteOrderMark, separator: CSV.comma) }

    init(byteOrderMark: Bool, separator: UInt8) { (atStart, self.separator) = (byteOrderMark, separator) }

    /// The bytes of the next row, with the line end.
    public mutating func row(_ cells: [String]) -> [UInt8] {
        var bytes: [UInt8] = atStart ? [0xEF, 0xBB, 0xBF] : []
        atStart = false
        for (place, cell) in cells.enumerated() {
            if place > 0 { bytes.append(separator) }
            append(CSV.guarded(cell), alone: cells.count == 1, to: &bytes)
        }
        bytes += [13, 10]
        return bytes
    }

    /// An empty cell alone on its line is quoted, or it would read as a blank line.
    private func append(_ cell: String, alone: Bool, to bytes: inout [UInt8]) {
        guard needsQuotes(cell) || alone && cell.isEmpty else { return bytes += cell.utf8 }
        bytes.append(CSV.quote)
        for byte in cell.utf8 {
            if byte == CSV.quote { bytes.append(CSV.quote) }
            bytes.append(byte)
        }
        bytes.append(CSV.quote)
    }

    private func needsQuotes(_ cell: String) -> Bool {
        cell.utf8.contains { $0 == CSV.quote || $0 == separator || $0 == CSV.comma || $0 == CSV.carriageReturn || $0 == CSV.lineFeed }
    }
}
