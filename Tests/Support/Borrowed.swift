import PostgresStorage
import Storage
import Synchronization

/// A cluster takes only so many sessions: tests wait for their turn, and give it back when they let go of their database.
final class Borrowed: Database {
    private let inner: PostgresDatabase
    private static let permits = Permits(48)

    static func lend(_ make: () async throws -> PostgresDatabase) async throws -> Borrowed {
        await permits.take()
        do { return Borrowed(try await make()) } catch {
            permits.giveBack()
            throw error
        }
    }

    private init(_ inner: PostgresDatabase) { self.inner = inner }

    deinit { Self.permits.giveBack() }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.read(body) }
    func survey<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.survey(body) }
    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.write(body) }
    func bulk<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.bulk(body) }
    func alone<T: Sendable>(at errand: SoleErrand, _ work: @escaping @Sendable () async throws -> T) async throws -> T? { try await inner.alone(at: errand, work) }
    func health() async throws -> [(name: String, value: String)] { try await inner.health() }
    func gauges() -> [Gauge] { inner.gauges() }
    func integrityCheck() async throws -> [String] { try await inner.integrityCheck() }
    func close() async throws { try await inner.close() }
}

/// About so many at once. A test that holds one and waits for another would wait for ever, so nobody waits longer than a minute.
private final class Permits: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func take() async {
        for _ in 0 ..< 3000 {
            guard left.withLock({ $0 <= 0 }) else { break }
            do { try await Task.sleep(for: .milliseconds(20)) } catch { break }
        }
        left.withLock { $0 -= 1 }
    }

    func giveBack() { left.withLock { $0 += 1 } }
}
