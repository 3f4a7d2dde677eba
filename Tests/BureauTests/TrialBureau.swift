import Bureau
import Commons
import Cryptography
import Kernel
import Storage
import TestSupport
import Values

/// 试用的民政局。The whole bureau over a temporary database, on a day of its own, with the rulings that ship.
struct TrialBureau {
    let database: any Database
    let counter: Counter
    let clock: VirtualClock

    init(on today: CivilDate = .init(written: 2026, 6, 10)) async throws {
        database = try await TestDatabase.make()
        clock = VirtualClock(today)
        counter = Counter(database: database, house: House(lines: bureau, keyring: try Keyring.ephemeral()), clock: clock)
        try await database.migrate(counter.house.migrations)
        let now = clock.now(), shipped = bureau.flatMap(\.shipped)
        try await database.write { connection in
            let columns = Ruling.shape.fields.map(\.name)
            let rows = shipped.map { Ruling(.make(at: now), $0, draftedBy: "随程序发布", at: now, publishedBy: "随程序发布").raw.stored(columns) }
            _ = try connection.insert(into: Ruling.table, columns, rows: rows)
        }
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { try $0.value("SELECT count(*) FROM \(Statement(name: table))") ?? -1 }
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await database.read(body) }
}

extension RawFields {
    /// The stored values in the order of columns.
    func stored(_ columns: [String]) -> [StoredValue] {
        columns.map { if case .stored(let value) = self[$0] { value } else { .null } }
    }
}
