import Commons
import Kernel
import Storage
import Values

/// 按新标准调整。The whole computation again with the rulings of each month, from the month a new one takes effect; done by the house.
///
/// 政策提高的，自生效月起补足；facts stay as they were last judged.
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
        guard try desk.caseFile(allowance.id).state != Granted.exiting.name else { return Outcome(allowance.id, "渐退期内不调整", link: allowance.link) }
        let before = try desk.periods(of: allowance.id)
        guard let first = before.first?.from else { return Outcome(allowance.id, "没有应发的月份，不调整", link: allowance.link) }
        let from = max(from, first)
        let declaration = try desk.find(allowance.declaration)
        let segments = try desk.amounts(declaration, in: allowance.region, from: from, through: max(desk.today.monthOf, from).adding(12))
        guard let start = segments.first else { return Outcome(allowance.id, "金额不变", link: allowance.link) }
        let old = before.first { $0.covers(from) }?.monthly ?? .zero
        let isSame = before.filter { $0.until.map { $0 > from } ?? true }.map(\.monthly) == segments.map(\.assessment.monthly)
        guard !isSame else { return Outcome(allowance.id, "金额不变", link: allowance.link) }
        let differences = desk.differences(before, from: from) { month in segments.last { $0.from <= month }?.assessment.monthly ?? .zero }
        let made = Decision(decision, .repriced, of: allowance.id.text, household: allowance.household, region: allowance.region, declaration: declaration.id,
                            lawOn: from.first, at: desk, start.assessment, previous: old, from: from)
        try desk.insert(made.adding(differences.entries(after: made.lines.count)))
        try desk.pay(allowance.id, segments.map { ($0.from, $0.assessment.monthly) }, by: decision)
        return Outcome(allowance.id, "自\(from.shown)起每月 \(start.assessment.monthly.shown)，原为 \(old.shown)。\(differences.told)", link: allowance.link)
    }
}

/// 新规定发布：every running allowance it may touch is reckoned again after the commit.
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
        FROM allowance AS a JOIN case_file AS c ON c.id = a.id
        WHERE \(Reader.within("a.region", region)) AND c.closed_on IS NULL AND c.state IN ('running', 'changing') AND a.id > \(job.cursor ?? "")
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
