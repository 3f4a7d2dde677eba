@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// 回盘、补发、追回、一次性发放。
struct PaymentReturnTests {
    private func filed(_ count: Int = 3) async throws -> (PayOffice, ID<PaymentRun>, [UInt8], [String]) {
        let pay = try await PayOffice(), people = try await peopled(pay, count)
        for (index, person) in people.enumerated() { try await pay.grant("h\(index)", [person], 100 * (index + 1), from: "2024-07") }
        try await pay.fund()
        let run = try await pay.open("2024-07")
        try await pay.sign(run)
        return (pay, run, try await pay.file(run), people)
    }

    @Test("失败的只补发失败的，成为关联的新一批；成功后对账到零")
    func reissue() async throws {
        let (pay, run, file, people) = try await filed()
        try await pay.take(try pay.answer(file, failing: [2: .closed]), run)
        let early = try await pay.office.told { try await pay.act("close-month", run, as: financier) }
        #expect(early?.kind == .outOfOrder && early?.message.contains("1 笔 200.00 元") == true)
        pay.office.clock.set(day(2024, 7, 15))
        try await pay.account(of: people[1], "试乙某", 99)
        try await pay.act("reissue-failed", run, as: financier)
        let second = try await pay.file(run)
        let (head, rows) = try BankFormat().payments(second)
        #expect(head.number == "FF2024-000001-2" && rows.map(\.account) == ["10000099"] && rows[0].amount == .yuan(200))
        try await pay.take(try pay.answer(second), run)
        try await pay.act("close-month", run, as: financier)
        let proof = try await pay.proof(run)
        #expect(proof.isZero && proof.credited == 3 && proof.creditedSum == .yuan(600) && proof.batches.map(\.rows) == [3, 1])
        #expect(try await pay.verified() == [])
    }

    @Test("失败的转入下月：应付冲正，资金退回，下月自动补发")
    func deferred() async throws {
        let (pay, run, file, people) = try await filed()
        try await pay.take(try pay.answer(file, failing: [3: .frozen]), run)
        try await pay.act("defer-failed", run, ["reason": "联系不上本人"], as: financier)
        try await pay.act("close-month", run, as: financier)
        #expect(try await pay.verified() == [])
        let paid = try await pay.counter.read(as: .house) { Money(fen: try $0.balance(.paid(county, "grant"))) }
        #expect(paid == .yuan(300))
        pay.office.clock.set(day(2024, 8, 9))
        try await pay.account(of: people[2], "试丙某", 98)
        let august = try await pay.month("2024-08")
        #expect(try await pay.lines(august).suffix(1).map { [$0.subject, $0.month, $0.reason, "\($0.amount)"] } == [["h2", "2024-07", "arrears", "300"]])
        #expect(try await pay.verified() == [])
        pay.office.clock.set(day(2024, 9, 9))
        let september = try await pay.open("2024-09")
        #expect(try await pay.lines(september).allSatisfy { $0.reason == "continued" })
    }

    enum Fault: String, CaseIterable, Sendable {
        case otherBatch, truncated, unknownRow, missingRow, otherSum, otherAccount, doubled, headSum, notAFile
    }

    @Test("有毛病的回盘文件：整份不收，一笔不登记", arguments: Fault.allCases)
    func refused(_ fault: Fault) async throws {
        let (pay, run, file, _) = try await filed()
        let good = try BankFormat().returned(pay.answer(file))
        var rows = good.rows, number = good.number
        switch fault {
        case .otherBatch: number = "FF2024-000009-1"
        case .unknownRow: rows.append(ReturnRow(seq: 9, account: "10000009", amount: .yuan(1), failure: nil))
        case .missingRow: rows.removeLast()
        case .otherSum: rows[1] = ReturnRow(seq: 2, account: rows[1].account, amount: .yuan(1), failure: nil)
        case .otherAccount: rows[1] = ReturnRow(seq: 2, account: "99999999", amount: rows[1].amount, failure: nil)
        case .doubled: rows.append(rows[0])
        case .truncated, .headSum, .notAFile: break
        }
        var bytes = try BankFormat().returned(ReturnFile(number: number, on: good.on, rows))
        if fault == .truncated { bytes.removeLast(30) }
        if fault == .notAFile { bytes = Array("你好".utf8) }
        if fault == .headSum {
            bytes = try BankFormat().returned(ReturnFile(number: number, on: good.on, credited: 3, creditedSum: .yuan(9), failed: 0, failedSum: .zero, rows: rows))
        }
        let told = try await pay.office.told { try await pay.take(bytes, run) }
        #expect(told != nil, "\(fault)")
        #expect(try await pay.count("SELECT count(*) FROM payment_result") == 0)
        #expect(try await pay.state(run) == "filed")
        try await pay.take(try pay.answer(file), run)
        #expect(try await pay.state(run) == "returned")
    }

    @Test("同一份回盘登记两次：第二次说明已登记在哪一批")
    func twice() async throws {
        let (pay, run, file, _) = try await filed()
        let answer = try pay.answer(file)
        try await pay.take(answer, run)
        let told = try await pay.office.told { try await pay.take(answer, run) }
        #expect(told?.kind == .conflict && told?.message.contains("FF2024-000001-1") == true)
        #expect(try await pay.count("SELECT count(*) FROM payment_result") == 3)
    }

    @Test("多发：告知、经同意抵扣，名册写明抵扣，退清自动办结")
    func recovery() async throws {
        let (pay, run, file, people) = try await filed(1)
        try await pay.take(try pay.answer(file), run)
        try await pay.act("close-month", run, as: financier)
        pay.office.clock.set(day(2024, 8, 9))
        try await pay.endGrant("h0", until: "2024-07")
        try await pay.grant("h0", people, 60, from: "2024-07")          // 七月多发 40
        try await pay.month("2024-08")
        let found: String? = try await pay.office.database.read { try $0.value("SELECT id FROM payment_recovery") }
        let id = try #require(found)
        func act(_ name: String, _ more: [String: String], as actor: Actor) async throws {
            try await pay.office.submit("payments.\(name)", more.merging(["recovery": id]) { first, _ in first }, as: actor)
        }
        try await act("notify-recovery", ["told": "八月十日送达告知书"], as: reviewer)
        let unconsented = try await pay.office.told { try await act("agree-repayment", ["instalment_fen": "25.00", "may_offset": "1"], as: reviewer) }
        #expect(unconsented?.kind == .invalid)
        try await act("agree-repayment", ["instalment_fen": "25.00", "may_offset": "1", "consent": "同意书 2024-1 号"], as: reviewer)
        pay.office.clock.set(day(2024, 9, 9))
        let september = try await pay.month("2024-09")
        #expect(try await pay.lines(september).map { [$0.reason, "\($0.due)", "\($0.offset)", "\($0.amount)"] } == [["recovery", "60", "25", "35"]])
        #expect(try await pay.verified() == [])
        pay.office.clock.set(day(2024, 10, 9))
        try await act("record-refund", ["amount_fen": "5.00", "receipt": "0001"], as: financier)
        let tooMuch = try await pay.office.told { try await act("record-refund", ["amount_fen": "20.00", "receipt": "0002"], as: financier) }
        #expect(tooMuch?.kind == .invalid)
        try await pay.month("2024-10")
        let state = try await pay.counter.read(as: .house) { try $0.caseFile(id: id)?.state }
        #expect(state == "settled")
        #expect(try await pay.verified() == [])
        let receivable = try await pay.office.count("SELECT CAST(sum(amount) AS BIGINT) FROM ledger_posting WHERE account = \("receivable/" + id)")
        #expect(receivable == 0)
    }

    @Test("一次性发放：在发人员每人一份，同一名目一月一次，检查和证明相同")
    func oneOff() async throws {
        let (pay, run, file, _) = try await filed()
        try await pay.take(try pay.answer(file), run)
        try await pay.act("close-month", run, as: financier)
        try await pay.rule(oneOffFundShare.ships(.percent(100), variant: "local", in: county, from: day(2020, 1, 1), cite: "试〔2020〕4号"))
        try await pay.fund("one-off.price-2024-07", 1, 1_000)
        let values = ["region": county.code, "title": "价格临时补贴", "name": "price-2024-07", "basis": "试〔2024〕9号", "month": "2024-07", "programme": "grant", "each_fen": "20.00", "channel": "bank"]
        let id = try ID<PaymentRun>(typed: try await pay.office.submit("payments.open-one-off", values, as: reviewer).outcome.subject)
        try await pay.work(id)
        try await pay.sign(id)
        let sent = try await pay.file(id)
        try await pay.take(try pay.answer(sent), id)
        try await pay.act("close-month", id, as: financier)
        #expect(try await pay.proof(id).creditedSum == .yuan(60))
        #expect(try await pay.verified() == [])
        let second = try ID<PaymentRun>(typed: try await pay.office.submit("payments.open-one-off", values, as: reviewer).outcome.subject)
        try await pay.work(second)
        #expect(try await pay.lines(second).allSatisfy { $0.code == "DUPLICATE" })
        try await pay.act("abandon-month", second, ["reason": "重复"], as: reviewer)
        // 换一个月份说，还是同一名目。
        pay.office.clock.set(day(2024, 8, 9))
        try await pay.month("2024-08")
        let third = try ID<PaymentRun>(typed: try await pay.office.submit("payments.open-one-off", values.merging(["month": "2024-08"]) { $1 }, as: reviewer).outcome.subject)
        try await pay.work(third)
        #expect(try await pay.lines(third).allSatisfy { $0.code == "DUPLICATE" })
    }

    @Test("机构请领：同一机构、项目、时段、依据只有一次")
    func organisations() async throws {
        let pay = try await PayOffice()
        let organisation = try await pay.office.submit("organisations.register-organisation", [
            "name": "试养老院", "kind": OrganisationKind.grassroots.rawValue, "region": township.code, "founded_on": "2020-01-01", "status": OrganisationStatus.allCases[0].rawValue,
        ], as: reviewer).outcome.subject
        let values = ["organisation": organisation, "programme": "养老机构运营补贴", "period": "2024-07", "basis": "协议一号", "amount_fen": "3000.00"]
        try await pay.office.submit("payments.claim-for-organisation", values, as: reviewer)
        let told = try await pay.office.told { try await pay.office.submit("payments.claim-for-organisation", values, as: reviewer) }
        #expect(told?.kind == .conflict)
    }

    @Test("为什么是这个数：写成句子")
    func why() async throws {
        let (pay, run, file, people) = try await filed(1)
        try await pay.take(try pay.answer(file), run)
        let sentences = try await pay.counter.read(as: .house) { reader in try reader.paidLines(of: ID(typed: people[0])).flatMap { try reader.sentences(of: $0) } }
        #expect(sentences == ["2024年7月家庭补贴发 100.00 元，上月没有这一项。", "按家庭补贴办法核定。", "已于2024年7月10日到账。"])
    }
}
