import Commons
import Cryptography
import Kernel
import Storage
import Values

/// 演练用的一处。A house over a database that a trial made, with the rulings that come with the program.
public enum TrialHouse {
    /// - Parameter isNew: makes tables and rulings first.
    public static func counter(_ lines: [Line], _ database: any Database, _ keyring: Keyring, _ clock: any WallClock, isNew: Bool) async throws -> Counter {
        let counter = Counter(database: database, house: House(lines: lines, keyring: keyring), clock: clock)
        guard isNew else { return counter }
        try await database.migrate(counter.house.migrations)
        try await ship(counter, lines)
        return counter
    }

    /// The rulings that come with the program.
    static func ship(_ counter: Counter, _ lines: [Line]) async throws {
        let now = counter.clock.now(), columns = Ruling.shape.fields.map(\.name)
        let rows = lines.flatMap(\.shipped).map { shipped -> [StoredValue] in
            let raw = Ruling(.make(at: now), shipped, draftedBy: "随程序发布", at: now, publishedBy: "随程序发布").raw
            return columns.map { if case .stored(let value) = raw[$0] { value } else { .null } }
        }
        try await counter.database.bulk { _ = try $0.insert(into: Ruling.table, columns, rows: rows) }
    }
}
