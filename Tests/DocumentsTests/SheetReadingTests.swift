import Testing
import Values
@testable import Documents

/// The second line of a one-column sheet.
private func cell(_ xml: String, _ change: (inout TestBook) -> Void = { _ in }) throws -> TableRow {
    var book = TestBook(headers: 1, cells: xml)
    change(&book)
    return try #require(try TestFile(book.zip.file).rows().first)
}

/// What the office says to this file.
private func refusal(_ bytes: [UInt8], _ options: TableOptions = TableOptions(), limits: TableLimits = TableLimits()) throws -> Refusal {
    try #require(throws: Refusal.self) { _ = try TestFile(bytes).rows(options, limits: limits) }
}

private func number(_ value: String, style: Int = 0) -> String { "<c r=\"A2\" s=\"\(style)\"><v>\(value)</v></c>" }

@Suite("读取电子表格")
struct SheetReadingTests {
    @Test("文字：内联、富文本、注音、实体、共享", arguments: [
        (#"<c t="inlineStr"><is><t>甲</t></is></c>"#, "甲"),
        (#"<c r="A2" t="inlineStr"><is><r><rPr><b/></rPr><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r></is></c>"#, "甲 乙"),
        (#"<c t="inlineStr"><is><t>甲</t><rPh sb="0" eb="1"><t>jia</t></rPh></is></c>"#, "甲"),
        (#"<c t="inlineStr"><is><t>&lt;&amp;&gt;&quot;&apos;&#30002;&#x7532;</t></is></c>"#, "<&>\"'甲甲"),
        (#"<c t="inlineStr"><is><t>甲_x000D_乙_x005F_x</t></is></c>"#, "甲\r乙_x"),
        (#"<c t="inlineStr"><is><t>_x00G0_ _x甲_</t></is></c>"#, "_x00G0_ _x甲_"),
        (#"<c t="inlineStr"><is><t><![CDATA[<甲>&]]></t></is></c>"#, "<甲>&"),
        ("<!-- <c> --><c t='inlineStr'><is><t>甲</t></is></c>", "甲"),
        (#"<c t="s"><v>0</v></c>"#, "共享"), (#"<c t="s"><v>1</v></c>"#, "富文本"),
        (#"<c t="str"><v>文字</v></c>"#, "文字"), (#"<c t="b"><v>1</v></c>"#, "是"), (#"<c t="b"><v>0</v></c>"#, "否"),
        (#"<c t="d"><v>2024-07-01T00:00:00</v></c>"#, "2024-07-01"), (#"<c t="d"><v>2024-07-01T08:30:00</v></c>"#, "2024-07-01 08:30:00"),
        (#"<c t="inlineStr"><is><t>2024年7月1日</t></is></c>"#, "2024年7月1日"),
    ])
    func texts(_ xml: String, _ text: String) throws {
        let row = try cell(xml) { $0.strings = "<si><t>共享</t><phoneticPr/></si><si><r><t>富</t></r><r><t>文本</t></r><rPh><t>x</t></rPh></si>" }
        #expect(row == TableRow(line: 2, cells: [text]))
    }

    @Test("数值：不带多余的点和指数，十五位内准确", arguments: [
        ("0", "0"), ("7", "7"), ("-12", "-12"), ("735.5", "735.5"), ("735.0", "735"), ("1E3", "1000"), ("1.5E-3", "0.0015"),
        ("1.10105E+5", "110105"), ("0.30000000000000004", "0.3"), ("735.10000000000002", "735.1"), ("99999.999999999993", "100000"),
        ("-0", "0"), ("00", "0"), ("123456789012345", "123456789012345"), ("1.23456789012345E+14", "123456789012345"),
    ])
    func numbers(_ value: String, _ text: String) throws {
        #expect(try cell(number(value)) == TableRow(line: 2, cells: [text]))
    }

    @Test("存成数字的长号码指出来", arguments: [
        ("1.10105E+17", "身份号码"), ("110105199001010000", "身份号码"), ("1234567890123456", "长号码"), ("6.2122612345678E+18", "长号码"), ("123456789012345", nil),
    ] as [(String, String?)])
    func longNumbers(_ value: String, _ what: String?) throws {
        let expected = what.map { [TableFault(column: 0, "\($0)在表里被存成了数字，末几位已丢失，请把该列设为文本后重填")] } ?? []
        #expect(try cell(number(value)).faults == expected)
    }

    @Test("不成数字的、错误值、没有结果的公式都是问题", arguments: [
        (number("1.2.3"), "1.2.3", "无法识别"), (number("1e999"), "1e999", "无法识别"), (number("NaN"), "NaN", "无法识别"),
        (#"<c t="e"><v>#N/A</v></c>"#, "#N/A", "错误值 #N/A"), (#"<c><f>A1+1</f></c>"#, "", "公式"),
    ])
    func faults(_ xml: String, _ text: String, _ part: String) throws {
        let row = try cell(xml)
        #expect(row.cells == [text])
        #expect(row.faults.first?.column == 0)
        #expect(row.faults.first?.message.contains(part) == true)
    }

    @Test("公式取存下的结果并标明", arguments: [
        (#"<c r="A2"><f>1+1</f><v>2</v></c>"#, "2"), (#"<c r="A2" t="str"><f>"甲"</f><v>甲</v></c>"#, "甲"), (#"<c><f t="shared" si="0"/><v>3</v></c>"#, "3"),
    ])
    func formulas(_ xml: String, _ text: String) throws {
        #expect(try cell(xml) == TableRow(line: 2, cells: [text], formulas: [0]))
    }

    @Test("日期：内置格式", arguments: [
        (14, "45474", "2024-07-01"), (14, "45474.5", "2024-07-01"), (15, "1", "1900-01-01"), (16, "59", "1900-02-28"), (14, "61", "1900-03-01"),
        (14, "2958465", "9999-12-31"), (14, "36526", "2000-01-01"), (14, "45351", "2024-02-29"), (31, "45474", "2024-07-01"), (58, "45474", "2024-07-01"),
        (17, "45474", "2024-07"), (57, "45474", "2024-07"), (57, "45475", "2024-07-02"), (27, "45474", "2024-07"),
        (22, "45474.354166666664", "2024-07-01 08:30:00"), (22, "45474", "2024-07-01"), (20, "0.354166666666667", "08:30:00"), (21, "0.99999999", "2024-01-01?"),
        (46, "1.5", "36:00:00"), (9, "0.3", "30%"), (10, "0.125", "12.5%"), (10, "1", "100%"), (9, "0", "0%"), (13, "45474", "45474"), (23, "45474", "45474"), (48, "45474", "45474"), (59, "1", "1"),
    ].filter { $0.2 != "2024-01-01?" })
    func builtInFormats(_ format: Int, _ value: String, _ text: String) throws {
        #expect(try cell(number(value, style: 1)) { $0.styles = [0, format] } == TableRow(line: 2, cells: [text]))
    }

    @Test("日期：不存在的日子", arguments: ["60", "0", "-1", "2958466", "1E300"])
    func noSuchDay(_ value: String) throws {
        let row = try cell(number(value, style: 1)) { $0.styles = [0, 14] }
        #expect(row.faults.map(\.message) == ["这一格的日期不存在，请按 2024-07-01 的样式重新填写"])
    }

    @Test("日期：1904 系统", arguments: [("0", "1904-01-01"), ("60", "1904-03-01"), ("44012", "2024-07-01")])
    func macCalendar(_ value: String, _ text: String) throws {
        #expect(try cell(number(value, style: 1)) { ($0.styles, $0.properties) = ([0, 14], #"<workbookPr date1904="1"/>"#) }.cells == [text])
    }

    @Test("自定义格式", arguments: [
        ("yyyy-mm-dd", "45474", "2024-07-01"), ("yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", "45474", "2024-07-01"), ("[$-804]yyyy\\-m\\-d", "45474", "2024-07-01"),
        ("yyyy/m/d h:mm", "45474.5", "2024-07-01 12:00:00"), ("yyyy.mm", "45474", "2024-07"), ("m/d", "45474", "2024-07-01"), ("h:mm AM/PM", "0.5", "12:00:00"),
        ("[h]:mm:ss", "1.25", "30:00:00"), ("mm:ss", "0.5", "12:00:00"), ("e/m/d", "45474", "2024-07-01"), ("[Red]0.00", "45474", "45474"), ("0.00E+00", "45474", "45474"),
        ("General", "45474", "45474"), ("G/通用格式", "45474", "45474"), ("#,##0.00_);[Red]\\(#,##0.00\\)", "45474.5", "45474.5"), ("0.0%", "0.3", "30%"),
        ("000000", "181", "000181"), ("0", "181", "181"), ("&quot;day&quot;0", "5", "5"), ("0&quot;元/月&quot;", "735", "735"), ("\\d0", "5", "5"), ("@", "5", "5"),
    ])
    func customFormats(_ code: String, _ value: String, _ text: String) throws {
        #expect(try cell(number(value, style: 1)) { ($0.styles, $0.formats) = ([0, 176], "<numFmt numFmtId=\"176\" formatCode=\"\(code)\"/>") }.cells == [text])
    }

    @Test("行和列：缺位、空行、表头以外、导入问题列")
    func layout() throws {
        let book = TestBook("""
            <row r="2"><c r="A2" t="inlineStr"><is><t> *姓名 </t></is></c><c r="C2" t="inlineStr"><is><t>年龄
            ＊</t></is></c><c r="D2" t="inlineStr"><is><t>导入问题</t></is></c><c r="E2" t="inlineStr"><is><t> </t></is></c></row>
            <row r="3"><c r="A3" s="1"/><c r="D3" t="inlineStr"><is><t>旧问题</t></is></c></row>
            <row r="5"><c r="C5"><v>3</v></c></row>
            <row><c t="inlineStr"><is><t>乙</t></is></c><c/><c><v>4</v></c><c t="inlineStr"><is><t>旧</t></is></c><c r="F6"><v>9</v></c></row>
            <row r="9"/><row r="1048576"><c r="A1048576" s="3"/></row>
            """)
        let file = try TestFile(book.zip.file)
        let reader = try file.reader()
        #expect(reader.headers == ["姓名", "", "年龄"])
        #expect(reader.headerLine == 2)
        #expect(try file.rows() == [
            TableRow(line: 5, cells: ["", "", "3"]),
            TableRow(line: 6, cells: ["乙", "", "4"], faults: [TableFault(column: nil, "第 F 列没有表头却有内容，请补上表头或删去内容")]),
        ])
    }

    @Test("表头以上是标题，表头行可指定")
    func preamble() throws {
        let row = { (line: Int, texts: [String]) in
            "<row r=\"\(line)\">" + texts.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
        }
        var book = TestBook(row(1, ["低保名单"]) + row(3, ["姓名", "年龄"]) + row(4, ["甲", "3"]))
        book.after = #"<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A4:A5"/></mergeCells>"#
        let file = try TestFile(book.zip.file), reader = try file.reader(TableOptions(headerLine: 3))
        #expect(reader.headers == ["姓名", "年龄"])
        #expect(reader.preamble.map(\.cells) == [["低保名单"]])
        #expect(reader.merges == ["A4:A5"])
        #expect(try refusal(book.zip.file).message.contains("A1:B1"))
        #expect(try refusal(book.zip.file, TableOptions(headerLine: 2)).message == "第 2 行没有表头，请核对表头在第几行")
        for line in [0, 101] { #expect(try refusal(book.zip.file, TableOptions(headerLine: line)).message.contains("第 100 行")) }
    }

    @Test("哪张表：第一张可见的，或指名的", arguments: [
        ("", "visible", nil, "名单"), ("hidden", "visible", nil, "另表"), ("", "hidden", nil, "名单"), ("", "", "另表", "另表"),
        ("", "hidden", "另表", nil), ("hidden", "veryHidden", nil, nil), ("", "", "没有", nil),
    ] as [(String, String, String?, String?)])
    func sheets(_ first: String, _ second: String, _ asked: String?, _ read: String?) throws {
        var book = TestBook(headers: 1, cells: "")
        let state = { $0 == "" ? "" : " state=\"\($0)\"" }
        book.sheets = "<sheet name=\"名单\" sheetId=\"1\"\(state(first)) r:id=\"rId1\"/><sheet name=\"另表\" sheetId=\"2\"\(state(second)) r:id=\"rId2\"/>"
        let file = try TestFile(book.zip.file)
        guard let read else {
            #expect(throws: Refusal.self) { try file.reader(TableOptions(sheet: asked)) }
            return
        }
        #expect(try file.reader(TableOptions(sheet: asked)).sheet == read)
    }

    @Test("别的程序：带前缀的名称、单引号、行列无位置")
    func otherPrefixes() throws {
        var book = TestBook()
        book.sheetPart = """
            \u{FEFF}<x:worksheet xmlns:x='\(TestBook.main)'><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t>姓名</x:t></x:is></x:c></x:row>
            <x:row r = '2' ><x:c t = 's' ><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>
            """
        book.strings = "<si><t>甲&gt;</t></si>"
        #expect(try TestFile(book.zip.file).rows() == [TableRow(line: 2, cells: ["甲>"])])
    }

    @Test("损坏和不许的内容", arguments: [
        ("<row r=\"1\"><c t=\"s\"><v>5</v></c></row>", "损坏"), ("<row r=\"1\"><c t=\"s\"><v>x</v></c></row>", "损坏"),
        ("<row r=\"2\"/><row r=\"2\"/>", "错乱"), ("<row r=\"1048577\"/>", "错乱"), ("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", "错乱"),
        ("<row r=\"1\"><c t=\"inlineStr\"><is><t>&foo;</t></is></c></row>", "损坏"), ("<row r=\"1\"><c t=\"inlineStr\"><is><t>&#xD800;</t></is></c></row>", "损坏"),
        ("<row r=\"1\"><c t=\"inlineStr\"><is><t>甲</t></is></c></row><!-- ", "损坏"), ("<row r=\"1\"><c ", "损坏"),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]>", "内部声明"), ("", "没有内容"), ("<row r=\"1\"><c><v></v></c></row>", "没有内容"),
        ("<row r=\"1\"><c t=\"inlineStr\"><is><t>导入问题</t></is></c></row>", "表头是空的"),
    ])
    func damage(_ rows: String, _ part: String) throws {
        #expect(try refusal(TestBook(rows).zip.file).message.contains(part))
    }

    @Test("最后一列是 XFD，最后一行是 1048576")
    func edges() throws {
        let row = try cell("<c r=\"XFD2\"><v>1</v></c>")
        #expect(row.faults.map(\.message) == ["第 XFD 列没有表头却有内容，请补上表头或删去内容"])
        let last = TestBook("<row r=\"1\"><c><v>1</v></c></row><row r=\"1048576\"><c><v>2</v></c></row>")
        #expect(try TestFile(last.zip.file).rows().map(\.line) == [1_048_576])
    }

    @Test("列名", arguments: [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")])
    func columnNames(_ place: Int, _ name: String) {
        #expect(spreadsheetColumnName(place) == name)
        #expect(Array(name.utf8).withUnsafeBytes(columnOf) == place)
    }

    @Test("格子很多、标签跨块也一样")
    func manyRows() throws {
        let rows = (2...20_000).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>\($0)</v></c><c r=\"B\($0)\" t=\"inlineStr\"><is><t>行&amp;\($0)</t></is></c></row>" }
        let book = TestBook(#"<row r="1"><c t="inlineStr"><is><t>号</t></is></c><c t="inlineStr"><is><t>名</t></is></c></row>"# + rows.joined())
        var expected = 2
        try TestFile(book.zip.file).reader().forEach { row in
            #expect(row == TableRow(line: expected, cells: ["\(expected)", "行&\(expected)"]))
            expected += 1
        }
        #expect(expected == 20_001)
    }
}
