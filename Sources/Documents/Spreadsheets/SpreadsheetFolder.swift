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

    func openBook(inMemory: Bool) throws -> UnsafeMutablePointer<lxw_workbook> {
        var folder = Array(place.path.utf8CString)
        let book = folder.withUnsafeMutableBufferPointer { folder in
            var options = lxw_workbook_options()
            options.constant_memory = inMemory ? 0 : 1
            options.tmpdir = folder.baseAddress
            return workbook_new_opt(file.path, &options)
        }
        guard let book else { throw SpreadsheetFailure(reason: "workbook_new_opt") }
        return book
    }

    func read() throws -> [UInt8] { Array(try Data(contentsOf: file)) }

    /// A file that is there already is written over, not replaced: whoever holds it open, be it without a name, finds the new content.
    func move(to path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return try FileManager.default.moveItem(at: file, to: URL(fileURLWithPath: path)) }
        let sink = try FileSink(path: path), source = try FileHandle(forReadingFrom: file)
        while let piece = try source.read(upToCount: 1 << 20), !piece.isEmpty { try sink.write(Array(piece)) }
        try sink.close()
    }
}
