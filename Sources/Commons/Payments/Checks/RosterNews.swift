import Kernel
import Storage
import Values

/// 核对之后的新情况。Of whom a roster pays: what became known since the facts were frozen, or since the last check, and what that check would hold.
struct RosterNews {
    enum Kind: CaseIterable, Sendable {
        case death, custody, hold, payee, account, organisation

        /// After a number of people: 2 人死亡.
        var label: String {
            switch self {
            case .death: "人死亡"
            case .custody: "人服刑、羁押待核实"
            case .hold: "人暂缓发放"
            case .payee: "人换了收款人"
            case .account: "人换了收款账户"
            case .organisation: "家机构暂停或者注销"
            }
        }
    }

    /// One line, and the first thing that stands in its way.
    struct Item: Sendable, Hashable {
        let line: String, name: String, kind: Kind, code: CheckCode, detail: String
    }

    private let run: PaymentRun
    private let reader: Reader

    init(_ run: PaymentRun, _ reader: Reader) { (self.run, self.reader) = (run, reader) }

    /// Each line once.
    func items() throws -> [Item] {
        let found = try (run.isToOrganisations ? suspended() : heldPersons() + deaths() + changedPayees()) + replacedAccounts()
        var seen: Set<String> = []
        return found.filter { seen.insert($0.line).inserted }
    }

    /// 「2 人死亡（试甲、试乙）、1 人暂缓发放（试丙）」.
    static func told(_ items: [Item]) -> String {
        Kind.allCases.compactMap { kind in
            let some = items.filter { $0.kind == kind }
            guard !some.isEmpty else { return nil }
            return "\(some.count) \(kind.label)（\(some.prefix(5).map(\.name).joined(separator: "、"))\(some.count > 5 ? "等" : "")）"
        }.joined(separator: "、")
    }

    // MARK: Persons

    /// Where a person stands in this run: `c` is the claim, `l` the line of this run.
    private struct Standing {
        let tables: Statement, condition: Statement
    }

    /// Through a claim of the run, or through what it adds to a claim of an earlier month. The joins keep their order: few people against many claims.
    private func standings() throws -> [Standing] {
        let own: Statement = "payment_claim AS c CROSS JOIN payment_line AS l", inRun: Statement = "c.run_id = \(run.id) AND l.id = c.line_id"
        let arrears = try reader.connection.value("""
            SELECT CAST(coalesce(sum(lines), 0) AS BIGINT) FROM payment_tally WHERE run_id = \(run.id) AND reason = 'arrears'
            """) ?? 0
        guard arrears > 0 else { return [Standing(tables: own, condition: inRun)] }
        return [Standing(tables: own, condition: inRun), Standing(tables: "payment_claim AS c CROSS JOIN payment_adjustment AS j CROSS JOIN payment_line AS l", condition: """
            j.claim_id = c.id AND j.effective = 1 AND l.id = j.line_id AND l.run_id = \(run.id) AND l.reason = 'arrears'
            """)]
    }

    /// Whoever was held under a file that was merged since is held under the one that was kept.
    private func heldPersons() throws -> [Item] {
        try standings().flatMap { standing in
            try reader.connection.all("""
                SELECT l.id, q.name, h.code, h.reason FROM payment_hold AS h CROSS JOIN person AS q CROSS JOIN \(standing.tables)
                WHERE h.released_on IS NULL AND q.id = h.person_id AND c.person_id = coalesce(q.merged_into, q.id) AND c.effective = 1
                  AND (h.programme IS NULL OR h.programme = c.programme) AND \(standing.condition) AND l.amount_fen + l.offset_fen > 0
                ORDER BY h.id
                """) { row in
                let code: CheckCode = try row.read(2)
                return Item(line: row.text(0), name: row.text(1), kind: code == .custody ? .custody : .hold, code: code, detail: row.text(3))
            }
        }
    }

    /// What a programme makes of a death it works out from the facts of the next month.
    private func deaths() throws -> [Item] {
        try standings().flatMap { standing in
            try reader.connection.all("""
                SELECT l.id, q.name, q.died_on, c.month FROM person AS q CROSS JOIN \(standing.tables) CROSS JOIN payment_input AS i
                WHERE q.died_on IS NOT NULL AND c.person_id = q.id AND c.effective = 1 AND \(standing.condition) AND l.amount_fen + l.offset_fen > 0
                  AND i.run_id = \(run.id) AND i.programme = c.programme AND i.month = c.month AND i.subject = l.subject
                  AND i.person_id = c.person_id AND i.died_on IS NULL
                ORDER BY q.id
                """) { (line: $0.text(0), name: $0.text(1), on: try $0.read(2) as CivilDate, month: try $0.read(3) as Month) }
        }
        .filter { $0.on <= $0.month.last }
        .map { Item(line: $0.line, name: $0.name, kind: .death, code: .death, detail: "死亡日期 \($0.on.shown)，冻结数据之后登记") }
    }

    /// Whom a line pays is no longer who is to receive it.
    private func changedPayees() throws -> [Item] {
        try reader.linesOfPayeeChanges(run.id).compactMap { found in
            guard found.amount > .zero, try reader.receiver(of: found.base) != found.payee else { return nil }
            return Item(line: found.line, name: found.name, kind: .payee, code: .noAccount, detail: "冻结数据之后更换了收款人")
        }
    }

    // MARK: Organisations

    private func suspended() throws -> [Item] {
        try reader.connection.all("""
            SELECT l.id, o.name, o.status_on FROM payment_line AS l JOIN organisation AS o ON o.id = l.payee_id
            WHERE l.run_id = \(run.id) AND l.amount_fen > 0 AND o.status <> 'active' ORDER BY l.number
            """) { row in
            Item(line: row.text(0), name: row.text(1), kind: .organisation, code: .inactive, detail: "自\((try row.read(2) as CivilDate).shown)起暂停或者注销")
        }
    }

    // MARK: Accounts

    /// An account that was replaced since then isn't paid to any more; checking takes up the new one.
    private func replacedAccounts() throws -> [Item] {
        guard let frozenAt = run.frozenAt else { return [] }
        let (table, payee) = run.accounts
        return try reader.connection.all("""
            SELECT l.id, a.holder FROM \(table) AS a CROSS JOIN payment_line AS l
            WHERE a.until_on >= \(frozenAt.date) AND l.payee_id = a.\(payee) AND l.run_id = \(run.id) AND l.account_id = a.id AND l.amount_fen > 0 ORDER BY l.number
            """) { Item(line: $0.text(0), name: $0.text(1), kind: .account, code: .noAccount, detail: "冻结数据之后更换了收款账户") }
    }
}
