import Foundation
import Pages
import Testing
import Values
@testable import Documents

private let madeAt = Instant(secondsSince1970: 1_720_000_000)

private func paper(_ paragraphs: Int = 2) -> OfficialPaper {
    let table = Sheet.Table("数据依据", columns: [.init("码", .code, share: 1), .init("指标", share: 3), .init("数值", .number, share: 2)],
                            texts: [["〔1〕", "试验户数 <甲&乙>", "12户"], ["〔2〕", "试验人数", "30人"]])
    var blocks: [OfficialPaper.Block] = [.heading(.first, "试验救助"), .heading(.second, "保障"), .heading(.third, "提标。")]
    blocks += (0 ..< paragraphs).map { number in
        .paragraph([.init("第\(number)段，新增12户"), .init("〔1〕", .mark, href: "/planning/trace/A"), .init("30人"), .init("〔2〕", .mark), .init("，\"引号\"与 & 号都在。")])
    }
    blocks += [.heading(.third, "核查。"), .heading(.second, "服务"), .heading(.first, "下一步")]
    return OfficialPaper(title: "示范市民政局试验总结", addressee: "示范市人民政府", blocks: blocks, unit: "示范市民政局", date: "2024年12月31日",
                         annexes: [.init("数据依据", [.table(table)])], footer: "查验码 7F3K")
}

@Suite("公文")
struct OfficialPaperTests {
    @Test("标题编号：一、（一）1.，上一级变了重新数")
    func numbers() {
        let numbers = OfficialPaper.numbered(paper().blocks).map(\.number).filter { !$0.isEmpty }
        #expect(numbers == ["一、", "（一）", "1.", "2.", "（二）", "二、"])
    }

    @Test("Word 文档读回来，一段不少，一字不差")
    func readsBack() throws {
        let paper = paper(), text = try DocumentText(WordPaper.docx(paper, madeAt: madeAt), name: "总结.docx").text
        let lines = text.split(separator: "\n").map(String.init).filter { !$0.isEmpty }
        for line in paper.plainText.split(separator: "\n") where !line.contains("\t") { #expect(lines.contains(String(line)), "\(line)") }
        #expect(lines.contains("第0段，新增12户〔1〕30人〔2〕，\"引号\"与 & 号都在。"))
        #expect(lines.contains("试验户数 <甲&乙>"))
    }

    @Test("每个部件都是合规的 XML，版面是 A4、每页 22 行、每行 28 字；同一时刻逐字节相同")
    func parts() throws {
        let bytes = try WordPaper.docx(paper(), madeAt: madeAt)
        #expect(bytes == (try WordPaper.docx(paper(), madeAt: madeAt)))
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).docx").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let archive = try ZipArchive(path: path, limits: TableLimits())
        for name in ["[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/settings.xml", "word/fontTable.xml",
                     "word/footer1.xml", "word/footer2.xml"] {
            let part = try #require(try archive.part(name), "\(name)")
            let xml = try XMLScanner(part)
            var depth = 0, elements = 0
            loop: while true {
                switch try xml.next() {
                case .opening: depth += 1; elements += 1
                case .closing: depth -= 1
                case .text: continue
                case .end: break loop
                }
                #expect(depth >= 0, "\(name)")
            }
            #expect(depth == 0 && elements > 0, "\(name)")
            let tags = Tags(bytes: try content(of: archive, name))
            #expect(tags.isWellFormed, "\(name)：\(tags.fault)")
        }
        let body = String(decoding: try content(of: archive, "word/document.xml"), as: UTF8.self)
        #expect(body.contains("w:linePitch=\"579\"") && body.contains("w:w=\"11906\"") && body.contains("<w:tblHeader/>") && body.contains("superscript"))
    }

    private func content(of archive: ZipArchive, _ name: String) throws -> [UInt8] {
        let part = try #require(try archive.part(name))
        var bytes = [UInt8](repeating: 0, count: part.declaredLength), filled = 0
        while filled < bytes.count {
            let count = try bytes.withUnsafeMutableBytes { try part.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...])) }
            guard count > 0 else { break }
            filled += count
        }
        return bytes
    }

    @Test("PDF：字体嵌入，页码在，22 行一页，数字与 Word、网页相同",
          .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext")))
    func portable() throws {
        let bytes = try Papers.made(paper(40), madeAt), text = try DocumentText(bytes, name: "总结.pdf").text
        let words = text.filter { !$0.isWhitespace }
        for wanted in ["示范市民政局试验总结", "一、试验救助", "（一）保障", "第39段，新增12户〔1〕30人〔2〕", "—1—", "—2—", "查验码7F3K", "试验户数"] {
            #expect(words.contains(wanted), "\(wanted)")
        }
        #expect(paper(40).markup.text.contains("第39段"))
    }

    @Test("表格的列：编号和代码不折行，宽处让出来，合起来还是版心的宽")
    func columns() {
        let columns = [Sheet.Column("序号", share: 1), .init("追溯码", .code, share: 1), .init("指标", share: 8)]
        let widths = WordTable(Sheet.Table("", columns: columns, texts: [["〔178〕", "X7QDB63J", "一项名称很长很长很长很长很长很长的指标"]])).widths
        #expect(widths[0] >= 2 * 210 + 3 * 105 + 216 && widths[1] >= 5 * 150 + 3 * 105 + 216 && widths[2] > widths[1])
        #expect((8_800 ... 8_845).contains(widths.reduce(0, +)), "\(widths)")
        let even = WordTable(Sheet.Table("", columns: [.init("甲", share: 1), .init("乙", share: 1)], texts: [["一", "二"]])).widths
        #expect(even == [4_422, 4_422])
    }

    @Test("版面不靠字符网格：字距、脚注、表格各写明，样式用各家都认得的名称")
    func layoutHolds() {
        #expect(WordParts.section.contains("w:type=\"lines\"") && !WordParts.section.contains("charSpace"))
        for part in ["w:name w:val=\"Normal\"", "w:name w:val=\"heading 1\"", "<w:spacing w:val=\"-5\"/><w:sz w:val=\"32\"/>", "w:styleId=\"Foot\""] { #expect(WordParts.styles.contains(part), "\(part)") }
        // 28 characters of 16 points, a quarter of a point closer, on 156 mm.
        #expect(28 * (16 * 20 - 5) <= 8_845 && 29 * (16 * 20 - 5) > 8_845)
    }

    @Test("没有正文、没有附件、没有日期也能出")
    func bare() throws {
        let bare = OfficialPaper(title: "空", blocks: [], unit: "", date: "")
        #expect(try DocumentText(WordPaper.docx(bare, madeAt: madeAt)).text.contains("空"))
        #expect(try !Papers.made(bare, madeAt).isEmpty)
    }
}

/// Whether every tag is closed by its own name.
private struct Tags {
    let bytes: [UInt8]
    var isWellFormed: Bool { fault.isEmpty }
    var fault: String {
        let text = String(decoding: bytes, as: UTF8.self)
        var open: [Substring] = [], rest = text[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let tag = rest[rest.index(after: start) ..< end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("?") || tag.hasSuffix("/") { continue }
            let name = tag.drop { $0 == "/" }.prefix { $0 != " " }
            if tag.hasPrefix("/") { guard open.popLast() == name else { return "\(name)" } } else { open.append(name) }
        }
        return open.map(String.init).joined(separator: " ")
    }
}
