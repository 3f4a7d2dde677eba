import Cryptography
import Foundation
import Kernel
import Storage
import Values

/// 附件库。Stores the file first; the act carries its id; what no act carried within a day is swept.
///
/// Files rest on the shelf or in the database; what was kept in the other place before is found there.
public struct AttachmentStore: Sendable {
    let counter: Counter
    public let shelf: AttachmentShelf
    let keeping: Keeping
    let stored: StoredFiles

    public static let maximumBytes = 10 << 20

    public init(_ counter: Counter, folder: String, keeping: Keeping = .folders) {
        self.counter = counter
        shelf = AttachmentShelf(folder: folder, keyring: counter.house.keyring)
        self.keeping = keeping
        stored = StoredFiles(counter, place: "attachments")
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
        switch keeping {
        case .folders: try await place(attachment, taken)
        case .database: try await insert(attachment, taken)
        }
        return attachment
    }

    /// The file first, then its row: what stops in between leaves a file that is swept.
    private func place(_ attachment: Attachment, _ taken: Intake) async throws {
        try await onDiskThread { [shelf] in
            try shelf.write(taken.content, .whole, of: attachment.hash)
            if let thumbnail = taken.thumbnail { try shelf.write(thumbnail, .thumbnail, of: attachment.hash) }
        }
        try await counter.database.write { try Self.enter(attachment, $0) }
    }

    /// File and row in one transaction.
    private func insert(_ attachment: Attachment, _ taken: Intake) async throws {
        var files: [(name: String, pieces: [String])] = []
        for (part, content) in [(AttachmentShelf.Part.whole, taken.content), (.thumbnail, taken.thumbnail)] {
            guard let content else { continue }
            let name = attachment.hash + part.ending
            files.append((name, try stored.sealed(content, as: name)))
        }
        let sealed = files
        try await counter.database.write { connection in
            for file in sealed { try stored.insert(file.pieces, as: file.name, at: attachment.uploadedAt, connection) }
            try Self.enter(attachment, connection)
        }
    }

    private static func enter(_ attachment: Attachment, _ connection: any Connection) throws {
        try connection.run("""
            INSERT INTO attachment (id, hash, filename, media_type, bytes, uploaded_by, uploaded_at)
            VALUES (\(attachment.id), \(attachment.hash), \(attachment.filename), \(attachment.type), \(attachment.bytes), \(attachment.uploadedBy), \(attachment.uploadedAt))
            """)
    }

    /// The content, for someone who may see the case it belongs to.
    public func content(of attachment: Attachment) async throws -> [UInt8] {
        guard let content = try await read(.whole, of: attachment.hash) else { throw Refusal.absent("附件文件不在了，请联系系统管理员从备份中恢复") }
        return content
    }

    private func read(_ part: AttachmentShelf.Part, of hash: String) async throws -> [UInt8]? {
        let name = hash + part.ending
        if keeping == .database, let content = try await stored.read(name) { return content }
        if let content = try await onDiskThread({ [shelf] in try shelf.read(part, of: hash) }) { return content }
        return keeping == .folders ? try await stored.read(name) : nil
    }

    /// Every file by name, wherever it rests.
    public func names() async throws -> Set<String> {
        Set(try await onDiskThread { [shelf] in try shelf.names() }).union(try await stored.names())
    }

    /// A small JPEG of a picture; the whole picture where it has none yet.
    public func thumbnail(of attachment: Attachment) async throws -> (content: [UInt8], type: String) {
        if let small = try await read(.thumbnail, of: attachment.hash) { return (small, "image/jpeg") }
        guard attachment.isPicture else { throw Refusal.absent("这份附件没有缩略图，请直接打开") }
        return (try await content(of: attachment), attachment.type)
    }

    /// Removes what was uploaded more than a day ago and came with no act, with the files that no attachment names any more.
    /// - Returns: how many attachments were removed.
    @discardableResult
    public func sweepOrphans() async throws -> Int {
        let before = counter.clock.now().adding(seconds: -86_400)
        let hashes = try await counter.database.write { [stored] connection in
            let orphans: Statement = "uploaded_at < \(before) AND id NOT IN (SELECT attachment FROM carried_attachment)"
            let hashes: [String] = try connection.all("SELECT hash FROM attachment WHERE \(orphans)") { try $0.read(0) }
            try connection.run("DELETE FROM attachment WHERE \(orphans)")
            for hash in Set(hashes).sorted() where try connection.value("SELECT count(*) FROM attachment WHERE hash = \(hash)") ?? 0 == 0 {
                for part in AttachmentShelf.Part.allCases { try stored.remove(hash + part.ending, connection) }
            }
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

extension AttachmentStore {
    /// 收拢附件. Brings what lies in the other place to where files rest now. May be stopped anywhere and done again; nothing is removed.
    /// - Returns: how many files came.
    @discardableResult
    public func gather(_ tell: @Sendable (Int, Int) -> Void = { _, _ in }) async throws -> Int {
        let shelved = Set(try await onDiskThread { [shelf] in try shelf.names() }), kept = Set(try await stored.names())
        let missing = (keeping == .database ? shelved.subtracting(kept) : kept.subtracting(shelved)).sorted()
        for (index, name) in missing.enumerated() {
            guard let (part, hash) = AttachmentShelf.part(of: name), let content = try await read(part, of: hash) else { continue }
            switch keeping {
            case .database: try await stored.write(content, as: name, at: counter.clock.now())
            case .folders: try await onDiskThread { [shelf] in try shelf.write(content, part, of: hash) }
            }
            tell(index + 1, missing.count)
        }
        return missing.count
    }
}

/// Files are read and written on threads that may wait, never on those that serve requests.
func onDiskThread<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { (caller: CheckedContinuation<T, any Error>) in
        DispatchQueue.global().async { caller.resume(with: Result { try work() }) }
    }
}
