import CPQ
import Storage
import Values

/// 答复。The rows of one statement, taken from the server one by one. When the same session is needed for another statement
/// meanwhile, the rest is kept in memory.
final class Answer {
    private let statement: Prepared
    private unowned let link: Link
    private var kept: [Row] = []
    private var keptFrom = 0
    private var isComplete = false
    /// How many rows the statement changed, once it is complete.
    private(set) var changed = 0

    init(_ statement: Prepared, on link: Link) {
        self.statement = statement
        self.link = link
    }

    func next() throws(StorageError) -> Row? {
        if keptFrom < kept.count {
            defer { keptFrom += 1 }
            return kept[keptFrom]
        }
        return try arriving()
    }

    /// Reads what is left and forgets it: the session is free again.
    func finish() throws(StorageError) {
        while !isComplete { _ = try arriving(isWanted: false) }
    }

    func keepTheRest() throws(StorageError) {
        while let row = try arriving() { kept.append(row) }
    }

    private func arriving(isWanted: Bool = true) throws(StorageError) -> Row? {
        guard !isComplete else { return nil }
        guard let result = link.result() else {
            isComplete = true
            try link.readMark()
            return nil
        }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_SINGLE_TUPLE:
            guard isWanted else { return nil }
            do { return try statement.row(0, of: result) } catch {
                // A column of a kind that we don't read: the session must stay usable.
                try finish()
                throw error
            }
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
            changed = Link.changed(by: result)
            return try arriving()
        default:
            isComplete = true
            throw try link.fail(link.error(result, running: statement.sql))
        }
    }
}
