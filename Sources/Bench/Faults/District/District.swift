import Commons
import Cryptography
import Demo
import Kernel
import Storage
import Synchronization
import Values

/// 模拟一个区县的几个月。One seed is one history: applications, deaths, raises, moves, changed accounts, merges, late approvals, returns, refunds, abandoned
/// months, repeated ids, and faults of the database between them, under a virtual clock and with a simulated channel.
///
/// After every month, and at the end, everything that must hold is looked at; a seed that fails replays by its number.
public struct DistrictSimulation: Sendable {
    public let seed: UInt64
    /// Months with everything in them; two quiet ones follow, in which all must come to rest.
    public var months = 3
    /// Of a hundred acts, so many meet a fault of the database.
    public var faultPercent = 4.0

    public init(seed: UInt64) { self.seed = seed }

    public struct Result: Sendable {
        public var acts = 0, refused = 0, repeated = 0, faults = 0, lines = 0, recoveries = 0, returnsRefused = 0, months = 0
        /// What didn't hold, with the place at which it was seen; empty is sound.
        public var failures: [String] = []
        /// What was done, in order, to be read beside a failure.
        public var story: [String] = []

        public init() {}
    }

    /// - Parameter lines: the house's own.
    /// - Parameter database: empty, or a copy of one that `prepare` filled.
    public func run(_ lines: [Line], on database: any Database, isPrepared: Bool = false) async throws -> Result {
        let chance = SharedDice(seed)
        return try await Chance.$source.withValue(Chance { chance.next() }) {
            try await FixedRandomness.$source.withValue(FixedRandomness { chance.bytes($0) }) {
                let faulty = FaultyDatabase(database), clock = VirtualClock(District.begin)
                let counter = try await TrialHouse.counter(lines + [simulatedGrants], faulty, try Keyring.repeatable(.international), clock, isNew: !isPrepared)
                let district = District(counter, faulty, clock, seed: seed, faultPercent: faultPercent)
                try await district.live(months)
                return district.result
            }
        }
    }

    /// Tables and rulings, to be copied for every seed.
    public static func prepare(_ lines: [Line], on database: any Database) async throws {
        _ = try await TrialHouse.counter(lines + [simulatedGrants], database, try Keyring.repeatable(.international), VirtualClock(District.begin), isNew: true)
    }
}

/// The district while it lives.
final class District {
    struct Household { var subject: String, region: RegionCode, members: [String], payee: String, amounts: [Month: Int64], living: Set<String> }
    struct Elder { var id: String, born: CivilDate, died: CivilDate?, isAbsorbed = false, isAway = false, hasBadAccount = false }

    let counter: Counter, faulty: FaultyDatabase, clock: VirtualClock
    var dice: Dice
    var result = DistrictSimulation.Result()
    var households: [Household] = [], elders: [Elder] = []
    var names: [String: String] = [:]
    /// Whose facts still cover somebody who died.
    var unreckoned: Set<Int> = []
    var holds: [String] = []
    /// The first month in which a member of a household died and which its facts don't reckon with.
    var deaths: [Int: Month] = [:]
    var rates: [(from: Month, fen: Int64)] = [(Month(written: 2012, 12), 5_000)]
    var signed: [ID<PaymentRun>: String] = [:]
    var isQuiet = false
    private var done: [(submission: Submission, actor: Actor, subject: String)] = []
    private let faultPercent: Double

    static let begin = CivilDate(written: 2026, 2, 2)
    static let townships = ["000181001", "000181002"]

    init(_ counter: Counter, _ faulty: FaultyDatabase, _ clock: VirtualClock, seed: UInt64, faultPercent: Double) {
        (self.counter, self.faulty, self.clock, self.faultPercent) = (counter, faulty, clock, faultPercent)
        dice = Dice(seed: seed)
    }

    var today: CivilDate { clock.now().date }
    var month: Month { today.monthOf }

    func live(_ months: Int) async throws {
        try await settle()
        for number in 0 ..< months + 2 {
            isQuiet = number >= months
            if number > 0 { clock.set(month.next.first.adding(days: 1)) }
            if number == months { try await comeToRest() }
            try await events(isQuiet ? 0 : 3 + dice.below(5))
            clock.set(month.first.adding(days: 9))
            try await pay()
            try await checkMonth()
            guard result.failures.isEmpty else { return }
        }
        try await checkRest()
    }

    private func settle() async throws {
        for programme in ["elder-allowance", "simulated-grant"] {
            for source in ["local", "lottery", "province"] {
                try await act("payments.record-budget", ["region": "000181", "programme": programme, "source": source, "amount_fen": "999999.00", "basis": "模拟"], .finance, 3)
            }
        }
        for _ in 0 ..< 3 + dice.below(3) { try await registerElder() }
        for _ in 0 ..< 2 + dice.below(3) { try await beginGrant() }
    }

    // MARK: The counter

    func staff(_ role: Role, _ number: UInt8) throws -> Actor {
        Actor(user: ID(at: Instant(secondsSince1970: 1), random: [UInt8](repeating: number, count: 10)), name: "模拟\(role.label)", role: role, region: .country)
    }

    /// - Returns: nil when the office said no.
    @discardableResult
    func act(_ permission: String, _ values: [String: String], _ role: Role, _ number: UInt8) async throws -> Receipt? {
        let submission = Submission(permission, id: .make(at: clock.now()), values: RawFields(values.mapValues { .typed($0) })), actor = try staff(role, number)
        layFault()
        let answer = try await deliver(submission, actor)
        switch answer {
        case .success(let receipt):
            note("\(permission) \(values.filter { $0.key != "told" }.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))")
            done.append((submission, actor, receipt.outcome.subject))
            if dice.chance(6) { try await `repeat`(done.count - 1) }
            return receipt
        case .failure(let refusal):
            result.refused += 1
            note("拒绝 \(permission)：\(refusal.message)")
            return nil
        }
    }

    /// The office must do it.
    func must(_ permission: String, _ values: [String: String], _ role: Role, _ number: UInt8) async throws {
        guard try await act(permission, values, role, number) == nil else { return }
        fail("应当办成的没有办成：\(result.story.last ?? permission)")
    }

    /// Until it is done or refused: after a fault the same act is sent again, with its id.
    private func deliver(_ submission: Submission, _ actor: Actor) async throws -> Swift.Result<Receipt, Refusal> {
        for _ in 0 ..< 4 {
            do {
                let receipt = try await counter.submit(submission, as: actor)
                (result.acts, result.faults) = (result.acts + 1, faulty.fired)
                faulty.arm(nil)
                return .success(receipt)
            } catch let refusal as Refusal {
                faulty.arm(nil)
                return .failure(refusal)
            } catch is StorageError { note("存储出错，再交一次") }
        }
        throw Refusal.conflict("同一件交了四次还没有办成：\(submission.permission)")
    }

    private func layFault() {
        guard !isQuiet, dice.chance(faultPercent) else { return faulty.arm(nil) }
        faulty.arm(dice.pick([.statement(1 + dice.below(40), .full), .statement(1 + dice.below(40), .io("模拟")), .lostAnswer(1)]))
    }

    /// An act that was done is sent once more: the first answer comes, and nothing is done.
    func `repeat`(_ place: Int? = nil) async throws {
        guard !done.isEmpty else { return }
        let (submission, actor, subject) = done[place ?? dice.below(done.count)]
        result.repeated += 1
        guard case .success(let receipt) = try await deliver(submission, actor), receipt.isRepeat, receipt.outcome.subject == subject else {
            return fail("重复提交 \(submission.permission) 没有给出原来的答复")
        }
    }

    /// The house's own work on a run, with faults in between.
    func work(_ run: ID<PaymentRun>) async throws {
        let work = PaymentWork(counter: counter)
        for _ in 0 ..< 60 {
            layFault()
            do {
                guard try await work.next(of: run) else { return faulty.arm(nil) }
            } catch is StorageError { note("后台一步出错，再办一次") } catch let refusal as Refusal {
                faulty.arm(nil)
                return fail("后台一步被拒：\(refusal.message)")
            }
        }
        fail("后台工作办不完")
    }

    func note(_ text: String) { result.story.append("\(today.typed) \(text)") }
    func fail(_ text: String) { result.failures.append("\(today.typed) \(text)") }

    func values<V: FieldValue & Sendable>(_ statement: Statement) async throws -> [V] {
        try await counter.database.read { try $0.all(statement) { try $0.read(0) as V } }
    }
}

extension Month {
    init(written year: Int, _ month: Int) { self = CivilDate(written: year, month, 1).monthOf }
}
