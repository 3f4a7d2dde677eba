import Foundation
@testable import Documents

/// A workbook written part by part, so that every oddity of other programs can be made.
struct TestBook {
    var rows = ""
    var strings = ""
    var formats = ""
    var styles: [Int] = [0]
    var sheets = #"<sheet name="名单" sheetId="1" r:id="rId1"/>"#
    var properties = ""
    var before = "", after = ""
    var sheetPart: String?

    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    init(_ rows: String = "") { self.rows = rows }

    /// A header of inline texts on line 1 and these cells on line 2.
    init(headers: Int, cells: String) {
        let header = (0..<headers).map { #"<c t="inlineStr"><is><t>列\#($0)</t></is></c>"# }.joined()
        rows = "<row r=\"1\">\(header)</row><row r=\"2\">\(cells)</row>"
    }

    var zip: TestZip {
        var zip = TestZip()
        zip.add("_rels/.rels", relations([("rId1", "officeDocument", "xl/workbook.xml")]))
        zip.add("xl/workbook.xml", "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\">\(properties)<sheets>\(sheets)</sheets></workbook>")
        zip.add("xl/_rels/workbook.xml.rels", relations([
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "/xl/worksheets/sheet2.xml"),
            ("rId8", "sharedStrings", "sharedStrings.xml"), ("rId9", "styles", "../xl/styles.xml"),
        ]))
        let xfs = styles.map { "<xf numFmtId=\"\($0)\"/>" }.joined()
        zip.add("xl/styles.xml", "<styleSheet><numFmts>\(formats)</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>\(xfs)</cellXfs></styleSheet>")
        zip.add("xl/sharedStrings.xml", "<sst xmlns=\"\(Self.main)\">\(strings)</sst>")
        zip.add("xl/worksheets/sheet1.xml", sheetPart ?? sheet(rows))
        zip.add("xl/worksheets/sheet2.xml", sheet(#"<row><c t="inlineStr"><is><t>第二张</t></is></c></row>"#))
        return zip
    }

    private func sheet(_ rows: String) -> String {
        "<?xml version=\"1.0\"?>\n<worksheet xmlns=\"\(Self.main)\">\(before)<sheetData>\(rows)</sheetData>\(after)</worksheet>"
    }

    private func relations(_ all: [(id: String, kind: String, target: String)]) -> String {
        "<Relationships>" + all.map { "<Relationship Id=\"\($0.id)\" Type=\"\(Self.office)/\($0.kind)\" Target=\"\($0.target)\"/>" }.joined() + "</Relationships>"
    }
}

/// A file that lives as long as this.
final class TestFile {
    let path: String

    init(_ bytes: [UInt8] = []) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("table-\(UUID().uuidString)").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var bytes: [UInt8] { get throws { Array(try Data(contentsOf: URL(fileURLWithPath: path))) } }

    func reader(_ options: TableOptions = TableOptions(), limits: TableLimits = TableLimits()) throws -> TableReader {
        try TableReader(path: path, options: options, limits: limits)
    }

    /// Every row.
    func rows(_ options: TableOptions = TableOptions(), limits: TableLimits = TableLimits()) throws -> [TableRow] {
        let reader = try reader(options, limits: limits)
        var rows: [TableRow] = []
        try reader.forEach { rows.append($0) }
        return rows
    }
}
