import Kernel
import Storage
import Values

/// A line of a roster as it stands, with everything its code covers.
struct StandingLine {
    var values: [StoredValue]

    static let columns = LineWriter.lineColumns.dropLast().map { Statement(name: $0) }.joined(", ")
    static let qualified = LineWriter.lineColumns.dropLast().map { Statement(name: "l.\($0)") }.joined(", ")

    init(_ row: Row) { values = row.values }

    var id: String { text(0) }
    var number: Int { Int(fen(2)) }
    var programme: String { text(3) }
    var subject: String { text(5) }
    var payee: String { text(6) }
    var people: Int { Int(fen(8)) }
    var code: String { text(10) }
    var due: Money { Money(fen: fen(11)) }
    var previous: Money { Money(fen: fen(12)) }
    var offset: Money { Money(fen: fen(13)) }
    var amount: Money { Money(fen: fen(14)) }
    var account: String? { values[16] == .null ? nil : text(16) }

    func month() throws -> Month { try Month(typed: text(4)) }
    func reason() throws -> LineReason { try LineReason(stored: values[9]) }
    func region() throws -> RegionCode { try RegionCode(stored: values[7]) }

    private func text(_ index: Int) -> String { if case .text(let text) = values[index] { text } else { "" } }
    private func fen(_ index: Int) -> Int64 { if case .integer(let fen) = values[index] { fen } else { 0 } }

    /// Why a line is paid that comes to so much, before what is taken off.
    func reason(paying whole: Money, offset: Money, isArrears: Bool) -> LineReason {
        if isArrears { return .arrears }
        if offset > .zero { return .recovery }
        return previous == .zero ? .new : previous == whole ? .continued : .changed
    }

    /// The line as it stands, for the sums; what is given stands instead.
    func draft(_ reason: LineReason? = nil, code: CheckCode? = nil, offset: Money? = nil, amount: Money? = nil, account: String? = nil,
               payee: String? = nil) throws -> RosterDraft {
        RosterDraft(subject: subject, payee: payee ?? self.payee, region: try region(), reason: try reason ?? self.reason(), code: code, due: due, previous: previous,
                    offset: offset ?? self.offset, amount: amount ?? self.amount, account: account ?? self.account, covered: [], people: people)
    }
}

/// 改一行名册。Before anybody signed, a line may be put right; its code is made anew and the sums follow.
struct LineRewrite {
    let run: PaymentRun
    let desk: Desk
    private let seal: RowSeal

    init(_ run: PaymentRun, _ desk: Desk) throws {
        (self.run, self.desk) = (run, desk)
        seal = try RowSeal(desk.house.keyring, for: "payment-line")
    }

    func lines(_ condition: Statement) throws -> [StandingLine] {
        try desk.connection.all("SELECT \(StandingLine.columns) FROM payment_line WHERE run_id = \(run.id) AND \(condition)", StandingLine.init)
    }

    /// Lines of which something is told, some at a time and in order: `body` may change them. Whatever waits or was lessened has a finding, so that the others aren't looked at.
    func eachTold(_ condition: Statement, _ body: (StandingLine) throws -> Void) throws {
        var last = ""
        while true {
            let some = try desk.connection.all("""
                SELECT \(StandingLine.qualified) FROM payment_finding AS f CROSS JOIN payment_line AS l
                WHERE f.line_id > \(last) AND \(run.holdsLine("f.line_id")) AND l.id = f.line_id AND l.run_id = \(run.id) AND \(condition) ORDER BY f.line_id LIMIT \(Self.atOnce)
                """, StandingLine.init)
            for line in some where line.id != last {
                last = line.id
                try body(line)
            }
            guard some.count == Self.atOnce else { return }
        }
    }

    private static let atOnce = 500

    func section(of line: StandingLine) throws -> PaymentSection {
        let month = try line.month()
        return PaymentSection(position: 0, programme: line.programme, month: month, isArrears: month != run.month, cursor: "")
    }

    func rewrite(_ line: StandingLine, as draft: RosterDraft) throws {
        let section = try section(of: line)
        var values = line.values, writer = RowSeal.Writer()
        values[6] = .text(draft.payee)
        values[9] = .text(draft.reason.rawValue)
        values[10] = draft.code.map { .text($0.rawValue) } ?? .null
        values[13] = .integer(draft.offset.fen)
        values[14] = .integer(draft.amount.fen)
        values[15] = .integer(draft.difference.fen)
        values[16] = draft.account.map { .text($0) } ?? .null
        let digest = LineWriter.code(of: values, seal, &writer)
        try desk.connection.run("""
            UPDATE payment_line SET payee_id = \(values[6]), reason = \(values[9]), code = \(values[10]),
                   offset_fen = \(values[13]), amount_fen = \(values[14]), difference_fen = \(values[15]),
                   account_id = \(values[16]), digest = \(Int(digest)) WHERE id = \(line.id)
            """)
        try desk.tally([try line.draft()], run.id, section, sign: -1)
        try desk.tally([draft], run.id, section)
        if draft.code == nil { try desk.connection.run("UPDATE payment_finding SET resolved_at = \(desk.now) WHERE line_id = \(line.id) AND resolved_at IS NULL") }
    }

    /// Who is covered by a line, in the order in which its claims were shared out.
    func covered(_ line: StandingLine) throws -> [String] {
        try desk.connection.all("""
            SELECT person_id FROM payment_input
            WHERE run_id = \(run.id) AND programme = \(line.programme) AND month = \(try line.month()) AND subject = \(line.subject) ORDER BY person_id
            """) { try $0.read(0) }
    }

    /// Gives back what a line claimed: each covered person his share of what is due.
    /// - Returns: whether it had claimed anything.
    @discardableResult
    func restoreParts(of line: StandingLine) throws -> Bool {
        let people = try covered(line)
        var restored = 0
        for (person, share) in zip(people, shares(of: line.due, among: people.count)) {
            restored += try desk.connection.run("UPDATE payment_claim SET amount_fen = \(share), effective = 1 WHERE line_id = \(line.id) AND person_id = \(person)")
            guard share > .zero else { continue }
            restored += try desk.connection.run("""
                UPDATE payment_adjustment SET amount_fen = \(share), effective = 1
                WHERE line_id = \(line.id) AND claim_id IN (
                  SELECT id FROM payment_claim WHERE programme = \(line.programme) AND month = \(try line.month()) AND person_id = \(person))
                """)
        }
        return restored > 0
    }

    /// A line waits: what it claimed falls away, so that another may claim it, and it is looked at again.
    func release(_ line: StandingLine, _ code: CheckCode) throws {
        try desk.connection.run("UPDATE payment_claim SET effective = NULL WHERE line_id = \(line.id)")
        try desk.connection.run("UPDATE payment_adjustment SET effective = NULL WHERE line_id = \(line.id)")
        try rewrite(line, as: try line.draft(.held, code: code, offset: .zero, amount: .zero))
    }

    /// In place of what was told of the line before.
    func tell(_ code: CheckCode, _ detail: String, line: String) throws {
        try desk.connection.run("UPDATE payment_finding SET resolved_at = \(desk.now) WHERE line_id = \(line) AND resolved_at IS NULL")
        try add(code, detail, line: line)
    }

    func add(_ code: CheckCode, _ detail: String, line: String?) throws {
        try desk.connection.run("""
            INSERT INTO payment_finding (id, run_id, line_id, code, detail, found_at)
            VALUES (\(desk.makeID() as ID<PaymentLine>), \(run.id), \(line), \(code), \(detail), \(desk.now))
            """)
    }
}
