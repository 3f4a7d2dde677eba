import GRDB
import Storage
import Values

/// Runs what calls the driver, so that only `StorageError` leaves it; and, from a database that is being moved, its refusal.
func translatingErrors<Outcome>(_ body: () throws -> Outcome) throws -> Outcome {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw told(error)
    }
}

/// Only our own triggers raise, and their text is for people.
private func told(_ error: DatabaseError) -> any Error {
    let error = StorageError(error)
    return if case .moving(let text) = error { Refusal.busy(text) } else { error }
}

extension StorageError {
    /// By SQLite's extended result code. The statement is told with its places, never with its values.
    init(_ error: DatabaseError) {
        let message = error.message ?? "\(error.extendedResultCode)"
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            self = .unique(Self.subject(of: message))
        case .SQLITE_CONSTRAINT_FOREIGNKEY: self = .foreignKey
        case .SQLITE_CONSTRAINT_NOTNULL: self = .notNull(Self.subject(of: message))
        case .SQLITE_CONSTRAINT_TRIGGER: self = .moving(message)
        default: self = Self.byPrimaryCode(error, message)
        }
    }

    private static func byPrimaryCode(_ error: DatabaseError, _ message: String) -> StorageError {
        switch error.resultCode {
        case .SQLITE_CONSTRAINT: .check(subject(of: message))
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        case .SQLITE_FULL: .full
        case .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_NOMEM: .io(message)
        case .SQLITE_CANTOPEN, .SQLITE_MISUSE, .SQLITE_PERM, .SQLITE_AUTH: .connection(message)
        default: .other("\(message)（\(error.extendedResultCode.rawValue)）" + (error.sql.map { "：\($0)" } ?? ""))
        }
    }

    /// `UNIQUE constraint failed: claim.person, claim.month` speaks of what stands after the colon.
    private static func subject(of message: String) -> String {
        guard let colon = message.firstRange(of: ": ") else { return message }
        return String(message[colon.upperBound...])
    }
}
