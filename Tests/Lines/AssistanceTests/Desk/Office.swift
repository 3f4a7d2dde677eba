import Commons
import Cryptography
import Kernel
import Storage
import TestSupport
import Testing
import Values
@testable import Assistance

/// An office of the demonstration city over a temporary database, with a clock that stands where it is put.
struct Office {
    let database: any Database
    let counter: Counter
    let clock: VirtualClock

    init(on today: String) async throws {
        database = try await TestDatabase.make()
        clock = VirtualClock(try day(today))
        counter = Counter(database: database, house: House(lines: commonLines + [assistance], keyring: try Keyring.ephemeral()), clock: clock)
        try await database.migrate(counter.house.migrations)
        for shipped in assistance.shipped { try await rule(shipped) }
    }

    /// Puts a ruling in force, as published with the program.
    func rule(_ shipped: ShippedRuling) async throws {
        let now = clock.now()
        _ = try await database.write { connection in
            try connection.run("""
                INSERT INTO ruling (id, policy, variant, region, from_on, until_on, value, cite, drafted_by, drafted_at, published_by, published_at)
                VALUES (\(ID<Ruling>.make(at: now)), \(shipped.policy), \(shipped.variant.isEmpty ? "-" : shipped.variant), \(shipped.region), \(shipped.from),
                        \(shipped.until), \(shipped.value), \(shipped.cite), '随程序发布', \(now), '随程序发布', \(now))
                """)
        }
    }

    func go(to text: String) throws { clock.set(try day(text)) }
    func act() -> ID<JournalEntry> { .make(at: clock.now()) }

    @discardableResult
    func submit(_ name: String, _ values: RawFields, as actor: Actor, id: ID<JournalEntry>? = nil, version: Int? = nil) async throws -> Receipt {
        let permission = name.contains(".") ? name : "assistance.\(name)"
        return try await counter.submit(Submission(permission, id: id ?? act(), values: values, version: version), as: actor)
    }

    /// Does an act on a case. The first value is its subject.
    @discardableResult
    func on(_ id: String, _ name: String, _ values: RawFields = [:], as actor: Actor) async throws -> Receipt {
        let action = try counter.house.action("assistance.\(name)")
        var values = values
        values[action.subjectTerm ?? ""] = .typed(id)
        return try await submit(name, values, as: actor)
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        try await counter.read(as: approver, body)
    }

    func state(of id: String) async throws -> String {
        try await read { try $0.caseFile(id: id)?.state ?? "" }
    }

    func clocks(of id: String) async throws -> [Clock] {
        try await read { reader in try reader.caseFile(id: id).map(reader.clocks) ?? [] }
    }

    func decision(_ kind: DecisionKind, of id: String) async throws -> Decision? {
        try await read { try $0.decisions(of: id).last { $0.kind == kind } }
    }

    /// The allowance that an application led to.
    func allowance(of application: String) async throws -> Allowance? {
        try await read { try $0.first(Allowance.self, where: "application_id = \(application)") }
    }

    /// Runs every waiting job to its end.
    func runJobs() async throws {
        let runner = JobRunner(counter)
        for _ in 0 ..< 200 where try await runner.runSlice() {}
    }
}

func staff(_ name: String, _ role: Role, _ region: String = "000181001", number: UInt8) -> Actor {
    let user = ID<Actor>(at: Instant(secondsSince1970: 1_700_000_000), random: [UInt8](repeating: number, count: 10))
    return Actor(user: user, name: name, role: role, region: (try? RegionCode(typed: region)) ?? .demonstration)
}

let clerk = staff("经办甲", .townshipClerk, number: 1)
let secondClerk = staff("经办乙", .townshipClerk, number: 2)
let reviewer = staff("审核丙", .townshipReviewer, number: 3)
let secondReviewer = staff("审核丁", .townshipReviewer, number: 4)
let checker = staff("核对戊", .countyReviewer, "000181", number: 5)
let approver = staff("审批己", .countyApprover, "000181", number: 6)
let community = staff("社区庚", .community, "000181001001", number: 7)
let policyOfficer = staff("政策辛", .policyOfficer, "000181", number: 8)
let leader = staff("局长壬", .leader, "000181", number: 9)
