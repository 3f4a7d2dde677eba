import Kernel
import Storage
import Values

/// 签批的三道。
enum SigningStep: String, CodeList {
    case business, finance, leader
    var label: String { switch self { case .business: "业务"; case .finance: "财务"; case .leader: "领导" } }
}

/// 业务签批。The first of three people answers for the roster.
struct SignAsBusiness: Action {
    let run: ID<PaymentRun>

    static let title = "业务签批"
    static let guidance = "您确认名册、与上月的差异和待处理事项都已核对。签批之后名册不能再改，只能退回。"
    static let roles: Set<Role> = [.countyApprover]
    static let subject = Subject<SignAsBusiness>.opened(.paymentRun, \.run)
    static let shape = Shape<SignAsBusiness> { Field(.paymentRun, \.run) }

    init(from reading: Reading<SignAsBusiness>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.sign(run, .business)
        failPoint("payments.signed-business")
        return Outcome(run.id, "业务已签批。下一步：财务签批", link: run.link)
    }
}

/// 财务签批。The funds must be there: money short blocks the signature, never the entitlement.
struct SignAsFinance: Action {
    let run: ID<PaymentRun>

    static let title = "财务签批"
    static let guidance = "按分担比例核对各来源的资金。资金不足的，先登记资金来源再签批；不能因资金不足减少应发金额。"
    static let roles: Set<Role> = [.finance]
    static let subject = Subject<SignAsFinance>.opened(.paymentRun, \.run)
    static let shape = Shape<SignAsFinance> { Field(.paymentRun, \.run) }

    init(from reading: Reading<SignAsFinance>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.requireFunds(of: try desk.find(run))
        let run = try desk.sign(run, .finance)
        failPoint("payments.signed-finance")
        return Outcome(run.id, "财务已签批，资金足额。下一步：领导签批", link: run.link)
    }
}

/// 领导签批。The third signature: the funds are set aside, and what is due to each payee is booked.
struct SignAsLeader: Action {
    let run: ID<PaymentRun>

    static let title = "领导签批"
    static let guidance = "签批后即占用资金，逐人记应付，之后生成发放文件。签批后的名册不能改，也不能放弃。"
    static let roles: Set<Role> = [.leader]
    static let subject = Subject<SignAsLeader>.opened(.paymentRun, \.run)
    static let shape = Shape<SignAsLeader> { Field(.paymentRun, \.run) }

    init(from reading: Reading<SignAsLeader>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.requireFunds(of: try desk.find(run))
        let run = try desk.sign(run, .leader)
        try desk.reserveFunds(for: run)
        try desk.enqueue(paymentJob.name, title: "\(run.title)：记账", input: run.id.text)
        failPoint("payments.signed")
        return Outcome(run.id, "三方签批完成，资金已占用，系统正在逐人记账。下一步：生成发放文件", link: run.link)
    }
}

/// 退回。Whoever should sign next may hand it back; the signatures so far fall away and stay in the journal.
struct SendBack: Action {
    let run: ID<PaymentRun>
    let reason: String

    static let title = "退回名册"
    static let guidance = "写明哪里不对。已有的签批作废，业务科核对后重新检查、重新签批。"
    static let roles: Set<Role> = [.countyApprover, .finance, .leader]
    static let subject = Subject<SendBack>.opened(.paymentRun, \.run)
    static let shape = Shape<SendBack> {
        Field(.paymentRun, \.run)
        Field(.sendBackReason, \.reason)
    }

    init(from reading: Reading<SendBack>) throws(Refusal) {
        run = try reading(.paymentRun)
        reason = try reading(.sendBackReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.find(run)
        try desk.connection.run("DELETE FROM payment_signature WHERE run_id = \(run.id)")
        return Outcome(run.id, "名册已退回：\(reason)。下一步：重新检查", link: run.link)
    }
}

extension Desk {
    /// Three different people sign the same roster, known by its hash.
    fileprivate func sign(_ id: ID<PaymentRun>, _ step: SigningStep) throws -> PaymentRun {
        let run = try find(id)
        guard let checked = run.rosterHash, checked == (try rosterHash(of: id)) else {
            throw Refusal.conflict("名册与检查时不一致，不能签批。请退回重新检查，并请系统管理员核对数据")
        }
        let signers = try connection.value("SELECT count(*) FROM payment_signature WHERE run_id = \(id) AND actor = \(actor.user)") ?? 0
        guard signers == 0 else { throw Refusal.forbidden("您已经签过这个批次，业务、财务、领导须由三个不同的人签批") }
        try connection.run("""
            INSERT INTO payment_signature (run_id, step, actor, name, signed_at, roster_hash) VALUES (\(id), \(step), \(actor.user), \(actor.name), \(now), \(checked))
            """)
        return run
    }

    fileprivate func requireFunds(of run: PaymentRun) throws {
        let short = try shortfalls(of: run)
        guard short.isEmpty else {
            let titles = house.paidTitles
            let told = short.map { "\(titles[$0.programme] ?? run.title)的\($0.source.label)资金还差 \($0.missing.shown)" }
            throw Refusal.conflict("\(told.joined(separator: "；"))。请财务先登记资金来源，再来签批；不得减少应发金额")
        }
    }

    /// 占用：from each source its part, into the pool of this run.
    fileprivate func reserveFunds(for run: PaymentRun) throws {
        var entries: [LedgerEntry] = []
        for (number, found) in try fundParts(of: run).enumerated() {
            try connection.run("""
                INSERT INTO payment_fund_split (run_id, programme, source, share_points, amount_fen, cite)
                VALUES (\(run.id), \(found.programme), \(found.part.source), \(found.part.share.value), \(found.part.amount), \(found.cite))
                """)
            guard found.part.amount > .zero else { continue }
            entries.append(try .moving(found.part.amount, from: .fund(run.region.treasury, found.programme, found.part.source), to: .pool(run.id.text, found.programme),
                                       run.ids.id(number, part: PaymentRun.Part.reserve), .reserve, of: run.id.text, on: today))
        }
        try book(entries)
    }
}

extension Term where Value == String {
    static var sendBackReason: Term<String> { Term("reason", "退回的原因") }
}
