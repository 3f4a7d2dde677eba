import Cryptography
import Foundation
import Kernel
import Storage
import Values

/// 附件。A document handed in: its content rests in the data folder under its own hash, sealed.
public struct Attachment: Record {
    public let id: ID<Attachment>
    /// SHA-256 of the content, in the journal through the act that carries it.
    public let hash: String
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

/// 附件库。Stores the file first; the act carries its id; what no act carried within a day is swept.
public struct AttachmentStore: Sendable {
    let counter: Counter
    let folder: String

    public static let maximumBytes = 10 << 20

    public init(_ counter: Counter, folder: String) {
        self.counter = counter
        self.folder = folder
    }

    /// - Throws: `.tooLarge` over 10 MB, `.invalid` for anything but JPEG, PNG and PDF, judged by content.
    public func store(_ content: [UInt8], filename: String, by actor: Actor) async throws -> Attachment {
        guard content.count <= Self.maximumBytes else { throw Refusal.tooLarge("文件超过 10 MB，请压缩或分开上传") }
        guard let type = Self.type(of: content) else { throw Refusal.invalid("只收 JPG、PNG 图片和 PDF 文件，请换一个文件") }
        let now = counter.clock.now()
        let attachment = Attachment(id: .make(at: now), hash: try hash(content, .international).hex, filename: String(filename.suffix(120)),
                                    type: type, bytes: content.count, uploadedBy: actor.user, uploadedAt: now)
        try await write(content, as: attachment.hash)
        try await counter.database.write { connection in
            try connection.run("""
                INSERT INTO attachment (id, hash, filename, media_type, bytes, uploaded_by, uploaded_at)
                VALUES (\(attachment.id), \(attachment.hash), \(attachment.filename), \(attachment.type), \(attachment.bytes), \(attachment.uploadedBy), \(attachment.uploadedAt))
                """)
        }
        return attachment
    }

    /// The content, for someone who may see the case it belongs to.
    public func content(of attachment: Attachment) async throws -> [UInt8] {
        let path = path(attachment.hash), keyring = counter.house.keyring
        return try await Self.onDiskThread {
            guard let sealed = FileManager.default.contents(atPath: path) else { throw Refusal.absent("附件文件不在了，请联系系统管理员") }
            let text = try keyring.open(String(decoding: sealed, as: UTF8.self), for: "attachment")
            guard let data = Data(base64Encoded: text) else { throw Refusal.absent("附件文件已损坏，请联系系统管理员") }
            return Array(data)
        }
    }

    /// Removes what was uploaded more than a day ago and came with no act, with the files that no attachment names any more.
    /// - Returns: how many attachments were removed.
    @discardableResult
    public func sweepOrphans() async throws -> Int {
        let before = counter.clock.now().adding(seconds: -86_400)
        let hashes = try await counter.database.write { connection in
            let orphans: Statement = "uploaded_at < \(before) AND id NOT IN (SELECT attachment FROM carried_attachment)"
            let hashes: [String] = try connection.all("SELECT hash FROM attachment WHERE \(orphans)") { try $0.read(0) }
            try connection.run("DELETE FROM attachment WHERE \(orphans)")
            return hashes
        }
        for hash in Set(hashes) {
            let uses: Int? = try await counter.database.read { try $0.value("SELECT count(*) FROM attachment WHERE hash = \(hash)") }
            guard uses == 0 else { continue }
            let path = path(hash)
            try await Self.onDiskThread { try Self.remove(path) }
        }
        return hashes.count
    }

    /// A file written within the hour stays: the same content may be on its way in again, its row not yet written.
    private static func remove(_ path: String) throws {
        guard let written = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date,
              written.timeIntervalSinceNow < -3_600
        else { return }
        try FileManager.default.removeItem(atPath: path)
    }

    private func write(_ content: [UInt8], as hash: String) async throws {
        let path = path(hash), folder = folder, keyring = counter.house.keyring
        try await Self.onDiskThread {
            let sealed = try keyring.seal(Data(content).base64EncodedString(), for: "attachment")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(sealed.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        }
    }

    /// Files are read and written on threads that may wait, never on those that serve requests.
    private static func onDiskThread<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { (caller: CheckedContinuation<T, any Error>) in
            DispatchQueue.global().async { caller.resume(with: Result { try work() }) }
        }
    }

    private func path(_ hash: String) -> String { "\(folder)/\(hash)" }

    private static func type(of content: [UInt8]) -> String? {
        if content.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if content.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if content.starts(with: Array("%PDF-".utf8)) { return "application/pdf" }
        return nil
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
