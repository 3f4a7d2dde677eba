import Foundation
import Kernel
import Moving
import SQLiteStorage
import Storage
import Values

extension Office {
    /// A plain file with the whole database as it stood at one moment, while others go on reading and writing: by pages where it is a file already,
    /// by rows out of one snapshot where it is a cluster.
    /// - Parameter tell: how much is done, and of how much; pages or rows.
    func copyDatabase<Outcome: Sendable>(
        to path: String, tell: @escaping @Sendable (Int, Int) -> Void, look: @escaping @Sendable (any Connection) throws -> Outcome
    ) async throws -> Outcome {
        let source: any Database = database
        if let file = source as? SQLiteDatabase { return try await file.copy(to: path, tell: tell, look: look) }
        let draft = path + ".filling"
        defer { for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: draft + ending) } }
        let file = try SQLiteDatabase.toFill(at: draft)
        return try await file.closing {
            try await fill(file, from: source, tell)
            return try await file.copy(to: path, pagesAtOnce: 4_096, rest: .zero, look: look)
        }
    }

    /// The tables are those that the source has, even where the program is newer.
    private func fill(_ file: SQLiteDatabase, from source: any Database, _ tell: @escaping @Sendable (Int, Int) -> Void) async throws {
        let (applied, total) = try await source.survey { connection in
            let applied = Set(try connection.all("SELECT owner, number FROM schema_migration") { "\(try $0.read(0) as String) \(try $0.read(1) as Int)" })
            return (applied, try connection.tables().reduce(0) { $0 + (try connection.rowCount(of: $1)) })
        }
        try await file.migrate(house.migrations.filter { applied.contains("\($0.owner) \($0.number)") })
        try await file.bulk { _ = try $0.run("DELETE FROM schema_migration") }
        var copy = StoreCopy(from: source, to: file)
        copy.tell = { tell($0.rows, total) }
        try await copy.run()
    }
}
