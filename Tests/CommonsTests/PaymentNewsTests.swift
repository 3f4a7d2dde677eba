@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// 检查之后才知道的事：签不了，也记不了账；以及签批之前名册被改动。
struct PaymentNewsTests {
    private func checked(_ pay: PayOffice) async throws -> (ID<PaymentRun>, [String]) {
        let people = try await peopled(pay, 3)
        for (index, person) in people.enumerated() { try await pay.grant("h\(index)", [person], 100, from: "2024-07") }
        try await pay.fund()
        let run = try await pay.open("2024-07")
        try await pay.act("check-month", run, as: reviewer)
        return (run, people)
    }

    /// One dies, one is found to be in custody.
    private func befall(_ people: [String], _ pay: PayOffice) async throws {
        try await pay.office.submit("people.record-death", ["person": people[1], "died_on": "2024-07-09"], as: reviewer)
        try await pay.office.submit("payments.hold-payments", ["person": people[2], "code": "CUSTODY", "reason": "比对有羁押信息"], as: reviewer)
    }

    private func codes(_ pay: PayOffice, _ run: ID<PaymentRun>) async throws -> [[String]] { try await pay.lines(run).map { [$0.subject, $0.reason, $0.code, "\($0.amount)"] } }

    @Test("检查之后登记的死亡、羁押：轮到哪一道都签不了，说出是谁、怎么办；退回、重新检查之后只暂缓那两行", arguments: ["business", "finance", "leader"])
    func beforeSigning(_ step: String) async throws {
        let pay = try await PayOffice(), (run, people) = try await checked(pay)
        let signers: [(String, Actor)] = [("business", approver), ("finance", financier), ("leader", leader)]
        for (name, signer) in signers.prefix(while: { $0.0 != step }) { try await pay.act("sign-as-\(name)", run, as: signer) }
        try await befall(people, pay)
        let signer = try #require(signers.first { $0.0 == step }).1
        let told = try await pay.office.told { try await pay.act("sign-as-\(step)", run, as: signer) }
        #expect(told?.kind == .conflict && told?.message.contains("1 人死亡（试乙某）、1 人服刑、羁押待核实（试丙某）") == true, "\(told?.message ?? "签了")")
        #expect(told?.message.contains(step == "business" ? "请业务科再「检查名册」一次" : "请先「退回名册」") == true)
        let shown = try await pay.office.page("payments", "runs/{id}", ["id": run.text], as: signer)
        #expect("\(shown)".contains("名册列出之后又登记了1 人死亡（试乙某）"))
        if step != "business" { try await pay.act("send-back", run, ["reason": "有人去世"], as: signer) }
        try await pay.sign(run)
        #expect(try await codes(pay, run) == [["h0", "new", "", "100"], ["h1", "held", "DEATH", "0"], ["h2", "held", "CUSTODY", "0"]])
        #expect(try await pay.state(run) == "ready")
        #expect(try await pay.verified() == [])
    }

    @Test("三方签完、还没记账时才知道的：不记账，退回核对，资金回到来源，签过的一字不改；重新检查、签批之后照办到底")
    func beforePosting() async throws {
        let pay = try await PayOffice(), (run, people) = try await checked(pay)
        for (name, signer) in [("business", approver), ("finance", financier), ("leader", leader)] { try await pay.act("sign-as-\(name)", run, as: signer) }
        let hash = try await pay.counter.read(as: .house) { try $0.find(run).rosterHash }
        try await befall(people, pay)
        try await pay.work(run)
        #expect(try await pay.state(run) == "drafted")
        #expect(try await pay.count("SELECT count(*) FROM payment_signature") == 0)
        #expect(try await pay.count("SELECT count(*) FROM ledger_entry WHERE kind = 'due'") == 0)
        #expect(try await codes(pay, run).map { $0[3] } == ["100", "100", "100"])
        #expect(try await pay.counter.read(as: .house) { try $0.find(run).rosterHash } == hash)
        #expect(try await pay.counter.read(as: .house) { try $0.remaining(.central, "grant", in: county) } == .yuan(70_000))
        let page = "\(try await pay.office.page("payments", "runs/{id}", ["id": run.text], as: reviewer))"
        #expect(page.contains("名册退回来了，请重新检查") && page.contains("没有记账，已退回核对"))
        try await pay.sign(run)
        #expect(try await pay.state(run) == "ready")
        let file = try await pay.file(run)
        #expect(try BankFormat().payments(file).rows.map(\.holder) == ["试甲某"])
        try await pay.take(try pay.answer(file), run)
        try await pay.act("close-month", run, as: financier)
        #expect(try await pay.proof(run).isZero)
        #expect(try await pay.verified() == [])
    }

    @Test("检查之后换了账户：签不了；重新检查就换成新账户")
    func account() async throws {
        let pay = try await PayOffice(), (run, people) = try await checked(pay)
        pay.office.clock.set(day(2024, 7, 12))
        try await pay.account(of: people[0], "试甲某", 91)
        let told = try await pay.office.told { try await pay.act("sign-as-business", run, as: approver) }
        #expect(told?.message.contains("1 人换了收款账户（试甲某）") == true, "\(told?.message ?? "签了")")
        try await pay.sign(run)
        #expect(try await codes(pay, run).map { $0[3] } == ["100", "100", "100"])
    }

    @Test("暂缓登记在后来并入的档案上：照样暂缓")
    func heldBeforeMerge() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 2)
        try await pay.grant("h", [people[1]], 100, from: "2024-07")
        try await pay.fund()
        try await pay.office.submit("payments.hold-payments", ["person": people[0], "code": "HELD", "reason": "失联"], as: reviewer)
        try await pay.office.database.write { _ = try $0.run("UPDATE person SET merged_into = \(people[1]) WHERE id = \(people[0])") }
        let run = try await pay.open("2024-07")
        #expect(try await codes(pay, run) == [["h", "held", "HELD", "0"]])
        try await pay.act("check-month", run, as: reviewer)
        #expect(try await codes(pay, run) == [["h", "held", "HELD", "0"]])
    }

    @Test("只改金额、不动行签：最后一道签批逐行核对，签不了")
    func editedAmount() async throws {
        let pay = try await PayOffice(), (run, _) = try await checked(pay)
        try await pay.act("sign-as-business", run, as: approver)
        try await pay.act("sign-as-finance", run, as: financier)
        try await pay.office.database.write { _ = try $0.run("UPDATE payment_line SET due_fen = 90000, amount_fen = 90000, difference_fen = 90000 WHERE number = 2") }
        let told = try await pay.office.told { try await pay.act("sign-as-leader", run, as: leader) }
        #expect(told?.kind == .conflict && told?.message.contains("名册第 2 行") == true, "\(told?.message ?? "签了")")
    }

    private static let newLine: Statement = """
        INSERT INTO payment_line (id, run_id, number, programme, month, subject, payee_id, region, people, reason, due_fen, previous_fen, offset_fen, amount_fen, difference_fen,
                                  account_id, digest)
        SELECT '7ZZZZZZZZZZZZZZZZZZZZZZZZZ', run_id, number + 1000, programme, month, 'z', payee_id, region, people, reason, due_fen, previous_fen, offset_fen, amount_fen,
               difference_fen, account_id, digest FROM payment_line WHERE number = 2 AND month = '2024-07'
        """
    /// The same line, under the only other run.
    private static let takeAway: Statement = """
        UPDATE payment_line SET number = number + 700, run_id = (SELECT r.id FROM payment_run AS r WHERE r.id <> payment_line.run_id)
        WHERE number = 2 AND month = '2024-07' AND id < '7ZZ'
        """
    private static let tamperings: [(String, [Statement])] = [
        ("加一行", [newLine]),
        ("两行换了行号", ["UPDATE payment_line SET number = number + 500 WHERE number IN (1, 2)", "UPDATE payment_line SET number = 503 - number WHERE number > 500"]),
        ("移走一行，另放一行", [newLine, takeAway]),
    ]

    /// A checked run, and one that was given up: lines may be moved there.
    private func besideAnother(_ pay: PayOffice) async throws -> ID<PaymentRun> {
        let another = try await pay.open("2024-07")
        try await pay.act("abandon-month", another, ["reason": "试"], as: reviewer)
        return try await checked(pay).0
    }

    @Test("三方签批之后用 SQL 换掉一行：记账记不完")
    func swappedAfterSigning() async throws {
        let pay = try await PayOffice(), run = try await besideAnother(pay)
        for (step, who) in [("business", approver), ("finance", financier), ("leader", leader)] { try await pay.act("sign-as-\(step)", run, as: who) }
        try await pay.office.database.write { connection in
            try connection.run(Self.newLine)
            try connection.run(Self.takeAway)
            try connection.run("UPDATE payment_line SET number = 2, amount_fen = 90000, difference_fen = 90000 WHERE id > '7ZZ'")
        }
        let told = try await pay.office.told { try await pay.work(run) }
        #expect(told?.message.contains("名册逐行合计与分类合计不符") == true, "\(told?.message ?? "记完了")")
    }

    @Test("签批之间用 SQL 改名册：下一道签不了", arguments: [1, 2], tamperings.indices)
    func alteredBetweenSignatures(_ signed: Int, _ number: Int) async throws {
        let pay = try await PayOffice(), run = try await besideAnother(pay), steps = [("business", approver), ("finance", financier), ("leader", leader)]
        for (step, who) in steps.prefix(signed) { try await pay.act("sign-as-\(step)", run, as: who) }
        let (name, statements) = Self.tamperings[number]
        try await pay.office.database.write { connection in try statements.forEach { try connection.run($0) } }
        let (step, who) = steps[signed], told = try await pay.office.told { try await pay.act("sign-as-\(step)", run, as: who) }
        #expect(told?.message.contains("不能签批") == true, "\(name)：\(told?.message ?? "签了")")
    }

    @Test("月份：下个月不能开，十二个月以前的不能开，都说在月份那一项上", arguments: [("2024-08", false), ("2024-07", true), ("2023-07", true), ("2023-06", false), ("2004-07", false)])
    func months(_ month: String, _ isOpened: Bool) async throws {
        let pay = try await PayOffice()
        let told = try await pay.office.told { _ = try await pay.open(month) }
        #expect((told == nil) == isOpened, "\(told?.message ?? "开了")")
        if let told { #expect(told.problems.map(\.path) == [["month"]]) }
    }

    @Test("镇街的财务不能给区县登记资金；一笔一亿元以上的是写错了")
    func bounds() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 1)
        let local = Actor(user: financier.user, name: financier.name, role: .finance, region: township)
        let values = ["region": township.code, "programme": "grant", "source": "central", "amount_fen": "1.00", "basis": "试"]
        #expect(try await pay.office.refusal { try await pay.office.submit("payments.record-budget", values, as: local) } == .forbidden)
        try await pay.grant("a", [people[0]], 100, from: "2024-07")
        _ = try await pay.open("2024-07")
        func open(_ each: String) async throws -> Refusal? {
            let values = ["region": county.code, "title": "慰问金", "name": "gift-\(each.count)", "basis": "试", "month": "2024-07", "programme": "grant", "each_fen": each, "channel": "bank"]
            return try await pay.office.told { try await pay.office.submit("payments.open-one-off", values, as: reviewer) }
        }
        #expect(try await open("100000000.01")?.problems.map(\.path) == [["each_fen"]])
        #expect(try await open("100000000.00") == nil)
    }

    @Test("回盘文件里的金额大得加不起来：拒收，不出错")
    func hugeReturn() throws {
        let amount = Money(fen: 999_999_999_999_999), seqs = 1 ... 10_000
        let rows = seqs.map { ReturnRow(seq: $0, account: "1", amount: amount, failure: nil) }
        #expect(ReturnFile(number: "FF2024-000001-1", on: day(2024, 7, 10), rows).creditedSum == Money(fen: .max))
        var check = ReturnCheck(places: seqs.upperBound)
        check.take(rows, sent: seqs.map {
            PaymentRow(seq: $0, account: "1", bank: "试", holder: "试", amount: amount, programme: "p", month: day(2024, 7, 1).monthOf, isArrears: false, line: "L")
        })
        let head = ReturnHead(number: "FF2024-000001-1", on: day(2024, 7, 10), rows: rows.count, credited: rows.count, creditedSum: .yuan(1), failed: 0, failedSum: .zero)
        #expect(throws: Refusal.self) { try check.finish(head, of: head.number) }
    }

    @Test("项目写名称或者代码都行，记下的是代码；台账上读到的是名称")
    func titles() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 1)
        try await pay.grant("a", [people[0]], 100, from: "2024-07")
        try await pay.office.submit("payments.record-budget", ["region": county.code, "programme": "家庭补贴", "source": "central", "amount_fen": "1.00", "basis": "试"], as: financier)
        try await pay.office.submit("payments.hold-payments", ["person": people[0], "programme": "家庭补贴", "code": "HELD", "reason": "失联"], as: reviewer)
        _ = try await pay.open("2024-07", "家庭补贴")
        #expect(try await pay.count("SELECT count(*) FROM payment_budget WHERE programme = 'grant'") == 1)
        #expect(try await pay.count("SELECT count(*) FROM payment_hold WHERE programme = 'grant'") == 1)
        #expect(try await pay.count("SELECT count(*) FROM payment_line WHERE programme = 'grant'") == 1)
        #expect(try ProgrammeCode(stored: .text("grant")).shown == "家庭补贴" && ProgrammeCode(typed: "家庭补贴").code == "grant" && ProgrammeCode(typed: "grant").typed == "家庭补贴")
        let told = try await pay.office.told { _ = try await pay.open("2024-07", "没有的") }
        #expect(told?.problems.map(\.path) == [["programme"]] && told?.message.contains("家庭补贴") == true)
    }

    @Test("去世以后多发的：原因说得明白，通知书写给家属，不说从以后的待遇抵扣；按身份号码也能问为什么")
    func familyNotice() async throws {
        let pay = try await PayOffice()
        let elder = try await pay.payee("试长者", born: 1925, sequence: 1)
        try await pay.fund("bonus")
        try await pay.month("2024-07", "bonus")
        pay.office.clock.set(day(2024, 8, 9))
        try await pay.office.submit("people.record-death", ["person": elder, "died_on": "2024-06-20"], as: reviewer)
        let august = try await pay.open("2024-08", "bonus")
        try await pay.sign(august)
        let found: String? = try await pay.office.database.read { try $0.value("SELECT id FROM payment_recovery") }
        if let id = found {
            let notice = "\(try await pay.office.page("payments", "recoveries/{id}/notice", ["id": id], as: reviewer))"
            #expect(notice.contains("试长者已于2024年6月20日去世") && notice.contains("试长者的家属") && !notice.contains("以后的待遇中抵扣"))
        } else { Issue.record("没有立追回：\(try await pay.lines(august))") }
        let answer = try await pay.counter.read(as: reviewer) { reader in
            try reader.person(typed: number(born: 1925, sequence: 1), "person").id.text
        }
        #expect(answer == elder)
    }
}
