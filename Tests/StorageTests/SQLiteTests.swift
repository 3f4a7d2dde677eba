import Foundation
@testable import SQLiteStorage
import Storage
import Testing
import Values

@Suite("SQLite")
struct SQLiteTests {
    @Test("断电保护是硬性要求", arguments: [
        (nil, 2, 1), ("delete", 2, 1), ("memory", 2, 1),
        ("wal", nil, 1), ("wal", 0, 1), ("wal", 1, 1), ("wal", 3, 1), ("wal", 9, 1),
        ("wal", 2, 0), ("wal", 2, nil),
    ] as [(String?, Int?, Int?)])
    func weakSettingsAreRefused(_ journal: String?, _ synchronous: Int?, _ foreignKeys: Int?) {
        #expect(throws: StorageError.self) {
            try Settings(journalMode: journal, synchronous: synchronous, foreignKeys: foreignKeys)
        }
    }

    @Test func startsDurable() async throws {
        let database = try SQLiteDatabase.temporary()
        let held = try await database.write { connection in
            let synchronous: Int? = try connection.value("PRAGMA synchronous")
            let journal: String? = try connection.value("PRAGMA journal_mode")
            return (synchronous, journal)
        }
        #expect(held.0 == 2 && held.1 == "wal")
        let health = try await database.health()
        #expect(health.contains { $0.name == "同步级别" && $0.value == "FULL" })
        #expect(health.contains { $0.name == "等待写入" && $0.value == "0" })
        try await database.close()
    }

    @Test func opensOnlyWhatItCan() throws {
        let folder = try TemporaryFolder()
        #expect(throws: StorageError.self) { try SQLiteDatabase(path: folder.path(of: "none/a.db")) }
        try Data(repeating: 7, count: 5000).write(to: URL(filePath: folder.path(of: "junk.db")))
        #expect(throws: StorageError.self) { try SQLiteDatabase(path: folder.path(of: "junk.db")) }
    }

    @Test func temporaryFolderGoes() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path(of: "")
        #expect(FileManager.default.fileExists(atPath: path))
        try folder.remove()
        #expect(!FileManager.default.fileExists(atPath: path))
        try folder.remove()
    }

    @Test func rowsOutliveTheirDatabase() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path(of: "a.db")
        let first = try SQLiteDatabase(path: path)
        try await first.migrate([schema])
        try await first.write { try $0.addHome("a") }
        try await first.checkpoint()
        try await first.close()
        let second = try SQLiteDatabase(path: path)
        try await second.migrate([schema])
        try await second.expectHomes(["a"])
        #expect(try await second.integrityCheck() == [])
        try await second.close()
    }

    @Test func orphansAreReported() async throws {
        let database = try SQLiteDatabase.temporary()
        try await database.migrate([schema])
        try await database.writer.perform(.bare) { connection in
            try connection.run("PRAGMA foreign_keys = OFF")
            try connection.addResident("r1", home: "gone")
            try connection.run("PRAGMA foreign_keys = ON")
        }
        let faults = try await database.integrityCheck()
        #expect(faults.count == 1)
        #expect(faults.allSatisfy { $0.contains("resident") && $0.contains("home") })
        try await database.close()
    }
}
