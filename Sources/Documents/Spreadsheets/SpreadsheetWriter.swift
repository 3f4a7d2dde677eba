import Values

/// 电子表格 (.xlsx) 的写出: one sheet with a bold, frozen header, the rows as they come, and a last line with their number.
///
/// Identifiers, codes and dates are text cells, so that no digit or leading zero is lost; money is shown as #,##0.00.
/// Rows go to a private temporary folder, not to memory, and the folder goes with the writer.
public final class SpreadsheetWriter {
    private let book: SpreadsheetBook
    private let columns: [SpreadsheetColumn]
    private let sheet: SpreadsheetSheet
    private var widths: [Int]
    private var rows = 0

    /// Rows a sheet holds besides the header and the last line.
    public static let capacity = 1_048_576 - 2

    /// - Parameter title: the name of the sheet; characters a sheet's name may not have are left out.
    /// - Throws: `SpreadsheetFailure` when the temporary folder cannot be written.
    public init(title: String, columns: [SpreadsheetColumn]) throws {
        book = try SpreadsheetBook()
        sheet = try book.addSheet(title)
        self.columns = columns
        widths = columns.map { displayWidth($0.label) }
        sheet.setUpPage(headerLines: 1)
        for (place, column) in columns.enumerated() {
            let format = column.kind.isNumber ? book.formats.numberHeader : book.formats.header
            try sheet.write(column.label, line: 0, column: place, format)
        }
    }

    /// Adds a row: a cell for each column.
    /// - Throws: `tooLarge` above 1,048,574 rows or for a text over 32,767 characters; nothing is ever cut off.
    public func add(row: [SpreadsheetCell]) throws {
        guard book.isOpen else { throw SpreadsheetFailure(reason: "add after finish") }
        guard row.count == columns.count else { throw SpreadsheetFailure(reason: "\(row.count) cells in \(columns.count) columns") }
        guard rows < Self.capacity else {
            throw Refusal.tooLarge("电子表格最多容纳 \(Self.capacity) 行，请缩小范围，或改用 CSV 导出")
        }
        rows += 1
        for (place, cell) in row.enumerated() {
            try sheet.write(cell, line: rows, column: place)
            widths[place] = max(widths[place], cell.width)
        }
    }

    /// Closes the sheet and returns the file. The writer takes no more rows.
    /// - Parameter lastLine: said below the rows: their number when nil, nothing when empty.
    public func finish(lastLine: String? = nil) throws -> [UInt8] {
        try end(lastLine)
        return try book.finish()
    }

    /// Closes the sheet and puts the file in its place, without holding it in memory. The writer takes no more rows.
    public func finish(to path: String, lastLine: String? = nil) throws {
        try end(lastLine)
        try book.finish(to: path)
    }

    private func end(_ lastLine: String?) throws {
        guard book.isOpen else { throw SpreadsheetFailure(reason: "finish after finish") }
        try sheet.write(lastLine ?? "共 \(rows) 行", line: rows + 1, column: 0, book.formats.text)
        for (place, width) in widths.enumerated() {
            try sheet.setWidth(width, column: place, columns[place].kind.isNumber ? nil : book.formats.text)
        }
    }
}
