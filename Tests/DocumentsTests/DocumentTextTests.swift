import Foundation
import Pages
import Testing
import Values
@testable import Documents

private let body = "某区民政局工作总结\n全区现有养老机构15个。"

private func utf16(_ text: String, little: Bool, mark: Bool) -> [UInt8] {
    let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
    return units.flatMap { little ? [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
}

private func docx(_ xml: String, flags: UInt16 = 0) -> [UInt8] {
    var zip = TestZip()
    zip.add("[Content_Types].xml", "<Types/>")
    zip.add("word/document.xml", Array("<?xml version=\"1.0\"?><w:document><w:body>\(xml)</w:body></w:document>".utf8), flags: flags)
    return zip.file
}

private func run(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

/// One page that draws a square and shows no letter.
private let picturePDF = pdf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>", extra: "")
/// The same with a password nobody knows.
private let lockedPDF = pdf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>", extra:
    "/ID [<\(zeros(16))> <\(zeros(16))>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <\(zeros(32))> /U <\(zeros(32))> >>")

private func zeros(_ bytes: Int) -> String { String(repeating: "00", count: bytes) }

private func pdf(_ page: String, extra: String) -> [UInt8] {
    let objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, "<< /Length 18 >>\nstream\n10 10 50 50 re f \nendstream"]
    var text = "%PDF-1.4\n", places: [Int] = []
    for (number, object) in objects.enumerated() {
        places.append(text.utf8.count)
        text += "\(number + 1) 0 obj\n\(object)\nendobj\n"
    }
    let table = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for place in places { text += String(repeating: "0", count: 10 - String(place).count) + "\(place) 00000 n \n" }
    return Array((text + "trailer << /Size \(objects.count + 1) /Root 1 0 R \(extra) >>\nstartxref\n\(table)\n%%EOF\n").utf8)
}

@Suite("文稿原文")
struct DocumentTextTests {
    @Test("文字编码", arguments: [
        Array(body.utf8), [0xEF, 0xBB, 0xBF] + Array(body.utf8), utf16(body, little: true, mark: true), utf16(body, little: false, mark: true),
        utf16(body, little: true, mark: false), utf16(body, little: false, mark: false),
    ])
    func encodings(_ bytes: [UInt8]) throws { #expect(try DocumentText(bytes).text == body) }

    @Test("国标编码")
    func chinese() throws { #expect(try DocumentText(try TextEncoding.gb18030.encode(body)).text == body) }

    @Test("Word 文档：一段一行，制表、换行、实体都在，删去的字和重复的字不要")
    func word() throws {
        let xml = run("一、救助") + "<w:p><w:r><w:t xml:space=\"preserve\">发放 </w:t><w:tab/><w:t>3&lt;5</w:t><w:br/><w:t>万元</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
            + "<w:p><mc:AlternateContent><mc:Choice><w:t>框</w:t></mc:Choice><mc:Fallback><w:t>框</w:t></mc:Fallback></mc:AlternateContent></w:p>"
            + "<w:tbl><w:tr><w:tc>\(run("低保"))</w:tc><w:tc>\(run("12户"))</w:tc></w:tr></w:tbl>"
        let document = try DocumentText(docx(xml))
        #expect(document.format == .docx)
        #expect(document.text == "一、救助\n发放 \t3<5\n万元\n框\n低保\n12户\n")
    }

    @Test("自动编号也读出来")
    func numbered() throws {
        var zip = TestZip()
        zip.add("word/numbering.xml", """
        <w:numbering><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
        </w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>
        """)
        func item(_ level: Int, _ text: String) -> String {
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"3\"/></w:numPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>\(text.isEmpty ? "" : "<w:r><w:t>\(text)</w:t></w:r>")</w:p>"
        }
        zip.add("word/document.xml", "<w:document>\(item(0, "救助"))\(item(1, "低保"))\(item(1, "特困"))\(item(0, ""))\(item(0, "养老"))\(item(1, "床位"))\(item(2, "点"))</w:document>")
        #expect(try DocumentText(zip.file).text == "一、救助\n（一）低保\n（二）特困\n\n二、养老\n（一）床位\n点\n")
    }

    @Test("网页：一块一行，脚本和样式不要")
    func html() throws {
        let page = "<!DOCTYPE html><html><head><title>题</title><style>p{}</style><script>1<2</script></head><body><!-- 注 --><p>发放&nbsp;12<b>万元</b></p><div>3&#25143;<br>5&amp;6</div></body></html>"
        let document = try DocumentText(Array(page.utf8))
        #expect(document.format == .html)
        #expect(document.text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) } == ["发放 12万元", "3户", "5&6"])
    }

    @Test("带文字的 PDF")
    func portable() throws {
        let document = try DocumentText(try Papers.made([decisionSheet()], "文书", Instant(secondsSince1970: 1_720_000_000)))
        #expect(document.format == .pdf)
        #expect(document.text.contains("最低生活保障确认通知书") && document.text.contains("1,005.00"))
    }

    @Test("读不了的，说清怎么办", arguments: [
        ([], "空的"), (Array(" \n\t".utf8), "没有文字"), (picturePDF, "只有图片"), (lockedPDF, "PDF 设了密码"), (Array("%PDF-1.4 坏".utf8), "PDF 已损坏"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "旧格式的 .doc"), ([0xD0, 0xCF, 0x11, 0xE0] + utf16("EncryptedPackage", little: true, mark: false), "文档设了密码"),
        (Array("{\\rtf1}".utf8), "RTF"), ([0xFF, 0xD8, 0xFF, 0xE0], "图片"), (Array("PK\u{3}\u{4}xxxx".utf8), "文档已损坏"), (TestBook(headers: 1, cells: "").zip.file, "电子表格"),
        (docx(run("x")).dropLast(40), "损坏"), (docx("<w:p><w:t>"), "没有文字"), ([0xFF, 0xFE, 0x00], "UTF-16"), ([0x81, 0x00, 0xFF, 0x39], "编码"),
    ] as [([UInt8], String)])
    func refused(_ bytes: [UInt8], _ part: String) throws {
        let refusal = try #require(throws: Refusal.self) { _ = try DocumentText(Array(bytes)) }
        #expect(refusal.message.contains(part), "\(refusal.message)")
    }

    @Test("混有两种编码的文件，指出是哪两行")
    func mixed() throws {
        let bytes = Array("第一行是国际编码的\n".utf8) + (try TextEncoding.gb18030.encode("第二行是国标编码的\n"))
        let refusal = try #require(throws: Refusal.self) { _ = try DocumentText(bytes) }
        #expect(refusal.message.contains("第 1 行") && refusal.message.contains("第 2 行"))
    }

    @Test("50 MB 是上限，多一个字节就不收")
    func limit() throws {
        let refusal = try #require(throws: Refusal.self) { _ = try DocumentText([UInt8](repeating: 0x61, count: DocumentText.maximumBytes + 1)) }
        #expect(refusal.kind == .tooLarge && refusal.message.contains("51 MB"))
        #expect(try DocumentText([UInt8](repeating: 0x61, count: DocumentText.maximumText)).text.utf8.count == DocumentText.maximumText)
        let wordy = try #require(throws: Refusal.self) { _ = try DocumentText([UInt8](repeating: 0x61, count: DocumentText.maximumText + 1)) }
        #expect(wordy.kind == .tooLarge && wordy.message.contains("5 MB"))
    }
}
