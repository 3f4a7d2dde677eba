import Commons
import Kernel
import Storage
import Values

/// 按新标准调整。The whole computation again with the rulings of each month, from the month a new one takes effect; done by the house.
///
/// 政策提高的，自生效月起补足；each month on the facts it was judged on, those of households that have left since included.
struct RepriceAllowance: Action {
    let allowance: ID<Allowance>
    let decision: ID<Decision>
    let from: Month

    static let title = "按新标准调整"
    static let guidance = "新规定发布后由系统逐户办理。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<RepriceAllowance>.opened(.allowance, \.allowance)
    static let shape = Shape<RepriceAllowance> {
        Field(.allowance, \.allowance)
        Field(.newDecision, \.decision)
        Field(.fromMonth, \.from)
    }

    init(from reading: Reading<RepriceAllowance>) throws(Refusal) {
        allowance = try reading(.allowance)
        decision = try reading(.newDecision)
        from = try reading(.fromMonth)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard desk.actor.user == Actor.house.user else { throw Refusal.forbidden("「\(Self.title)」由系统在新规定发布后自动办理") }
        let allowance = try desk.find(allowance)
        guard try !desk.isTakenOverUnjudged(allowance) else {
            throw Refusal.outOfOrder("这户由原系统迁入，家庭情况没有在本系统核定，不能自动重算。请登记家庭变化后重新核定")
        }
        let months = try desk.repriced(allowance, from: from)
        guard let start = months.first(where: { $0.paid != $0.due }), let assessment = start.assessment, let facts = start.facts else {
            return Outcome(allowance.id, "金额不变", link: allowance.link)
        }
        try requireNoLoss(months)
        let differences = months.filter { $0.month <= desk.today.monthOf && $0.paid != $0.due }.map { MonthDifference(month: $0.month, paid: $0.paid, due: $0.due) }
        let made = Decision(decision, .repriced, of: allowance.id.text, household: allowance.household, region: allowance.region, declaration: facts,
                            lawOn: start.month.first, at: desk, assessment, previous: start.paid, from: start.month)
        try desk.insert(made.adding(differences.entries(after: made.lines.count)))
        try desk.replace(allowance.id, from: start.month, by: months.filter { $0.month >= start.month }, decision: decision)
        return Outcome(allowance.id, "自\(start.month.shown)起每月 \(start.due.shown)，原为 \(start.paid.shown)。\(differences.told)", link: allowance.link)
    }

    /// 减发须告知理由（第三十二条）：the house raises by itself; where a ruling would take something away, a person decides and tells.
    private func requireNoLoss(_ months: [RepricedMonth]) throws(Refusal) {
        guard let less = months.first(where: { $0.due < $0.paid }) else { return }
        throw Refusal(.outOfOrder, "\(less.month.shown)按新规定由每月 \(less.paid.shown) 减为 \(less.due.shown)。减发须告知理由，不能自动办理，请登记家庭变化后重新核定",
                      basis: .confirmation2021("第三十二条"))
    }
}

/// One month reckoned again, with the facts it was judged on.
struct RepricedMonth {
    let month: Month
    let paid: Money
    let due: Money
    /// nil where the amount stays: promised in a gradual exit, or decided elsewhere before it was taken over.
    let assessment: Assessment?
    let facts: ID<Declaration>?
    /// Whose decision the month was paid by so far; nil for what was taken over as it was.
    let decision: ID<Decision>?
    /// Runs on without end after this month.
    let isOpen: Bool
}

extension Reader {
    /// Every month that was due from a month on, by its own rulings and by the facts that held in it, not by those of today.
    fileprivate func repriced(_ allowance: Allowance, from: Month) throws -> [RepricedMonth] {
        let before = try periods(of: allowance.id)
        guard let first = before.first?.from, let last = before.last else { return [] }
        let judged = try judgements(of: allowance), from = max(from, first)
        let end = last.until?.previous ?? max(today.monthOf, from).adding(12)
        var months: [RepricedMonth] = []
        var month = from
        while month <= end {
            defer { month = month.next }
            guard let period = before.first(where: { $0.covers(month) }) else { continue }
            let made = judged.last { $0.from.map { $0 <= month } ?? false }, isOpen = month == end && last.until == nil
            guard made?.kind != .gradualExit, made != nil || allowance.application != nil else {
                months.append(RepricedMonth(month: month, paid: period.monthly, due: period.monthly, assessment: nil, facts: nil, decision: period.decision, isOpen: isOpen))
                continue
            }
            let declaration = try find(made?.declaration ?? allowance.declaration)
            guard let segment = try amounts(declaration, in: allowance.region, from: month, through: month).first else { continue }
            months.append(RepricedMonth(month: month, paid: period.monthly, due: segment.assessment.monthly, assessment: segment.assessment,
                                        facts: declaration.id, decision: period.decision, isOpen: isOpen))
        }
        return months
    }

    /// The decisions on facts, earliest first: each holds from its month on in place of those before it.
    private func judgements(of allowance: Allowance) throws -> [Decision] {
        let confirmed = try allowance.application.map { try decisions(of: $0.text).filter { $0.kind == .confirmed } } ?? [], own = try decisions(of: allowance.id.text)
        return (confirmed + own.filter { $0.kind == .adjusted || $0.kind == .gradualExit }).map { $0.asCorrected(by: own) }.filter { $0.kind != .revoked }
    }
}

extension Decision {
    /// The decision that stands in its place, in the order in which the original was made.
    fileprivate func asCorrected(by later: [Decision]) -> Decision { later.last { $0.corrects == id }.map { $0.asCorrected(by: later) } ?? self }
}

extension Desk {
    /// Months of one amount and one decision as one period, in place of what was known from the first of them on.
    fileprivate func replace(_ allowance: ID<Allowance>, from first: Month, by months: [RepricedMonth], decision: ID<Decision>) throws {
        var runs: [AllowancePeriod] = []
        for month in months {
            let by: ID<Decision>? = month.assessment == nil ? month.decision : decision, until = month.isOpen ? nil : month.month.next
            var from = month.month
            if let last = runs.last, last.until == from, last.monthly == month.due, last.decision == by {
                from = last.from
                runs.removeLast()
            }
            runs.append(AllowancePeriod(id: makeID(), allowance: allowance, monthly: month.due, from: from, until: until, decision: by, knownAt: now))
        }
        try cut(allowance, from: first)
        try runs.forEach { try insert($0) }
    }
}

/// 新规定发布：every allowance with months it may touch is reckoned again after the commit.
let repriceOnNewRuling = Reaction(to: RulingPublished.self) { fact, desk in
    let ruling = fact.ruling
    guard pricingPolicies.contains(ruling.policy) else { return }
    let month = ruling.from == ruling.from.monthOf.first ? ruling.from.monthOf : ruling.from.monthOf.next
    try desk.enqueue(repriceJob.name, title: "按新标准重算（\(month.shown)起）", input: "\(ruling.region.code) \(month.typed)")
}

/// Rulings that change an amount without changing whom the law admits.
private let pricingPolicies: Set<String> = [
    monthlyStandard.name, yearlyStandard.name, yearlyRoundingMode.name, yearlyRoundingUnit.name, methodCoefficient.name, householdTierAmount.name,
    memberTierAmount.name, memberTierSecond.name, allowanceFloor.name, addOnRatio.name, addOnStacking.name, householdAllowance.name,
    roundingMode.name, roundingUnit.name, roundingStage.name, singleShare.name, singleFixed.name,
]

/// 按新标准重算：in slices of fifty, each household an act of its own.
let repriceJob = JobKind("reprice-allowances", "按新标准重算") { job, counter in
    let parts = job.input.split(separator: " ").map(String.init)
    guard parts.count == 2 else { throw Refusal.invalid("任务的范围写错了，请联系系统管理员") }
    let region = try RegionCode(typed: parts[0]), month = try Month(typed: parts[1])
    let scope: Statement = """
        FROM allowance AS a
        WHERE \(Reader.within("a.region", region)) AND a.id > \(job.cursor ?? "") AND EXISTS (
          SELECT 1 FROM allowance_period AS p WHERE p.allowance_id = a.id AND p.retracted_at IS NULL AND (p.until_month IS NULL OR p.until_month > \(month)))
        """
    let (next, left) = try await counter.read(as: .house) { reader in
        (try reader.connection.all("SELECT a.id \(scope) ORDER BY a.id LIMIT 50") { try $0.read(0) as ID<Allowance> },
         try reader.connection.value("SELECT count(*) \(scope)") ?? 0)
    }
    var progress = JobProgress(total: job.total ?? left, done: job.done, failed: job.failed, cursor: job.cursor, message: job.message, isFinished: next.count < 50)
    for allowance in next {
        do {
            let act = Submission("assistance.\(RepriceAllowance.name)", id: allowance.repricing(in: job),
                                 values: ["allowance": .stored(allowance.stored), "from_month": .stored(month.stored)])
            _ = try await counter.submit(act, as: .house)
        } catch let refusal as Refusal where refusal.kind != .busy {
            progress.failed += 1
            progress.message = "有 \(progress.failed) 户未能重算，请逐户核对。最近一户：\(refusal.message)"
        }
        progress.done += 1
        progress.cursor = allowance.text
    }
    return progress
}

extension ID<Allowance> {
    /// The act that reprices this allowance in this job: the same however often a slice is repeated.
    func repricing(in job: Job) -> ID<JournalEntry> {
        var random: [UInt8] = []
        for round in 0 ..< 10 {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in [UInt8](text.utf8) + [UInt8](job.id.text.utf8) + [UInt8(round)] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            random.append(UInt8(truncatingIfNeeded: hash >> 40))
        }
        return ID<JournalEntry>(at: job.createdAt, random: random)
    }
}
