@testable import Commons
import Kernel
import Testing
import Values

/// 付给机构：请领、账户、批次、下一批。
struct OrganisationPaymentTests {
    private func organisation(_ pay: PayOffice, _ name: String, account: Int? = nil, holder: String? = nil) async throws -> String {
        let id = try await pay.office.submit("organisations.register-organisation", [
            "name": name, "kind": "elder-care", "region": township.code, "founded_on": "2020-01-01", "is_distinct": "1",
        ], as: reviewer).outcome.subject
        guard let account else { return id }
        try await pay.office.submit("payments.register-organisation-account", [
            "organisation": id, "holder": holder ?? name, "bank": "示范农商银行", "account": "存折\(20_000_000 + account)",
        ], as: reviewer)
        return id
    }

    private func paying() async throws -> PayOffice {
        let pay = try await PayOffice()
        try await pay.rule(organisationFundShare.ships(.percent(100), variant: "local", in: county, from: day(2020, 1, 1), cite: "试〔2020〕4号"))
        return pay
    }

    private func claim(_ pay: PayOffice, _ organisation: String, _ yuan: Int = 3000, period: String = "2024-Q2", basis: String = "试〔2024〕1号") async throws {
        try await pay.office.submit("payments.claim-for-organisation", [
            "organisation": organisation, "programme": "养老机构运营补贴", "period": period, "basis": basis, "amount_fen": "\(yuan).00",
        ], as: reviewer)
    }

    private func open(_ pay: PayOffice, period: String = "2024-Q2", in region: RegionCode = county) async throws -> ID<PaymentRun> {
        let values = ["region": region.code, "programme": "operating-subsidy", "period": period, "channel": "bank"]
        let run = try ID<PaymentRun>(typed: try await pay.office.submit("payments.open-organisation-run", values, as: reviewer).outcome.subject)
        try await pay.work(run)
        return run
    }

    private func told(_ pay: PayOffice, _ run: ID<PaymentRun>) async throws -> [[String]] {
        try await pay.lines(run).map { [$0.reason, $0.code, "\($0.amount)"] }
    }

    @Test("时段：月、季度、半年、年", arguments: [
        ("2024-07", "2024-07", "2024-07", "2024年7月"), ("2024-q3", "2024-07", "2024-09", "2024年第3季度"), ("2024-H2", "2024-07", "2024-12", "2024年下半年"),
        ("2024", "2024-01", "2024-12", "2024年"), ("2024-13", nil, nil, nil), ("2024-Q5", nil, nil, nil), ("2024-Q0", nil, nil, nil), ("2024-H3", nil, nil, nil),
        ("24-07", nil, nil, nil), ("", nil, nil, nil), ("2024-", nil, nil, nil), ("2024-7", nil, nil, nil), ("2024-07-01", nil, nil, nil),
    ] as [(String, String?, String?, String?)])
    func periods(_ typed: String, _ first: String?, _ last: String?, _ shown: String?) {
        let period = try? ClaimPeriod(typed: typed)
        #expect(period?.first.typed == first && period?.last.typed == last && period?.shown == shown)
    }

    @Test("同一机构、项目、依据：时段重叠的不能再请领；依据的括号、空格怎样写都算同一个", arguments: [
        ("2024-Q2", "试〔2024〕1号", false), ("2024-04", "试〔2024〕1号", false), ("2024-06", "试[2024] 1号", false), ("2024-H1", "试【2024】1号", false),
        ("2024-07", "试〔2024〕1号", true), ("2024-03", "试〔2024〕1号", true), ("2024-Q2", "试〔2024〕2号", true), ("2024-08", "试〔2024〕2号", false),
    ])
    func once(_ period: String, _ basis: String, _ isTaken: Bool) async throws {
        let pay = try await PayOffice(), home = try await organisation(pay, "试养老院")
        try await claim(pay, home)
        #expect((try await pay.office.refusal { try await claim(pay, home, period: period, basis: basis) } == nil) == isTaken)
    }

    @Test("一家机构两份请领：行数两行，机构数一家；页面、命令、证明都说机构数，不说人数")
    func organisationsCounted() async throws {
        let pay = try await paying(), home = try await organisation(pay, "试养老院", account: 1), other = try await organisation(pay, "试助餐点", account: 2)
        try await claim(pay, home)
        try await claim(pay, home, basis: "试〔2024〕9号")
        try await claim(pay, other)
        try await pay.fund("org.operating-subsidy", 1, 50_000)
        let run = try await open(pay), proof = try await pay.proof(run)
        #expect(proof.lines == 3 && proof.count == 2 && proof.countTitle == "机构数")
        let summary = try await pay.counter.read(as: reviewer) { try $0.summary(of: run) }
        #expect(summary.columns[3] == "机构数" && summary.rows.map { $0[3] } == ["2"])
        let page = "\(try await pay.office.page("payments", "runs/{id}", ["id": run.text], as: reviewer))"
        #expect(page.contains("机构数") && !page.contains("人数"))
        let sheet = "\(proof.sheet(unit: "试", [:], digest: "d", closedOn: day(2024, 7, 10)))"
        #expect(sheet.contains("机构数") && !sheet.contains("人数"))
        try await pay.sign(run)
        #expect(try await pay.verified() == [])
        try await pay.office.database.write { _ = try $0.run("UPDATE organisation_claim SET amount_fen = 1 WHERE basis = '试〔2024〕9号'") }
        #expect(try await pay.verified().contains { $0.contains("的机构请领") })
    }

    @Test("一批：没有账户、户名不符、已注销的暂缓；三人签批、报盘、回盘、证明；没有付成的下一批再付，付过的不再付")
    func wholeRun() async throws {
        let pay = try await paying()
        let good = try await organisation(pay, "试养老院", account: 1), poor = try await organisation(pay, "试助餐点"), odd = try await organisation(pay, "试敬老院", account: 2, holder: "别家")
        let gone = try await organisation(pay, "试福利院", account: 3), failing = try await organisation(pay, "试颐养院", account: 4)
        for (number, home) in [good, poor, odd, gone, failing].enumerated() { try await claim(pay, home, 1000 * (number + 1)) }
        try await pay.office.submit("organisations.change-organisation-status", ["organisation": gone, "status": "suspended", "status_on": "2024-07-01", "reason": "整改"], as: reviewer)
        try await pay.fund("org.operating-subsidy", 1, 50_000)
        let run = try await open(pay)
        #expect(try await told(pay, run) == [["new", "", "1000"], ["held", "NO_ACCOUNT", "0"], ["held", "NAME_MISMATCH", "0"], ["held", "INACTIVE", "0"], ["new", "", "5000"]])
        #expect(try await pay.office.refusal { _ = try await open(pay) } == .absent)
        try await pay.office.submit("payments.register-organisation-account", ["organisation": odd, "holder": "试敬老院", "bank": "示范农商银行", "account": "存折29999999"], as: reviewer)
        try await pay.sign(run)
        #expect(try await told(pay, run)[2] == ["new", "", "3000"])
        let file = try await pay.file(run)
        #expect(try BankFormat().payments(file).rows.map(\.holder) == ["试养老院", "试敬老院", "试颐养院"])
        try await pay.take(try pay.answer(file, failing: [5: .closed]), run)
        try await pay.act("defer-failed", run, ["reason": "账户已销"], as: financier)
        try await pay.act("close-month", run, as: financier)
        let proof = try await pay.proof(run)
        #expect(proof.isZero && proof.creditedSum == .yuan(4000) && proof.put.sum == .yuan(5000) && proof.signatures.count == 3)
        #expect(try await pay.verified() == [])
        // 下一批：没有账户的、暂停的、没有发成的；付过的不在里面。
        try await pay.office.submit("payments.register-organisation-account", ["organisation": failing, "holder": "试颐养院", "bank": "示范农商银行", "account": "存折28888888"], as: reviewer)
        let second = try await open(pay)
        #expect(try await told(pay, second) == [["held", "NO_ACCOUNT", "0"], ["held", "INACTIVE", "0"], ["new", "", "5000"]])
        try await pay.act("abandon-month", second, ["reason": "等账户"], as: reviewer)
        #expect(try await told(pay, try await open(pay)).count == 3)
    }

    @Test("列入批次的请领不能撤回；没有列入的可以，撤回后可以重新登记")
    func withdrawal() async throws {
        let pay = try await PayOffice(), home = try await organisation(pay, "试养老院", account: 1)
        try await claim(pay, home)
        func withdraw() async throws {
            let claim: String? = try await pay.office.database.read { try $0.value("SELECT id FROM organisation_claim WHERE effective = 1") }
            try await pay.office.submit("payments.withdraw-organisation-claim", ["claim": try #require(claim), "reason": "金额写错"], as: reviewer)
        }
        let run = try await open(pay)
        #expect(try await pay.office.refusal { try await withdraw() } == .conflict)
        try await pay.act("abandon-month", run, ["reason": "试"], as: reviewer)
        try await withdraw()
        try await claim(pay, home, 2000)
        #expect(try await pay.count("SELECT count(*) FROM organisation_claim WHERE effective = 1") == 1)
    }

    @Test("开批的人不能签任何一道")
    func openerSignsNothing() async throws {
        let pay = try await paying()
        try await claim(pay, try await organisation(pay, "试养老院", account: 1))
        let run = try await open(pay), both = Actor(user: reviewer.user, name: reviewer.name, role: .countyApprover, region: county)
        try await pay.act("check-month", run, as: reviewer)
        #expect(try await pay.office.refusal { try await pay.act("sign-as-business", run, as: both) } == .forbidden)
    }

    @Test("导入请领：整表核对，有一行不对就一行也不登记；错处写在错误列")
    func imported() async throws {
        let pay = try await PayOffice(), hall = try await ImportHall(over: pay.office)
        for name in ["试养老院", "试助餐点"] { _ = try await organisation(pay, name) }
        let head = "机构名称,项目,时段,依据,金额\n", good = "试养老院,养老机构运营补贴,2024-Q2,试〔2024〕1号,3000.00\n试助餐点,老年助餐服务补贴,2024-06,试〔2024〕1号,800\n"
        let bad = try await hall.checked("organisation-claims", head + good + "没有的院,养老机构运营补贴,2024-Q2,甲,1\n试养老院,没有的项目,2024-Q2,甲,1\n试养老院,养老机构运营补贴,2024-Q9,甲,0\n")
        let faults = try await hall.faults(bad.id)
        #expect(faults.count >= 3 && faults.contains { $0.hasPrefix("4 ") && $0.contains("没有登记这家机构") } && faults.contains { $0.hasPrefix("5 ") && $0.contains("没有这个项目") }, "\(faults)")
        #expect(try await pay.office.refusal { try await hall.confirm(bad.id) } != nil)
        _ = try await hall.entered("organisation-claims", head + good)
        #expect(try await pay.count("SELECT CAST(sum(amount_fen) AS BIGINT) FROM organisation_claim WHERE effective = 1") == 380_000)
        let again = try await hall.checked("organisation-claims", head + good)
        #expect(try await hall.faults(again.id).count == 2)
    }
}

/// 一次性发放名单：输入的和导入的。
struct OneOffListTests {
    private func list(_ pay: PayOffice, _ people: String, name: String = "festival-2024") async throws {
        try await pay.office.submit("payments.list-one-off", ["region": county.code, "name": name, "basis": "试〔2024〕2号", "people": people], as: reviewer)
    }

    private func open(_ pay: PayOffice) async throws -> ID<PaymentRun> {
        let values = ["region": county.code, "title": "春节慰问金", "name": "festival-2024", "basis": "试〔2024〕2号", "month": "2024-07", "channel": "treasury"]
        let run = try ID<PaymentRun>(typed: try await pay.office.submit("payments.open-listed-one-off", values, as: reviewer).outcome.subject)
        try await pay.work(run)
        return run
    }

    @Test("输入名单：一行不对一行也不登记，逐行写明", arguments: [
        ("\(number(born: 1980, sequence: 21)) 500\n\(number(born: 1980, sequence: 22)) 500.50", nil),
        ("\(number(born: 1980, sequence: 21)) 500\n\(number(born: 1980, sequence: 22)) 0", "第 2 行"),
        ("\(number(born: 1980, sequence: 21)) 500\n\(number(born: 1980, sequence: 21)) 500", "与第 1 行是同一个人"),
        ("\(number(born: 1980, sequence: 21)) 500\n\(number(born: 1980, sequence: 77)) 500", "没有登记这个身份号码"),
        ("\(number(born: 1980, sequence: 21))", "应写身份号码和金额"), ("123 500", "第 1 行"), ("\(number(born: 1980, sequence: 21)) -5", "第 1 行"),
    ] as [(String, String?)])
    func typed(_ people: String, _ fault: String?) async throws {
        let pay = try await PayOffice()
        _ = try await peopled(pay, 2)
        let told = try await pay.office.told { try await list(pay, people) }
        #expect(told?.message.contains(fault ?? "") ?? (fault == nil), "\(told?.message ?? "")")
        #expect(try await pay.count("SELECT count(*) FROM one_off_due") == (fault == nil ? 2 : 0))
    }

    @Test("按名单发：同一名目一人一次；代收的付给收款人；没有发成的下一批再发")
    func wholeRun() async throws {
        let pay = try await PayOffice()
        _ = try await peopled(pay, 3)
        let child = number(born: 1990, sequence: 41)
        _ = try await pay.office.register("试小某", child)
        try await list(pay, "\(number(born: 1980, sequence: 21)) 500\n\(number(born: 1980, sequence: 22)) 300.5\n\(child) 200 \(number(born: 1980, sequence: 23))")
        #expect(try await pay.office.refusal { try await list(pay, "\(child) 200") } == .invalid)
        try await pay.rule(oneOffFundShare.ships(.percent(100), variant: "local", in: county, from: day(2020, 1, 1), cite: "试〔2020〕4号"))
        try await pay.fund("one-off.festival-2024", 1, 2_000)
        let run = try await open(pay)
        try await pay.sign(run)
        let file = try await pay.file(run)
        #expect(try TreasuryFormat().payments(file).head.sum == Money(fen: 100_050))
        let (_, rows) = try TreasuryFormat().payments(file)
        #expect(rows.map(\.holder).sorted() == ["试丙某", "试乙某", "试甲某"].sorted())
        let lost = try #require(rows.first { $0.holder == "试乙某" })
        try await pay.take(try pay.answer(file, failing: [lost.seq: .frozen], in: TreasuryFormat()), run)
        try await pay.act("defer-failed", run, ["reason": "账户冻结"], as: financier)
        try await pay.act("close-month", run, as: financier)
        #expect(try await pay.verified() == [])
        let second = try await open(pay)
        #expect(try await pay.lines(second).map { [$0.reason, $0.code, "\($0.due)"] } == [["new", "", "300"]])
        #expect(try await pay.office.refusal { try await list(pay, "\(number(born: 1980, sequence: 21)) 500") } == .invalid)
    }

    @Test("导入名单：整表核对，姓名不符、没有登记、表内重复、已列入的逐行写明；错误列；另一人确认才登记")
    func imported() async throws {
        let pay = try await PayOffice(), hall = try await ImportHall(over: pay.office)
        _ = try await peopled(pay, 3)
        try await list(pay, "\(number(born: 1980, sequence: 23)) 500")
        let head = "身份证号,姓名,名目代码,金额,依据\n", good = "\(number(born: 1980, sequence: 21)),试甲某,festival-2024,500,试〔2024〕2号\n"
        let bad = try await hall.checked("one-off-lists", head + good + """
            \(number(born: 1980, sequence: 22)),试别人,festival-2024,500,试
            \(number(born: 1980, sequence: 88)),试乙某,festival-2024,500,试
            \(number(born: 1980, sequence: 21)),试甲某,festival-2024,500,试
            \(number(born: 1980, sequence: 23)),试丙某,festival-2024,500,试
            \(number(born: 1980, sequence: 22)),试乙某,大写,0,
            """)
        let faults = try await hall.faults(bad.id)
        for (line, text) in [(3, "姓名与登记的不同"), (4, "没有登记"), (5, "与第 2 行相同"), (6, "已在"), (7, "代码")] {
            #expect(faults.contains { $0.hasPrefix("\(line) ") && $0.contains(text) }, "\(line) \(text)：\(faults)")
        }
        #expect(try await pay.office.refusal { try await hall.confirm(bad.id) } != nil)
        let right = try await hall.checked("one-off-lists", head + good)
        #expect(try await pay.office.refusal { try await hall.confirm(right.id, as: reviewer) } == .forbidden)
        try await hall.confirm(right.id)
        try await hall.work()
        #expect(try await pay.count("SELECT count(*) FROM one_off_due WHERE effective = 1") == 2)
    }
}
