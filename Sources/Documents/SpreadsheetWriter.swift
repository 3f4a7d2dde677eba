import CXlsx
import Values

/// 电子表格 (.xlsx) 的写出: one sheet with a bold, frozen header, the rows as they come, and a last line with their number.
///
/// Identifiers, codes and dates are text cells, so that no digit or leading zero is lost; money is shown as #,##0.00.
/// Rows go to a private temporary folder, not to memory, and the folder goes with the writer.
public final class SpreadsheetWriter {
    private let folder: SpreadsheetFolder
    private let columns: [SpreadsheetColumn]
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let formats: SpreadsheetFormats
    private var book: UnsafeMutablePointer<lxw_workbook>?
    private var widths: [Int]
    private var rows = 0

    /// Rows a sheet holds besides the header and the last line.
    public static let capacity = 1_048_576 - 2

    /// - Parameter title: the name of the sheet; characters a sheet's name may not have are left out.
    /// - Throws: `SpreadsheetFailure` when the temporary folder cannot be written.
    public init(title: String, columns: [SpreadsheetColumn]) throws {
        folder = try SpreadsheetFolder()
        let book = try folder.openBook()
        guard let sheet = workbook_add_worksheet(book, sheetName(title)), let formats = SpreadsheetFormats(in: book) else {
            workbook_close(book)
            throw SpreadsheetFailure(reason: "workbook_add_worksheet")
        }
        (self.book, self.sheet, self.formats, self.columns) = (book, sheet, formats, columns)
        widths = columns.map { displayWidth($0.label) }
        setUpPage()
        for (place, column) in columns.enumerated() {
            let format = column.kind.isNumber ? formats.numberHeader : formats.header
            try check(worksheet_write_string(sheet, 0, lxw_col_t(place), column.label, format))
        }
    }

    deinit { if let book { workbook_close(book) } }

    /// Adds a row: a cell for each column.
    /// - Throws: `tooLarge` above 1,048,574 rows or for a text over 32,767 characters; nothing is ever cut off.
    public func add(row: [SpreadsheetCell]) throws {
        guard book != nil else { throw SpreadsheetFailure(reason: "add after finish") }
        guard row.count == columns.count else { throw SpreadsheetFailure(reason: "\(row.count) cells in \(columns.count) columns") }
        guard rows < Self.capacity else {
            throw Refusal.tooLarge("电子表格最多容纳 \(Self.capacity) 行，请缩小范围，或改用 CSV 导出")
        }
        rows += 1
        for (place, cell) in row.enumerated() {
            try write(cell, row: lxw_row_t(rows), column: lxw_col_t(place))
            widths[place] = max(widths[place], cell.width)
        }
    }

    /// Closes the sheet and returns the file. The writer takes no more rows.
    /// - Parameter lastLine: said below the rows; their number when nil.
    public func finish(lastLine: String? = nil) throws -> [UInt8] {
        guard let book else { throw SpreadsheetFailure(reason: "finish after finish") }
        try check(worksheet_write_string(sheet, lxw_row_t(rows + 1), 0, lastLine ?? "共 \(rows) 行", formats.text))
        for (place, width) in widths.enumerated() {
            let format = columns[place].kind.isNumber ? nil : formats.text
            // Two for the frame; a column wider than 60 would push the others off the screen.
            try check(worksheet_set_column(sheet, lxw_col_t(place), lxw_col_t(place), Double(min(width, 60) + 2), format))
        }
        self.book = nil
        try check(workbook_close(book))
        return try folder.read()
    }

    /// The header stays on screen and comes again on every printed A4 page.
    private func setUpPage() {
        worksheet_freeze_panes(sheet, 1, 0)
        worksheet_set_paper(sheet, 9)
        worksheet_set_landscape(sheet)
        worksheet_fit_to_pages(sheet, 1, 0)
        worksheet_repeat_rows(sheet, 0, 0)
        worksheet_set_footer(sheet, "&C第 &P 页，共 &N 页")
    }

    private func write(_ cell: SpreadsheetCell, row: lxw_row_t, column: lxw_col_t) throws {
        switch cell {
        case .empty: return
        case .text(let text): try check(worksheet_write_string(sheet, row, column, text, formats.text))
        // A cell is a binary fraction by format; up to 15 digits it shows exactly what was put in.
        case .integer(let number) where number.magnitude < 1_000_000_000_000_000:
            try check(worksheet_write_number(sheet, row, column, Double(number), formats.integer))
        case .integer(let number): try check(worksheet_write_string(sheet, row, column, String(number), formats.text))
        case .money(let money):
            try check(worksheet_write_number(sheet, row, column, Double(money.fen) / 100, formats.money))
        }
    }

    private func check(_ outcome: lxw_error) throws {
        guard outcome != LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED else {
            throw Refusal.tooLarge("第 \(rows) 行有一格文字超过 32767 字，电子表格放不下，请改用 CSV 导出")
        }
        guard outcome == LXW_NO_ERROR else { throw SpreadsheetFailure(reason: String(cString: lxw_strerror(outcome))) }
    }
}
