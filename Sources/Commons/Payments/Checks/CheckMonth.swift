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
        let run = try desk.find(run), check = try RosterCheck(run, desk)
        let freed = try check.freeHeld(), held = try check.holdSignals() + check.holdOverlaps()
        try check.nameSharedAccounts()
        let short = try desk.shortfalls(of: run)
        try check.note(short)
        let hash = try desk.rosterHash(of: run.id)
        try desk.connection.run("UPDATE payment_run SET roster_hash = \(hash), checked_at = \(desk.now) WHERE id = \(run.id)")
        failPoint("payments.checked")
        let open = try desk.connection.value("SELECT count(*) FROM payment_finding WHERE run_id = \(run.id) AND resolved_at IS NULL") ?? 0
        let parts = ["已检查", freed > 0 ? "恢复发放 \(freed) 行" : nil, held > 0 ? "新暂缓 \(held) 行" : nil, "还有 \(open) 处待处理",
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
        if run.kind == .month { return try fundShares(try house.programme(programme), on: day, in: run.region) }
        let book = rulings(on: day, in: run.region)
        return try FundSource.allCases.compactMap { source in
            try book.find(oneOffFundShare, source).flatMap { $0.value.value > 0 ? (source, $0.value, $0.cite) : nil }
        }
    }

    /// Which source has less than its part.
    func shortfalls(of run: PaymentRun) throws -> [Shortfall] {
        try fundParts(of: run).compactMap { found in
            let left = Money(fen: try balance(.fund(run.region.treasury, found.programme, found.part.source)))
            return left < found.part.amount ? Shortfall(programme: found.programme, source: found.part.source, needed: found.part.amount, remaining: left) : nil
        }
    }
}

/// The parts of a check, within the act.
struct RosterCheck {
    private let run: PaymentRun
    private let desk: Desk
    private let seal: RowSeal

    init(_ run: PaymentRun, _ desk: Desk) throws {
        (self.run, self.desk) = (run, desk)
        seal = try RowSeal(desk.house.keyring, for: "payment-line")
    }

    /// A line as it stands, with everything its code covers.
    private struct Held {
        var values: [StoredValue]
        let code: CheckCode
        var id: String { if case .text(let id) = values[0] { id } else { "" } }
        func text(_ index: Int) -> String { if case .text(let text) = values[index] { text } else { "" } }
        func fen(_ index: Int) -> Int64 { if case .integer(let fen) = values[index] { fen } else { 0 } }
    }

    private static let columns = LineWriter.lineColumns.dropLast().map { Statement(name: $0) }.joined(", ")

    // MARK: Lines that waited

    /// - Returns: how many lines are paid after all.
    func freeHeld() throws -> Int {
        let held = try desk.connection.all("SELECT \(Self.columns) FROM payment_line WHERE run_id = \(run.id) AND reason = 'held' ORDER BY number") { row in
            Held(values: row.values, code: try row.read(10))
        }
        var freed = 0
        for line in held where try free(line) { freed += 1 }
        return freed
    }

    private func free(_ line: Held) throws -> Bool {
        let isArrears = line.text(4) != run.month.typed
        let section = PaymentSection(position: 0, programme: line.text(3), month: try Month(typed: line.text(4)), isArrears: isArrears, cursor: "")
        // What is overpaid or covered elsewhere isn't put right by an account; an earlier month waits for the next run.
        guard !isArrears, [.noAccount, .nameMismatch, .held, .custody].contains(line.code), let payee = ID<Person>(rawValue: line.text(6)) else { return false }
        let people = try covered(line)
        guard try !isHeld(people, section.programme), try !hasDied(people, section), let account = try desk.paymentAccount(of: payee, on: desk.today),
              account.holder == (try desk.standing(payee)).name else { return false }
        let previous = Money(fen: line.fen(12)), due = Money(fen: line.fen(11))
        let reason: LineReason = previous == .zero ? .new : previous == due ? .continued : .changed
        let draft = RosterDraft(subject: line.text(5), payee: line.text(6), region: try RegionCode(stored: line.values[7]), reason: reason, code: nil, due: due, previous: previous,
                                amount: due, account: account.id.text, covered: people, people: people.count)
        do { try desk.connection.savepoint { try claim(line, draft, section) } } catch StorageError.unique { return false }
        try rewrite(line, as: draft, section)
        return true
    }

    private func covered(_ line: Held) throws -> [String] {
        try desk.connection.all("""
            SELECT person_id FROM payment_input
            WHERE run_id = \(run.id) AND programme = \(line.text(3)) AND month = \(line.text(4)) AND subject = \(line.text(5)) ORDER BY person_id
            """) { try $0.read(0) }
    }

    private func isHeld(_ people: [String], _ programme: String) throws -> Bool {
        let ids = people.map { "\($0)" as Statement }.joined(", ")
        let count = try desk.connection.value("""
            SELECT count(*) FROM payment_hold WHERE released_on IS NULL AND person_id IN (\(ids)) AND (programme IS NULL OR programme = \(programme))
            """) ?? 0
        return count > 0
    }

    /// Whoever is known to have died waits for the programme to reckon with it, whatever else he waited for.
    private func hasDied(_ people: [String], _ section: PaymentSection) throws -> Bool {
        guard let programme = desk.house.programmes.first(where: { $0.name == section.programme }), !programme.settlesDeath else { return false }
        let ids = people.map { "\($0)" as Statement }.joined(", ")
        return try desk.connection.value("SELECT count(*) FROM person WHERE id IN (\(ids)) AND died_on <= \(section.month.last)") ?? 0 > 0
    }

    /// A line that was held by an earlier check has its claims already; they stand again.
    private func claim(_ line: Held, _ draft: RosterDraft, _ section: PaymentSection) throws {
        guard try desk.connection.run("UPDATE payment_claim SET effective = 1 WHERE line_id = \(line.id)") == 0 else { return }
        let number = Int(line.fen(2)), ids = run.ids
        let rows: [[StoredValue]] = zip(draft.covered, shares(of: draft.amount, among: draft.covered.count)).enumerated().map { position, share in
            let id: ID<PaymentClaim> = ids.id(number, part: PaymentRun.Part.claim + UInt8(position))
            return [id.stored, line.values[0], run.id.stored, .text(section.programme), section.month.stored, .text(share.0), .integer(share.1.fen), .integer(1)]
        }
        try desk.connection.insert(into: "payment_claim", LineWriter.claimColumns, rows: rows)
    }

    /// Before anybody signed, a line may be put right; its code is made anew and the sums follow.
    private func rewrite(_ line: Held, as draft: RosterDraft, _ section: PaymentSection) throws {
        var values = line.values
        values[9] = .text(draft.reason.rawValue)
        values[10] = draft.code.map { .text($0.rawValue) } ?? .null
        values[13] = .integer(draft.offset.fen)
        values[14] = .integer(draft.amount.fen)
        values[15] = .integer(draft.difference.fen)
        values[16] = draft.account.map { .text($0) } ?? .null
        var writer = RowSeal.Writer()
        let digest = LineWriter.code(of: values, seal, &writer)
        try desk.connection.run("""
            UPDATE payment_line SET reason = \(values[9]), code = \(values[10]), offset_fen = \(values[13]), amount_fen = \(values[14]), difference_fen = \(values[15]),
                   account_id = \(values[16]), digest = \(Int(digest)) WHERE id = \(line.id)
            """)
        try desk.tally([try self.draft(line)], run.id, section, sign: -1)
        try desk.tally([draft], run.id, section)
        if draft.code == nil { try desk.connection.run("UPDATE payment_finding SET resolved_at = \(desk.now) WHERE line_id = \(line.id) AND resolved_at IS NULL") }
    }

    /// The line as it stood, for the sums.
    private func draft(_ line: Held) throws -> RosterDraft {
        RosterDraft(subject: line.text(5), payee: line.text(6), region: try RegionCode(stored: line.values[7]), reason: try LineReason(stored: line.values[9]), code: nil,
                    due: Money(fen: line.fen(11)), previous: Money(fen: line.fen(12)), offset: Money(fen: line.fen(13)), amount: Money(fen: line.fen(14)), account: nil,
                    covered: [], people: Int(line.fen(8)))
    }

    // MARK: What became known since the roster was drawn up

    /// - Returns: how many lines wait because a person was held, or a death was told, after the facts were frozen: nobody signs for what is known to be wrong.
    func holdSignals() throws -> Int {
        let holds = try standing("""
            h.code, '', l.month, l.programme FROM payment_hold AS h JOIN payment_claim AS a ON a.person_id = h.person_id AND a.effective = 1 AND a.run_id = \(run.id)
            JOIN payment_line AS l ON l.id = a.line_id WHERE h.released_on IS NULL AND (h.programme IS NULL OR h.programme = l.programme)
            """)
        let frozen = ID<Person>(at: run.frozenAt ?? run.openedAt, random: [UInt8](repeating: 0, count: 10))
        let deaths = try standing("""
            'DEATH', p.died_on, l.month, l.programme FROM person_change AS d JOIN person AS p ON p.id = d.person_id AND p.died_on IS NOT NULL
            JOIN payment_claim AS a ON a.person_id = p.id AND a.effective = 1 AND a.run_id = \(run.id) JOIN payment_line AS l ON l.id = a.line_id WHERE d.id > \(frozen)
            """)
        var seen: Set<String> = []
        for signal in try holds + deaths.filter(isAgainst) where seen.insert(signal.line.id).inserted {
            let diedOn = try signal.detail.map { try CivilDate(typed: $0) }
            try hold(signal.line, signal.code, diedOn.map { "死亡日期 \($0.shown)" } ?? signal.code.label)
        }
        return seen.count
    }

    private typealias Signal = (line: Held, code: CheckCode, detail: String?, month: String, programme: String)

    /// Lines of this run that are paid and about which something is known: code, detail, month and programme come first.
    private func standing(_ found: Statement) throws -> [Signal] {
        let columns = LineWriter.lineColumns.dropLast().map { Statement(name: "l.\($0)") }.joined(", ")
        return try desk.connection.all("SELECT \(columns), \(found) AND l.amount_fen > 0 ORDER BY l.number") { row in
            let code: CheckCode = try row.read(17), detail = row.text(18)
            return (Held(values: Array(row.values.prefix(17)), code: code), code, detail.isEmpty ? nil : detail, row.text(19), row.text(20))
        }
    }

    /// A programme that knows deaths itself pays the month of one; any other waits until it was reckoned with.
    private func isAgainst(_ signal: Signal) throws -> Bool {
        let month = try Month(typed: signal.month), settles = desk.house.programmes.first { $0.name == signal.programme }?.settlesDeath ?? false
        guard let died = signal.detail else { return false }
        return try CivilDate(typed: died) <= (settles ? month.previous.last : month.last)
    }

    // MARK: What may not be had together

    /// - Returns: how many lines wait because a person has another benefit in the same month.
    func holdOverlaps() throws -> Int {
        var held = 0
        for programme in try desk.programmes(of: run.id).compactMap({ name in desk.house.programmes.first { $0.name == name } }) {
            for overlap in programme.overlaps {
                guard let ruled = try desk.rulings(on: run.month.first, in: run.region).find(overlap.policy), ruled.value != .both else { continue }
                let title = (try? desk.house.programme(overlap.other).title) ?? overlap.other
                for line in try overlapping(programme.name, overlap.other) {
                    try hold(line, .overlap, "已领\(title)，按规定\(ruled.value.label)（\(ruled.cite)）")
                    held += 1
                }
            }
        }
        return held
    }

    private func overlapping(_ programme: String, _ other: String) throws -> [Held] {
        let columns = LineWriter.lineColumns.dropLast().map { Statement(name: "l.\($0)") }.joined(", ")
        return try desk.connection.all("""
            SELECT \(columns) FROM payment_line AS l WHERE l.run_id = \(run.id) AND l.programme = \(programme) AND l.amount_fen > 0 AND EXISTS (
              SELECT 1 FROM payment_claim AS a JOIN payment_claim AS b ON b.person_id = a.person_id AND b.month = a.month AND b.programme = \(other) AND b.effective = 1
              WHERE a.line_id = l.id AND a.effective = 1) ORDER BY l.number
            """) { Held(values: $0.values, code: .overlap) }
    }

    private func hold(_ line: Held, _ code: CheckCode, _ detail: String) throws {
        let section = PaymentSection(position: 0, programme: line.text(3), month: try Month(typed: line.text(4)), isArrears: line.text(4) != run.month.typed, cursor: "")
        var draft = try draft(line)
        draft = RosterDraft(subject: draft.subject, payee: draft.payee, region: draft.region, reason: .held, code: code, due: draft.due, previous: draft.previous, amount: .zero,
                            account: line.values[16] == .null ? nil : line.text(16), covered: [], people: draft.people)
        try desk.connection.run("UPDATE payment_claim SET effective = NULL WHERE line_id = \(line.id)")
        try desk.connection.run("UPDATE payment_adjustment SET effective = NULL WHERE line_id = \(line.id)")
        try rewrite(line, as: draft, section)
        try add(code, detail, line: line.id)
    }

    // MARK: What is only told

    func nameSharedAccounts() throws {
        try forget(.sharedAccount)
        let shared = try desk.connection.all("""
            SELECT l.id FROM payment_account AS a JOIN payment_line AS l ON l.payee_id = a.payee_id AND l.run_id = \(run.id) AND l.account_id = a.id AND l.amount_fen > 0
            WHERE a.number_index IN (SELECT number_index FROM payment_account WHERE until_on IS NULL GROUP BY number_index HAVING count(DISTINCT payee_id) > 1)
            ORDER BY l.number LIMIT 2000
            """) { try $0.read(0) as String }
        for line in shared { try add(.sharedAccount, "同一账号登记在几名收款人名下", line: line) }
    }

    func note(_ shortfalls: [Shortfall]) throws {
        try forget(.fundsShort)
        for short in shortfalls {
            let title = (try? desk.house.programme(short.programme).title) ?? run.title
            try add(.fundsShort, "\(title)：\(short.source.label)应承担 \(short.needed.shown)，现有 \(short.remaining.shown)，还差 \(short.missing.shown)", line: nil)
        }
    }

    /// What is only told is told anew at each check.
    private func forget(_ code: CheckCode) throws {
        try desk.connection.run("UPDATE payment_finding SET resolved_at = \(desk.now) WHERE run_id = \(run.id) AND code = \(code) AND resolved_at IS NULL")
    }

    private func add(_ code: CheckCode, _ detail: String, line: String?) throws {
        try desk.connection.run("""
            INSERT INTO payment_finding (id, run_id, line_id, code, detail, found_at)
            VALUES (\(desk.makeID() as ID<PaymentLine>), \(run.id), \(line), \(code), \(detail), \(desk.now))
            """)
    }
}
