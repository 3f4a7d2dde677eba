import CPQ
import Dispatch
import Foundation
import Storage
import Synchronization

/// 撤回凭据。Lets whoever asked for a reading call it off, also while the server is at it.
final class LeaseToken: Sendable {
    private struct State {
        var isCancelled = false
        var cancel: Cancel?
    }

    /// What libpq needs to call off what a session is doing; safe to use from another thread.
    struct Cancel: @unchecked Sendable {
        // `PQcancel` is documented as safe to call from any thread: the pointer is read only and freed after the lease has ended.
        let pointer: OpaquePointer
    }

    private let state = Mutex(State())

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// The lease has begun on a session.
    func begin(on link: Link) {
        guard let pointer = PQgetCancel(link.handle) else { return }
        state.withLock { $0.cancel = Cancel(pointer: pointer) }
    }

    /// The lease has ended; nothing is called off any more.
    func end() {
        state.withLock { state in
            if let cancel = state.cancel { PQfreeCancel(cancel.pointer) }
            state.cancel = nil
        }
    }

    /// Calls off the reading: again and again, because it may be between two statements just now.
    func cancel() {
        state.withLock { $0.isCancelled = true }
        DispatchQueue.global().async {
            while self.callOff() { Thread.sleep(forTimeInterval: 0.05) }
        }
    }

    /// - Returns: whether the lease still runs.
    private func callOff() -> Bool {
        state.withLock { state in
            guard let cancel = state.cancel else { return false }
            var fault = [CChar](repeating: 0, count: 256)
            _ = PQcancel(cancel.pointer, &fault, Int32(fault.count))
            return true
        }
    }
}
