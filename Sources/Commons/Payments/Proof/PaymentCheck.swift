import Cryptography
import Kernel
import Storage
import Values

/// 核对发放。Recomputes the code of every line, each roster's hash and sums, and every closed month's proof from the rows.
public enum PaymentCheck {
    public struct Verdict: Sendable, Hashable {
        public var runs = 0, lines = 0
        public var faults: [String] = []
        public var isSound: Bool { faults.isEmpty }
        mutating func note(_ fault: String) { if faults.count < 100 { faults.append(fault) } }
    }

    public static func verify(_ counter: Counter) async throws -> Verdict {
        try await counter.read(as: .house) { reader in
            var verdict = Verdict()
            for run in try reader.all(PaymentRun.self, where: "frozen_at IS NOT NULL ORDER BY id") { try check(run, reader, &verdict) }
            return verdict
        }
    }

    private static func check(_ run: PaymentRun, _ reader: Reader, _ verdict: inout Verdict) throws {
        let number = try reader.caseFile(run.id).number, seal = try RowSeal(reader.house.keyring, for: "payment-line")
        var writer = RowSeal.Writer(), amount: Int64 = 0, count = 0
        let columns = LineWriter.lineColumns.map { Statement(name: $0) }.joined(", ")
        try reader.connection.each("SELECT \(columns) FROM payment_line WHERE run_id = \(run.id) ORDER BY number") { row in
            let code = LineWriter.code(of: Array(row.values.dropLast()), seal, &writer)
            count += 1
            if row.values.last != .integer(code) { verdict.note("批次 \(number) 名册第 \(count) 行（\(row.text(0))）被改动过") }
            if case .integer(let fen) = row[14] { amount += fen }
        }
        verdict.runs += 1
        verdict.lines += count
        if count != run.lines { verdict.note("批次 \(number) 名册应有 \(run.lines) 行，现有 \(count) 行") }
        if let hash = run.rosterHash, run.checkedAt != nil, try reader.rosterHash(of: run.id) != hash { verdict.note("批次 \(number) 的名册与检查时不一致") }
        try checkSums(run, number, amount, reader, &verdict)
    }

    private static func checkSums(_ run: PaymentRun, _ number: String, _ amount: Int64, _ reader: Reader, _ verdict: inout Verdict) throws {
        let proof = try reader.proof(of: run)
        if proof.paid.fen != amount { verdict.note("批次 \(number) 分类合计 \(proof.paid.shown)，逐行合计 \(Money(fen: amount).shown)") }
        guard let kept = run.proofHash else { return }
        let results = try reader.connection.first("""
            SELECT count(*), CAST(coalesce(sum(f.amount_fen), 0) AS BIGINT) FROM payment_result AS f JOIN payment_batch AS b ON b.id = f.batch_id
            WHERE b.run_id = \(run.id) AND f.credited = 1
            """) { (try $0.read(0) as Int, try $0.read(1) as Money) } ?? (0, .zero)
        if results.0 != proof.credited || results.1 != proof.creditedSum { verdict.note("批次 \(number) 的回盘逐笔与合计不符") }
        if try proof.digest() != kept || !proof.isZero { verdict.note("批次 \(number) 的对账证明与现在的数据不符") }
        for programme in Set(proof.reasons.map(\.programme)).sorted() {
            let left = try reader.balance(.pool(run.id.text, programme))
            if left != 0 { verdict.note("批次 \(number) 已办结，占用的资金还剩 \(Money(fen: left).shown)") }
        }
    }
}
