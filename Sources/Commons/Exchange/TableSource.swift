import Kernel
import Values

/// 表格来源。The rows of a table one after another, whatever file they come from.
public protocol TableSource: AnyObject {
    /// The first row, as it stands.
    var headings: [String] { get }
    /// The next row; nil at the end.
    /// - Throws: `Refusal` where the file can't be read on, naming the line.
    func next() throws -> TableRow?
}

/// One row: its line in the file, its cells under the headings.
public struct TableRow: Sendable, Hashable {
    /// As a spreadsheet program numbers it: the headings stand in line 1.
    public let line: Int
    public let cells: [String]
    /// Which cells hold a formula instead of a value.
    public let formulas: [Int]

    public init(line: Int, cells: [String], formulas: [Int] = []) {
        (self.line, self.cells, self.formulas) = (line, cells, formulas)
    }

    public var isBlank: Bool { cells.allSatisfy { Raw.typed($0).isBlank } }
}

/// 表格格式。
public enum TableFormat: String, Sendable, CaseIterable { case csv, xlsx }

/// 模板。What an empty table to fill in shows: headings, what each asks for, rules and samples.
public struct TableTemplate: Sendable {
    public let title: String
    public let guidance: [String]
    public let outline: Outline
    /// In the order of the outline.
    public let samples: [[String]]

    public init(_ importer: any Importing.Type) {
        title = importer.title
        outline = Outline(fields: importer.outline.fields.filter { $0.origin != .made })
        guidance = importer.guidance.split(separator: "\n").map(String.init)
        let names = outline.fields.map(\.name)
        samples = importer.samples.map { sample in names.map { sample[$0] ?? "" } }
    }
}

/// 表格读写。What the house knows of spreadsheets; passed in by whoever knows the formats.
public protocol TableDesk: Sendable {
    /// Opens a table over a file that rests sealed.
    /// - Throws: `Refusal` for what is no table, or one too large.
    func open(_ file: SealedFile, named filename: String) throws -> any TableSource
    func template(_ template: TableTemplate, as format: TableFormat) throws -> [UInt8]
    /// The same table again with one more column: what is wrong with each row. `faults` is asked line by line, in order.
    func annotate(_ file: SealedFile, named filename: String, faults: @escaping @Sendable (Int) throws -> String?) throws -> (content: [UInt8], filename: String)
}
