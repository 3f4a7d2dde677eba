import Storage
import Synchronization
import TestSupport
import Values

/// A database with a copy that is behind: what is read from the copy ends at a moment, and the copy may fail.
final class LaggingDatabase: WrappedDatabase {
    let inner: any Database
    /// How far the copy came; nil when it fails.
    let asOf = Mutex<Instant?>(nil)
    /// How often the copy was read to the end.
    let glances = Mutex(0)

    init(_ inner: any Database) { self.inner = inner }

    func glance<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        guard let asOf = asOf.withLock({ $0 }) else { throw StorageError.connection("备用库不在") }
        let outcome = try await inner.read { try body(LaggingConnection($0, asOf)) }
        glances.withLock { $0 += 1 }
        return outcome
    }
}

private final class LaggingConnection: WrappedConnection {
    let inner: any Connection
    let asOf: Instant?

    init(_ inner: any Connection, _ asOf: Instant) {
        self.inner = inner
        self.asOf = asOf
    }
}
