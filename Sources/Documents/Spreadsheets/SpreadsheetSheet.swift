import CXlsx
import Values

/// One sheet of a book being written. Lines and columns are counted from 0; lines come in order.
struct SpreadsheetSheet {
    typealias Format = UnsafeMutablePointer<lxw_format>

    let pointer: UnsafeMutablePointer<lxw_worksheet>
    private let formats: SpreadsheetFormats

    init(_ pointer: UnsafeMutablePointer<lxw_worksheet>, _ formats: SpreadsheetFormats) {
        (self.pointer, self.formats) = (pointer, formats)
    }

    /// - Throws: `tooLarge` for a text over 32,767 characters; nothing is ever cut off.
    func write(_ cell: SpreadsheetCell, line: Int, column: Int) throws {
        switch cell {
        case .empty: return
        case .text(let text): try write(text, line: line, column: column, formats.text)
        // A cell is a binary fraction by format; up to 15 digits it shows exactly what was put in.
        case .integer(let number) where number.magnitude < 1_000_000_000_000_000:
            try check(worksheet_write_number(pointer, lxw_row_t(line), lxw_col_t(column), Double(number), formats.integer), line: line)
        case .integer(let number): try write(String(number), line: line, column: column, formats.text)
        case .money(let money):
            try check(worksheet_write_number(pointer, lxw_row_t(line), lxw_col_t(column), Double(money.fen) / 100, formats.money), line: line)
        }
    }

    func write(_ text: String, line: Int, column: Int, _ format: Format) throws {
        try check(worksheet_write_string(pointer, lxw_row_t(line), lxw_col_t(column), text, format), line: line)
    }

    /// In half-width characters, two more for the frame; a column wider than 60 would push the others off the screen.
    func setWidth(_ width: Int, column: Int, _ format: Format?) throws {
        try check(worksheet_set_column(pointer, lxw_col_t(column), lxw_col_t(column), Double(min(width, 60) + 2), format), line: 0)
    }

    func comment(_ text: String, line: Int, column: Int) throws {
        try check(worksheet_write_comment(pointer, lxw_row_t(line), lxw_col_t(column), text), line: line)
    }

    /// Says that these cells are one; writes none of them.
    func merge(_ range: CellRange) throws {
        let lines = range.lines, columns = range.columns
        guard lines.count > 1 || columns.count > 1 else { return }
        try check(worksheet_merge_range(pointer, lxw_row_t(lines.lowerBound - 1), lxw_col_t(columns.lowerBound),
                                        lxw_row_t(lines.upperBound - 1), lxw_col_t(columns.upperBound), "", nil), line: 0)
    }

    /// The first lines stay on screen and come again on every printed A4 page, which lies on its side.
    func setUpPage(headerLines: Int) {
        worksheet_freeze_panes(pointer, lxw_row_t(headerLines), 0)
        worksheet_set_paper(pointer, 9)
        worksheet_set_landscape(pointer)
        worksheet_fit_to_pages(pointer, 1, 0)
        worksheet_repeat_rows(pointer, 0, lxw_row_t(headerLines - 1))
        worksheet_set_footer(pointer, "&C第 &P 页，共 &N 页")
    }
}

func tooLongForCell(_ line: Int) -> Refusal {
    .tooLarge("第 \(line) 行有一格文字超过 32767 字，电子表格放不下，请改用 CSV 导出")
}
