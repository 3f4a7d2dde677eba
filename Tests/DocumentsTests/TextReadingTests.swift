import Testing
import Values
@testable import Documents

private func refusal(_ bytes: [UInt8], limits: TableLimits = TableLimits()) throws -> Refusal {
    try #require(throws: Refusal.self) { _ = try TestFile(bytes).rows(limits: limits) }
}

/// The bytes of a text in each encoding.
private func written(_ text: String, _ encoding: TableEncoding) throws -> [UInt8] {
    encoding.mark + (try encoding.encode(Array(text.utf8)))
}

@Suite("读取文本表格")
struct TextReadingTests {
    static let encodings: [TableEncoding] = [.utf8, .markedUTF8, .gb18030, .utf16LittleEndian, .utf16BigEndian]

    @Test("各种编码读出相同", arguments: encodings)
    func sameInEach(_ encoding: TableEncoding) throws {
        let rows = (0..<9_000).map { "示例\($0),𠮷㐀€,\"多\n行\"" }.joined(separator: "\r\n")
        let file = try TestFile(try written("姓名,住址,备注\r\n" + rows, encoding)), reader = try file.reader()
        #expect(reader.kind == .text(encoding, separator: ","))
        #expect(reader.headers == ["姓名", "住址", "备注"])
        var count = 0
        try reader.forEach { row in
            #expect(row == TableRow(line: 2 + 2 * count, cells: ["示例\(count)", "𠮷㐀€", "多\n行"]))
            count += 1
        }
        #expect(count == 9_000)
        #expect(reader.percentRead == 100)
    }

    @Test("分隔符", arguments: [
        ("甲,乙\n1,2", ","), ("甲\t乙\n1,5\t2", "\t"), ("甲;乙\n1;2", ";"), ("甲\n1", ","), ("\"甲,丙\";乙\n\"1,2,3\";2", ";"),
        ("名单\n甲\t乙\n1\t2", "\t"), ("甲,乙;丙\n1,2\n", ","), ("甲;乙,丙\n1;2;3\n", ";"),
    ] as [(String, Character)])
    func separators(_ text: String, _ separator: Character) throws {
        #expect(try TestFile(Array(text.utf8)).reader().kind == .text(.utf8, separator: separator))
    }

    @Test("换行、引号、空行、行号", arguments: [
        ("甲,乙\r1,2\r", [TableRow(line: 2, cells: ["1", "2"])]), ("甲,乙\n\n\n1,2", [TableRow(line: 4, cells: ["1", "2"])]),
        ("甲,乙\r\n\"a\r\nb\",\"c\nd\"\r\n3,4", [TableRow(line: 2, cells: ["a\r\nb", "c\nd"]), TableRow(line: 5, cells: ["3", "4"])]),
        ("甲,乙,,\n1\n,,,\n2,\"\"\"x\"\"\",,", [TableRow(line: 2, cells: ["1", ""]), TableRow(line: 4, cells: ["2", "\"x\""])]),
        ("甲\n'=1", [TableRow(line: 2, cells: ["=1"])]), ("甲\n", []), ("甲", []),
        ("甲\n1,2", [TableRow(line: 2, cells: ["1"], faults: [TableFault(column: nil, "第 B 列没有表头却有内容，请补上表头或删去内容")])]),
        ("甲,乙\n1,2\n共 1 行,", [TableRow(line: 2, cells: ["1", "2"])]), ("甲,乙\n共 1 行,2", [TableRow(line: 2, cells: ["共 1 行", "2"])]),
        ("甲,导入问题,乙\n1,旧,2", [TableRow(line: 2, cells: ["1", "2"])]),
    ])
    func rows(_ text: String, _ rows: [TableRow]) throws {
        #expect(try TestFile(Array(text.utf8)).rows() == rows)
    }

    @Test("读不了的说出行号", arguments: [
        (Array("甲,乙\n1,\"2\n3,4".utf8), "第 2 行的双引号没有成对"), (Array("甲\n\"1\"2".utf8), "第 2 行的双引号之后还有文字"),
        (Array("甲\n1\0".utf8), "第 2 行有空字节"), (Array("甲\n1\n".utf8) + [0xFF, 0xFF], "第 3 行有无法识别"),
        ([0xEF, 0xBB, 0xBF] + Array("a\n".utf8) + [0xD6, 0xD0], "第 2 行有无法识别"), ([0xD6, 0xD0, 0x0A, 0xD6], "第 2 行有无法识别"),
        ([0xFF, 0xFE, 0x41, 0x00, 0x0A, 0x00, 0x00, 0xD8], "第 2 行有无法识别"), ([0xFF, 0xFE, 0x41, 0x00, 0x0A], "第 1 行有无法识别"),
        ([0xFE, 0xFF, 0x00, 0x41, 0x00, 0x0A, 0x00, 0x00], "第 2 行有无法识别"), (Array("\n \n,,\n".utf8), "没有内容"), ([0xEF, 0xBB, 0xBF], "没有内容"),
    ] as [([UInt8], String)])
    func unreadable(_ bytes: [UInt8], _ part: String) throws {
        #expect(try refusal(bytes).message.contains(part))
    }

    @Test("过长的行", arguments: TextReadingTests.encodings, [true, false])
    func longLines(_ encoding: TableEncoding, _ accepted: Bool) throws {
        var limits = TableLimits()
        limits.rowBytes = 300_000
        let text = "甲\n" + String(repeating: "a", count: 300_000 - 1 + (accepted ? 0 : 1)) + "\n乙\n"
        let file = try TestFile(try written(text, encoding))
        if accepted { #expect(try file.rows(limits: limits).count == 2) } else {
            #expect { try file.rows(limits: limits) } throws: { ($0 as? Refusal)?.message.hasPrefix("第 2 行过长") == true }
        }
    }

    @Test("忘了收的引号不会吃下整个文件")
    func runawayQuote() throws {
        let text = "甲,乙\n\"1,2\n" + String(repeating: "3,4\n", count: 400_000)
        #expect(try refusal(Array(text.utf8)).message.hasPrefix("第 2 行过长"))
    }

    @Test("任意字节都不崩溃")
    func anyBytes() throws {
        let pieces: [[UInt8]] = [[0x22], [0x2C], [0x0A], [0x0D], [0x81], [0x30], [0xFE], [0xD6, 0xD0], [0xE7, 0x94, 0xB2], [0x41], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0x27], [0x3D]]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 1...12, using: &generator)).flatMap { _ in pieces.randomElement(using: &generator) ?? [] }
            do { _ = try TestFile(bytes).rows() } catch is Refusal {}
        }
    }

    @Test("UTF-8 的边界", arguments: [
        ([0xC2, 0x80], true), ([0xC1, 0xBF], false), ([0xE0, 0xA0, 0x80], true), ([0xE0, 0x9F, 0xBF], false), ([0xED, 0x9F, 0xBF], true), ([0xED, 0xA0, 0x80], false),
        ([0xF0, 0x90, 0x80, 0x80], true), ([0xF0, 0x8F, 0xBF, 0xBF], false), ([0xF4, 0x8F, 0xBF, 0xBF], true), ([0xF4, 0x90, 0x80, 0x80], false), ([0xF5, 0x80, 0x80, 0x80], false), ([0x80], false),
    ] as [([UInt8], Bool)])
    func utf8(_ bytes: [UInt8], _ valid: Bool) {
        var walk = UTF8Walk()
        #expect((bytes.allSatisfy { walk.step($0) } && walk.isBetween) == valid)
        #expect((String(validating: bytes, as: UTF8.self) != nil) == valid)
    }
}
