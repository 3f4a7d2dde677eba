import Pages
import Values

/// 公文的 Word 文档。An official paper as docx: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, 22 lines of 28 characters.
///
/// GB/T 9704-2012: title in 2号小标宋, body in 3号仿宋, levels in 黑体, 楷体, 仿宋; page numbers in 4号宋体 between dashes.
public enum WordPaper {
    /// The same paper of the same moment is the same bytes.
    public static func docx(_ paper: OfficialPaper, madeAt: Instant) throws -> [UInt8] {
        let zip = ZipWriter()
        zip.add("[Content_Types].xml", WordParts.contentTypes)
        zip.add("_rels/.rels", WordParts.relations)
        zip.add("docProps/core.xml", WordParts.core(title: paper.title, author: paper.unit, madeAt: madeAt))
        zip.add("word/document.xml", WordBody(paper).xml)
        zip.add("word/_rels/document.xml.rels", WordParts.documentRelations)
        zip.add("word/styles.xml", WordParts.styles)
        zip.add("word/settings.xml", WordParts.settings)
        zip.add("word/fontTable.xml", WordParts.fontTable)
        zip.add("word/footer1.xml", WordParts.footer(isOdd: true))
        zip.add("word/footer2.xml", WordParts.footer(isOdd: false))
        return try zip.finish()
    }
}

/// The body of a paper, paragraph by paragraph.
struct WordBody {
    private let paper: OfficialPaper

    init(_ paper: OfficialPaper) { self.paper = paper }

    var xml: String {
        var body = paragraph("Title", [.init(paper.title)])
        if !paper.number.isEmpty { body += paragraph("Number", [.init(paper.number)]) }
        body += empty
        if !paper.addressee.isEmpty { body += paragraph("Addressee", [.init("\(paper.addressee)：")]) }
        body += blocks(paper.blocks)
        if !paper.annexLines.isEmpty { body += empty + paper.annexLines.map { paragraph("Annexes", [.init($0)]) }.joined() }
        body += empty + closing
        if !paper.footer.isEmpty { body += paragraph("Trace", [.init(paper.footer)]) }
        for (index, annex) in paper.annexes.enumerated() {
            body += paragraph("AnnexMark", [.init(paper.annexMark(index))]) + paragraph("AnnexTitle", [.init(annex.title)]) + blocks(annex.blocks)
        }
        return "\(WordParts.opening)<w:document \(WordParts.namespaces)><w:body>\(body)\(WordParts.section)</w:body></w:document>"
    }

    private var empty: String { "<w:p><w:pPr><w:pStyle w:val=\"Plain\"/></w:pPr></w:p>" }

    private func blocks(_ blocks: [OfficialPaper.Block]) -> String {
        OfficialPaper.numbered(blocks).map { number, block in
            switch block {
            case .heading(let level, let text): paragraph("Level\(level.rawValue)", [.init(number + text)])
            case .paragraph(let runs): paragraph("Normal", runs)
            case .table(let table): WordTable(table).xml
            }
        }.joined()
    }

    /// 署名以成文日期为准居中，成文日期右空四字: both indents in hundredths of a character.
    private var closing: String {
        let dateIndent = 400, wider = displayWidth(paper.date) - displayWidth(paper.unit)
        let unitIndent = max(0, dateIndent + wider * 25)
        return closingLine(paper.unit, unitIndent, isTied: true) + closingLine(paper.date, dateIndent, isTied: false)
    }

    private func closingLine(_ text: String, _ indent: Int, isTied: Bool) -> String {
        guard !text.isEmpty else { return "" }
        let tie = isTied ? "<w:keepNext/>" : ""
        let place = "<w:ind w:rightChars=\"\(indent)\" w:right=\"\(indent * 316 / 100)\"/><w:jc w:val=\"right\"/>"
        return "<w:p><w:pPr><w:pStyle w:val=\"Plain\"/>\(tie)\(place)</w:pPr>\(WordRun.xml(.init(text)))</w:p>"
    }

    private func paragraph(_ style: String, _ runs: [OfficialPaper.Run]) -> String {
        "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/></w:pPr>\(runs.map(WordRun.xml).joined())</w:p>"
    }
}

/// A stretch of text.
enum WordRun {
    static func xml(_ run: OfficialPaper.Run) -> String {
        let look = switch run.style {
        case .plain: ""
        case .strong: "<w:rPr><w:b/></w:rPr>"
        case .mark: "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>"
        }
        return "<w:r>\(look)\(text(run.text))</w:r>"
    }

    /// Tabs and line breaks are elements of their own.
    private static func text(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { "<w:t xml:space=\"preserve\">\(escaped($0))</w:t>" }.joined(separator: "<w:tab/>")
        }.joined(separator: "<w:br/>")
    }

    /// Characters that XML can't hold are left out.
    static func escaped(_ text: some StringProtocol) -> String {
        var xml = String.UnicodeScalarView()
        for mark in text.unicodeScalars {
            switch mark {
            case "&": xml.append(contentsOf: "&amp;".unicodeScalars)
            case "<": xml.append(contentsOf: "&lt;".unicodeScalars)
            case ">": xml.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": xml.append(contentsOf: "&quot;".unicodeScalars)
            case _ where mark.value < 0x20 && mark != "\t" && mark != "\n": continue
            case "\u{FFFE}", "\u{FFFF}": continue
            default: xml.append(mark)
            }
        }
        return String(xml)
    }
}

/// A table with hairlines, its head repeated on each page.
struct WordTable {
    private let table: Sheet.Table
    /// In twips.
    private static let width = 8845

    init(_ table: Sheet.Table) { self.table = table }

    var xml: String {
        let caption = table.caption.isEmpty ? "" : "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/></w:pPr>\(WordRun.xml(.init(table.caption)))</w:p>"
        let grid = widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined()
        let properties = "<w:tblPr><w:tblW w:w=\"\(Self.width)\" w:type=\"dxa\"/><w:tblBorders>\(borders)</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr>"
        let head = row(table.columns.map { Sheet.Cell($0.title) }, isHead: true, isBold: true)
        let rows = table.rows.map { row($0.cells, isHead: false, isBold: $0.isTotal) }.joined()
        // Word wants a paragraph behind a table.
        return "\(caption)<w:tbl>\(properties)<w:tblGrid>\(grid)</w:tblGrid>\(head)\(rows)</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>"
    }

    private var borders: String {
        ["top", "left", "bottom", "right", "insideH", "insideV"].map { "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>" }.joined()
    }

    /// By share, but no column so narrow that a code or a number breaks: what it lacks is taken from those that have more than they need.
    var widths: [Int] {
        let shared = shares, needs = table.columns.indices.map(need(of:))
        let lacking = zip(shared, needs).map { max($1 - $0, 0) }.reduce(0, +), spare = zip(shared, needs).map { max($0 - $1, 0) }
        let whole = spare.reduce(0, +)
        guard lacking > 0, whole >= lacking else { return shared }
        return shared.indices.map { max(shared[$0], needs[$0]) - spare[$0] * lacking / whole }
    }

    /// What the longest piece of a column takes on one line, with the margins of its cell: in twips, for type of 10.5 points.
    private func need(of column: Int) -> Int {
        let texts = [table.columns[column].title] + table.rows.compactMap { column < $0.cells.count ? $0.cells[column].text : nil }
        let widest = texts.flatMap { $0.split(whereSeparator: \.isWhitespace) }.map { piece -> Int in
            // Han text may break anywhere; what is short, or isn't Han text, is kept whole.
            let width = piece.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 210 : ("A" ... "Z").contains($1) ? 150 : 105) }
            return piece.count <= 6 || piece.allSatisfy(\.isASCII) ? width : 0
        }
        return min(widest.max() ?? 0, Self.width / 3) + 260
    }

    private var shares: [Int] {
        let shares = table.columns.enumerated().map { place, column -> Int in
            if let share = column.share { return max(share, 1) * 4 }
            let texts = [column.title] + table.rows.compactMap { place < $0.cells.count ? $0.cells[place].text : nil }
            return min(max(texts.map(displayWidth).max() ?? 0, 5), 40) + 2
        }
        let whole = max(shares.reduce(0, +), 1)
        return shares.map { Self.width * $0 / whole }
    }

    private func row(_ cells: [Sheet.Cell], isHead: Bool, isBold: Bool) -> String {
        let properties = isHead ? "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" : "<w:trPr><w:cantSplit/></w:trPr>"
        let drawn = zip(table.columns, zip(widths, cells)).map { column, cell in
            let side = isHead ? "center" : column.isAtRight ? "right" : "left"
            let runs = [OfficialPaper.Run(cell.1.text, isBold ? .strong : .plain)] + (cell.1.note.isEmpty ? [] : [.init("\n\(cell.1.note)")])
            let content = "<w:p><w:pPr><w:pStyle w:val=\"Cell\"/><w:jc w:val=\"\(side)\"/></w:pPr>\(runs.map(WordRun.xml).joined())</w:p>"
            return "<w:tc><w:tcPr><w:tcW w:w=\"\(cell.0)\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>\(content)</w:tc>"
        }
        return "<w:tr>\(properties)\(drawn.joined())</w:tr>"
    }
}
