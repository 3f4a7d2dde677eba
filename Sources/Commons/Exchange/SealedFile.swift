import Cryptography
import Foundation
import Kernel
import Synchronization
import Values

/// 密存的文件。An uploaded table at rest: pieces sealed one by one, a line each, so that no name or number lies on the disk in the clear
/// and a large file never lies in memory.
public struct SealedFile: Sendable {
    let path: String
    let keyring: Keyring

    static let purpose = "import-file"
    static let pieceBytes = 192 << 10

    /// Hands over the content piece by piece, from the beginning.
    public func pieces() throws -> SealedPieces { try SealedPieces(lines(), keyring) }

    /// The same, as it rests.
    func lines() throws -> SealedLines { try SealedLines(path) }

    /// The whole content, for what can't be read in pieces.
    /// - Throws: `.tooLarge` over the limit.
    public func content(atMost limit: Int) throws -> [UInt8] {
        let pieces = try pieces()
        var content: [UInt8] = []
        while let piece = try pieces.next() {
            guard content.count + piece.count <= limit else { throw Refusal.tooLarge("文件超过 \(limit >> 20) MB，请另存为 CSV 后上传，或者分成几个文件") }
            content += piece
        }
        return content
    }
}

/// Reads a sealed file once. Lives on one thread.
public final class SealedPieces {
    private let lines: SealedLines
    private let keyring: Keyring

    fileprivate init(_ lines: SealedLines, _ keyring: Keyring) {
        self.lines = lines
        self.keyring = keyring
    }

    public func next() throws -> [UInt8]? { try lines.next().map(opened) }

    private func opened(_ line: String) throws -> [UInt8] {
        guard let data = Data(base64Encoded: try keyring.open(line, for: SealedFile.purpose)) else { throw Refusal.absent("上传的文件已损坏，请重新上传") }
        return Array(data)
    }
}

/// The pieces of a sealed file as they rest, once. Lives on one thread.
final class SealedLines {
    private let file: FileHandle
    private var pending = Data()
    private var isAtEnd = false

    fileprivate init(_ path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else { throw Refusal.absent("上传的文件不在了，请重新上传") }
        self.file = file
    }

    deinit { try? file.close() }

    func next() throws -> String? {
        while true {
            if let end = pending.firstIndex(of: 10) {
                let line = String(decoding: pending[pending.startIndex ..< end], as: UTF8.self)
                pending = Data(pending[(end + 1)...])
                return line
            }
            guard !isAtEnd else {
                guard pending.isEmpty else { throw Refusal.absent("上传的文件不完整，请重新上传") }
                return nil
            }
            let more = try file.read(upToCount: 512 << 10) ?? Data()
            if more.isEmpty { isAtEnd = true } else { pending.append(more) }
        }
    }
}

/// Writes a sealed file as its content arrives.
public final class SealedFileWriter {
    public let file: SealedFile
    private let handle: FileHandle
    private var pending: [UInt8] = []
    private var digests: [UInt8] = []
    public private(set) var bytes = 0
    /// Bytes that came and aren't sealed yet.
    public var waiting: Int { pending.count }

    /// 300 MB: two million rows of people.
    public static let maximumBytes = 300 << 20

    init(_ file: SealedFile) throws {
        guard FileManager.default.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600]), let handle = FileHandle(forWritingAtPath: file.path) else {
            throw Refusal.busy("写不了导入文件夹，请联系系统管理员核对磁盘空间和权限")
        }
        self.file = file
        self.handle = handle
        pending.reserveCapacity(SealedFile.pieceBytes)
    }

    deinit { try? handle.close() }

    public func add(_ content: some Sequence<UInt8>) throws {
        pending.append(contentsOf: content)
        while pending.count >= SealedFile.pieceBytes {
            try seal(Array(pending.prefix(SealedFile.pieceBytes)))
            pending.removeFirst(SealedFile.pieceBytes)
        }
    }

    /// - Returns: a digest over the digests of the pieces, for the journal.
    public func finish() throws -> String {
        if !pending.isEmpty { try seal(pending) }
        pending = []
        try handle.synchronize()
        return try hash(digests, .international).hex
    }

    private func seal(_ piece: [UInt8]) throws {
        bytes += piece.count
        guard bytes <= Self.maximumBytes else { throw Refusal.tooLarge("文件超过 \(Self.maximumBytes >> 20) MB，请分成几个文件导入") }
        digests += try hash(piece, .international)
        let line = try file.keyring.seal(Data(piece).base64EncodedString(), for: SealedFile.purpose) + "\n"
        do { try handle.write(contentsOf: Data(line.utf8)) } catch { throw Refusal.busy("磁盘已满，文件没有收下。请联系系统管理员腾出空间后重新上传") }
    }
}
