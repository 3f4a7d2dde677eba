import Foundation
import Values

extension Database {
    /// Each migration and its row in `schema_migration` share one transaction: a kill at any point leaves whole
    /// migrations behind, and the next start goes on from there.
    ///
    /// - Throws: `Refusal` of kind conflict if the database is newer than the program; what the failed migration threw.
    public func migrate(_ migrations: [Migration]) async throws {
        // Another node at it brings the schema to the same point; this one looks again when it is done.
        while try await alone(at: .migrations, { try await self.migrateNow(migrations) }) == nil {
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func migrateNow(_ migrations: [Migration]) async throws {
        let applied = try await bulk { connection in
            try connection.prepareForMigrations()
            return try connection.appliedMigrations()
        }
        for migration in try MigrationPlan(migrations, applied: applied).pending {
            try await bulk { try $0.apply(migration, at: Instant(secondsSince1970: Date().timeIntervalSince1970)) }
        }
        try await bulk { try $0.releaseRepeatedRows() }
    }
}

extension Connection {
    fileprivate func prepareForMigrations() throws {
        let table = """
            CREATE TABLE IF NOT EXISTS schema_migration (
                owner TEXT NOT NULL,
                number BIGINT NOT NULL,
                why TEXT NOT NULL,
                applied_at TEXT NOT NULL CHECK (length(applied_at) = 24),
                PRIMARY KEY (owner, number)
            )
            """
        for statement in try DataDefinition.statements(in: table, for: dialect) { try run(statement) }
    }

    fileprivate func appliedMigrations() throws -> Set<MigrationPlan.Key> {
        Set(try all("SELECT owner, number FROM schema_migration") { row in
            MigrationPlan.Key(owner: try row.read(0), number: try row.read(1))
        })
    }

    /// Does nothing if another process has been here since the plan was made.
    fileprivate func apply(_ migration: Migration, at instant: Instant) throws {
        guard try !appliedMigrations().contains(migration.key) else { return }
        for statement in try migration.statements(for: dialect) { try run(statement) }
        try run("""
            INSERT INTO schema_migration (owner, number, why, applied_at)
            VALUES (\(migration.owner), \(migration.number), \(migration.why), \(instant))
            """)
    }
}
