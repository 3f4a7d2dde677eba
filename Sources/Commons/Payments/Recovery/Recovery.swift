import Kernel
import Storage
import Values

/// 追回。What one payee was paid too much, from which months, and what has come back. Its number and state are the case file of the same id.
public struct Recovery: Placed {
    public let id: ID<Recovery>
    public let programme: String
    let subject: String
    public let payee: ID<Person>
    public let region: RegionCode
    let line: ID<PaymentRun>?
    public let from: Month
    public let through: Month
    public let amount: Money
    public let cause: String
    public let foundOn: CivilDate
    public var instalment: Money?
    /// 抵扣的依据：the written consent, or the ruling; nil where nothing may be taken off.
    public var offsetBasis: String?

    public static let table = "payment_recovery"
    public static let title = "追回"
    public static let shape = Shape<Recovery> {
        Field(.id, \.id)
        Field(.programmeOfRow, \.programme)
        Field(.paidSubject, \.subject)
        Field(.payeeID, \.payee)
        Field(.region, \.region)
        Field(.recoveryLine, \.line)
        Field(.overpaidFrom, \.from)
        Field(.overpaidThrough, \.through)
        Field(.paidFen, \.amount)
        Field(.recoveryCause, \.cause)
        Field(.foundOn, \.foundOn)
        Field(.instalmentFen, \.instalment)
        Field(.offsetBasis, \.offsetBasis)
    }

    public init(from reading: Reading<Recovery>) throws(Refusal) {
        id = try reading(.id)
        programme = try reading(.programmeOfRow)
        subject = try reading(.paidSubject)
        payee = try reading(.payeeID)
        region = try reading(.region)
        line = try reading(.recoveryLine)
        from = try reading(.overpaidFrom)
        through = try reading(.overpaidThrough)
        amount = try reading(.paidFen)
        cause = try reading(.recoveryCause)
        foundOn = try reading(.foundOn)
        instalment = try reading(.instalmentFen)
        offsetBasis = try reading(.offsetBasis)
    }

    public var link: String { "/payments/recoveries/\(id.text)" }
}

/// 追回的经过。
public enum RecoveryStepKind: String, CodeList {
    case refund, offset, writtenOff = "written-off"
    public var label: String { switch self { case .refund: "退款"; case .offset: "抵扣"; case .writtenOff: "核销" } }
}

/// 追回到哪一步。
enum RecoveryState {
    static let found = State("found", "待告知", awaits: "书面告知多发的月份、金额和退款办法")
    static let told = State("told", "已告知，待退款", awaits: "登记退款，或者商定分期、抵扣")
    static let repaying = State("repaying", "分期退还中", awaits: "登记退款")
    static let settled = State("settled", "已退清", isFinal: true)
    static let writtenOff = State("written-off", "已核销", isFinal: true)
    static let all = [found, told, repaying, settled, writtenOff]
}

let recoveryProcess = Process("payment-recovery", "多发追回", series: "ZH", path: "/payments/recoveries", editions: [
    Edition(from: CivilDate(written: 2012, 12, 12), basis: .oneCard, initial: RecoveryState.found, states: RecoveryState.all, moves: [
        Move(NotifyRecovery.self, from: [RecoveryState.found], to: RecoveryState.told),
        Move(AgreeRepayment.self, from: [RecoveryState.told, RecoveryState.repaying], to: RecoveryState.repaying),
        Move(RecordRefund.self, from: [RecoveryState.found, RecoveryState.told, RecoveryState.repaying], to: nil),
        Move(WriteOffRecovery.self, from: [RecoveryState.told, RecoveryState.repaying], to: RecoveryState.writtenOff, differsFrom: [NotifyRecovery.self]),
    ]),
])

/// 未经同意也可以抵扣的地方规定。
let offsetWithoutConsent = Policy<Bool>("recovery-offset-without-consent", "多发款项可以不经本人同意从以后的待遇中抵扣", mayBeSilent: true)

extension Reader {
    func left(of recovery: ID<Recovery>, _ amount: Money) throws -> Money {
        amount - (try connection.value("SELECT CAST(coalesce(sum(amount_fen), 0) AS BIGINT) FROM payment_recovery_step WHERE recovery_id = \(recovery)") ?? Money.zero)
    }

    /// 约定的抵扣，by payee. Whoever has something taken off by a roster that isn't booked yet is left out.
    func agreedOffsets(_ programme: String) throws -> [String: AgreedOffset] {
        let found = try agreed(programme)
        return try Dictionary(found, uniquingKeysWith: { first, _ in first }).filter { payee, _ in try pendingOffset(of: payee, programme) == nil }
    }

    /// Every agreement of a programme under which something is left, or those of one payee.
    fileprivate func agreed(_ programme: String, of payee: String? = nil) throws -> [(payee: String, offset: AgreedOffset)] {
        let narrowed: Statement = payee.map { " AND r.payee_id = \($0)" } ?? .empty
        return try connection.all("""
            SELECT r.payee_id, r.id, r.amount_fen - (SELECT CAST(coalesce(sum(s.amount_fen), 0) AS BIGINT) FROM payment_recovery_step AS s WHERE s.recovery_id = r.id),
                   coalesce(r.instalment_fen, r.amount_fen) FROM payment_recovery AS r WHERE r.programme = \(programme) AND r.offset_basis IS NOT NULL\(narrowed) ORDER BY r.id
            """) { ($0.text(0), AgreedOffset(recovery: $0.text(1), left: try $0.read(2), instalment: try $0.read(3))) }.filter { $0.offset.left > .zero }
    }

    /// 正要抵扣的：what a roster that isn't booked yet takes off from a payee, and in which run.
    fileprivate func pendingOffset(of payee: String, _ programme: String) throws -> (run: String, amount: Money)? {
        try connection.first("""
            SELECT c.number, CAST(sum(l.offset_fen) AS BIGINT) FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id JOIN case_file AS c ON c.id = r.id
            WHERE l.payee_id = \(payee) AND l.programme = \(programme) AND l.offset_fen > 0 AND l.number > r.posted AND c.state <> 'abandoned'
            GROUP BY c.number ORDER BY c.number
            """) { (run: try $0.read(0) as String, amount: try $0.read(1) as Money) }
    }

    /// What a roster is about to take off can't be given back, written off or agreed away beside it: it would be taken twice.
    fileprivate func requireUntouched(_ recovery: Recovery, keeping rest: Money) throws {
        guard recovery.offsetBasis != nil, let pending = try pendingOffset(of: recovery.payee.text, recovery.programme), rest < pending.amount else { return }
        throw Refusal.conflict("批次 \(pending.run) 的名册正要抵扣 \(pending.amount.shown)。请等它记账之后再办其余的；还没有签批的，也可以放弃该批次重新开月")
    }

    /// The source that bears most: what comes back goes there.
    fileprivate func mainSource(_ programme: String, in region: RegionCode) throws -> FundSource {
        guard let found = house.programmes.first(where: { $0.name == programme }) else { return .local }
        return try fundShares(found.fundShare, on: today, in: region).max { $0.share < $1.share }?.source ?? .local
    }
}

extension Desk {
    /// A month turned out to be overpaid: opens or widens the recovery of that subject, names the claims, and books what should come back.
    func openRecovery(_ line: SignedLine, of run: PaymentRun) throws -> LedgerEntry {
        let amount = -line.due, id: ID<Recovery> = run.id.derived(by: "recovery \(line.programme) \(line.subject)")
        if let known = try first(Recovery.self, where: "id = \(id)") {
            try connection.run("""
                UPDATE payment_recovery SET amount_fen = amount_fen + \(amount), from_month = \(min(known.from, line.month)), through_month = \(max(known.through, line.month))
                WHERE id = \(id)
                """)
        } else {
            try connection.run("""
                INSERT INTO payment_recovery (id, programme, subject, payee_id, region, line_id, from_month, through_month, amount_fen, cause, found_on)
                VALUES (\(id), \(line.programme), \(line.subject), \(line.payee), \(line.region), \(line.id), \(line.month), \(line.month), \(amount),
                        \(try causeOfOverpayment(line)), \(today))
                """)
            try openCase(recoveryProcess, for: id, title: "\(try nameOfPayee(line.payee))多发追回", in: line.region)
        }
        try adjust(line.id, programme: line.programme, month: line.month, subject: line.subject, by: -amount, recovery: id)
        return try .moving(amount, from: .paid(run.region.treasury, line.programme), to: .receivable(id.text), run.ids.id(line.number, part: PaymentRun.Part.overpaid),
                           .overpaid, of: line.id, on: today)
    }

    /// In words that the person, or the family, understands.
    private func causeOfOverpayment(_ line: SignedLine) throws -> String {
        let dead = try connection.first("""
            SELECT q.name, q.died_on FROM payment_claim AS c JOIN payment_line AS l ON l.id = c.line_id JOIN person AS q ON q.id = c.person_id
            WHERE l.programme = \(line.programme) AND l.month = \(line.month) AND l.subject = \(line.subject) AND c.effective = 1 AND q.died_on IS NOT NULL ORDER BY q.died_on
            """) { (name: $0.text(0), on: try $0.read(1) as CivilDate) }
        if let dead, dead.on <= line.month.last { return "\(dead.name)已于\(dead.on.shown)去世，发放时还没有登记" }
        return "待遇已经变化，登记在发放之后，这些月份应发的比已发的少"
    }

    private func nameOfPayee(_ payee: String) throws -> String {
        try connection.value("SELECT name FROM person WHERE id = \(payee)") ?? ""
    }

    /// What a line takes off: it counts as paid to the person, comes back to the fund, and lessens what is to be returned.
    func settleOffset(_ line: SignedLine, of run: PaymentRun) throws -> [LedgerEntry] {
        let agreed = try agreed(line.programme, of: line.payee).first { $0.offset.left >= line.offset }
        guard let recovery = agreed.flatMap({ ID<Recovery>(rawValue: $0.offset.recovery) }) else {
            throw Refusal.conflict("名册第 \(line.number) 行的抵扣超过了还应退还的金额，请联系系统管理员核对")
        }
        try step(.offset, line.offset, of: recovery, line: line.id, note: nil)
        let treasury = run.region.treasury, fen = line.offset.fen
        return [try LedgerEntry(run.ids.id(line.number, part: PaymentRun.Part.offset), .offset, of: line.id, on: today, [
            .init(.payee(line.payee, line.programme), -fen), .init(.fund(treasury, line.programme, try mainSource(line.programme, in: line.region)), fen),
            .init(.receivable(recovery.text), -fen), .init(.paid(treasury, line.programme), fen),
        ])]
    }

    /// Notes what came back, and ends the recovery when nothing is left.
    fileprivate func step(_ kind: RecoveryStepKind, _ amount: Money, of recovery: ID<Recovery>, line: String?, note: String?) throws {
        try connection.run("""
            INSERT INTO payment_recovery_step (id, recovery_id, kind, amount_fen, line_id, note, on_day, by_name)
            VALUES (\(makeID() as ID<Recovery>), \(recovery), \(kind), \(amount), \(line), \(note), \(today), \(actor.name))
            """)
        guard kind != .writtenOff, try left(of: recovery, find(recovery).amount) == .zero else { return }
        try move(try caseFile(recovery), to: RecoveryState.settled)
    }
}

/// 告知多发。In writing, with the months, the reckoning and how to give back or object.
struct NotifyRecovery: Action {
    let recovery: ID<Recovery>
    let told: LongText

    static let title = "告知多发金额"
    static let guidance = "书面告知多发的月份、金额、计算过程和退款办法；当事人去世的，告知家属。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let subject = Subject<NotifyRecovery>.opened(.recovery, \.recovery)
    static let shape = Shape<NotifyRecovery> {
        Field(.recovery, \.recovery)
        Field(.recoveryTold, \.told)
    }

    init(from reading: Reading<NotifyRecovery>) throws(Refusal) {
        recovery = try reading(.recovery)
        told = try reading(.recoveryTold)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let found = try desk.find(recovery), left = try desk.left(of: found.id, found.amount)
        return Outcome(found.id, "已告知应退 \(left.shown)。下一步：登记退款，或者商定分期、抵扣", link: found.link)
    }
}

/// 商定退还。Instalments; taking it off later payments only with consent or where the place has ruled so.
struct AgreeRepayment: Action {
    let recovery: ID<Recovery>
    let instalment: Amount
    let mayOffset: Bool
    let consent: String?

    static let title = "商定退还办法"
    static let guidance = "写明每期金额。从以后的待遇中抵扣的，须有本人书面同意，或者当地规定允许。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let subject = Subject<AgreeRepayment>.opened(.recovery, \.recovery)
    static let shape = Shape<AgreeRepayment> {
        Field(.recovery, \.recovery)
        Field(.agreedInstalment, \.instalment)
        Field(.mayOffset, \.mayOffset)
        Field(.offsetConsent, \.consent)
    }

    init(from reading: Reading<AgreeRepayment>) throws(Refusal) {
        recovery = try reading(.recovery)
        instalment = try reading(.agreedInstalment)
        mayOffset = try reading(.mayOffset)
        consent = try reading(.offsetConsent)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var found = try desk.find(recovery)
        guard instalment.money > .zero, instalment.money <= found.amount else { throw Refusal.invalid("每期金额应大于零，不超过应退总额").at(["instalment_fen"]) }
        if !mayOffset { try desk.requireUntouched(found, keeping: .zero) }
        found.instalment = instalment.money
        found.offsetBasis = mayOffset ? try basis(found, desk) : nil
        try desk.update(found)
        let way = mayOffset ? "从以后的待遇中抵扣" : "由本人退款"
        return Outcome(found.id, "已商定每期 \(instalment.shown)，\(way)", link: found.link)
    }

    private func basis(_ recovery: Recovery, _ desk: Desk) throws -> String {
        if let consent { return "本人书面同意：\(consent)" }
        if let ruled = try desk.rulings(on: desk.today, in: recovery.region).find(offsetWithoutConsent), ruled.value { return ruled.cite }
        throw Refusal.invalid("抵扣须有本人书面同意，请写明同意书；当地没有可以不经同意抵扣的规定").at(["consent"])
    }
}

/// 登记退款。
struct RecordRefund: Action {
    let recovery: ID<Recovery>
    let amount: Amount
    let receipt: String

    static let title = "登记退款"
    static let guidance = "按到账金额登记，写明凭证号。退清后自动办结。"
    static let roles: Set<Role> = [.finance]
    static let subject = Subject<RecordRefund>.opened(.recovery, \.recovery)
    static let shape = Shape<RecordRefund> {
        Field(.recovery, \.recovery)
        Field(.refundAmount, \.amount)
        Field(.refundReceipt, \.receipt)
    }

    init(from reading: Reading<RecordRefund>) throws(Refusal) {
        recovery = try reading(.recovery)
        amount = try reading(.refundAmount)
        receipt = try reading(.refundReceipt)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let found = try desk.find(recovery), left = try desk.left(of: found.id, found.amount)
        guard amount.money > .zero, amount.money <= left else { throw Refusal.invalid("退款应大于零，不超过还应退的 \(left.shown)").at(["amount_fen"]) }
        try desk.requireUntouched(found, keeping: left - amount.money)
        try desk.step(.refund, amount.money, of: found.id, line: nil, note: receipt)
        let fund = LedgerAccount.fund(found.region.treasury, found.programme, try desk.mainSource(found.programme, in: found.region))
        try desk.book([.moving(amount.money, from: .receivable(found.id.text), to: fund, desk.makeID(), .refund, of: found.id.text, on: desk.today)])
        let rest = left - amount.money
        return Outcome(found.id, rest == .zero ? "已退清，追回办结" : "已登记退款 \(amount.shown)，还应退 \(rest.shown)", link: found.link)
    }
}

/// 核销。What can't come back any more, with its reason, by somebody else than who told the person.
struct WriteOffRecovery: Action {
    let recovery: ID<Recovery>
    let reason: LongText

    static let title = "核销追回"
    static let guidance = "确实无法追回的，写明理由和依据后核销。"
    static let roles: Set<Role> = [.leader]
    static let subject = Subject<WriteOffRecovery>.opened(.recovery, \.recovery)
    static let shape = Shape<WriteOffRecovery> {
        Field(.recovery, \.recovery)
        Field(.writeOffReason, \.reason)
    }

    init(from reading: Reading<WriteOffRecovery>) throws(Refusal) {
        recovery = try reading(.recovery)
        reason = try reading(.writeOffReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let found = try desk.find(recovery), left = try desk.left(of: found.id, found.amount)
        guard left > .zero else { throw Refusal.outOfOrder("已经退清，不用核销") }
        try desk.requireUntouched(found, keeping: .zero)
        try desk.step(.writtenOff, left, of: found.id, line: nil, note: reason.text)
        let away = LedgerAccount.writtenOff(found.region.treasury, found.programme)
        try desk.book([.moving(left, from: .receivable(found.id.text), to: away, desk.makeID(), .writtenOff, of: found.id.text, on: desk.today)])
        return Outcome(found.id, "已核销 \(left.shown)", link: found.link)
    }
}

extension Term where Value == ID<Recovery> {
    static var recovery: Term<ID<Recovery>> { Term("recovery", "追回", .carried) }
}
extension Term where Value == ID<PaymentRun> {
    static var recoveryLine: Term<ID<PaymentRun>> { Term("line_id", "名册行") }
}
extension Term where Value == Month {
    static var overpaidFrom: Term<Month> { Term("from_month", "多发自") }
    static var overpaidThrough: Term<Month> { Term("through_month", "多发至") }
}
extension Term where Value == Money {
    static var instalmentFen: Term<Money> { Term("instalment_fen", "每期金额") }
}
extension Term where Value == Amount {
    static var agreedInstalment: Term<Amount> { Term("instalment_fen", "每期金额", hint: "元") }
    static var refundAmount: Term<Amount> { Term("amount_fen", "退款金额", hint: "元") }
}
extension Term where Value == Bool {
    static var mayOffset: Term<Bool> { Term("may_offset", "从以后的待遇中抵扣") }
}
extension Term where Value == CivilDate {
    static var foundOn: Term<CivilDate> { Term("found_on", "发现日期") }
}
extension Term where Value == LongText {
    static var recoveryTold: Term<LongText> { Term("told", "告知情况", hint: "何时、以何种方式告知了谁") }
    static var writeOffReason: Term<LongText> { Term("reason", "核销的理由") }
}
extension Term where Value == String {
    static var recoveryCause: Term<String> { Term("cause", "多发的原因") }
    static var offsetBasis: Term<String> { Term("offset_basis", "抵扣的依据") }
    static var offsetConsent: Term<String> { Term("consent", "本人的书面同意", hint: "同意书的日期、编号；不抵扣的不填") }
    static var refundReceipt: Term<String> { Term("receipt", "缴款凭证号") }
}
