import Bureau
import Foundation
import Kernel
import Testing
import Values
@testable import Documents
@testable import Terminal

/// 改过的成文。An approved summary leaves the house as a file; one number is changed in it, and the check finds that number and no other.
@Suite("导出的总结被改过一个数")
struct TamperedPaperTests {
    private static let parts = ["[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/settings.xml",
                                "word/footer1.xml", "word/footer2.xml"]

    /// Two invented figures over two years, a summary of the second, approved.
    private static func approved() async throws -> (bench: Bench, number: String) {
        let bench = try Bench(bureau)
        for (name, role) in [("zhengce", Role.policyOfficer), ("shenhe", .countyReviewer), ("juzhang", .leader)] { #expect(await bench.addUser(name, "试\(name)", role, "000181") == 0) }
        for (code, name, unit, years) in [("trial-served", "试验服务对象", "人", [("2023", "1280"), ("2024", "1536")]), ("trial-visits", "试验上门次数", "次", [("2023", "640"), ("2024", "480")])] {
            let series = ["region=000181", "code=\(code)", "name=\(name)", "area=养老服务", "unit=\(unit)", "scale=0", "nature=flow", "definition=试验口径", "basis=试验台账"]
            try await done(bench, ["do", "indicators.add-manual-indicator", "--as", "zhengce"] + series.flatMap { ["--set", $0] })
            for (year, amount) in years {
                let entry = ["indicator=manual.\(code)", "region=000181", "from_month=\(year)-01", "through_month=\(year)-12", "amount=\(amount)", "evidence=年报"]
                try await done(bench, ["do", "indicators.enter-amount", "--as", "zhengce"] + entry.flatMap { ["--set", $0] })
            }
        }
        let drafted = try await done(bench, ["summary", "draft", "--as", "zhengce", "--year", "2024"])
        let number = try #require(drafted.firstMatch(of: /ZJ\d{4}-\d+/).map { String($0.output) })
        try await done(bench, ["summary", "review", number, "--as", "shenhe"])
        try await done(bench, ["summary", "approve", number, "--as", "juzhang"])
        return (bench, number)
    }

    @discardableResult
    private static func done(_ bench: Bench, _ words: [String]) async throws -> String {
        let result = await bench.run(list: words)
        try #require(result.code == 0, "\(words.prefix(3))：\(result.err)")
        return result.out
    }

    /// The package with the first of some words in its text exchanged.
    private static func tampered(_ file: String, _ words: String, _ others: String, to copy: String) throws {
        let archive = try ZipArchive(path: file, limits: TableLimits()), writer = ZipWriter()
        for name in parts {
            guard let part = try archive.part(name) else { continue }
            var text = try content(of: part)
            if name == "word/document.xml", let range = text.range(of: words) { text.replaceSubrange(range, with: others) }
            writer.add(name, text)
        }
        try Data(try writer.finish()).write(to: URL(fileURLWithPath: copy))
    }

    private static func content(of part: ZipPart) throws -> String {
        var bytes: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try part.read(into: $0) }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }

    private static func contradicted(_ out: String) -> [String] { out.split(separator: "\n").map(String.init).filter { $0.contains("不符") && !$0.contains("共 ") } }

    @Test("Word 文件：解开、改一个数、再压上，只有这个数不符，应为多少写得出；改方向也一样", arguments: [
        ("1536人", "1563人", "1536人"), ("480次", "840次", "480次"), ("20%", "30%", "20%"), ("比上年同期下降", "比上年同期增长", "方向写反"),
    ])
    func word(_ right: String, _ wrong: String, _ told: String) async throws {
        let (bench, number) = try await Self.approved(), paper = bench.path("总结.docx"), copy = bench.path("改过.docx")
        try await Self.done(bench, ["summary", "export", number, "--as", "zhengce", "--to", paper])
        let clean = await bench.run("figures", "check", paper, "--rows", "--as", "zhengce")
        #expect(clean.code == 0 && Self.contradicted(clean.out).isEmpty && clean.out.contains("不符 0"), "\(clean.out)\(clean.err)")
        try Self.tampered(paper, right, wrong, to: copy)
        let checked = await bench.run("figures", "check", copy, "--rows", "--as", "zhengce"), rows = Self.contradicted(checked.out)
        #expect(checked.code == 1 && checked.out.contains("不符 1"), "\(checked.out)\(checked.err)")
        #expect(rows.count == 1 && rows[0].contains(told), "\(rows)")
    }

    @Test("PDF 的文字：改一个数，只有这个数不符")
    func portable() async throws {
        let (bench, number) = try await Self.approved(), paper = bench.path("总结.pdf"), copy = bench.path("改过.txt")
        try await Self.done(bench, ["summary", "export", number, "--as", "zhengce", "--to", paper])
        let text = try DocumentText(path: paper).text
        try Data(text.utf8).write(to: URL(fileURLWithPath: copy))
        #expect(await bench.run("figures", "check", copy, "--rows", "--as", "zhengce").out.contains("不符 0"))
        // A line of the page may end within the number.
        let range = try #require(text.firstMatch(of: /1\s*5\s*3\s*6\s*人/)?.range, "\(text)")
        try Data(text.replacingCharacters(in: range, with: "1653人").utf8).write(to: URL(fileURLWithPath: copy))
        let checked = await bench.run("figures", "check", copy, "--rows", "--as", "zhengce"), rows = Self.contradicted(checked.out)
        #expect(checked.code == 1 && rows.count == 1 && rows[0].contains("1536人"), "\(checked.out)")
    }
}
