import Foundation
import PostgresStorage
import SQLiteStorage
import Storage
import Values

/// 存放处。Where a house's rows are: a data folder, a database file, or a cluster by its `postgres://` address.
struct StorePlace: Hashable, Sendable {
    private enum Kind: Hashable { case file(String), cluster(String) }

    private let kind: Kind

    /// Where an installation's database is.
    init(_ configuration: Configuration) { self.init(configuration.database?.connection ?? configuration.data) }

    init(_ text: String) {
        if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            kind = .cluster(text)
        } else {
            kind = .file([".sqlite", ".sqlite3", ".db"].contains(where: text.hasSuffix) ? text : DataFolder(text).database)
        }
    }

    /// For people: never a password.
    var shown: String {
        switch kind {
        case .file(let path): path
        case .cluster(let url): DatabaseAddress.place(of: url)
        }
    }

    var isCluster: Bool { if case .cluster = kind { true } else { false } }

    /// The data folder that a file lies in; nil for a cluster.
    var folder: DataFolder? {
        guard case .file(let path) = kind else { return nil }
        return DataFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    /// Opens what is there.
    /// - Throws: `.absent` when a file isn't there.
    func open() async throws -> any Database {
        switch kind {
        case .file(let path):
            guard FileManager.default.fileExists(atPath: path) else { throw Refusal.absent("找不到数据库 \(path)，请核对路径") }
            return try SQLiteDatabase(path: path)
        case .cluster(let url): return try await Self.cluster(url)
        }
    }

    /// Opens it to be filled; a file is made where there is none. References are checked when all has come.
    func openToFill() async throws -> any Database {
        switch kind {
        case .file(let path):
            try DataFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path).create()
            return try SQLiteDatabase.toFill(at: path)
        case .cluster(let url): return try await Self.cluster(url)
        }
    }

    private static func cluster(_ url: String) async throws -> any Database {
        let database = try PostgresDatabase(url)
        try await database.requireSound()
        return database
    }
}

extension SQLiteDatabase {
    /// A file that only takes in rows for now.
    static func toFill(at path: String) throws -> SQLiteDatabase {
        var settings = SQLiteConfiguration()
        settings.checksReferences = false
        let database = try SQLiteDatabase(path: path, configuration: settings)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return database
    }
}

extension Database {
    /// Whether this database may be worked with: not while its rows are on their way, nor after they have gone.
    /// - Throws: `.conflict`, saying where to.
    func requireServing(at place: String) async throws {
        switch try await read({ try $0.standing() }) {
        case .serving: return
        case .leaving(let move):
            throw Refusal.conflict("\(place) 从 \(move.at.shown)起正在搬往 \(move.place)，还没有搬完。请再运行一次 minzheng move 搬完，或者用 minzheng move --give-up 放弃")
        case .left(let move): throw Refusal.conflict("\(place) 已于 \(move.at.shown)搬到 \(move.place)，不再启用。请把配置里的数据库改为那里再启动")
        case .arriving(let move): throw Refusal.conflict("\(place) 正在从 \(move.place) 搬来，还没有搬完，不能启用。请再运行一次 minzheng move 搬完")
        }
    }
}
