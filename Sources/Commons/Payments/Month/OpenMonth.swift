import Kernel
import Storage
import Values

/// 开月。Begins a month: which programmes, for which region, through which channel. The facts are frozen and the roster drawn up behind it.
struct OpenMonth: Action {
    let run: ID<PaymentRun>
    let region: RegionCode
    let month: Month
    /// nil: every programme that we decide and pay.
    let programme: String?
    let channel: ChannelKind

    static let title = "开始一个月的发放"
    static let guidance = "选月份、区域和项目。系统随即冻结当时的待遇数据，逐户逐人列出名册，说明与上月的差异。签批之前可以放弃重来。"
    static let roles: Set<Role> = .payingClerks
    static let subject = Subject<OpenMonth>.new(in: \.region)
    static let shape = Shape<OpenMonth> {
        Field(.newPaymentRun, \.run)
        Field(.region, \.region)
        Field(.benefitMonth, \.month)
        Field(.programmeName, \.programme)
        Field(.channelKind, \.channel)
    }

    init(from reading: Reading<OpenMonth>) throws(Refusal) {
        run = try reading(.newPaymentRun)
        region = try reading(.region)
        month = try reading(.benefitMonth)
        programme = try reading(.programmeName)
        channel = try reading(.channelKind)
    }

    /// Nearly always it is this month, of one's own region.
    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        ["region": .stored(reader.actor.region.stored), "month": .stored(reader.today.monthOf.stored)]
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard month <= desk.today.monthOf else { throw Refusal.invalid("还没有到\(month.shown)，不能提前发放").at(["month"]) }
        guard month >= desk.today.monthOf.adding(-12) else {
            throw Refusal.invalid("\(month.shown)离现在超过十二个月，请核对月份。以前漏发的，会在本月的名册里补发").at(["month"])
        }
        let programmes = try chosen(desk)
        try desk.requireFree(programmes, month, region)
        let run = PaymentRun(run, .month, "\(month.shown)\(programmes.count == 1 ? programmes[0].title : "待遇发放")", month, in: region, channel: channel.rawValue,
                             basis: nil, by: desk)
        let sections = try programmes.map { [($0.name, month, false)] + (try desk.earlierMonths($0, month, region).map { ($0.programme, $0.month, true) }) }.flatMap(\.self)
        return try desk.open(run, sections)
    }

    private func chosen(_ desk: Desk) throws -> [PaidProgramme] {
        guard let programme else {
            let all = desk.house.programmes.filter { $0.mode == .decide && $0.unit == .fen }
            guard !all.isEmpty else { throw Refusal.absent("还没有可以发放的项目") }
            return all
        }
        let found: PaidProgramme
        do { found = try desk.house.programme(programme) } catch { throw error.at(["programme"]) }
        guard found.mode == .decide, found.unit == .fen else { throw Refusal.invalid("「\(found.title)」由\(found.department)发放，这里不办").at(["programme"]) }
        return [found]
    }
}

extension Desk {
    /// A month is drawn up once at a time: two rosters side by side would each miss what the other settles.
    fileprivate func requireFree(_ programmes: [PaidProgramme], _ month: Month, _ region: RegionCode) throws {
        let names = programmes.map { "\($0.name)" as Statement }.joined(", ")
        let others = try connection.all("""
            SELECT r.id, r.month, r.region, c.number, c.state, s.programme FROM payment_run AS r JOIN case_file AS c ON c.id = r.id
            JOIN payment_section AS s ON s.run_id = r.id AND s.arrears = 0
            WHERE r.kind = 'month' AND s.programme IN (\(names)) AND c.state <> 'abandoned' AND (r.month >= \(month) OR c.state IN (\(Self.unsettled)))
            """) { row in
            (month: try row.read(1) as Month, region: try row.read(2) as RegionCode, number: try row.read(3) as String, programme: try row.read(5) as String)
        }
        for other in others where other.region.contains(region) || region.contains(other.region) {
            let title = try house.programme(other.programme).title
            if other.month == month { throw Refusal.conflict("\(month.shown)的\(title)已由批次 \(other.number) 发放，不能重复开月。需要重来的，先放弃该批次") }
            if other.month > month {
                throw Refusal.outOfOrder("\(title)已开到\(other.month.shown)（\(other.number)），\(month.shown)漏发的会在下一个月的名册里补发")
            }
            throw Refusal.outOfOrder("\(title)\(other.month.shown)的批次 \(other.number) 还没有签批完，请先办完或者放弃它")
        }
    }

    private static let unsettled: Statement = (RunState.unsigned + [RunState.signed]).map { "\($0.name)" as Statement }.joined(", ")

    /// Up to a year of months that were paid before, to see what has changed since.
    fileprivate func earlierMonths(_ programme: PaidProgramme, _ month: Month, _ region: RegionCode) throws -> [(programme: String, month: Month)] {
        let found: [(Month, RegionCode)] = try connection.all("""
            SELECT r.month, r.region FROM payment_run AS r JOIN case_file AS c ON c.id = r.id JOIN payment_section AS s ON s.run_id = r.id AND s.arrears = 0
            WHERE r.kind = 'month' AND s.programme = \(programme.name) AND c.state <> 'abandoned' AND r.month < \(month) AND r.month >= \(month.adding(-12))
            ORDER BY r.month
            """) { (try $0.read(0), try $0.read(1)) }
        let months = Set(found.filter { $0.1.contains(region) || region.contains($0.1) }.map(\.0))
        return months.sorted().map { (programme.name, $0) }
    }

    /// Writes a run down, opens its case and leaves the work to the back.
    func open(_ run: PaymentRun, _ sections: [(programme: String, month: Month, isArrears: Bool)]) throws -> Outcome {
        try insert(run)
        for (position, section) in sections.enumerated() {
            try connection.run("""
                INSERT INTO payment_section (run_id, position, programme, month, arrears, cursor, finished)
                VALUES (\(run.id), \(position), \(section.programme), \(section.month), \(section.isArrears), '', 0)
                """)
        }
        let file = try openCase(runProcess, for: run.id, title: run.title, in: run.region)
        try enqueue(paymentJob.name, title: "\(run.title)：建名册", input: run.id.text)
        failPoint("payments.opened")
        return Outcome(run.id, "已开批，编号 \(file.number)。系统正在冻结数据、建名册，下一步：检查名册", link: run.link)
    }
}

/// 放弃批次。Before it is signed: its claims fall away and the month may be begun anew.
struct AbandonMonth: Action {
    let run: ID<PaymentRun>
    let reason: String

    static let title = "放弃批次"
    static let guidance = "放弃之后这个批次的名册和请领全部作废，要从开月重新办起，不能恢复；名册保留备查。只想改几行的不用放弃：更正账户、解除暂缓之后「检查名册」，已签的先「退回名册」。"
    static let roles: Set<Role> = [.countyReviewer, .countyApprover, .finance, .leader]
    static let subject = Subject<AbandonMonth>.opened(.paymentRun, \.run)
    static let shape = Shape<AbandonMonth> {
        Field(.paymentRun, \.run)
        Field(.abandonReason, \.reason)
    }

    init(from reading: Reading<AbandonMonth>) throws(Refusal) {
        run = try reading(.paymentRun)
        reason = try reading(.abandonReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.find(run)
        try desk.connection.run("UPDATE payment_claim SET effective = NULL WHERE line_id IN (SELECT id FROM payment_line WHERE run_id = \(run.id))")
        try desk.connection.run("UPDATE payment_adjustment SET effective = NULL WHERE line_id IN (SELECT id FROM payment_line WHERE run_id = \(run.id))")
        try desk.freeUnpaid(of: run)
        return Outcome(run.id, "批次已放弃，没有发放任何款项：\(reason)", link: run.link)
    }
}

extension Term where Value == String {
    static var abandonReason: Term<String> { Term("reason", "放弃的原因") }
}
