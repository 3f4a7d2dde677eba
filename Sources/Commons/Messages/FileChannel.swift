import Foundation
import Kernel
import Values

/// 模拟短信通道。Writes what would be sent to a file, with the number masked: for demonstrations, which send nothing to anybody.
/// Each line begins with the key: two lines of one key are one message, sent again after a node died.
public struct FileChannel: Channel {
    public let name = "sms"
    let path: String

    public init(path: String) { self.path = path }

    public func send(key: String, recipient: String, body: String) async throws {
        let masked = (try? Phone(typed: recipient)).map(Masked.phone) ?? "＊＊＊"
        let line = Data("\(key)\t\(masked)\t\(body)\n".utf8)
        guard let file = FileHandle(forWritingAtPath: path) else {
            try line.write(to: URL(fileURLWithPath: path), options: .atomic)
            return
        }
        defer { try? file.close() }
        try file.seekToEnd()
        try file.write(contentsOf: line)
    }
}
