import Commons
import Cryptography
import Foundation
import Kernel
import Storage
import Values
import Web

/// 办公处。The installation, put together: data folder, keys, database and what stands on them. Serving, demonstration,
/// commands and tests all open it here.
public struct Office: Sendable {
    public let configuration: Configuration
    public let database: any Database
    public let counter: Counter
    public let accounts: Accounts
    public let drafts: Drafts
    public let attachments: AttachmentStore
    public let imports: ImportRoom

    /// How one comes in.
    public enum Entry: Sendable {
        /// Makes folder, keys and database where there are none, and brings them up to date.
        case create
        /// Only where there is a database; brings it up to date.
        case existing
        /// Only where there is a database, and leaves it as it is.
        case untouched
    }

    /// - Throws: `.absent` when there is no database yet and none is to be made.
    public static func open(_ lines: [Line], _ configuration: Configuration, _ entry: Entry, clock: any WallClock = SystemClock()) async throws -> Office {
        let folder = DataFolder(configuration.data)
        if entry == .create || configuration.database != nil { try folder.create() }
        let store = try await OpenedStore.open(configuration, mayBeNew: entry == .create), database = store.database
        let keyring: Keyring
        do {
            // New keys are made only where nothing was ever sealed: a database whose keys are missing must get its own back.
            keyring = store.isNew && !folder.hasKeys ? try Keyring.create(in: folder.path, profile: configuration.profile) : try Keyring.load(from: folder.path)
        } catch {
            try await database.close()
            throw error
        }
        let office = Office(configuration, database, House(lines: lines, keyring: keyring), clock)
        guard entry != .untouched else { return office }
        do {
            try await database.requireServing(at: store.shown)
            try await office.bringUpToDate()
        } catch {
            try await database.close()
            throw error
        }
        return office
    }

    init(_ configuration: Configuration, _ database: any Database, _ house: House, _ clock: any WallClock) {
        self.configuration = configuration
        self.database = database
        counter = Counter(database: database, house: house, clock: clock)
        accounts = Accounts(counter)
        drafts = Drafts(counter)
        let folder = DataFolder(configuration.data)
        attachments = AttachmentStore(counter, folder: folder.attachments, keeping: configuration.keeping)
        imports = ImportRoom(counter, folder: folder.imports, tables: DocumentTables(), staging: configuration.staging, keeping: configuration.keeping)
    }

    public var house: House { counter.house }

    func bringUpToDate() async throws {
        try await database.migrate(house.migrations)
        try await seedShippedRulings()
    }

    /// The same office on an invented day.
    /// - Throws: `.forbidden` unless the database is a demonstration: real files keep the real day.
    public func standing(on day: CivilDate) async throws -> Office {
        guard try await demoMark() != nil else {
            throw Refusal.forbidden("这个数据库不是示范数据，不能改变办理日期。去掉 --today，或换用 minzheng demo 生成的数据目录")
        }
        return Office(configuration, database, house, VirtualClock(day))
    }

    /// The seed of the demonstration; nil for real data.
    public func demoMark() async throws -> String? {
        try await database.read { try $0.value("SELECT value FROM mark WHERE name = 'demo'") }
    }

    /// Seals what acts have entered, as a server would behind them: who never serves has a sealed journal, too.
    /// What can't be sealed now, because another process is writing, is sealed by that process or by the next command.
    func sealJournal() async {
        do {
            while try await database.read({ try $0.first("SELECT 1 FROM journal WHERE block IS NULL LIMIT 1") { _ in true } }) != nil {
                guard try await Sealer(database: database, clock: counter.clock).sealWaiting() > 0 else { return }
            }
        } catch {}
    }

    /// Writes down what was read, and closes.
    public func close() async throws {
        do { try await counter.access.flush() } catch {
            try await database.close()
            throw error
        }
        try await database.close()
    }
}
