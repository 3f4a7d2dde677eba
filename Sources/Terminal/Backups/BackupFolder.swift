import Cryptography
import Foundation
import Glibc
import Storage
import Values

/// 备份目录。Where backups lie: one folder each, and beside them the attachments that they share.
///
/// `backup-20240705T010203Z/` holds the database, the list of attachments and the manifest; `attachments/ab/…` holds sealed files under the
/// SHA-256 of what lies in them. A backup is made under a name ending in `.part` and gets its own when it is whole: a name without it is a promise.
struct BackupFolder: Sendable {
    static let prefix = "backup-", unfinished = ".part"
    let path: String

    init(_ path: String) { self.path = path }

    var attachments: String { path + "/attachments" }

    /// The whole ones by name, oldest first.
    func names() throws -> [String] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix(Self.prefix) && !$0.hasSuffix(Self.unfinished) }.sorted()
    }

    func folder(_ name: String) -> String { "\(path)/\(name)" }

    /// Where a sealed file rests, by its SHA-256.
    func place(of digest: String) -> String { "\(attachments)/\(digest.prefix(2))/\(digest)" }

    static func name(at now: Instant) -> String { prefix + now.typed.prefix(19).replacing("-", with: "").replacing(":", with: "") + "Z" }

    /// A backup and the folder it lies in, from the path of either: of a folder, the newest.
    /// - Throws: `.absent` when there is no whole backup there.
    static func find(_ path: String) throws -> (folder: BackupFolder, name: String) {
        let url = URL(fileURLWithPath: path).standardizedFileURL, name = url.lastPathComponent
        if FileManager.default.fileExists(atPath: url.appendingPathComponent(BackupManifest.filename).path), name.hasPrefix(prefix) {
            guard !name.hasSuffix(unfinished) else { throw Refusal.absent("\(path) 是没有做完的备份，不能使用") }
            return (BackupFolder(url.deletingLastPathComponent().path), name)
        }
        let folder = BackupFolder(url.path)
        guard let newest = try folder.names().last else { throw Refusal.absent("\(path) 里没有完整的备份，请核对路径") }
        return (folder, newest)
    }

    /// Only one backup at a time goes into a folder; what an interrupted one left is cleared first.
    func whileAlone<Outcome>(_ work: () async throws -> Outcome) async throws -> Outcome {
        try makeFolder(path)
        let lock = open(path + "/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw Refusal.absent("写不了备份目录 \(path)，请核对路径和权限") }
        defer { close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw Refusal.conflict("另一次备份正在写入 \(path)，请等它结束") }
        for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.hasPrefix(Self.prefix) && name.hasSuffix(Self.unfinished) {
            try FileManager.default.removeItem(atPath: folder(name))
        }
        return try await work()
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: folder(name)) }
}

// MARK: Files

/// For its owner's eyes only.
func makeFolder(_ path: String) throws {
    try tellingFileFaults { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]) }
}

/// A full or failing disk is told as the database tells it.
func tellingFileFaults<Outcome>(_ work: () throws -> Outcome) throws -> Outcome {
    do { return try work() } catch let error as NSError { throw StorageError(file: error) }
}

/// Writes a whole file and flushes it; its name is there only when all of it is.
func writeWhole(_ data: Data, to path: String) throws {
    let draft = path + ".new"
    try tellingFileFaults {
        try data.write(to: URL(fileURLWithPath: draft))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft)
    }
    try flush(draft)
    guard rename(draft, path) == 0 else { throw StorageError.io("\(path)（errno \(errno)）") }
}

/// To the disk, not only to the system's memory. A folder's flush keeps the names in it.
func flush(_ path: String) throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw StorageError.io("\(path)（errno \(errno)）") }
    defer { close(file) }
    guard fsync(file) == 0 else { throw errno == ENOSPC || errno == EDQUOT ? StorageError.full : StorageError.io("\(path)（errno \(errno)）") }
}

/// SHA-256 of a file of any size.
func digest(ofFile path: String) throws -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { throw StorageError.io("读不到 \(path)") }
    defer { file.closeFile() }
    let hash = try RunningHash(.international)
    while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { try hash.update(piece) }
    return try hash.finish().hex
}

/// Bytes free for us on the disk that holds a path, and all it has.
func room(at path: String) -> (free: Int64, total: Int64)? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return (Int64(status.f_bavail) * Int64(status.f_frsize), Int64(status.f_blocks) * Int64(status.f_frsize))
}

/// 1.2 GB.
func shownBytes(_ bytes: Int64) -> String {
    let units = ["字节", "KB", "MB", "GB", "TB"]
    var tenths = bytes * 10, unit = 0
    while tenths >= 10_240, unit < units.count - 1 { (tenths, unit) = (tenths / 1024, unit + 1) }
    return unit == 0 ? "\(bytes) 字节" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
}
