import Dispatch
import Foundation
import GRDB
import Storage

extension SQLiteDatabase {
    /// 在线复制。Writes a copy of the database as it stood at one moment, while others go on reading and writing.
    ///
    /// The pages are read inside one snapshot, some at a time with a rest in between; the log may grow meanwhile and is folded in afterwards.
    /// The copy is one plain file without a log, on the disk when this returns.
    /// - Parameters:
    ///   - path: a file that doesn't exist yet.
    ///   - look: reads in the copy, before it is closed.
    ///   - tell: pages done, pages in all.
    /// - Throws: `StorageError.full` when the target has no room; what was written of the copy is left for the caller to remove.
    public func copy<Outcome: Sendable>(
        to path: String, pagesAtOnce: Int32 = 256, rest: Duration = .milliseconds(4), tell: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
        look: @escaping @Sendable (any Connection) throws -> Outcome
    ) async throws -> Outcome {
        try await withCheckedThrowingContinuation { (caller: CheckedContinuation<Outcome, any Error>) in
            DispatchQueue.global().async {
                caller.resume(with: Swift.Result { try translatingErrors { try self.copyNow(to: path, pagesAtOnce, rest, tell, look) } })
            }
        }
    }

    private func copyNow<Outcome>(
        to path: String, _ pagesAtOnce: Int32, _ rest: Duration, _ tell: @escaping (Int, Int) -> Void, _ look: (any Connection) throws -> Outcome
    ) throws -> Outcome {
        let target = try DatabaseQueue(path: path)
        try target.inDatabase { try $0.execute(sql: "PRAGMA synchronous = OFF") }
        try pool.read { source in
            // Reading anything holds the snapshot from here to the end.
            _ = try Int.fetchOne(source, sql: "SELECT count(*) FROM sqlite_schema")
            try target.inDatabase { destination in
                try source.backup(to: destination, pagesPerStep: pagesAtOnce) { progress in
                    tell(progress.completedPageCount, progress.totalPageCount)
                    Thread.sleep(forTimeInterval: rest.inSeconds)
                }
            }
        }
        let outcome = try target.inDatabase { copy in
            try copy.execute(sql: "PRAGMA journal_mode = DELETE")
            return try look(SQLiteConnection(copy))
        }
        try target.close()
        guard let file = FileHandle(forUpdatingAtPath: path) else { throw StorageError.io(path) }
        defer { file.closeFile() }
        file.synchronizeFile()
        return outcome
    }
}
