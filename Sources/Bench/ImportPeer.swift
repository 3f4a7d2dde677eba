import Foundation
import Storage
import Values

/// 对照：导入已算好的列。The engine's own shell imports what our import has derived, into the same tables and indexes.
public struct ImportPeer: Sendable {
    /// sqlite3.
    public let name: String
    /// How long the import took; making the files isn't counted.
    let seconds: @Sendable (_ ours: any Database) async throws -> Double

    public static func sqlite3(database: String, folder: String) -> ImportPeer {
        ImportPeer(name: "sqlite3") { try await ShellPeer(database: database, folder: folder).seconds($0) }
    }

    /// `psql \copy` into tables of a schema of their own, with the same indexes and checks.
    public static func copy(_ url: String, folder: String) -> ImportPeer {
        ImportPeer(name: "psql \\copy") { try await CopyPeer(url: url, folder: folder).seconds($0) }
    }
}

/// 对照：`psql \copy`. Columns that somebody else derived, with nothing checked or sealed; no foreign keys.
struct CopyPeer: Sendable {
    let url: String
    let folder: String

    private static let schema = "copy_peer"
    private static let tables = ["person", "person_search", "person_address_search"]

    func seconds(_ ours: any Database) async throws -> Double {
        guard let schema: String = try await ours.read({ try $0.value("SELECT current_schema()") }) else { throw Refusal.absent("找不到压测用的模式") }
        let psql = try ClusterProgram("psql", searching: schema)
        func ask(_ texts: [String]) throws { _ = try psql.run(["-XqAt", "-v", "ON_ERROR_STOP=1"] + texts.flatMap { ["-c", $0] } + [url]) }
        let drop = "DROP SCHEMA IF EXISTS \(Self.schema) CASCADE"
        try ask([drop, "CREATE SCHEMA \(Self.schema)"])
        defer { try? ask([drop]) }
        for table in Self.tables {
            try ask(["\\copy (SELECT * FROM \(table) ORDER BY 1) TO '\(folder)/\(table)'", "CREATE TABLE \(Self.schema).\(table) (LIKE \(table) INCLUDING ALL)"])
        }
        return try ContinuousClock().measure { try ask(Self.tables.map { "\\copy \(Self.schema).\($0) FROM '\(folder)/\($0)'" }) }.inSeconds
    }
}
