import Values

/// 报表填报。Another authority's own form, filled with our rows: its title and header stand as they were, our rows below.
public final class OutgoingForm {
    /// 表头, by columns, as the form's last header row has them or a cell merged into it.
    public let headers: [String]
    private let template: FormTemplate
    private let book: SpreadsheetBook
    private let sheet: SpreadsheetSheet
    private var line: Int
    private var rows = 0

    /// - Parameters:
    ///   - path: the empty form as .xlsx.
    ///   - options: its sheet, and the last line of its header; the first line with a text when nil.
    ///   - keepsFooter: the texts below the header come again below our rows, such as 填报人 and 联系电话.
    /// - Throws: `Refusal` when the form can't be used.
    public init(template path: String, options: TableOptions = TableOptions(), keepsFooter: Bool = false, limits: TableLimits = TableLimits()) throws {
        template = try FormTemplate(path, options, keepsFooter: keepsFooter, limits)
        headers = template.headers
        line = template.headerLine
        book = try SpreadsheetBook()
        sheet = try book.addSheet(template.sheet)
        try begin()
    }

    /// Adds a row: a cell for each header.
    /// - Throws: `tooLarge` when the sheet is full.
    public func add(row: [SpreadsheetCell]) throws {
        guard book.isOpen else { throw SpreadsheetFailure(reason: "add after finish") }
        guard row.count == headers.count else { throw SpreadsheetFailure(reason: "\(row.count) cells in \(headers.count) columns") }
        guard line + template.footer.count < 1_048_576 else { throw Refusal.tooLarge("电子表格最多容纳 1048576 行，请缩小范围后重新生成") }
        for (place, cell) in row.enumerated() { try sheet.write(cell, line: line, column: place) }
        line += 1
    }

    /// Closes the form and returns the file. It takes no more rows.
    public func finish() throws -> [UInt8] {
        try end()
        return try book.finish()
    }

    /// Closes the form and puts the file in its place. It takes no more rows.
    public func finish(to path: String) throws {
        try end()
        try book.finish(to: path)
    }

    private func begin() throws {
        sheet.setUpPage(headerLines: template.headerLine)
        for (place, width) in template.widths where place < headers.count { try sheet.setWidth(width, column: place, book.formats.text) }
        for range in template.merges { try sheet.merge(range) }
        for row in template.top {
            let isTitle = template.isTitle(row)
            for (place, cell) in row.cells.enumerated() where !cell.isEmpty || !isTitle {
                try sheet.write(cell, line: row.line - 1, column: place, isTitle ? book.formats.title : book.formats.formHeader)
            }
        }
    }

    private func end() throws {
        guard book.isOpen else { throw SpreadsheetFailure(reason: "finish after finish") }
        for row in template.footer {
            for (place, cell) in row.cells.enumerated() where !cell.isEmpty { try sheet.write(cell, line: line, column: place, book.formats.text) }
            line += 1
        }
    }
}
