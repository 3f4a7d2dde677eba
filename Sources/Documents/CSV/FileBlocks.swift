import Glibc

/// A file, read from its beginning in blocks.
final class FileBlocks {
    private let descriptor: Int32
    private(set) var position = 0
    let size: Int

    /// - Throws: `SpreadsheetFailure` when the machine can't open it.
    init(path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SpreadsheetFailure(reason: "open: \(String(cString: strerror(errno)))") }
        var facts = stat()
        size = fstat(descriptor, &facts) == 0 ? Int(facts.st_size) : 0
    }

    deinit { close(descriptor) }

    var percentRead: Int { size > 0 ? min(100, position * 100 / size) : 100 }

    func seek(to place: Int) { position = place }

    /// The first bytes, without moving on.
    func peek(_ count: Int) throws -> [UInt8] {
        let start = position
        defer { position = start }
        position = 0
        var bytes = [UInt8](repeating: 0, count: count)
        let read = try bytes.withUnsafeMutableBytes { try self.read(into: $0) }
        return Array(bytes.prefix(read))
    }

    /// 0 at the end.
    func read(into space: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = pread(descriptor, space.baseAddress, space.count, off_t(position))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SpreadsheetFailure(reason: "read: \(String(cString: strerror(errno)))") }
            position += count
            return count
        }
    }
}
