import Values

/// What of an empty form is kept: its lines down to the header, what is merged there, how wide its columns are, and its last lines.
struct FormTemplate {
    let sheet: String
    let headerLine: Int
    let headers: [String]
    let top: [TableRow]
    let footer: [TableRow]
    let merges: [CellRange]
    /// In half-width characters, by column.
    let widths: [(column: Int, width: Int)]

    init(_ path: String, _ options: TableOptions, keepsFooter: Bool, _ limits: TableLimits) throws {
        guard let source = try openRows(path, options: options, limits: limits) as? SheetSource else {
            throw Refusal.invalid("报表模板应是 .xlsx 电子表格，请另存为 .xlsx 后重新上传")
        }
        let opening = try TableOpening(of: source, at: options.headerLine)
        let line = opening.header.line
        let merges = try source.allMerges { $0.lines.upperBound <= line }
        sheet = source.sheet ?? "表"
        headers = try Self.headers(opening, merges, limits)
        let width = headers.count
        top = (opening.above + [opening.header]).map { Self.cut($0, to: width) }
        footer = keepsFooter ? try Self.footer(of: source) : []
        widths = try source.columnWidths(upTo: width)
        self.merges = merges.filter { $0.columns.upperBound < width }
        headerLine = line
    }

    /// A line above the header with a single text is a title, not a heading.
    func isTitle(_ row: TableRow) -> Bool {
        row.line < headerLine && row.cells.count { !$0.isEmpty } == 1 && !merges.contains { $0.lines.contains(headerLine) && $0.lines.contains(row.line) }
    }

    /// The texts of the header line; where it is merged with lines above, the text of those.
    private static func headers(_ opening: TableOpening, _ merges: [CellRange], _ limits: TableLimits) throws(Refusal) -> [String] {
        var headers = opening.header.cells
        let texts = Dictionary(opening.above.map { ($0.line, $0.cells) }, uniquingKeysWith: { first, _ in first })
        for range in merges where range.lines.contains(opening.header.line) && range.columns.lowerBound < limits.columns {
            guard let cells = texts[range.lines.lowerBound], range.columns.lowerBound < cells.count else { continue }
            while headers.count <= range.columns.lowerBound { headers.append("") }
            headers[range.columns.lowerBound] = cells[range.columns.lowerBound]
        }
        while headers.last?.allSatisfy(\.isWhitespace) == true { headers.removeLast() }
        guard headers.count <= limits.columns else { throw .tooLarge("报表模板的列过多，请核对") }
        return headers.map { $0.filter { !$0.isWhitespace } }
    }

    private static func cut(_ row: TableRow, to width: Int) -> TableRow {
        let cells = row.cells.prefix(width) + Array(repeating: "", count: max(0, width - row.cells.count))
        return TableRow(line: row.line, cells: Array(cells))
    }

    private static func footer(of source: SheetSource) throws -> [TableRow] {
        var footer: [TableRow] = []
        while let row = try source.next() {
            if row.isBlank { continue }
            guard footer.count < 100 else { throw Refusal.invalid("报表模板的表头下面内容过多，请只留下空表") }
            footer.append(row)
        }
        return footer
    }
}

extension SheetSource {
    /// As the sheet says before its rows.
    func columnWidths(upTo count: Int) throws -> [(column: Int, width: Int)] {
        guard let part = try sheetPart() else { return [] }
        let xml = try XMLScanner(part)
        var widths: [(column: Int, width: Int)] = []
        while true {
            switch try xml.next() {
            case .opening where xml.isNamed("col"):
                guard let first = xml.attribute("min").flatMap(wholeNumber), let last = xml.attribute("max").flatMap(wholeNumber),
                      let width = try xml.text(of: "width").flatMap(Double.init), (0...255).contains(width), first > 0, first <= last else { continue }
                for column in first...max(first, min(last, count)) { widths.append((column - 1, Int(width.rounded()))) }
                guard widths.count <= 20_000 else { throw ZipArchive.tooBig }
            case .opening where xml.isNamed("sheetData"), .end: return widths
            default: continue
            }
        }
    }
}
