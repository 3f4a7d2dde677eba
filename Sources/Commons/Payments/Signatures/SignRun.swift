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
    /// Three different people sign the same roster, known by its hash; before the last signature every line is held against its own code.
    fileprivate func sign(_ id: ID<PaymentRun>, _ step: SigningStep) throws -> PaymentRun {
        let run = try find(id)
        try requireNothingNew(run, step)
        guard let checked = run.rosterHash, checked == (try step == .leader ? hashOfUnalteredLines(run) : rosterHash(of: run)) else {
            throw Refusal.conflict("名册与检查时不一致，不能签批。请退回重新检查，并请系统管理员核对数据")
        }
        let signers = try connection.value("SELECT count(*) FROM payment_signature WHERE run_id = \(id) AND actor = \(actor.user)") ?? 0
        guard signers == 0 else { throw Refusal.forbidden("您已经签过这个批次，业务、财务、领导须由三个不同的人签批") }
        try connection.run("""
            INSERT INTO payment_signature (run_id, step, actor, name, signed_at, roster_hash) VALUES (\(id), \(step), \(actor.user), \(actor.name), \(now), \(checked))
            """)
        return run
    }

    private func hashOfUnalteredLines(_ run: PaymentRun) throws -> String {
        let roster = try reread(run)
        guard let line = roster.altered else { return roster.hash }
        throw Refusal.conflict("名册第 \(line) 行与列出时不一致，不能签批。请系统管理员用 minzheng verify ledger 核对数据，核对清楚之前不要签")
    }

    /// A death or a hold that is known is never signed for: the roster is checked again first, whoever noticed.
    private func requireNothingNew(_ run: PaymentRun, _ step: SigningStep) throws {
        let news = try RosterNews(run, self).items()
        guard !news.isEmpty else { return }
        let way = step == .business ? "请业务科再「检查名册」一次" : "请先「退回名册」，业务科再「检查名册」一次"
        throw Refusal.conflict("检查之后又登记了\(RosterNews.told(news))，名册里还照发，不能签批。\(way)：这 \(news.count) 行会暂缓或者换过来，其他人不受影响，然后重新签批")
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
            let fixed: ID<LedgerEntry> = run.ids.id(number, part: PaymentRun.Part.reserve)
            // What was reserved once and given back is reserved anew.
            let id = try ledgerEntry(fixed) == nil ? fixed : makeID()
            entries.append(try .moving(found.part.amount, from: .fund(run.region.treasury, found.programme, found.part.source), to: .pool(run.id.text, found.programme),
                                       id, .reserve, of: run.id.text, on: today))
        }
        try book(entries)
    }

    /// 退回核对。Between the last signature and the first posting somebody was found to have died or to be held: the funds go back to their sources, the
    /// signatures fall away and stay in the journal, and the roster is checked again. Nothing that was signed is edited.
    func turnBack(_ run: PaymentRun, _ news: [RosterNews.Item]) throws -> Outcome {
        var entries: [LedgerEntry] = []
        for fund in try fundSplit(of: run.id) where fund.amount > .zero {
            entries.append(try .moving(fund.amount, from: .pool(run.id.text, fund.programme), to: .fund(run.region.treasury, fund.programme, fund.source), makeID(), .release,
                                       of: run.id.text, on: today))
        }
        try book(entries)
        try connection.run("DELETE FROM payment_fund_split WHERE run_id = \(run.id)")
        try connection.run("DELETE FROM payment_signature WHERE run_id = \(run.id)")
        try move(try caseFile(run.id), to: RunState.drafted)
        failPoint("payments.turned-back")
        return Outcome(run.id, "签批之后、记账之前又登记了\(RosterNews.told(news))，没有记账，已退回核对。下一步：重新检查，重新签批", link: run.link)
    }
}

extension Term where Value == String {
    static var sendBackReason: Term<String> { Term("reason", "退回的原因") }
}
