import Foundation
import SQLiteStorage
import Storage
import Values

/// 对照：`sqlite3` 命令行。Imports columns that somebody else derived: the same rows, indexes and search tables, with nothing checked or sealed.
struct ShellPeer: Sendable {
    let database: String
    let folder: String

    private static let filled = ["id", "name", "sex", "born_on", "resident_id", "resident_index", "phone", "phone_index", "region", "address", "birth_estimated", "version"]
    private static let searches = ["person_search", "person_address_search"]

    /// - Returns: how long the import took; making the files isn't counted.
    func seconds(_ ours: any Database) async throws -> Double {
        try sqlite3(database, dump)
        let schema = try await schema(ours)
        let clock = ContinuousClock()
        return try clock.measure { try sqlite3("\(folder)/peer.sqlite", schema + load) }.inSeconds
    }

    // MARK: Scripts

    /// The columns as they stand after our import.
    private var dump: String {
        let tables = Self.searches.map { search in
            """
            .once '\(folder)/\(search)_key.csv'
            SELECT id, owner FROM \(search)_key ORDER BY id;
            .once '\(folder)/\(search).csv'
            SELECT words FROM \(search) ORDER BY rowid;

            """
        }
        return ".mode csv\n.once '\(folder)/person.csv'\nSELECT \(Self.filled.joined(separator: ", ")) FROM person ORDER BY id;\n" + tables.joined()
    }

    /// The same columns, those that are filled first, and the same indexes; no checks.
    private func schema(_ ours: any Database) async throws -> String {
        let (columns, indexes, tables): ([(String, String)], [String], [String]) = try await ours.read { connection in
            (try connection.all("SELECT name, type FROM pragma_table_info('person')") { (try $0.read(0), try $0.read(1)) },
             try connection.all("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'person' AND sql IS NOT NULL") { try $0.read(0) as String },
             try connection.all("""
                SELECT sql FROM sqlite_master WHERE name IN ('person_search', 'person_search_key', 'person_address_search', 'person_address_search_key')
                """) { try $0.read(0) as String })
        }
        let types = Dictionary(columns, uniquingKeysWith: { first, _ in first })
        let ordered = Self.filled + columns.map(\.0).filter { !Self.filled.contains($0) }
        let person = ordered.map { name in "\(name) \(types[name] ?? "TEXT")\(name == "id" ? " PRIMARY KEY" : name == "resident_index" ? " UNIQUE" : "")" }
        return (["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "CREATE TABLE person (\(person.joined(separator: ", "))) STRICT"] + indexes + tables)
            .map { $0 + ";\n" }.joined()
    }

    private var load: String {
        ".import --csv '\(folder)/person.csv' person\n" + Self.searches.map { search in
            ".import --csv '\(folder)/\(search)_key.csv' \(search)_key\n.import --csv '\(folder)/\(search).csv' \(search)\n"
        }.joined() + "PRAGMA wal_checkpoint(TRUNCATE);\n"
    }

    private func sqlite3(_ path: String, _ script: String) throws {
        let file = "\(folder)/script.sql"
        try Data(script.utf8).write(to: URL(fileURLWithPath: file))
        guard let input = FileHandle(forReadingAtPath: file) else { throw Refusal.absent("读不到 \(file)") }
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        shell.arguments = ["sqlite3", path]
        shell.standardInput = input
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        do { try shell.run() } catch { throw Refusal.absent("没有 sqlite3 命令，请先安装 sqlite3") }
        shell.waitUntilExit()
        guard shell.terminationStatus == 0 else { throw Refusal.absent("sqlite3 没有完成（\(shell.terminationStatus)），请核对是否已安装") }
    }
}
