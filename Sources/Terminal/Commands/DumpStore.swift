import ArgumentParser
import Foundation
import Moving
import Storage
import Values

/// `minzheng dump`: what a database holds, in a form that both engines write alike.
struct DumpStore: Errand {
    static let configuration = CommandConfiguration(
        commandName: "dump", abstract: "规范转储：逐表逐行写成两种数据库一样的样子，或只算摘要",
        discussion: "转储含有未加密的姓名、住址等，请当作数据库本身保管。")

    @Option(name: .long, help: "数据目录、数据库文件，或 postgres://用户@主机/库名；不写时用配置里的") var from: String?
    @Option(name: .long, help: "写入的文件") var to: String?
    @Flag(name: .long, help: "只列各表的行数和摘要") var digests = false
    @OptionGroup var options: PlaceOptions

    func validate() throws {
        guard (to == nil) == digests else { throw ValidationError("请写 --digests 或 --to 文件，二者选一") }
    }

    private func source(at place: Workplace) throws -> StorePlace {
        try from.map { StorePlace($0) } ?? StorePlace(options.configuration(at: place))
    }

    func run(at place: Workplace) async throws {
        let database = try await source(at: place).open(), progress = ProgressReport(place.console)
        let digest = try await database.closing {
            guard let to else { return try await database.survey { try $0.digest(tell: { progress.tell("读取 \($0)", $1, 0) }) } }
            let file = try PrivateFile(to)
            let digest = try await database.survey { try $0.digest(tell: { progress.tell("写出 \($0)", $1, 0) }, sink: file.write) }
            try file.finish()
            return digest
        }
        if digests {
            place.console.write(TextTable([.init("表"), .init("行", isNumber: true), .init("摘要")], digest.tables.map { [$0.name, "\($0.rows)", $0.digest] }).text)
        }
        place.console.line("共 \(digest.tables.count) 张表，\(digest.rows) 行，总摘要 \(digest.overall)" + (to.map { "，已写入 \($0)" } ?? ""))
    }
}

/// A file for its owner's eyes only, whose name appears when it is whole.
private final class PrivateFile: @unchecked Sendable {
    // Written by one thread at a time: the lease that dumps, and after it the command.
    private let handle: FileHandle
    private let path: String
    private var draft: String { path + ".part" }

    init(_ path: String) throws {
        self.path = path
        guard FileManager.default.createFile(atPath: path + ".part", contents: nil, attributes: [.posixPermissions: 0o600]),
              let handle = FileHandle(forWritingAtPath: path + ".part") else { throw Refusal.absent("写不了文件 \(path)，请核对文件夹是否存在、是否有写入权限") }
        self.handle = handle
    }

    func write(_ bytes: [UInt8]) throws { try tellingFileFaults { try handle.write(contentsOf: Data(bytes)) } }

    func finish() throws {
        try tellingFileFaults { try handle.close() }
        try flush(draft)
        guard rename(draft, path) == 0 else { throw StorageError.io("\(path)（errno \(errno)）") }
    }
}
