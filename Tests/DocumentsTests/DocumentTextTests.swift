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

private func docx(whole xml: String) -> [UInt8] {
    var zip = TestZip()
    zip.add("word/document.xml", xml)
    return zip.file
}

/// A part that unpacks to `runs` × 258 bytes.
private func docx(bombOf runs: Int) -> [UInt8] {
    var zip = TestZip()
    zip.add("word/document.xml", bombOf: runs)
    return zip.file
}

/// A part that says it is longer than it is.
private func docx(claiming length: Int) -> [UInt8] {
    var zip = TestZip()
    let xml = Array("<w:document>\(run("短"))</w:document>".utf8)
    zip.add("word/document.xml", packed: xml, method: 0, size: length, check: crc32(xml), flags: 0)
    return zip.file
}

/// So many numbered paragraphs, whose number is as long as may be.
private func docx(numbering count: Int) -> [UInt8] {
    var zip = TestZip()
    zip.add("word/numbering.xml", """
        <w:numbering><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="\(String(repeating: "%1", count: 1 << 16))"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>
        """)
    zip.add("word/document.xml", "<w:document>\(String(repeating: "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", count: count))</w:document>")
    return zip.file
}

/// The most this process ever held, in bytes.
private func peakMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (Int(line.split(separator: " ").dropLast().last ?? "") ?? 0) << 10
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

    @Test("压缩炸弹、声明、外部引用、被截断的，说清怎么办，不解到内存里", arguments: [
        ("炸弹：自己说有 65 MB", docx(claiming: 65 << 20), "解开后过大"), ("说的长度是假的", docx(claiming: 1_000), "损坏"), ("一串字没有尽头", docx(bombOf: 1 << 15), "过长"),
        ("字太多", docx(String(repeating: run(String(repeating: "一", count: 1 << 18)), count: 8)), "5 MB"), ("一个标签过长", docx("<w:p w:x=\"\(String(repeating: "长", count: 2 << 20))\"/>"), "过长"),
        ("声明", docx(whole: "<!DOCTYPE w:document [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>"), "内部声明"),
        ("外部实体", docx(whole: "<!DOCTYPE w:document SYSTEM \"file:///etc/passwd\"><w:document><w:p><w:t>&x;</w:t></w:p></w:document>"), "内部声明"),
        ("不认识的实体", docx(run("&xxe;")), "损坏"), ("截去一半", Array(docx(run("正文")).prefix(120)), "损坏"), ("部件设了密码", docx(run("x"), flags: 1), "设了密码"),
        ("编号无穷", docx(numbering: 200_000), "5 MB"),
    ] as [(String, [UInt8], String)])
    func hostile(_ title: String, _ bytes: [UInt8], _ part: String) throws {
        let before = peakMemory()
        let refusal = try #require(throws: Refusal.self) { _ = try DocumentText(bytes) }
        #expect(refusal.message.contains(part) && !refusal.message.contains("xlsx") && !refusal.message.contains("表"), "\(title)：\(refusal.message)")
        #expect(peakMemory() - before < 300 << 20, "\(title)")
    }

    @Test("几个部件一共解开多少，边解边数，到上限就停", arguments: [(100_000, true), (1 << 20, false)])
    func runningBound(_ most: Int, _ isTooMuch: Bool) throws {
        var zip = TestZip()
        // Sixty thousand bytes of numbering that mean nothing, and sixty thousand of text.
        zip.add("word/numbering.xml", "<w:numbering>\(String(repeating: "<w:x/>", count: 10_000))</w:numbering>")
        zip.add("word/document.xml", "<w:document>\(run("字"))\(String(repeating: "<w:x/>", count: 10_000))</w:document>")
        if isTooMuch {
            #expect(try #require(throws: Refusal.self) { _ = try WordText.read(zip.file, unpacking: most) }.message.contains("解开后过大"))
        } else {
            #expect(try WordText.read(zip.file, unpacking: most) == "字\n")
        }
    }

    @Test("带 49 MB 图片的文档照读；解开的不算图片")
    func pictures() throws {
        var zip = TestZip()
        zip.add("word/media/image1.bmp", packed: [UInt8](repeating: 7, count: 49 << 20), method: 0, size: 49 << 20, check: 0, flags: 0)
        zip.add("word/document.xml", "<w:document>\(run("发放12户"))</w:document>")
        #expect(try DocumentText(zip.file).text == "发放12户\n")
    }

    @Test("读得出的文件不留在盘上")
    func nothingOnDisk() throws {
        let folder = FileManager.default.temporaryDirectory.path
        _ = try DocumentText(docx(run("不留")))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).allSatisfy { !$0.hasSuffix(".docx") || !$0.hasPrefix("minzheng-") })
    }

    @Test("PDF：页数有上限，读得太久不再等，读不完的太多就请稍后")
    func endlessPDF() throws {
        let refusal = try #require(throws: Refusal.self) { _ = try PortableText.read(picturePDF, pagesAtMost: 0) }
        #expect(refusal.kind == .tooLarge && refusal.message.contains("有 1 页"), "\(refusal.message)")
        let first = try #require(PortableReading()), second = try #require(PortableReading())
        #expect(first.wait(0) == nil && second.wait(0) == nil && first.isLeft)
        #expect(try #require(throws: Refusal.self) { _ = try DocumentText(picturePDF) }.kind == .busy)
        first.finish(.success("晚了"))
        #expect(try #require(throws: Refusal.self) { _ = try DocumentText(picturePDF) }.message.contains("只有图片"))
        second.finish(.success("晚了"))
    }

    @Test("网页超过 16 MB、文字超过 5 MB，不解码就说")
    func longPages() throws {
        let page = Array("<html><body>".utf8) + [UInt8](repeating: 0x20, count: 16 << 20)
        #expect(try #require(throws: Refusal.self) { _ = try DocumentText(page) }.message.contains("图片存进了网页"))
        #expect(try #require(throws: Refusal.self) { _ = try DocumentText([UInt8](repeating: 0xFF, count: (10 << 20) + 1)) }.message.contains("5 MB"))
    }

    @Test("UTF-8 缺了字节、国标带标记、UTF-16 断了", arguments: [
        (Array("第一行是完整的文字，共有站点十二个\n截至十月，建成助餐".utf8.dropLast(1)), "第 2 行有损坏的字"),
        (Array("截至十月建成老年助餐点十二个，服务老年人一万".utf8.dropLast(2)) + Array("二千人次".utf8), "第 1 行有损坏的字"),
        (utf16("全区十二个", little: true, mark: true).dropLast(), "UTF-16"), ([0xFE, 0xFF, 0xD8, 0x00, 0x00, 0x41], "UTF-16"),
    ] as [([UInt8], String)])
    func damaged(_ bytes: [UInt8], _ part: String) throws {
        let refusal = try #require(throws: Refusal.self) { _ = try DocumentText(Array(bytes)) }
        #expect(refusal.message.contains(part), "\(refusal.message)")
    }

    @Test("国标的标记不是字")
    func markedChinese() throws { #expect(try DocumentText([0x84, 0x31, 0x95, 0x33] + (try TextEncoding.gb18030.encode(body))).text == body) }

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
