import Commons
import Kernel
import Storage
import Values

/// 必须成立的。What is looked at after every month, and what must have come to rest at the end.
extension District {
    /// Everything that may be put right by people is put right: holds, accounts, households that lost somebody.
    func comeToRest() async throws {
        while !holds.isEmpty { try await release() }
        for place in unreckoned.sorted() { try await reckon(place) }
        for payee in elders.filter({ $0.died == nil && !$0.isAbsorbed && !$0.isAway }).map(\.id) + households.filter({ !$0.living.isEmpty }).map(\.payee) {
            let holders: [String] = try await values("""
                SELECT holder FROM payment_account WHERE until_on IS NULL AND payee_id IN (SELECT id FROM person WHERE id = \(payee) OR merged_into = \(payee))
                """)
            guard !holders.contains(names[payee] ?? "") || holders.count != 1 else { continue }
            try await must("payments.register-account", [
                "person": payee, "holder": names[payee] ?? "", "bank": "示范农商银行", "account": "存折\(10_000_000 + dice.below(80_000_000))",
            ], .countyReviewer, 1)
        }
    }

    // MARK: After every month

    func checkMonth() async throws {
        let ledger = try await LedgerCheck.verify(counter.database, counter.house.keyring), payments = try await PaymentCheck.verify(counter)
        (ledger.faults + payments.faults).forEach(fail)
        for (unit, sum) in ledger.sums where sum != 0 { fail("账目合计不为零：\(unit) \(sum)") }
        try await none("应付收款人还有余额", """
            SELECT account || ' ' || CAST(sum(amount) AS TEXT) FROM ledger_posting WHERE account >= 'payee/' AND account < 'payee0' GROUP BY account HAVING sum(amount) <> 0
            """)
        try await none("同一人同月同一项目有两份请领", """
            SELECT programme || ' ' || month || ' ' || person_id FROM payment_claim WHERE effective = 1 GROUP BY programme, month, person_id HAVING count(*) > 1
            """)
        try await none("发放批次没有办结", "SELECT c.number || ' ' || c.state FROM payment_run AS r JOIN case_file AS c ON c.id = r.id WHERE c.state NOT IN ('closed', 'abandoned')")
        try await none("死亡登记之后还列着死后月份的发放", """
            SELECT l.id FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id JOIN payment_input AS i ON i.run_id = l.run_id AND i.programme = l.programme
              AND i.month = l.month AND i.subject = l.subject
            WHERE l.amount_fen > 0 AND i.died_on IS NOT NULL AND substr(i.died_on, 1, 7) < l.month
            """)
        try await none("请领与名册行不符", """
            SELECT l.id FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id JOIN case_file AS f ON f.id = r.id
            WHERE f.state = 'closed' AND l.reason IN ('new', 'continued', 'changed', 'recovery') AND l.due_fen > 0
              AND l.amount_fen + l.offset_fen <> (SELECT CAST(coalesce(sum(c.amount_fen), 0) AS BIGINT) FROM payment_claim AS c WHERE c.line_id = l.id AND c.effective = 1)
            """)
        try await checkRecoveries()
        try await checkDifferences()
        for (run, hash) in signed where try await counter.read(as: .house, { try $0.find(run).rosterHash }) != hash { fail("签过的名册变了") }
    }

    private func none(_ what: String, _ statement: Statement) async throws {
        let found: [String] = try await values(statement)
        if let first = found.first { fail("\(what)：\(found.count) 处，如 \(first)") }
    }

    private func checkRecoveries() async throws {
        try await none("应收与追回不符", """
            SELECT r.id FROM payment_recovery AS r
            WHERE r.amount_fen - (SELECT CAST(coalesce(sum(s.amount_fen), 0) AS BIGINT) FROM payment_recovery_step AS s WHERE s.recovery_id = r.id)
               <> (SELECT CAST(coalesce(sum(p.amount), 0) AS BIGINT) FROM ledger_posting AS p WHERE p.account = 'receivable/' || r.id)
            """)
        try await none("追回退过了头", """
            SELECT r.id FROM payment_recovery AS r
            WHERE r.amount_fen < (SELECT CAST(coalesce(sum(s.amount_fen), 0) AS BIGINT) FROM payment_recovery_step AS s WHERE s.recovery_id = r.id)
            """)
        try await none("退清的追回没有办结", """
            SELECT c.number FROM payment_recovery AS r JOIN case_file AS c ON c.id = r.id WHERE c.closed_on IS NULL
              AND r.amount_fen <= (SELECT CAST(coalesce(sum(s.amount_fen), 0) AS BIGINT) FROM payment_recovery_step AS s WHERE s.recovery_id = r.id)
            """)
        for programme in ["elder-allowance", "simulated-grant"] {
            let paid: [Int] = try await values("SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM ledger_posting WHERE account = \("outside/paid/000181/" + programme)")
            let expected: [Int] = try await values("""
                SELECT (SELECT CAST(coalesce(sum(f.amount_fen), 0) AS BIGINT) FROM payment_result AS f JOIN payment_line AS l ON l.id = f.line_id
                        WHERE f.credited = 1 AND l.programme = \(programme))
                     - (SELECT CAST(coalesce(sum(amount_fen), 0) AS BIGINT) FROM payment_recovery WHERE programme = \(programme))
                     + (SELECT CAST(coalesce(sum(s.amount_fen), 0) AS BIGINT) FROM payment_recovery_step AS s JOIN payment_recovery AS r ON r.id = s.recovery_id
                        WHERE s.kind = 'offset' AND r.programme = \(programme))
                """)
            if paid != expected { fail("\(programme) 已付 \(paid)，到账减多发加抵扣 \(expected)") }
        }
    }

    /// What this month says was last month's is what last month's roster said.
    private func checkDifferences() async throws {
        for programme in ["elder-allowance", "simulated-grant"] {
            func sum(_ column: Statement, _ month: Month, _ more: Statement) async throws -> Int {
                let found: [Int] = try await values("""
                    SELECT CAST(coalesce(sum(\(column)), 0) AS BIGINT) FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id JOIN case_file AS c ON c.id = r.id
                    WHERE c.state <> 'abandoned' AND r.month = \(month) AND l.month = \(month) AND l.programme = \(programme)\(more)
                    """)
                return found.first ?? 0
            }
            let told = try await sum("l.previous_fen", month, .empty), was = try await sum("l.amount_fen + l.offset_fen", month.previous, .empty)
            if told != was { fail("\(programme) \(month.typed) 名册说上月 \(told) 分，上月名册是 \(was) 分") }
            let now = try await sum("l.amount_fen + l.offset_fen", month, .empty), explained = try await sum("l.difference_fen", month, .empty)
            if now - told != explained { fail("\(programme) \(month.typed) 与上月的差额没有说明到零") }
        }
    }

    // MARK: At the end

    /// For every month that was paid, each has what was due: what was credited or offset, less what was put off or is to be given back.
    func checkRest() async throws {
        let first = Self.begin.monthOf, last = month
        var settled: [String: Int64] = [:]
        let rows = try await counter.database.read { connection in
            try connection.all("""
                SELECT l.programme, l.subject, l.month, CAST(sum(l.amount_fen + l.offset_fen) AS BIGINT) + (
                  SELECT CAST(coalesce(sum(j.amount_fen), 0) AS BIGINT) FROM payment_adjustment AS j
                  WHERE j.programme = l.programme AND j.subject = l.subject AND j.month = l.month AND j.amount_fen < 0 AND j.effective = 1)
                FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id JOIN case_file AS c ON c.id = r.id WHERE c.state = 'closed'
                GROUP BY l.programme, l.subject, l.month
                """) { (try $0.read(0) as String, try $0.read(1) as String, try $0.read(2) as String, Int64(try $0.read(3) as Int)) }
        }
        for row in rows { settled["\(row.0)|\(row.1)|\(row.2)"] = row.3 }
        result.lines = rows.count
        var month = first
        while month <= last {
            for elder in elders where !elder.isAway {
                let due = elder.isAbsorbed ? 0 : due(elder, month), has = settled["elder-allowance|\(elder.id)|\(month.typed)"] ?? 0
                // Whoever died without an account in his name can't be paid the rest; never more than was due.
                if elder.died == nil ? has != due : has > due { try await wrong(elder.id, month, due, has) }
            }
            for household in households {
                let due = household.amounts.filter { $0.key <= month }.max { $0.key < $1.key }?.value ?? 0
                let has = settled["simulated-grant|\(household.subject)|\(month.typed)"] ?? 0
                // Where nobody lives any more there is no account to pay to.
                if household.living.isEmpty ? has > due : has != due { try await wrong(household.subject, month, due, has) }
            }
            month = month.next
        }
        let recoveries: [Int] = try await values("SELECT count(*) FROM payment_recovery")
        result.recoveries = recoveries.first ?? 0
        let sealer = Sealer(database: counter.database, clock: clock)
        while try await sealer.sealWaiting() > 0 {}
        (try await Sealer.verify(counter.database)).faults.forEach(fail)
        (try await counter.database.integrityCheck()).forEach(fail)
    }

    /// Names what was due and what came, with every line that spoke of it.
    private func wrong(_ subject: String, _ month: Month, _ due: Int64, _ has: Int64) async throws {
        fail("\(subject) \(month.typed) 应得 \(due) 分，实得 \(has) 分")
        for line in try await counter.database.read({ connection in
            try connection.all("""
                SELECT c.number, r.month, c.state, l.number, l.reason, coalesce(l.code, ''), l.due_fen, l.previous_fen, l.offset_fen, l.amount_fen, l.payee_id,
                       (SELECT CAST(coalesce(sum(j.amount_fen), 0) AS BIGINT) FROM payment_adjustment AS j WHERE j.line_id = l.id AND j.effective = 1),
                       coalesce((SELECT max(f.detail) FROM payment_finding AS f WHERE f.line_id = l.id), '')
                FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id JOIN case_file AS c ON c.id = r.id WHERE l.subject = \(subject) AND l.month = \(month) ORDER BY l.id
                """) { $0.values.map { value in switch value { case .text(let text): text; case .integer(let number): "\(number)"; case .null: "" } }.joined(separator: " ") }
        }) { fail("　　\(line)") }
    }

    /// The rule again, written from the ruling: from the month of the eightieth birthday, the month of death included.
    private func due(_ elder: Elder, _ month: Month) -> Int64 {
        if let died = elder.died, died.monthOf < month { return 0 }
        let age = elder.born.age(on: month.last)
        guard age >= 80 else { return 0 }
        return age >= 100 ? 100_000 : rates.last { $0.from <= month }?.fen ?? 0
    }
}
