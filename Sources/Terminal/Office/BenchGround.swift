import Cryptography
import Foundation
import Kernel
import PostgresStorage
import Storage
import Values

/// 压测场地。An office that goes with the bench: in a folder of its own, or in a schema of its own in the cluster that `--database` names.
struct BenchGround: Sendable {
    let office: Office
    /// For files; goes with the bench.
    let folder: String
    /// Nil on the embedded engine.
    let cluster: DatabaseAddress?

    static func lend<Outcome>(_ name: String, at place: Workplace, _ options: PlaceOptions, _ work: (BenchGround) async throws -> Outcome) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-\(name)-\(ProcessInfo.processInfo.processIdentifier)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let configuration = try options.configuration(at: place, [.data: folder])
        let office = try await office(place.lines, configuration)
        do {
            let outcome = try await work(BenchGround(office: office, folder: folder, cluster: configuration.database))
            try await office.close()
            return outcome
        } catch {
            try await office.close()
            throw error
        }
    }

    private static func office(_ lines: [Line], _ configuration: Configuration) async throws -> Office {
        guard let address = configuration.database else { return try await Office.open(lines, configuration, .create) }
        try DataFolder(configuration.data).create()
        let keyring = try Keyring.create(in: configuration.data, profile: configuration.profile)
        let database = try await PostgresDatabase.temporary(at: address.connection, configuration.cluster)
        let office = Office(configuration, database, House(lines: lines, keyring: keyring), SystemClock())
        do {
            try await database.requireSound()
            try await office.bringUpToDate()
            return office
        } catch {
            try await database.close()
            throw error
        }
    }
}
