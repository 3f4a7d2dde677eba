@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// 模拟中查出、已经改正的毛病，各留一个测试；以及中断的回盘。
struct PaymentFaultTests {
    private func closed(_ pay: PayOffice, _ run: ID<PaymentRun>) async throws {
        try await pay.sign(run)
        guard try await !pay.counter.read(as: .house, { try $0.batches(of: run).isEmpty }) else {
            try await pay.act("close-empty-month", run, as: financier)
            return
        }
        let file = try await pay.file(run)
        try await pay.take(try pay.answer(file), run)
        try await pay.act("close-month", run, as: financier)
    }

    private func dies(_ person: String, _ day: String, _ pay: PayOffice) async throws {
        try await pay.office.database.write { _ = try $0.run("UPDATE person SET died_on = \(day) WHERE id = \(person)") }
    }

    @Test("成员去世的当月：重新核定之前暂缓，核定之后补发，一分不少；仍列着他的以后月份不发")
    func monthOfDeath() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 2)
        try await pay.grant("h", people, 300, from: "2024-07")
        try await pay.fund()
        try await dies(people[1], "2024-07-05", pay)
        let july = try await pay.open("2024-07")
        #expect(try await pay.lines(july).map { [$0.reason, $0.code] } == [["held", "DEATH"]])
        try await closed(pay, july)
        pay.office.clock.set(day(2024, 8, 9))
        let august = try await pay.open("2024-08")
        #expect(try await pay.lines(august).map { [$0.month, $0.reason, $0.code] } == [["2024-08", "held", "DEATH"], ["2024-07", "held", "DEATH"]])
        try await closed(pay, august)
        pay.office.clock.set(day(2024, 9, 9))
        try await pay.endGrant("h", until: "2024-08")
        try await pay.grant("h", [people[0]], 200, from: "2024-08")
        let september = try await pay.open("2024-09")
        #expect(try await pay.lines(september).map { [$0.month, $0.reason, "\($0.amount)"] } == [["2024-09", "changed", "200"], ["2024-07", "arrears", "300"], ["2024-08", "arrears", "200"]])
        try await closed(pay, september)
        #expect(try await pay.verified() == [])
    }

    @Test("收款人本人去世的当月：核定之后仍不发到他的账户，等换了收款人")
    func payeeDied() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 2)
        try await pay.grant("h", people, 300, from: "2024-07")
        try await pay.fund()
        try await dies(people[0], "2024-07-05", pay)
        try await closed(pay, try await pay.open("2024-07"))
        pay.office.clock.set(day(2024, 8, 9))
        try await pay.endGrant("h", until: "2024-08")
        try await pay.grant("h", [people[1]], 200, from: "2024-08")
        let august = try await pay.open("2024-08")
        #expect(try await pay.lines(august).map { [$0.month, $0.reason, "\($0.amount)"] } == [["2024-08", "changed", "200"], ["2024-07", "held", "0"]])
    }

    @Test("没有账户又去世的：补登了账户，检查也不恢复发放")
    func checkedDead() async throws {
        let pay = try await PayOffice(), person = try await pay.payee("试无户", sequence: 9, hasAccount: false), member = try await pay.payee("试成员", sequence: 10)
        try await pay.grant("h", [person, member], 100, from: "2024-07")
        try await pay.fund()
        let run = try await pay.open("2024-07")
        #expect(try await pay.lines(run).map(\.code) == ["NO_ACCOUNT"])
        try await pay.account(of: person, "试无户", 78)
        try await dies(member, "2024-07-02", pay)
        #expect(try await pay.act("check-month", run, as: reviewer).contains("恢复") == false)
        #expect(try await pay.lines(run).map(\.amount) == [0])
    }

    // MARK: Recoveries beside a roster

    /// July was overpaid by 40; taking it off is agreed on.
    private func owing(_ pay: PayOffice, _ person: String, subject: String = "h") async throws -> String {
        try await pay.grant(subject, [person], 100, from: "2024-07")
        try await closed(pay, try await pay.open("2024-07"))
        pay.office.clock.set(day(2024, 8, 9))
        try await pay.endGrant(subject, until: "2024-07")
        try await pay.grant(subject, [person], 60, from: "2024-07")
        try await closed(pay, try await pay.open("2024-08"))
        let found: String? = try await pay.office.database.read { try $0.value("SELECT id FROM payment_recovery") }
        let id = try #require(found)
        try await pay.office.submit("payments.notify-recovery", ["recovery": id, "told": "已送达"], as: reviewer)
        try await pay.office.submit("payments.agree-repayment", ["recovery": id, "instalment_fen": "30.00", "may_offset": "1", "consent": "同意书"], as: reviewer)
        pay.office.clock.set(day(2024, 9, 9))
        return id
    }

    @Test("名册正要抵扣的：不能同时退款、核销或改为不抵扣，说明是哪一批；记账之后再办其余的")
    func refundBesideRoster() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 1)
        try await pay.fund()
        let id = try await owing(pay, people[0]), run = try await pay.open("2024-09")
        #expect(try await pay.lines(run).map { [$0.offset, $0.amount] } == [[30, 30]])
        func refund(_ yuan: Int) async throws { try await pay.office.submit("payments.record-refund", ["recovery": id, "amount_fen": "\(yuan).00", "receipt": "凭证"], as: financier) }
        let told = try await pay.office.told { try await refund(40) }
        #expect(told?.kind == .conflict && told?.message.contains("FF2024-000003") == true && told?.message.contains("30.00 元") == true, "\(told?.message ?? "办了")")
        #expect(try await pay.office.refusal { try await pay.office.submit("payments.write-off-recovery", ["recovery": id, "reason": "无法追回"], as: leader) } == .conflict)
        #expect(try await pay.office.refusal {
            try await pay.office.submit("payments.agree-repayment", ["recovery": id, "instalment_fen": "10.00", "may_offset": "0"], as: reviewer)
        } == .conflict)
        try await refund(10)
        try await closed(pay, run)
        #expect(try await pay.counter.read(as: .house) { try $0.caseFile(id: id)?.state } == "settled")
        #expect(try await pay.verified() == [])
    }

    @Test("放弃了的批次不再抵扣：可以一次退清")
    func refundAfterAbandoning() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 1)
        try await pay.fund()
        let id = try await owing(pay, people[0]), run = try await pay.open("2024-09")
        try await pay.act("abandon-month", run, ["reason": "先退款"], as: reviewer)
        try await pay.office.submit("payments.record-refund", ["recovery": id, "amount_fen": "40.00", "receipt": "凭证"], as: financier)
        try await closed(pay, try await pay.open("2024-09"))
        #expect(try await pay.verified() == [])
    }

    @Test("一人收两户的钱：约定的一期只抵扣一次")
    func offsetOnce() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 2)
        try await pay.fund()
        _ = try await owing(pay, people[0])
        let now = pay.office.clock.now()
        try await pay.office.database.write { connection in
            _ = try connection.run("""
                INSERT INTO grant_due (id, subject, person_id, payee_id, region, amount_fen, from_month, known_at)
                VALUES (\(ID<Ruling>.make(at: now)), 'k', \(people[1]), \(people[0]), \(township), \(Money.yuan(50)), '2024-09', \(now))
                """)
        }
        let run = try await pay.open("2024-09")
        #expect(try await pay.lines(run).filter { $0.month == "2024-09" }.map { [$0.due, $0.offset, $0.amount] } == [[60, 30, 30], [50, 0, 50]])
        try await closed(pay, run)
        #expect(try await pay.verified() == [])
    }

    // MARK: Returns

    private func filed(channel: String = "bank") async throws -> (PayOffice, ID<PaymentRun>, [UInt8]) {
        let pay = try await PayOffice(), people = try await peopled(pay, 3)
        for (index, person) in people.enumerated() { try await pay.grant("h\(index)", [person], 100 * (index + 1), from: "2024-07") }
        try await pay.fund()
        let run = try await pay.open("2024-07", channel: channel)
        try await pay.sign(run)
        return (pay, run, try await pay.file(run))
    }

    @Test("登记到一半中断的回盘：同一份接着登记；说法不同的另一份不收，说明是哪一笔")
    func interrupted() async throws {
        let (pay, run, file) = try await filed()
        let answer = try pay.answer(file, failing: [2: .closed]), rows = try BankFormat().returned(answer).rows
        // The process ended behind the first slice.
        let batch = try #require(try await pay.counter.read(as: .house) { try $0.batches(of: run).last })
        let found = try await pay.counter.read(as: .house) { try $0.find(run) }
        try await PaymentWork(counter: pay.counter).submit("take-return-slice", found, "cut", bringing: ReturnSlice(batch: batch.id, on: day(2024, 7, 10), rows: rows.prefix(2).map { ReturnResult(seq: $0.seq, amount: $0.amount, failure: $0.failure) }))
        let told = try await pay.office.told { try await pay.take(try pay.answer(file), run) }
        #expect(told?.kind == .conflict && told?.message.contains("第 2 笔") == true, "\(told?.message ?? "收了")")
        #expect(try await pay.count("SELECT count(*) FROM payment_result") == 2)
        try await pay.take(answer, run)
        #expect(try await pay.state(run) == "returned")
        #expect(try await pay.count("SELECT count(*) FROM payment_result") == 3)
        try await pay.act("defer-failed", run, ["reason": "联系不上"], as: financier)
        try await pay.act("close-month", run, as: financier)
        #expect(try await pay.verified() == [])
    }

    enum Fault: String, CaseIterable, Sendable {
        case otherBatch, truncated, cutInACell, unknownRow, missingRow, otherSum, otherAccount, doubled, headSum, headCount, unknownCode, otherColumns, utf16, notAFile, empty
    }

    @Test("财政平台的回盘有毛病：整份不收，一笔不登记", arguments: Fault.allCases)
    func refusedByTreasury(_ fault: Fault) async throws {
        let (pay, run, file) = try await filed(channel: "treasury")
        let format = TreasuryFormat(), good = try format.returned(pay.answer(file, in: format))
        let text = String(decoding: try format.returned(good), as: UTF8.self)
        var rows = good.rows, number = good.number
        switch fault {
        case .otherBatch: number = "FF2024-000009-1"
        case .unknownRow: rows.append(ReturnRow(seq: 9, account: "10000009", amount: .yuan(1), failure: nil))
        case .missingRow: rows.removeLast()
        case .otherSum: rows[1] = ReturnRow(seq: 2, account: rows[1].account, amount: .yuan(1), failure: nil)
        case .otherAccount: rows[1] = ReturnRow(seq: 2, account: "99999999", amount: rows[1].amount, failure: nil)
        case .doubled: rows.append(rows[0])
        default: break
        }
        var bytes = try format.returned(ReturnFile(number: number, on: good.on, rows))
        switch fault {
        case .truncated: bytes.removeLast(30)
        case .cutInACell: bytes.removeLast(4)
        case .headSum: bytes = try format.returned(ReturnFile(number: number, on: good.on, credited: 3, creditedSum: .yuan(9), failed: 0, failedSum: .zero, rows: rows))
        case .headCount: bytes = try format.returned(ReturnFile(number: number, on: good.on, credited: 2, creditedSum: .yuan(600), failed: 1, failedSum: .zero, rows: rows))
        case .unknownCode: bytes = Array(text.replacing("\"00\"", with: "\"77\"").utf8)
        case .otherColumns: bytes = Array(text.replacing("结果代码", with: "结果").utf8)
        case .utf16: bytes = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        case .notAFile: bytes = Array("你好".utf8)
        case .empty: bytes = []
        default: break
        }
        let told = try await pay.office.told { try await pay.take(bytes, run) }
        #expect(told != nil && told?.message.isEmpty == false, "\(fault)")
        #expect(try await pay.count("SELECT count(*) FROM payment_result") == 0)
        #expect(try await pay.state(run) == "filed")
        try await pay.take(try format.returned(good), run)
        #expect(try await pay.state(run) == "returned")
    }

    @Test("别的编码：财政平台的回盘也收 GB 18030；银行的定长文件不收 UTF-16")
    func encodings() async throws {
        let (pay, run, file) = try await filed(channel: "treasury")
        let format = TreasuryFormat(), text = String(decoding: try pay.answer(file, in: format), as: UTF8.self).drop { $0 == "\u{FEFF}" }
        try await pay.take(try TextEncoding.gb18030.encode(String(text)), run)
        #expect(try await pay.state(run) == "returned")
        let (bank, other, sent) = try await filed()
        let told = try await bank.office.told { try await bank.take(try bank.answer(sent).flatMap { [$0, 0] }, other) }
        #expect(told?.kind == .invalid, "\(told?.message ?? "收了")")
        #expect(try await bank.count("SELECT count(*) FROM payment_result") == 0)
    }
}

/// 冻结之后才知道的。
struct PaymentSignalTests {
    @Test("名册列出之后登记的暂缓、死亡：检查时当行暂缓；解除之后再检查，当月恢复")
    func afterFreezing() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 3), elder = try await pay.payee("试长者", born: 1925, sequence: 40)
        for (index, person) in people.enumerated() { try await pay.grant("h\(index)", [person], 100, from: "2024-07") }
        try await pay.fund()
        try await pay.fund("bonus")
        let run = try await pay.open("2024-07", nil)
        #expect(try await pay.lines(run).allSatisfy { $0.amount > 0 })
        let hold = try await pay.office.submit("payments.hold-payments", ["person": people[0], "code": "CUSTODY", "reason": "比对有羁押信息"], as: reviewer).outcome.subject
        try await pay.office.submit("people.record-death", ["person": people[1], "died_on": "2024-07-04"], as: reviewer)
        // 长者奖励自己知道死亡：当月去世的照发，上月去世的不发。
        try await pay.office.submit("people.record-death", ["person": elder, "died_on": "2024-06-30"], as: reviewer)
        #expect(try await pay.act("check-month", run, as: reviewer).contains("冻结之后有变化 3 行"))
        #expect(try await pay.lines(run).map { [$0.reason, $0.code, "\($0.amount)"] } == [
            ["held", "CUSTODY", "0"], ["held", "DEATH", "0"], ["new", "", "100"], ["held", "DEATH", "0"],
        ])
        #expect(try await pay.count("SELECT count(*) FROM payment_claim WHERE effective = 1") == 1)
        try await pay.office.submit("payments.release-hold", ["hold": hold, "release_reason": "核实为同名"], as: reviewer)
        #expect(try await pay.act("check-month", run, as: reviewer).contains("恢复发放 1 行"))
        #expect(try await pay.lines(run).map(\.amount) == [100, 0, 100, 0])
        try await pay.sign(run)
        try await pay.take(try pay.answer(try await pay.file(run)), run)
        try await pay.act("close-month", run, as: financier)
        #expect(try await pay.proof(run).paid == .yuan(200))
        #expect(try await pay.verified() == [])
        pay.office.clock.set(day(2024, 8, 9))
        // 八月：六月去世的长者，七月没有发过，也就没有要追回的。
        #expect(try await pay.lines(try await pay.open("2024-08", "bonus")).map(\.amount).allSatisfy { $0 == 0 })
        #expect(try await pay.count("SELECT count(*) FROM payment_recovery") == 0)
    }
}
