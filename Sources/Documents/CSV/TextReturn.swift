import Values

/// Returned rows in a text file, encoded and separated as the original was.
final class TextReturn: ReturnSink {
    private let file: FileSink
    private let encoding: TableEncoding
    private let headers: [String]
    private var encoder: CSVEncoder
    private var waiting: [UInt8] = []

    init(_ reader: TableReader, _ destination: String, _ encoding: TableEncoding, _ separator: UInt8) throws {
        file = try FileSink(path: destination)
        (self.encoding, headers) = (encoding, reader.headers)
        encoder = CSVEncoder(byteOrderMark: false, separator: separator)
        try file.write(encoding.mark)
        // The header stays on its line, so that the same file can be read in the same way again.
        var line = 1
        for row in reader.preamble {
            line = skip(to: row.line, from: line)
            waiting += encoder.row(row.cells)
            line += 1 + row.cells.reduce(0) { $0 + lineBreaks($1) }
        }
        _ = skip(to: reader.headerLine, from: line)
        waiting += encoder.row(headers + [TableReader.problemHeader])
    }

    private func skip(to line: Int, from start: Int) -> Int {
        for _ in start..<max(start, line) { waiting += [CSV.carriageReturn, CSV.lineFeed] }
        return max(start, line)
    }

    /// As the reader counts them: CR LF, LF or CR.
    private func lineBreaks(_ cell: String) -> Int {
        cell.count { $0 == "\r\n" || $0 == "\n" || $0 == "\r" }
    }

    func add(_ row: TableRow, _ faults: [TableFault]) throws {
        waiting += encoder.row(row.cells + [ReturnedTable.sentence(faults, headers)])
        if waiting.count > 1 << 16 { try flush() }
    }

    func finish() throws {
        try flush()
        try file.close()
    }

    private func flush() throws {
        try file.write(encoding.encode(waiting))
        waiting.removeAll(keepingCapacity: true)
    }
}
