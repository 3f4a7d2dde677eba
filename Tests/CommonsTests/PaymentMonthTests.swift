@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// 一个月从冻结到对账证明。
struct PaymentMonthTests {
    @Test("两个项目的一个月：冻结、名册、检查、三人签批、报盘、回盘、对账，差额为零，账目可核", arguments: ["bank", "treasury"])
    func oneMonth(_ channel: String) async throws {
        let pay = try await PayOffice()
        let head = try await pay.payee("试户主", sequence: 1), child = try await pay.payee("试成员", sequence: 2, hasAccount: false)
        let elder = try await pay.payee("试长者", born: 1925, sequence: 3)
        try await pay.grant("h1", [head, child], 735, from: "2024-07")
        try await pay.fund()
        try await pay.fund("bonus")
        let run = try await pay.month("2024-07", nil, channel: channel)
        #expect(try await pay.state(run) == "closed")
        let lines = try await pay.lines(run)
        #expect(lines == [
            .init(subject: "h1", month: "2024-07", reason: "new", code: "", due: 735, previous: 0, offset: 0, amount: 735),
            .init(subject: elder, month: "2024-07", reason: "new", code: "", due: 10, previous: 0, offset: 0, amount: 10),
        ])
        #expect(try await pay.count("SELECT count(*) FROM payment_claim WHERE effective = 1") == 3)
        let proof = try await pay.proof(run)
        #expect(proof.isZero && proof.credited == 2 && proof.creditedSum == .yuan(745) && proof.signatures.count == 3)
        #expect(try await pay.verified() == [])
        let left = try await pay.counter.read(as: .house) { reader in
            [try reader.remaining(.central, "grant", in: county), try reader.remaining(.local, "grant", in: county), Money(fen: try reader.balance(.paid(county, "grant")))]
        }
        #expect(left == [.yuan(70_000) - Money(fen: 51_450), .yuan(30_000) - Money(fen: 22_050), .yuan(735)])
        try await LedgerFolding(pay.office.database).foldWaiting()
        #expect(try await pay.verified() == [])
    }

    @Test("下一个月：续发、变动、新增、停发各有理由，与上月的差额逐项说明到零")
    func reasons() async throws {
        let pay = try await PayOffice()
        let people = try await peopled(pay, 4)
        for (index, subject) in ["a", "b", "c"].enumerated() { try await pay.grant(subject, [people[index]], 100 * (index + 1), from: "2024-07") }
        try await pay.fund()
        try await pay.month("2024-07")
        pay.office.clock.set(day(2024, 8, 9))
        try await pay.endGrant("b", until: "2024-08")
        try await pay.grant("b", [people[1]], 250, from: "2024-08")
        try await pay.endGrant("c", until: "2024-08")
        try await pay.grant("d", [people[3]], 400, from: "2024-08")
        let run = try await pay.open("2024-08")
        #expect(try await pay.lines(run).map { [$0.subject, $0.reason, "\($0.previous)", "\($0.amount)"] } == [
            ["a", "continued", "100", "100"], ["b", "changed", "200", "250"], ["c", "stopped", "300", "0"], ["d", "new", "0", "400"],
        ])
        let proof = try await pay.proof(run)
        #expect(proof.previous == .yuan(600) && proof.paid == .yuan(750))
        #expect(proof.reasons.reduce(Money.zero) { $0 + $1.difference } == .yuan(150))
    }

    @Test("晚批、晚涨、晚停：补发和多发自动列出，逐笔写明是哪一份请领")
    func arrears() async throws {
        let pay = try await PayOffice()
        let people = try await peopled(pay, 4)
        try await pay.grant("a", [people[0], people[3]], 100, from: "2024-07")
        try await pay.grant("c", [people[2]], 300, from: "2024-07")
        try await pay.fund()
        try await pay.month("2024-07")
        pay.office.clock.set(day(2024, 8, 9))
        try await pay.endGrant("a", until: "2024-07")                              // 七月起本应 130
        try await pay.grant("a", [people[0], people[3]], 130, from: "2024-07")
        try await pay.grant("b", [people[1]], 200, from: "2024-07")                // 七月起应发，八月才批
        try await pay.endGrant("c", until: "2024-07")                              // 六月底已停，八月才知
        let run = try await pay.open("2024-08")
        let lines = try await pay.lines(run)
        #expect(lines.map { [$0.subject, $0.month, $0.reason, "\($0.due)", "\($0.amount)"] } == [
            ["a", "2024-08", "changed", "130", "130"], ["b", "2024-08", "new", "200", "200"], ["c", "2024-08", "stopped", "0", "0"],
            ["a", "2024-07", "arrears", "30", "30"], ["b", "2024-07", "arrears", "200", "200"], ["c", "2024-07", "recovery", "-300", "0"],
        ], "\(lines)")
        #expect(try await pay.count("SELECT count(*) FROM payment_adjustment AS j JOIN payment_claim AS c ON c.id = j.claim_id WHERE j.subject = 'a' AND c.month = '2024-07'") == 2)
        try await pay.sign(run)
        #expect(try await pay.count("SELECT CAST(sum(amount_fen) AS BIGINT) FROM payment_recovery") == 30_000)
        let file = try await pay.file(run)
        try await pay.take(try pay.answer(file), run)
        try await pay.act("close-month", run, as: financier)
        #expect(try await pay.verified() == [])
        // 再下一个月：都已结清，不再补也不再追。
        pay.office.clock.set(day(2024, 9, 9))
        let next = try await pay.open("2024-09")
        #expect(try await pay.lines(next).map { [$0.subject, $0.reason, "\($0.amount)"] } == [["a", "continued", "130"], ["b", "continued", "200"]])
    }

    @Test("死亡、羁押、没有账户、户名不符：当月暂缓，核实之后自动补发，一分不少")
    func held() async throws {
        let pay = try await PayOffice()
        let people = try await peopled(pay, 3), poor = try await pay.payee("试无户", sequence: 9, hasAccount: false), odd = try await pay.payee("试异名", sequence: 10, hasAccount: false)
        try await pay.account(of: odd, "别人", 77)
        for (index, person) in (people + [poor, odd]).enumerated() { try await pay.grant("h\(index)", [person], 100, from: "2024-07") }
        try await pay.fund()
        try await pay.office.submit("payments.hold-payments", ["person": people[1], "code": "CUSTODY", "reason": "比对有羁押信息"], as: reviewer)
        try await pay.office.database.write { try $0.run("UPDATE person SET died_on = '2024-07-03' WHERE id = \(people[2])") }
        let run = try await pay.open("2024-07")
        #expect(try await pay.lines(run).map { [$0.subject, $0.reason, $0.code, "\($0.amount)"] } == [
            ["h0", "new", "", "100"], ["h1", "held", "CUSTODY", "0"], ["h2", "held", "DEATH", "0"], ["h3", "held", "NO_ACCOUNT", "0"], ["h4", "held", "NAME_MISMATCH", "0"],
        ])
        // 补登账户之后再检查，当月就能恢复。
        try await pay.account(of: poor, "试无户", 78)
        #expect(try await pay.act("check-month", run, as: reviewer).contains("恢复发放 1 行"))
        #expect(try await pay.lines(run)[3].amount == 100)
        try await pay.sign(run)
        let july = try await pay.file(run)
        try await pay.take(try pay.answer(july), run)
        try await pay.act("close-month", run, as: financier)
        #expect(try await pay.verified() == [])
        // 八月解除羁押的暂缓，更正户名：七月的自动补发；死亡的还在等重新核定。
        pay.office.clock.set(day(2024, 8, 9))
        let hold: String? = try await pay.office.database.read { try $0.value("SELECT id FROM payment_hold") }
        try await pay.office.submit("payments.release-hold", ["hold": try #require(hold), "release_reason": "核实为同名"], as: reviewer)
        try await pay.account(of: odd, "试异名", 79)
        let august = try await pay.open("2024-08")
        #expect(try await pay.lines(august).map { [$0.subject, $0.month, $0.reason, "\($0.amount)"] } == [
            ["h0", "2024-08", "continued", "100"], ["h1", "2024-08", "changed", "100"], ["h2", "2024-08", "held", "0"], ["h3", "2024-08", "continued", "100"], ["h4", "2024-08", "changed", "100"],
            ["h1", "2024-07", "arrears", "100"], ["h2", "2024-07", "held", "0"], ["h4", "2024-07", "arrears", "100"],
        ])
    }

    @Test("冻结之后才知道的死亡、暂缓、换账户：签批之前再检查就暂缓或者换过来；解除之后恢复")
    func news() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 4)
        for (index, person) in people.enumerated() { try await pay.grant("h\(index)", [person], 100, from: "2024-07") }
        try await pay.fund()
        let run = try await pay.open("2024-07")
        try await pay.act("check-month", run, as: reviewer)
        pay.office.clock.set(day(2024, 7, 12))
        try await pay.office.submit("payments.hold-payments", ["person": people[0], "code": "HELD", "reason": "失联"], as: reviewer)
        try await pay.office.submit("people.record-death", ["person": people[1], "died_on": "2024-07-11"], as: reviewer)
        try await pay.account(of: people[2], "试丙某", 88)
        let told = try await pay.act("check-month", run, as: reviewer)
        #expect(told.contains("冻结之后有变化 3 行") && told.contains("恢复发放 1 行"), "\(told)")
        func codes() async throws -> [[String]] { try await pay.lines(run).map { [$0.subject, $0.reason, $0.code, "\($0.amount)"] } }
        #expect(try await codes() == [["h0", "held", "HELD", "0"], ["h1", "held", "DEATH", "0"], ["h2", "new", "", "100"], ["h3", "new", "", "100"]])
        let used = try await pay.count("SELECT count(*) FROM payment_line AS l JOIN payment_account AS a ON a.id = l.account_id AND a.until_on IS NULL WHERE l.run_id = \(run) AND l.subject = 'h2'")
        #expect(used == 1)
        #expect(try await pay.count("SELECT count(*) FROM payment_finding WHERE code = 'ACCOUNT_CHANGED' AND resolved_at IS NULL") == 1)
        let hold: String? = try await pay.office.database.read { try $0.value("SELECT id FROM payment_hold") }
        try await pay.office.submit("payments.release-hold", ["hold": try #require(hold), "release_reason": "已联系上"], as: reviewer)
        try await pay.act("check-month", run, as: reviewer)
        #expect(try await codes()[0] == ["h0", "new", "", "100"])
        let sum = try await pay.count("SELECT CAST(sum(amount_fen) AS BIGINT) FROM payment_claim WHERE effective = 1")
        #expect(sum == 30_000)
        #expect(try await pay.verified() == [])
    }

    @Test("三个签名是三个人；资金不足不能签，登记资金来源之后才能签")
    func signatures() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 1)
        try await pay.grant("a", [people[0]], 100, from: "2024-07")
        let run = try await pay.open("2024-07")
        let told = try await pay.act("check-month", run, as: reviewer)
        #expect(told.contains("资金不足 2 处"))
        #expect(try await pay.office.refusal { try await pay.act("sign-as-finance", run, as: financier) } == .outOfOrder)
        try await pay.act("sign-as-business", run, as: approver)
        let short = try await pay.office.told { try await pay.act("sign-as-finance", run, as: financier) }
        #expect(short?.kind == .conflict && short?.message.contains("中央资金还差 70.00 元") == true, "\(short?.message ?? "签了")")
        try await pay.fund("grant", 70, 30)
        // 同一个人换了岗位也不能签第二道。
        let both = Actor(user: approver.user, name: approver.name, role: .finance, region: county)
        #expect(try await pay.office.refusal { try await pay.act("sign-as-finance", run, as: both) } == .forbidden)
        try await pay.act("sign-as-finance", run, as: financier)
        #expect(try await pay.office.refusal { try await pay.act("check-month", run, as: reviewer) } == .outOfOrder)
        try await pay.act("send-back", run, ["reason": "名册有疑问"], as: leader)
        #expect(try await pay.count("SELECT count(*) FROM payment_signature") == 0)
        try await pay.sign(run)
        #expect(try await pay.office.refusal { try await pay.act("abandon-month", run, ["reason": "试试"], as: leader) } == .outOfOrder)
    }

    @Test("签批之前名册被改动：签不了")
    func tampered() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 1)
        try await pay.grant("a", [people[0]], 100, from: "2024-07")
        try await pay.fund()
        let run = try await pay.open("2024-07")
        try await pay.act("check-month", run, as: reviewer)
        try await pay.office.database.write { try $0.run("UPDATE payment_line SET amount_fen = 90000, difference_fen = 90000, digest = digest + 1") }
        #expect(try await pay.office.refusal { try await pay.act("sign-as-business", run, as: approver) } == .conflict)
        #expect(try await pay.verified().contains { $0.contains("名册第 1 行") })
    }

    @Test("手工改一笔记账：核对时指名那一笔")
    func postingEdited() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 2)
        for person in people { try await pay.grant(person, [person], 100, from: "2024-07") }
        try await pay.fund()
        try await pay.month("2024-07")
        #expect(try await pay.verified() == [])
        let entry: String? = try await pay.office.database.read { try $0.value("SELECT entry_id FROM ledger_posting WHERE account LIKE 'payee/%' ORDER BY entry_id LIMIT 1") }
        let id = try #require(entry)
        try await pay.office.database.write { try $0.run("UPDATE ledger_posting SET amount = 999 WHERE entry_id = \(id) AND account LIKE 'payee/%'") }
        let faults = try await pay.verified()
        #expect(faults.contains { $0.contains(id) && $0.contains("被改动过") }, "\(faults)")
        #expect(faults.contains { $0.contains(id) && $0.contains("借贷不平") })
    }

    @Test("放弃的批次：请领作废，可以重新开月；同月第二次开月被拒，说明是哪一批")
    func abandoned() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 1)
        try await pay.grant("a", [people[0]], 100, from: "2024-07")
        let run = try await pay.open("2024-07")
        let again = try await pay.office.told { _ = try await pay.open("2024-07") }
        #expect(again?.kind == .conflict && again?.message.contains("FF2024-000001") == true)
        try await pay.act("abandon-month", run, ["reason": "重新核对"], as: reviewer)
        #expect(try await pay.count("SELECT count(*) FROM payment_claim WHERE effective = 1") == 0)
        let second = try await pay.open("2024-07")
        #expect(try await pay.lines(second).map(\.amount) == [100])
        #expect(try await pay.count("SELECT count(*) FROM payment_claim WHERE effective = 1") == 1)
    }

    @Test("同一人在两户：只有一户发，另一户暂缓并说明由哪一笔发放；合并的档案算一个人")
    func duplicates() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 3)
        try await pay.grant("a", [people[0]], 100, from: "2024-07")
        try await pay.grant("b", [people[1]], 100, from: "2024-07")
        try await pay.grant("c", [people[2], people[0]], 100, from: "2024-07")
        try await pay.office.database.write { try $0.run("UPDATE person SET merged_into = \(people[0]) WHERE id = \(people[1])") }
        let run = try await pay.open("2024-07")
        #expect(try await pay.lines(run).map { [$0.subject, $0.reason, $0.code] } == [["a", "new", ""], ["b", "held", "DUPLICATE"], ["c", "held", "DUPLICATE"]])
    }
}

func peopled(_ pay: PayOffice, _ count: Int) async throws -> [String] {
    var people: [String] = []
    for index in 1 ... count { people.append(try await pay.payee("试\(["甲", "乙", "丙", "丁", "戊"][index - 1])某", sequence: 20 + index)) }
    return people
}

/// 几处同时办。
struct PaymentRaceTests {
    @Test("镇先发、县后发同一个月：县的批次不能开；镇的放弃之后县的能开")
    func nested() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 1)
        try await pay.grant("a", [people[0]], 100, from: "2024-07")
        let values = ["region": township.code, "month": "2024-07", "channel": "bank", "programme": "grant"]
        let first = try await pay.office.submit("payments.open-month", values, as: reviewer).outcome.subject
        let run = try ID<PaymentRun>(typed: first)
        try await pay.work(run)
        #expect(try await pay.office.refusal { _ = try await pay.open("2024-07") } == .conflict)
        try await pay.act("abandon-month", run, ["reason": "改由县发"], as: reviewer)
        let whole = try await pay.open("2024-07")
        #expect(try await pay.lines(whole).map(\.amount) == [100])
    }

    @Test("十个人同时开同一个月：恰好一个开成，其余得知是哪一批")
    func together() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 1)
        try await pay.grant("a", [people[0]], 100, from: "2024-07")
        let outcomes = await withTaskGroup { group in
            for _ in 0 ..< 10 {
                group.addTask { () -> String in
                    do {
                        try await pay.office.submit("payments.open-month", ["region": county.code, "month": "2024-07", "channel": "bank", "programme": "grant"], as: reviewer)
                        return "opened"
                    } catch { return (error as? Refusal)?.message ?? "\(error)" }
                }
            }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == "opened" } == 1)
        #expect(outcomes.filter { $0 != "opened" }.allSatisfy { $0.contains("FF2024-000001") })
    }

    @Test("一段做了两遍、做到一半停了再接着做：结果一样，一行不多")
    func repeated() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 3)
        for person in people { try await pay.grant(person, [person], 100, from: "2024-07") }
        try await pay.fund()
        let id = try await pay.office.submit("payments.open-month", ["region": county.code, "month": "2024-07", "channel": "bank", "programme": "grant"], as: reviewer).outcome.subject
        let run = try ID<PaymentRun>(typed: id), work = PaymentWork(counter: pay.counter)
        async let first: Void = { while try await work.next(of: run) {} }()
        async let second: Void = { do { while try await work.next(of: run) {} } catch is Refusal {} }()
        _ = try await (first, second)
        try await pay.work(run)
        #expect(try await pay.lines(run).count == 3)
        #expect(try await pay.proof(run).lines == 3)
        try await pay.sign(run)
        #expect(try await pay.verified() == [])
    }
}
