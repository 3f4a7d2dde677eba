import Foundation
import Storage

/// 独占事项的锁。A locked file beside the database for each errand under way; the system lets go of it when the process ends, however it ends.
struct Errands: Sendable {
    private let database: String

    init(beside database: String) { self.database = database }

    struct Hold: Sendable {
        fileprivate let file: Int32

        func release() { close(file) }
    }

    /// - Returns: nil when another process, or another task of this one, is at it.
    /// - Throws: `StorageError.io` when no file can be made there.
    func take(_ errand: SoleErrand) throws(StorageError) -> Hold? {
        let path = "\(database)-\(errand.name).lock"
        let file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .io("\(path)（errno \(errno)）") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            return nil
        }
        return Hold(file: file)
    }
}
