import Values

/// Returned rows in a spreadsheet: everything is text, faulty cells are coloured and the first of them commented.
final class SpreadsheetReturn: ReturnSink {
    private let book: SpreadsheetBook
    private let sheet: SpreadsheetSheet
    private let headers: [String]
    private let destination: String
    private var line: Int
    private var comments = 0
    private var widths: [Int]

    /// Comments are held in memory and make a file slow to open.
    private static let maximumComments = 1000
    /// Of the column 导入问题.
    private static let problemWidth = 50

    init(_ reader: TableReader, _ destination: String) throws {
        book = try SpreadsheetBook()
        sheet = try book.addSheet(reader.sheet ?? "表")
        (headers, self.destination, line) = (reader.headers, destination, reader.headerLine)
        widths = headers.map(displayWidth)
        sheet.setUpPage(headerLines: line)
        for row in reader.preamble {
            for (place, cell) in row.cells.enumerated() where !cell.isEmpty { try sheet.write(cell, line: row.line - 1, column: place, book.formats.text) }
        }
        for (place, label) in (headers + [TableReader.problemHeader]).enumerated() {
            try sheet.write(label, line: line - 1, column: place, book.formats.header)
        }
    }

    func add(_ row: TableRow, _ faults: [TableFault]) throws {
        guard line < 1_048_576 else { throw Refusal.tooLarge("电子表格最多容纳 1048576 行，请拆成几个文件后上传") }
        let faulty = Dictionary(faults.compactMap { fault in fault.column.map { ($0, fault.message) } }, uniquingKeysWith: { "\($0)；\($1)" })
        for (place, cell) in row.cells.enumerated() {
            if let message = faulty[place] {
                try sheet.write(cell, line: line, column: place, book.formats.faulty)
                try comment(message, place)
            } else if !cell.isEmpty {
                try sheet.write(cell, line: line, column: place, book.formats.text)
            }
            widths[place] = max(widths[place], displayWidth(cell))
        }
        if !faults.isEmpty {
            let sentence = String(ReturnedTable.sentence(faults, headers).prefix(2000))
            try sheet.write(sentence, line: line, column: headers.count, book.formats.problem)
        }
        line += 1
    }

    private func comment(_ message: String, _ place: Int) throws {
        guard comments < Self.maximumComments else { return }
        comments += 1
        try sheet.comment(String(message.prefix(500)), line: line, column: place)
    }

    func finish() throws {
        for (place, width) in widths.enumerated() { try sheet.setWidth(width, column: place, book.formats.text) }
        try sheet.setWidth(Self.problemWidth, column: headers.count, nil)
        try book.finish(to: destination)
    }
}
