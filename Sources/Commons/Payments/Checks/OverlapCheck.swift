import Kernel
import Storage
import Values

/// 兼得检查。Person by person, what two benefits of one month come to by the rule in force; the lines of this run give way, and say why.
///
/// It begins from what is due each time, so that checking again after a choice, or after a rule was published, comes out right.
struct OverlapCheck {
    private let run: PaymentRun
    private let desk: Desk
    private let rewriting: LineRewrite

    init(_ run: PaymentRun, _ desk: Desk) throws {
        (self.run, self.desk) = (run, desk)
        rewriting = try LineRewrite(run, desk)
    }

    // MARK: Back to what is due

    /// Lines that an earlier check held or lessened for an overlap are as they were before it.
    func restore() throws {
        let codes = CheckCode.overlaps.map { "\($0)" as Statement }.joined(", ")
        try rewriting.eachTold("l.code IN (\(codes))") { line in
            do { _ = try desk.connection.savepoint { try rewriting.restoreParts(of: line) } } catch StorageError.unique { return }
            let reason = line.reason(paying: line.due, offset: line.offset, isArrears: try line.month() != run.month)
            try rewriting.rewrite(line, as: try line.draft(reason, amount: line.due - line.offset))
        }
    }

    // MARK: What may be had together

    /// - Returns: how many lines wait, and how many pay less, because a person has another benefit in the same month.
    func settle() throws -> (held: Int, reduced: Int) {
        var told: [String: Told] = [:]
        for (month, programmes) in try months() {
            for rule in try rules(for: programmes, month) {
                for person in try people(rule, month) { try settle(person, rule, month, &told) }
            }
        }
        var held = 0, reduced = 0
        // Ids of one run's lines are in the order of their numbers.
        for (id, told) in told.sorted(by: { $0.key < $1.key }) {
            for line in try rewriting.lines("id = \(id) AND amount_fen + offset_fen > 0") {
                if try apply(told, to: line) { held += 1 } else { reduced += 1 }
            }
        }
        return (held, reduced)
    }

    /// Why a line is lessened.
    private struct Told {
        var waits = false
        var sentences: [String] = []
    }

    private struct Rule {
        let own: PaidProgramme, other: PaidProgramme, outcome: OverlapOutcome, cite: String
    }

    private func months() throws -> [(Month, Set<String>)] {
        guard run.kind == .month else { return [] }
        let sections = try desk.connection.all("SELECT programme, month FROM payment_section WHERE run_id = \(run.id) ORDER BY position") {
            (try $0.read(0) as String, try $0.read(1) as Month)
        }
        return Dictionary(grouping: sections, by: \.1).mapValues { Set($0.map(\.0)) }.sorted { $0.key > $1.key }
    }

    /// Rules that a programme of this run declares, or that another declares against it.
    private func rules(for programmes: Set<String>, _ month: Month) throws -> [Rule] {
        let book = desk.rulings(on: month.first, in: run.region)
        return try desk.house.programmes.flatMap { own in
            try own.overlaps.compactMap { overlap in
                guard programmes.contains(own.name) || programmes.contains(overlap.other), let other = desk.house.programmes.first(where: { $0.name == overlap.other }),
                      let ruled = try book.find(overlap.policy), ruled.value != .both else { return nil }
                return Rule(own: own, other: other, outcome: ruled.value, cite: ruled.cite)
            }
        }
    }

    /// Whoever has both in the month, of those this run looks at.
    private func people(_ rule: Rule, _ month: Month) throws -> [String] {
        try desk.connection.all("""
            SELECT DISTINCT i.person_id FROM payment_input AS i
            JOIN payment_claim AS a ON a.programme = \(rule.own.name) AND a.month = i.month AND a.person_id = i.person_id AND a.effective = 1
            JOIN payment_claim AS b ON b.programme = \(rule.other.name) AND b.month = i.month AND b.person_id = i.person_id AND b.effective = 1
            WHERE i.run_id = \(run.id) AND i.programme IN (\(rule.own.name), \(rule.other.name)) AND i.month = \(month) ORDER BY i.person_id
            """) { try $0.read(0) }
    }

    private func settle(_ person: String, _ rule: Rule, _ month: Month, _ told: inout [String: Told]) throws {
        let own = try parts(rule.own.name, month, person), other = try parts(rule.other.name, month, person)
        let pair = OverlapPair(own: Self.sum(own), other: Self.sum(other), isOwnOpen: own.contains(where: \.isOpen), isOtherOpen: other.contains(where: \.isOpen),
                               chosen: rule.outcome == .chooseOnce ? try choice(person, rule, month) : nil)
        let shares = Commons.settle(pair, by: rule.outcome)
        try lessen(own, by: pair.own - shares.own, to: shares.own, shares.waits, rule, beside: rule.other, pair.other, &told)
        try lessen(other, by: pair.other - shares.other, to: shares.other, shares.waits, rule, beside: rule.own, pair.own, &told)
    }

    /// A claim of the person in the month, or what was added to it.
    private struct Part {
        let id: String, line: String, amount: Money, isClaim: Bool, isOpen: Bool
    }

    private func parts(_ programme: String, _ month: Month, _ person: String) throws -> [Part] {
        try desk.connection.all("""
            SELECT j.id, j.line_id, j.amount_fen, 0, CASE WHEN l.run_id = \(run.id) THEN 1 ELSE 0 END FROM payment_claim AS c
            JOIN payment_adjustment AS j ON j.claim_id = c.id AND j.effective = 1 JOIN payment_line AS l ON l.id = j.line_id
            WHERE c.programme = \(programme) AND c.month = \(month) AND c.person_id = \(person) AND c.effective = 1
            UNION ALL SELECT c.id, c.line_id, c.amount_fen, 1, CASE WHEN c.run_id = \(run.id) THEN 1 ELSE 0 END FROM payment_claim AS c
            WHERE c.programme = \(programme) AND c.month = \(month) AND c.person_id = \(person) AND c.effective = 1
            """) { row in
            Part(id: row.text(0), line: row.text(1), amount: try row.read(2), isClaim: try row.read(3), isOpen: try row.read(4))
        }
    }

    private static func sum(_ parts: [Part]) -> Money { parts.reduce(.zero) { $0 + $1.amount } }

    private func choice(_ person: String, _ rule: Rule, _ month: Month) throws -> OverlapPair.Side? {
        guard let id = ID<Person>(rawValue: person), let chosen = try desk.chosen(by: id, between: rule.own.name, and: rule.other.name, in: month) else { return nil }
        return chosen == rule.own.name ? .own : .other
    }

    /// Takes from the open parts, the latest first.
    private func lessen(_ parts: [Part], by reduction: Money, to rest: Money, _ waits: Bool, _ rule: Rule, beside: PaidProgramme, _ besideSum: Money,
                        _ told: inout [String: Told]) throws {
        var left = reduction
        for part in parts where part.isOpen && part.amount > .zero && left > .zero {
            let taken = min(left, part.amount), kept = part.amount - taken
            left = left - taken
            if part.isClaim {
                try desk.connection.run("UPDATE payment_claim SET amount_fen = \(kept) WHERE id = \(part.id)")
            } else if kept > .zero {
                try desk.connection.run("UPDATE payment_adjustment SET amount_fen = \(kept) WHERE id = \(part.id)")
            } else {
                try desk.connection.run("UPDATE payment_adjustment SET effective = NULL WHERE id = \(part.id)")
            }
            told[part.line, default: Told()].waits = told[part.line]?.waits ?? false || waits
            told[part.line]?.sentences.append("同月另有\(beside.title) \(besideSum.shown)，按规定\(rule.outcome.label)（\(rule.cite)）：减发 \(taken.shown)，这一项还发 \(rest.shown)")
        }
    }

    /// - Returns: whether the line waits whole.
    private func apply(_ told: Told, to line: StandingLine) throws -> Bool {
        let left: Money = try desk.connection.value("""
            SELECT CAST(coalesce(sum(amount_fen), 0) AS BIGINT) FROM (SELECT amount_fen FROM payment_claim WHERE line_id = \(line.id) AND effective = 1
              UNION ALL SELECT amount_fen FROM payment_adjustment WHERE line_id = \(line.id) AND effective = 1) AS parts
            """) ?? .zero
        let code: CheckCode = left > .zero ? .overlapReduced : told.waits ? .choice : .overlap
        if left > .zero {
            let offset = min(line.offset, left)
            let reason = line.reason(paying: left, offset: offset, isArrears: try line.month() != run.month)
            try rewriting.rewrite(line, as: try line.draft(reason, code: code, offset: offset, amount: left - offset))
        } else {
            try rewriting.release(line, code)
        }
        try rewriting.tell(code, told.sentences.prefix(4).joined(separator: "；"), line: line.id)
        return left == .zero
    }
}
