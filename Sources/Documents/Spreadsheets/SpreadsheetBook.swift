import CXlsx

/// A workbook being written, with its looks; closed with its owner.
final class SpreadsheetBook {
    private let folder: SpreadsheetFolder
    private var book: UnsafeMutablePointer<lxw_workbook>?
    let formats: SpreadsheetFormats

    /// - Parameter inMemory: rows may be written in any order, for sheets of a few rows.
    init(inMemory: Bool = false) throws {
        folder = try SpreadsheetFolder()
        let book = try folder.openBook(inMemory: inMemory)
        guard let formats = SpreadsheetFormats(in: book) else {
            workbook_close(book)
            throw SpreadsheetFailure(reason: "workbook_add_format")
        }
        (self.book, self.formats) = (book, formats)
    }

    deinit { if let book { workbook_close(book) } }

    var isOpen: Bool { book != nil }

    func addSheet(_ title: String) throws -> SpreadsheetSheet {
        guard let book, let sheet = workbook_add_worksheet(book, sheetName(title)) else { throw SpreadsheetFailure(reason: "workbook_add_worksheet") }
        return SpreadsheetSheet(sheet, formats)
    }

    /// The bytes of the file. The book takes no more.
    func finish() throws -> [UInt8] {
        try close()
        return try folder.read()
    }

    /// Puts the file in its place, instead of one that lies there. The book takes no more.
    func finish(to path: String) throws {
        try close()
        try folder.move(to: path)
    }

    private func close() throws {
        guard let book else { throw SpreadsheetFailure(reason: "finish after finish") }
        self.book = nil
        try check(workbook_close(book), line: 0)
    }
}

/// Passes what went well.
func check(_ outcome: lxw_error, line: Int) throws {
    guard outcome != LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED else { throw tooLongForCell(line) }
    guard outcome == LXW_NO_ERROR else { throw SpreadsheetFailure(reason: String(cString: lxw_strerror(outcome))) }
}
