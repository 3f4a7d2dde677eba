import Cryptography
import Foundation
import Kernel
import Values

/// 回盘文件从哪里来。Its bytes are handed over a stretch at a time and may be read again, so that nobody holds the whole.
public struct ReturnSource: Sendable {
    private let read: @Sendable (_ body: ([UInt8]) throws -> Void) throws -> Void

    public init(_ read: @escaping @Sendable (_ body: ([UInt8]) throws -> Void) throws -> Void) { self.read = read }

    public init(bytes: [UInt8]) {
        self.init { body in
            for start in stride(from: 0, to: bytes.count, by: Self.stretch) { try body(Array(bytes[start ..< min(start + Self.stretch, bytes.count)])) }
        }
    }

    /// A file that stays as it is until it is taken in.
    public init(path: String) {
        self.init { body in
            guard let file = FileHandle(forReadingAtPath: path) else { throw Refusal.absent("读不到文件 \(path)，请核对路径和权限") }
            defer { try? file.close() }
            while let data = try file.read(upToCount: Self.stretch), !data.isEmpty { try body(Array(data)) }
        }
    }

    public func each(_ body: ([UInt8]) throws -> Void) throws { try read(body) }

    /// By which a file is known again.
    func digest() throws -> String {
        let total = try RunningHash(.international)
        try each { try total.update($0) }
        return try total.finish().hex
    }

    private static let stretch = 256 << 10
}

/// 上传的回盘文件。Rests sealed on the disk while it is looked at, and goes with the upload.
public final class ReturnUpload {
    private let writer: SealedFileWriter

    public init(_ keyring: Keyring) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).return").path
        writer = try SealedFileWriter(SealedFile(path: path, keyring: keyring))
    }

    deinit { try? FileManager.default.removeItem(atPath: writer.file.path) }

    public var isEmpty: Bool { writer.bytes + writer.waiting == 0 }

    public func add(_ content: some Sequence<UInt8>) throws { try writer.add(content) }

    /// Everything has come.
    public func finish() throws -> ReturnSource {
        _ = try writer.finish()
        let file = writer.file
        return ReturnSource { body in
            let pieces = try file.pieces()
            while let piece = try pieces.next() { try body(piece) }
        }
    }
}

/// Lines of a file that comes in stretches, without their ends; empty ones are passed over.
struct ByteLines {
    private var rest: [UInt8] = []
    /// The longest line of any format has some two hundred bytes.
    private static let longest = 64 << 10

    mutating func take(_ bytes: [UInt8], _ body: (ArraySlice<UInt8>) throws -> Void) throws {
        rest += bytes
        var start = 0
        while let end = rest[start...].firstIndex(of: 0x0A) {
            try Self.give(rest[start ..< end], body)
            start = end + 1
        }
        rest.removeFirst(start)
        guard rest.count < Self.longest else { throw Refusal.invalid("文件里有一行太长，不是回盘文件") }
    }

    mutating func finish(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
        try Self.give(rest[...], body)
        rest = []
    }

    /// Without line ends, and the mark of the end of a file that old systems write.
    private static func give(_ line: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
        var line = line.drop { $0 == 0x0D || $0 == 0x1A }
        while line.last == 0x0D { line.removeLast() }
        if !line.isEmpty { try body(line) }
    }
}
