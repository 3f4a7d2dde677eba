import CXlsx
import Foundation

/// A spreadsheet could not be written; not the user's fault. Goes to the log.
public struct SpreadsheetFailure: Error, Hashable, Sendable {
    public let reason: String
}

/// A temporary folder only this process's user may enter, because the rows in it are about people. Gone with its owner.
final class SpreadsheetFolder {
    private let place: URL
    private var file: URL { place.appendingPathComponent("sheet.xlsx") }

    init() throws {
        place = FileManager.default.temporaryDirectory.appendingPathComponent("sheet-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    /// What cannot be removed here is cleared by the system with its temporary folder.
    deinit { try? FileManager.default.removeItem(at: place) }

    func openBook() throws -> UnsafeMutablePointer<lxw_workbook> {
        var folder = Array(place.path.utf8CString)
        let book = folder.withUnsafeMutableBufferPointer { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = folder.baseAddress
            return workbook_new_opt(file.path, &options)
        }
        guard let book else { throw SpreadsheetFailure(reason: "workbook_new_opt") }
        return book
    }

    func read() throws -> [UInt8] { Array(try Data(contentsOf: file)) }
}

/// The looks of cells. They belong to the workbook and go with it.
struct SpreadsheetFormats {
    let header, numberHeader, text, integer, money: UnsafeMutablePointer<lxw_format>

    init?(in book: UnsafeMutablePointer<lxw_workbook>) {
        guard let header = workbook_add_format(book), let numberHeader = workbook_add_format(book),
              let text = workbook_add_format(book), let integer = workbook_add_format(book),
              let money = workbook_add_format(book)
        else { return nil }
        for format in [header, numberHeader] {
            format_set_bold(format)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        }
        format_set_align(numberHeader, UInt8(LXW_ALIGN_RIGHT.rawValue))
        // Built in to every reader: "@", "0" and "#,##0.00".
        format_set_num_format_index(text, 49)
        format_set_num_format_index(integer, 1)
        format_set_num_format_index(money, 4)
        (self.header, self.numberHeader, self.text, self.integer, self.money) = (header, numberHeader, text, integer, money)
    }
}
