import Values

/// 表格文件的读取。Reads an xlsx or a delimited text file row by row, in memory that doesn't grow with the rows.
///
/// What it is shows in the first bytes, never in the name. Blank rows are passed over; empty columns at the end are left
/// out, and so are the column 导入问题 which `ReturnedTable` adds and the line 共 N 行 which exports end with.
/// An asterisk before or after a header marks it required and isn't part of it.
public final class TableReader {
    /// 文件种类。
    public enum Kind: Hashable, Sendable {
        /// 电子表格 (.xlsx)
        case spreadsheet
        /// 文本 (.csv, .txt)
        case text(TableEncoding, separator: Character)
    }

    /// 导入问题。The header of the column which says what is wrong with a row.
    public static let problemHeader = "导入问题"

    public let kind: Kind
    /// 可见的工作表, in their order; empty for a text file.
    public let sheets: [String]
    /// The one that is read.
    public let sheet: String?
    /// 表头, trimmed; `""` where a column in between has none.
    public let headers: [String]
    /// The line the headers stand on.
    public let headerLine: Int
    /// 标题行。Rows above the headers that hold a text.
    public let preamble: [TableRow]
    /// 正文中的合并单元格, e.g. `A2:A5`: only the first cell of each holds the text. At most the first hundred.
    public let merges: [String]

    private let source: any RowSource
    private var shape: TableShape

    /// Opens a file and reads up to its headers. A spreadsheet is unpacked once to its end, so that a damaged one is refused here.
    /// - Throws: `Refusal` for what the person must mend in the file; other errors when the machine cannot read it.
    public init(path: String, options: TableOptions = TableOptions(), limits: TableLimits = TableLimits()) throws {
        let source = try openRows(path, options: options, limits: limits)
        let opening = try TableOpening(of: source, at: options.headerLine)
        shape = try TableShape(opening.header.cells, limit: limits.columns)
        merges = try source.merges(header: opening.header.line)
        (self.source, kind, sheets, sheet) = (source, source.kind, source.sheets, source.sheet)
        (headers, headerLine, preamble) = (shape.headers, opening.header.line, opening.above)
    }

    /// The next row that holds anything; nil at the end.
    /// - Throws: `Refusal`, naming the line, where the file cannot be read on.
    public func next() throws -> TableRow? {
        while let row = try source.next() {
            if row.isBlank { continue }
            let fitted = shape.fit(row)
            if !fitted.isBlank, !fitted.isTally { return fitted }
        }
        return nil
    }

    /// Every row that is left, in the order of the file.
    public func forEach(_ body: (TableRow) throws -> Void) throws {
        while let row = try next() { try body(row) }
    }

    /// How much of the file is read, 0 to 100.
    public var percentRead: Int { source.percentRead }

    /// 重名的表头。
    public var repeatedHeaders: [String] {
        Dictionary(grouping: headers.filter { !$0.isEmpty }, by: { $0 }).filter { $0.value.count > 1 }.keys.sorted()
    }
}

/// Where rows come from.
protocol RowSource: AnyObject {
    var kind: TableReader.Kind { get }
    var sheets: [String] { get }
    var sheet: String? { get }
    var percentRead: Int { get }
    /// Rows as they stand, blank ones and short ones too.
    func next() throws -> TableRow?
    /// Ranges merged below the header.
    /// - Throws: `invalid` when one touches it.
    func merges(header: Int) throws -> [String]
}

/// The rows down to the header.
struct TableOpening {
    private(set) var above: [TableRow] = []
    let header: TableRow

    /// How far down a header may stand.
    static let depth = 100

    init(of source: any RowSource, at headerLine: Int?) throws {
        if let headerLine, !(1...Self.depth).contains(headerLine) {
            throw Refusal.invalid("表头应在第 1 行至第 \(Self.depth) 行之间，请核对表头行")
        }
        while let row = try source.next() {
            if row.isBlank { continue }
            if row.line >= headerLine ?? 1 {
                guard row.line == headerLine ?? row.line else { break }
                header = row
                return
            }
            above.append(row)
        }
        guard let headerLine else { throw Refusal.invalid("表里没有内容，请确认上传的是填好的表") }
        throw Refusal.invalid("第 \(headerLine) 行没有表头，请核对表头在第几行")
    }
}
