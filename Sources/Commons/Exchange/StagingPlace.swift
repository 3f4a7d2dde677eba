import Foundation
import Storage
import Values

/// 暂存的去处。Where the rows of an import rest on their way in: a database of their own, or a schema of their own in the common one.
public struct StagingPlace: Sendable {
    /// Opens it, making it if there is none.
    let open: @Sendable (ID<ImportRun>) async throws -> any Database
    /// Removes it; nothing, if there is none.
    let drop: @Sendable (ID<ImportRun>) async throws -> Void

    public init(open: @escaping @Sendable (ID<ImportRun>) async throws -> any Database, drop: @escaping @Sendable (ID<ImportRun>) async throws -> Void) {
        self.open = open
        self.drop = drop
    }

    /// A database file each.
    public static func files(in folder: String, _ openDatabase: @escaping @Sendable (String) throws -> any Database) -> StagingPlace {
        StagingPlace { id in
            try openDatabase("\(folder)/\(id.text).sqlite")
        } drop: { id in
            let left = try FileManager.default.fileExists(atPath: folder) ? FileManager.default.contentsOfDirectory(atPath: folder) : []
            for name in left where name.hasPrefix("\(id.text).sqlite") { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
        }
    }
}
