import Kernel
import Storage
import Values

/// 检查名册。Looks again at every line that waits, holds what may not be had together, names shared accounts and missing funds, and locks the roster by its hash.
struct CheckMonth: Action {
    let run: ID<PaymentRun>

    static let title = "检查名册"
    static let guidance = "核对账户、死亡、暂缓、重复和兼得，列出资金缺口。更正账户、解除暂缓之后可以再检查一次；检查不通过的行本月暂缓，不影响其他人。"
    static let roles: Set<Role> = .payingClerks
    static let subject = Subject<CheckMonth>.opened(.paymentRun, \.run)
    static let shape = Shape<CheckMonth> { Field(.paymentRun, \.run) }

    init(from reading: Reading<CheckMonth>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.find(run), check = try RosterCheck(run, desk), overlaps = try OverlapCheck(run, desk)
        try overlaps.restore()
        let late = try check.holdNews(), freed = try check.freeHeld(), (held, reduced) = try overlaps.settle()
        try check.nameSharedAccounts()
        try check.nameChangedAccounts()
        try check.nameChangedPayees()
        let short = try desk.shortfalls(of: run)
        try check.note(short)
        let hash = try desk.rosterHash(of: run)
        try desk.connection.run("UPDATE payment_run SET roster_hash = \(hash), checked_at = \(desk.now) WHERE id = \(run.id)")
        failPoint("payments.checked")
        let open = try desk.connection.value("SELECT count(*) FROM payment_finding WHERE run_id = \(run.id) AND resolved_at IS NULL") ?? 0
        let parts = ["已检查", late > 0 ? "冻结之后有变化 \(late) 行" : nil, freed > 0 ? "恢复发放 \(freed) 行" : nil, held > 0 ? "不能兼得暂缓 \(held) 行" : nil,
                     reduced > 0 ? "兼得减发 \(reduced) 行" : nil, "还有 \(open) 处待处理",
                     short.isEmpty ? nil : "资金不足 \(short.count) 处"].compactMap(\.self)
        return Outcome(run.id, parts.joined(separator: "，") + "。下一步：业务签批", link: run.link)
    }
}

/// 资金缺口。
struct Shortfall: Sendable, Hashable {
    let programme: String, source: FundSource, needed: Money, remaining: Money
    var missing: Money { needed - remaining }
}

extension Reader {
    /// 各项目所需：what the signed roster will take out of the funds.
    func needs(of run: ID<PaymentRun>) throws -> [(programme: String, amount: Money)] {
        try connection.all("""
            SELECT programme, CAST(sum(amount_fen + offset_fen) AS BIGINT) FROM payment_tally WHERE run_id = \(run) GROUP BY programme ORDER BY programme
            """) { (try $0.read(0), try $0.read(1)) }
    }

    /// The split of what a run needs, by the shares of the day on which it was frozen.
    func fundParts(of run: PaymentRun) throws -> [(programme: String, part: FundPart, cite: String)] {
        try needs(of: run.id).filter { $0.amount > .zero }.flatMap { need in
            let shares = try fundShares(of: run, need.programme)
            let parts = try split(need.amount, by: shares.map { ($0.source, $0.share) })
            return zip(parts, shares).map { (need.programme, $0, $1.cite) }
        }
    }

    private func fundShares(of run: PaymentRun, _ programme: String) throws -> [(source: FundSource, share: BasisPoints, cite: String)] {
        let day = run.frozenAt?.date ?? today
        if run.isToOrganisations { return try fundShares(try house.organisationProgramme(programme).fundShare, on: day, in: run.region) }
        return try fundShares(run.kind == .month ? try house.programme(programme).fundShare : oneOffFundShare, on: day, in: run.region)
    }

    /// Which source has less than its part.
    func shortfalls(of run: PaymentRun) throws -> [Shortfall] {
        try fundParts(of: run).compactMap { found in
            let left = Money(fen: try balance(.fund(run.region.treasury, found.programme, found.part.source)))
            return left < found.part.amount ? Shortfall(programme: found.programme, source: found.part.source, needed: found.part.amount, remaining: left) : nil
        }
    }
}
