import Testing
import Values
@testable import Documents

private func refusal(_ bytes: [UInt8], limits: TableLimits = TableLimits()) throws -> Refusal {
    try #require(throws: Refusal.self) { _ = try TestFile(bytes).rows(limits: limits) }
}

private func passes(_ bytes: [UInt8], _ limits: TableLimits) throws -> Bool {
    do {
        _ = try TestFile(bytes).rows(limits: limits)
        return true
    } catch let refusal as Refusal {
        #expect(refusal.kind == .tooLarge)
        return false
    }
}

@Suite("不收的文件")
struct TableRefusalTests {
    static let good = TestBook(headers: 2, cells: "<c><v>1</v></c>").zip.file

    @Test("不是表格", arguments: [
        ([], "文件是空的"), (Array("PK\u{5}\u{6}".utf8) + [UInt8](repeating: 0, count: 18), "没有电子表格"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "另存为 .xlsx"), (Array("%PDF-1.7".utf8), "PDF"),
        (Array("PK\u{3}\u{4}xxxx".utf8), "损坏"),
    ] as [([UInt8], String)])
    func notATable(_ bytes: [UInt8], _ part: String) throws {
        #expect(try refusal(bytes).message.contains(part))
    }

    @Test("压缩包里没有工作簿，或是二进制工作簿")
    func otherPackages() throws {
        var zip = TestZip()
        zip.add("word/document.xml", "<w/>")
        zip.add("../../etc/passwd", "x")
        #expect(try refusal(zip.file).message.contains("不是 .xlsx"))
        var binary = TestZip()
        binary.add("_rels/.rels", #"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>"#)
        binary.add("xl/workbook.bin", [1, 2])
        #expect(try refusal(binary.file).message.contains(".xlsb"))
    }

    @Test("没有传完的文件，缺在哪里都不收", arguments: Array(stride(from: 4, to: good.count, by: 97)))
    func truncated(_ length: Int) throws {
        #expect(throws: Refusal.self) { _ = try TestFile(Array(Self.good[..<length])).rows() }
    }

    @Test("改过一个字节的内容，校验不过或读出不同，都不崩溃", arguments: Array(stride(from: 0, to: good.count, by: 7)))
    func flipped(_ place: Int) throws {
        var bytes = Self.good
        bytes[place] ^= 0x15
        do { _ = try TestFile(bytes).rows() } catch is Refusal {}
    }

    @Test("内容与校验和不符")
    func checksum() throws {
        var zip = TestBook(headers: 1, cells: "").zip
        let text = Array("<sheetData/>".utf8)
        zip.add("x", packed: text, method: 0, size: text.count, check: 1, flags: 0)
        #expect(try TestFile(zip.file).rows().isEmpty)      // 没有用到的部件无妨
        var bad = TestZip()
        bad.add("xl/workbook.xml", packed: text, method: 0, size: text.count, check: 1, flags: 0)
        #expect(try refusal(bad.file).message.contains("损坏"))
    }

    @Test("设了密码的部件")
    func encrypted() throws {
        var zip = TestZip()
        zip.add("xl/workbook.xml", Array("0123456789abcdef".utf8), flags: 1)
        #expect(try refusal(zip.file).message.contains("密码"))
    }

    @Test("解开的字节数", arguments: [(true, 0), (false, -1)])
    func unpackedBytes(_ accepted: Bool, _ change: Int) throws {
        let book = TestBook(headers: 1, cells: ""), parts = ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
        let file = try TestFile(book.zip.file), archive = try ZipArchive(path: file.path, limits: TableLimits())
        var limits = TableLimits()
        limits.unpackedBytes = try parts.reduce(0) { sum, name in sum + (try #require(try archive.part(name)).declaredLength) } + change
        #expect(try passes(book.zip.file, limits) == accepted)
    }

    @Test("压缩炸弹", arguments: [(200, true), (160, true), (100, false)])
    func ratio(_ cap: Int, _ accepted: Bool) throws {
        var zip = TestZip(), limits = TableLimits()
        zip.add("xl/workbook.xml", bombOf: 5000)
        (limits.ratio, limits.ratioFromBytes) = (cap, 100_000)
        // What unpacks is no workbook; only whether it is unpacked at all is asked here.
        #expect(try (refusal(zip.file, limits: limits).kind != .tooLarge) == accepted)
    }

    @Test("谎报长度的部件")
    func liar() throws {
        var zip = TestZip(), honest = TestZip()
        honest.add("xl/workbook.xml", bombOf: 5000)
        let packed = Array(honest.file[45..<(honest.file.count - 22 - 61)])
        zip.add("xl/workbook.xml", packed: packed, method: 8, size: 100, check: 0, flags: 0)
        #expect(throws: Refusal.self) { _ = try TestFile(zip.file).rows() }
    }

    @Test("部件数、共享文字数、一行字节数、列数", arguments: [true, false])
    func caps(_ accepted: Bool) throws {
        let short = accepted ? 0 : 1
        var entries = TableLimits(), strings = TableLimits(), bytes = TableLimits(), row = TableLimits(), columns = TableLimits()
        entries.entries = 7 - short
        #expect(try passes(Self.good, entries) == accepted)
        var book = TestBook(headers: 2, cells: #"<c t="s"><v>0</v></c><c t="s"><v>1</v></c>"#)
        book.strings = "<si><t>一二三</t></si><si><t>四</t></si>"
        strings.sharedStrings = 2 - short
        #expect(try passes(book.zip.file, strings) == accepted)
        bytes.sharedBytes = 12 - short
        #expect(try passes(book.zip.file, bytes) == accepted)
        row.rowBytes = 12 - short
        #expect(try passes(book.zip.file, row) == accepted)
        columns.columns = 2 - short
        #expect(try passes(book.zip.file, columns) == accepted)
    }

    @Test("一格无尽的文字")
    func endlessText() throws {
        let long = String(repeating: "甲", count: 2 << 20)
        #expect(try refusal(TestBook(headers: 1, cells: "<c t=\"inlineStr\"><is><t>\(long)</t></is></c>").zip.file).kind == .tooLarge)
        let runs = String(repeating: "<r><t>\(String(repeating: "a", count: 1000))</t></r>", count: 1100)
        #expect(try refusal(TestBook(headers: 1, cells: "<c t=\"inlineStr\"><is>\(runs)</is></c>").zip.file).kind == .tooLarge)
    }
}
