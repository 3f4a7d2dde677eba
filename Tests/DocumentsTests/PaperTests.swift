import Foundation
import Pages
import Testing
import Values
@testable import Documents

/// What poppler reads in a PDF; nil where its tools aren't installed.
private func poppler(_ tool: String, _ bytes: [UInt8], _ options: [String] = [], out: [String] = []) throws -> String? {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(tool)") else { return nil }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pdf")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process(), output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/\(tool)")
    process.arguments = options + [file.path] + out
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text
}

private func pages(_ bytes: [UInt8]) throws -> [String] {
    let text = try poppler("pdftotext", bytes, ["-layout"], out: ["-"]) ?? ""
    return text.split(separator: "\u{0C}", omittingEmptySubsequences: false).dropLast().map(String.init)
}

private let madeAt = Instant(secondsSince1970: 1_720_000_000)
private let isReadable = FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext")

private func pdf(_ sheets: [Sheet]) throws -> [UInt8] { try Papers.made(sheets, "文书", madeAt) }

/// A decision as it goes out, with as many lines in its table as are asked for.
func decisionSheet(rows: Int = 3, addressee: String = "试甲", body: [String]? = nil, receipt: Bool = false) -> Sheet {
    let members = Sheet.Table("家庭成员的认定", columns: [.init("姓名"), .init("认定"), .init("理由"), .init("依据", .code)], texts: (0 ..< rows).map {
        ["试甲\($0)", "计入", "与申请人共同生活的家庭成员", "〔1〕第七条"]
    })
    let reckoning = Sheet.Table(ArithmeticView("核算", [
        .init("计入收入合计", "1,200.00 元"), .init("差额", "1,005.00 元", detail: "(735.00 − 400.00) × 3", basis: "〔1〕第十三条"), .init("合计", "1,005.00 元", isTotal: true),
    ]))
    return Sheet(unit: "示范市民政局", title: "最低生活保障确认通知书", number: "DB2024-000123", addressee: addressee,
                 body: body ?? ["经审核，同意将您家庭纳入城市最低生活保障，自2024年8月起每月发放 1,005.00 元。家庭人口、收入、财产发生变化的，请及时告诉城关街道办事处；隐瞒变化多领的保障金须退回。"],
                 particulars: [.table(members), .table(reckoning)], basis: ["《最低生活保障审核确认办法》（民发〔2021〕57号）第七条、第十三条"],
                 objection: "不服本决定的，可以自收到本文书之日起 60 日内，向示范市人民政府申请行政复议。", signatures: ["被送达人签名", "送达人签名"],
                 date: "2024年7月22日", receipt: receipt ? Sheet.Receipt([.init("受送达人", addressee)]) : nil, traceCode: "7F3K-20Q9-XW41")
}

@Suite("文书 PDF", .enabled(if: isReadable))
struct PaperTests {
    @Test("一页纸：机关、标题、文号、正文、表、依据、救济、签名、印章、页码都在，文字可以选取")
    func onePage() throws {
        let pages = try pages(try pdf([decisionSheet()]))
        #expect(pages.count == 1)
        for text in ["示范市民政局", "最低生活保障确认通知书", "DB2024-000123", "试甲：", "每月发放 1,005.00 元", "试甲2", "第七条", "如有异议", "被送达人签名：",
                     "（印章）", "2024年7月22日", "第 1 页，共 1 页", "查验码 7F3K-20Q9-XW41"] {
            #expect(pages[0].contains(text), "\(text)")
        }
    }

    @Test("字体嵌入，只嵌用到的字；标题写在文件里；给定时刻，逐字节相同")
    func file() throws {
        let bytes = try pdf([decisionSheet()])
        #expect(bytes == (try pdf([decisionSheet()])))
        let fonts = try #require(try poppler("pdffonts", bytes)).split(separator: "\n").dropFirst(2)
        #expect(!fonts.isEmpty)
        for font in fonts { #expect(font.contains("yes yes yes"), "\(font)") }
        let about = try #require(try poppler("pdfinfo", bytes, ["-isodates"]))
        #expect(about.contains("文书") && about.contains("595.276 x 841.89") && about.contains("2024-07-03"))
    }

    @Test("生僻字不缺", arguments: ["𠮷", "䶮", "㼆", "古丽·示例"])
    func rareCharacters(_ name: String) throws {
        #expect(try pages(try pdf([decisionSheet(addressee: name)]))[0].contains("\(name)："))
    }

    @Test("表长过一页：每页再写表头，一行不少；签名和印章跟着末几行", arguments: [1, 20, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 120])
    func longTables(_ rows: Int) throws {
        let pages = try pages(try pdf([decisionSheet(rows: rows)]))
        let whole = pages.joined()
        for row in 0 ..< rows { #expect(whole.contains("试甲\(row) ")) }
        for (number, page) in pages.enumerated() {
            if page.contains("与申请人共同生活") { #expect(page.contains("姓名") && page.contains("认定"), "第 \(number + 1) 页没有表头") }
            #expect(page.contains("第 \(number + 1) 页，共 \(pages.count) 页"))
        }
        let last = try #require(pages.last)
        #expect(last.contains("（印章）") && last.contains("行政复议"), "印章页上没有正文")
        #expect(pages.count(where: { $0.contains("（印章）") }) == 1)
    }

    @Test("长文分页，首尾两行不分开；一格长过一页的也不丢字")
    func longTexts() throws {
        let long = (1 ... 900).map { "第\($0)句。" }.joined()
        for sheet in [decisionSheet(body: [long]), Sheet(unit: "示范市民政局", title: "告知书", number: "", addressee: "", blocks: [
            .table(.init("长表", columns: [.init("序号", share: 1), .init("内容", share: 6)], texts: [["1", long]])),
        ], date: "2024年7月22日", traceCode: "1")] {
            let whole = try pages(try pdf([sheet])).joined().filter { !$0.isWhitespace }
            for number in [1, 450, 899, 900] { #expect(whole.contains("第\(number)句。")) }
        }
    }

    @Test("多份：各自另起一页，页码各自从一数起；带送达回执")
    func many() throws {
        let pages = try pages(try pdf([decisionSheet(rows: 60), decisionSheet(receipt: true), decisionSheet()]))
        #expect(pages.count == 5)
        #expect(pages[2].contains("第 3 页，共 3 页") && pages[3].contains("第 1 页，共 1 页") && pages[3].contains("送达回执") && pages[3].contains("受送达人签名（盖章）"))
        #expect(!pages[4].contains("送达回执"))
    }

    @Test("没有内容、没有签名、空文字也能出")
    func bareSheets() throws {
        let bare = Sheet(unit: "示范市民政局", title: "公告", number: "", addressee: "", blocks: [.paragraph(""), .facts([.init("时间", "明日")]), .section("范围", [.paragraph("全市")]),
                                                                                 .table(.init("空表", columns: [.init("甲")], rows: []))], date: "", traceCode: "")
        let page = try #require(try pages(try pdf([bare])).first)
        #expect(page.contains("一、范围") && page.contains("时间：明日"))
        #expect(try pages(try pdf([])).count <= 1)
    }
}

@Suite("文书的编号")
struct SheetNumberTests {
    @Test("一、二、十、十一、二十、九十九、100", arguments: [(0, "一"), (1, "二"), (9, "十"), (10, "十一"), (19, "二十"), (98, "九十九"), (99, "100")])
    func numbers(_ index: Int, _ text: String) { #expect(Sheet.sectionNumber(index) == text) }
}
