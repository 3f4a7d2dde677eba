import Commons
import Documents
import Foundation
import Kernel
import Values

/// 表格文件。What the house knows of spreadsheets, by the formats we read and write.
///
/// A sealed file is opened in memory only: the reader is given a file that has no name on any disk.
public struct DocumentTables: TableDesk {
    public init() {}

    public func open(_ file: SealedFile, named filename: String) throws -> any TableSource { try DocumentSource(file) }

    public func template(_ template: ImportTemplate, as format: TableFormat) throws -> [UInt8] {
        let table = TableTemplate(title: template.title, columns: template.columns, instructions: template.guidance)
        return format == .csv ? table.csv() : try table.spreadsheet()
    }

    public func annotate(_ file: SealedFile, named filename: String, faults: (Int) throws -> [SourceFault]) throws -> (content: [UInt8], filename: String) {
        let original = try MemoryFile(file), marked = try MemoryFile()
        let reader = try TableReader(path: original.path), headings = reader.headers
        try ReturnedTable(of: original.path).write(to: marked.path) { row in
            try faults(row.line).map { fault in
                let place = headings.firstIndex(of: fault.heading)
                return TableFault(column: place, place == nil && fault.heading != "整行" ? "\(fault.heading)：\(fault.message)" : fault.message)
            }
        }
        let ending = reader.kind == .spreadsheet ? "xlsx" : "csv"
        let name = filename.split(separator: ".").dropLast().joined(separator: ".")
        return (try marked.content(), "\(name.isEmpty ? filename : name)-标注错误.\(ending)")
    }
}

private final class DocumentSource: TableSource {
    private let file: MemoryFile
    private let reader: TableReader

    init(_ sealed: SealedFile) throws {
        file = try MemoryFile(sealed)
        reader = try TableReader(path: file.path)
    }

    var headings: [String] { reader.headers }

    func next() throws -> SourceRow? {
        try reader.next().map { row in SourceRow(line: row.line, cells: row.cells, formulas: row.formulas, faults: row.faults.map { ($0.column, $0.message) }) }
    }
}

extension ImportTemplate {
    fileprivate var columns: [TemplateColumn] {
        outline.fields.enumerated().map { place, field in
            let sample = samples.map { $0[place] }.first { !$0.isEmpty } ?? ""
            return TemplateColumn(field.label, isRequired: field.isRequired, hint: field.hint ?? "", sample: sample, choices: field.choices)
        }
    }
}

extension FieldOutline {
    fileprivate var choices: [String] {
        switch content {
        case .value(.choice(let choices), _): choices.map(\.label)
        case .value(.yesNo, _): ["是", "否"]
        default: []
        }
    }
}

/// A file in memory, for readers that must be given a path; it goes when it is let go.
final class MemoryFile {
    private let handle: Int32

    var path: String { "/proc/self/fd/\(handle)" }

    init() throws {
        let name = "/minzheng-\(UUID().uuidString)"
        handle = shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0o600)
        if handle >= 0 { shm_unlink(name) }
        guard handle >= 0 else { throw Refusal.busy("内存不足，打不开表格，请稍后再试") }
    }

    convenience init(_ file: SealedFile) throws {
        try self.init()
        let pieces = try file.pieces(), writer = FileHandle(fileDescriptor: handle, closeOnDealloc: false)
        while let piece = try pieces.next() { try writer.write(contentsOf: Data(piece)) }
    }

    deinit { close(handle) }

    func content() throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else { throw Refusal.busy("内存不足，写不出表格，请稍后再试") }
        return Array(data)
    }
}
