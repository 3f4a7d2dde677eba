import Commons
import Cryptography
import Foundation
import Glibc
import Kernel
import Storage
import Values

/// What a backup came to.
struct BackupReport: Hashable {
    let name: String
    let manifest: BackupManifest
    /// Attachments that weren't in an earlier backup.
    let newAttachments: Int
    /// Attachments that acts carry and whose files are gone.
    let missing: [String]
}

extension Office {
    /// 备份。Copies database and attachments into a folder of backups while the house goes on, and notes that it did.
    /// - Throws: `StorageError.full` when the target has no room; nothing is left there that looks like a backup.
    func backUp(to folder: BackupFolder, tell: @escaping @Sendable (Int, Int) -> Void = { _, _ in }) async throws -> BackupReport {
        let report = try await folder.whileAlone {
            let now = counter.clock.now(), name = BackupFolder.name(at: now), draft = folder.folder(name) + BackupFolder.unfinished
            guard try !folder.names().contains(name) else { throw Refusal.conflict("这一秒已经有一份备份，请稍等片刻再试") }
            do {
                return try await MakingBackup(office: self, folder: folder, name: name, draft: draft, now: now).run(tell)
            } catch {
                if FileManager.default.fileExists(atPath: draft) { try FileManager.default.removeItem(atPath: draft) }
                throw error
            }
        }
        try await note(report, in: folder)
        return report
    }

    /// The last backup stands in the database, so that pages can tell its age; that all data left the house stands among the readings.
    private func note(_ report: BackupReport, in folder: BackupFolder) async throws {
        try await LastBackup.note(report.manifest.madeAt, on: database)
        let note = AccessNote(.export, "backup", detail: report.name, rows: report.manifest.rows.values.reduce(0, +))
        try await counter.access.write(note, by: .commandLine, at: counter.clock.now())
    }
}

/// One backup on its way.
private struct MakingBackup {
    let office: Office
    let folder: BackupFolder
    let name: String
    let draft: String
    let now: Instant

    /// What is read in the copy itself.
    private struct Seen: Sendable {
        let schema: [String: Int], journal: BackupManifest.JournalState, rows: [String: Int], keys: [String: Int], carried: [String], stored: [String]
    }

    func run(_ tell: @escaping @Sendable (Int, Int) -> Void) async throws -> BackupReport {
        try makeFolder(draft)
        let databasePath = draft + "/minzheng.sqlite", places = office.house.sealedPlaces
        let seen = try await office.copyDatabase(to: databasePath, tell: tell) { try Self.look(places, $0) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: databasePath)
        // After the database: what its rows name was on the shelf before them.
        let (list, fresh, keys) = try copyAttachments(seen.keys)
        try writeWhole(Data(list.text.utf8), to: draft + "/" + AttachmentList.filename)
        let manifest = BackupManifest(madeAt: now, schema: seen.schema, journal: seen.journal, rows: seen.rows, keys: keys,
                                      database: try kept("minzheng.sqlite"), list: try kept(AttachmentList.filename), attachments: list.entries.count)
        try writeWhole(Data(manifest.text.utf8), to: draft + "/" + BackupManifest.filename)
        try flush(draft)
        guard rename(draft, folder.folder(name)) == 0 else { throw StorageError.io("\(draft)（errno \(errno)）") }
        try flush(folder.path)
        let present = Set(list.entries.map(\.name)).union(seen.stored)
        return BackupReport(name: name, manifest: manifest, newAttachments: fresh, missing: seen.carried.filter { !present.contains($0) })
    }

    private static func look(_ places: [SealedPlace], _ copy: any Connection) throws -> Seen {
        let schema = try copy.all("SELECT owner, max(number) FROM schema_migration GROUP BY owner") { (try $0.read(0) as String, try $0.read(1) as Int) }
        let last = try copy.first("SELECT number, hash FROM journal_block ORDER BY number DESC LIMIT 1") { (try $0.read(0) as Int, try $0.read(1) as String) }
        let unsealed: Int? = try copy.value("SELECT count(*) FROM journal WHERE block IS NULL")
        return Seen(schema: Dictionary(schema) { first, _ in first }, journal: .init(blocks: last?.0 ?? 0, head: last?.1 ?? "", unsealed: unsealed ?? 0),
                    rows: try copy.rowCounts(), keys: try places.keyCounts(copy), carried: try copy.carriedHashes(), stored: try copy.storedAttachments())
    }

    private func kept(_ name: String) throws -> BackupManifest.KeptFile {
        let path = draft + "/" + name
        return .init(name: name, bytes: try FileStatus(path)?.bytes ?? 0, digest: try digest(ofFile: path))
    }

    /// A file that stands unchanged in the list before isn't read again.
    private func copyAttachments(_ databaseKeys: [String: Int]) throws -> (list: AttachmentList, fresh: Int, keys: [String: Int]) {
        let shelf = office.attachments.shelf, known = try earlier()
        var entries: [AttachmentList.Entry] = [], fresh = 0, keys = databaseKeys
        for name in try shelf.names() {
            guard let status = try FileStatus("\(shelf.folder)/\(name)") else { continue }
            if let key = try shelf.key(of: name) { keys[key, default: 0] += 1 }
            if let entry = known[name], entry.bytes == status.bytes, entry.writtenAt == status.writtenAt, FileManager.default.fileExists(atPath: folder.place(of: entry.digest)) {
                entries.append(entry)
                continue
            }
            guard let content = FileManager.default.contents(atPath: "\(shelf.folder)/\(name)") else { continue }
            let digest = try hash(Array(content), .international).hex
            if try keep(content, digest) { fresh += 1 }
            entries.append(.init(digest: digest, bytes: content.count, writtenAt: status.writtenAt, name: name))
        }
        return (AttachmentList(entries), fresh, keys)
    }

    /// - Returns: whether it wasn't there.
    private func keep(_ content: Data, _ digest: String) throws -> Bool {
        let place = folder.place(of: digest)
        guard !FileManager.default.fileExists(atPath: place) else { return false }
        try makeFolder("\(folder.attachments)/\(digest.prefix(2))")
        try writeWhole(content, to: place)
        return true
    }

    private func earlier() throws -> [String: AttachmentList.Entry] {
        guard let last = try folder.names().last, let data = FileManager.default.contents(atPath: "\(folder.folder(last))/\(AttachmentList.filename)") else { return [:] }
        let list = try AttachmentList(parsing: String(decoding: data, as: UTF8.self))
        return Dictionary(list.entries.map { ($0.name, $0) }) { first, _ in first }
    }
}

/// Size and time of a file; nil when there is none.
struct FileStatus: Hashable {
    let bytes: Int
    /// Nanoseconds since 1970.
    let writtenAt: Int

    init?(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        bytes = Int(status.st_size)
        writtenAt = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    }
}

extension Connection {
    /// Rows of every table that is one; search indexes are left to the integrity check.
    func rowCounts() throws -> [String: Int] {
        let tables: [String] = try all("""
            SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE %' AND name NOT LIKE 'sqlite_%' ORDER BY name
            """) { try $0.read(0) }
        var counts: [String: Int] = [:]
        for table in tables { counts[table] = try value("SELECT count(*) FROM \(Statement(name: table))") }
        return counts
    }
}
