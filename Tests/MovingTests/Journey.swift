import Bench
import Bureau
import Foundation
import SQLiteStorage
import Storage
import Testing
import TestSupport

/// 路线。From which engine to which; those over a cluster only where tests have one.
struct Journey: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let from: @Sendable () async throws -> any Database
    private let to: @Sendable () async throws -> any Database

    static let all = [Journey("文件→文件", { try await City.copy() }, { try emptyFile() })] + (TestDatabase.cluster.map { cluster in
        [
            Journey("文件→集群", { try await City.copy() }, { try await TestDatabase.onCluster(cluster) }),
            Journey("集群→文件", {
                let database = try await TestDatabase.onCluster(cluster)
                _ = try await MoveTests.move(try await City.copy(), database).run()
                return database
            }, { try emptyFile() }),
        ]
    } ?? [])

    private init(_ name: String, _ from: @escaping @Sendable () async throws -> any Database, _ to: @escaping @Sendable () async throws -> any Database) {
        (testDescription, self.from, self.to) = (name, from, to)
    }

    func take(_ body: (any Database, any Database) async throws -> Void) async throws {
        let from = try await from(), to = try await to()
        try await body(from, to)
        try await from.close()
        try await to.close()
    }

    static func emptyFile() throws -> any Database {
        var settings = SQLiteConfiguration()
        settings.checksReferences = false
        return try SQLiteDatabase.temporary(settings)
    }
}

/// A small city, built once; every test has a copy.
enum City {
    private static let built = Task { () -> SQLiteDatabase in
        var trial = Equivalence(bureau, seed: 3)
        trial.steps = 10
        let database = try SQLiteDatabase.temporary()
        _ = try await trial.play(on: database)
        return database
    }

    static func copy() async throws -> SQLiteDatabase {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-city-\(UUID().uuidString).sqlite").path
        try await built.value.copy(to: path, pagesAtOnce: 4_096, rest: .zero) { _ in }
        return try SQLiteDatabase(path: path)
    }
}
