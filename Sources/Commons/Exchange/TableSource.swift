import Kernel
import Values

/// 表格来源。The rows of a table one after another, whatever file they come from.
public protocol TableSource: AnyObject {
    /// The first row, as it stands.
    var headings: [String] { get }
    /// The next row; nil at the end.
    /// - Throws: `Refusal` where the file can't be read on, naming the line.
    func next() throws -> SourceRow?
}

/// One row: its line in the file, its cells under the headings.
public struct SourceRow: Sendable {
    /// As a spreadsheet program numbers it: the headings stand in line 1.
    public let line: Int
    public let cells: [String]
    /// Which cells hold a formula instead of a value.
    public let formulas: [Int]
    /// What the file itself gets wrong, by the place of the cell; nil for the row as a whole.
    public let faults: [(column: Int?, message: String)]

    public init(line: Int, cells: [String], formulas: [Int] = [], faults: [(column: Int?, message: String)] = []) {
        (self.line, self.cells, self.formulas, self.faults) = (line, cells, formulas, faults)
    }

    public var isBlank: Bool { cells.allSatisfy { Raw.typed($0).isBlank } }
}

/// One fault on its way back into the file: under which heading, and what.
public struct SourceFault: Sendable, Hashable {
    public let heading: String, message: String

    public init(_ heading: String, _ message: String) { (self.heading, self.message) = (heading, message) }
}

/// 表格格式。
public enum TableFormat: String, Sendable, CaseIterable { case csv, xlsx }

/// 模板。What an empty table to fill in shows: headings, what each asks for, rules and samples.
public struct ImportTemplate: Sendable {
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
    func template(_ template: ImportTemplate, as format: TableFormat) throws -> [UInt8]
    /// The same table again with one more column: what is wrong with each row. `faults` is asked line by line.
    func annotate(_ file: SealedFile, named filename: String, faults: (Int) throws -> [SourceFault]) throws -> (content: [UInt8], filename: String)
}
