import Cryptography
import Foundation
import Kernel
import Storage
import Values

/// 附件库。Stores the file first; the act carries its id; what no act carried within a day is swept.
public struct AttachmentStore: Sendable {
    let counter: Counter
    public let shelf: AttachmentShelf

    public static let maximumBytes = 10 << 20

    public init(_ counter: Counter, folder: String) {
        self.counter = counter
        shelf = AttachmentShelf(folder: folder, keyring: counter.house.keyring)
    }

    /// Keeps a document, cleaned of everything that is not seen in it.
    /// - Throws: `.tooLarge` over 10 MB or 50 million pixels, `.invalid` for anything but sound JPEG, PNG and PDF, judged by content;
    ///   `StorageError.full` when there is no room for it.
    public func store(_ content: [UInt8], filename: String, by actor: Actor) async throws -> Attachment {
        guard content.count <= Self.maximumBytes else { throw Refusal.tooLarge("文件超过 10 MB，请压缩或分开上传") }
        let taken = try await Intake.take(content, filename: filename)
        let now = counter.clock.now()
        let attachment = Attachment(id: .make(at: now), hash: try hash(taken.content, .international).hex, filename: taken.filename,
                                    type: taken.type, bytes: taken.content.count, uploadedBy: actor.user, uploadedAt: now)
        try await onDiskThread { [shelf] in
            try shelf.write(taken.content, .whole, of: attachment.hash)
            if let thumbnail = taken.thumbnail { try shelf.write(thumbnail, .thumbnail, of: attachment.hash) }
        }
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
        try await onDiskThread { [shelf] in
            guard let content = try shelf.read(.whole, of: attachment.hash) else { throw Refusal.absent("附件文件不在了，请联系系统管理员从备份中恢复") }
            return content
        }
    }

    /// A small JPEG of a picture; the whole picture where it has none yet.
    public func thumbnail(of attachment: Attachment) async throws -> (content: [UInt8], type: String) {
        let small = try await onDiskThread { [shelf] in try shelf.read(.thumbnail, of: attachment.hash) }
        if let small { return (small, "image/jpeg") }
        guard attachment.isPicture else { throw Refusal.absent("这份附件没有缩略图，请直接打开") }
        return (try await content(of: attachment), attachment.type)
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
            try await onDiskThread { [shelf] in try shelf.removeStale(hash) }
        }
        return hashes.count
    }
}

/// Files are read and written on threads that may wait, never on those that serve requests.
func onDiskThread<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { (caller: CheckedContinuation<T, any Error>) in
        DispatchQueue.global().async { caller.resume(with: Result { try work() }) }
    }
}
