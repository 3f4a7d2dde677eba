import Bench
import Cryptography
import Foundation
import Kernel
import PostgresStorage
import SQLiteStorage
import Storage
import Values

/// 演练的地方。A temporary folder with keys of its own, and a database that nobody else uses: a file in it, or a schema of a cluster.
struct TrialPlace: Sendable {
    let folder: String
    let cluster: String?
    let schema: String

    /// - Parameter cluster: `postgres://…`; nil for a file.
    init(_ name: String, cluster: String?) {
        let process = ProcessInfo.processInfo.processIdentifier
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-\(name)-\(process)").path
        self.cluster = cluster.flatMap { $0.isEmpty ? nil : $0 }
        schema = "\(name)_\(process)"
    }

    /// The same place, as another process or node knows it.
    init(folder: String, cluster: String?, schema: String) { (self.folder, self.cluster, self.schema) = (folder, cluster, schema) }

    var notes: String { folder + "/notes" }
    var engine: String { cluster == nil ? "SQLite" : "PostgreSQL" }

    /// Folder, keys, tables and rulings.
    func make(_ lines: [Line], clock: any WallClock) async throws -> Counter {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let keyring = try Keyring.create(in: folder, profile: .international)
        return try await TrialHouse.counter(lines, try await database(isNew: true), keyring, clock, isNew: true)
    }

    /// A further door to what was made: another process, or another node.
    func enter(_ lines: [Line], clock: any WallClock, over database: any Database) async throws -> Counter {
        try await TrialHouse.counter(lines, database, try Keyring.load(from: folder), clock, isNew: false)
    }

    func database(isNew: Bool) async throws -> any Database {
        guard let cluster else { return try SQLiteDatabase(path: folder + "/minzheng.sqlite") }
        var configuration = PostgresConfiguration()
        (configuration.schema, configuration.writers, configuration.readers) = (schema, 4, 3)
        let database = try PostgresDatabase(cluster, configuration: configuration)
        if isNew { try await database.makeSchema() }
        return database
    }

    /// Nothing of a trial stays.
    func remove() async throws {
        if let cluster {
            let database = try PostgresDatabase(cluster)
            try await database.closing { try await database.dropSchema(schema) }
        }
        if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
    }

    /// Makes the place, works in it, and clears it however the work ends.
    static func using<Outcome>(_ name: String, cluster: String?, _ work: (TrialPlace) async throws -> Outcome) async throws -> Outcome {
        let place = TrialPlace(name, cluster: cluster)
        do {
            let outcome = try await work(place)
            try await place.remove()
            return outcome
        } catch {
            try await place.remove()
            throw error
        }
    }
}
