import Foundation

extension StorageError {
    /// What went wrong with a file, told as the engine tells it of its own: no room, or a disk that fails.
    ///
    /// The text names the file and never what was to be written.
    public init(file error: NSError) {
        let causes = sequence(first: error) { $0.userInfo[NSUnderlyingErrorKey] as? NSError }
        let codes = causes.filter { $0.domain == NSPOSIXErrorDomain }.map { Int32($0.code) }
        let isFull = codes.contains { [ENOSPC, EDQUOT, EFBIG].contains($0) }
            || causes.contains { $0.domain == NSCocoaErrorDomain && $0.code == CocoaError.Code.fileWriteOutOfSpace.rawValue }
        let place = (error.userInfo[NSFilePathErrorKey] as? String) ?? ""
        self = isFull ? .full : .io("\(place)（\(error.domain) \(error.code)\(codes.first.map { "，errno \($0)" } ?? "")）")
    }
}
