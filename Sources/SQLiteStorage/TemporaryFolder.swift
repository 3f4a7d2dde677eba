import Foundation

/// 临时目录。Removed when asked, or when nobody holds it any more.
final class TemporaryFolder: Sendable {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "minzheng-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        // Whoever let the folder go without closing the database has nobody left to tell.
        try? remove()
    }

    func path(of name: String) -> String {
        url.appending(path: name).path
    }

    func remove() throws {
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        try FileManager.default.removeItem(at: url)
    }
}
