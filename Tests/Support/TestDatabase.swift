import Foundation
import PostgresStorage
import SQLiteStorage
import Storage

/// 测试用数据库。An empty database that goes with the test: in a file, or in a schema of the cluster that `MINZHENG_TEST_DATABASE` names.
public enum TestDatabase {
    /// A `postgres://` address; nil where the tests run on the embedded engine.
    public static var cluster: String? {
        ProcessInfo.processInfo.environment["MINZHENG_TEST_DATABASE"].flatMap { $0.isEmpty ? nil : $0 }
    }

    public static func make() async throws -> any Database {
        guard let cluster else { return try SQLiteDatabase.temporary() }
        return try await onCluster(cluster)
    }

    /// Five sessions each, so no more tests may run at once than the cluster has room for: `bin/test` bounds them.
    public static func onCluster(_ cluster: String) async throws -> any Database {
        var configuration = PostgresConfiguration()
        configuration.writers = 3
        configuration.readers = 2
        return try await PostgresDatabase.temporary(at: cluster, configuration)
    }
}
