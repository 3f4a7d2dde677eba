import Foundation
import Storage
import Values

/// 上传的导入表在库中的各段。The sealed lines of an upload, a row each, as they stood in the file.
struct UploadPieces: Sendable {
    let database: any Database

    init(_ database: any Database) { self.database = database }

    /// So many pieces go at once: some megabytes.
    private static let atOnce = 16

    func store(_ file: SealedFile, of id: ID<ImportRun>) async throws {
        let lines = try file.lines()
        var number = 0, isMore = true
        while isMore {
            var rows: [[StoredValue]] = []
            while rows.count < Self.atOnce, let line = try lines.next() {
                rows.append([.text(id.text), .text(Self.numbered(number)), .text(line)])
                number += 1
            }
            isMore = rows.count == Self.atOnce
            let batch = rows
            if !batch.isEmpty { try await database.write { _ = try $0.insert(into: "import_piece", ["import_id", "number", "content"], rows: batch) } }
        }
    }

    /// - Throws: `.absent` when there is nothing of it.
    func fetch(_ id: ID<ImportRun>, into file: SealedFile) async throws {
        guard FileManager.default.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600]),
              let handle = FileHandle(forWritingAtPath: file.path) else {
            throw Refusal.busy("写不了导入文件夹，请联系系统管理员核对磁盘空间和权限")
        }
        defer { handle.closeFile() }
        var number = 0
        while true {
            let first = Self.numbered(number)
            let lines = try await database.read { connection in
                try connection.all("SELECT content FROM import_piece WHERE import_id = \(id) AND number >= \(first) ORDER BY number LIMIT \(Self.atOnce)") {
                    try $0.read(0) as String
                }
            }
            do { for line in lines { try handle.write(contentsOf: Data((line + "\n").utf8)) } } catch let error as NSError { throw StorageError(file: error) }
            number += lines.count
            guard lines.count == Self.atOnce else { break }
        }
        guard number > 0 else { throw Refusal.absent("上传的文件不在了，请重新上传") }
    }

    func remove(_ id: ID<ImportRun>) async throws {
        try await database.write { _ = try $0.run("DELETE FROM import_piece WHERE import_id = \(id)") }
    }

    func owners() async throws -> [ID<ImportRun>] {
        try await database.read { try $0.all("SELECT import_id FROM import_piece WHERE number = \(Self.numbered(0)) ORDER BY import_id") { try $0.read(0) } }
    }

    private static func numbered(_ number: Int) -> String { String(String(1_000_000 + number).dropFirst()) }
}
