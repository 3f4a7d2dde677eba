import Cryptography
import Foundation
import Storage
import Values

/// 附件架。The folder of sealed files: content under its hash, thumbnails beside it.
public struct AttachmentShelf: Sendable {
    public let folder: String
    let keyring: Keyring

    public init(folder: String, keyring: Keyring) {
        self.folder = folder
        self.keyring = keyring
    }

    /// What a file is for; a sealed file opens only as what it was sealed for.
    enum Part: String, CaseIterable {
        case whole = "attachment", thumbnail = "attachment-thumbnail"

        var ending: String { self == .whole ? "" : ".small" }
    }

    func write(_ content: [UInt8], _ part: Part, of hash: String) throws {
        let sealed = try keyring.seal(Data(content).base64EncodedString(), for: part.rawValue)
        try telling { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]) }
        try replace(path(hash, part), with: sealed)
    }

    /// Nil when there is no such file.
    func read(_ part: Part, of hash: String) throws -> [UInt8]? {
        guard let sealed = FileManager.default.contents(atPath: path(hash, part)) else { return nil }
        let text = try keyring.open(String(decoding: sealed, as: UTF8.self), for: part.rawValue)
        guard let data = Data(base64Encoded: text) else { throw Refusal.absent("附件文件已损坏，请联系系统管理员从备份中恢复") }
        return Array(data)
    }

    /// A file written within the hour stays: the same content may be on its way in again, its row not yet written.
    func removeStale(_ hash: String) throws {
        for part in Part.allCases {
            let path = path(hash, part)
            guard FileManager.default.fileExists(atPath: path),
                  let written = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date, written.timeIntervalSinceNow < -3_600
            else { continue }
            try FileManager.default.removeItem(atPath: path)
        }
    }

    /// Written whole beside its place and then put there, so that a stop in between leaves the old file or the new one.
    private func replace(_ path: String, with text: String) throws {
        try telling { try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) }
    }

    /// A full disk is told as one, whoever meets it.
    private func telling(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch let error as NSError {
            throw StorageError(file: error)
        }
    }

    private func path(_ hash: String, _ part: Part) -> String { "\(folder)/\(hash)\(part.ending)" }
}

extension AttachmentShelf {
    /// Every file on the shelf by name, in order.
    public func names() throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter(Self.isOurs).sorted()
    }

    /// The name of the key a file rests under; nil when it is gone or no sealed file.
    public func key(of name: String) throws -> String? {
        guard let file = FileHandle(forReadingAtPath: "\(folder)/\(name)") else { return nil }
        defer { file.closeFile() }
        let parts = file.readData(ofLength: 32).split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? String(decoding: parts[1], as: UTF8.self) : nil
    }

    /// Seals a file anew under the current key; a file that went meanwhile stays gone.
    public func reseal(_ name: String) throws {
        let part: Part = name.hasSuffix(Part.thumbnail.ending) ? .thumbnail : .whole, path = "\(folder)/\(name)"
        guard let sealed = FileManager.default.contents(atPath: path) else { return }
        let text = try keyring.open(String(decoding: sealed, as: UTF8.self), for: part.rawValue)
        let fresh = try keyring.seal(text, for: part.rawValue)
        guard FileManager.default.fileExists(atPath: path) else { return }
        try replace(path, with: fresh)
    }

    /// The shelf's own name, made with it: two nodes that read the same one keep their attachments in the same folder.
    public func identity() throws -> String {
        let path = "\(folder)/.shelf"
        if let known = FileManager.default.contents(atPath: path) { return String(decoding: known.prefix(40), as: UTF8.self) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let name = try randomBytes(8).hex
        do { try Data(name.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting) } catch {
            // Another node was quicker.
            guard let known = FileManager.default.contents(atPath: path) else { throw error }
            return String(decoding: known.prefix(40), as: UTF8.self)
        }
        return name
    }

    static func part(of name: String) -> (Part, hash: String)? {
        guard isOurs(name) else { return nil }
        let part: Part = name.hasSuffix(Part.thumbnail.ending) ? .thumbnail : .whole
        return (part, String(name.dropLast(part.ending.count)))
    }

    /// 64 hexadecimal digits, with or without the ending of a thumbnail: not what an interrupted write left behind.
    public static func isOurs(_ name: String) -> Bool {
        let hash = name.hasSuffix(Part.thumbnail.ending) ? name.dropLast(Part.thumbnail.ending.count) : name[...]
        return hash.utf8.count == 64 && hash.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }
}
