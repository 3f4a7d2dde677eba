import Foundation
import Values

/// 文稿原文。The words of a document as people send it: txt, docx, html or PDF; a paragraph a line.
public struct DocumentText: Sendable, Hashable {
    /// 文稿格式。
    public enum Format: String, Sendable, CaseIterable {
        case plain, docx, html, pdf

        public var label: String {
            switch self {
            case .plain: "文本"
            case .docx: "Word 文档"
            case .html: "网页"
            case .pdf: "PDF"
            }
        }
    }

    public let text: String
    public let format: Format

    /// 50 MB.
    public static let maximumBytes = 50 << 20
    /// The words alone: more than any report of a bureau.
    public static let maximumText = 5 << 20

    /// - Throws: a refusal that says what to do with a file we cannot read.
    public init(path: String, name: String? = nil) throws {
        guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else { throw Refusal.absent("读不到文件 \(path)，请核对路径和权限") }
        guard size <= Self.maximumBytes else { throw Self.tooLarge(size) }
        guard let data = FileManager.default.contents(atPath: path) else { throw Refusal.absent("读不到文件 \(path)，请核对路径和权限") }
        try self.init(Array(data), name: name ?? path)
    }

    /// - Parameter name: the file's name; only its ending is looked at, and only where the bytes do not tell.
    public init(_ bytes: [UInt8], name: String = "") throws {
        guard bytes.count <= Self.maximumBytes else { throw Self.tooLarge(bytes.count) }
        guard !bytes.isEmpty else { throw Refusal.invalid("文件是空的，请检查是否传错") }
        format = try Self.format(of: bytes, name: name)
        text = switch format {
        case .plain: try PlainText.read(bytes)
        case .docx: try WordText.read(bytes)
        case .html: HTMLText.read(try PlainText.read(bytes))
        case .pdf: try PortableText.read(bytes)
        }
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { throw Refusal.invalid("文件里没有文字，请检查是否传错") }
        guard text.utf8.count <= Self.maximumText else { throw Refusal.tooLarge("文件里的文字超过 \(Self.maximumText >> 20) MB，不像一份文稿，请只留正文") }
    }

    private static func tooLarge(_ size: Int) -> Refusal {
        .tooLarge("文件有 \((size + (1 << 20) - 1) >> 20) MB，超过 \(maximumBytes >> 20) MB，请去掉图片后另存，或只留正文")
    }

    // MARK: formats

    private static func format(of bytes: [UInt8], name: String) throws -> Format {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return .docx }
        if bytes.prefix(1024).starts(with: "%PDF".utf8) { return .pdf }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw OldWord.refusal(bytes) }
        if bytes.starts(with: "{\\rtf".utf8) { throw Refusal.invalid("这是 RTF 文件，请用 Word 或 WPS 另存为 .docx 后再传") }
        if isPicture(bytes) { throw Refusal.invalid("这是一张图片，读不出文字，请上传 txt、docx、html 或带文字的 PDF") }
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return ending == "html" || ending == "htm" || HTMLText.isHTML(bytes) ? .html : .plain
    }

    private static func isPicture(_ bytes: [UInt8]) -> Bool {
        [[0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47], Array("GIF8".utf8)].contains { bytes.starts(with: $0) } || bytes.starts(with: "BM".utf8) && bytes.prefix(64).contains(0)
    }
}

/// The container of .doc, and of an Office document with a password.
enum OldWord {
    static func refusal(_ bytes: [UInt8]) -> Refusal {
        let sealed = "EncryptedPackage".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let isSealed = bytes.withUnsafeBytes { search($0, for: sealed) }
        return .invalid(isSealed ? "文档设了密码，请在 Word 或 WPS 中取消密码后再传" : "这是旧格式的 .doc 文档，请用 Word 或 WPS 另存为 .docx 后再传")
    }

    private static func search(_ bytes: UnsafeRawBufferPointer, for word: [UInt8]) -> Bool {
        guard let first = word.first, bytes.count >= word.count else { return false }
        return (0 ... bytes.count - word.count).contains { place in bytes[place] == first && bytes[place ..< place + word.count].elementsEqual(word) }
    }
}
