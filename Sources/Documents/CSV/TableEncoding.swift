import Values

/// 表格文本的编码。Those of `TextEncoding`, and the two by which Excel saves "Unicode 文本".
public enum TableEncoding: Hashable, Sendable {
    case utf8, markedUTF8, gb18030
    /// With its mark in front.
    case utf16LittleEndian, utf16BigEndian

    public var label: String {
        switch self {
        case .utf8: TextEncoding.utf8.label
        case .markedUTF8: TextEncoding.markedUTF8.label
        case .gb18030: TextEncoding.gb18030.label
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        }
    }

    /// What a file opens with.
    var mark: [UInt8] {
        switch self {
        case .utf8, .gb18030: []
        case .markedUTF8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        }
    }

    /// The one whose mark a file opens with.
    static func marked(_ start: [UInt8]) -> TableEncoding? {
        [.markedUTF8, .utf16LittleEndian, .utf16BigEndian].first { start.starts(with: $0.mark) }
    }

    /// UTF-8 bytes, written in this encoding without a mark.
    func encode(_ bytes: [UInt8]) throws(Refusal) -> [UInt8] {
        switch self {
        case .utf8, .markedUTF8: return bytes
        case .gb18030: return try TextEncoding.gb18030.encode(String(decoding: bytes, as: UTF8.self))
        case .utf16LittleEndian: return String(decoding: bytes, as: UTF8.self).utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        case .utf16BigEndian: return String(decoding: bytes, as: UTF8.self).utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        }
    }
}
