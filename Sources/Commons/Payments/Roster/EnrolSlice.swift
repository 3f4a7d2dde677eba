import Kernel
import Storage
import Values

/// 列名册。One slice of the frozen facts, in the order of the subjects, becomes lines and claims: by the house alone.
struct EnrolSlice: Action {
    let run: ID<PaymentRun>
    /// Where the slice begins; the same slice is the same act.
    let step: String

    static let title = "列一段名册"
    static let guidance = "开月之后由系统分段办理。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<EnrolSlice>.opened(.paymentRun, \.run)
    static let shape = Shape<EnrolSlice> {
        Field(.paymentRun, \.run)
        Field(.runStep, \.step)
    }

    init(from reading: Reading<EnrolSlice>) throws(Refusal) {
        run = try reading(.paymentRun)
        step = try reading(.runStep)
    }

    /// Rows of facts in a slice: one act, one commit.
    static let rows = 12_000

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.find(run)
        try desk.requireHouse()
        guard step == run.step(try desk.section(of: run.id)) else { throw Refusal.outOfOrder("名册已列到别处，请刷新") }
        if run.frozenAt == nil {
            try desk.freeze(run)
            failPoint("payments.frozen")
            return Outcome(run.id, "数据已冻结", link: run.link)
        }
        guard let section = try desk.section(of: run.id) else { throw Refusal.outOfOrder("名册已经列完") }
        let written = try RosterSlice(run, section, desk).write()
        failPoint("payments.enrolled")
        return Outcome(run.id, "名册列出 \(written) 行", link: run.link)
    }
}

extension PaymentRun {
    /// The name of the next slice: fixed by how far it came.
    func step(_ section: PaymentSection?) -> String {
        guard frozenAt != nil else { return "freeze" }
        return section.map { "\($0.position).\($0.cursor)" } ?? "end"
    }
}

extension Desk {
    /// - Throws: `.forbidden` for every person: it follows from another act.
    func requireHouse() throws {
        guard actor.user == Actor.house.user else { throw Refusal.forbidden("这一步由系统在前一步之后自动办理，不能单独提交") }
    }
}

/// One slice on its way from facts to lines.
struct RosterSlice {
    private let run: PaymentRun
    private let section: PaymentSection
    private let desk: Desk
    private let programme: PaidProgramme?

    init(_ run: PaymentRun, _ section: PaymentSection, _ desk: Desk) throws {
        (self.run, self.section, self.desk) = (run, section, desk)
        programme = run.kind == .month ? try desk.house.programme(section.programme) : nil
    }

    /// - Returns: how many lines were written.
    func write() throws -> Int {
        let (subjects, rows, upper) = try facts()
        let rule = RosterRule(month: section.month, settlesDeath: programme?.settlesDeath ?? false, isToOrganisations: run.isToOrganisations, holds: try holds(upper),
                              covered: try coveredElsewhere(upper), offsets: section.isArrears || programme == nil ? [:] : try desk.agreedOffsets(section.programme),
                              receivedByOthers: try desk.receivedByOthers(run.id, section),
                              reckonedDeaths: section.isArrears ? try reckonedDeaths(upper) : [])
        let reckon = try programme?.reckoning(section.month, desk) ?? { $0.amount }
        let earlier = section.isArrears ? try settled(upper) : try lastMonth(upper)
        var drafts: [RosterDraft] = [], seen: Set<String> = [], relieved: Set<String> = []
        drafts.reserveCapacity(subjects.count)
        try merged(subjects, earlier, \.id, \.subject) { subject, earlier in
            let due = try subject.flatMap { try reckon($0) }
            let draft = section.isArrears ? rule.arrears(subject, due: due, settled: earlier) : rule.line(subject, due: due, earlier: earlier)
            if let draft { drafts.append(draft.once(&seen).takingOffOnce(&relieved)) }
        }
        try LineWriter(run, section, desk).write(drafts)
        try advance(to: upper, rows: rows, lines: drafts.count)
        return drafts.count
    }

    // MARK: What is read

    /// Whole subjects after the cursor. The last of a full slice may be cut, and waits for the next.
    private func facts() throws -> (subjects: [PaidSubject], rows: Int, upper: String?) {
        var subjects: [PaidSubject] = [], rows = 0
        subjects.reserveCapacity(EnrolSlice.rows)
        try desk.connection.each("""
            SELECT subject, person_id, payee_id, region, amount_fen, born_on, died_on, account_id, holder_matches FROM payment_input
            WHERE run_id = \(run.id) AND programme = \(section.programme) AND month = \(section.month) AND subject > \(section.cursor)
            ORDER BY subject, person_id LIMIT \(EnrolSlice.rows)
            """) { row in
            rows += 1
            let covered = PaidSubject.Covered(person: row.text(1), bornOn: try row.read(5), diedOn: try row.read(6))
            let subject = row.text(0)
            if let last = subjects.indices.last, subjects[last].id == subject { return subjects[last].covered.append(covered) }
            subjects.append(PaidSubject(id: subject, region: try row.read(3), payee: row.text(2), amount: try row.read(4), covered: [covered],
                                        account: row.optionalText(7), isHolderPayee: row[8] == .integer(1)))
        }
        guard rows == EnrolSlice.rows, subjects.count > 1, let cut = subjects.popLast() else { return (subjects, rows, nil) }
        return (subjects, rows - cut.covered.count, subjects.last?.id)
    }

    private func range(_ column: Statement, _ upper: String?) -> Statement {
        let end: Statement = upper.map { " AND \(column) <= \($0)" } ?? .empty
        return "\(column) > \(section.cursor)\(end)"
    }

    /// What was paid last month, of the subjects of this slice.
    private func lastMonth(_ upper: String?) throws -> [EarlierLine] {
        guard programme != nil else { return [] }
        return try desk.connection.all("""
            SELECT l.subject, min(l.payee_id), min(l.region), CAST(sum(l.amount_fen + l.offset_fen) AS BIGINT), max(l.people)
            FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id JOIN case_file AS c ON c.id = r.id
            WHERE l.programme = \(section.programme) AND l.month = \(section.month.previous) AND \(range("l.subject", upper))
              AND r.month = \(section.month.previous) AND r.kind = 'month' AND c.state <> 'abandoned' AND l.reason <> 'stopped' AND \(Reader.within("l.region", run.region))
            GROUP BY l.subject ORDER BY l.subject
            """, EarlierLine.init)
    }

    /// What was settled for an earlier month, of the subjects whose facts changed.
    private func settled(_ upper: String?) throws -> [EarlierLine] {
        try desk.connection.all("""
            SELECT l.subject, min(l.payee_id), min(l.region), CAST(sum(l.amount_fen + l.offset_fen) AS BIGINT) + (
                SELECT CAST(coalesce(sum(j.amount_fen), 0) AS BIGINT) FROM payment_adjustment AS j
                WHERE j.programme = \(section.programme) AND j.month = \(section.month) AND j.subject = l.subject AND j.amount_fen < 0 AND j.effective = 1), max(l.people)
            FROM payment_changed AS k JOIN payment_line AS l ON l.programme = k.programme AND l.month = \(section.month) AND l.subject = k.subject
            JOIN payment_run AS r ON r.id = l.run_id AND r.kind = 'month' JOIN case_file AS c ON c.id = r.id AND c.state <> 'abandoned'
            WHERE k.run_id = \(run.id) AND k.programme = \(section.programme) AND \(range("k.subject", upper)) AND l.run_id <> \(run.id)
            GROUP BY l.subject ORDER BY l.subject
            """, EarlierLine.init)
    }

    private func holds(_ upper: String?) throws -> [String: CheckCode] {
        let found = try desk.connection.all("""
            SELECT coalesce(q.merged_into, q.id), h.code FROM payment_hold AS h JOIN person AS q ON q.id = h.person_id
            WHERE h.released_on IS NULL AND (h.programme IS NULL OR h.programme = \(section.programme))
            """) { (try $0.read(0) as String, try $0.read(1) as CheckCode) }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    /// Persons of this slice whom a payment of the same month covers already. An earlier month of the same subject is looked at, not paid again.
    private func coveredElsewhere(_ upper: String?) throws -> [String: String] {
        let another: Statement = section.isArrears ? " JOIN payment_line AS l ON l.id = c.line_id AND l.subject <> i.subject" : .empty
        // What is paid once under a name is paid once, whichever month it is called by.
        let sameMonth: Statement = run.kind == .month ? " AND c.month = i.month" : .empty
        let found = try desk.connection.all("""
            SELECT c.person_id, f.number, c.line_id FROM payment_input AS i
            JOIN payment_claim AS c ON c.programme = i.programme AND c.person_id = i.person_id AND c.effective = 1\(sameMonth)\(another)
            JOIN case_file AS f ON f.id = c.run_id
            WHERE i.run_id = \(run.id) AND i.programme = \(section.programme) AND i.month = \(section.month) AND \(range("i.subject", upper))
            """) { (try $0.read(0) as String, "由批次 \(try $0.read(1) as String) 发放（名册行 \(try $0.read(2) as String)）") }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    /// Who died in the earlier month and is covered by the subject's facts no more.
    private func reckonedDeaths(_ upper: String?) throws -> Set<String> {
        Set(try desk.connection.all("""
            SELECT i.person_id FROM payment_input AS i WHERE i.run_id = \(run.id) AND i.programme = \(section.programme) AND i.month = \(section.month)
              AND i.died_on IS NOT NULL AND \(range("i.subject", upper)) AND NOT EXISTS (
                SELECT 1 FROM payment_input AS n
                WHERE n.run_id = i.run_id AND n.programme = i.programme AND n.month = \(run.month) AND n.subject = i.subject AND n.person_id = i.person_id)
            """) { $0.text(0) })
    }

    // MARK: Where it stands

    private func advance(to upper: String?, rows: Int, lines: Int) throws {
        try desk.connection.run("""
            UPDATE payment_section SET cursor = \(upper ?? section.cursor), finished = \(upper == nil) WHERE run_id = \(run.id) AND position = \(section.position)
            """)
        try desk.connection.run("UPDATE payment_run SET done = done + \(rows), lines = lines + \(lines) WHERE id = \(run.id)")
    }
}

extension RosterDraft {
    /// A person twice in one slice: the second waits.
    fileprivate func once(_ seen: inout Set<String>) -> RosterDraft {
        guard !covered.isEmpty else { return self }
        guard let twice = covered.first(where: seen.contains) else {
            seen.formUnion(covered)
            return self
        }
        return RosterDraft(subject: subject, payee: payee, region: region, reason: .held, code: .duplicate, detail: "本名册内另一行已有此人（\(twice)）", due: due, previous: previous,
                           amount: .zero, account: account, covered: [], people: people)
    }
}

extension RosterDraft {
    /// One payee of several lines has his instalment taken off once.
    fileprivate func takingOffOnce(_ relieved: inout Set<String>) -> RosterDraft {
        guard offset > .zero, !relieved.insert(payee).inserted else { return self }
        return RosterDraft(subject: subject, payee: payee, region: region, reason: previous == .zero ? .new : due == previous ? .continued : .changed, code: nil, due: due,
                           previous: previous, amount: due, account: account, covered: covered, people: people)
    }
}

extension EarlierLine {
    fileprivate init(_ row: Row) throws {
        self.init(subject: row.text(0), payee: row.text(1), region: try row.read(2), amount: try row.read(3), people: try row.read(4))
    }
}

extension Row {
    /// A column that is never NULL, read as it is: ids of a hot loop.
    func text(_ index: Int) -> String { if case .text(let text) = self[index] { text } else { "" } }
    func optionalText(_ index: Int) -> String? { if case .text(let text) = self[index] { text } else { nil } }
}
