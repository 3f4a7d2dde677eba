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
    /// 16 MB of markup.
    static let maximumPage = 16 << 20

    /// - Throws: a refusal that says what to do with a file we cannot read.
    public init(path: String, name: String? = nil) throws { try self.init(try Self.bytes(at: path), name: name ?? path) }

    /// The file as it is, up to what a document may have.
    public static func bytes(at path: String) throws(Refusal) -> [UInt8] {
        guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else { throw .absent("读不到文件 \(path)，请核对路径和权限") }
        guard size <= maximumBytes else { throw tooLarge(size) }
        guard let data = FileManager.default.contents(atPath: path) else { throw .absent("读不到文件 \(path)，请核对路径和权限") }
        return Array(data)
    }

    /// - Parameter name: the file's name; only its ending is looked at, and only where the bytes do not tell.
    public init(_ bytes: [UInt8], name: String = "") throws {
        guard bytes.count <= Self.maximumBytes else { throw Self.tooLarge(bytes.count) }
        guard !bytes.isEmpty else { throw Refusal.invalid("文件是空的，请检查是否传错") }
        format = try Self.format(of: bytes, name: name)
        switch format {
        case .plain: text = try Self.plain(bytes)
        case .docx: text = try WordText.read(bytes)
        case .html: text = try Self.page(bytes)
        case .pdf: text = try PortableText.read(bytes)
        }
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { throw Refusal.invalid("文件里没有文字，请检查是否传错") }
        guard text.utf8.count <= Self.maximumText else { throw Self.wordy }
    }

    static var wordy: Refusal { .tooLarge("文件里的文字超过 \(maximumText >> 20) MB，不像一份文稿，请只留正文") }

    /// No encoding takes more than two bytes for one of UTF-8: what is longer than twice the limit isn't decoded.
    private static func plain(_ bytes: [UInt8]) throws(Refusal) -> String {
        guard bytes.count <= 2 * maximumText else { throw wordy }
        return try PlainText.read(bytes)
    }

    private static func page(_ bytes: [UInt8]) throws(Refusal) -> String {
        guard bytes.count <= maximumPage else { throw .tooLarge("网页有 \(bytes.count >> 20) MB，多半是把图片存进了网页，请另存为 docx 或纯文本后再传") }
        return HTMLText.read(try PlainText.read(bytes))
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
        // EncryptedPackage, as the container writes the names of its streams.
        let isSealed = bytes.withUnsafeBytes { search($0, for: "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0") != nil }
        return .invalid(isSealed ? "文档设了密码，请在 Word 或 WPS 中取消密码后再传" : "这是旧格式的 .doc 文档，请用 Word 或 WPS 另存为 .docx 后再传")
    }
}
