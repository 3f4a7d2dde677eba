import Values

/// The rows of one sheet of a workbook.
final class SheetSource: RowSource {
    let kind = TableReader.Kind.spreadsheet
    let sheets: [String]
    let sheet: String?
    private let archive: ZipArchive
    private let part: String
    private let rows: SheetRows

    init(path: String, options: TableOptions, limits: TableLimits) throws(Refusal) {
        archive = try ZipArchive(path: path, limits: limits)
        let parts = try WorkbookParts(archive)
        let chosen = try parts.sheet(options.sheet)
        sheets = parts.sheets.filter(\.isVisible).map(\.name)
        (sheet, part) = (chosen.name, chosen.part)
        let reading = try CellReading(parts, archive, limits)
        guard let part = try archive.part(chosen.part) else { throw ZipArchive.damaged }
        rows = try SheetRows(part, reading, limits: limits)
    }

    var percentRead: Int { rows.percentRead }

    func next() throws -> TableRow? { try rows.next() }

    func merges(header: Int) throws -> [String] {
        var count = 0
        let merged = try allMerges { range in
            if range.lines.contains(header) { return true }
            count += range.lines.lowerBound > header ? 1 : 0
            return range.lines.lowerBound > header && count <= 100
        }
        if let across = merged.first(where: { $0.lines.contains(header) }) {
            throw Refusal.invalid("表头行（第 \(header) 行）的 \(across.text) 是合并单元格，请取消合并，每列写一个名称；如果这一行是标题，请指明表头在第几行")
        }
        return merged.map(\.text)
    }

    /// The sheet's own part, from its beginning.
    func sheetPart() throws(Refusal) -> ZipPart? { try archive.part(part) }

    /// Merged blocks, from the end of the part.
    func allMerges(where isWanted: (CellRange) -> Bool) throws(Refusal) -> [CellRange] {
        guard let part = try sheetPart() else { throw ZipArchive.damaged }
        return try SheetEnd.merges(in: part, where: isWanted)
    }
}
