import Commons
import Cryptography
import Foundation
import Kernel
import Storage
import Values

/// 断电演练的一方：drives one month from wherever it stands to its end, with other writes between, as an office does that is started again after a kill.
public struct CrashMonth: Sendable {
    let counter: Counter
    /// Where every acknowledged write is noted, after it was acknowledged.
    let notes: String

    public init(_ counter: Counter, notes: String) { (self.counter, self.notes) = (counter, notes) }

    /// People and money; done once, before anything is killed.
    public static func prepare(_ payees: Int, in counter: Counter) async throws { try await InventedElders.settle(payees, in: counter) }

    public func drive() async throws {
        let run = try await run()
        while try await step(run) { try await register() }
    }

    private func run() async throws -> ID<PaymentRun> {
        let month = counter.clock.now().date.monthOf, reader = try InventedElders.staff(.countyReviewer, 1)
        if let known = try await counter.read(as: reader, { try $0.runs(of: month) }).first { return known.id }
        let values: RawFields = ["region": .typed(InventedElders.region), "month": .typed(month.typed), "programme": .typed("elder-allowance"), "channel": .typed("bank")]
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
        _ = try await counter.submit(submission, as: InventedElders.staff(role, number))
    }

    /// The first file fails a fifth of its rows, a reissue none.
    private func takeReturn(_ run: ID<PaymentRun>) async throws {
        let (bytes, number) = try await counter.read(as: .house) { reader -> ([UInt8], Int) in
            guard let batch = try reader.batches(of: run).last else { throw Refusal.absent("没有发放文件") }
            var bytes: [UInt8] = []
            try reader.eachPiece(of: batch.id) { bytes += $0 }
            return (bytes, batch.number)
        }
        let channel = SimulatedChannel(failing: .percent(number == 1 ? 20 : 0), seed: 5)
        let answer = try channel.answer(bytes, in: BankFormat(), on: counter.clock.now().date)
        try await PaymentWork(counter: counter).takeReturn(answer, of: run, as: InventedElders.staff(.finance, 3))
    }

    private func afterReturn(_ run: ID<PaymentRun>) async throws {
        let failed = try await counter.read(as: .house) { try $0.batches(of: run).last?.failed ?? 0 }
        try await act(failed > 0 ? "reissue-failed" : "close-month", run, .finance, 3)
    }

    /// Another write between the steps; noted only once it was acknowledged.
    private func register() async throws {
        let id = ID<Person>.make(at: counter.clock.now()), born = CivilDate(written: 1950, 1, 1).adding(days: Int.random(in: 0 ..< 20_000))
        let marks = Array("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"), name = "试" + (0 ..< 2).map { _ in String(marks[Int.random(in: marks.indices)]) }.joined()
        let values: RawFields = [
            "person": .typed(id.text), "name": .typed(name), "document_kind": .typed("other"), "document_no": .typed("LS\(id.text.suffix(10))"), "sex": .typed("1"),
            "born_on": .typed(born.typed), "region": .typed(InventedElders.region),
        ]
        let submission = Submission("people.register-person", id: .make(at: counter.clock.now()), values: values)
        let receipt = try await counter.submit(submission, as: InventedElders.staff(.countyReviewer, 1))
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: notes))
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data((receipt.outcome.subject + "\n").utf8))
        try handle.synchronize()
    }
}

/// What a month came to, whatever ids and hours it had: the same for every run of the same people.
public enum CrashVerdict {
    public static func fingerprint(_ database: any Database) async throws -> String {
        try await database.read { connection in
            var text = ""
            try connection.each("""
                SELECT number, subject, month, reason, coalesce(code, ''), due_fen, previous_fen, offset_fen, amount_fen FROM payment_line ORDER BY run_id, number
                """) { row in
                text += row.values.map { "\($0)" }.joined(separator: "|") + "\n"
            }
            let sums: [Statement] = [
                """
                SELECT e.kind, p.unit, count(*), CAST(sum(abs(p.amount)) AS BIGINT) FROM ledger_posting AS p JOIN ledger_entry AS e ON e.id = p.entry_id
                GROUP BY e.kind, p.unit ORDER BY 1, 2
                """,
                "SELECT programme, month, count(*), CAST(sum(amount_fen) AS BIGINT) FROM payment_claim WHERE effective = 1 GROUP BY programme, month ORDER BY 1, 2",
                """
                SELECT b.number, f.credited, count(*), CAST(sum(f.amount_fen) AS BIGINT) FROM payment_result AS f JOIN payment_batch AS b ON b.id = f.batch_id
                GROUP BY b.number, f.credited ORDER BY 1, 2
                """,
                "SELECT c.state, r.lines, r.posted, r.settled FROM payment_run AS r JOIN case_file AS c ON c.id = r.id ORDER BY r.id",
            ]
            for sum in sums { try connection.each(sum) { row in text += row.values.map { "\($0)" }.joined(separator: "|") + "\n" } }
            return try hash(Array(text.utf8), .international).hex
        }
    }

    /// What is wrong after a kill: acknowledged writes that are gone, accounts or journal that don't agree.
    public static func faults(_ counter: Counter, notes: String) async throws -> [String] {
        let acknowledged = (try? String(contentsOfFile: notes, encoding: .utf8))?.split(separator: "\n").map(String.init) ?? []
        let lost = try await counter.database.read { connection in
            try acknowledged.filter { id in try connection.value("SELECT count(*) FROM person WHERE id = \(id)") ?? 0 == 0 }
        }
        let ledger = try await LedgerCheck.verify(counter.database, counter.house.keyring), payments = try await PaymentCheck.verify(counter)
        return lost.map { "已确认的登记 \($0) 不在了" } + ledger.faults + payments.faults + (try await Sealer.verify(counter.database)).faults
    }

    /// Every place at which a month may be killed.
    public static let failPoints = ["frozen", "enrolled", "signed", "posted", "filed", "credited", "returned", "closed"].map { "payments.\($0)" }
}
