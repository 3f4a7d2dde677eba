import Kernel
import Pages
import Values

/// 附件。A document handed in: its content rests in the data folder under its own hash, sealed.
public struct Attachment: Record {
    public let id: ID<Attachment>
    /// SHA-256 of the content as it is kept; the act that carries it writes it into the journal.
    public let hash: String
    /// Without the numbers of people that a name may have held.
    public let filename: String
    /// By content, not by name: `image/jpeg`.
    public let type: String
    public let bytes: Int
    public let uploadedBy: ID<Actor>
    public let uploadedAt: Instant

    public static let table = "attachment"
    public static let title = "附件"
    public static let shape = Shape<Attachment> {
        Field(.id, \.id)
        Field(.hash, \.hash)
        Field(.filename, \.filename)
        Field(.mediaType, \.type)
        Field(.bytes, \.bytes)
        Field(.uploadedBy, \.uploadedBy)
        Field(.uploadedAt, \.uploadedAt)
    }

    public init(from reading: Reading<Attachment>) throws(Refusal) {
        id = try reading(.id)
        hash = try reading(.hash)
        filename = try reading(.filename)
        type = try reading(.mediaType)
        bytes = try reading(.bytes)
        uploadedBy = try reading(.uploadedBy)
        uploadedAt = try reading(.uploadedAt)
    }

    init(id: ID<Attachment>, hash: String, filename: String, type: String, bytes: Int, uploadedBy: ID<Actor>, uploadedAt: Instant) {
        self.id = id
        self.hash = hash
        self.filename = filename
        self.type = type
        self.bytes = bytes
        self.uploadedBy = uploadedBy
        self.uploadedAt = uploadedAt
    }
}

extension Attachment {
    public var isPicture: Bool { type.hasPrefix("image/") }
    public var address: String { "/attachments/\(id.text)" }

    /// 「户口簿：首页.jpg · 图片 · 1.2 MB」, with its thumbnail.
    public func listed(as kind: String) -> AttachmentListView.Attachment {
        .init("\(kind)：\(filename)", kind: isPicture ? "图片" : "PDF", size: size, href: address, thumbnailHref: isPicture ? address + "/thumbnail" : nil)
    }

    private var size: String {
        bytes < 1 << 20 ? "\(max(bytes >> 10, 1)) KB" : "\(bytes / 1_048_576).\(bytes % 1_048_576 * 10 / 1_048_576) MB"
    }
}

extension Term where Value == String {
    static var hash: Term<String> { Term("hash", "摘要") }
    public static var filename: Term<String> { Term("filename", "文件名") }
    static var mediaType: Term<String> { Term("media_type", "类型") }
}
extension Term where Value == Int {
    static var bytes: Term<Int> { Term("bytes", "大小") }
}
extension Term where Value == ID<Actor> {
    static var uploadedBy: Term<ID<Actor>> { Term("uploaded_by", "上传人") }
}
extension Term where Value == Instant {
    static var uploadedAt: Term<Instant> { Term("uploaded_at", "上传时刻") }
}
