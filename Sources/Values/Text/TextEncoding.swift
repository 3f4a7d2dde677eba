internal import Foundation
import Synchronization

/// 文本编码。How the text of a file is written: UTF-8, with or without its mark, or GB 18030 as banks and Excel write it.
public enum TextEncoding: String, CodeList {
    case utf8 = "utf-8"
    /// With EF BB BF in front, by which Excel knows it.
    case markedUTF8 = "utf-8-bom"
    case gb18030

    public var label: String {
        switch self {
        case .utf8: "UTF-8"
        case .markedUTF8: "UTF-8（带BOM）"
        case .gb18030: "GB18030"
        }
    }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// CFString's number for GB 18030, marked as one of its encodings.
    private static let chinese = String.Encoding(rawValue: 0x8000_0632)

    /// The encoding of a whole text; nil when it is none of these. Plain ASCII is UTF-8.
    public static func detect(_ bytes: [UInt8]) -> TextEncoding? { (try? read(bytes))?.encoding }

    /// The text of a file and how it was written.
    /// - Throws: when the bytes are text in none of these encodings.
    public static func read(_ bytes: [UInt8]) throws(Refusal) -> (text: String, encoding: TextEncoding) {
        if bytes.starts(with: mark) { return (try markedUTF8.decode(bytes), .markedUTF8) }
        if let text = String(validating: bytes, as: UTF8.self) { return (text, .utf8) }
        guard let text = try? gb18030.decode(bytes) else {
            throw .invalid("无法识别文件的文字编码，请另存为 UTF-8 或 GB18030 后重新上传")
        }
        return (text, .gb18030)
    }

    /// - Throws: when the bytes are not text in this encoding.
    public func decode(_ bytes: [UInt8]) throws(Refusal) -> String {
        let text = switch self {
        case .utf8: String(validating: bytes, as: UTF8.self)
        case .markedUTF8: String(validating: bytes.starts(with: TextEncoding.mark) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
        case .gb18030: String(bytes: bytes, encoding: TextEncoding.chinese)
        }
        guard let text else { throw .invalid("文件不是 \(label) 编码的文本，请核对文件") }
        return text
    }

    /// - Throws: when a character cannot be written in this encoding.
    public func encode(_ text: String) throws(Refusal) -> [UInt8] {
        switch self {
        case .utf8: return Array(text.utf8)
        case .markedUTF8: return TextEncoding.mark + Array(text.utf8)
        case .gb18030: return try ChineseBytes.encode(text)
        }
    }

    /// By the platform's converter.
    fileprivate static func converted(_ text: String) throws(Refusal) -> [UInt8] {
        guard let data = text.data(using: chinese) else { throw .invalid("内容中有 GB18030 编码不能表示的字符，请改用 UTF-8") }
        return Array(data)
    }
}

/// GB 18030 writes each character by itself, so that what one came to is kept: files of banks repeat the same few thousand.
private enum ChineseBytes {
    /// By character of the basic plane: two bytes, or zero where it isn't known or has four.
    private static let known = Mutex([UInt16](repeating: 0, count: 1 << 16))

    static func encode(_ text: String) throws(Refusal) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        let isWhole = known.withLock { known in
            for scalar in text.unicodeScalars {
                if scalar.isASCII { bytes.append(UInt8(truncatingIfNeeded: scalar.value)); continue }
                guard scalar.value < 1 << 16, known[Int(scalar.value)] != 0 else { return false }
                bytes.append(UInt8(known[Int(scalar.value)] >> 8))
                bytes.append(UInt8(known[Int(scalar.value)] & 255))
            }
            return true
        }
        return isWhole ? bytes : try learn(text)
    }

    /// Character by character through the converter, remembering those of two bytes.
    private static func learn(_ text: String) throws(Refusal) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            let some = try TextEncoding.converted(String(scalar))
            bytes += some
            guard some.count == 2, scalar.value < 1 << 16 else { continue }
            known.withLock { $0[Int(scalar.value)] = UInt16(some[0]) << 8 | UInt16(some[1]) }
        }
        return bytes
    }
}
