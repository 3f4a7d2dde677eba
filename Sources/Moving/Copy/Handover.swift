import Dispatch
import Storage
import Synchronization
import Values

/// 递交口。Slices of rows on their way from the thread that reads to the task that writes; at most two wait, so memory stays bounded.
///
/// The reader may block: it runs on its engine's own thread and never on the cooperative pool.
final class Handover<Slice: Sendable>: Sendable {
    /// Begins at none: a semaphore may not be let go of below the value it was made with.
    private let room = DispatchSemaphore(value: 0)
    private let (stream, continuation) = AsyncStream<Slice>.makeStream()
    private let isStopped = Mutex(false)

    init() { for _ in 0 ..< 2 { room.signal() } }

    /// Waits for room.
    /// - Throws: `CancellationError` when nobody takes any more.
    func put(_ slice: Slice) throws {
        room.wait()
        guard !isStopped.withLock({ $0 }) else { throw CancellationError() }
        continuation.yield(slice)
    }

    /// Nothing more comes.
    func finish() { continuation.finish() }

    /// Takes every slice in turn; room is made when one is done with.
    func take(_ body: (Slice) async throws -> Void) async throws {
        do {
            for await slice in stream {
                try await body(slice)
                room.signal()
            }
        } catch {
            isStopped.withLock { $0 = true }
            room.signal()
            throw error
        }
    }
}
