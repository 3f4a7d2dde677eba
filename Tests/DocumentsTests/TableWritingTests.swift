import Foundation
import Testing
import Values
@testable import Documents

/// A part of a package as text.
private func part(_ name: String, of bytes: [UInt8]) throws -> String {
    let file = try TestFile(bytes), archive = try ZipArchive(path: file.path, limits: TableLimits())
    let part = try #require(try archive.part(name))
    var space = [UInt8](repeating: 0, count: part.declaredLength + 1), length = 0
    while case let count = try space.withUnsafeMutableBytes({ try part.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[length...])) }), count > 0 {
        length += count
    }
    return String(decoding: space[..<length], as: UTF8.self)
}

@Suite("导入模板")
struct TableTemplateTests {
    static let template = TableTemplate(title: "低保名单", columns: [
        TemplateColumn("姓名", isRequired: true, hint: "与证件一致", sample: "示例甲"),
        TemplateColumn("公民身份号码", isRequired: true, sample: "000181190001010017"),
        TemplateColumn("性别", choices: ["男", "女"]),
        TemplateColumn("社区", choices: (0..<100).map { "示范街道第\($0)社区" }, width: 30),
        TemplateColumn("说明", choices: ["甲,乙", "丙"]),
    ], instructions: ["每户一行。"])

    @Test("读回来就是那些表头，没有一行内容")
    func reading() throws {
        let file = try TestFile(Self.template.spreadsheet()), reader = try file.reader()
        #expect(reader.headers == ["姓名", "公民身份号码", "性别", "社区", "说明"])
        #expect(reader.sheets == ["低保名单", "填写说明"])
        #expect(try reader.next() == nil)
    }

    @Test("说明页写着各列")
    func instructions() throws {
        let rows = try TestFile(Self.template.spreadsheet()).rows(TableOptions(sheet: "填写说明", headerLine: 4))
        #expect(rows.map { Array($0.cells[0...1]) } == [["姓名", "必填"], ["公民身份号码", "必填"], ["性别", ""], ["社区", ""], ["说明", ""]])
        #expect(rows[1].cells[3] == "000181190001010017")
        #expect(rows[3].cells[4].hasSuffix(" 等 100 项"))
        #expect(try TestFile(Self.template.spreadsheet()).rows(TableOptions(sheet: "填写说明"))[0].cells[0] == "每户一行。")
    }

    @Test("短的选项在格里，长的和含逗号的在隐藏的表上")
    func lists() throws {
        let bytes = try Self.template.spreadsheet(), sheet = try part("xl/worksheets/sheet1.xml", of: bytes)
        #expect(sheet.contains("<formula1>\"男,女\"</formula1>"))
        #expect(sheet.contains("'选项'!$A$1:$A$100"))
        #expect(sheet.contains("'选项'!$B$1:$B$2"))
        #expect(sheet.contains("sqref=\"C2:C1048576\""))
        #expect(try part("xl/workbook.xml", of: bytes).contains("name=\"选项\" sheetId=\"3\" state=\"hidden\""))
        #expect(try part("xl/comments1.xml", of: bytes).contains("与证件一致"))
    }

    @Test("选项长度的两边，按字节算", arguments: [("a", 255, true), ("a", 256, false), ("甲", 85, true), ("甲", 86, false), ("甲", 255, false)])
    func listLength(_ letter: String, _ length: Int, _ isInline: Bool) throws {
        let choices = letter == "a" ? ["b", String(repeating: letter, count: length - 2)] : [String(repeating: letter, count: length)]
        let bytes = try TableTemplate(title: "表", columns: [TemplateColumn("列", choices: choices)]).spreadsheet()
        #expect(try part("xl/worksheets/sheet1.xml", of: bytes).contains("'选项'!") != isInline)
    }

    @Test("没有选项、没有说明、标题就叫填写说明")
    func plain() throws {
        let template = TableTemplate(title: "填写说明", columns: [TemplateColumn("甲")])
        #expect(try TestFile(template.spreadsheet()).reader().sheets == ["填写说明", "说明"])
        #expect(template.csv() == [0xEF, 0xBB, 0xBF] + Array("甲\r\n".utf8))
    }
}

@Suite("退回表")
struct ReturnedTableTests {
    private static func fault(_ row: TableRow) -> [TableFault] {
        row.cells[1] == "错" ? [TableFault(column: 1, "应是数字"), TableFault(column: nil, "整行重复")] : []
    }

    @Test("文本：原编码、原分隔符、表头在原来的行", arguments: TextReadingTests.encodings, [",", "\t", ";"])
    func text(_ encoding: TableEncoding, _ separator: String) throws {
        let text = "标题\n\n姓名,值\n\"甲\n一\",\"a,b;c\t\"\n乙,错\n'=1,3\n".split(separator: ",", omittingEmptySubsequences: false).joined(separator: separator)
            .replacingOccurrences(of: "a\(separator)b", with: "a,b")
        let file = try TestFile(encoding.mark + encoding.encode(Array(text.utf8))), out = try TestFile()
        let options = TableOptions(headerLine: 3)
        #expect(try ReturnedTable(of: file.path, options: options).write(to: out.path, faults: Self.fault) == 1)
        #expect(try out.reader(options).kind == file.reader(options).kind)
        #expect(try out.reader(options).headers == ["姓名", "值"])
        #expect(try out.rows(options) == file.rows(options))
        let all = try #require(try TableEncoding.gb18030 == encoding ? TextEncoding.gb18030.decode(out.bytes) : decoded(out.bytes, encoding))
        #expect(all.contains("导入问题"))
        #expect(all.contains("值：应是数字；整行重复"))
    }

    private func decoded(_ bytes: [UInt8], _ encoding: TableEncoding) -> String? {
        switch encoding {
        case .utf16LittleEndian: String(data: Data(bytes.dropFirst(2)), encoding: .utf16LittleEndian)
        case .utf16BigEndian: String(data: Data(bytes.dropFirst(2)), encoding: .utf16BigEndian)
        default: String(validating: bytes, as: UTF8.self)
        }
    }

    @Test("电子表格：错格着色加批注，再退回一次也只有一列问题")
    func spreadsheet() throws {
        let texts = { (cells: [String]) in cells.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() }
        let book = TestBook("<row r=\"1\">\(texts(["标题"]))</row><row r=\"3\">\(texts(["*姓名", "值", "备注"]))</row><row r=\"4\">\(texts(["甲", "1"]))</row>"
            + "<row r=\"9\">\(texts(["000181190001010017", "错"]))</row>")
        let file = try TestFile(book.zip.file), out = try TestFile(), again = try TestFile(), options = TableOptions(sheet: "名单", headerLine: 3)
        #expect(try ReturnedTable(of: file.path, options: options).write(to: out.path, faults: Self.fault) == 1)
        #expect(try out.rows(options).map(\.cells) == file.rows(options).map(\.cells))
        #expect(try part("xl/comments1.xml", of: out.bytes).contains("应是数字"))
        #expect(try part("xl/worksheets/sheet1.xml", of: out.bytes).contains("值：应是数字；整行重复"))
        #expect(try ReturnedTable(of: out.path, options: options, keeping: .faulty).write(to: again.path, faults: Self.fault) == 1)
        #expect(try again.rows(options).map(\.cells) == [["000181190001010017", "错", ""]])
        #expect(try part("xl/worksheets/sheet1.xml", of: again.bytes).components(separatedBy: "导入问题").count == 2)
    }

    @Test("批注有限，着色无限")
    func manyFaults() throws {
        let rows = (2...1200).map { "<row r=\"\($0)\"><c><v>\($0)</v></c></row>" }.joined()
        let file = try TestFile(TestBook(#"<row r="1"><c t="inlineStr"><is><t>值</t></is></c></row>"# + rows).zip.file), out = try TestFile()
        #expect(try ReturnedTable(of: file.path).write(to: out.path) { _ in [TableFault(column: 0, "错")] } == 1199)
        #expect(try part("xl/comments1.xml", of: out.bytes).components(separatedBy: "<comment ").count == 1001)
        #expect(try out.rows().count == 1199)
    }

    @Test("写进已经打开的文件，也写得进没有名字的")
    func openFile() throws {
        let file = try TestFile(TestBook(headers: 2, cells: "<c><v>1</v></c><c><v>2</v></c>").zip.file), out = try TestFile()
        let handle = try #require(FileHandle(forUpdatingAtPath: out.path))
        try FileManager.default.removeItem(atPath: out.path)
        let nameless = "/proc/self/fd/\(handle.fileDescriptor)"
        #expect(try ReturnedTable(of: file.path).write(to: nameless) { _ in [TableFault(column: 0, "错")] } == 1)
        #expect(try TestFile(Array(try handle.readToEnd() ?? Data())).rows().map(\.cells) == file.rows().map(\.cells))
    }
}

@Suite("报表填报")
struct OutgoingFormTests {
    private static let form: TestBook = {
        let texts = { (cells: [String]) in cells.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() }
        var book = TestBook("<row r=\"1\">\(texts(["最低生活保障统计表", "", ""]))</row><row r=\"2\">\(texts(["序号", "家庭", ""]))</row>"
            + "<row r=\"3\">\(texts(["", "户主 姓名", "身份号码"]))</row><row r=\"6\">\(texts(["填报人："]))</row>")
        book.before = #"<cols><col min="1" max="1" width="9.5"/><col min="2" max="16384" width="22"/></cols>"#
        book.after = #"<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/><mergeCell ref="A8:C9"/></mergeCells>"#
        return book
    }()

    @Test("标题和表头照旧，我们的行在下面，落款在最后")
    func filling() throws {
        let file = try TestFile(Self.form.zip.file)
        let form = try OutgoingForm(template: file.path, options: TableOptions(headerLine: 3), keepsFooter: true)
        #expect(form.headers == ["序号", "户主姓名", "身份号码"])
        try form.add(row: [.integer(1), .text("示例甲"), .text("000181190001010017")])
        try form.add(row: [.integer(2), .text("示例乙"), .empty])
        let bytes = try form.finish(), sheet = try part("xl/worksheets/sheet1.xml", of: bytes)
        for range in ["A1:C1", "A2:A3", "B2:C2"] { #expect(sheet.contains("<mergeCell ref=\"\(range)\"/>")) }
        #expect(!sheet.contains("A8:C9"))
        #expect(sheet.contains("最低生活保障统计表"))
        let rows = try TestFile(bytes).linesBelowTheFirst()
        #expect(rows == [["序号", "家庭", ""], ["", "户主 姓名", "身份号码"], ["1", "示例甲", "000181190001010017"], ["2", "示例乙", ""], ["填报人：", "", ""]])
    }

    @Test("不留落款；行数不符、写完再写是程序的错")
    func misuse() throws {
        let file = try TestFile(Self.form.zip.file), form = try OutgoingForm(template: file.path, options: TableOptions(headerLine: 3))
        #expect(throws: SpreadsheetFailure.self) { try form.add(row: [.empty]) }
        #expect(try !part("xl/worksheets/sheet1.xml", of: form.finish()).contains("填报人"))
        #expect(throws: SpreadsheetFailure.self) { try form.add(row: [.empty, .empty, .empty]) }
    }

    @Test("模板不是电子表格、表头行是空的")
    func refusals() throws {
        let text = try TestFile(Array("甲,乙".utf8)), book = try TestFile(Self.form.zip.file)
        #expect(throws: Refusal.self) { try OutgoingForm(template: text.path) }
        #expect(throws: Refusal.self) { try OutgoingForm(template: book.path, options: TableOptions(headerLine: 4)) }
    }
}

extension TestFile {
    /// The texts of every line after the first, as the sheet has them, padded to the widest.
    fileprivate func linesBelowTheFirst() throws -> [[String]] {
        let source = try openRows(path, options: TableOptions(), limits: TableLimits())
        var rows: [[String]] = []
        while let row = try source.next() { rows.append(row.cells) }
        let width = rows.map(\.count).max() ?? 0
        return rows.dropFirst().map { $0 + Array(repeating: "", count: width - $0.count) }
    }
}
