import CZip
import Glibc

/// A package of parts made in memory, with the same bytes for the same parts: no part bears the time it was packed at.
final class ZipWriter {
    private var parts: [(name: String, bytes: [UInt8])] = []

    struct Failure: Error, CustomStringConvertible {
        let reason: String
        var description: String { "zip: \(reason)" }
    }

    func add(_ name: String, _ text: String) { parts.append((name, Array(text.utf8))) }

    /// The whole package.
    func finish() throws -> [UInt8] {
        var fault = zip_error_t()
        guard let target = zip_source_buffer_create(nil, 0, 0, &fault) else { throw Failure(reason: "no buffer") }
        guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, &fault) else {
            zip_source_free(target)
            throw Failure(reason: "no archive")
        }
        zip_source_keep(target)
        defer { zip_source_free(target) }
        do {
            for part in parts { try pack(part.name, part.bytes, archive) }
        } catch {
            zip_discard(archive)
            throw error
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw Failure(reason: "not closed")
        }
        return try content(of: target)
    }

    /// libzip reads the bytes when it closes the archive, and frees the copy it is given.
    private func pack(_ name: String, _ bytes: [UInt8], _ archive: OpaquePointer) throws {
        guard let copy = malloc(max(bytes.count, 1)) else { throw Failure(reason: "no memory") }
        bytes.withUnsafeBytes { if let base = $0.baseAddress { copy.copyMemory(from: base, byteCount: bytes.count) } }
        guard let source = zip_source_buffer(archive, copy, UInt64(bytes.count), 1) else {
            free(copy)
            throw Failure(reason: name)
        }
        let index = zip_file_add(archive, name, source, UInt32(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            throw Failure(reason: name)
        }
        // 1 January 1980: the first day that a package can write down.
        guard zip_file_set_dostime(archive, UInt64(index), 0, 0x21, 0) == 0 else { throw Failure(reason: name) }
    }

    private func content(of target: OpaquePointer) throws -> [UInt8] {
        var facts = zip_stat_t()
        guard zip_source_stat(target, &facts) == 0, zip_source_open(target) == 0 else { throw Failure(reason: "not readable") }
        defer { zip_source_close(target) }
        var bytes = [UInt8](repeating: 0, count: Int(facts.size)), place = 0
        while place < bytes.count {
            let count = bytes.withUnsafeMutableBytes { space in zip_source_read(target, space.baseAddress.map { $0 + place }, UInt64(space.count - place)) }
            guard count > 0 else { throw Failure(reason: "cut short") }
            place += Int(count)
        }
        return bytes
    }
}
