import Commons
import Kernel
import PostgresStorage
import SQLiteStorage
import Storage
import Values

/// 打开的库。The database that a configuration names, whichever engine keeps it.
struct OpenedStore: Sendable {
    let database: any Database
    /// Nothing was ever kept in it.
    let isNew: Bool
    /// For people: the path of the file, or the address without its password.
    let shown: String

    /// - Throws: `.absent` when there is nothing in it and nothing is to be made; `StorageError.connection` when a cluster can't be reached or trusted.
    static func open(_ configuration: Configuration, mayBeNew: Bool) async throws -> OpenedStore {
        guard let address = configuration.database else { return try file(configuration, mayBeNew: mayBeNew) }
        let database = try PostgresDatabase(address.connection, configuration: configuration.cluster)
        do {
            try await database.requireSound()
            let isNew = try await database.read { try !$0.knows("schema_migration") }
            guard mayBeNew || !isNew else {
                throw Refusal.absent("数据库 \(address.shown) 里还没有表。请先运行 minzheng migrate 建表，或用 minzheng move 把数据搬来")
            }
            return OpenedStore(database: database, isNew: isNew, shown: address.shown)
        } catch {
            try await database.close()
            throw error
        }
    }

    private static func file(_ configuration: Configuration, mayBeNew: Bool) throws -> OpenedStore {
        let folder = DataFolder(configuration.data)
        if !mayBeNew { try folder.requireDatabase() }
        let isNew = !folder.hasDatabase
        return OpenedStore(database: try SQLiteDatabase(path: folder.database, configuration: configuration.file), isNew: isNew, shown: folder.database)
    }
}

extension Configuration {
    fileprivate var file: SQLiteConfiguration {
        var file = SQLiteConfiguration()
        file.readers = readers
        file.queueLimit = queueLimit
        file.groupLimit = groupLimit
        return file
    }

    var cluster: PostgresConfiguration {
        var cluster = PostgresConfiguration()
        cluster.writers = pool
        cluster.readers = readers
        cluster.queueLimit = queueLimit
        cluster.statementTimeout = statementTimeout
        cluster.replica = replica?.connection
        return cluster
    }

    /// Where files rest: with one machine in its folders, with several in the database they share.
    var keeping: Keeping { files ?? (database == nil ? .folders : .database) }

    /// Where the rows of an import rest on their way in.
    var staging: StagingPlace {
        guard let address = database else { return .files(in: DataFolder(data).imports) { try SQLiteDatabase(path: $0, configuration: .narrow) } }
        let cluster = cluster
        return StagingPlace { id in
            var own = cluster
            (own.writers, own.readers, own.schema) = (1, 2, Self.schema(of: id))
            let database = try PostgresDatabase(address.connection, configuration: own)
            try await database.makeSchema()
            return database
        } drop: { id in
            let database = try PostgresDatabase(address.connection, configuration: cluster)
            try await database.closing { try await database.dropSchema(Self.schema(of: id)) }
        }
    }

    private static func schema(of id: ID<ImportRun>) -> String { "import_" + id.text.lowercased() }
}

extension SQLiteConfiguration {
    /// For a file that one piece of work has to itself.
    fileprivate static var narrow: SQLiteConfiguration {
        var narrow = SQLiteConfiguration()
        narrow.readers = 2
        return narrow
    }
}
