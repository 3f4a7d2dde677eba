import SQLiteStorage
import Storage
import Testing
import TestSupport

/// 引擎。Every engine that must keep the storage contract; another one is one more entry in `all`.
struct Engine: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable () async throws -> any Database

    var testDescription: String { name }

    static let all = [
        Engine(name: "SQLite") { try SQLiteDatabase.temporary() },
    ] + (TestDatabase.cluster.map { cluster in
        [Engine(name: "PostgreSQL") { try await TestDatabase.onCluster(cluster) }]
    } ?? [])

    /// An empty database with the tables of the contract, closed afterwards.
    func withDatabase(_ body: (any Database) async throws -> Void) async throws {
        let database = try await make()
        try await database.migrate([schema])
        try await body(database)
        try await database.close()
    }
}

let schema = Migration(owner: "contract", number: 1, why: "供契约测试使用的表", steps: [
    .ddl("""
        CREATE TABLE home (
            id TEXT PRIMARY KEY,
            beds BIGINT NOT NULL CHECK (beds >= 0)
        );
        CREATE TABLE resident (
            id TEXT PRIMARY KEY,
            home TEXT NOT NULL REFERENCES home (id),
            name TEXT,
            bed BIGINT,
            UNIQUE (home, bed)
        );
        """),
    .search(table: "resident_search"),
])

struct Stop: Error, Equatable {}

extension Connection {
    func addHome(_ id: String, beds: Int = 10) throws {
        try run("INSERT INTO home (id, beds) VALUES (\(id), \(beds))")
    }

    func addResident(_ id: String, home: String = "h1", name: String? = nil, bed: Int? = nil) throws {
        try run("INSERT INTO resident (id, home, name, bed) VALUES (\(id), \(home), \(name), \(bed))")
    }

    func homes() throws -> [String] {
        try all("SELECT id FROM home ORDER BY id") { try $0.read(0) }
    }
}

extension Database {
    func homes() async throws -> [String] {
        try await read { try $0.homes() }
    }

    func expectHomes(_ expected: [String], at location: SourceLocation = #_sourceLocation) async throws {
        let found = try await homes()
        #expect(found == expected, sourceLocation: location)
    }
}
