import Cryptography
import Foundation
import Kernel
import Storage
import Values

/// 库中文件。Files of one kind that rest in the database, in pieces sealed one by one. A file is there whole or not at all.
///
/// Each piece says inside the seal which file and place it belongs to: one can't be passed off as another.
struct StoredFiles: Sendable {
    let database: any Database
    let keyring: Keyring
    /// `attachments`, `prints`.
    let place: String

    static let pieceBytes = 64 << 10
    static let purpose = "stored-piece"

    init(_ counter: Counter, place: String) {
        database = counter.database
        keyring = counter.house.keyring
        self.place = place
    }

    // MARK: Writing

    /// Sealed before the transaction begins, which may have to be tried again.
    func sealed(_ content: [UInt8], as name: String) throws -> [String] {
        try stride(from: 0, to: max(content.count, 1), by: Self.pieceBytes).enumerated().map { number, start in
            let piece = Data(content[start ..< min(start + Self.pieceBytes, content.count)])
            return try keyring.seal(mark(name, number) + piece.base64EncodedString(), for: Self.purpose)
        }
    }

    /// Enters a file; one that is there already stays as it is.
    func insert(_ pieces: [String], as name: String, at now: Instant, _ connection: any Connection) throws {
        let known = try connection.value("SELECT count(*) FROM stored_piece WHERE place = \(place) AND name = \(name)") ?? 0
        guard known == 0 else { return }
        let columns = ["place", "name", "number", "pieces", "content", "written_at"], count = Int64(pieces.count)
        let rows: [[StoredValue]] = pieces.enumerated().map { number, piece in
            [.text(place), .text(name), .text(Self.numbered(number)), .integer(count), .text(piece), now.stored]
        }
        // Another node may bring the same content at this moment.
        do { try connection.savepoint { _ = try connection.insert(into: "stored_piece", columns, rows: rows) } } catch StorageError.unique {}
    }

    func write(_ content: [UInt8], as name: String, at now: Instant) async throws {
        let pieces = try sealed(content, as: name)
        try await database.write { try insert(pieces, as: name, at: now, $0) }
    }

    func remove(_ name: String, _ connection: any Connection) throws { try connection.run("DELETE FROM stored_piece WHERE place = \(place) AND name = \(name)") }

    // MARK: Reading

    /// Nil when there is no such file.
    func read(_ name: String) async throws -> [UInt8]? {
        let pieces = try await database.read { connection in
            try connection.all("SELECT content, pieces FROM stored_piece WHERE place = \(place) AND name = \(name) ORDER BY number") {
                (text: try $0.read(0) as String, count: try $0.read(1) as Int)
            }
        }
        guard let count = pieces.first?.count else { return nil }
        guard pieces.count == count else { throw Self.damaged }
        var content: [UInt8] = []
        for (number, piece) in pieces.enumerated() {
            let text = try keyring.open(piece.text, for: Self.purpose), mark = mark(name, number)
            guard text.hasPrefix(mark), let data = Data(base64Encoded: String(text.dropFirst(mark.count))) else { throw Self.damaged }
            content += data
        }
        return content
    }

    func names() async throws -> [String] {
        try await database.read { connection in
            try connection.all("SELECT name FROM stored_piece WHERE place = \(place) AND number = \(Self.numbered(0)) ORDER BY name") { try $0.read(0) }
        }
    }

    private func mark(_ name: String, _ number: Int) -> String { "\(place)/\(name)/\(number):" }

    /// Six digits, so that pieces sort as they follow each other.
    private static func numbered(_ number: Int) -> String { String(String(1_000_000 + number).dropFirst()) }

    private static let damaged = Refusal.absent("库中存放的文件已损坏，请联系系统管理员从备份中恢复")
}

let storedFileMigrations = [
    Migration(owner: "kept", number: 1, why: "几个节点共用一个数据库时，附件、打印件和上传的导入表放在库里，任何一个节点都能接着办，坏一台不丢", steps: [
        .ddl("""
            CREATE TABLE stored_piece (
                place TEXT NOT NULL,
                name TEXT NOT NULL,
                number TEXT NOT NULL CHECK (length(number) = 6),
                pieces BIGINT NOT NULL CHECK (pieces > 0),
                content TEXT NOT NULL,
                written_at TEXT NOT NULL CHECK (length(written_at) = 24),
                PRIMARY KEY (place, name, number)
            )
            """),
        .ddl("""
            CREATE TABLE import_piece (
                import_id TEXT NOT NULL CHECK (length(import_id) = 26),
                number TEXT NOT NULL CHECK (length(number) = 6),
                content TEXT NOT NULL,
                PRIMARY KEY (import_id, number)
            )
            """),
    ]),
]

let storedFileSeals = [
    SealedPlace("stored_piece", "content", key: ["place", "name", "number"], purpose: StoredFiles.purpose),
    SealedPlace("import_piece", "content", key: ["import_id", "number"], purpose: SealedFile.purpose),
]
