import Testing
import Values

@Suite("文本编码")
struct TextEncodingTests {
    @Test(arguments: [[0xFF, 0xFE, 0x41, 0x00], [0x81], [0x81, 0x30, 0x81], [0xE3, 0x32, 0x9A, 0x36], [0xFF]] as [[UInt8]])
    func whatIsNoTextIsRefused(_ bytes: [UInt8]) {
        #expect(TextEncoding.detect(bytes) == nil)
        #expect(throws: Refusal.self) { try TextEncoding.read(bytes) }
        #expect(throws: Refusal.self) { try TextEncoding.gb18030.decode(bytes) }
        #expect(throws: Refusal.self) { try TextEncoding.utf8.decode([0xB0, 0xA1]) }
    }

    @Test(arguments: [
        ("𠮷", [0x95, 0x34, 0xB2, 0x35]), ("䶮", [0xFE, 0x9F]), ("㙍", [0x82, 0x30, 0xAB, 0x33]), ("张建国", [0xD5, 0xC5, 0xBD, 0xA8, 0xB9, 0xFA]),
        ("€", [0xA2, 0xE3]), ("\u{10FFFF}", [0xE3, 0x32, 0x9A, 0x35]), ("\u{9FB4}", [0xFE, 0x59]), ("a,1\r\n", [0x61, 0x2C, 0x31, 0x0D, 0x0A]), ("", []),
    ] as [(String, [UInt8])])
    func gb18030(_ text: String, _ bytes: [UInt8]) throws {
        #expect(try TextEncoding.gb18030.encode(text) == bytes)
        #expect(try TextEncoding.gb18030.decode(bytes) == text)
    }

    @Test(arguments: TextEncoding.allCases)
    func textsComeBack(_ encoding: TextEncoding) throws {
        let text = "姓名,金额\r\n示例𠮷,735.00\r\n"
        let bytes = try encoding.encode(text)
        let read = try TextEncoding.read(bytes)
        #expect(read.text == text)
        #expect(read.encoding == encoding)
        #expect(TextEncoding.detect(bytes) == encoding)
        #expect(try encoding.decode(bytes) == text)
    }

    @Test func plainASCIIIsUTF8() {
        #expect(TextEncoding.detect(Array("a,b".utf8)) == .utf8)
        #expect(TextEncoding.detect([]) == .utf8)
    }
}
