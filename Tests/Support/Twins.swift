import Foundation
import SQLiteStorage
import Storage

extension TestDatabase {
    /// One empty database, opened as so many nodes have it: each for itself, or each through sessions of the cluster.
    public static func twins(_ count: Int) async throws -> [any Database] {
        guard cluster == nil else { return Array(repeating: try await make(), count: count) }
        let folder = NSTemporaryDirectory() + "minzheng-twins-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return try (0 ..< count).map { _ in try SQLiteDatabase(path: "\(folder)/minzheng.sqlite") }
    }
}
