import Foundation
import Testing
import Values
@testable import Documents

/// Reads the first sheet with Python's standard library: cells as "type|format|text", rows by lines, then what else is asked.
private let reader = """
    import sys, zipfile, xml.etree.ElementTree as E
    n = {'m': 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'}
    z = zipfile.ZipFile(sys.argv[1])
    book, sheet, style = (E.fromstring(z.read('xl/' + p)) for p in ('workbook.xml', 'worksheets/sheet1.xml', 'styles.xml'))
    codes = {f.get('numFmtId'): f.get('formatCode') for f in style.iterfind('.//m:numFmt', n)}
    formats = [codes.get(x.get('numFmtId'), x.get('numFmtId')) for x in style.iterfind('.//m:cellXfs/m:xf', n)]
    print(book.find('.//m:sheet', n).get('name'))
    print('frozen', sheet.find('.//m:pane', n).get('ySplit'), sheet.find('.//m:pane', n).get('state'))
    print('widths', *(int(float(c.get('width'))) for c in sheet.iterfind('.//m:col', n)))
    for row in sheet.iterfind('.//m:row', n):
        print('\\t'.join('|'.join((c.get('t', 'n'), formats[int(c.get('s', 0))], ''.join(c.itertext()))) for c in row))
    """

private let python = "/usr/bin/python3"

private func read(_ bytes: [UInt8]) throws -> [String] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process(), output = Pipe()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", reader, file.path]
    process.environment = ["PYTHONIOENCODING": "utf-8"]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text.split(separator: "\n").map(String.init)
}

@Suite("电子表格")
struct SpreadsheetTests {
    static let columns = [SpreadsheetColumn("公民身份号码"), SpreadsheetColumn("人数", .integer), SpreadsheetColumn("月保障金", .money)]

    @Test("身份号码是文字，金额和人数是数值，末行是行数", .enabled(if: FileManager.default.isExecutableFile(atPath: python)))
    func contents() throws {
        let writer = try SpreadsheetWriter(title: "低保[台账]/2024", columns: Self.columns)
        try writer.add(row: [.text("000181190001010017"), .integer(3), .money(Money(fen: 123_456_789))])
        try writer.add(row: [.text("=1+1"), .integer(-1_000_000_000_000_000), .money(Money(fen: -1))])
        try writer.add(row: [.empty, .empty, .text("暂定")])
        let bytes = try writer.finish()
        #expect(bytes.starts(with: Array("PK".utf8)))
        #expect(try read(bytes) == [
            "低保台账2024", "frozen 1 frozen", "widths 20 19 14",
            "inlineStr|0|公民身份号码\tinlineStr|0|人数\tinlineStr|0|月保障金",
            "inlineStr|49|000181190001010017\tn|1|3\tn|4|1234567.89",
            "inlineStr|49|=1+1\tinlineStr|49|-1000000000000000\tn|4|-0.01",
            "inlineStr|49|暂定",
            "inlineStr|49|共 3 行",
        ])
    }

    @Test("没有数据也是一张完整的表", .enabled(if: FileManager.default.isExecutableFile(atPath: python)))
    func empty() throws {
        let lines = try read(try SpreadsheetWriter(title: "", columns: Self.columns).finish())
        #expect(lines.first == "表")
        #expect(lines.last == "inlineStr|49|共 0 行")
    }

    @Test("文字放不下时退回，不截断", arguments: [(32_767, true), (32_768, false)])
    func longText(_ length: Int, _ accepted: Bool) throws {
        let writer = try SpreadsheetWriter(title: "表", columns: [SpreadsheetColumn("说明")])
        let text = String(repeating: "长", count: length)
        if accepted { try writer.add(row: [.text(text)]) } else {
            #expect { try writer.add(row: [.text(text)]) } throws: { ($0 as? Refusal)?.kind == .tooLarge }
        }
    }

    @Test("列数不符、写完再写，都是程序的错")
    func misuse() throws {
        let writer = try SpreadsheetWriter(title: "表", columns: Self.columns)
        #expect(throws: SpreadsheetFailure.self) { try writer.add(row: [.empty]) }
        _ = try writer.finish()
        #expect(throws: SpreadsheetFailure.self) { try writer.add(row: [.empty, .empty, .empty]) }
        #expect(throws: SpreadsheetFailure.self) { try writer.finish() }
    }

    @Test("显示宽度：汉字算两格", arguments: [("", 0), ("abc", 3), ("民政", 4), ("甲1", 3), ("（一）", 6), ("𠮷", 2), ("甲\n乙丙", 4)])
    func widths(_ text: String, _ width: Int) {
        #expect(displayWidth(text) == width)
    }

    @Test("金额的宽度含分节号", arguments: [(0, 4), (99_999, 6), (100_000, 8), (-123_456_789, 13)] as [(Int64, Int)])
    func moneyWidth(_ fen: Int64, _ width: Int) {
        #expect(SpreadsheetCell.money(Money(fen: fen)).width == width)
    }

    @Test("工作表名称", arguments: [
        ("", "表"), ("[]", "表"), ("'甲'", "甲"), ("a:b*c?d/e\\f", "abcdef"),
        (String(repeating: "甲", count: 31), String(repeating: "甲", count: 31)),
        (String(repeating: "甲", count: 32), String(repeating: "甲", count: 31)),
        (String(repeating: "𠮷", count: 16), String(repeating: "𠮷", count: 15)),
    ])
    func names(_ title: String, _ name: String) {
        #expect(sheetName(title) == name)
    }
}
