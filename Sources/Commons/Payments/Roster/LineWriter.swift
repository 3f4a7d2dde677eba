import Kernel
import Storage
import Values

/// 写名册。Lines, claims, adjustments and findings of one slice through prepared statements, and what they come to.
struct LineWriter {
    private let run: PaymentRun
    private let section: PaymentSection
    private let desk: Desk
    private let seal: RowSeal

    static let lineColumns = ["id", "run_id", "number", "programme", "month", "subject", "payee_id", "region", "people", "reason", "code", "due_fen", "previous_fen",
                              "offset_fen", "amount_fen", "difference_fen", "account_id", "digest"]
    static let claimColumns = ["id", "line_id", "run_id", "programme", "month", "person_id", "amount_fen", "effective"]

    init(_ run: PaymentRun, _ section: PaymentSection, _ desk: Desk) throws {
        (self.run, self.section, self.desk) = (run, section, desk)
        seal = try RowSeal(desk.house.keyring, for: "payment-line")
    }

    func write(_ drafts: [RosterDraft]) throws {
        guard !drafts.isEmpty else { return }
        let first = run.lines + 1, ids = run.ids, connection = desk.connection
        let lineIDs = drafts.indices.map { StoredValue.text((ids.id(first + $0, part: PaymentRun.Part.line) as ID<PaymentRun>).text) }
        let constant = (run: run.id.stored, programme: StoredValue.text(section.programme), month: section.month.stored)
        var writer = RowSeal.Writer()
        try connection.insert(into: "payment_line", Self.lineColumns, rows: drafts.indices.lazy.map { place in
            let draft = drafts[place]
            var row: [StoredValue] = [
                lineIDs[place], constant.run, .integer(Int64(first + place)), constant.programme, constant.month, .text(draft.subject), .text(draft.payee), draft.region.stored,
                .integer(Int64(draft.people)), .text(draft.reason.rawValue), draft.code.map { .text($0.rawValue) } ?? .null, .integer(draft.due.fen), .integer(draft.previous.fen),
                .integer(draft.offset.fen), .integer(draft.amount.fen), .integer(draft.difference.fen), draft.account.map { .text($0) } ?? .null,
                .integer(0),
            ]
            row[row.count - 1] = .integer(Self.code(of: row.dropLast(), seal, &writer))
            return row
        })
        let claimed = section.isArrears ? try claimedAlready(drafts) : [:]
        try writeClaims(drafts, first, lineIDs, constant, claimed)
        try writeAdjustments(drafts, lineIDs, claimed)
        try writeFindings(drafts, first, lineIDs)
        try desk.tally(drafts, run.id, section)
    }

    static func code(of row: some Sequence<StoredValue>, _ seal: RowSeal, _ writer: inout RowSeal.Writer) -> Int64 {
        writer.clear()
        for value in row { writer.add(value) }
        return seal.code(of: writer)
    }

    // MARK: Claims

    private func writeClaims(_ drafts: [RosterDraft], _ first: Int, _ lineIDs: [StoredValue], _ constant: (run: StoredValue, programme: StoredValue, month: StoredValue),
                             _ claimed: [String: String]) throws {
        let ids = run.ids
        var rows: [[StoredValue]] = []
        rows.reserveCapacity(drafts.count * 2)
        for (place, draft) in drafts.enumerated() where !draft.covered.isEmpty {
            let new = claimed.isEmpty ? draft.covered : draft.covered.filter { claimed[$0] == nil }
            guard new.count == draft.covered.count else { continue }
            guard draft.covered.count < 200 else { throw Refusal.tooLarge("一户的保障人员超过两百人，请核对家庭成员") }
            for (position, share) in shares(of: draft.amount + draft.offset, among: new.count).enumerated() {
                let id: ID<PaymentClaim> = ids.id(first + place, part: PaymentRun.Part.claim + UInt8(position))
                rows.append([id.stored, lineIDs[place], constant.run, constant.programme, constant.month, .text(new[position]), .integer(share.fen), .integer(1)])
            }
        }
        do { try desk.connection.insert(into: "payment_claim", Self.claimColumns, rows: rows) } catch StorageError.unique {
            throw Refusal.busy("名册里有人正由另一批次请领，请稍后重试；系统会重新核对这一段")
        }
    }

    /// Of an earlier month: which persons have a claim, and its id.
    private func claimedAlready(_ drafts: [RosterDraft]) throws -> [String: String] {
        var found: [String: String] = [:]
        for draft in drafts where draft.reason == .arrears {
            let people = draft.covered.map { "\($0)" as Statement }.joined(", ")
            try desk.connection.each("""
                SELECT person_id, id FROM payment_claim
                WHERE programme = \(section.programme) AND month = \(section.month) AND effective = 1 AND person_id IN (\(people))
                """) { found[$0.text(0)] = $0.text(1) }
        }
        return found
    }

    /// A raise of what was claimed names the claims it raises; whoever is new in the household has a claim of his own.
    private func writeAdjustments(_ drafts: [RosterDraft], _ lineIDs: [StoredValue], _ claimed: [String: String]) throws {
        var rows: [[StoredValue]] = [], late: [[StoredValue]] = []
        for (place, draft) in drafts.enumerated() where draft.reason == .arrears && draft.covered.contains(where: { claimed[$0] != nil }) {
            guard case .text(let line) = lineIDs[place], let lineID = ID<PaymentLine>(rawValue: line) else { continue }
            for (person, share) in zip(draft.covered, shares(of: draft.amount, among: draft.covered.count)) {
                let id: ID<PaymentClaim> = lineID.derived(by: person)
                if let claim = claimed[person] {
                    guard share > .zero else { continue }
                    rows.append([id.stored, .text(claim), lineIDs[place], .text(section.programme), section.month.stored, .text(draft.subject), .integer(share.fen), .null,
                                 .integer(1)])
                } else {
                    late.append([id.stored, lineIDs[place], run.id.stored, .text(section.programme), section.month.stored, .text(person), .integer(share.fen), .integer(1)])
                }
            }
        }
        try desk.connection.insert(into: "payment_claim", Self.claimColumns, rows: late)
        try desk.connection.insert(into: "payment_adjustment", ["id", "claim_id", "line_id", "programme", "month", "subject", "amount_fen", "recovery_id", "effective"], rows: rows)
    }

    // MARK: Findings

    private func writeFindings(_ drafts: [RosterDraft], _ first: Int, _ lineIDs: [StoredValue]) throws {
        let ids = run.ids, now = desk.now
        try desk.connection.insert(into: "payment_finding", ["id", "run_id", "line_id", "code", "detail", "found_at"], rows: drafts.indices.lazy.compactMap { place in
            guard let code = drafts[place].code else { return nil }
            let id: ID<PaymentLine> = ids.id(first + place, part: PaymentRun.Part.finding), detail = drafts[place].detail
            return [id.stored, run.id.stored, lineIDs[place], .text(code.rawValue), .text(detail.isEmpty ? code.label : detail), now.stored]
        })
    }
}

extension Desk {
    /// Adds what lines come to, by programme and reason: few rows, so that the month is read without counting a million.
    func tally(_ drafts: [RosterDraft], _ run: ID<PaymentRun>, _ section: PaymentSection, sign: Int64 = 1) throws {
        for (reason, some) in Dictionary(grouping: drafts, by: \.reason).sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let sums = some.reduce(into: (people: 0, due: Int64(0), previous: Int64(0), offset: Int64(0), amount: Int64(0))) { sums, draft in
                sums.people += draft.people
                sums.due += draft.due.fen
                sums.previous += draft.previous.fen
                sums.offset += draft.offset.fen
                sums.amount += draft.amount.fen
            }
            try connection.run("""
                INSERT INTO payment_tally (run_id, programme, arrears, reason, lines, people, due_fen, previous_fen, offset_fen, amount_fen)
                VALUES (\(run), \(section.programme), \(section.isArrears), \(reason), \(some.count * Int(sign)), \(sums.people * Int(sign)), \(Money(fen: sums.due * sign)),
                        \(Money(fen: sums.previous * sign)), \(Money(fen: sums.offset * sign)), \(Money(fen: sums.amount * sign)))
                ON CONFLICT (run_id, programme, arrears, reason) DO UPDATE SET
                  lines = payment_tally.lines + excluded.lines, people = payment_tally.people + excluded.people, due_fen = payment_tally.due_fen + excluded.due_fen,
                  previous_fen = payment_tally.previous_fen + excluded.previous_fen, offset_fen = payment_tally.offset_fen + excluded.offset_fen,
                  amount_fen = payment_tally.amount_fen + excluded.amount_fen
                """)
        }
    }
}
