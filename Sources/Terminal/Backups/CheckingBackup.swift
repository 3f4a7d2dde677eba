import Commons
import Cryptography
import Foundation
import Kernel
import SQLiteStorage
import Storage
import Values

/// 恢复与核对。Puts a backup back, and finds out whether what came back is whole.
struct CheckingBackup: Sendable {
    let lines: [Line]
    let folder: BackupFolder
    let name: String
    let manifest: BackupManifest
    let list: AttachmentList

    /// - Throws: `.invalid` when manifest or list can't be read or isn't what was written.
    init(_ lines: [Line], _ path: String) throws {
        self.lines = lines
        (folder, name) = try BackupFolder.find(path)
        let home = folder.folder(name)
        guard let text = FileManager.default.contents(atPath: home + "/" + BackupManifest.filename) else { throw Refusal.absent("\(home) 里没有清单，不是完整的备份") }
        manifest = try BackupManifest(parsing: String(decoding: text, as: UTF8.self))
        for file in [manifest.database, manifest.list] {
            guard FileManager.default.fileExists(atPath: "\(home)/\(file.name)"), try digest(ofFile: "\(home)/\(file.name)") == file.digest else {
                throw Refusal.invalid("备份文件 \(file.name) 缺失或与清单不符，这份备份不能使用，请换用另一份")
            }
        }
        list = try AttachmentList(parsing: String(decoding: FileManager.default.contents(atPath: "\(home)/\(manifest.list.name)") ?? Data(), as: UTF8.self))
    }

    /// 恢复: into a folder that is empty or holds only keys. Names appear when their files are whole; the database comes last.
    /// - Throws: `.conflict` for any other folder.
    func restore(into data: DataFolder) throws {
        try data.create()
        let present = try FileManager.default.contentsOfDirectory(atPath: data.path).filter { $0 != "keys" }
        guard present.isEmpty else { throw Refusal.conflict("\(data.path) 不是空的，恢复只写入空的数据目录。请另指定一个文件夹，或先把原来的移走") }
        try makeFolder(data.attachments)
        for entry in list.entries { try copy(folder.place(of: entry.digest), to: "\(data.attachments)/\(entry.name)", digest: entry.digest) }
        try flush(data.attachments)
        try copy("\(folder.folder(name))/\(manifest.database.name)", to: data.database, digest: manifest.database.digest)
        try flush(data.path)
    }

    private func copy(_ source: String, to target: String, digest expected: String) throws {
        let draft = target + ".part"
        try tellingFileFaults {
            if FileManager.default.fileExists(atPath: draft) { try FileManager.default.removeItem(atPath: draft) }
            guard FileManager.default.fileExists(atPath: source) else { throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: source]) }
            try FileManager.default.copyItem(atPath: source, toPath: draft)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft)
        }
        guard try digest(ofFile: draft) == expected else { throw Refusal.invalid("\(source) 与清单不符，已损坏，请换用另一份备份") }
        try flush(draft)
        try tellingFileFaults { try FileManager.default.moveItem(atPath: draft, toPath: target) }
    }

    // MARK: Is it whole

    /// Everything that isn't as it should be in a restored folder; empty is sound. Keys are asked for only if they are there.
    func faults(in data: DataFolder) async throws -> [String] {
        let database = try SQLiteDatabase(path: data.database)
        return try await database.closing {
            var faults = try await database.integrityCheck().map { "数据库损坏：\($0)" }
            let verdict = try await Sealer.verify(database)
            faults += verdict.faults
            faults += try await database.read(self.disagreements)
            if verdict.blocks > 0, verdict.head != manifest.journal.head { faults.append("日志链首与清单不符") }
            if FileManager.default.fileExists(atPath: data.keys) { faults += try await keyFaults(data, database) }
            return faults
        }
    }

    private var disagreements: @Sendable (any Connection) throws -> [String] {
        { connection in
            let rows = try connection.rowCounts()
            var faults = manifest.rows.filter { rows[$0.key] != $0.value }.keys.sorted().map { "\($0) 应有 \(manifest.rows[$0] ?? 0) 行，实有 \(rows[$0] ?? 0) 行" }
            let names = Set(list.entries.map(\.name)).union(try connection.storedAttachments())
            let lost = try connection.carriedHashes().filter { !names.contains($0) }
            if !lost.isEmpty { faults.append("有 \(lost.count) 份附件的文件不在备份里") }
            return faults + (try connection.exchangedAttachments())
        }
    }

    /// Opens some values of each kind, and some files.
    private func keyFaults(_ data: DataFolder, _ database: SQLiteDatabase) async throws -> [String] {
        let keyring = try Keyring.load(from: data.path), held = Set(keyring.keys.map(\.id))
        let missing = manifest.keys.keys.filter { $0 != Resealing.unsealed && !held.contains($0) }.sorted()
        guard missing.isEmpty else { return ["密钥文件里缺少这份备份要用的密钥 \(missing.joined(separator: "、"))，请导入当时导出的密钥"] }
        let house = House(lines: lines, keyring: keyring), places = house.sealedPlaces
        let unreadable = try await database.read { connection in try places.flatMap { try $0.sampleFaults(keyring, connection) } }
        let shelf = AttachmentShelf(folder: data.attachments, keyring: keyring)
        return unreadable + (try list.entries.prefix(20).compactMap { try shelf.fault(in: $0.name) })
    }
}

extension Connection {
    /// Attachments that rest in the database itself; none where it is older than that.
    func storedAttachments() throws -> [String] {
        guard try rowCounts()["stored_piece"] != nil else { return [] }
        return try all("SELECT DISTINCT name FROM stored_piece WHERE place = 'attachments' ORDER BY name") { try $0.read(0) }
    }

    /// The content that acts carry.
    func carriedHashes() throws -> [String] {
        try all("SELECT DISTINCT a.hash FROM attachment AS a JOIN carried_attachment AS c ON c.attachment = a.id ORDER BY a.hash") { try $0.read(0) }
    }

    /// Attachments whose content is no longer what the journal says came with the act.
    func exchangedAttachments() throws -> [String] {
        let carried = try all("""
            SELECT c.act, a.hash, j.attachments FROM carried_attachment AS c JOIN attachment AS a ON a.id = c.attachment JOIN journal AS j ON j.id = c.act
            WHERE j.attachments IS NOT NULL
            """) { (act: try $0.read(0) as String, hash: try $0.read(1) as String, said: try $0.read(2) as String) }
        return carried.filter { !$0.said.split(separator: " ").contains($0.hash[...]) }.map { "事项 \($0.act) 所附文件的摘要与日志不符，可能被换过" }
    }
}
