import Commons
import Foundation
import Kernel
import Storage
import Synchronization
import Values

/// 断电演练的一方。Drives the month of one community from wherever it stands to its end, with registrations beside every step,
/// as an office does that is started again after a kill.
public struct CrashMonth: Sendable {
    let counter: Counter
    let community: CrashCommunity
    let notes: CrashNotes

    public init(_ counter: Counter, _ community: CrashCommunity, notes: String) { (self.counter, self.community, self.notes) = (counter, community, CrashNotes(path: notes)) }

    /// Money for all communities.
    public static func prepare(_ counter: Counter) async throws { try await InventedElders.fund(counter) }

    /// The people of one community; the same in each but for their ids.
    public static func settle(_ payees: Int, in community: CrashCommunity, _ counter: Counter) async throws {
        try await InventedElders.people(payees, in: counter, place: try community.region, first: community.number * 1_000)
    }

    public func drive() async throws {
        for intent in try notes.pending() { try await register(intent) }
        let run = try await run()
        while try await stepBesideRegistration(run) {}
    }

    /// Another counter is busy meanwhile: on the file both may share a commit, on a cluster both transactions are open at once.
    private func stepBesideRegistration(_ run: ID<PaymentRun>) async throws -> Bool {
        let intent = try notes.intend(at: counter.clock.now())
        async let registration: Void = register(intent)
        let more = try await step(run)
        try await registration
        return more
    }

    private func run() async throws -> ID<PaymentRun> {
        let month = counter.clock.now().date.monthOf, reader = try community.staff(.countyReviewer, 1)
        if let known = try await counter.read(as: reader, { try $0.runs(of: month) }).first { return known.id }
        let values: RawFields = ["region": .typed(try community.region.code), "month": .typed(month.typed), "programme": .typed("elder-allowance"), "channel": .typed("bank")]
        let receipt = try await counter.submit(Submission("payments.open-month", id: .make(at: counter.clock.now()), values: values), as: reader)
        return try ID(typed: receipt.outcome.subject)
    }

    /// - Returns: whether there is more to do.
    private func step(_ run: ID<PaymentRun>) async throws -> Bool {
        switch try await counter.read(as: .house, { try $0.caseFile(run).state }) {
        case "drafted": try await act("check-month", run, .countyReviewer, 1)
        case "checked": try await act("sign-as-business", run, .countyApprover, 2)
        case "signed-business": try await act("sign-as-finance", run, .finance, 3)
        case "signed-finance": try await act("sign-as-leader", run, .leader, 4)
        case "ready": try await act("file-payments", run, .finance, 3)
        case "filed": try await takeReturn(run)
        case "returned": try await afterReturn(run)
        case "closed": return false
        default: try await PaymentWork(counter: counter).next(of: run)
        }
        return true
    }

    private func act(_ name: String, _ run: ID<PaymentRun>, _ role: Role, _ number: UInt8) async throws {
        let submission = Submission("payments.\(name)", id: .make(at: counter.clock.now()), values: ["run": .stored(run.stored)])
        _ = try await counter.submit(submission, as: community.staff(role, number))
    }

    /// The first file fails a fifth of its rows, a reissue none.
    private func takeReturn(_ run: ID<PaymentRun>) async throws {
        // The same file again after every crash, whatever the day: another wouldn't be taken.
        let (bytes, number, filedAt) = try await counter.read(as: .house) { reader -> ([UInt8], Int, Instant?) in
            guard let batch = try reader.batches(of: run).last else { throw Refusal.absent("没有发放文件") }
            var bytes: [UInt8] = []
            try reader.eachPiece(of: batch.id) { bytes += $0 }
            return (bytes, batch.number, batch.filedAt)
        }
        let channel = SimulatedChannel(failing: .percent(number == 1 ? 20 : 0), seed: 5)
        let answer = try channel.answer(bytes, in: BankFormat(), on: (filedAt ?? counter.clock.now()).date)
        try await PaymentWork(counter: counter).takeReturn(answer, of: run, as: community.staff(.finance, 3))
    }

    private func afterReturn(_ run: ID<PaymentRun>) async throws {
        let failed = try await counter.read(as: .house) { try $0.batches(of: run).last?.failed ?? 0 }
        try await act(failed > 0 ? "reissue-failed" : "close-month", run, .finance, 3)
    }

    /// A registration goes to the counter with the id it was noted under, however often; it is noted again once it was acknowledged.
    private func register(_ intent: CrashNotes.Intent) async throws {
        let values: RawFields = [
            "person": .typed(intent.person.text), "name": .typed(intent.name), "document_kind": .typed("other"), "document_no": .typed("LS\(intent.person.text.suffix(10))"),
            "sex": .typed("1"), "born_on": .typed(intent.bornOn.typed), "region": .typed(try community.region.code), "distinct_reason": .typed("压测"),
        ]
        _ = try await counter.submit(Submission("people.register-person", id: intent.act, values: values), as: community.staff(.countyReviewer, 1))
        try notes.acknowledge(intent)
    }
}

/// 演练的社区。Every cycle pays the month of a community of its own, so that cycles are alike and none has to wait for a copy of the database.
public struct CrashCommunity: Sendable, Hashable {
    public let number: Int
    public static let limit = 800_000

    public init(_ number: Int) { self.number = number }

    var region: RegionCode { get throws { try RegionCode("000181" + "\(100 + number / 899 % 899)" + "\(100 + number % 899)") } }

    /// County people, for this community alone.
    func staff(_ role: Role, _ place: UInt8) throws -> Actor {
        Actor(user: ID(at: Instant(secondsSince1970: 1), random: [UInt8](repeating: place, count: 10)), name: "压测\(role.label)", role: role, region: try region)
    }
}

/// 演练的笔录。What was to be registered, written down before it was sent, and what was acknowledged: the caller's memory, which survives the kill.
struct CrashNotes: Sendable {
    let path: String

    struct Intent: Sendable, Hashable { let act: ID<JournalEntry>, person: ID<Person>, name: String, bornOn: CivilDate }

    func intend(at now: Instant) throws -> Intent {
        let marks = Array("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"), name = "试" + (0 ..< 2).map { _ in String(marks[Int.random(in: marks.indices)]) }.joined()
        let intent = Intent(act: .make(at: now), person: .make(at: now), name: name, bornOn: CivilDate(written: 1950, 1, 1).adding(days: Int.random(in: 0 ..< 20_000)))
        try add("? \(intent.act.text) \(intent.person.text) \(intent.name) \(intent.bornOn.typed)")
        return intent
    }

    func acknowledge(_ intent: Intent) throws { try add("! \(intent.act.text)") }

    /// Sent, and not acknowledged: to be sent again.
    func pending() throws -> [Intent] {
        let (intents, acknowledged) = try read()
        return intents.filter { !acknowledged.contains($0.act) }
    }

    func read() throws -> (intents: [Intent], acknowledged: Set<ID<JournalEntry>>) {
        let lines = FileManager.default.fileExists(atPath: path) ? try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") : []
        var intents: [Intent] = [], acknowledged: Set<ID<JournalEntry>> = []
        for line in lines {
            let parts = line.split(separator: " ").map(String.init)
            // The last line of a killed process may be cut: then nothing was sent.
            if parts.count == 5, parts[0] == "?", let act = ID<JournalEntry>(rawValue: parts[1]), let person = ID<Person>(rawValue: parts[2]),
               let born = try? CivilDate(typed: parts[4]) {
                intents.append(Intent(act: act, person: person, name: parts[3], bornOn: born))
            } else if parts.count == 2, parts[0] == "!", let act = ID<JournalEntry>(rawValue: parts[1]) { acknowledged.insert(act) }
        }
        return (intents, acknowledged)
    }

    private func add(_ line: String) throws {
        if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(fileURLWithPath: path)) }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data((line + "\n").utf8))
    }
}
