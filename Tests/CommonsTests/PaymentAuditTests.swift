@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// 有人直接改数据库：核对时指名那一行。
struct PaymentAuditTests {
    /// Three months: one payment fails and is put off, one is overpaid, partly refunded, partly taken off, and the rest written off.
    private func story() async throws -> PayOffice {
        let pay = try await PayOffice(), people = try await peopled(pay, 3)
        for (index, person) in people.enumerated() { try await pay.grant("h\(index)", [person], 100 * (index + 1), from: "2024-07") }
        try await pay.fund()
        let july = try await pay.open("2024-07")
        try await pay.sign(july)
        try await pay.take(try pay.answer(try await pay.file(july), failing: [3: .closed]), july)
        try await pay.act("defer-failed", july, ["reason": "换卡"], as: financier)
        try await pay.act("close-month", july, as: financier)
        pay.office.clock.set(day(2024, 8, 9))
        try await pay.endGrant("h0", until: "2024-07")
        try await pay.grant("h0", [people[0]], 60, from: "2024-07")
        try await pay.month("2024-08")
        let found: String? = try await pay.office.database.read { try $0.value("SELECT id FROM payment_recovery") }
        let id = try #require(found)
        try await pay.office.submit("payments.notify-recovery", ["recovery": id, "told": "已送达"], as: reviewer)
        try await pay.office.submit("payments.agree-repayment", ["recovery": id, "instalment_fen": "30.00", "may_offset": "1", "consent": "同意书"], as: reviewer)
        try await pay.office.submit("payments.record-refund", ["recovery": id, "amount_fen": "5.00", "receipt": "凭证"], as: financier)
        pay.office.clock.set(day(2024, 9, 9))
        try await pay.month("2024-09")
        try await pay.office.submit("payments.write-off-recovery", ["recovery": id, "reason": "无法追回"], as: leader)
        return pay
    }

    struct Edit: Sendable, CustomStringConvertible {
        let description: String, statements: [Statement], told: String
        init(_ description: String, _ told: String, _ statements: Statement...) { (self.description, self.told, self.statements) = (description, told, statements) }
    }

    private static let september: Statement = "(SELECT id FROM payment_run WHERE month = '2024-09')"
    private static let line: Statement = "(SELECT id FROM payment_line WHERE subject = 'h1' AND run_id = \(september))"

    static let edits = [
        Edit("请领的金额", "请领合计", "UPDATE payment_claim SET amount_fen = amount_fen + 1 WHERE line_id = \(line)"),
        Edit("请领的人", "被改动过：项目、月份或者人", "UPDATE payment_claim SET person_id = 'X' WHERE line_id = \(line)"),
        Edit("请领的月份", "被改动过：项目、月份或者人", "UPDATE payment_claim SET month = '2023-01' WHERE line_id = \(line)"),
        Edit("请领失效", "请领合计 0.00 元", "UPDATE payment_claim SET effective = NULL WHERE line_id = \(line)"),
        Edit("删一份请领", "请领合计 0.00 元", "DELETE FROM payment_claim WHERE line_id = \(line)"),
        Edit("名册的金额", "被改动过", "UPDATE payment_line SET amount_fen = 1, due_fen = 1, difference_fen = 1 - previous_fen WHERE id = \(line)"),
        Edit("名册的账户", "被改动过", "UPDATE payment_line SET account_id = NULL WHERE id = \(line)"),
        Edit("删一行名册和它的一切，行数也改", "记的名册行", "DELETE FROM payment_result WHERE line_id = \(line)", "DELETE FROM payment_claim WHERE line_id = \(line)",
             "DELETE FROM payment_finding WHERE line_id = \(line)", "DELETE FROM payment_line WHERE id = \(line)", "UPDATE payment_run SET lines = lines - 1 WHERE id = \(september)"),
        Edit("失败改成功", "与名册、记账不符", "UPDATE payment_result SET credited = 1, code = NULL WHERE credited = 0"),
        Edit("成功改失败", "没有恰好一笔成功", "UPDATE payment_result SET credited = 0, code = '01' WHERE line_id = \(line)"),
        Edit("回盘的金额", "与名册、记账不符", "UPDATE payment_result SET amount_fen = amount_fen + 1 WHERE line_id = \(line)"),
        Edit("删一笔回盘", "没有恰好一笔成功", "DELETE FROM payment_result WHERE line_id = \(line)"),
        Edit("批次的合计", "回盘逐笔与合计不符", "UPDATE payment_batch SET credited_fen = credited_fen + 1"),
        Edit("追回的金额", "的金额（1.00 元）", "UPDATE payment_recovery SET amount_fen = 100"),
        Edit("追回的月份", "月份或者当事人与名册不符", "UPDATE payment_recovery SET from_month = '2023-01'"),
        Edit("追回的当事人", "月份或者当事人与名册不符", "UPDATE payment_recovery SET payee_id = (SELECT max(payee_id) FROM payment_line)"),
        Edit("退款的金额", "的退款与记账不符", "UPDATE payment_recovery_step SET amount_fen = 400 WHERE kind = 'refund'"),
        Edit("删一笔退款", "的退款与记账不符", "DELETE FROM payment_recovery_step WHERE kind = 'refund'"),
        Edit("核销改成退款", "的核销与记账不符", "UPDATE payment_recovery_step SET kind = 'refund' WHERE kind = 'written-off'"),
        Edit("删一笔抵扣", "的抵扣在追回里没有", "DELETE FROM payment_recovery_step WHERE kind = 'offset'"),
        Edit("多发的调整", "多发的金额与调整的请领不符", "UPDATE payment_adjustment SET amount_fen = amount_fen - 1 WHERE recovery_id IS NOT NULL"),
        Edit("资金来源的金额", "与记账不符", "UPDATE payment_budget SET amount_fen = amount_fen * 2 WHERE source = 'local'"),
        Edit("资金来源的来源", "与记账不符", "UPDATE payment_budget SET source = 'other' WHERE source = 'local'"),
        Edit("删一笔资金来源", "记了账而登记不见了", "DELETE FROM payment_budget WHERE source = 'local'"),
        Edit("资金分担", "与占用的记账不符", "UPDATE payment_fund_split SET amount_fen = amount_fen + 1"),
        Edit("冻结的数据", "冻结的数据被改动过", "UPDATE payment_input SET amount_fen = 1 WHERE subject = 'h1' AND run_id = \(september)"),
        Edit("分类合计", "分类合计", "UPDATE payment_tally SET previous_fen = previous_fen + 100 WHERE run_id = \(september)"),
        Edit("签批的人", "在日志里没有", "UPDATE payment_signature SET name = '别人' WHERE step = 'leader'"),
        Edit("删一道签批", "签批的有 2 人", "DELETE FROM payment_signature WHERE step = 'leader' AND run_id = \(september)"),
        Edit("发放文件", "发放文件被改动过", "UPDATE payment_file SET sealed = 'x' WHERE id = (SELECT max(id) FROM payment_file)"),
        Edit("删发放文件", "发放文件被改动过", "DELETE FROM payment_file WHERE id = (SELECT max(id) FROM payment_file)"),
        Edit("一笔记账", "被改动过", "UPDATE ledger_posting SET amount = amount + 1 WHERE entry_id = (SELECT id FROM ledger_entry WHERE kind = 'due' AND subject = \(line))"),
        Edit("整笔分录连同记账", "没有相符的应付记账", "DELETE FROM ledger_posting WHERE entry_id = (SELECT id FROM ledger_entry WHERE kind = 'due' AND subject = \(line))",
             "DELETE FROM ledger_entry WHERE kind = 'due' AND subject = \(line)"),
        Edit("对账证明的摘要", "与办结时日志所记的不同", "UPDATE payment_run SET proof_hash = input_hash WHERE id = \(september)"),
    ]

    @Test("改一处、删一处，都指得出来", arguments: edits)
    func edited(_ edit: Edit) async throws {
        let pay = try await story()
        #expect(try await pay.verified() == [])
        try await pay.office.database.write { connection in for statement in edit.statements { _ = try connection.run(statement) } }
        let faults = try await pay.verified()
        #expect(faults.contains { $0.contains(edit.told) }, "\(edit)：\(faults)")
    }

    @Test("证明、名册、台账、追回通知书上的数对得上")
    func sumsAgree() async throws {
        let pay = try await story()
        for month in ["2024-07", "2024-08", "2024-09"] {
            let found: String? = try await pay.office.database.read { try $0.value("SELECT id FROM payment_run WHERE month = \(month)") }
            let run = try ID<PaymentRun>(typed: try #require(found)), proof = try await pay.proof(run)
            let lines = try await pay.count("SELECT CAST(sum(amount_fen) AS BIGINT) FROM payment_line WHERE run_id = \(run)")
            let posted = try await pay.count("""
                SELECT CAST(coalesce(sum(p.amount), 0) AS BIGINT) FROM ledger_entry AS e JOIN ledger_posting AS p ON p.entry_id = e.id JOIN payment_line AS l ON l.id = e.subject
                WHERE l.run_id = \(run) AND e.kind = 'paid' AND p.account = 'outside/paid/000181/grant'
                """)
            #expect(Int(proof.paid.fen) == lines && Int(proof.creditedSum.fen) == posted && proof.paid == proof.creditedSum + proof.put.sum, "\(month)")
            #expect(proof.previous + proof.reasons.reduce(.zero) { $0 + $1.difference } - proof.offsets == proof.paid, "\(month)")
        }
        let found: String? = try await pay.office.database.read { try $0.value("SELECT id FROM payment_recovery") }
        let notice = "\(try await pay.office.page("payments", "recoveries/{id}/notice", ["id": try #require(found)], as: reviewer))"
        for text in ["100.00", "60.00", "40.00"] { #expect(notice.contains(text), "\(text)") }
    }
}
