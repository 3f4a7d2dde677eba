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
            var verdict = Verdict(), cross = CrossChecks(reader)
            for run in try reader.all(PaymentRun.self, where: "frozen_at IS NOT NULL ORDER BY id") {
                let file = try reader.caseFile(run.id)
                try check(run, file.number, reader, &verdict)
                try cross.check(run, file)
            }
            try cross.whole()
            cross.faults.forEach { verdict.note($0) }
            return verdict
        }
    }

    private static func check(_ run: PaymentRun, _ number: String, _ reader: Reader, _ verdict: inout Verdict) throws {
        let seal = try RowSeal(reader.house.keyring, for: "payment-line")
        var writer = RowSeal.Writer(), count = 0, sums: [LineSum.Key: LineSum] = [:]
        let columns = LineWriter.lineColumns.map { Statement(name: $0) }.joined(", ")
        try reader.connection.each("SELECT \(columns) FROM payment_line WHERE run_id = \(run.id) ORDER BY number") { row in
            let code = LineWriter.code(of: Array(row.values.dropLast()), seal, &writer)
            count += 1
            if row.values.last != .integer(code) { verdict.note("批次 \(number) 名册第 \(count) 行（\(row.text(0))）被改动过") }
            sums[LineSum.Key(programme: row.text(3), isArrears: row.text(4) != run.month.typed, reason: row.text(9)), default: LineSum()].add(row)
        }
        verdict.runs += 1
        verdict.lines += count
        if count != run.lines { verdict.note("批次 \(number) 名册应有 \(run.lines) 行，现有 \(count) 行") }
        if let hash = run.rosterHash, run.checkedAt != nil, try reader.rosterHash(of: run) != hash { verdict.note("批次 \(number) 的名册与检查时不一致") }
        try checkSums(run, number, sums, reader, &verdict)
    }

    private static func checkSums(_ run: PaymentRun, _ number: String, _ sums: [LineSum.Key: LineSum], _ reader: Reader, _ verdict: inout Verdict) throws {
        let proof = try reader.proof(of: run)
        for row in proof.reasons where sums[LineSum.Key(row)] != LineSum(row) { verdict.note("批次 \(number) 的分类合计（\(row.programme) \(row.label)）与逐行合计不符") }
        for key in sums.keys where !proof.reasons.contains(where: { LineSum.Key($0) == key }) { verdict.note("批次 \(number) 的分类合计里没有 \(key.programme) \(key.reason)") }
        guard let kept = run.proofHash else { return }
        if try proof.digest() != kept || !proof.isZero { verdict.note("批次 \(number) 的对账证明与现在的数据不符") }
        for programme in Set(proof.reasons.map(\.programme)).sorted() {
            let left = try reader.balance(.pool(run.id.text, programme))
            if left != 0 { verdict.note("批次 \(number) 已办结，占用的资金还剩 \(Money(fen: left).shown)") }
        }
    }
}

/// What lines of one programme and reason come to.
private struct LineSum: Equatable {
    struct Key: Hashable {
        let programme: String, isArrears: Bool, reason: String

        init(programme: String, isArrears: Bool, reason: String) { (self.programme, self.isArrears, self.reason) = (programme, isArrears, reason) }
        init(_ row: RunProof.Reason) { self.init(programme: row.programme, isArrears: row.isArrears, reason: row.reason.rawValue) }
    }

    private var lines = 0
    /// 人数、应发、上月、抵扣、实发. What somebody wrote by hand may be of any size.
    private var sums: [Int64] = [0, 0, 0, 0, 0]

    init() {}

    init(_ row: RunProof.Reason) {
        lines = row.lines
        sums = [Int64(row.people), row.due.fen, row.previous.fen, row.offset.fen, row.amount.fen]
    }

    mutating func add(_ row: Row) {
        lines += 1
        for (place, column) in [8, 11, 12, 13, 14].enumerated() {
            if case .integer(let some) = row[column] { sums[place] &+= some }
        }
    }
}
