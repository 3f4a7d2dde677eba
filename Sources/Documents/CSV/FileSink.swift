import Glibc

/// A new file, readable by its owner alone, because the rows in it are about people.
final class FileSink {
    private var descriptor: Int32

    init(path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("open") }
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    func write(_ bytes: [UInt8]) throws {
        var left = bytes[...]
        while !left.isEmpty {
            let count = left.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure("write") }
            left = left.dropFirst(count)
        }
    }

    func close() throws {
        defer { descriptor = -1 }
        guard Glibc.close(descriptor) == 0 else { throw Self.failure("close") }
    }

    private static func failure(_ what: String) -> SpreadsheetFailure {
        SpreadsheetFailure(reason: "\(what): \(String(cString: strerror(errno)))")
    }
}
