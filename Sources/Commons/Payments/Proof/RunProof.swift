import Cryptography
import Kernel
import Storage
import Values

/// 对账证明。What a month came to, from the rows: hashes, counts, sums by reason and fund, what was credited and what was put off; the differences are zero.
struct RunProof: Sendable, Hashable {
    struct Reason: Sendable, Hashable {
        let programme: String, isArrears: Bool, reason: LineReason, lines: Int, people: Int, due: Money, previous: Money, offset: Money, amount: Money
        var difference: Money { amount + offset - previous }
        /// An earlier month that was overpaid isn't taken off here: it opens a recovery.
        var label: String { !isArrears ? reason.label : reason == .recovery ? "往月多发，另行追回" : "往月\(reason.label)" }
    }

    struct Fund: Sendable, Hashable { let programme: String, source: FundSource, share: BasisPoints, amount: Money, cite: String }
    struct Signature: Sendable, Hashable { let step: SigningStep, name: String, at: Instant }

    let number: String
    let title: String
    let month: Month
    let inputs: Int
    let inputHash: String
    let rosterHash: String
    let reasons: [Reason]
    let funds: [Fund]
    let signatures: [Signature]
    let batches: [PaymentBatch]
    /// 转入下月。
    let put: (rows: Int, sum: Money)
    /// Of a run that pays organisations: how many there are of each reason, and in all; one may stand on several lines.
    let organisations: (of: [LineReason: Int], all: Int)?

    static func == (left: RunProof, right: RunProof) -> Bool { left.text == right.text }
    func hash(into hasher: inout Hasher) { hasher.combine(text) }

    var lines: Int { reasons.reduce(0) { $0 + $1.lines } }
    var paid: Money { reasons.reduce(.zero) { $0 + $1.amount } }
    var payable: Int { batches.first?.rows ?? 0 }
    var credited: Int { batches.reduce(0) { $0 + $1.credited } }
    var creditedSum: Money { batches.reduce(.zero) { $0 + $1.creditedSum } }
    var offsets: Money { reasons.reduce(.zero) { $0 + $1.offset } }
    var previous: Money { reasons.reduce(.zero) { $0 + $1.previous } }
    /// Rows and money that are neither credited nor put off: zero to close.
    var openRows: Int { payable - credited - put.rows }
    var openSum: Money { paid - creditedSum - put.sum }
    var isZero: Bool { openRows == 0 && openSum == .zero }

    /// 人数 or 机构数, and how many stand behind a row and behind all.
    var countTitle: String { organisations == nil ? "人数" : "机构数" }
    func count(_ row: Reason) -> Int { organisations.map { $0.of[row.reason] ?? 0 } ?? row.people }
    var count: Int { organisations?.all ?? reasons.reduce(0) { $0 + $1.people } }

    /// One text for one proof.
    var text: String {
        func line(_ parts: [String]) -> String { parts.joined(separator: "|") }
        let reasons = reasons.map { row in
            line([row.programme, "\(row.isArrears)", row.reason.rawValue, "\(row.lines)", "\(row.people)", "\(row.due.fen)", "\(row.previous.fen)",
                  "\(row.offset.fen)", "\(row.amount.fen)"])
        }
        let funds = funds.map { line([$0.programme, $0.source.rawValue, "\($0.share.value)", "\($0.amount.fen)"]) }
        let signed = signatures.map { line([$0.step.rawValue, $0.name, $0.at.typed]) }
        let sent = batches.map { batch in
            line(["\(batch.number)", "\(batch.rows)", "\(batch.sum.fen)", batch.fileHash ?? "", batch.returnHash ?? "", "\(batch.credited)", "\(batch.creditedSum.fen)",
                  "\(batch.failed)", "\(batch.failedSum.fen)"])
        }
        return (["\(number)|\(month.typed)|\(inputs)|\(inputHash)|\(rosterHash)"] + reasons + funds + signed + sent + ["\(put.rows)|\(put.sum.fen)"]).joined(separator: "\n")
    }

    func digest() throws -> String { try Cryptography.hash(Array(text.utf8), .international).hex }
}

extension Reader {
    func proof(of run: PaymentRun) throws -> RunProof {
        RunProof(number: try caseFile(run.id).number, title: run.title, month: run.month, inputs: run.inputs, inputHash: run.inputHash ?? "", rosterHash: run.rosterHash ?? "",
                 reasons: try tallies(of: run.id), funds: try fundSplit(of: run.id), signatures: try signatures(of: run.id), batches: try batches(of: run.id),
                 put: try putOff(of: run.id), organisations: run.isToOrganisations ? try organisations(of: run.id) : nil)
    }

    private func organisations(of run: ID<PaymentRun>) throws -> (of: [LineReason: Int], all: Int) {
        let found = try connection.all("SELECT reason, count(DISTINCT payee_id) FROM payment_line WHERE run_id = \(run) GROUP BY reason") {
            (try $0.read(0) as LineReason, try $0.read(1) as Int)
        }
        let all = try connection.value("SELECT count(DISTINCT payee_id) FROM payment_line WHERE run_id = \(run)") ?? 0
        return (Dictionary(found, uniquingKeysWith: +), all)
    }

    func tallies(of run: ID<PaymentRun>) throws -> [RunProof.Reason] {
        try connection.all("""
            SELECT programme, arrears, reason, lines, people, due_fen, previous_fen, offset_fen, amount_fen FROM payment_tally
            WHERE run_id = \(run) AND lines > 0 ORDER BY programme, arrears, reason
            """) { row in
            RunProof.Reason(programme: try row.read(0), isArrears: try row.read(1), reason: try row.read(2), lines: try row.read(3), people: try row.read(4),
                            due: try row.read(5), previous: try row.read(6), offset: try row.read(7), amount: try row.read(8))
        }
    }

    func fundSplit(of run: ID<PaymentRun>) throws -> [RunProof.Fund] {
        try connection.all("SELECT programme, source, share_points, amount_fen, cite FROM payment_fund_split WHERE run_id = \(run) ORDER BY programme, source") {
            RunProof.Fund(programme: try $0.read(0), source: try $0.read(1), share: BasisPoints(try $0.read(2) as Int), amount: try $0.read(3), cite: try $0.read(4))
        }
    }

    func signatures(of run: ID<PaymentRun>) throws -> [RunProof.Signature] {
        try connection.all("SELECT step, name, signed_at FROM payment_signature WHERE run_id = \(run) ORDER BY signed_at, step") {
            RunProof.Signature(step: try $0.read(0), name: try $0.read(1), at: try $0.read(2))
        }
    }

    /// Lines that could not be credited and were put off.
    private func putOff(of run: ID<PaymentRun>) throws -> (rows: Int, sum: Money) {
        try connection.first("""
            SELECT count(DISTINCT j.line_id), CAST(coalesce(-sum(j.amount_fen), 0) AS BIGINT) FROM payment_adjustment AS j JOIN payment_line AS l ON l.id = j.line_id
            WHERE l.run_id = \(run) AND j.amount_fen < 0 AND j.recovery_id IS NULL AND j.effective = 1
            """) { (try $0.read(0), try $0.read(1)) } ?? (0, .zero)
    }
}
