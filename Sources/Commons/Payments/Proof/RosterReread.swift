import Cryptography
import Dispatch
import Kernel
import Storage
import Synchronization
import Values

/// 重读名册。Every line held against its own code, and the hash over all codes: in one pass.
struct RosterReread {
    /// The first line whose code isn't that of what it says, or that is missing; nil when all agree.
    let altered: Int?
    let hash: String
}

extension Reader {
    func reread(_ run: PaymentRun) throws -> RosterReread {
        let columns = LineWriter.lineColumns.map { Statement(name: $0) }.joined(", ")
        let codes = try LineCodes(RowSeal(house.keyring, for: "payment-line"))
        do {
            try connection.each("SELECT \(columns) FROM payment_line WHERE \(run.holdsLine("id")) ORDER BY id", stretch: 2048, codes.take)
        } catch {
            _ = try? codes.end()
            throw error
        }
        let (count, altered, hash) = try codes.end(), isWhole = try count == run.lines && lineCount(of: run) == count
        return RosterReread(altered: altered ?? (isWhole ? nil : count + 1), hash: hash)
    }
}

/// Makes the codes of lines anew beside the reading, a few stretches behind it.
private final class LineCodes: Sendable {
    private struct State: ~Copyable {
        var line = RowSeal.Writer(), codes = RowSeal.Writer()
        var count = 0, altered: Int?
        var hash: RunningHash?, fault: (any Error)?
    }

    private let seal: RowSeal
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "roster-reread")
    private let room = DispatchSemaphore(value: 3)

    init(_ seal: RowSeal) throws {
        self.seal = seal
        state = Mutex(State(hash: try RunningHash(.international)))
    }

    func take(_ rows: PackedRows) {
        room.wait()
        queue.async { [self] in
            state.withLock { state in
                do { try make(rows, &state) } catch { state.fault = error }
            }
            room.signal()
        }
    }

    private func make(_ rows: PackedRows, _ state: inout State) throws {
        rows.eachRow { cells, bytes in
            state.count += 1
            state.line.clear()
            for cell in cells.dropLast() { state.line.add(cell, among: bytes) }
            state.codes.add(cells[cells.count - 1], among: bytes)
            if state.altered == nil, cells.last != .integer(seal.code(of: state.line)) { state.altered = state.count }
        }
        if let hash = state.hash.take() {
            try state.codes.pour(into: hash, above: 0)
            state.hash = consume hash
        }
    }

    /// Waits for what is still to be made.
    func end() throws -> (count: Int, altered: Int?, hash: String) {
        queue.sync {}
        return try state.withLock { state in
            if let fault = state.fault { throw fault }
            guard let hash = state.hash.take() else { throw StorageError.other("名册的摘要已经取走") }
            return (state.count, state.altered, try hash.finish().hex)
        }
    }
}
