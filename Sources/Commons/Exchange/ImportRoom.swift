import Cryptography
import Foundation
import Kernel
import Storage
import Values

/// 导入间。Where tables wait between the door and the registers: uploads, staging files, and who knows the formats.
///
/// `imports/{id}.upload` is the file as it came, sealed; `imports/{id}.sqlite` its rows as they were found.
public struct ImportRoom: Sendable {
    public let counter: Counter
    let folder: String
    let tables: any TableDesk
    let openDatabase: @Sendable (String) throws -> any Database

    /// - Parameters:
    ///   - folder: in the data folder; made when the first table comes.
    ///   - tables: reads and writes spreadsheets.
    ///   - openDatabase: opens or makes a database file.
    public init(_ counter: Counter, folder: String, tables: any TableDesk, openDatabase: @escaping @Sendable (String) throws -> any Database) {
        self.counter = counter
        self.folder = folder
        self.tables = tables
        self.openDatabase = openDatabase
    }

    public func importer(_ name: String) throws -> any Importing.Type {
        guard let importer = counter.house.importer(name) else { throw Refusal.absent("没有「\(name)」这种导入，可用的有：\(counter.house.importers.map { $0.name }.joined(separator: "、"))") }
        return importer
    }

    // MARK: Files

    func upload(_ id: ID<ImportRun>) -> SealedFile { SealedFile(path: "\(folder)/\(id.text).upload", keyring: counter.house.keyring) }

    private func stagingPath(_ id: ID<ImportRun>) -> String { "\(folder)/\(id.text).sqlite" }

    /// Begins to take in a file; what is left unfinished is swept after a day.
    public func receive(_ id: ID<ImportRun>) throws -> SealedFileWriter {
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]) } catch {
            throw Refusal.busy("建不了导入文件夹，请联系系统管理员核对磁盘空间和权限")
        }
        return try SealedFileWriter(upload(id))
    }

    /// Removes what was kept of an import.
    public func discard(_ id: ID<ImportRun>) throws {
        for path in [upload(id).path, stagingPath(id)] + ["-wal", "-shm"].map({ stagingPath(id) + $0 }) where FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
    }

    private func discardStaging(_ id: ID<ImportRun>) throws {
        for path in ["", "-wal", "-shm"].map({ stagingPath(id) + $0 }) where FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
    }

    /// Lends the staging file and closes it again.
    /// - Parameter isNew: whatever stood there is thrown away first.
    func withStaging<T>(_ id: ID<ImportRun>, isNew: Bool = false, _ work: (Staging) async throws -> T) async throws -> T {
        if isNew { try discardStaging(id) }
        let database = try openDatabase(stagingPath(id))
        do {
            try await database.migrate(stagingMigrations)
            let outcome = try await work(Staging(database: database))
            try await database.close()
            return outcome
        } catch {
            try await database.close()
            throw error
        }
    }

    // MARK: Who is at it

    /// Does a piece of work on an import while nobody else does: another process of the same house may be at it.
    /// - Returns: nil when somebody else is.
    func alone<T>(with id: ID<ImportRun>, _ work: () async throws -> T) async throws -> T? {
        let lock = open("\(folder)/\(id.text).lock", O_CREAT | O_RDWR, 0o600)
        guard lock >= 0 else { throw Refusal.busy("写不了导入文件夹，请联系系统管理员核对磁盘空间和权限") }
        defer { close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return nil }
        return try await work()
    }

    /// Files that no import names: an upload that broke off, an import that is done with.
    /// - Returns: how many files went.
    @discardableResult
    public func sweep() async throws -> Int {
        let yesterday = counter.clock.now().adding(seconds: -86_400), longAgo = counter.clock.now().adding(seconds: -90 * 86_400)
        let kept: Set<String> = try await counter.database.read { connection in
            Set(try connection.all("""
                SELECT id FROM import_run WHERE state NOT IN ('cancelled', 'undone', 'unreadable') AND (state <> 'promoted' OR uploaded_at > \(longAgo))
                """) { try $0.read(0) as String })
        }
        let names = FileManager.default.fileExists(atPath: folder) ? try FileManager.default.contentsOfDirectory(atPath: folder) : []
        var gone = 0
        for name in names {
            guard let id = name.split(separator: ".").first.flatMap({ ID<ImportRun>(rawValue: String($0)) }), !kept.contains(id.text), id.madeAt < yesterday else { continue }
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            gone += 1
        }
        return gone
    }
}

extension House {
    public var importers: [any Importing.Type] { lines.flatMap(\.importers) }
    public func importer(_ name: String) -> (any Importing.Type)? { importers.first { $0.name == name } }
}

/// What the door knows of a file when it is taken in.
public struct ImportUpload: Sendable, Hashable {
    public let filename: String, digest: String, bytes: Int, headings: [String]
}
