import Testing
import Values
@testable import Documents

@Suite("逗号分隔文件")
struct CSVTests {
    @Test("读：引号不成对就退回，并说明行号", arguments: [
        ("\"", "第 1 行"), ("甲,\"乙", "第 1 行"), ("甲\r\n\"乙\n丙", "第 2 行"),
        ("\"甲\"乙", "第 1 行"), ("甲\n\"乙\n\"丙,丁", "第 3 行"), ("\"甲\" ,乙", "第 1 行"),
    ])
    func malformed(_ text: String, _ place: String) {
        #expect { try CSV.parse(text) } throws: { ($0 as? Refusal)?.message.hasPrefix(place) == true }
    }

    @Test("读", arguments: [
        ("", []), ("\n\r\n\r", []), ("\u{FEFF}", []),
        ("甲", [["甲"]]), ("\u{FEFF}甲,乙\r\n", [["甲", "乙"]]),
        ("甲,乙\n丙", [["甲", "乙"], ["丙"]]), ("甲\r乙\r", [["甲"], ["乙"]]), ("甲\r\n\r\n乙", [["甲"], ["乙"]]),
        (",", [["", ""]]), ("甲,", [["甲", ""]]), (",甲", [["", "甲"]]), ("\"\"", [[""]]),
        ("\"甲,乙\",\"丙\"\"丁\",\"戊\r\n己\"", [["甲,乙", "丙\"丁", "戊\r\n己"]]),
        ("甲\"乙,丙", [["甲\"乙", "丙"]]),                             // 不在开头的引号是文字
        (" 甲 , 乙", [[" 甲 ", " 乙"]]), ("'=1+1,'甲", [["=1+1", "'甲"]]),
    ] as [(String, [[String]])])
    func reading(_ text: String, _ rows: [[String]]) throws {
        #expect(try CSV.parse(text) == rows)
    }

    @Test("不是 UTF-8 的文件说明怎样另存")
    func encoding() throws {
        #expect { try CSV.parse([0xD6, 0xD0, 0xCE, 0xC4]) } throws: { ($0 as? Refusal)?.message.contains("UTF-8") == true }
        #expect(try CSV.parse(Array("甲,乙".utf8)) == [["甲", "乙"]])
    }

    @Test("写：只在开头放一次字节序标记")
    func mark() {
        var marked = CSVEncoder(), bare = CSVEncoder(byteOrderMark: false)
        #expect(marked.row(["a", "b"]) == [0xEF, 0xBB, 0xBF] + Array("a,b\r\n".utf8))
        #expect(marked.row(["a"]) == Array("a\r\n".utf8))
        #expect(bare.row(["a"]) == Array("a\r\n".utf8))
    }

    @Test("写：会被当作公式的加撇号，数值不加", arguments: [
        ("=1+1", "'=1+1"), ("+cmd", "'+cmd"), ("-甲", "'-甲"), ("@SUM(A1)", "'@SUM(A1)"), ("\t甲", "'\t甲"), ("-", "'-"),
        ("\r甲", "\"'\r甲\""), ("-1-1", "'-1-1"), ("-1,23", "\"'-1,23\""), ("'=1", "''=1"), ("-.5", "'-.5"), ("-1.", "'-1."),
        ("-735.00", "-735.00"), ("+5", "+5"), ("-30%", "-30%"), ("-1,234,567.50", "\"-1,234,567.50\""),
        ("", "\"\""), ("甲=乙", "甲=乙"), ("'甲", "'甲"), ("甲,乙", "\"甲,乙\""), ("甲\"乙", "\"甲\"\"乙\""), ("甲\n乙", "\"甲\n乙\""),
    ])
    func writing(_ cell: String, _ written: String) throws {
        var encoder = CSVEncoder(byteOrderMark: false)
        let bytes = encoder.row([cell])
        #expect(String(decoding: bytes, as: UTF8.self) == written + "\r\n")
        #expect(try CSV.parse(bytes) == [[cell]])
    }

    @Test("任意内容写出再读入不变")
    func roundTrip() throws {
        let pieces = ["", "'", "=", "-", "1", ",", "\"", "\n", "\r", "\t", " ", "甲", "𠮷"]
        var encoder = CSVEncoder(), generator = SystemRandomNumberGenerator()
        let rows = (0..<500).map { _ in
            (0...Int.random(in: 0...3, using: &generator)).map { _ in
                (0..<Int.random(in: 0...5, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            }
        }
        #expect(try CSV.parse(rows.flatMap { encoder.row($0) }) == rows)
    }
}
