import Foundation
import Storage

/// 独占事项的锁。A locked file beside the database for each errand under way; the system lets go of it when the process ends, however it ends.
struct Errands: Sendable {
    private let database: String

    init(beside database: String) { self.database = database }

    struct Hold: Sendable {
        fileprivate let file: Int32
        /// Of a lock that goes with its errand.
        fileprivate let passing: String?

        func release() {
            if let passing { unlink(passing) }
            close(file)
        }
    }

    /// - Returns: nil when another process, or another task of this one, is at it.
    /// - Throws: `StorageError.io` when no file can be made there.
    func take(_ errand: SoleErrand) throws(StorageError) -> Hold? {
        let path = "\(database)-\(errand.name).lock"
        while true {
            guard let file = try lock(path) else { return nil }
            guard errand.isPassing, !Self.isAt(path, file) else { return Hold(file: file, passing: errand.isPassing ? path : nil) }
            // Who held it has just taken it away; what is locked now is a file that nobody finds any more.
            close(file)
        }
    }

    private func lock(_ path: String) throws(StorageError) -> Int32? {
        let file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .io("\(path)（errno \(errno)）") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            return nil
        }
        return file
    }

    private static func isAt(_ path: String, _ file: Int32) -> Bool {
        var held = stat(), found = stat()
        return fstat(file, &held) == 0 && stat(path, &found) == 0 && held.st_ino == found.st_ino && held.st_dev == found.st_dev
    }
}
