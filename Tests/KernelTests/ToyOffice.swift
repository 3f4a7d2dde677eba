import Cryptography
import Kernel
import Storage
import TestSupport
import Values

/// A counter over a temporary database, with a clock that stands where it is put.
struct ToyOffice {
    let database: any Database
    let counter: Counter
    let clock: VirtualClock

    init(on today: CivilDate = day(2024, 6, 20)) async throws {
        database = try await TestDatabase.make()
        clock = VirtualClock(today)
        let house = House(lines: [toys], keyring: try Keyring.ephemeral())
        counter = Counter(database: database, house: house, clock: clock)
        try await database.migrate(house.migrations)
        try await seed(loanDays.ships(14, in: .country, from: day(2020, 1, 1), cite: "玩具借还办法第三条"))
    }

    func seed(_ shipped: ShippedRuling, at other: Counter? = nil) async throws {
        let now = clock.now()
        try await (other?.database ?? database).write { connection in
            let ruling = Ruling(.make(at: now), shipped, draftedBy: "随程序发布", at: now, publishedBy: "随程序发布")
            try connection.run("""
                INSERT INTO ruling (id, policy, variant, region, from_on, until_on, value, cite, drafted_by, drafted_at, published_by, published_at)
                VALUES (\(ruling.id), \(ruling.policy), '-', \(ruling.region), \(ruling.from), \(ruling.until), \(ruling.value), \(ruling.cite),
                        \(ruling.draftedBy), \(ruling.draftedAt), \(ruling.publishedBy), \(ruling.publishedAt))
                """)
        }
    }

    func id() -> ID<JournalEntry> { .make(at: clock.now()) }

    @discardableResult
    func lend(_ borrower: String, id: ID<JournalEntry>? = nil, as actor: Actor = clerk, region: String = "000181001", _ more: RawFields = [:]) async throws -> Receipt {
        var values = more
        values["region"] = .typed(region)
        values["borrower"] = .typed(borrower)
        return try await counter.submit(Submission("toys.lend-toy", id: id ?? self.id(), values: values), as: actor)
    }

    @discardableResult
    func act(_ name: String, _ loan: String, as actor: Actor = clerk, version: Int? = nil, _ more: RawFields = [:]) async throws -> Receipt {
        var values = more
        values["loan"] = .typed(loan)
        return try await counter.submit(Submission("toys.\(name)", id: id(), values: values, version: version), as: actor)
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { try $0.value("SELECT count(*) FROM \(Statement(name: table))") ?? -1 }
    }
}

func person(_ name: String, _ role: Role, _ region: String = "000181001") -> Actor {
    let at = Instant(secondsSince1970: 1_700_000_000)
    guard let region = try? RegionCode(typed: region) else { return Actor(user: .make(at: at), name: name, role: role, region: .country) }
    return Actor(user: .make(at: at), name: name, role: role, region: region)
}

let clerk = person("经办甲", .townshipClerk)
let otherClerk = person("经办乙", .townshipClerk)
let reviewer = person("审核丙", .townshipReviewer)
let neighbour = person("外乡丁", .townshipClerk, "000181002")
