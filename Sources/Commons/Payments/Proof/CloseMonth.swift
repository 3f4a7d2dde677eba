import Kernel
import Storage
import Values

/// 对账办结。Only when every line is credited or put off and the differences are zero; then the proof is made and the month closed.
struct CloseMonth: Action {
    let run: ID<PaymentRun>

    static let title = "对账办结"
    static let guidance = "名册合计等于成功加转入下月，差额为零才能办结。办结后生成对账证明，账目不再变动。"
    static let roles: Set<Role> = [.finance]
    static let subject = Subject<CloseMonth>.opened(.paymentRun, \.run)
    static let shape = Shape<CloseMonth> { Field(.paymentRun, \.run) }

    init(from reading: Reading<CloseMonth>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome { try desk.close(desk.find(run)) }
}

/// 办结没有发放行的批次。
struct CloseEmptyMonth: Action {
    let run: ID<PaymentRun>

    static let title = "办结空批次"
    static let guidance = "本批次没有要发放的行，直接办结。"
    static let roles: Set<Role> = [.finance]
    static let subject = Subject<CloseEmptyMonth>.opened(.paymentRun, \.run)
    static let shape = Shape<CloseEmptyMonth> { Field(.paymentRun, \.run) }

    init(from reading: Reading<CloseEmptyMonth>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        guard try desk.batches(of: run).isEmpty else { throw Refusal.outOfOrder("本批次有要发放的行，请先报盘") }
        return try desk.close(desk.find(run))
    }
}

extension Desk {
    fileprivate func close(_ run: PaymentRun) throws -> Outcome {
        let proof = try proof(of: run)
        guard proof.isZero else {
            throw Refusal.outOfOrder("还有 \(proof.openRows) 笔 \(proof.openSum.shown) 没有着落，不能办结。请补发失败的，或者转入下月")
        }
        try releasePools(of: run)
        try freeUnpaid(of: run)
        let digest = try proof.digest()
        try connection.run("UPDATE payment_run SET proof_hash = \(digest), closed_at = \(now) WHERE id = \(run.id)")
        failPoint("payments.closed")
        return Outcome(run.id, "已对账办结：\(proof.credited) 笔 \(proof.creditedSum.shown)，差额为零。对账证明 \(digest.prefix(16))", link: "\(run.link)/proof")
    }

    /// What was set aside and not needed goes back to its sources.
    private func releasePools(of run: PaymentRun) throws {
        var entries: [LedgerEntry] = []
        for (programme, funds) in Dictionary(grouping: try fundSplit(of: run.id), by: \.programme).sorted(by: { $0.key < $1.key }) {
            let left = Money(fen: try balance(.pool(run.id.text, programme)))
            guard left > .zero else { continue }
            for part in try split(left, by: funds.map { ($0.source, $0.share) }) where part.amount > .zero {
                entries.append(try .moving(part.amount, from: .pool(run.id.text, programme), to: .fund(run.region.treasury, programme, part.source), makeID(), .release,
                                           of: run.id.text, on: today))
            }
        }
        try book(entries)
    }
}
