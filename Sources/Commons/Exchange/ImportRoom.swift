import Cryptography
import Foundation
import Kernel
import Storage
import Values

/// 导入间。Where tables wait between the door and the registers: uploads, staged rows, and who knows the formats.
///
/// Of one machine: `imports/{id}.upload` is the file as it came, sealed; `imports/{id}.sqlite` its rows as they were found. Of several
/// nodes: the file rests in the database, sealed, and so do its rows, so that any node checks, enters and takes back what any other took in;
/// the folder then holds only what a node is just reading.
public struct ImportRoom: Sendable {
    public let counter: Counter
    let folder: String
    let tables: any TableDesk
    let staging: StagingPlace
    let keeping: Keeping

    /// - Parameters:
    ///   - folder: in the data folder; made when the first table comes.
    ///   - tables: reads and writes spreadsheets.
    ///   - openDatabase: opens or makes a database file.
    public init(_ counter: Counter, folder: String, tables: any TableDesk, openDatabase: @escaping @Sendable (String) throws -> any Database) {
        self.init(counter, folder: folder, tables: tables, staging: .files(in: folder, openDatabase), keeping: .folders)
    }

    /// - Parameter keeping: where uploads rest.
    public init(_ counter: Counter, folder: String, tables: any TableDesk, staging: StagingPlace, keeping: Keeping) {
        self.counter = counter
        self.folder = folder
        self.tables = tables
        self.staging = staging
        self.keeping = keeping
    }

    public func importer(_ name: String) throws -> any Importing.Type {
        guard let importer = counter.house.importer(name) else { throw Refusal.absent("没有「\(name)」这种导入，可用的有：\(counter.house.importers.map { $0.name }.joined(separator: "、"))") }
        return importer
    }

    // MARK: Uploads

    private func file(_ name: String) -> SealedFile { SealedFile(path: "\(folder)/\(name).upload", keyring: counter.house.keyring) }

    /// Begins to take in a file; what is left unfinished is swept after a day.
    func receive(_ id: ID<ImportRun>) throws -> SealedFileWriter {
        try makeFolder()
        return try SealedFileWriter(file(id.text))
    }

    private func makeFolder() throws {
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]) } catch {
            throw Refusal.busy("建不了导入文件夹，请联系系统管理员核对磁盘空间和权限")
        }
    }

    /// A file that was taken in whole goes where every node finds it.
    func shelve(_ id: ID<ImportRun>, _ received: SealedFile) async throws {
        guard keeping == .database else { return }
        try await UploadPieces(counter.database).store(received, of: id)
        try FileManager.default.removeItem(atPath: received.path)
    }

    /// Lends the file as it came.
    func withUpload<T>(_ id: ID<ImportRun>, _ work: (SealedFile) async throws -> T) async throws -> T {
        guard keeping == .database else { return try await work(file(id.text)) }
        try makeFolder()
        let copy = file("\(id.text).\(ID<ImportRun>.make(at: counter.clock.now()).text)")
        do {
            try await UploadPieces(counter.database).fetch(id, into: copy)
            let outcome = try await work(copy)
            try FileManager.default.removeItem(atPath: copy.path)
            return outcome
        } catch {
            if FileManager.default.fileExists(atPath: copy.path) { try FileManager.default.removeItem(atPath: copy.path) }
            throw error
        }
    }

    /// Removes what was kept of an import.
    public func discard(_ id: ID<ImportRun>) async throws {
        let path = file(id.text).path
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        try await staging.drop(id)
        if keeping == .database { try await UploadPieces(counter.database).remove(id) }
    }

    // MARK: Staged rows

    /// Lends the staged rows of an import.
    /// - Parameter isNew: whatever stood there is thrown away first.
    func withStaging<T>(_ id: ID<ImportRun>, isNew: Bool = false, _ work: (Staging) async throws -> T) async throws -> T {
        if isNew { try await staging.drop(id) }
        let database = try await staging.open(id)
        return try await database.closing {
            try await database.migrate(stagingMigrations)
            return try await work(Staging(database: database))
        }
    }

    // MARK: Who is at it

    /// Does a piece of work on an import while nobody else does: another node of the same house may be at it.
    /// - Returns: nil when somebody else is.
    func alone<T: Sendable>(with id: ID<ImportRun>, _ work: @escaping @Sendable () async throws -> T) async throws -> T? {
        try await counter.database.alone(at: SoleErrand("import-\(id.text)", isPassing: true), work)
    }

    /// What no import names: an upload that broke off, an import that is done with.
    /// - Returns: how many files went.
    @discardableResult
    public func sweep() async throws -> Int {
        let now = counter.clock.now(), yesterday = now.adding(seconds: -86_400), longAgo = now.adding(seconds: -90 * 86_400)
        let kept: Set<String> = try await counter.database.read { connection in
            Set(try connection.all("""
                SELECT id FROM import_run WHERE state NOT IN ('cancelled', 'undone', 'unreadable') AND (state <> 'promoted' OR uploaded_at > \(longAgo))
                """) { try $0.read(0) as String })
        }
        return try await sweepFolder(but: keeping == .folders ? kept : [], before: yesterday) + sweepDatabase(but: kept, before: yesterday)
    }

    private func sweepFolder(but kept: Set<String>, before: Instant) async throws -> Int {
        let names = FileManager.default.fileExists(atPath: folder) ? try FileManager.default.contentsOfDirectory(atPath: folder) : []
        var gone = 0
        for name in names {
            // The last id of a name is the younger one: that of a copy which a node was just reading.
            guard let id = name.split(separator: ".").compactMap({ ID<ImportRun>(rawValue: String($0)) }).last, !kept.contains(id.text), id.madeAt < before else { continue }
            if FileManager.default.fileExists(atPath: "\(folder)/\(name)") { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
            if keeping == .folders { try await staging.drop(id) }
            gone += 1
        }
        return gone
    }

    private func sweepDatabase(but kept: Set<String>, before: Instant) async throws -> Int {
        guard keeping == .database else { return 0 }
        let pieces = UploadPieces(counter.database)
        let past = try await pieces.owners().filter { !kept.contains($0.text) && $0.madeAt < before }
        for id in past { try await discard(id) }
        return past.count
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
