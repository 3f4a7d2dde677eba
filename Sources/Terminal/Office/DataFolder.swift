import Foundation
import Values

/// 数据目录。Everything an installation keeps: `minzheng.sqlite`, `keys`, `attachments/`, `imports/`. For its owner's eyes only.
struct DataFolder: Sendable {
    let path: String
    var database: String { path + "/minzheng.sqlite" }
    var keys: String { path + "/keys" }
    var attachments: String { path + "/attachments" }
    var imports: String { path + "/imports" }

    init(_ path: String) { self.path = path }

    var hasDatabase: Bool { FileManager.default.fileExists(atPath: database) }

    var hasKeys: Bool { FileManager.default.fileExists(atPath: keys) }

    func create() throws(Refusal) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw .absent("建不了数据目录 \(path)，请核对路径和权限") }
    }

    func requireDatabase() throws(Refusal) {
        guard hasDatabase else { throw .absent("数据目录 \(path) 里还没有数据库。请先运行 minzheng migrate 建库，或运行 minzheng demo 生成示范数据") }
    }

    /// The permission bits of a file in it; nil when there is none.
    func mode(of file: String) throws -> Int? {
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        return (try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber)?.intValue
    }
}
