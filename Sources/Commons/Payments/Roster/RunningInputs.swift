import Cryptography
import Kernel
import Synchronization
import Values

/// 正在算的冻结摘要。Facts are hashed as they are read for the roster, in the order of the whole, so that a million rows aren't read again for their digest.
///
/// Kept by the process that draws the roster. Whenever the facts don't follow upon each other here, after a restart, with several nodes,
/// or where the sections don't stand in the order of the digest, it is given up, and the frozen rows are read again.
final class RunningInputs: Sendable {
    private struct State: ~Copyable {
        var hash: RunningHash?
        var rows = 0, position = 0, cursor = "", programme = "", month = ""
    }

    private let state: Mutex<State>
    private static let open = Mutex<[ID<PaymentRun>: RunningInputs]>([:])

    private init() throws { state = Mutex(State(hash: try RunningHash(.international))) }

    /// Whole subjects of a section behind its cursor, through one; through its end where that is nil.
    static func add(_ told: RowSeal.Writer, rows: Int, of run: ID<PaymentRun>, _ section: PaymentSection, through upper: String?) throws {
        if section.position == 0, section.cursor.isEmpty {
            let inputs = try RunningInputs()
            open.withLock { $0[run] = inputs }
        }
        guard let inputs = open.withLock({ $0[run] }) else { return }
        if try !inputs.take(told, rows: rows, section, through: upper) { open.withLock { $0[run] = nil } }
    }

    /// - Returns: nil unless so many rows were read here from the first to the last.
    static func finish(_ run: ID<PaymentRun>, rows: Int) throws -> String? {
        guard let inputs = open.withLock({ $0.removeValue(forKey: run) }) else { return nil }
        return try inputs.state.withLock { state in
            guard state.rows == rows, let hash = state.hash.take() else { return nil }
            return try hash.finish().hex
        }
    }

    private func take(_ told: RowSeal.Writer, rows: Int, _ section: PaymentSection, through upper: String?) throws -> Bool {
        try state.withLock { state in
            let month = section.month.typed
            guard (section.position, section.cursor) == (state.position, state.cursor), (state.programme, state.month) <= (section.programme, month) else { return false }
            try state.hash?.update(told.collected)
            state.rows += rows
            (state.position, state.cursor) = upper.map { (section.position, $0) } ?? (section.position + 1, "")
            (state.programme, state.month) = (section.programme, month)
            return true
        }
    }
}
