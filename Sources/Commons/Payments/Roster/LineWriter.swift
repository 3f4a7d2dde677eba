import Kernel
import Storage
import Values

/// The rows of one slice, ready to be written, and what its lines come to.
struct SliceRows: Sendable {
    let lines: PackedRows, claims: PackedRows, adjustments: PackedRows, findings: PackedRows
    let sums: [LineReason: LineSums]
}

/// What lines of one reason come to.
struct LineSums: Sendable, Hashable {
    var lines = 0, people = 0, due: Int64 = 0, previous: Int64 = 0, offset: Int64 = 0, amount: Int64 = 0

    mutating func add(_ draft: RosterDraft) {
        lines += 1
        people += draft.people
        due += draft.due.fen
        previous += draft.previous.fen
        offset += draft.offset.fen
        amount += draft.amount.fen
    }
}

/// 写名册。Lines, claims, adjustments and findings of one slice, each row with its code.
struct LineWriter {
    private let run: PaymentRun
    private let section: PaymentSection
    private let reader: Reader
    private let seal: RowSeal

    static let lineColumns = ["id", "run_id", "number", "programme", "month", "subject", "payee_id", "region", "people", "reason", "code", "due_fen", "previous_fen",
                              "offset_fen", "amount_fen", "difference_fen", "account_id", "digest"]
    static let claimColumns = ["id", "line_id", "run_id", "programme", "month", "person_id", "amount_fen", "effective"]

    static let adjustmentColumns = ["id", "claim_id", "line_id", "programme", "month", "subject", "amount_fen", "recovery_id", "effective"]

    init(_ run: PaymentRun, _ section: PaymentSection, _ reader: Reader) throws {
        (self.run, self.section, self.reader) = (run, section, reader)
        seal = try RowSeal(reader.house.keyring, for: "payment-line")
    }

    func rows(_ drafts: [RosterDraft], _ first: Int) throws -> SliceRows {
        let claimed = section.isArrears ? try claimedAlready(drafts) : [:]
        var claims = try claims(drafts, first, claimed)
        let adjustments = adjustments(drafts, first, claimed, late: &claims)
        var sums: [LineReason: LineSums] = [:]
        for draft in drafts { sums[draft.reason, default: LineSums()].add(draft) }
        return SliceRows(lines: lines(drafts, first), claims: claims, adjustments: adjustments, findings: findings(drafts, first), sums: sums)
    }

    /// Whom the drafts claim for, and in which line. Where each line is one person's own, nobody can come twice.
    func claimed(_ drafts: [RosterDraft], _ first: Int) -> [String: String] {
        guard !drafts.allSatisfy({ $0.covered.isEmpty || $0.covered == [$0.subject] }) else { return [:] }
        var claimed: [String: String] = [:]
        for (place, draft) in drafts.enumerated() { for person in draft.covered { claimed[person] = lineID(first + place) } }
        return claimed
    }

    private func lineID(_ number: Int) -> String { (run.ids.id(number, part: PaymentRun.Part.line) as ID<PaymentRun>).text }

    private func lines(_ drafts: [RosterDraft], _ first: Int) -> PackedRows {
        var rows = PackedRows(Self.lineColumns, reserving: drafts.count), code = RowSeal.Writer()
        let run = (text: run.id.text, cell: rows.keep(run.id.text)), month = (text: section.month.typed, cell: rows.keep(section.month.typed))
        let programme = rows.keep(section.programme)
        func tell(_ text: String?) { rows.add(text); code.add(text) }
        func tell(_ number: Int64) { rows.add(number); code.add(number) }
        func tell(_ text: String, at cell: PackedRows.Cell) { rows.add(cell); code.add(text) }
        for (place, draft) in drafts.enumerated() {
            code.clear()
            tell(lineID(first + place))
            tell(run.text, at: run.cell)
            tell(Int64(first + place))
            tell(section.programme, at: programme)
            tell(month.text, at: month.cell)
            tell(draft.subject)
            tell(draft.payee)
            tell(draft.region.code)
            tell(Int64(draft.people))
            tell(draft.reason.rawValue)
            tell(draft.code?.rawValue)
            for amount in [draft.due, draft.previous, draft.offset, draft.amount, draft.difference] { tell(amount.fen) }
            tell(draft.account)
            rows.add(seal.code(of: code))
        }
        return rows
    }

    static func code(of row: some Sequence<StoredValue>, _ seal: RowSeal, _ writer: inout RowSeal.Writer) -> Int64 {
        writer.clear()
        for value in row { writer.add(value) }
        return seal.code(of: writer)
    }

    // MARK: Claims

    private func claims(_ drafts: [RosterDraft], _ first: Int, _ claimed: [String: String]) throws -> PackedRows {
        let ids = run.ids
        var rows = PackedRows(Self.claimColumns, reserving: drafts.count)
        let cells = (run: rows.keep(run.id.text), programme: rows.keep(section.programme), month: rows.keep(section.month.typed))
        for (place, draft) in drafts.enumerated() where !draft.covered.isEmpty {
            guard claimed.isEmpty || !draft.covered.contains(where: { claimed[$0] != nil }) else { continue }
            guard draft.covered.count < 200 else { throw Refusal.tooLarge("一户的保障人员超过两百人，请核对家庭成员") }
            let line = rows.keep(lineID(first + place))
            for (position, share) in shares(of: draft.amount + draft.offset, among: draft.covered.count).enumerated() {
                rows.add((ids.id(first + place, part: PaymentRun.Part.claim + UInt8(position)) as ID<PaymentClaim>).text)
                for cell in [line, cells.run, cells.programme, cells.month] { rows.add(cell) }
                rows.add(draft.covered[position])
                rows.add(share.fen)
                rows.add(1 as Int64)
            }
        }
        return rows
    }

    /// Of an earlier month: which persons have a claim, and its id.
    private func claimedAlready(_ drafts: [RosterDraft]) throws -> [String: String] {
        var found: [String: String] = [:]
        for draft in drafts where draft.reason == .arrears {
            let people = draft.covered.map { "\($0)" as Statement }.joined(", ")
            try reader.connection.each("""
                SELECT person_id, id FROM payment_claim
                WHERE programme = \(section.programme) AND month = \(section.month) AND effective = 1 AND person_id IN (\(people))
                """) { found[$0.text(0)] = $0.text(1) }
        }
        return found
    }

    /// A raise of what was claimed names the claims it raises; whoever is new in the household has a claim of his own.
    private func adjustments(_ drafts: [RosterDraft], _ first: Int, _ claimed: [String: String], late: inout PackedRows) -> PackedRows {
        var rows = PackedRows(Self.adjustmentColumns)
        for (place, draft) in drafts.enumerated() where draft.reason == .arrears && draft.covered.contains(where: { claimed[$0] != nil }) {
            let line: ID<PaymentLine> = run.ids.id(first + place, part: PaymentRun.Part.line)
            for (person, share) in zip(draft.covered, shares(of: draft.amount, among: draft.covered.count)) {
                let id: ID<PaymentClaim> = line.derived(by: person)
                if let claim = claimed[person] {
                    guard share > .zero else { continue }
                    for text in [id.text, claim, line.text, section.programme, section.month.typed, draft.subject] { rows.add(text) }
                    rows.add(share.fen)
                    rows.add(nil as String?)
                    rows.add(1 as Int64)
                } else {
                    for text in [id.text, line.text, run.id.text, section.programme, section.month.typed, person] { late.add(text) }
                    late.add(share.fen)
                    late.add(1 as Int64)
                }
            }
        }
        return rows
    }

    // MARK: Findings

    private func findings(_ drafts: [RosterDraft], _ first: Int) -> PackedRows {
        var rows = PackedRows(["id", "run_id", "line_id", "code", "detail", "found_at"])
        for (place, draft) in drafts.enumerated() {
            guard let code = draft.code else { continue }
            let id: ID<PaymentLine> = run.ids.id(first + place, part: PaymentRun.Part.finding), detail = draft.detail.isEmpty ? code.label : draft.detail
            for text in [id.text, run.id.text, lineID(first + place), code.rawValue, detail, reader.now.typed] { rows.add(text) }
        }
        return rows
    }
}

extension Desk {
    /// Adds what lines come to, by programme and reason: few rows, so that the month is read without counting a million.
    func tally(_ drafts: [RosterDraft], _ run: ID<PaymentRun>, _ section: PaymentSection, sign: Int64 = 1) throws {
        var sums: [LineReason: LineSums] = [:]
        for draft in drafts { sums[draft.reason, default: LineSums()].add(draft) }
        try tally(sums, run, section, sign: sign)
    }

    func tally(_ sums: [LineReason: LineSums], _ run: ID<PaymentRun>, _ section: PaymentSection, sign: Int64 = 1) throws {
        for (reason, sums) in sums.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try connection.run("""
                INSERT INTO payment_tally (run_id, programme, arrears, reason, lines, people, due_fen, previous_fen, offset_fen, amount_fen)
                VALUES (\(run), \(section.programme), \(section.isArrears), \(reason), \(sums.lines * Int(sign)), \(sums.people * Int(sign)), \(Money(fen: sums.due * sign)),
                        \(Money(fen: sums.previous * sign)), \(Money(fen: sums.offset * sign)), \(Money(fen: sums.amount * sign)))
                ON CONFLICT (run_id, programme, arrears, reason) DO UPDATE SET
                  lines = payment_tally.lines + excluded.lines, people = payment_tally.people + excluded.people, due_fen = payment_tally.due_fen + excluded.due_fen,
                  previous_fen = payment_tally.previous_fen + excluded.previous_fen, offset_fen = payment_tally.offset_fen + excluded.offset_fen,
                  amount_fen = payment_tally.amount_fen + excluded.amount_fen
                """)
        }
    }
}
