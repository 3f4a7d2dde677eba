@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// 收款人与享受待遇的人分开。
struct PayeeChangeTests {
    /// An elder who died in July, and an heir with an account.
    private func bereaved(hasAccount: Bool) async throws -> (pay: PayOffice, elder: String, heir: String) {
        let pay = try await PayOffice()
        let elder = try await pay.payee("试长者", born: 1925, sequence: 1, hasAccount: hasAccount), heir = try await pay.payee("试继承", sequence: 2)
        try await pay.fund("bonus")
        try await pay.office.submit("people.record-death", ["person": elder, "died_on": "2024-07-05"], as: reviewer)
        return (pay, elder, heir)
    }

    private func change(_ person: String, to receiver: String, _ reason: String = "heir", on pay: PayOffice) async throws {
        try await pay.office.submit("payments.change-payee", ["person": person, "receiver": receiver, "reason": reason, "evidence": "试公证〔2024〕1号"], as: reviewer)
    }

    @Test("去世当月的高龄津贴：不能给死者登记账户，换成继承人之后重新检查就发到继承人，待遇仍记在本人名下")
    func remainder() async throws {
        let (pay, elder, heir) = try await bereaved(hasAccount: false), run = try await pay.open("2024-07", "bonus")
        #expect(try await pay.lines(run).map(\.code) == ["NO_ACCOUNT"])
        let told = try await pay.office.told { try await pay.account(of: elder, "试长者", 9) }
        #expect(told?.message.contains("更换收款人") == true)
        try await change(elder, to: number(born: 1980, sequence: 2), on: pay)
        #expect(try await pay.act("check-month", run, as: reviewer).contains("恢复发放 1 行"))
        #expect(try await pay.count("SELECT count(*) FROM payment_finding WHERE code = 'PAYEE_CHANGED' AND resolved_at IS NULL") == 1)
        try await pay.sign(run)
        let file = try await pay.file(run)
        #expect(try BankFormat().payments(file).rows.map(\.holder) == ["试继承"])
        try await pay.take(try pay.answer(file), run)
        try await pay.act("close-month", run, as: financier)
        #expect(try await pay.count("SELECT count(*) FROM payment_claim WHERE effective = 1 AND person_id = \(elder)") == 1)
        let id = try ID<Person>(typed: elder)
        let story = try await pay.counter.read(as: reviewer) { try $0.paymentStory(of: id, nil) }.flatMap(\.sentences)
        #expect(story.contains("付到试继承的账户（本人去世，由继承人收）。"), "\(story)")
        #expect(try await pay.count("SELECT count(*) FROM payment_line WHERE payee_id = \(heir)") == 1)
        #expect(try await pay.verified() == [])
    }

    @Test("退票之后才换：补发付到继承人的账户")
    func reissued() async throws {
        let (pay, elder, _) = try await bereaved(hasAccount: true), run = try await pay.open("2024-07", "bonus")
        try await pay.sign(run)
        let first = try await pay.file(run)
        try await pay.take(try pay.answer(first, failing: [1: .closed]), run)
        try await change(elder, to: number(born: 1980, sequence: 2), on: pay)
        try await pay.act("reissue-failed", run, as: financier)
        let again = try await pay.file(run)
        #expect(try BankFormat().payments(again).rows.map(\.holder) == ["试继承"])
        try await pay.take(try pay.answer(again), run)
        try await pay.act("close-month", run, as: financier)
        #expect(try await pay.verified() == [])
    }

    @Test("开月之前换的从一开始就付给新的收款人；检查之后恢复本人：签不了，重新检查换回来；收款人自己欠的不从里面抵扣")
    func guardian() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 2)
        try await pay.grant("h", [people[0]], 100, from: "2024-07")
        try await pay.fund()
        try await change(people[0], to: people[1], "guardian", on: pay)
        let run = try await pay.open("2024-07")
        #expect(try await pay.count("SELECT count(*) FROM payment_line WHERE payee_id = \(people[1]) AND amount_fen = 10000") == 1)
        try await pay.act("check-month", run, as: reviewer)
        #expect(try await pay.verified() == [])
        try await pay.office.submit("payments.end-payee-change", ["person": people[0], "reason": "监护终止"], as: reviewer)
        let told = try await pay.office.told { try await pay.act("sign-as-business", run, as: approver) }
        #expect(told?.message.contains("1 人换了收款人（试甲某）") == true, "\(told?.message ?? "签了")")
        try await pay.sign(run)
        #expect(try await pay.count("SELECT count(*) FROM payment_line WHERE payee_id = \(people[0]) AND amount_fen = 10000") == 1)
        #expect(try await pay.verified() == [])
    }

    @Test("代收人自己约定的抵扣，不从代收的钱里扣")
    func noForeignOffset() {
        let covered = [PaidSubject.Covered(person: "ward", bornOn: day(2015, 1, 1), diedOn: nil)]
        let subject = PaidSubject(id: "h", region: township, payee: "guardian", amount: .yuan(100), covered: covered, account: "a", isHolderPayee: true)
        let offsets = ["guardian": AgreedOffset(recovery: "r", left: .yuan(50), instalment: .yuan(30))]
        func rule(_ others: Set<String>) -> RosterRule {
            RosterRule(month: day(2024, 7, 1).monthOf, settlesDeath: false, holds: [:], covered: [:], offsets: offsets, receivedByOthers: others)
        }
        #expect(rule([]).line(subject, due: .yuan(100), earlier: nil)?.offset == .yuan(30))
        #expect(rule(["h"]).line(subject, due: .yuan(100), earlier: nil)?.offset == .zero)
    }

    @Test("换不得的：说在哪一项上、为什么", arguments: [
        ("self", "entrusted", "receiver"), ("unknown", "entrusted", "receiver"), ("wrong", "entrusted", "receiver"), ("dead", "entrusted", "receiver"), ("other", "heir", "reason"),
    ])
    func refused(_ who: String, _ reason: String, _ field: String) async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 3)
        try await pay.office.submit("people.record-death", ["person": people[2], "died_on": "2024-07-05"], as: reviewer)
        let receivers = ["self": people[0], "unknown": number(born: 1970, sequence: 99), "wrong": "123", "dead": people[2], "other": people[1]]
        let told = try await pay.office.told { try await change(people[0], to: receivers[who] ?? "", reason, on: pay) }
        #expect(told?.problems.map(\.path) == [[field]], "\(told?.message ?? "换了")")
        #expect(try await pay.office.refusal { try await change(people[2], to: people[1], "guardian", on: pay) } == .conflict)
        #expect(try await pay.office.refusal { try await pay.office.submit("payments.end-payee-change", ["person": people[0], "reason": "试"], as: reviewer) } == .outOfOrder)
    }

    @Test("别的镇街的人不能换；台账和发放记录里看得到")
    func scope() async throws {
        let pay = try await PayOffice(), people = try await peopled(pay, 2)
        let values = ["person": people[0], "receiver": people[1], "reason": "entrusted", "evidence": "委托书"]
        #expect(try await pay.office.refusal { try await pay.office.submit("payments.change-payee", values, as: neighbourReviewer) } == .forbidden)
        try await change(people[0], to: people[1], "entrusted", on: pay)
        let page = "\(try await pay.office.page("payments", "payees/{id}", ["id": people[0]], as: reviewer))"
        #expect(page.contains("现由试乙某收款") && page.contains("试公证〔2024〕1号"))
    }
}
