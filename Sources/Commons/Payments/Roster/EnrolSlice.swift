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
        let written = try desk.enrol(run, section)
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

extension Desk {
    /// What was drawn beside the act is written as long as it holds; otherwise the slice is drawn here.
    fileprivate func enrol(_ run: PaymentRun, _ section: PaymentSection) throws -> Int {
        let slice = try RosterSlice(run, section, self)
        if let drawn = matter as? DrawnSlice, drawn.step == run.step(section), drawn.first == run.lines + 1, try slice.ground() == drawn.ground {
            do { return try connection.savepoint { try write(drawn, run, section) } } catch let refusal as Refusal where refusal.kind == .busy {
                // Another payment came between: who is covered is looked up again.
            }
        }
        return try write(try slice.drawn(first: run.lines + 1), run, section)
    }

    private func write(_ drawn: DrawnSlice, _ run: PaymentRun, _ section: PaymentSection) throws -> Int {
        for ruling in drawn.rulings { consulted(ruling) }
        try connection.insert(into: "payment_line", drawn.rows.lines)
        do { try connection.insert(into: "payment_claim", drawn.rows.claims) } catch StorageError.unique {
            throw Refusal.busy("名册里有人正由另一批次请领，请稍后重试；系统会重新核对这一段")
        }
        try connection.insert(into: "payment_adjustment", drawn.rows.adjustments)
        try connection.insert(into: "payment_finding", drawn.rows.findings)
        try tally(drawn.rows.sums, run.id, section)
        try connection.run("""
            UPDATE payment_section SET cursor = \(drawn.upper ?? section.cursor), finished = \(drawn.upper == nil) WHERE run_id = \(run.id) AND position = \(section.position)
            """)
        try connection.run("UPDATE payment_run SET done = done + \(drawn.facts), lines = lines + \(drawn.lines) WHERE id = \(run.id)")
        return drawn.lines
    }
}

/// 列好的一段名册。Ready to be written: drawn beside the writer, or within the act where nobody did.
struct DrawnSlice: Sendable {
    let step: String
    /// The number of its first line, and how many there are.
    let first: Int, lines: Int
    /// How many rows of facts it took, and the last subject of them; nil at the end of the section.
    let facts: Int, upper: String?
    let ground: RosterGround
    let rulings: [ID<Ruling>]
    let rows: SliceRows
    /// Whom it claims for, and in which line: as long as it isn't written, the next slice can't read that.
    let claimed: [String: String]
}

/// What besides the frozen facts a slice rests on, and what may change while it waits to be written.
struct RosterGround: Sendable, Hashable {
    let holds: [String: CheckCode], offsets: [String: AgreedOffset], rulings: [StoredValue]
}

/// One slice on its way from facts to lines.
struct RosterSlice {
    private let run: PaymentRun
    private let section: PaymentSection
    private let reader: Reader
    private let limit: Int
    private let behind: [String: String]
    private let programme: PaidProgramme?

    /// - Parameters:
    ///   - limit: rows of facts at most.
    ///   - behind: whom the slice before claims for, which is perhaps not written yet.
    init(_ run: PaymentRun, _ section: PaymentSection, _ reader: Reader, atMost limit: Int = EnrolSlice.rows, behind: [String: String] = [:]) throws {
        (self.run, self.section, self.reader, self.limit, self.behind) = (run, section, reader, limit, behind)
        programme = run.kind == .month ? try reader.house.programme(section.programme) : nil
    }

    func drawn(first: Int) throws -> DrawnSlice {
        let (subjects, rows, upper) = try facts(), ground = try ground()
        let rule = RosterRule(month: section.month, settlesDeath: programme?.settlesDeath ?? false, isToOrganisations: run.isToOrganisations, holds: ground.holds,
                              covered: try coveredElsewhere(upper, subjects), offsets: ground.offsets,
                              receivedByOthers: try reader.receivedByOthers(run.id, section),
                              reckonedDeaths: section.isArrears ? try reckonedDeaths(upper) : [])
        let reckon = try programme?.reckoning(section.month, reader) ?? { $0.amount }
        let earlier = section.isArrears ? try settled(upper) : try lastMonth(upper)
        var drafts: [RosterDraft] = [], seen: Set<String> = [], relieved: Set<String> = []
        drafts.reserveCapacity(subjects.count)
        try merged(subjects, earlier, \.id, \.subject) { subject, earlier in
            let due = try subject.flatMap { try reckon($0) }
            let draft = section.isArrears ? rule.arrears(subject, due: due, settled: earlier) : rule.line(subject, due: due, earlier: earlier)
            if let draft { drafts.append(draft.once(&seen).takingOffOnce(&relieved)) }
        }
        let writer = try LineWriter(run, section, reader)
        return DrawnSlice(step: run.step(section), first: first, lines: drafts.count, facts: rows, upper: upper, ground: ground, rulings: reader.rulingsConsulted,
                          rows: try writer.rows(drafts, first), claimed: upper == nil ? [:] : writer.claimed(drafts, first))
    }

    func ground() throws -> RosterGround {
        let rulings = try reader.connection.first("SELECT count(*), count(published_at), max(published_at), count(until_on), max(until_on) FROM ruling") { $0.values }
        return RosterGround(holds: try holds(), offsets: section.isArrears || programme == nil ? [:] : try reader.agreedOffsets(section.programme), rulings: rulings ?? [])
    }

    // MARK: What is read

    /// Whole subjects after the cursor. The last of a full slice may be cut, and waits for the next.
    private func facts() throws -> (subjects: [PaidSubject], rows: Int, upper: String?) {
        var subjects: [PaidSubject] = [], rows = 0, told = RowSeal.Writer(), lastBegins = 0, region: (text: String, code: RegionCode)?
        let month = section.month.typed
        subjects.reserveCapacity(limit)
        try reader.connection.each("""
            SELECT subject, person_id, payee_id, region, amount_fen, born_on, died_on, account_id, holder_matches FROM payment_input
            WHERE run_id = \(run.id) AND programme = \(section.programme) AND month = \(section.month) AND subject > \(section.cursor)
            ORDER BY subject, person_id LIMIT \(limit)
            """) { row in
            rows += 1
            let covered = PaidSubject.Covered(person: row.text(1), bornOn: try row.read(5), diedOn: try row.read(6))
            let subject = row.text(0), isAnother = subjects.last?.id != subject
            if isAnother { lastBegins = told.count }
            told.add(section.programme)
            told.add(month)
            for value in row.values { told.add(value) }
            guard isAnother else { return subjects[subjects.count - 1].covered.append(covered) }
            let place = row.text(3), known = region.flatMap { $0.text == place ? $0.code : nil }, code = try known ?? RegionCode(typed: place)
            region = (place, code)
            subjects.append(PaidSubject(id: subject, region: code, payee: row.text(2), amount: try row.read(4), covered: [covered],
                                        account: row.optionalText(7), isHolderPayee: row[8] == .integer(1)))
        }
        var upper: String?
        if rows == limit, subjects.count > 1, let cut = subjects.popLast() {
            rows -= cut.covered.count
            told.cut(to: lastBegins)
            upper = subjects.last?.id
        }
        try RunningInputs.add(told, rows: rows, of: run.id, section, through: upper)
        return (subjects, rows, upper)
    }

    private func range(_ column: Statement, _ upper: String?) -> Statement {
        let end: Statement = upper.map { " AND \(column) <= \($0)" } ?? .empty
        return "\(column) > \(section.cursor)\(end)"
    }

    /// What was paid last month, of the subjects of this slice.
    private func lastMonth(_ upper: String?) throws -> [EarlierLine] {
        guard programme != nil else { return [] }
        return try reader.connection.all("""
            SELECT l.subject, min(l.payee_id), min(l.region), CAST(sum(l.amount_fen + l.offset_fen) AS BIGINT), max(l.people)
            FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id JOIN case_file AS c ON c.id = r.id
            WHERE l.programme = \(section.programme) AND l.month = \(section.month.previous) AND \(range("l.subject", upper))
              AND r.month = \(section.month.previous) AND r.kind = 'month' AND c.state <> 'abandoned' AND l.reason <> 'stopped' AND \(Reader.within("l.region", run.region))
            GROUP BY l.subject ORDER BY l.subject
            """, EarlierLine.init)
    }

    /// What was settled for an earlier month, of the subjects whose facts changed.
    private func settled(_ upper: String?) throws -> [EarlierLine] {
        try reader.connection.all("""
            SELECT l.subject, min(l.payee_id), min(l.region), CAST(sum(l.amount_fen + l.offset_fen) AS BIGINT) + (
                SELECT CAST(coalesce(sum(j.amount_fen), 0) AS BIGINT) FROM payment_adjustment AS j
                WHERE j.programme = \(section.programme) AND j.month = \(section.month) AND j.subject = l.subject AND j.amount_fen < 0 AND j.effective = 1), max(l.people)
            FROM payment_changed AS k JOIN payment_line AS l ON l.programme = k.programme AND l.month = \(section.month) AND l.subject = k.subject
            JOIN payment_run AS r ON r.id = l.run_id AND r.kind = 'month' JOIN case_file AS c ON c.id = r.id AND c.state <> 'abandoned'
            WHERE k.run_id = \(run.id) AND k.programme = \(section.programme) AND \(range("k.subject", upper)) AND l.run_id <> \(run.id)
            GROUP BY l.subject ORDER BY l.subject
            """, EarlierLine.init)
    }

    private func holds() throws -> [String: CheckCode] {
        let found = try reader.connection.all("""
            SELECT coalesce(q.merged_into, q.id), h.code FROM payment_hold AS h JOIN person AS q ON q.id = h.person_id
            WHERE h.released_on IS NULL AND (h.programme IS NULL OR h.programme = \(section.programme))
            """) { (try $0.read(0) as String, try $0.read(1) as CheckCode) }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    /// Persons of this slice whom a payment of the same month covers already. An earlier month of the same subject is looked at, not paid again.
    private func coveredElsewhere(_ upper: String?, _ subjects: [PaidSubject]) throws -> [String: String] {
        let another: Statement = section.isArrears ? " JOIN payment_line AS l ON l.id = c.line_id AND l.subject <> i.subject" : .empty
        // What is paid once under a name is paid once, whichever month it is called by.
        let sameMonth: Statement = run.kind == .month ? " AND c.month = i.month" : .empty
        // Person by person, through the key of claims: a server that hasn't learnt yet how many claims there are would read them all for each slice.
        let found = try reader.connection.all("""
            SELECT k.person_id, k.told FROM (
                SELECT i.person_id AS person_id, (
                    SELECT min(f.number || ' ' || c.line_id) FROM payment_claim AS c JOIN case_file AS f ON f.id = c.run_id\(another)
                    WHERE c.programme = i.programme AND c.person_id = i.person_id AND c.effective = 1\(sameMonth)) AS told
                FROM payment_input AS i
                WHERE i.run_id = \(run.id) AND i.programme = \(section.programme) AND i.month = \(section.month) AND \(range("i.subject", upper))) AS k
            WHERE k.told IS NOT NULL
            """) { row in
            let told = row.text(1).split(separator: " ")
            return (row.text(0), Self.paid(by: String(told[0]), line: String(told[told.count - 1])))
        }
        var known = Dictionary(found, uniquingKeysWith: { first, _ in first })
        guard !behind.isEmpty else { return known }
        let number = try reader.caseFile(run.id).number
        for member in subjects.lazy.flatMap(\.covered) {
            if let line = behind[member.person] { known[member.person] = Self.paid(by: number, line: line) }
        }
        return known
    }

    private static func paid(by number: String, line: String) -> String { "由批次 \(number) 发放（名册行 \(line)）" }

    /// Who died in the earlier month and is covered by the subject's facts no more.
    private func reckonedDeaths(_ upper: String?) throws -> Set<String> {
        Set(try reader.connection.all("""
            SELECT i.person_id FROM payment_input AS i WHERE i.run_id = \(run.id) AND i.programme = \(section.programme) AND i.month = \(section.month)
              AND i.died_on IS NOT NULL AND \(range("i.subject", upper)) AND NOT EXISTS (
                SELECT 1 FROM payment_input AS n
                WHERE n.run_id = i.run_id AND n.programme = i.programme AND n.month = \(run.month) AND n.subject = i.subject AND n.person_id = i.person_id)
            """) { $0.text(0) })
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
