import Commons
import Cryptography
import Demo
import Kernel
import Moving
import Storage
import Synchronization
import Values

/// 等价对照。The same work done on two engines must leave the same rows and get the same answers, byte for byte.
///
/// One seed is one history: an invented city with its cases from application to decision, then acts drawn at random, among them wrong ones,
/// repeated ones, imports, merges, sign-ins and everything that is read back. Clock, ids, salts and nonces follow from the seed, so nothing is left to chance;
/// sealed values are compared as they rest. Left out are the moment when the tables were made, and the order in which a search by words finds.
public struct Equivalence: Sendable {
    public let seed: UInt64
    /// Acts after the city.
    public var steps = 500
    /// Of the city; see `DemoCity`.
    public var scale = 0.0005
    public var tell: @Sendable (String, Int, Int) -> Void = { _, _, _ in }
    private let lines: [Line]
    private let imports: (@Sendable (Counter) -> ImportRoom)?

    /// - Parameter imports: where tables are imported; without it none are.
    public init(_ lines: [Line], seed: UInt64, imports: (@Sendable (Counter) -> ImportRoom)? = nil) {
        (self.lines, self.seed, self.imports) = (lines, seed, imports)
    }

    /// What one engine made of it.
    public struct Side: Sendable {
        public let digest: StoreDigest
        /// What was answered to each step, and what was read back.
        public let answers: [String]
        public let journal: JournalVerdict
        public let acts: Int
    }

    public struct Result: Sendable {
        public let left: Side, right: Side
        /// Named by table, key and column, or by the step.
        public let differences: [String]
        public var isEqual: Bool { differences.isEmpty }
    }

    static let leftOut: Set<String> = ["schema_migration"]

    /// Both on empty databases.
    public func run(_ left: any Database, _ right: any Database) async throws -> Result {
        let ours = try await play(on: left), theirs = try await play(on: right)
        var differences: [String] = []
        for (index, pair) in zip(ours.answers, theirs.answers).enumerated() where !pair.0.utf8.elementsEqual(pair.1.utf8) {
            differences.append("第 \(index + 1) 步的答复不同：\(pair.0.prefix(2_000))；另一边：\(pair.1.prefix(2_000))")
            break
        }
        if ours.answers.count != theirs.answers.count { differences.append("步数不同：\(ours.answers.count) 与 \(theirs.answers.count)") }
        let names = ours.digest.differing(from: theirs.digest)
        differences += try await left.differences(from: right, in: names).map(\.description)
        for verdict in [ours.journal, theirs.journal] where !verdict.isSound { differences += verdict.faults }
        return Result(left: ours, right: theirs, differences: differences)
    }

    /// The whole history on one database, with everything that is usually left to chance taken from the seed.
    public func play(on database: any Database) async throws -> Side {
        let chance = SharedDice(seed)
        return try await Chance.$source.withValue(Chance { chance.next() }) {
            try await FixedRandomness.$source.withValue(FixedRandomness { chance.bytes($0) }) { try await history(on: database) }
        }
    }

    private func history(on database: any Database) async throws -> Side {
        let clock = VirtualClock(CivilDate(written: 2026, 6, 10))
        let counter = Counter(database: database, house: House(lines: lines, keyring: try Keyring.repeatable(.international)), clock: clock)
        try await database.migrate(counter.house.migrations)
        try await TrialHouse.ship(counter, lines)
        let city = try await DemoCity.build(scale: scale, seed: seed, in: counter, progress: tell)
        var workload = Workload(counter, clock, seed: seed, imports: imports?(counter))
        try await workload.run(steps, tell)
        let sealer = Sealer(database: database, clock: clock)
        while try await sealer.sealWaiting() > 0 {}
        let digest = try await database.survey { try $0.digest(leavingOut: Self.leftOut) }
        return Side(digest: digest, answers: ["\(city)"] + workload.answers, journal: try await Sealer.verify(database), acts: city.acts + workload.acts)
    }
}

/// Dice that several hands may take up, one after another.
final class SharedDice: Sendable {
    private let dice: Mutex<Dice>

    init(_ seed: UInt64) { dice = Mutex(Dice(seed: seed ^ 0x5EED)) }

    func next() -> UInt64 { dice.withLock { $0.next() } }

    func bytes(_ count: Int) -> [UInt8] { dice.withLock { dice in (0 ..< count).map { _ in UInt8(truncatingIfNeeded: dice.next() >> 24) } } }
}
